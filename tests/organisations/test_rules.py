"""What a partnership may be called and look like."""

import re

import pytest

from auditapp.core.errors import RuleBroken
from auditapp.organisations import rules
from tests.organisations.lists import picture
from tests.site.checkout import CHECKOUT

PNG, JPEG = picture("PNG"), picture("JPEG")


@pytest.mark.parametrize("hue", ["#1d4b63", "1D4B63", " #767676 ", "#000000"])
def test_a_colour_on_which_white_can_be_read_is_taken(hue):
    assert rules.checked_hue(hue) == "#" + hue.strip().lower().lstrip("#")


@pytest.mark.parametrize(
    ("hue", "figure"), [("#ffaa00", "1.9:1"), ("#777777", "4.4:1"), ("#ffffff", "1.0:1")]
)
def test_a_colour_on_which_white_cannot_be_read_is_refused_with_its_figure(hue, figure):
    with pytest.raises(RuleBroken, match=f"contrast of {figure}. It needs at least 4.5:1"):
        rules.checked_hue(hue)


@pytest.mark.parametrize("hue", ["blue", "#12", "#12345g", "#1d4b63;}body{", ""])
def test_what_is_no_colour_is_refused(hue):
    with pytest.raises(RuleBroken, match="six digits") as refused:
        rules.checked_hue(hue)
    assert refused.value.field == "hue"


def test_black_and_white_have_the_greatest_contrast():
    assert rules.contrast_with_white("#000000") == pytest.approx(21)


def test_a_logo_is_a_small_png_or_jpeg_whatever_it_is_called():
    assert rules.logo_kind(PNG) == "image/png"
    assert rules.logo_kind(JPEG) == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg onload='x'/>", "PNG or JPEG"),
        (b"", "PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n".ljust(224_000), "224 KB. The limit"),
        (PNG[: len(PNG) // 2], "This picture cannot be read."),
        (JPEG[: len(JPEG) // 2], "This picture cannot be read."),
        (b"\x89PNG\r\n\x1a\n", "This picture cannot be read."),
        (JPEG[:3] + PNG, "This picture cannot be read."),
    ],
)
def test_any_other_logo_is_refused(content, why):
    with pytest.raises(RuleBroken, match=why) as refused:
        rules.logo_kind(content)
    assert refused.value.field == "logo"


def test_a_logo_that_unpacks_to_very_many_pixels_is_refused_unopened(monkeypatch):
    monkeypatch.setattr(rules, "LOGO_MAX_PIXELS", 1_000)

    with pytest.raises(RuleBroken, match="pixels. Save a smaller copy."):
        rules.logo_kind(PNG)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_is_neither_empty_nor_endless(name):
    with pytest.raises(RuleBroken):
        rules.checked_name(name)


def test_a_name_that_stands_on_every_page_is_shorter():
    with pytest.raises(RuleBroken, match="Use 120 characters"):
        rules.checked_name("x" * 121, rules.PARTNERSHIP_NAME_MAX_CHARS)


def test_a_name_without_spaces_does_not_make_the_header_wider_than_a_telephone():
    styles = (CHECKOUT / "auditapp" / "static" / "app.css").read_text("utf-8")

    [header] = re.findall(r"^\.app-header {.*}", styles, re.MULTILINE)
    assert "overflow-wrap: anywhere" in header


def test_addresses_are_kept_in_lower_case():
    assert rules.checked_email(" Unit@Example.ORG ") == "unit@example.org"
