"""A panel and answers that are no grade: read beside the standards, never waited for."""

from html import escape

import pytest

from auditapp.moderation.models import Moderation
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.questionnaires.kinds import ENTRIES
from tests.assessments.test_derived import FORM as DATA_RETURN
from tests.clients import text_of
from tests.questionnaires.kinds import KINDS, every_kind, key_of


@pytest.fixture
def submitted(make, client_for):
    """`submitted(text, answers)`: sent by its lead, and in moderation with one member and a chair;
    the assessment's ref, and both clients."""

    def submitted(text, answers):
        version = make.version(text)
        round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none")
        one = make.assessment(round_=round_)
        ref, lead = one.ref, make.membership(Role.LEAD, organisation_id=one.organisation_id)
        client = client_for(lead)
        for section, fields in answers.items():
            sent = client.post(
                f"/assessments/{ref}/sections/{section}", data=fields | {"then": "stay"}
            )
            assert sent.status_code == 302
        assert client.post(f"/assessments/{ref}/send").status_code == 302
        make.session.rollback()
        make.session.refresh(one)
        one.status = Status.IN_MODERATION
        make.keep(Moderation(snapshot_id=one.snapshots[0].id))
        member = make.panel_member(one, round_id=round_.id)
        chair = make.membership(Role.PANEL_CHAIR, round_id=round_.id)
        return ref, client_for(member), client_for(chair)

    return submitted


def told():
    sent = {}
    for kind in KINDS:
        key = key_of(kind)
        sent |= {f"{key}-{name}": it for name, it in kind["right"].items()}
        sent |= {f"{key}-based_on": "0", f"{key}-save_id": key}
    return sent


GRADED = {"g1-grade": "met", "g1-based_on": "0", "g1-save_id": "g1"}


def test_a_member_marks_what_is_graded_and_is_done(submitted):
    ref, member, _ = submitted(
        every_kind(section=None) if False else every_kind(), {"told": told(), "graded": GRADED}
    )

    assert "0 of 1" in text_of(member.get("/panel"))
    page = text_of(member.get(f"/assessments/{ref}/panel/sections/graded"))
    assert "2. Graded" in page and "You marked 0 of 1" in page
    agreed = {"act": "agree", "based_on": "0", "save_id": "11111111-1111-4111-8111-111111111111"}
    assert member.post(f"/assessments/{ref}/panel/standards/g1", data=agreed).status_code == 302
    assert "1 of 1" in text_of(member.get("/panel"))


def test_what_a_section_told_besides_is_read_there(submitted):
    text = every_kind().replace("- key: graded\n  title: Graded\n  questions:\n", "")
    assert text != every_kind()
    ref, member, _ = submitted(text, {"told": told() | GRADED})

    page = text_of(member.get(f"/assessments/{ref}/panel/sections/told"))

    assert f"What they told besides: {len(KINDS)} answers" in page
    for kind in KINDS:
        assert escape(kind["shown"][0].rpartition(": ")[2].split("\n")[0]) in page
    assert len({kind["answer"]["kind"] for kind in KINDS}) == len(ENTRIES) - 2  # nothing is typed


def test_a_round_in_which_nothing_is_graded_has_nothing_to_mark(submitted):
    numbers = {"direct-value": "3", "direct-based_on": "0", "direct-save_id": "d"}
    ref, member, chair = submitted(DATA_RETURN, {"figures": numbers})

    for client in (member, chair):
        assert client.get(f"/assessments/{ref}/panel").status_code == 200
    assert "0 of 0" in text_of(member.get("/panel"))
    assert member.get(f"/assessments/{ref}/panel/sections/figures").status_code == 404
