"""The words of the area's own list: what areas call a column, a type and a person's part. Pure."""

import re

from auditapp.organisations.types import AGENCY_TYPES

LEAD, SIGNATORY = "LEAD", "SIGN"
# What we call a column -> what areas call it too.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("organisation", "organisation name", "agency", "agency name", "school", "setting"),
    "type": ("agency_type", "agency type", "organisation type", "kind"),
    "code scheme": ("code_scheme", "scheme"),
    "code": ("reference", "organisation code", "ods code"),
    "urn": (),
    "dfe number": ("dfe no", "dfes number", "laestab"),
    "locality": ("ward", "district", "part of the area"),
    "commissions": ("buys services", "commissioner"),
    "contact name": ("lead name", "dsl name", "dsl", "audit lead", "contact"),
    "contact email": ("lead email", "dsl email", "dsl e-mail", "contact e-mail", "email", "e-mail"),
    "contact role": ("role",),
    "sign-off name": ("head name", "headteacher", "head teacher", "chief officer"),
    "sign-off email": ("head email", "headteacher email", "head teacher email", "sign-off e-mail"),
}
# What areas write for a type -> its key, beside the keys and labels themselves.
TYPE_ALIASES = {
    "council": "local-authority",
    "childrens services": "local-authority",
    "nhs icb": "icb",
    "integrated care board": "icb",
    "nhs foundation trust": "nhs-trust",
    "hospital trust": "nhs-trust",
    "mental health trust": "nhs-trust",
    "ambulance service": "ambulance-trust",
    "police force": "police",
    "probation service": "probation",
    "youth offending team": "youth-justice",
    "youth justice": "youth-justice",
    "yot": "youth-justice",
    "yjs": "youth-justice",
    "secure setting": "prison",
    "gp": "general-practice",
    "gp practice": "general-practice",
    "primary care": "general-practice",
    "fire": "fire-and-rescue",
    "fire service": "fire-and-rescue",
    "housing": "housing-provider",
    "housing association": "housing-provider",
    "registered provider": "housing-provider",
    "vcse": "voluntary-group",
    "vcfse": "voluntary-group",
    "vcse organisation": "voluntary-group",
    "charity": "voluntary-group",
    "voluntary": "voluntary-group",
    "voluntary sector": "voluntary-group",
    "madrasah": "faith-group",
    "place of worship": "faith-group",
    "family court service": "cafcass",
    "nursery": "early-years-provider",
    "private nursery": "early-years-provider",
    "out of school club": "early-years-provider",
    "sports club": "sports-club",
    "other": "other-agency",
}
# Parts of what areas write for someone's part, in the order in which they are looked for.
SIGN_WORDS = ("sign", "head", "chief", "governor", "chair", "board", "principal", "trustee")
LEAD_WORDS = ("lead", "dsl", "dsp", "safeguarding", "audit", "complet")
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0", ""}


def plain(words: str) -> str:
    """Words as they are matched: letters and digits only, lower case, single spaces."""
    return " ".join(re.sub(r"[’']", "", words.casefold()).replace("-", " ").split())


TYPES_WRITTEN = {plain(key): row for key, row in AGENCY_TYPES.items()}
TYPES_WRITTEN |= {plain(row.label): row for row in AGENCY_TYPES.values()}
TYPES_WRITTEN |= {alias: AGENCY_TYPES[key] for alias, key in TYPE_ALIASES.items()}


def role_of(written: str) -> str | None:
    """LEAD or SIGN, as people write them; LEAD for nothing, None for anything else."""
    said = written.casefold()
    if any(word in said for word in SIGN_WORDS):
        return SIGNATORY
    return LEAD if not said or any(word in said for word in LEAD_WORDS) else None


def local_code(partnership_key: str, name: str) -> str:
    """The code of an agency that no register numbers: unique within its partnership."""
    return f"{partnership_key}:{re.sub(r'[^a-z0-9]+', '-', plain(name)).strip('-')}"
