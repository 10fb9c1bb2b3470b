"""Figures that areas published come out of the same answers again, on page, PDF, workbook, CSV."""

import pytest

from tests.golden.area import NOT_APPLICABLE, SECTIONS, Area, Part, published
from tests.golden.printed import printed

pytestmark = pytest.mark.slow

HALTON = published("halton_s175_2025")
BURY = published("bury_s157_175_2022")


def test_completion_of_three_rounds_side_by_side(session, client_for):
    area = Area(session)
    schools = area.schools(70)
    completion = HALTON["completion"]
    for year, counts in sorted(completion["counts"].items()):
        period, submitted = int(year), counts["submitted"]
        begun = submitted + counts["started_not_submitted"]
        latest = year == max(completion["counts"])
        noise = area.schools(2) if latest else []
        round_, parts = area.round(period, [*schools, *noise], asked_keys=["s1-q1"])
        area.submit(period, {part: {"s1-q1": "met"} for part in parts[:submitted]})
        area.answer(period, {part: {"s1-q1": "met"} for part in parts[submitted:begun]})
        if not latest:
            area.close(period, round_.ref)
    area.leave_out(period, round_.ref, parts[-1], shut=False)
    area.leave_out(period, round_.ref, parts[-2], shut=True)
    area.make.assessment(round_=area.make.round_row(period="2024"))  # another questionnaire

    found = printed(client_for(area.administrator), f"/reports/{round_.ref}/completion")

    said = completion["published"]
    wanted = {
        "2025, so far": said["2025"]["complete"],
        "2023": said["2023"]["complete"],
        "2021": said["2021"]["complete"],
    }
    assert wanted == {"2025, so far": "96%", "2023": "97%", "2021": "93%"}
    assert found.sheet("Rounds", "Submitted") == wanted
    title = "96% in 2025 have submitted, 97% in 2023"
    assert {
        row: share.split(" ")[0] for row, share in found.column(title, "Submitted").items()
    } == wanted
    assert found.sheet("Rounds", "Partial")["2025, so far"] == said["2025"]["partial"] == "4%"
    assert found.column(title, "Partial")["2025, so far"] == "4% (3)"
    for words in (found.page, found.pdf):
        assert "96% of 70 have submitted, against 97% in 2023 and 93% in 2021; 4% have" in words
        for cell in ("96% (67)", "4% (3)", "97% (68)", "93% (65)"):
            assert cell in words


@pytest.mark.parametrize("period", ["2025", "2023"])
def test_the_share_of_answers_by_grade(session, client_for, period):
    area = Area(session)
    counts = HALTON["all_answers"]["counts"][period]
    said = HALTON["all_answers"]["published"][period]
    partly, not_met = counts.get("partially_met", 3), counts.get("not_met", 1)
    grades = ["exceeded"] * 20 + ["met"] * (counts["met_or_exceeded"] - 20)
    grades += ["partly-met"] * partly + ["not-met"] * not_met
    assert len(grades) == counts["graded"]
    round_ = _answered_by_enough_schools(area, int(period), grades)

    found = printed(client_for(area.administrator), f"/reports/{round_.ref}/overview")

    shares = found.sheet("Key figures", "Number")
    listed = found.column("Key figures", "Number")
    wanted = {"met or exceeded": said["met_or_exceeded"]}
    if period == "2025":
        wanted |= {"partially met": said["partially_met"], "not met": said["not_met"]}
        assert list(wanted.values()) == ["92.5%", "5.4%", "2.1%"]
    for label, share in wanted.items():
        assert (shares[label], listed[label]) == (share, share)
        assert share in found.page
        assert share in found.pdf
    assert f"{said['met_or_exceeded']} of grades are met or exceeded." in found.page
    assert f"{said['met_or_exceeded']} of grades are met or exceeded." in found.pdf


def test_the_sections_with_the_most_and_the_fewest_exceeded(session, client_for):
    area = Area(session, each=6)
    block = HALTON["exceeded_by_section"]
    usual = {"exceeded": 1, "graded": 10}  # 10.00%: between the highest and the lowest three
    round_, parts = area.round(2025, area.schools(11))
    sheets: dict[Part, dict[str, str]] = {part: {} for part in parts}
    for number, section in enumerate(SECTIONS, start=1):
        counts = block["counts"].get(section, usual)
        places = [(part, f"s{number}-q{step}") for part in parts for step in range(1, 7)]
        given = ["exceeded"] * counts["exceeded"]
        given += ["met"] * (counts["graded"] - counts["exceeded"])
        for (part, key), grade in zip(places, [*given, NOT_APPLICABLE]):
            sheets[part][key] = grade
    area.submit(2025, sheets)

    found = printed(client_for(area.administrator), f"/reports/{round_.ref}/overview")

    highest, lowest = block["published_highest"], block["published_lowest"]
    shares = found.sheet("Sections", "Exceeded")
    assert [[*pair] for pair in shares.items()][:3] == highest
    assert [[*pair] for pair in shares.items()][:-4:-1] == lowest
    title = "Voice of the Child leads; Escalation and Online Safety trail"
    listed = found.column(title, "Exceeded")
    for section, share in [*highest, *lowest]:
        assert listed[section].startswith(f"{share} (")
        assert share in found.page
        assert share in found.pdf
    order = [section for section, _ in [*highest, *reversed(lowest)]]
    for words in (found.page.partition(title)[2], found.pdf.partition(title)[2]):
        at = [words.index(section) for section in order]
        assert at == sorted(at)


def test_a_low_return_rate_and_the_phase_that_is_furthest_behind(session, client_for):
    area = Area(session)
    phases = {"Primary": "primary", "Secondary": "secondary"}
    schools, returning = [], set()
    for name, counts in BURY["counts"].items():
        here = area.schools(counts["invited"], phases.get(name, "special"))
        schools += here
        returning.update(here[: counts["returned"]])
    round_, parts = area.round(2022, schools, asked_keys=["s1-q1"])
    sent = [part for part in parts if part.lead.organisation_id in returning]
    area.submit(2022, {part: {"s1-q1": "met"} for part in sent})

    found = printed(client_for(area.administrator), f"/reports/{round_.ref}/completion")

    rate = BURY["published"]["return_rate"]
    label = "submitted, of 78 in the base"
    assert found.sheet("Key figures", "Beside")[label] == rate == "53.8%"
    assert found.column("Key figures", "Beside")[label] == rate
    assert rate in found.page
    assert rate in found.pdf
    lowest = BURY["published"]["lowest_phase"]
    assert next(iter(found.sheet("By phase", "Submitted"))) == lowest
    title = f"{lowest} is furthest behind, at 15.4%"
    assert next(iter(found.column(title, "Submitted"))) == lowest
    assert title in found.page
    assert title in found.pdf


def _answered_by_enough_schools(area, period, grades):
    """A round in which the grades are spread over schools; what is left over does not apply."""
    keys = [f"s{number}-q1" for number in range(1, len(SECTIONS) + 1)]
    number = -(-len(grades) // len(keys))
    every = [*grades, *[NOT_APPLICABLE] * (number * len(keys) - len(grades))]
    round_, parts = area.round(period, area.schools(number))
    chunks = (every[at : at + len(keys)] for at in range(0, len(every), len(keys)))
    area.submit(period, {part: dict(zip(keys, mine)) for part, mine in zip(parts, chunks)})
    return round_
