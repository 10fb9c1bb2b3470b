"""An import's plan in words, for the page and for the command. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from auditapp.core.days import in_words
from auditapp.organisations.planning import Change, Difference, Plan
from auditapp.organisations.types import (
    GROUP_LABELS,
    KIND_LABELS,
    PHASE_LABELS,
    STATUS_LABELS,
    duty_words,
    type_label,
)

FIELD_LABELS = {
    "name": "registered name",
    "shown name": "name",
    "kind": "kind",
    "type": "type",
    "type_code": "type code",
    "group": "group",
    "phase": "phase",
    "duty": "duty",
    "status": "status",
    "opened_on": "open since",
    "closed_on": "closed on",
    "la_code": "local authority",
    "establishment_number": "establishment number",
    "ukprn": "UKPRN",
    "early_years": "nursery classes",
    "boarding": "boarders",
    "sixth_form": "sixth form",
    "commissions": "buys services from others",
    "scheme": "register",
    "code": "number",
    "low_age": "lowest age",
    "high_age": "highest age",
    "pupils": "pupils",
    "ward": "ward",
    "inspectorate": "inspectorate",
    "resourced_provision": "resourced provision",
    "section_41": "section 41 approval",
    "further_education_type": "type of college",
    "locality": "locality",
    "responsible body": "trust or federation",
    "partnership": "partnership",
    "contacts": "contacts",
}
_VALUES = {
    "kind": KIND_LABELS,
    "group": GROUP_LABELS,
    "phase": PHASE_LABELS,
    "status": STATUS_LABELS,
}
_FOLLOW = {"type_code", "kind", "group"}  # from the type, which is said


def field_label(field: str) -> str:
    return FIELD_LABELS.get(field, field.replace("_", " "))


def value_words(field: str, value: Any) -> str:
    """A value as a person would say it; "nothing" where there is none."""
    if value in (None, ""):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_words(value)
    if field == "type":
        return type_label(value)
    if field == "duty":
        return duty_words(value).title
    return str(_VALUES.get(field, {}).get(value, value))


class Row(NamedTuple):
    """One line of a dry run: the organisation, its number, and what happens to it."""

    name: str
    code: str
    what: str


def changed_rows(changes: Iterable[Change]) -> list[Row]:
    return [
        Row(
            registration.organisation.name,
            shown_code(listed.scheme, listed.code),
            "; ".join(_change_words(item) for item in differences if item.field not in _FOLLOW),
        )
        for listed, registration, differences in changes
    ]


def _change_words(item: Difference) -> str:
    if item.field == "contacts":
        return f"contacts added or renamed: {item.after}"
    if item.field == "partnership":
        return "is in another partnership already, and joins yours"
    before, after = (value_words(item.field, value) for value in (item.before, item.after))
    return f"{field_label(item.field)}: {before} → {after}"


def new_rows(plan: Plan) -> list[Row]:
    return [
        Row(
            row.name,
            shown_code(row.scheme, row.code),
            f"{type_label(str(row.facts['type']))}, {duty_words(str(row.facts['duty'])).title}",
        )
        for row in plan.new
    ]


def converted_rows(plan: Plan) -> list[Row]:
    return [
        Row(
            old.organisation.name,
            f"{old.code} → {listed.code}",
            f"{type_label(old.type)}, {duty_words(old.duty).title} → "
            f"{type_label(str(listed.facts['type']))}, {duty_words(str(listed.facts['duty'])).title}",
        )
        for listed, old, _apart in plan.converted
    ]


def closed_rows(plan: Plan) -> list[Row]:
    return [
        Row(
            closing.registration.organisation.name,
            closing.registration.code,
            f"closed {value_words('closed_on', closing.closed_on)}"
            if closing.closed_on
            else "closed",
        )
        for closing in plan.closed
    ]


def kept_rows(plan: Plan) -> list[Row]:
    return [
        Row(
            value_words(kept.field, kept.here),
            kept.code,
            f"{field_label(kept.field)} stays as it is here; the list has "
            f"{value_words(kept.field, kept.listed)}",
        )
        for kept in plan.kept
    ]


def shown_code(scheme: str, code: str) -> str:
    """A number with the name of its register, for those that have one."""
    if scheme == "local":
        return ""
    return code if scheme in ("urn", "dfe-number") else f"{scheme.upper()} {code}"


def sentences(plan: Plan) -> list[str]:
    """The plan as lines for a terminal: counts first, then what each row is about."""
    figures = plan.figures()
    counts = ", ".join(f"{figures[k]} {k}" for k in ("new", "changed", "unchanged", "converted"))
    lines = [f"{figures['read']} rows read, {figures['in_scope']} in scope.", f"{counts}."]
    lines += [f"Skipped, {reason}: {count}" for reason, count in figures["skipped"].items()]
    lines += [f"Under {duty_words(key).title}: {n}" for key, n in figures["by_duty"].items()]
    lines += plan.reading.notices
    for title, rows in (
        ("Converted", converted_rows(plan)),
        ("Closed", closed_rows(plan)),
        ("Changed", changed_rows(plan.changed)),
        ("Kept", kept_rows(plan)),
    ):
        lines += [f"{title}: {row.name} ({row.code}): {row.what}" for row in rows]
    lines += list(_open_questions(plan))
    lines += [f"Error: {sentence}" for sentence in figures["errors"]]
    return lines


def _open_questions(plan: Plan) -> Iterator[str]:
    yield from (f"Waiting: {sentence}" for sentence in waiting_sentences(plan))
    for sentence in undecided_sentences(plan):
        yield f"To decide: {sentence} They stay apart."


def waiting_sentences(plan: Plan) -> list[str]:
    """Conversions that were announced and whose successor the register does not list yet."""
    return [
        f"{_named(plan, old)} is to become {new}, which the register does not list as open yet."
        for old, new in plan.waiting
    ]


def undecided_sentences(plan: Plan) -> list[str]:
    """Pairs of numbers that only a person can tell to be one place or two."""
    return [
        f"Are {_named(plan, old)} and {_named(plan, new)} one place? {why}"
        for old, new, why in plan.undecided
    ]


def _named(plan: Plan, code: str) -> str:
    return f"{plan.names[code]} ({code})" if code in plan.names else code


def headline(plan: Plan) -> str:
    """What applying does, in one line: "Add 11, convert 1"."""
    figures = plan.figures()
    acts = (("add", "new"), ("change", "changed"), ("convert", "converted"))
    said = ", ".join(f"{act} {figures[name]:,}" for act, name in acts if figures[name])
    return upper_first(said or "Remember the links of this file")


def upper_first(words: str) -> str:
    """For the start of a line; letters after the first stay as they are."""
    return words[:1].upper() + words[1:]
