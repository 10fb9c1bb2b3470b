"""Every kind of answer through the pages: right, wrong and blank; and what becomes of it."""

import re
from html import escape

import pytest

from auditapp.assessments.forms import AnswerForm
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import Round
from tests.assessments.pages import latest, section
from tests.clients import text_of
from tests.documents.pdf_reading import words_of
from tests.questionnaires.kinds import KINDS, NAMES, every_kind, key_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def assessment(make):
    version = make.version(every_kind())
    round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none")
    return make.assessment(round_=round_)


def form_of(kind, boxes, based_on=0, **more):
    """What a browser sends of one question."""
    hidden = {"based_on": str(based_on), "save_id": f"id-{key_of(kind)}-{based_on}"}
    return {f"{key_of(kind)}-{name}": it for name, it in (boxes | hidden | more).items()}


def said_of(kind):
    """The words that a page prints of the right answer, without the labels of its boxes."""
    return [line.rpartition(": ")[2] for line in kind["shown"]]


def answer_all(client, assessment):
    page = section(assessment, "told")
    sent = {}
    for kind in KINDS:
        sent |= form_of(kind, kind["right"])
    assert client.post(page, data=sent | {"then": "stay"}).status_code == 302
    graded = {"g1-grade": "met", "g1-based_on": "0", "g1-save_id": "g1"}
    assert client.post(section(assessment, "graded"), data=graded).status_code == 302


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_a_right_answer_is_kept_shown_and_put_back(client, session, assessment, kind):
    page = section(assessment, "told")

    assert (
        client.post(page, data=form_of(kind, kind["right"]) | {"then": "stay"}).status_code == 302
    )

    kept = latest(session, assessment, key_of(kind))
    assert kept.number == 1
    shown = client.get(page).text
    for box, texts in kind["right"].items():
        name = f"{key_of(kind)}-{box}"
        for text in texts if isinstance(texts, list) else [texts]:
            chosen = f'name="{name}" value="{text}"' in shown and "checked" in shown
            assert f'name="{name}"' in shown or chosen or box.startswith("value-2-")
    history = text_of(client.get(f"/assessments/{assessment.ref}/answers/{key_of(kind)}/versions"))
    for words in said_of(kind):
        assert escape(" ".join(words.split())) in history
    again = client.post(page, data=form_of(kind, kind["right"], 1) | {"then": "stay"})
    assert again.status_code == 302
    assert latest(session, assessment, key_of(kind)).number == 1  # nothing had changed


@pytest.mark.parametrize("kind", [it for it in KINDS if "wrong" in it])
def test_a_wrong_answer_is_refused_beside_its_box_and_keeps_what_was_typed(
    client, session, assessment, kind
):
    [(box, (sent, says))] = kind["wrong"].items()
    name = f"{key_of(kind)}-{box}"
    boxes = kind["right"] | {box: sent}

    response = client.post(section(assessment, "told"), data=form_of(kind, boxes))

    assert response.status_code == 422
    assert latest(session, assessment, key_of(kind)) is None
    assert f'href="#{name}"' in response.text and f'id="{name}"' in response.text
    assert response.text.count(escape(says)) >= 2  # in the summary and beside the box
    if not says.startswith("Choose"):
        assert escape(sent) in response.text
    saved = client.post(
        f"/assessments/{assessment.ref}/answers/{key_of(kind)}",
        data=form_of(kind, boxes),
        headers=JSON,
    )
    assert (saved.status_code, saved.json) == (422, {"errors": {name: says}})


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_a_blank_answer_is_no_answer_and_is_asked_for(client, session, assessment, kind):
    blank = dict.fromkeys(kind["right"], "")

    response = client.post(section(assessment, "told"), data=form_of(kind, blank))

    assert response.status_code == 302
    assert latest(session, assessment, key_of(kind)) is None
    check = text_of(client.get(f"/assessments/{assessment.ref}/check"))
    number = f"1.{KINDS.index(kind) + 1}"
    assert f"{number} Kind {KINDS.index(kind) + 1}: answer it" in check


def test_each_saves_by_itself_and_an_emptied_one_is_blank_again(client, session, assessment):
    number = next(it for it in KINDS if it["answer"] == {"kind": "number"})
    where = f"/assessments/{assessment.ref}/answers/{key_of(number)}"

    kept = client.post(where, data=form_of(number, {"value": "0"}), headers=JSON)
    emptied = client.post(where, data=form_of(number, {"value": ""}, 1), headers=JSON)

    assert (kept.json["revision"], kept.json["state"]) == (1, "complete")
    assert (emptied.json["revision"], emptied.json["state"]) == (2, "empty")
    assert latest(session, assessment, key_of(number)).numeric_value is None


def test_a_date_that_ran_out_says_so_before_it_is_sent(
    make, client_for, client, assessment, session
):
    head = client_for(make.membership(Role.SIGNATORY, organisation_id=assessment.organisation_id))
    answer_all(client, assessment)
    address = f"/assessments/{assessment.ref}"
    pages = [client.get(path) for path in (section(assessment, "told"), f"{address}/check")]
    session.rollback()  # an open session reads an old picture
    session.get_one(Round, assessment.round_id).sign_off = "before-submission"
    assessment.status = Status.AWAITING_SIGN_OFF
    session.commit()
    pages += [client.get(section(assessment, "told")), head.get(f"{address}/sign-off")]

    ran_out = '1 March 2019(</b>)? <span class="warn">\\(more than 2 years before'
    assert [bool(re.search(ran_out, text_of(page))) for page in pages] == [True] * 4


def test_what_was_told_is_submitted_read_by_the_panel_and_in_no_figure(
    make, client_for, client, assessment, session
):
    manager = client_for(make.membership(Role.ADMINISTRATOR))
    answer_all(client, assessment)
    ref, round_ref = assessment.ref, session.get_one(Round, assessment.round_id).ref
    assert client.post(f"/assessments/{ref}/send").status_code == 302

    read = text_of(client.get(f"/assessments/{ref}/submission"))
    printed = " ".join(words_of(client.get(f"/assessments/{ref}/submission.pdf").data).split())
    for kind in KINDS:
        for words in said_of(kind):
            assert escape(" ".join(words.split())) in read
            assert " ".join(words.split()) in printed
    assert "more than 2 years before" in read and "more than 2 years before" in printed

    overview = manager.get(f"/reports/{round_ref}/overview.json").json
    [sections] = [it for it in overview["tables"] if it["name"] == "Sections"]
    assert [(row["Section"], row["Grades"]) for row in sections["rows"]] == [("Graded", 1)]


@pytest.mark.parametrize("kind", [KINDS[12], KINDS[14], KINDS[16]], ids=["many", "person", "rows"])
def test_two_answers_to_one_question_are_both_shown_and_one_is_chosen(
    client, session, assessment, kind
):
    key, page = key_of(kind), section(assessment, "told")
    client.post(page, data=form_of(kind, kind["right"]) | {"then": "stay"})
    other = {
        name: "police" if kind is KINDS[12] else it if "course" in name else "Somebody else"
        for name, it in list(kind["right"].items())[:2]
    }

    clash = client.post(page, data=form_of(kind, other, 0, save_id="other"))

    assert clash.status_code == 409
    shown = text_of(clash)
    assert "Which answer should" in shown
    for words in (*said_of(kind), "Somebody else" if kind is not KINDS[12] else "Police"):
        assert escape(" ".join(words.split())) in shown
    chosen = form_of(kind, other, 1, save_id="other") | {f"{key}-keep-value": "mine"}
    settled = client.post(f"{page}/two-versions", data=chosen)
    assert settled.status_code == 302
    kept = latest(session, assessment, key)
    assert kept.number == 2
    printed = str(kept.value["value"])
    assert ("Somebody else" in printed) or kept.value["value"] == ["police"]
    session.rollback()
    restore = f"/assessments/{assessment.ref}/answers/{key}/versions/1/restore"
    assert client.post(restore, data={"based_on": "2"}).status_code == 302
    assert latest(session, assessment, key).number == 3
    session.rollback()
    again = text_of(client.get(f"/assessments/{assessment.ref}/answers/{key}/versions"))
    for words in said_of(kind):
        assert escape(" ".join(words.split())) in again


def test_a_page_that_came_back_with_an_error_saves_what_is_changed_on_it(
    client, session, assessment
):
    text, number = KINDS[0], KINDS[2]
    page = section(assessment, "told")
    first = form_of(text, {"value": "First words"}) | form_of(number, {"value": "a few"})
    refused = client.post(page, data=first).text
    hidden = {
        name: re.search(f'name="{key_of(text)}-{name}" value="([^"]*)"', refused).group(1)
        for name in ("based_on", "save_id")
    }
    assert hidden["based_on"] == "1"

    again = form_of(text, {"value": "Second words"}) | {
        f"{key_of(text)}-{name}": it for name, it in hidden.items()
    }
    assert client.post(page, data=again | {"then": "stay"}).status_code == 302

    assert latest(session, assessment, key_of(text)).value["value"] == "Second words"


def test_a_question_takes_nothing_of_one_that_is_called_as_its_boxes_are(app):
    sent = {"training-value-value": "its own", "value-value": "of the question called value"}

    with app.test_request_context(method="POST", data=sent):
        typed = AnswerForm.sent("training").typed

    assert typed == {"value-value": ["its own"]}
