"""The types themselves: every type of the register of schools, and the agencies of an area."""

from auditapp.organisations.types import OrganisationType, Scope

GOVERNORS, TRUST, PROPRIETOR = "governing body", "academy trust", "proprietor"


def _school(
    code: str, key: str, label: str, group: str, duty: str, whose: str, phase: str = ""
) -> OrganisationType:
    return OrganisationType(
        code=code,
        key=key,
        label=label,
        kind="school",
        group=group,
        duty=duty,
        whose=whose,
        phase=phase,
    )


def _college(
    code: str,
    key: str,
    label: str,
    duty: str,
    whose: str,
    group: str = "college",
    scope: Scope = Scope.IN,
) -> OrganisationType:
    return OrganisationType(
        code=code,
        key=key,
        label=label,
        kind="college",
        group=group,
        duty=duty,
        whose=whose,
        phase="sixteen-plus",
        scope=scope,
    )


def _centre(code: str, key: str, label: str, scope: Scope) -> OrganisationType:
    return OrganisationType(
        code=code,
        key=key,
        label=label,
        kind="early-years",
        group="nursery",
        duty="s40",
        whose="early years provider",
        phase="none",
        scope=scope,
    )


def _outside(code: str, key: str, label: str, scope: Scope = Scope.OUT) -> OrganisationType:
    return OrganisationType(
        code=code,
        key=key,
        label=label,
        kind="school",
        group="other",
        duty="s11" if scope is Scope.REVIEW else "",
        whose="organisation",
        scope=scope,
    )


def _agency(
    key: str, label: str, group: str, duty: str, kind: str = "agency", whose: str = "organisation"
) -> OrganisationType:
    return OrganisationType(
        key=key, label=label, kind=kind, group=group, duty=duty, whose=whose, phase="none"
    )


AP, SPECIAL = "alternative-provision", "special"

# Every type code of the register, with the duty that its legal basis gives.
# Source: docs/policy/duties.md (Education Act 2002, sections 157 and 175; Education and Training
# (Welfare of Children) Act 2021; Childcare Act 2006, section 40).
_REGISTER = (
    _school("01", "community-school", "Community school", "maintained", "s175", GOVERNORS),
    _school(
        "02", "voluntary-aided-school", "Voluntary aided school", "maintained", "s175", GOVERNORS
    ),
    _school(
        "03",
        "voluntary-controlled-school",
        "Voluntary controlled school",
        "maintained",
        "s175",
        GOVERNORS,
    ),
    _school("05", "foundation-school", "Foundation school", "maintained", "s175", GOVERNORS),
    _school("06", "city-technology-college", "City technology college", "academy", "s157", TRUST),
    _school(
        "07",
        "community-special-school",
        "Community special school",
        SPECIAL,
        "s175",
        GOVERNORS,
        SPECIAL,
    ),
    _school(
        "08",
        "non-maintained-special-school",
        "Non-maintained special school",
        SPECIAL,
        "nmss",
        GOVERNORS,
        SPECIAL,
    ),
    _school(
        "10",
        "other-independent-special-school",
        "Other independent special school",
        "independent",
        "s157",
        PROPRIETOR,
        SPECIAL,
    ),
    _school(
        "11",
        "other-independent-school",
        "Other independent school",
        "independent",
        "s157",
        PROPRIETOR,
        "independent",
    ),
    _school(
        "12",
        "foundation-special-school",
        "Foundation special school",
        SPECIAL,
        "s175",
        GOVERNORS,
        SPECIAL,
    ),
    _school(
        "14", "pupil-referral-unit", "Pupil referral unit", AP, "s175", "management committee", AP
    ),
    _school(
        "15",
        "nursery-school",
        "Local authority nursery school",
        "nursery",
        "s175",
        GOVERNORS,
        "nursery",
    ),
    _college("18", "further-education", "Further education college", "s175", "corporation"),
    _outside("24", "secure-unit", "Secure units", Scope.REVIEW),
    _outside("25", "offshore-school", "Offshore schools"),
    _outside("26", "service-childrens-education", "Service children's education"),
    _outside("27", "miscellaneous", "Miscellaneous"),
    _school("28", "academy-sponsor-led", "Academy sponsor led", "academy", "s157", TRUST),
    _outside("29", "higher-education-institution", "Higher education institutions"),
    _outside("30", "welsh-establishment", "Welsh establishment"),
    _college(
        "31", "sixth-form-centre", "Sixth form centres", "s175", GOVERNORS, scope=Scope.REVIEW
    ),
    _college(
        "32",
        "special-post-16-institution",
        "Special post 16 institution",
        "s175-post16",
        "governing body",
    ),
    _school(
        "33",
        "academy-special-sponsor-led",
        "Academy special sponsor led",
        "academy",
        "s157",
        TRUST,
        SPECIAL,
    ),
    _school("34", "academy-converter", "Academy converter", "academy", "s157", TRUST),
    _school("35", "free-school", "Free school", "academy", "s157", TRUST),
    _school("36", "free-school-special", "Free school special", "academy", "s157", TRUST, SPECIAL),
    _outside("37", "british-school-overseas", "British schools overseas"),
    _school(
        "38",
        "free-school-alternative-provision",
        "Free school alternative provision",
        "academy",
        "s157",
        TRUST,
        AP,
    ),
    _college("39", "free-school-16-to-19", "Free school 16 to 19", "s175-post16", TRUST, "academy"),
    _school(
        "40",
        "university-technical-college",
        "University technical college",
        "academy",
        "s157",
        TRUST,
    ),
    _school("41", "studio-school", "Studio school", "academy", "s157", TRUST),
    _school(
        "42",
        "academy-alternative-provision-converter",
        "Academy alternative provision converter",
        "academy",
        "s157",
        TRUST,
        AP,
    ),
    _school(
        "43",
        "academy-alternative-provision-sponsor-led",
        "Academy alternative provision sponsor led",
        "academy",
        "s157",
        TRUST,
        AP,
    ),
    _school(
        "44",
        "academy-special-converter",
        "Academy special converter",
        "academy",
        "s157",
        TRUST,
        SPECIAL,
    ),
    _college(
        "45",
        "academy-16-to-19-converter",
        "Academy 16 to 19 converter",
        "s175-post16",
        TRUST,
        "academy",
    ),
    _college(
        "46",
        "academy-16-to-19-sponsor-led",
        "Academy 16 to 19 sponsor led",
        "s175-post16",
        TRUST,
        "academy",
    ),
    _centre("47", "childrens-centre", "Children’s centre", Scope.IN),
    _centre("48", "childrens-centre-linked-site", "Children's centre linked site", Scope.OUT),
    _outside("49", "online-provider", "Online provider"),
    _college(
        "57",
        "academy-secure-16-to-19",
        "Academy secure 16 to 19",
        "s175-post16",
        TRUST,
        "academy",
        Scope.REVIEW,
    ),
)
# Told from other further education colleges only by the register's FurtherEducationType.
SIXTH_FORM_COLLEGE = _college(
    "18", "sixth-form-college", "Sixth form college", "s175", "corporation"
)

# Source: docs/policy/duties.md (Children Act 2004, section 11(1); the relevant agencies of 2018).
AGENCIES = (
    _agency("local-authority", "Local authority", "local-authority", "s11"),
    _agency("district-council", "District council", "local-authority", "s11"),
    _agency("police", "Police", "justice", "s11"),
    _agency("icb", "NHS integrated care board", "health", "s11"),
    _agency("nhs-trust", "NHS trust", "health", "s11"),
    _agency("ambulance-trust", "Ambulance trust", "health", "s11"),
    _agency("probation", "Probation", "justice", "s11"),
    _agency("youth-justice", "Youth justice service", "justice", "s11"),
    _agency("prison", "Prison or secure setting", "justice", "s11"),
    _agency("general-practice", "General practice", "health", "relevant-agency"),
    _agency("health-provider", "Other health provider", "health", "relevant-agency"),
    _agency("fire-and-rescue", "Fire and rescue service", "other", "relevant-agency"),
    _agency("housing-provider", "Housing provider", "housing", "relevant-agency"),
    _agency("voluntary-group", "Voluntary or community group", "voluntary", "relevant-agency"),
    _agency("faith-group", "Faith group", "voluntary", "relevant-agency"),
    _agency("supplementary-school", "Supplementary school", "voluntary", "relevant-agency"),
    _agency("sports-club", "Sports or leisure provider", "voluntary", "relevant-agency"),
    _agency("cafcass", "Cafcass", "justice", "relevant-agency"),
    _agency("contractor", "Contractor", "other", "relevant-agency"),
    _agency("other-agency", "Other agency", "other", "relevant-agency"),
    _agency(
        "early-years-provider",
        "Early years provider",
        "nursery",
        "s40",
        "early-years",
        "early years provider",
    ),
    _agency("childminder", "Childminder", "nursery", "s40", "early-years", "early years provider"),
)
BY_CODE = {row.code: row for row in _REGISTER}
AGENCY_TYPES = {row.key: row for row in AGENCIES}
BY_KEY = {row.key: row for row in (*_REGISTER, SIXTH_FORM_COLLEGE, *AGENCIES)}


def label_of(type_key: str) -> str:
    """The type in words, for pages."""
    known = BY_KEY.get(type_key)
    return known.label if known else type_key.replace("-", " ").capitalize()
