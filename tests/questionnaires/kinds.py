"""Every kind of answer as one questionnaire, and what people type into it."""

from pathlib import Path
from typing import Any

import yaml

KINDS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "every_kind.yaml").read_text()
)
NAMES = [
    " ".join(str(part) for part in it["answer"].values() if not isinstance(part, list))
    for it in KINDS
]


def key_of(kind: dict[str, Any]) -> str:
    return f"q{KINDS.index(kind) + 1}"


def typed(boxes: dict[str, Any]) -> dict[str, list[str]]:
    """As a form sends it."""
    return {name: it if isinstance(it, list) else [it] for name, it in boxes.items()}


def every_kind(**changed: Any) -> str:
    """YAML of one section that asks each kind, and one of a standard that is graded. `changed` goes
    on every question that is not graded."""
    asked = [
        {"key": key_of(it), "title": f"Kind {at}", "text": f"Say it, {at}.", "answer": it["answer"]}
        | changed
        for at, it in enumerate(KINDS, 1)
    ]
    grades = [
        {"key": "no", "label": "Not met", "letter": "N", "meaning": "No.", "gap": True},
        {"key": "met", "label": "Met", "letter": "M", "meaning": "Yes.", "strength": True},
    ]
    scale = {"key": "two", "title": "Two", "edition": "1", "descriptors": "scale", "grades": grades}
    graded = {"key": "g1", "title": "Graded", "text": "It is in place.", "why": "Children."}
    return yaml.safe_dump(
        {
            "key": "kinds",
            "version": 1,
            "title": "Every kind",
            "scales": [scale],
            "sections": [
                {"key": "told", "title": "Told", "questions": asked},
                {"key": "graded", "title": "Graded", "questions": [graded]},
            ],
        },
        sort_keys=False,
        allow_unicode=True,
    )
