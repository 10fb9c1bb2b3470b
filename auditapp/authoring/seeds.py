"""What a new part begins with, out of words that stand one to a line. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from auditapp.authoring.editing import RESERVED, key_from
from auditapp.authoring.parts import Document
from auditapp.questionnaires.scales import LETTERS
from auditapp.questionnaires.variants import TITLE_MAX_CHARS


class Seed(NamedTuple):
    """A list that a new part cannot go without: `place` is where, `fewest` how many."""

    place: str
    label: str
    hint: str
    fewest: int
    make: Callable[[str, set[str]], Document]


def _labelled(words: str, taken: set[str]) -> Document:
    return {"key": key_from(words, taken), "label": words}


def _box(words: str, taken: set[str]) -> Document:
    return _labelled(words, taken) | {"answer": {"kind": "text"}}


def _standard(words: str, taken: set[str]) -> Document:
    title = words if len(words) <= TITLE_MAX_CHARS else _cut(words)
    return {"key": key_from(title, taken), "title": title, "text": words}


def _cut(words: str) -> str:
    return words[: TITLE_MAX_CHARS - 3].rsplit(" ", 1)[0].rstrip(" ,;:.") + "..."


def _grade(words: str, taken: set[str]) -> Document:
    return _labelled(words, taken) | {"letter": words[:1].upper(), "meaning": words}


ONE_TO_A_LINE = "One to a line. You can say more about each afterwards."
OPTIONS = Seed("answer.options", "What can be chosen", ONE_TO_A_LINE, 2, _labelled)
BOXES = Seed("answer.parts", "Its boxes", ONE_TO_A_LINE, 1, _box)
COLUMNS = Seed("answer.columns", "Its columns", ONE_TO_A_LINE, 1, _box)
ROWS = Seed("answer.rows", "Its rows", ONE_TO_A_LINE, 1, _labelled)
PERIODS = Seed("answer.columns", "Its columns", f"Years or quarters. {ONE_TO_A_LINE}", 1, _labelled)
STANDARDS = Seed("questions", "Its first standards", ONE_TO_A_LINE, 1, _standard)
GRADES = Seed(
    "grades",
    "Its grades",
    "One to a line, in the order of the form, the best at one end.",
    2,
    _grade,
)
OF_KIND = {"choice": (OPTIONS,), "parts": (BOXES,), "rows": (COLUMNS,), "matrix": (ROWS, PERIODS)}
OF_SORT = {"section": (STANDARDS,), "scale": (GRADES,)}


def seeds_of(sort: str, kind: str) -> tuple[Seed, ...]:
    """The lists that a new part of this sort, with this kind of answer, begins with."""
    if sort in ("question", "piece"):
        return OF_KIND.get(kind, ())
    return () if kind == "steps" else OF_SORT.get(sort, ())


def seeded(seed: Seed, words: str, taken: set[str]) -> list[Document]:
    """The items that the lines make; `taken` are keys that they cannot have.

    Raises:
        ValueError: they are too few.
    """
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if len(lines) < seed.fewest:
        raise ValueError(f"Enter {seed.fewest} or more, one to a line.")
    items: list[Document] = []
    for line in lines:
        known = taken | {str(it["key"]) for it in items}
        items.append(seed.make(line, known | (RESERVED if seed is PERIODS else set())))
    if seed is GRADES:
        _tell_apart(items)
    return items


def _tell_apart(grades: list[Document]) -> None:
    """Letters that differ, and the ends of the scale as gap and strength: best last."""
    letters: set[str] = set()
    for number, grade in enumerate(grades, 1):
        label = str(grade["label"])
        tried = [label[:chars].strip().capitalize() for chars in range(1, LETTERS + 1)]
        grade["letter"] = next((it for it in tried if it and it not in letters), str(number))
        letters.add(grade["letter"])
    grades[0]["gap"] = True
    grades[-1]["strength"] = True
