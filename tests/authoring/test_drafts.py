"""Writing a questionnaire on pages: a draft from its beginning to its publication."""

import pytest
from sqlalchemy import select

from auditapp.authoring.models import QuestionnaireDraft
from auditapp.core.events import Event
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.reading import read
from tests.authoring.pages import AT, ONE, boxes, read_unfinished, saving, text_now, upload
from tests.authoring.test_editing import SMALL
from tests.clients import text_of


def test_a_draft_is_the_next_version_with_every_comment(draft, client, session):
    assert (draft.key, draft.version, draft.revision) == ("small", 2, 1)
    page = client.get(f"{AT}/{draft.ref}/file")
    assert page.text == f"# For ever\n{SMALL}".replace("version: 1", "version: 2")
    assert page.headers["Content-Disposition"] == 'attachment; filename="small.v2.yaml"'
    assert draft.title in client.get(AT + "/").text


def test_or_a_questionnaire_of_its_own(client, version, session):
    start = f"{AT}/start/{version.ref}"
    refused = client.post(start, data=saving(which="own", title=" "))
    assert refused.status_code == 422 and "Enter the title" in refused.text
    assert client.post(start, data=saving(which="own", title="Our form")).status_code == 302
    session.rollback()
    [own] = session.scalars(select(QuestionnaireDraft)).all()
    assert (own.key, own.version, own.title) == ("our-form", 1, "Our form")


def test_a_part_is_changed_and_nothing_else_in_the_file(draft, client, session):
    path = f"{AT}/{draft.ref}/part/{ONE}"
    before = text_now(session, draft)
    sent = boxes(client, path) | {"title": "Another", "evidence": "Minutes\r\nA plan"}
    done = client.post(path, data=sent)

    assert done.location == f"{AT}/{draft.ref}/part/sections.first"
    told = before.replace("title: One\n", "title: Another\n").replace(
        "met: One.}\n", "met: One.}\n        evidence: [Minutes, A plan]\n"
    )
    assert text_now(session, draft) == told
    assert "Saved: 1.1 Another" in client.get(done.location).text
    kinds = set(session.scalars(select(Event.kind)))
    assert "questionnaire-draft-saved" in kinds


def test_a_page_that_is_sent_as_it_came_saves_nothing(draft, client, session):
    for address in ("questionnaire", "sections.first", ONE, "scales.two.grades.no"):
        path = f"{AT}/{draft.ref}/part/{address}"
        assert client.post(path, data=boxes(client, path)).status_code == 302
    session.rollback()
    assert session.scalars(select(QuestionnaireDraft.revision)).one() == 1


def test_what_is_wrong_is_said_beside_its_box_and_what_was_typed_is_kept(draft, client, session):
    path = f"{AT}/{draft.ref}/part/sections.second.questions.when"
    sent = boxes(client, path) | {"title": "", "answer-within_months": "soon", "applies": "how ="}
    page = client.post(path, data=sent)
    assert page.status_code == 422
    said = text_of(page)
    assert "Fill in “Title”." in said and "Expected more at the end." in said
    assert 'value="soon"' in said and 'value="how ="' in said
    page = client.post(path, data=boxes(client, path) | {"answer-within_months": "soon"})
    assert "Expected a whole number, not &#39;soon&#39;." in text_of(page)
    assert text_now(session, draft).count("When") == 2


@pytest.mark.parametrize(
    ("kind", "said", "written"),
    [
        ("text", {"answer-long": "yes"}, "answer: {kind: text, long: true}"),
        ("number", {"answer-form": "money"}, "answer: {kind: number, form: money}"),
        ("date", {"answer-within_months": "24"}, "answer: {kind: date, within_months: 24}"),
        ("choice", {"answer.options": "A\r\nB"}, "answer: {kind: choice, options: ["),
        ("yes-no", {"answer-if_no": ["action"]}, "answer: {kind: yes-no, if_no: [action]}"),
        ("link", {}, "answer: {kind: link}"),
        ("person", {"answer-substitute": "yes"}, "answer: {kind: person, substitute: true}"),
        ("parts", {"answer.parts": "Who\r\nWhen"}, "kind: parts"),
        ("rows", {"answer.columns": "Who\r\nWhen", "answer-least": "0"}, "kind: rows"),
        ("matrix", {"answer.rows": "A", "answer.columns": "Q1\r\nQ2"}, "kind: matrix"),
        ("statement", {}, "answer: {kind: statement}"),
        ("grade", {"why": "It matters."}, "why: It matters."),
    ],
)
def test_a_question_of_every_kind_is_added(draft, client, session, kind, said, written):
    path = f"{AT}/{draft.ref}/add/sections.second/questions"
    assert f'value="{kind}"' in client.get(path).text
    new = {"title": "New & fine", "text": "Is it so?", "required": "yes", "private": "no"}
    page = client.get(f"{path}?answer={kind}")
    assert page.status_code == 200
    done = client.post(f"{path}?answer={kind}", data=saving() | new | said)

    assert done.location == f"{AT}/{draft.ref}/part/sections.second.questions.new-fine"
    assert client.get(done.location).status_code == 200
    text = text_now(session, draft)
    assert written in text and text.index("key: new-fine") > text.index("key: when")


def test_a_figure_is_worked_out_from_numbers_before_it(draft, client, session):
    add = f"{AT}/{draft.ref}/add/sections.first/questions"
    for at, title in enumerate(("Boys", "Girls"), 1):
        said = {"title": title, "text": "How many?", "required": "yes", "private": "no"}
        client.post(f"{add}?answer=number", data=saving(at, **said))
    said = {"title": "All", "text": "All of them.", "answer-op": "sum", "answer-of": "boys, girls"}
    refused = client.post(f"{add}?answer=derived", data=saving(3, title="All", text="All."))
    assert refused.status_code == 422
    assert client.post(f"{add}?answer=derived", data=saving(3, **said)).status_code == 302
    assert "answer: {kind: derived, op: sum, of: [boys, girls]}" in text_now(session, draft)


def test_a_scale_in_steps_and_one_of_grades_are_added(draft, client, session):
    path = f"{AT}/{draft.ref}/add/questionnaire/scales"
    assert "per cent" in client.get(path).text
    said = {"title": "Per cent", "edition": "1", "steps-low": "0", "steps-high": "100"}
    refused = client.post(f"{path}?answer=steps", data=saving(**said, **{"steps-by": "5"}))
    assert "Fill in “Steps strength”." in refused.text
    said |= {"steps-by": "5", "steps-strength": "80", "steps-gap": "40", "steps-best": "high"}
    client.post(f"{path}?answer=steps", data=saving(**said))
    grades = saving(2, title="Marks", edition="1", grades="Low\r\nHigh", best="last")
    client.post(f"{path}?answer=grades", data=grades)
    scales = read_unfinished(session, draft).scales
    assert [it.key for it in scales] == ["two", "per-cent", "marks"]
    assert scales[1].steps.strength == 80 and [it.letter for it in scales[2].grades] == ["L", "H"]
    page = client.get(f"{AT}/{draft.ref}/part/{ONE}").text
    assert '<option value="per-cent">Per cent</option>' in page


def test_law_that_ships_is_named_and_then_cited(draft, client, session):
    path = f"{AT}/{draft.ref}/add/questionnaire/sources"
    refused = client.post(f"{path}?answer=shipped", data=saving())
    assert refused.status_code == 422 and "Fill in “Law or guidance”." in refused.text
    done = client.post(f"{path}?answer=shipped", data=saving(shipped="uncrc 1989"))
    assert done.location.endswith("/part/sources.uncrc")
    assert "sources: [{key: uncrc, edition: '1989'}]" in text_now(session, draft)
    shipped = f"{AT}/{draft.ref}/part/sources.uncrc"
    assert client.post(shipped, data=boxes(client, shipped)).status_code == 302
    cite = f"{AT}/{draft.ref}/add/{ONE}/references"
    assert '<option value="uncrc">' in client.get(cite).text
    client.post(cite, data=saving(2, source="uncrc", part="Article 12"))
    page = text_of(client.get(f"{AT}/{draft.ref}/part/{ONE}"))
    assert "United Nations Convention" in page or "UNCRC" in page
    assert "Article 12" in page
    own = saving(3, title="Our threshold document", edition="2026", lists_all_parts="no")
    client.post(f"{path}?answer=own", data=own)
    assert "key: our-threshold-document" in text_now(session, draft)


def test_a_draft_says_what_it_lacks_and_where_and_is_not_published_before(draft, client, session):
    path = f"{AT}/{draft.ref}/add/questionnaire/sections"
    said = saving(title="Third", questions="We know.\r\nWe act.")
    assert client.post(path, data=said).location.endswith("/part/sections.third")
    page = text_of(client.get(f"{AT}/{draft.ref}"))
    assert "4 things to do before it can be published" in page
    assert f'href="{AT}/{draft.ref}/part/sections.third.questions.we-know"' in page
    assert "4 things to do first" in text_of(client.get(f"{AT}/{draft.ref}/publish"))
    refused = client.post(f"{AT}/{draft.ref}/publish", data=saving(2))
    assert refused.status_code == 422 and "descriptor is missing" in refused.text


def test_a_fourth_grade_is_described_everywhere_at_once(draft, client, session):
    path = f"{AT}/{draft.ref}/add/scales.two/grades"
    said = {"label": "Half", "letter": "H", "meaning": "Half of it.", "strength": "no", "gap": "no"}
    where = client.post(path, data=saving(**said)).location
    client.post(f"{AT}/{draft.ref}/move/scales.two.grades.half", data=saving(2, to="up"))
    assert "1 thing to do" in text_of(client.get(f"{AT}/{draft.ref}"))
    client.post(f"{AT}/{draft.ref}/describe/two", data=saving(3))
    asked = read(text_now(session, draft))
    assert where.endswith("scales.two.grades.half")
    assert [it.key for it in asked.scales[0].grades] == ["no", "half", "met"]
    assert asked.question("one").descriptors["half"] == "Half of it."


def test_another_kind_of_answer_takes_the_place_of_the_first(draft, client, session):
    path = f"{AT}/{draft.ref}/answer/{ONE}"
    assert "graded" in client.get(f"{AT}/{draft.ref}/part/{ONE}").text
    assert client.get(path).status_code == 200
    told = client.post(f"{path}?answer=choice", data=saving(**{"answer.options": "Only one"}))
    assert told.status_code == 422 and "Enter 2 or more" in told.text
    client.post(f"{path}?answer=choice", data=saving(**{"answer.options": "Ja\r\nNein"}))
    question = read(text_now(session, draft)).question("one")
    assert [it.label for it in question.answer.options] == ["Ja", "Nein"]
    assert question.descriptors == {}
    option = f"{AT}/{draft.ref}/part/{ONE}.answer.options.ja"
    client.post(option, data=boxes(client, option) | {"label": "Yes", "needs": ["action"]})
    assert "{key: ja, label: 'Yes', needs: [action]}" in text_now(session, draft)
    client.post(f"{path}?answer=grade", data=saving(3))
    assert read_unfinished(session, draft).question("one").is_graded


def test_parts_move_and_go_and_history_brings_them_back(draft, client, session):
    at = f"{AT}/{draft.ref}"
    client.post(f"{at}/move/sections.second", data=saving(1, to="up"))
    assert text_now(session, draft).index("key: second") < text_now(session, draft).index("first")
    client.post(f"{at}/move/{ONE}", data=saving(2, to="second"))
    assert "Moved: 1.2 One" in text_of(client.get(f"{at}/history"))
    shown = client.get(f"{at}/remove/sections.second")
    assert "2 questions" in text_of(shown)
    client.post(f"{at}/remove/sections.second", data=saving(3))
    assert "key: second" not in text_now(session, draft)
    refused = client.post(f"{at}/remove/sections.first", data=saving(4))
    assert refused.status_code == 422 and "must be 1 at least" in refused.text
    client.post(f"{at}/restore", data=saving(4, number="1"))
    assert text_now(session, draft) == f"# For ever\n{SMALL}".replace("version: 1", "version: 2")


def test_a_file_takes_the_place_of_a_draft_with_its_comments_or_is_refused(draft, client, session):
    path = f"{AT}/{draft.ref}/replace"
    written = f"{SMALL}# by hand\n".replace("title: One", "title: Reworded")
    client.post(path, data=upload(written))
    assert text_now(session, draft) == written
    refused = client.post(path, data=upload(SMALL.replace("title: How", "titel: How"), based_on=2))
    assert refused.status_code == 422 and "Line 21" in refused.text
    assert text_now(session, draft) == written
    unfinished = SMALL.replace("        why: Children.\n", "")
    client.post(path, data=upload(unfinished, based_on=2))
    assert "1 thing to do" in text_of(client.get(f"{AT}/{draft.ref}"))


def test_a_draft_begins_from_a_file_too(client, session):
    done = client.post(f"{AT}/start", data=upload(SMALL, based_on=0))
    assert "Small" in client.get(done.location).text
    refused = client.post(f"{AT}/start", data=upload("a: [", based_on=0))
    assert refused.status_code == 422 and "not YAML" in refused.text


def test_what_is_published_is_what_was_read_and_the_draft_is_closed(draft, client, session):
    at = f"{AT}/{draft.ref}"
    assert "Nothing is missing" in client.get(at).text
    client.post(f"{at}/part/sections.first", data=boxes(client, f"{at}/part/sections.first"))
    assert client.post(f"{at}/publish", data=saving(7)).status_code == 409
    done = client.post(f"{at}/publish", data=saving(1))
    session.rollback()
    newest = session.scalars(select(QuestionnaireVersion).filter_by(version=2)).one()
    assert done.location == f"/questionnaires/{newest.ref}"
    assert newest.yaml_text.startswith("# For ever\n")
    assert "is published" in text_of(client.get(at))
    assert client.get(f"{at}/part/{ONE}").status_code == 409
    assert client.post(f"{at}/move/{ONE}", data=saving(1, to="down")).status_code == 409
    assert draft.title not in client.get(AT + "/").text


def test_a_discarded_draft_is_kept_and_can_be_read(draft, client, session):
    at = f"{AT}/{draft.ref}"
    assert "leaves the list" in client.get(f"{at}/discard").text
    assert client.post(f"{at}/discard").location == f"{AT}/"
    assert "is discarded" in text_of(client.get(at))
    assert client.post(f"{at}/publish", data=saving(1)).status_code == 409
    assert client.get(f"{at}/file").status_code == 200


def test_a_preview_shows_what_one_kind_is_asked_and_how_long_it_takes(draft, client):
    page = text_of(client.get(f"{AT}/{draft.ref}/preview?for=primary"))
    assert "3 questions" in page and "About" in page and "How?" in page
    assert text_of(client.get(f"{AT}/{draft.ref}/preview")).count("<article") == 3
