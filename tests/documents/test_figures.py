from decimal import Decimal

import pytest

from auditapp.documents.figures import Amount, Count, Form, Share


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Share(8, 33, places=2), "24.24%"),
        (Share(1, 8, places=1), "12.5%"),
        (Share(1, 800, places=2), "0.13%"),  # 0.125: half goes up
        (Share(3, 800, places=2), "0.38%"),  # 0.375
        (Share(57, 64, places=2), "89.06%"),
        (Share(2, 2), "100.0%"),
        (Share(0, 7), "0.0%"),
        (Share(1, 3, places=0), "33%"),
        (Share(89, 130, form=Form.COUNTED), "68.5% (89)"),
        (Share(1009, 2021, places=0, form=Form.OF), "1,009 of 2,021, 50%"),
    ],
)
def test_a_share_is_rounded_half_up_to_its_places(share, text):
    assert share.text == text


@pytest.mark.parametrize("form", Form)
def test_a_share_of_nothing_prints_words(form):
    assert Share(0, 0, form=form).text == "no grades"
    assert Share(0, 0, empty="hidden", form=form).text == "hidden"
    assert Share(0, 0).percent is None


@pytest.mark.parametrize(("part", "whole"), [(3, 2), (-1, 2), (1, 0)])
def test_a_part_that_is_not_of_the_whole_is_refused(part, whole):
    with pytest.raises(ValueError, match="is not a share"):
        Share(part, whole)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Count(9336), "9,336"),
        (Count(None), "\u2013"),
        (Count(None, empty="hidden"), "hidden"),
        (Count(-5), "\u22125"),
        (Amount(Decimal("61.25") - Decimal("82.6"), 2, signed=True), "\u221221.35"),
        (Amount(Decimal("2.5")), "3"),
        (Amount(Decimal("-2.5")), "\u22123"),
        (Amount(Decimal(4), signed=True), "+4"),
        (Amount(Decimal(0), signed=True), "0"),
        (Amount(Decimal("3177.05"), 1, " days"), "3,177.1 days"),
        (Amount(None), "\u2013"),
    ],
)
def test_counts_and_amounts_print_signs_and_thousands(figure, text):
    assert figure.text == text
