"""The page of questionnaires: what each is for, whom it asks how much, and the law behind it."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from auditapp.organisations.types import KIND_LABELS
from auditapp.questionnaires.examples import Example, counts, minutes_for
from auditapp.questionnaires.queries import QuestionnaireLine
from auditapp.questionnaires.schema import Questionnaire

OWN, OTHERS = "Your partnership’s own", "Others"
_ANY = frozenset(KIND_LABELS)
_AGENCIES, _SCHOOLS = frozenset({"agency"}), frozenset({"school", "college"})


class For(NamedTuple):
    """Whom a questionnaire that ships is meant for. Its conditions do not say it: the schools'
    questionnaire would ask a police force too, if a round invited one. `keys` are theirs, each with
    the source that it answers to."""

    title: str
    kinds: frozenset[str]
    keys: dict[str, str]


# In the order of the page.
SHIPPED_FOR = (
    For(
        "For agencies",
        _AGENCIES,
        {
            "section-11": "ca2004",
            "section-11-domains": "ca2004",
            "general-practice": "regulated-activities",
            "yearly-statement": "working-together",
        },
    ),
    For(
        "For schools and colleges",
        _SCHOOLS,
        {"section-175-157": "ea2002", "operation-encompass": "encompass-guidance"},
    ),
    For(
        "For alternative provision and independent schools",
        _SCHOOLS | _AGENCIES,
        {"alternative-provision": "ea2002"},
    ),
    For(
        "For nurseries and childminders",
        frozenset({"early-years"}),
        {"early-years": "childcare2006"},
    ),
    For(
        "For clubs, faith groups and other small groups",
        _AGENCIES,
        {"small-groups": "out-of-school"},
    ),
    For(
        "For any organisation",
        _ANY,
        {
            "participation": "uncrc",
            "true-for-us": "working-together",
            "practitioners-survey": "working-together",
        },
    ),
    For(
        "For the three safeguarding partners",
        _AGENCIES,
        {
            "scrutiny-six-steps": "ca2004",
            "indicator-scorecard": "working-together",
            "narrative-comparators": "working-together",
        },
    ),
)
SOURCES_NAMED = 3


@dataclass(frozen=True)
class Entry:
    """`asked` are the kinds of organisation that it is meant for and asks something, and how many
    standards; `others` the rest. `law` is what it rests on, in words, and `more` how many sources
    it cites beside."""

    line: QuestionnaireLine
    asked: list[tuple[Example, int]]
    others: list[Example]
    law: list[str]
    more: int

    @property
    def fewest(self) -> int:
        return min((number for _, number in self.asked), default=0)

    @property
    def most(self) -> int:
        return max((number for _, number in self.asked), default=0)

    @property
    def minutes(self) -> int:
        """For the kind of organisation that is asked most."""
        return max((minutes_for(self.line.questionnaire, one) for one, _ in self.asked), default=0)


@dataclass(frozen=True)
class Shelf:
    title: str
    entries: list[Entry]


def shelves_of(lines: list[QuestionnaireLine]) -> list[Shelf]:
    """The partnership's own first, for that is what it will look for; no shelf is empty."""
    shipped = {line.questionnaire.key: line for line in lines if not line.is_own}
    shelves = [Shelf(OWN, [_entry(line) for line in lines if line.is_own])]
    for title, kinds, keys in SHIPPED_FOR:
        here = [(shipped.pop(key), first) for key, first in keys.items() if key in shipped]
        shelves.append(Shelf(title, [_entry(line, kinds, first) for line, first in here]))
    shelves.append(Shelf(OTHERS, [_entry(line) for line in shipped.values()]))
    return [shelf for shelf in shelves if shelf.entries]


def _entry(line: QuestionnaireLine, kinds: frozenset[str] = _ANY, first: str = "") -> Entry:
    numbers = counts(line.questionnaire)
    asked = [(one, number) for one, number in numbers if number and one.facts["kind"] in kinds]
    meant = {one.key for one, _ in asked}
    law = _law(line.questionnaire, first)
    return Entry(
        line,
        asked=asked,
        others=[one for one, _ in numbers if one.key not in meant],
        law=law,
        more=len(line.questionnaire.sources) - len(law),
    )


def _law(questionnaire: Questionnaire, first: str) -> list[str]:
    """ "Children Act 2004 (as amended)": `first`, then what its standards cite most. A year that
    ends the title is not said again."""
    cited = Counter(
        reference.source
        for question in questionnaire.questions
        for reference in question.references
    )
    keys = sorted(cited, key=lambda key: (key != first, -cited[key]))[:SOURCES_NAMED]
    found = []
    for source in map(questionnaire.source, keys):
        year = source.title.split()[-1]
        edition = source.edition.removeprefix(year).removeprefix(", ")
        found.append(f"{source.title} ({edition})" if edition else source.title)
    return found
