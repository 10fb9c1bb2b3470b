import pytest

from auditapp.documents.figures import Share
from auditapp.documents.marks import Axis, Dots, GradePair, Segment, StackedBar, Tone
from auditapp.documents.tokens import FILLS, WHITE, fill_of
from auditapp.documents.tree import Column, Document, Heading, Paragraph, Row, Table
from auditapp.documents.words import Link
from tests.documents.sample_letter import letter
from tests.documents.samples import EXCEEDED, MET, PARTLY


def document(*parts, **features):
    return Document(title="Title", author="Exampleshire", parts=parts, **features)


def table(**features):
    return Table((Column("A"),), (Row(("a",)),), name="Table", **features)


def bar(*numbers):
    whole = sum(numbers)
    tones = (Tone.BEST, Tone.GOOD, Tone.SHORT, Tone.WORST)
    return StackedBar(
        tuple(
            Segment(Share(number, whole), tone.name.lower(), tone, tone.name[0])
            for number, tone in zip(numbers, tones, strict=False)
        )
    )


@pytest.mark.parametrize(
    "parts",
    [
        (Heading("Too deep", level=3),),
        (Heading("First again", level=1),),
        (Heading("Two"), Heading("Four", level=4)),
        (table(title="A finding", level=3),),
    ],
)
def test_a_document_whose_heading_levels_skip_is_refused(parts):
    with pytest.raises(ValueError, match="heading levels"):
        document(*parts)


def test_a_table_without_a_title_is_no_heading():
    assert len(document(table(level=3)).parts) == 1


def test_a_row_has_a_cell_for_each_column():
    with pytest.raises(ValueError, match="2 cells, not 1"):
        Table((Column("A"),), (Row(("a", "b")),), name="Table")


def test_a_brand_that_is_not_a_colour_is_refused():
    with pytest.raises(ValueError, match="is not a colour"):
        document(brand="red; background: url(//example.org)")


def test_what_cannot_be_seen_is_dropped_wherever_it_was_typed():
    typed = "a\x00b\x1b[31mc\u202ed\ud800e\r\nf\tg"

    made = document(Paragraph((typed, Link(typed, "https://example.org"))), subtitle=typed)

    assert made.subtitle == "ab[31mcde\nf\tg"
    assert made.parts[0].text == ("ab[31mcde\nf\tg", Link("ab[31mcde\nf\tg", "https://example.org"))


def test_a_document_without_such_signs_is_left_as_it_is():
    parts = letter().parts

    assert document(*parts).parts == parts


@pytest.mark.parametrize(
    ("address", "href", "outside"),
    [
        ("https://example.org/a", "https://example.org/a", "https://example.org/a"),
        ("mailto:a@example.org", "mailto:a@example.org", "mailto:a@example.org"),
        ("/reports/r1", "/reports/r1", ""),
        ("#top", "#top", ""),
        ("//example.org", "", ""),
        ("/\\example.org", "", ""),
        ("javascript:alert(1)", "", ""),
        ("JavaScript:alert(1)", "", ""),
        ("file:///etc/passwd", "", ""),
        ("data:text/html,x", "", ""),
        ("http://[", "", ""),
        ("", "", ""),
    ],
)
def test_an_address_that_is_not_safe_leads_nowhere(address, href, outside):
    link = Link("words", address)

    assert (link.href, link.outside) == (href, outside)


def test_segments_follow_one_another_and_small_ones_have_no_letter():
    spans = bar(24, 70, 4, 2).spans

    assert [(round(span.start), round(span.width), span.letter) for span in spans] == [
        (0, 24, "B"),
        (24, 70, "G"),
        (94, 4, ""),
        (98, 2, ""),
    ]


def test_a_bar_of_nothing_draws_nothing_and_says_so():
    nothing = bar(0, 0, 0, 0)

    assert nothing.spans == ()
    assert nothing.text == "no grades"


@pytest.mark.parametrize(
    ("shares", "low"),
    [((78, 98), 70), ((41, 90), 40), ((39, 90), 0), ((100, 100), 90), ((), 0)],
)
def test_an_axis_is_cut_below_the_least_only_where_that_is_high(shares, low):
    assert Axis.around(Share(share, 100) for share in shares).low == low


def test_every_dot_lies_on_its_axis():
    axis = Axis(70)

    assert axis.place(70) == 2
    assert axis.place(100) == 98
    assert axis.place_of(Share(85, 100)) == 50


def test_dots_are_equal_where_they_would_hide_one_another():
    assert Dots(Share(97, 100), Share(97, 100)).are_equal
    assert not Dots(Share(97, 100), Share(96, 100)).are_equal
    assert not Dots(Share(97, 100), None).are_equal
    assert not Dots(Share(0, 0), Share(0, 0)).are_equal


def test_a_pair_says_both_grades_only_where_they_differ():
    assert GradePair(PARTLY, MET, "raised").text == "Partially met \u2192 Met raised"
    assert GradePair(MET, MET, "agreed").text == "Met agreed"
    assert GradePair(EXCEEDED, None, "inconclusive").text == "Exceeded inconclusive"


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_has_a_fill_and_its_letters_are_white_where_it_is_dark(tone):
    assert (fill_of(tone, "#1d4b63").letter == WHITE) == tone.is_dark
    assert tone in FILLS or tone is Tone.DONE
