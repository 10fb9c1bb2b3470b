"""What a document's shape lacks, in words: one fault for each mistake."""

from difflib import SequenceMatcher, get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from auditapp.questionnaires.boxes import inside
from auditapp.questionnaires.checking import Path
from auditapp.questionnaires.choices import Option
from auditapp.questionnaires.entries import TAGGED, Piece
from auditapp.questionnaires.kinds import ENTRIES
from auditapp.questionnaires.matrix import Cells, Figure
from auditapp.questionnaires.places import Fault, Placed
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Grade, Scale, Steps
from auditapp.questionnaires.schema import Questionnaire, Section
from auditapp.questionnaires.sources import Edition, ListedPart, Reference, Source
from auditapp.questionnaires.variants import QuestionWording, SectionWording, Variant

# The models of the lists and parts of a document, by the name that they have in it.
MODELS: dict[str, type[BaseModel]] = {
    "sections": Section,
    "questions": Question,
    "variants": Variant,
    "scales": Scale,
    "grades": Grade,
    "steps": Steps,
    "sources": Source,
    "references": Reference,
    "editions": Edition,
    "parts": ListedPart,
}
IN_ANSWERS: dict[str, type[BaseModel]] = {
    "options": Option,
    "parts": Piece,
    "columns": Piece,
    "rows": Figure,
    "number": Cells,
    **ENTRIES,
}
KINDS = {
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "string_type": "text",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "mapping_type": "grades with their descriptors",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "date_from_datetime_parsing": "a date like 2026-09-01",
    "date_parsing": "a date like 2026-09-01",
}


def shape_faults(
    places: Placed, error: ValidationError, root: type[BaseModel] = Questionnaire
) -> list[Fault]:
    """What only follows from another mistake is left out; `root` is what the document should be."""
    found = [(tuple(one["loc"]), one) for one in error.errors()]
    missing = [path for path, one in found if one["type"] == "missing"]
    unknown = [path for path, one in found if one["type"] == "extra_forbidden"]
    faults = []
    for path, one in found:
        if one["type"] == "extra_forbidden":
            meant = [str(other[-1]) for other in missing if _misspelt(path, other)]
            faults.append(places.fault(path, _unknown(path, meant, root)))
        elif (
            one["type"] == "missing"
            and any(_misspelt(other, path) for other in unknown)
            or one["type"] == "too_short"
            and any(len(other) > len(path) and other[: len(path)] == path for other, _ in found)
        ):
            continue
        else:
            faults.append(places.fault(path, _in_words(one)))
    first = {fault.order: fault for fault in reversed(faults)}
    return [first[place] for place in sorted(first)]


def _misspelt(unknown: Path, missing: Path) -> bool:
    """Whether the unknown key is probably the missing one beside it."""
    alike = SequenceMatcher(None, str(unknown[-1]), str(missing[-1])).ratio() > 0.6
    return unknown[:-1] == missing[:-1] and alike


def _unknown(path: Path, meant: list[str], root: type[BaseModel]) -> str:
    """With the key that was probably meant, or else all there are."""
    said = f"unknown key {path[-1]!r}"
    inside = next((part for part in reversed(path[:-1]) if isinstance(part, str)), None)
    in_answer = any(str(part).startswith(TAGGED) for part in path)
    models = MODELS | (IN_ANSWERS if in_answer else {})
    models["wordings"] = QuestionWording if "questions" in path else SectionWording
    model = root if inside is None else models.get(inside)
    known = list(model.model_fields) if model else []
    expected = meant or get_close_matches(str(path[-1]), known, n=1)
    if expected:
        return f"{said}; expected {expected[0]!r}"
    return f"{said}; expected one of {', '.join(known)}" if known else said


def _in_words(found: Any) -> str:
    match found["type"]:
        case "missing":
            return f"{found['loc'][-1]!r} is missing"
        case "value_error":
            return str(found["ctx"]["error"])
        case "string_too_long":
            return f"expected at most {found['ctx']['max_length']} characters, not {found['input']!r:.60}"
        case "too_short":
            return "expected at least one"
        case "union_tag_invalid":
            kind = found["ctx"]["tag"].removeprefix(TAGGED)
            known = ", ".join(tag.removeprefix(TAGGED) for tag in ENTRIES)
            return f"there is no kind {kind!r} of answer; expected one of {known}"
        case kind if kind in KINDS:
            return f"expected {KINDS[kind]}, not {found['input']!r:.60}"
        case _:
            return f"{inside(found['msg'])}, not {found['input']!r:.60}"
