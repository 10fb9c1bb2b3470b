"""What stands in a cell for a value of a questionnaire, and what a cell's text says. Pure."""

import json
from typing import Any

from auditapp.questionnaires.condition_words import condition_words, read_condition, read_json
from auditapp.questionnaires.workbook_columns import Column


def cell_of(column: Column, value: Any) -> str:
    """The text that `value_of` reads as `value` again."""
    match column.takes:
        case "yes":
            return "yes" if value else "no"
        case "words" | "needs":
            return ", ".join(value)
        case "lines":
            return "\n".join(value) if _are_lines(value) else as_json_cell(value)
        case "when":
            return condition_words(value)
        case "json":
            return as_json_cell(value)
    return str(value)


def _are_lines(values: list[str]) -> bool:
    plain = all(it and it == it.strip() and it.splitlines() == [it] for it in values)
    return plain and not values[0].startswith("[")


def as_json_cell(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def value_of(column: Column, text: str) -> Any:
    """What the text of a cell that is not blank says. Words of prose are kept as they stand.

    Raises:
        ValueError: no such thing; the message says what was expected.
    """
    words = text.strip()
    match column.takes:
        case "text":
            return text
        case "yes":
            if words.casefold() not in ("yes", "no"):
                raise ValueError(f"expected yes or no, not {words[:40]!r}")
            return words.casefold() == "yes"
        case "words" | "needs":
            return [it.strip() for it in words.split(",") if it.strip()]
        case "lines":
            return _lines(words)
        case "when":
            return read_condition(words)
        case "json":
            return read_json(words)
    return next((it for it in column.choices if it == words.casefold()), words)


def _lines(words: str) -> list[str]:
    if words.startswith("["):
        try:
            found = read_json(words)
        except ValueError:  # a line may begin so
            found = None
        if isinstance(found, list) and all(isinstance(it, str) for it in found):
            return found
    return [line.strip() for line in words.splitlines() if line.strip()]
