"""What kinds of organisation there are, the phase they are reported under and the duty they have.

Keys are what the database and a questionnaire's conditions use; `label`s are what pages say.
"""

from dataclasses import dataclass
from enum import StrEnum

from auditapp.organisations import type_table


class Scope(StrEnum):
    """Whether an import takes a type in, leaves it out, or leaves it to the partnership."""

    IN = "in"
    OUT = "out"
    REVIEW = "review"


@dataclass(frozen=True)
class OrganisationType:
    """`code` is that of the register of schools, "" for agencies. `phase` is "" where it follows
    the phase that the register gives. `whose` duty it is, as in "your governing body’s"."""

    code: str
    key: str
    label: str
    kind: str
    group: str
    duty: str
    whose: str
    phase: str = ""
    scope: Scope = Scope.IN


def _types(table: str) -> tuple[OrganisationType, ...]:
    return tuple(_type(line) for line in table.strip().splitlines())


def _type(line: str) -> OrganisationType:
    cells = [cell.strip() for cell in line.split("|")]
    code, key, label, kind, group, duty, whose, phase, scope = [*cells, "", ""][:9]
    return OrganisationType(code, key, label, kind, group, duty, whose, phase, Scope(scope or "in"))


REGISTER_TYPES = _types(type_table.REGISTER)
AGENCY_TYPES = {row.key: row for row in _types(type_table.AGENCIES)}
TYPES = {row.key: row for row in REGISTER_TYPES} | AGENCY_TYPES
_SIXTH_FORM_COLLEGE = TYPES["sixth-form-college"]
_BY_CODE = {row.code: row for row in REGISTER_TYPES if row is not _SIXTH_FORM_COLLEGE}


@dataclass(frozen=True)
class Duty:
    """A duty in the words of pages: "section 175", "Section 175 assessment", a sentence that
    ends without a full stop, whose duty it is, and what the sentence is called where facts are
    listed: a free choice is no duty."""

    title: str
    assessment: str
    sentence: str
    whose: str
    label: str = "Duty"


VOLUNTARY = "voluntary"  # of a round that no law asks for, whatever the organisation's duty is
# Duty key -> its name, its assessment's name, the law it stands in.
# Source: docs/policy/duties.md.
DUTIES: dict[str, tuple[str, str, str]] = {
    "s175": (
        "section 175",
        "Section 175 assessment",
        "duty under section 175 of the Education Act 2002",
    ),
    "s175-post16": (
        "the post-16 safeguarding duty",
        "Post-16 safeguarding assessment",
        "duty under the Education and Training (Welfare of Children) Act 2021",
    ),
    "s157": (
        "section 157",
        "Section 157 assessment",
        "duty under section 157 of the Education Act 2002, by the Independent School Standards",
    ),
    "nmss": (
        "the Non-Maintained Special Schools Regulations",
        "Safeguarding assessment",
        "duty under the Non-Maintained Special Schools (England) Regulations 2015",
    ),
    "s40": (
        "section 40",
        "Section 40 assessment",
        "duty under section 40 of the Childcare Act 2006",
    ),
    "s11": (
        "section 11",
        "Section 11 assessment",
        "duty under section 11 of the Children Act 2004",
    ),
    "relevant-agency": (
        "the local safeguarding arrangements",
        "Safeguarding assessment",
        "part in the local safeguarding arrangements, beside the bodies that section 11 names",
    ),
    VOLUNTARY: (
        "voluntary",
        "Voluntary self-assessment",
        "free choice to take part; no law asks for this",
    ),
}
_USUAL_WHOSE = {
    "s175": "governing body",
    "s175-post16": "governing body",
    "s157": "proprietor",
    "nmss": "governing body",
    "s40": "early years provider",
}

GROUP_LABELS = {
    "maintained": "Maintained schools",
    "academy": "Academies and free schools",
    "independent": "Independent schools",
    "special": "Special schools",
    "alternative-provision": "Alternative provision",
    "college": "Colleges",
    "nursery": "Nurseries and early years",
    "local-authority": "Councils",
    "health": "Health",
    "justice": "Police and justice",
    "voluntary": "Voluntary and faith groups",
    "housing": "Housing",
    "other": "Others",
}
# In the order that reports print them.
PHASE_LABELS = {
    "nursery": "Nursery",
    "primary": "Primary",
    "secondary": "Secondary",
    "all-through": "All-through",
    "sixteen-plus": "16 plus",
    "special": "Special",
    "alternative-provision": "Alternative provision",
    "independent": "Independent",
    "none": "No phase",
}
KIND_LABELS = {
    "school": "School",
    "college": "College",
    "early-years": "Early years",
    "agency": "Agency",
}
STATUS_LABELS = {
    "open": "Open",
    "closing": "Open, but proposed to close",
    "closed": "Closed",
    "proposed": "Proposed to open",
}

# Source: the register of schools, "Phase of education": its codes, and its names.
_PHASE_CODES = frozenset("01234567")
_PHASES_OF_REGISTER = {
    "nursery": "nursery",
    "primary": "primary",
    "middle deemed primary": "primary",
    "secondary": "secondary",
    "middle deemed secondary": "secondary",
    "16 plus": "sixteen-plus",
    "all-through": "all-through",
}


def type_of(code: str, further_education_type: str = "") -> OrganisationType | None:
    """The type that has this code in the register of schools, "01" to "57"; None if none has.

    Only `further_education_type` tells a sixth form college from other colleges.
    """
    if code == _SIXTH_FORM_COLLEGE.code and further_education_type.startswith("Sixth Form"):
        return _SIXTH_FORM_COLLEGE
    return _BY_CODE.get(code)


def phase_of(of_type: OrganisationType, register_phase: str = "") -> str:
    """The phase that reports group by. Special schools, alternative provision and independent
    schools carry "Not applicable" in the register, so their type decides."""
    return of_type.phase or _PHASES_OF_REGISTER.get(register_phase.strip().casefold(), "none")


def is_phase_known(code: str, name: str) -> bool:
    """Whether the register's phase is one that `phase_of` can tell; both empty say there is none."""
    code, name = code.lstrip("0") or code[:1], name.strip().casefold()
    return (not code or code in _PHASE_CODES) and name in (
        _PHASES_OF_REGISTER.keys() | {"", "not applicable"}
    )


def duty_words(duty: str, type_key: str = "") -> Duty:
    """The words for a duty key; the organisation's type, if given, says whose duty it is.

    Raises `KeyError` for a duty that does not exist.
    """
    title, assessment, law = DUTIES[duty]
    whose = TYPES[type_key].whose if type_key in TYPES else _USUAL_WHOSE.get(duty, "organisation")
    label = "Taking part" if duty == VOLUNTARY else "Duty"
    return Duty(title, assessment, f"Your {whose}’s {law}", whose, label)


def type_label(key: str) -> str:
    """The type in words, for pages."""
    return TYPES[key].label if key in TYPES else key.replace("-", " ").capitalize()
