"""Pages of reports by role, and the same as files."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from auditapp.core import clock
from auditapp.core.refs import new_ref
from auditapp.moderation.models import Moderation, SettledGrade
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.reports.aggregate.hiding import HIDDEN_BELOW
from tests.reports.crowd import crowded_round

FORMS = {
    "pdf": ("application/pdf", b"%PDF"),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"PK",
    ),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    "csv": ("text/csv; charset=utf-8", b"\xef\xbb\xbf"),
    "json": ("application/json", b"{"),
}


@pytest.fixture
def page(client_for, make):
    """Open a report of the usual round in a role; returns the response."""

    def page(path, role=Role.ADMINISTRATOR, round_=None, **held):
        client = client_for(make.membership(role, **held))
        return client.get(f"/reports/{(round_ or make.round).ref}/{path}")

    return page


def test_an_administrator_finds_every_report_of_every_round(client_for, make):
    make.assessment(status=Status.SUBMITTED)
    make.assessment()
    make.round_row(partnership=make.partnership(), title="Another area's round")

    shown = client_for(make.membership(Role.ADMINISTRATOR)).get("/reports/").text

    assert f'href="/reports/{make.round.ref}/completion"' in shown
    assert f'href="/reports/{make.round.ref}/overview"' in shown
    assert "50.0% (1)" in shown
    assert "Another area" not in shown


def test_there_are_no_reports_before_a_round_opens(client_for, make):
    shown = client_for(make.membership(Role.ADMINISTRATOR)).get("/reports/").text

    assert "No reports yet. They come with the first round that opens." in shown


@pytest.mark.parametrize(
    ("role", "list_", "completion", "overview"),
    [
        (Role.ADMINISTRATOR, 200, 200, 200),
        (Role.SCRUTINEER, 200, 200, 200),
        (Role.PARTNERSHIP_VIEWER, 200, 200, 200),
        (Role.PANEL_CHAIR, 403, 403, 200),
        (Role.PANEL_MEMBER, 403, 403, 200),
        (Role.LEAD, 403, 404, 404),
        (Role.SIGNATORY, 403, 404, 404),
        (Role.CONTRIBUTOR, 403, 404, 404),
        (Role.SYSTEM_ADMINISTRATOR, 403, 404, 404),
    ],
)
def test_each_role_finds_its_reports(client_for, make, role, list_, completion, overview):
    ref = make.round.ref
    client = client_for(make.membership(role))

    assert client.get("/reports/").status_code == list_
    for path, status in (("completion", completion), ("overview", overview)):
        assert client.get(f"/reports/{ref}/{path}").status_code == status
        for form in FORMS:
            assert client.get(f"/reports/{ref}/{path}.{form}").status_code == status


def test_a_round_of_another_partnership_and_one_that_never_was_are_not_there(page, make):
    elsewhere = make.round_row(partnership=make.partnership())

    for path in ("completion", "overview", "overview.csv"):
        assert page(path, round_=elsewhere).status_code == 404
        elsewhere_ref, elsewhere.ref = elsewhere.ref, new_ref()
        make.session.commit()
        assert page(path, round_=elsewhere).status_code == 404
        elsewhere.ref = elsewhere_ref


def test_completion_names_whom_to_chase_to_those_who_may_see_names(page, make):
    place = make.organisation(name="Quillbrook Primary School")
    make.assessment(status=Status.NOT_STARTED, organisation=place)
    make.assessment(status=Status.SUBMITTED)
    named = "Quillbrook Primary School"

    administrator = page("completion").text
    assert f'href="/organisations/{place.ref}"' in administrator
    assert "1 to chase, hardest first" in administrator
    assert "Nobody has a contact" in administrator
    scrutineer = page("completion", Role.SCRUTINEER).text
    assert named in scrutineer
    assert f'href="/organisations/{place.ref}"' not in scrutineer
    for form in ("completion", "completion.csv", "completion.json"):
        assert named not in page(form, Role.PARTNERSHIP_VIEWER).text
    counts = page("completion", Role.PARTNERSHIP_VIEWER).text
    assert "50% of 2 have submitted" in counts
    assert "Nobody has a contact: 1 of the 1 not submitted" in counts

    make.partnership_row.names_organisations_to_viewers = True
    make.session.commit()
    assert named in page("completion", Role.PARTNERSHIP_VIEWER).text


def test_completion_counts_what_is_complete_as_the_lead_does(page, make):
    make.answer(make.assessment())

    assert "1 of 5 standards complete" in page("completion").text
    assert "1 of 5 standards complete" in page("completion.csv").text


def test_a_round_without_invitations_says_so(page):
    assert "Nobody has been invited yet." in page("completion").text
    assert "Nothing to count yet." in page("overview").text
    assert page("overview.pdf").data.startswith(b"%PDF")


def test_a_round_whose_invited_are_all_left_out_says_that_and_not_that_nobody_was_invited(
    page, make
):
    for status in (Status.EXCUSED, Status.EXCUSED, Status.EXCUSED, Status.CLOSED):
        make.assessment(status=status)

    shown = page("completion").text

    says = "Nobody is left to submit: of 4 invited organisations, 3 are excused and 1 closed."
    assert says in shown
    assert "left out: 3 excused, 1 closed" in shown
    assert "Nobody is left to submit, in any phase" in shown
    assert "invited yet" not in shown and "Nobody has been invited" not in shown


def test_agencies_stand_below_the_phases_and_no_finding_reads_as_its_opposite(page, make):
    agency = make.organisation(kind="agency", type="local-authority", duty="s11", phase="none")
    make.assessment(organisation=agency)
    make.assessment(status=Status.SUBMITTED, organisation=make.organisation(phase="secondary"))
    make.assessment(organisation=make.organisation(phase="primary"))

    tables = {it["name"]: it for it in json.loads(page("completion.json").data)["tables"]}

    phases = tables["By phase"]
    assert [row["Phase"] for row in phases["rows"]] == ["Primary", "Secondary", "In no phase"]
    assert phases["title"] == "Primary is furthest behind, at 0.0%"


def test_what_is_too_little_asks_for_other_organisations_only_where_there_are_some(page, make):
    make.assessment(status=Status.SUBMITTED)
    role = Role.PARTNERSHIP_VIEWER

    for query in ("", "?phase=primary"):
        alone = page(f"overview{query}", role).text
        assert "There is too little to show yet. Grades come with 5 submitted assessments." in alone
        assert "Choose more organisations" not in alone

    for _ in range(HIDDEN_BELOW):
        make.assessment(status=Status.SUBMITTED, organisation=make.organisation(phase="secondary"))
    assert "Choose more organisations" in page("overview?phase=primary", role).text


def test_what_organisations_are_sure_of_is_said_of_their_own_grades_alone(page, make):
    assessment = make.assessment(status=Status.FEEDBACK_RELEASED)
    make.keep(Moderation(snapshot_id=assessment.snapshots[0].id, completed_at=clock.now()))
    for key, grade in (("c1", "not-met"), ("o1", "exceeded")):
        answer = make.snapshot_answer(assessment, key)
        make.keep(SettledGrade(snapshot_answer_id=answer.id, grade_key=grade))

    said = "<b>Online safety</b> leads and <b>Culture</b> trails."
    assert f"By the panel\u2019s grades {said}" in page("overview?basis=moderated").text
    assert f"By effective grades {said}" in page("overview?basis=effective").text
    for basis in ("moderated", "effective"):
        assert "surest" not in page(f"overview?basis={basis}").text


def test_the_overview_counts_what_is_left_out(page, make):
    assessment = make.assessment(status=Status.SUBMITTED)
    make.snapshot(assessment, c1="exceeded", c2="partly-met", o1=None)

    shown = page("overview").text

    assert "Self-grades of 1 submitted assessment." in shown
    assert "4 grades: exceeded 1 (25.0%), met 2 (50.0%), partially met 1 (25.0%)" in shown
    assert "Not applicable (0) and blank (1) are left out." in shown
    assert "75.0% of grades are met or exceeded." in shown


def test_the_overview_can_be_cut_by_phase_and_every_file_says_so(page, make):
    for phase in ("primary", "secondary"):
        make.assessment(status=Status.SUBMITTED, organisation=make.organisation(phase=phase))

    shown = page("overview?phase=secondary").text

    assert "Only phase: Secondary." in shown
    assert '<option value="secondary" selected>Secondary</option>' in shown
    assert "overview.csv?phase=secondary" in shown
    assert "Only phase: Secondary." in page("overview.csv?phase=secondary").text


@pytest.mark.parametrize(
    "query", ["phase=tertiary", "basis=best", "rank_by=name", "trust=No%20such%20trust"]
)
def test_a_filter_that_fits_nothing_is_left_out_of_the_page_and_makes_no_file(page, make, query):
    make.assessment(status=Status.SUBMITTED)

    left_out = page(f"overview?{query}")
    assert left_out.status_code == 302
    assert left_out.location.endswith("/overview")
    assert page(f"overview.pdf?{query}").status_code == 404


def test_a_trust_may_stand_for_a_school_and_is_offered_only_with_names(page, make):
    trust = make.responsible_body(name="Ash Trust")
    for _ in range(HIDDEN_BELOW):
        place = make.organisation(responsible_body=trust)
        make.assessment(status=Status.SUBMITTED, organisation=place)
    assert "Ash Trust" not in page("completion", Role.PARTNERSHIP_VIEWER).text
    assert "Ash Trust" in page("completion").text
    assert page("overview?trust=Ash%20Trust", Role.PARTNERSHIP_VIEWER).status_code == 302
    assert page("overview.csv?trust=Ash%20Trust", Role.PARTNERSHIP_VIEWER).status_code == 404


def test_the_panel_shows_on_the_moderated_rows_alone(page, make):
    assessment = make.assessment(status=Status.FEEDBACK_RELEASED)
    make.keep(Moderation(snapshot_id=assessment.snapshots[0].id, completed_at=clock.now()))
    answer = make.snapshot_answer(assessment, "c1")
    make.keep(SettledGrade(snapshot_answer_id=answer.id, grade_key="not-met"))
    make.assessment(status=Status.SUBMITTED)

    shown = page("overview").text

    assert "The panel lowered Culture" in shown
    assert "on the 1 moderated grade of 1 assessment." in shown
    moderated = page("overview?basis=moderated").text
    assert "Moderated grades of 1 moderated assessment." in moderated
    assert "1 grade: exceeded 0 (0.0%), met 0 (0.0%), partially met 0 (0.0%)" in moderated
    effective = page("overview?basis=effective").text
    assert "Effective grades of 2 submitted assessments, 1 of them moderated." in effective
    assert "10 grades: exceeded 0 (0.0%), met 9 (90.0%)" in effective


def test_grades_of_few_are_hidden_from_those_who_may_not_read_answers(page, make):
    for _ in range(HIDDEN_BELOW - 1):
        make.assessment(status=Status.SUBMITTED)

    for role in (Role.PARTNERSHIP_VIEWER, Role.PANEL_MEMBER):
        for path in ("overview", "overview.csv", "overview.json"):
            hidden = page(path, role).text
            assert "Grades of fewer than 5 assessments" in hidden
            assert "100.0%" not in hidden
    assert "100.0% of grades are met or exceeded." in page("overview").text

    make.assessment(status=Status.SUBMITTED)
    seen = page("overview", Role.PARTNERSHIP_VIEWER).text
    assert "100.0% of grades are met or exceeded." in seen


@pytest.fixture
def one_boards(make):
    """Six have submitted; one of them boards, and alone is asked the last standard."""
    for boards in (True, *[False] * HIDDEN_BELOW):
        place = make.organisation(boarding=boards)
        make.snapshot(make.assessment(status=Status.SUBMITTED, organisation=place), o3="not-met")


@pytest.mark.parametrize("role", [Role.PARTNERSHIP_VIEWER, Role.PANEL_MEMBER])
def test_a_standard_of_one_is_hidden_on_the_page_and_in_every_file(page, one_boards, role):
    for path in ("overview", "overview.csv", "overview.json"):
        shown = page(path, role).text
        assert "1 standard that would tell the grades of fewer than 5" in shown
        assert "is hidden from your role, and left out" in shown
        assert "30 grades: exceeded 0 (0.0%), met 30 (100.0%)" in shown  # with it they are 31
    tables = {
        it["name"]: it["rows"] for it in json.loads(page("overview.json", role).data)["tables"]
    }
    last = tables["Standards"][-1]
    assert last["Standard"] == "2.3 Online standard 3"
    assert last["Grades"] is None and last["Not met"]["text"] == "hidden"
    assert {row["Grades"] for row in tables["Sections"]} == {12, 18}
    book = load_workbook(BytesIO(page("overview.xlsx", role).data))
    assert [row[-1].value for row in book["Standards"].rows][-2:] == [6, "hidden"]
    read = page("overview").text
    assert (
        "31 grades" in read and "not met 1 (3.2%)" in read and "hidden from your role" not in read
    )


@pytest.mark.parametrize("path", ["overview", "overview.csv", "overview.json"])
@pytest.mark.parametrize("basis", ["self", "effective", "moderated"])
def test_that_few_are_moderated_is_said_without_their_number(page, make, path, basis):
    for _ in range(HIDDEN_BELOW):
        make.assessment(status=Status.SUBMITTED)
    assessment = make.assessment(status=Status.FEEDBACK_RELEASED)
    make.keep(Moderation(snapshot_id=assessment.snapshots[0].id, completed_at=clock.now()))

    shown = page(f"{path}?basis={basis}", Role.PARTNERSHIP_VIEWER)

    assert shown.status_code == 200
    if basis == "effective" or path == "overview" and basis == "self":
        assert "fewer than 5" in shown.text


def test_the_ranking_can_be_by_gaps_and_says_so(page, make):
    make.snapshot(make.assessment(status=Status.SUBMITTED), c1="not-met")

    shown = page("overview?rank_by=gap").text

    assert "<b>partially met or not met</b>, lowest first" in shown
    assert "surest of <b>Online safety</b> and least sure of <b>Culture</b>" in shown


@pytest.mark.parametrize("path", ["completion", "overview"])
def test_every_form_comes_as_a_download_named_after_the_report(page, make, path):
    make.assessment(status=Status.SUBMITTED)

    for form, (media_type, begins) in FORMS.items():
        file = page(f"{path}.{form}")
        assert file.content_type == media_type
        assert file.data.startswith(begins)
        name = f"attachment; filename={path}-{make.round.ref}.{form}"
        assert file.headers["Content-Disposition"] == name
    assert page(f"{path}.odt").status_code == 404


def test_json_carries_each_figure_with_what_it_is_of(page, make):
    make.assessment(status=Status.SUBMITTED)
    make.assessment()

    held = json.loads(page("completion.json").data)

    [figures] = [table for table in held["tables"] if table["name"] == "Key figures"]
    assert figures["rows"][0] == {
        "Figure": "submitted, of 2 in the base",
        "Number": 1,
        "Beside": {"numerator": 1, "denominator": 2, "percent": 50.0, "text": "50.0%"},
        "Beside: number": 1,
        "Beside: of": 2,
    }
    assert held["findings"] == [
        "50% of 2 have submitted; 50% have started and not submitted.",
    ]


def test_what_people_typed_is_escaped_and_disarmed(page, make):
    place = make.organisation(name="=cmd|<b>School</b>")
    make.assessment(status=Status.NOT_STARTED, organisation=place)

    assert "=cmd|&lt;b&gt;School&lt;/b&gt;" in page("completion").text
    assert "'=cmd|<b>School</b>" in page("completion.csv").text


def test_the_overview_takes_at_most_six_statements_and_completion_as_many_for_any_number(
    app, session, client_for, make
):
    round_, administrator = crowded_round(make, schools=4, standards=24, moderated=2)
    clients = [client_for(administrator)]
    clients += [
        client_for(make.membership(role, round_id=round_.id))
        for role in (Role.PANEL_CHAIR, Role.PANEL_MEMBER)
    ]
    sent = []
    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))

    def statements(client, path):
        client.get(path)  # the questionnaire is read once in a process
        sent.clear()
        assert client.get(path).status_code == 200
        return len(sent)

    for client in clients:
        assert statements(client, f"/reports/{round_.ref}/overview") <= 6
    few = statements(clients[0], f"/reports/{round_.ref}/completion")
    for _ in range(6):
        make.assessment(status=Status.NOT_STARTED, round_=round_)
    assert statements(clients[0], f"/reports/{round_.ref}/completion") == few
