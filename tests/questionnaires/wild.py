"""Scales as partnerships have used them, each as a questionnaire of three standards."""

from pathlib import Path
from typing import Any

import yaml

WILD: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "scales_in_the_wild.yaml").read_text()
)
NAMES = [entry["used"].split(";")[0] for entry in WILD]
SECTIONS = ("weak", "middling", "strong")  # in the order of the form; reports turn it round


def scale_of(entry: dict[str, Any]) -> dict[str, Any]:
    """The scale's part of a document."""
    scale = entry["scale"]
    grades = [{"meaning": f"It is {it['label']}."} | it for it in scale.get("grades", [])]
    made = {"key": "wild", "title": entry["used"], "edition": "1"} | scale
    return made | ({"grades": grades, "descriptors": "scale"} if grades else {})


def questionnaire_text(entry: dict[str, Any], key: str) -> str:
    """YAML with a section for each of `SECTIONS`, of one standard."""
    sections = [
        {
            "key": name,
            "title": name.capitalize(),
            "questions": [
                {"key": f"{name}-1", "title": name, "text": f"It is {name}.", "why": "Children."}
            ],
        }
        for name in SECTIONS
    ]
    document = {"key": key, "version": 1, "title": "A form", "scales": [scale_of(entry)]}
    return yaml.safe_dump(document | {"sections": sections}, sort_keys=False)


def answers_of(entry: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """What two organisations say: section -> grade. In the middle they differ, or are between."""
    worst, best = entry["worst"], entry["best"]
    between = entry.get("between")
    first = {"weak": worst, "middling": between or best, "strong": best}
    second = {"weak": worst, "middling": between or worst, "strong": best}
    return first, second
