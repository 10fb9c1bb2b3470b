"""Agreeing with what is left of a section, and the open mark that goes with it."""

import pytest

from tests.moderation.sending import once, section, sent

ALL = {"standards": ["c1", "c2", "c3"]}


def rest(panel, key="c1"):
    return f"{section(panel)}/agree?standard={key}"


def test_the_rest_of_a_section_is_agreed_to_by_name(panel, client_for):
    client = client_for(panel.one)
    panel.mark(panel.one, "c2", "not-met", "Nothing seen.")
    page = client.get(section(panel)).text
    assert "Agree with the 2 left, 1.1 and 1.3" in page

    path = f"{section(panel)}/agree"
    done = client.post(path, data=once() | {"standards": ["c1", "c3"]}, follow_redirects=True)

    assert "You agreed with 2 standards. It is recorded as one act." in done.text
    assert "You marked 3 of 3" in client.get(section(panel)).text


def test_agreeing_with_what_was_marked_meanwhile_changes_nothing_and_says_so(panel, client_for):
    panel.mark(panel.one, "c2", "not-met", "Nothing seen.")
    path = f"{section(panel)}/agree"

    page = client_for(panel.one).post(
        path, data=once() | {"standards": ["c1", "c2"]}, follow_redirects=True
    )

    assert "so nothing was agreed." in page.text
    assert "You marked 1 of 3" in page.text


def test_the_agreeing_button_sends_the_open_mark_too(panel, client_for):
    page = client_for(panel.one).get(f"{section(panel)}?standard=c2").text

    button = page.split("Agree with the 3 left")[0].rpartition("<button")[2]
    assert 'form="mark"' in button
    assert f'formaction="{rest(panel, "c2")}"' in button
    named = [field for field in page.split("<input") if 'name="standards"' in field]
    assert len(named) == 3
    assert all('form="mark"' in field for field in named)


def test_agreeing_with_the_rest_keeps_the_mark_that_was_chosen_and_its_reason(panel, client_for):
    client = client_for(panel.one)
    data = sent("not-met", "No minutes.") | ALL

    for _ in range(2):  # pressed twice, it is kept once
        done = client.post(rest(panel), data=data, follow_redirects=True)

        assert done.request.path == section(panel, "online-safety")
        assert "1.1 is saved: not met. You agreed with 2 standards." in done.text
        page = client.get(f"{section(panel)}?standard=c1").text
        assert "No minutes.</textarea>" in page
        assert "self met, yours not met" in page
        assert "You marked 3 of 3" in page
        assert 'name="based_on" value="1"' in page


def test_the_only_one_left_is_kept_as_it_was_chosen(panel, client_for):
    panel.agree(panel.one, keys=["c2", "c3"])
    data = sent("not-met", "No minutes.") | {"standards": ["c1"]}

    done = client_for(panel.one).post(rest(panel), data=data, follow_redirects=True)

    assert "1.1 is saved: not met.<" in done.text.replace("\n", "")


def test_a_note_alone_goes_with_the_agreement(panel, client_for):
    client = client_for(panel.one)

    done = client.post(rest(panel), data=sent("", "", note="Ask.") | ALL, follow_redirects=True)

    assert "1.1 is saved: met. You agreed with 2 standards." in done.text
    assert "Ask.</textarea>" in client.get(f"{section(panel)}?standard=c1").text


@pytest.mark.parametrize(
    ("grade", "why", "said"),
    [
        ("not-met", "", "Say why you changed the grade."),
        ("", "Why.", "You wrote a reason. Save your grade, or clear it and agree."),
        ("met", "x" * 2_001, "The rationale must be 2,000 characters or fewer."),
    ],
)
def test_an_open_mark_that_is_refused_is_given_back_and_nothing_is_agreed(
    panel, client_for, grade, why, said
):
    client = client_for(panel.one)

    refused = client.post(rest(panel), data=sent(grade, why, note="Ask.") | ALL)

    assert refused.status_code == 422
    assert said in refused.text
    assert f"{why}</textarea>" in refused.text
    assert "Ask.</textarea>" in refused.text
    page = client.get(rest(panel), follow_redirects=True)
    assert page.request.args["standard"] == "c1"
    assert "You marked 0 of 3" in page.text


def test_what_is_typed_stays_where_another_was_marked_meanwhile(panel, client_for):
    panel.mark(panel.one, "c2", "not-met", "Nothing seen.")
    client = client_for(panel.one)

    refused = client.post(rest(panel), data=sent("not-met", "No minutes.") | ALL)

    assert refused.status_code == 409
    assert "so nothing was agreed." in refused.text
    assert "No minutes.</textarea>" in refused.text
    assert "You marked 1 of 3" in client.get(section(panel)).text


def test_agreeing_with_the_rest_writes_over_no_mark_of_another_window(panel, client_for):
    panel.mark(panel.one, "c1", "not-met", "Written first.")
    client = client_for(panel.one)

    conflict = client.post(rest(panel), data=sent("partly-met", "Written here.") | ALL)

    assert conflict.status_code == 409
    assert "Written first." in conflict.text
    assert "Written here." in conflict.text
    assert "Nothing was agreed." in conflict.text
    assert "You marked 1 of 3" in client.get(section(panel)).text


def test_a_mark_that_was_saved_and_left_as_it_is_is_not_saved_again(panel, client_for):
    panel.mark(panel.one, "c1", "not-met", "No minutes.")
    client = client_for(panel.one)
    data = sent("not-met", "No minutes.", based_on=1) | {"standards": ["c2", "c3"]}

    done = client.post(rest(panel), data=data, follow_redirects=True)

    assert "You agreed with 2 standards." in done.text
    assert "1.1 is saved" not in done.text
    assert 'name="based_on" value="1"' in client.get(f"{section(panel)}?standard=c1").text
