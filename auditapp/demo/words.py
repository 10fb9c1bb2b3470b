"""Invented words for the demonstration: what organisations and panels might write.

Every function gives the same words for the same arguments, on every machine. No text names a
person or describes a child whom anyone could know; the places and organisations do not exist.
"""

import re
from random import Random

from auditapp.demo.phrases import (
    ACTIONS,
    AGREED,
    CLOSERS,
    DEVELOPMENTS,
    EVIDENCE,
    IMPACTS,
    LOWERED,
    MIDDLES,
    MONTHS,
    NOT_APPLICABLE,
    OPENERS,
    OWNERS,
    RAISED,
    STRENGTHS,
    TOPIC_IMPACTS,
)
from auditapp.demo.topics import topic_of

YEAR = re.compile(r"\b20\d\d\b")
_STEMS = """
    Quillbrook Wrenmoor Tansycombe Otterfen Larkensall Brindlemere Damsonleigh Emberholt Fennimarsh
    Goslinghay Hazelthwick Inkpenny Juniperfold Kestrelbeck Lanternhay Mallowstead Nettlequay
    Oatenshaw Pebblethorpe Quincebury Rookenstall Saffronley Teaselworth Umberfold Vetchingley
    Willowquay Yarrowfen Zinnerby Applemarrow Barleythwick Cloverquist Dappleholt Elderquarry
    Fallowgarth Gorsewater Harebellow Ivorybeck Jackdawley Kingcupham Lavenderlow Marigoldby
    Nightjarrow Orchardwyke Ploverhythe Quailstead Rushenfold Swallowgarth Thimblecote Tumblewick
    Velvetmere Whinbarrow Wrynecombe Acornthwaite Bellwetherby Bramblequay Catkinshaw Cobnutley
    Curlewsett Dovetailby Drizzlecombe Eiderwick Fernwhistle Figgleton Finchenhall Foxglovewick
    Gannetwick Gingerholm Heronquill Honeythwaite Hopsickle Lapwingley Linnetstow Lupinford
    Magpiethorpe Marrowdyke Medlarwick Merlinfold Mossquarrel Mulberrow Newtwater Nuthatchley
    Oxlipton Pearmainby Pimpernell Pippinwold Primrosset Puddlewyke Ragwortham Russetmere
    Sandpiperley Sedgewhistle Siskinford Skylarkby Sorrelgate Speedwellow Starlingthwick Thistlequay
    Timothyfen Treacleholt Wagtailby Whimbrelstow Woodruffley
"""
SCHOOL_STEMS = tuple(_STEMS.split())

AGENCY_NAMES: tuple[tuple[str, str], ...] = (
    ("Exampleshire County Council", "local-authority"),
    ("Exampleshire Police", "police"),
    ("NHS Exampleshire Integrated Care Board", "icb"),
    ("Exampleshire Hospitals NHS Trust", "nhs-trust"),
    ("Exampleshire Community and Mental Health NHS Trust", "nhs-trust"),
    ("Probation Service, Exampleshire", "probation"),
    ("Exampleshire Youth Justice Service", "youth-justice"),
    ("Exampleshire Fire and Rescue Service", "fire-and-rescue"),
    ("Quillbrook Homes", "housing-provider"),
    ("Wrenmoor and Otterfen Housing Association", "housing-provider"),
    ("Otterfen District Council", "local-authority"),
    ("Kestrelbeck Young Carers", "voluntary-group"),
    ("Copper Kettle Family Project", "voluntary-group"),
    ("Tumblewick Juniors Sports Club", "voluntary-group"),
)

TRUST_NAMES = (
    "Tansycombe Learning Trust",
    "Three Herons of Exampleshire Academy Trust",
    "Kestrelbeck Schools Trust",
    "Emberholt Church Academies Trust",
    "Brindlemere Education Partnership",
    "Fifth Furrow Learning Trust",
    "Sedgewhistle Special Academies Trust",
    "Copper Quill Academy Trust",
)


def commentary(question_title: str, grade_rank: int, of: int, seed: int) -> str:
    """Two to four sentences on what the organisation does. Rank 0 is the worst of `of` grades."""
    dice = Random(f"commentary {seed} {question_title}")
    level = _level(grade_rank, of)
    patterns = [dice.choice(OPENERS[level])]
    patterns += dice.sample(MIDDLES[level], dice.choice((1, 1, 2)))
    if dice.random() < 0.6:
        patterns.append(dice.choice(CLOSERS[level]))
    return " ".join(_filled(pattern, question_title, dice) for pattern in patterns)


def impact(seed: int, question_title: str = "") -> str | None:
    """One example of a difference made, fitting the title; None for about one seed in four."""
    dice = Random(f"impact {seed}")
    if dice.random() < 0.25:
        return None
    noun = topic_of(question_title, dice).noun
    examples = (line.split(" | ") for line in TOPIC_IMPACTS)
    fitting = [text for about, text in examples if about == noun]
    return dice.choice(fitting or IMPACTS)


def evidence_title(seed: int) -> tuple[str, str]:
    """A document's title, and the place in it that proves the point ("page 4, paragraph 2")."""
    dice = Random(f"evidence {seed}")
    titles, pointers = dice.choices(EVIDENCE, weights=[len(titles) for titles, _ in EVIDENCE])[0]
    return dice.choice(titles), dice.choice(pointers)


def title_in(title: str, year: int) -> str:
    """A document's title as it was in `year`: its own years moved there, or the year after it."""
    years = [int(found) for found in YEAR.findall(title)]
    if not years:
        return f"{title}, {year}"
    return YEAR.sub(lambda found: str(int(found[0]) + year - max(years)), title)


def action(question_title: str, seed: int) -> tuple[str, str]:
    """What will be done, and the role of its owner."""
    dice = Random(f"action {seed} {question_title}")
    return _filled(dice.choice(ACTIONS), question_title, dice), dice.choice(OWNERS)


def rationale(self_rank: int, panel_rank: int, seed: int) -> str:
    """Why the panel raised, lowered or agreed with the grade that the organisation gave itself."""
    pool = RAISED if panel_rank > self_rank else LOWERED if panel_rank < self_rank else AGREED
    return Random(f"rationale {seed}").choice(pool)


def strength(section_title: str, seed: int) -> str:
    """One strength from the panel's feedback, about a section."""
    return _about_section(STRENGTHS, section_title, seed)


def development(section_title: str, seed: int) -> str:
    """One area to develop from the panel's feedback, about a section."""
    return _about_section(DEVELOPMENTS, section_title, seed)


def not_applicable_reason(seed: int) -> str:
    """Why a standard does not apply to the organisation."""
    return Random(f"not applicable {seed}").choice(NOT_APPLICABLE)


def _level(rank: int, of: int) -> str:
    """The level of a grade: the worst is "none", the best "shown"; the rest lie between."""
    if rank <= 0:
        return "none"
    share = rank / (of - 1)
    return "shown" if share >= 1 else "placed" if share > 0.6 else "begun"


def _filled(pattern: str, question_title: str, dice: Random) -> str:
    topic = topic_of(question_title, dice)
    many = dice.randint(8, 20)
    return pattern.format(
        topic=topic.noun,
        practice=topic.practice,
        month=dice.choice(MONTHS),
        few=dice.randint(2, many // 2),
        many=many,
        most=many - dice.randint(1, 2),
        weeks=dice.choice((6, 8, 10, 12)),
    )


def _about_section(pool: tuple[str, ...], section_title: str, seed: int) -> str:
    dice = Random(f"{section_title} {seed}")
    acronym = section_title[:2].isupper()
    words = section_title if acronym else section_title[:1].lower() + section_title[1:]
    return dice.choice(pool).format(section=words)
