"""The tokens of the stylesheet: readable text, visible edges, grades apart without hue."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "auditapp" / "static"
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", (STATIC / "app.css").read_text()))
WHITE = "#ffffff"
SCALES = {
    "four grades": ("g1", "g2", "g3", "g4"),
    "red, amber, green": ("gg", "g3", "g4"),
    "five grades": ("g1", "g5", "g2", "g3", "g4"),
}


def luminance(colour: str) -> float:
    """Relative, 0 to 1. Source: WCAG 2.2, "relative luminance"."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one: str, other: str) -> float:
    """1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """L*, 0 (black) to 100 (white)."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize("text", ["ink", "ink-2", "link", "error", "brand"])
@pytest.mark.parametrize("ground", ["white", "tint", "paper"])
def test_text_is_readable_on_every_ground(text, ground):
    assert contrast(TOKENS[text], TOKENS.get(ground, WHITE)) >= 4.5


@pytest.mark.parametrize("ground", ["brand", "ink", "link", "error"])
def test_white_is_readable_on_what_is_filled(ground):
    assert contrast(WHITE, TOKENS[ground]) >= 4.5


def test_ink_is_readable_on_focus():
    assert contrast(TOKENS["ink"], TOKENS["focus"]) >= 7


@pytest.mark.parametrize(
    "fill, letter",
    [("g1", WHITE), ("g2", "ink"), ("g3", "ink"), ("g4", WHITE), ("g5", "ink"), ("gg", WHITE)],
)
def test_a_letter_is_readable_on_its_tile_and_the_edge_shows_on_white(fill, letter):
    assert contrast(TOKENS[fill], TOKENS.get(letter, WHITE)) >= 4.5
    assert contrast(TOKENS[f"{fill}-edge"], WHITE) >= 3


@pytest.mark.parametrize("edge", ["edge", "brand-2"])
def test_an_edge_that_means_something_shows_on_white(edge):
    assert contrast(TOKENS[edge], WHITE) >= 3


@pytest.mark.parametrize("name", ["four grades", "red, amber, green"])
def test_the_grades_of_a_scale_differ_in_lightness(name):
    lights = [lightness(TOKENS[fill]) for fill in SCALES[name]]

    assert min(abs(a - b) for a, b in combinations(lights, 2)) >= 17


def test_neighbours_on_a_scale_of_five_differ_in_lightness():
    lights = [lightness(TOKENS[fill]) for fill in SCALES["five grades"]]

    assert min(abs(a - b) for a, b in pairwise(lights)) >= 17


def test_no_grade_colour_is_used_outside_the_grades():
    sheet = (STATIC / "app.css").read_text().partition("\n}\n")[2]

    assert re.findall(r"var\(--g[1-5g]", sheet) == []
