"""Questionnaires that hypothesis makes, of every kind of question, condition and scale."""

from typing import Any

from hypothesis import strategies as st

from auditapp.questionnaires.conditions import FACTS
from auditapp.questionnaires.facts import KNOWN

Documents = st.SearchStrategy[dict[str, Any]]
PROSE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=30
).filter(str.strip) | st.sampled_from(
    ["=1+1", "yes", "1", "2026-11", " led by\nspaces ", "_x0041_", "null", "[a]"]
)
BITS = st.booleans()
NEEDS = st.sets(st.sampled_from(["action", "commentary", "evidence"])).map(sorted)
WORDS = st.sampled_from(["a", "no", "true", "8", "-1", "8.5", "two words", "and", 'a "b"']) | PROSE


def keys(least: int, most: int) -> st.SearchStrategy[list[str]]:
    named = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
    odd = st.sampled_from(["in", "question", "not", "boarding", "key"])
    return st.lists(named | odd, min_size=least, max_size=most, unique=True)


def part(needed: dict[str, Any], /, **optional: Any) -> Documents:
    """A mapping: what it must have, and what it may have."""
    return st.fixed_dictionaries(needed, optional=optional)


def kind(name: str, /, **optional: Any) -> Documents:
    return part({"kind": st.just(name)}, hint=PROSE, **optional)


def listed(least: int, most: int, one: Documents) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Parts with a key each."""
    return (
        keys(least, most)
        .flatmap(
            lambda names: st.tuples(
                *[one.map(lambda it, key=key: {"key": key} | it) for key in names]
            )
        )
        .map(list)
    )


SMALL = st.integers(0, 9)
RANGE: dict[str, Any] = {"least": SMALL, "places": st.integers(1, 6), "unit": PROSE}


def numbers(needed: dict[str, Any], /, **optional: Any) -> Documents:
    """A whole number's edges are whole; the others' need not be."""
    halves = st.sampled_from([10, "12.5", "1e3"])
    split = {"form": st.sampled_from(["decimal", "percent", "money"])}
    return part(
        needed, form=st.just("whole"), most=st.sampled_from([10, "1e3"]), **RANGE, **optional
    ) | part(needed | split, most=halves, **RANGE, **optional)


OPTIONS = listed(2, 3, part({"label": PROSE}, needs=NEEDS))
SINGLE = st.one_of(
    kind("text", long=BITS, most=st.integers(1, 99)),
    numbers({"kind": st.just("number")}, hint=PROSE),
    kind("date", within_months=st.integers(1, 99)),
    st.tuples(kind("choice", many=BITS), OPTIONS).map(lambda it: it[0] | {"options": it[1]}),
    kind("yes-no", partly=BITS, if_yes=NEEDS, if_partly=NEEDS, if_no=NEEDS),
    kind("link"),
)
PIECES = listed(1, 3, part({"label": PROSE, "answer": SINGLE}, required=BITS))
CELLS = numbers({}, hint=PROSE)
ROWS = listed(
    1,
    3,
    part({"label": PROSE}, number=CELLS, year=st.sampled_from(["sum", "mean", "last"])),
)
PERIODS = listed(1, 3, part({"label": PROSE}, of_year=BITS)).filter(
    lambda them: not {it["key"] for it in them} & {"year", "why"}
)
COMPOUND = st.one_of(
    kind("person", substitute=BITS),
    st.tuples(kind("parts"), PIECES).map(lambda it: it[0] | {"parts": it[1]}),
    st.tuples(kind("rows", least=SMALL, most=st.integers(10, 50)), PIECES).map(
        lambda it: it[0] | {"columns": it[1]}
    ),
    st.tuples(kind("matrix", number=CELLS, year_label=PROSE, override=BITS), ROWS, PERIODS).map(
        lambda it: it[0] | {"rows": it[1], "columns": it[2]}
    ),
)
VALUES = BITS | WORDS | st.lists(WORDS, min_size=1, max_size=3)


def compared(fact: str) -> Documents:
    """A fact against what it can be."""
    if fact not in KNOWN:
        return part({"key": st.just(fact), "value": BITS}, op=st.just("ne"))
    one = st.sampled_from(KNOWN[fact])
    some = one | st.lists(one, min_size=1, max_size=3)
    return part({"key": st.just(fact), "value": some}, op=st.sampled_from(["ne", "in"]))


COMPARED = st.sampled_from(FACTS).flatmap(compared)


def conditions(answers: list[str]) -> Documents:
    """Of facts and of these questions, which take a text."""
    asked = part(
        {"answer": st.sampled_from(answers or ["none"]), "value": VALUES | st.integers(-9, 9)},
        op=st.sampled_from(["ne", "in"]),
    )
    return st.recursive(
        COMPARED | asked if answers else COMPARED,
        lambda inner: st.one_of(
            inner.map(lambda it: {"not": it}),
            st.lists(inner, min_size=1, max_size=3).map(lambda it: {"all": it}),
            st.lists(inner, min_size=1, max_size=3).map(lambda it: {"any": it}),
        ),
        max_leaves=4,
    )


GRADES = listed(2, 4, part({"label": PROSE, "meaning": PROSE}, points=SMALL, gap=BITS, needs=NEEDS))
STEPS = part(
    {"strength": st.just(80), "gap": st.just(40)}, by=st.sampled_from([5, 20]), needs=NEEDS
)


@st.composite
def scale(draw: Any) -> dict[str, Any]:
    made = {"title": draw(PROSE), "edition": draw(PROSE)}
    if draw(BITS):
        return made | {"steps": draw(STEPS)}
    grades = [it | {"letter": str(at)} for at, it in enumerate(draw(GRADES))]
    return made | {"grades": grades, "best": draw(st.sampled_from(["first", "last"]))}


def grades_of(scale: dict[str, Any]) -> list[str]:
    steps = range(0, 101, scale.get("steps", {}).get("by", 5))
    return (
        [it["key"] for it in scale["grades"]] if "grades" in scale else [f"p{at}" for at in steps]
    )


@st.composite
def wordings(draw: Any, variants: list[str], at: int, /, **optional: Any) -> list[dict[str, Any]]:
    """At most one for each variant, with something to say; no two parts have one number."""
    number = st.sampled_from([f"{at}0.10", f"B{at}", f"{at}(a)"])
    said = part({}, number=number, title=PROSE, **optional).filter(bool)
    return [{"variant": key} | draw(said) for key in variants if draw(BITS)]


@st.composite
def questionnaires(draw: Any) -> dict[str, Any]:
    """The document of a questionnaire that may be published."""
    scales = draw(listed(1, 2, scale()))
    sources = draw(
        listed(
            0, 2, part({"title": PROSE, "edition": PROSE}, short=PROSE, checked=st.dates().map(str))
        )
    )
    variants = draw(listed(0, 2, part({"title": PROSE, "applies": COMPARED})))
    named = [it["key"] for it in variants]
    questions, before = [], []
    for at, key in enumerate(draw(keys(1, 6))):
        asked = draw(part({"text": PROSE}, why=PROSE, private=BITS, required=BITS, impact=PROSE))
        asked |= {
            "key": key,
            "title": f"{at} of them",
            "evidence": draw(st.lists(PROSE, max_size=3)),
        }
        if draw(BITS):
            asked["applies"] = draw(conditions(before))
        if draw(BITS):
            asked["answer"] = draw(SINGLE | COMPOUND)
            if asked["answer"]["kind"] == "text" and not asked.get("private"):
                before.append(key)
        else:
            on = draw(st.sampled_from(scales))
            means = {grade: draw(PROSE) for grade in grades_of(on)}
            asked |= {"why": "Children.", "scale": on["key"], "descriptors": means}
        told: dict[str, Any] = {"text": PROSE, "evidence": st.lists(PROSE, min_size=1, max_size=2)}
        if "descriptors" in asked:
            grade = st.sampled_from(sorted(asked["descriptors"]))
            told["descriptors"] = st.dictionaries(grade, PROSE, min_size=1, max_size=2)
        asked["wordings"] = draw(wordings(named, at, **told))
        if draw(BITS):
            asked["number"] = f"q{at}"
        if sources:
            cited = part({"source": st.sampled_from([it["key"] for it in sources]), "part": PROSE})
            asked["references"] = draw(st.lists(cited, max_size=2))
        questions.append(asked)
    middle = draw(st.integers(1, len(questions)))
    parts = [it for it in (questions[:middle], questions[middle:]) if it]
    sections = [
        {"key": f"s{at}", "title": draw(PROSE), "intro": draw(PROSE), "questions": it}
        | {"wordings": draw(wordings(named, at, intro=PROSE))}
        for at, it in enumerate(parts)
    ]
    made = {"key": "made", "version": draw(st.integers(1, 99)), "title": draw(PROSE)}
    return made | {
        "scales": scales,
        "variants": variants,
        "sources": sources,
        "sections": sections,
    }
