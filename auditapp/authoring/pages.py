"""What pages of a draft show: the draft as it stands, and each part with what hangs on it."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy.orm import Session

from auditapp.authoring.drafting import document_of
from auditapp.authoring.editing import Reading, described, reading_of
from auditapp.authoring.models import QuestionnaireDraft
from auditapp.authoring.parts import (
    SORTS,
    WHOLE,
    Document,
    Found,
    find,
    kind_of,
    label_of,
    list_in,
    lists_of,
    nearest_part,
    parts_of,
)
from auditapp.authoring.queries import draft_by_ref, revision_of
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.checking import Flaw, Path
from auditapp.questionnaires.schema import Asked, Questionnaire
from auditapp.questionnaires.workbook_columns import GRADED

# Kind of answer -> what it is for, in the words of who writes a form.
KINDS = {
    GRADED: "A standard: it is graded, with evidence, and with an action where one is needed.",
    "text": "Words, short or long.",
    "number": "A number: whole, decimal, a percentage or money.",
    "date": "A date, and how long it holds.",
    "choice": "One of a list, or several of it.",
    "yes-no": "Yes or no, with partly between them if you like.",
    "link": "The address of a page on the web.",
    "person": "A person: name, role, e-mail and phone.",
    "parts": "Several boxes in one question.",
    "rows": "A list of rows with the same columns: who was trained, in what, when.",
    "matrix": "Numbers by year or quarter, beside comparators.",
    "derived": "A figure worked out from earlier numbers. Nobody types it.",
    "statement": "Nothing: it is there to be read.",
}
SCALES = {
    "grades": "Grades with names: met, partly met, not met.",
    "steps": "Numbers in steps: 0 to 100 per cent.",
}
SOURCES = {
    "shipped": "One that ships, with its editions, parts and dates.",
    "own": "Another, which you describe.",
}
WORDS = {  # in the place of a noun, of what a list holds
    "sections": "sections",
    "questions": "questions",
    "scales": "scales",
    "variants": "variants for some organisations",
    "wordings": "words for some organisations",
    "sources": "law and guidance",
    "references": "law and guidance it cites",
    "grades": "grades",
    "answer.options": "what can be chosen",
    "answer.parts": "boxes",
    "answer.columns": "columns",
    "answer.rows": "rows",
    "parts": "parts that can be cited",
}


class Item(NamedTuple):
    address: str
    label: str
    note: str


class Listing(NamedTuple):
    """A list that hangs on a part."""

    place: str
    words: str
    noun: str
    items: list[Item]


class Todo(NamedTuple):
    """What a draft lacks to be published, and the part to mend it in."""

    address: str
    label: str
    says: str


@dataclass(frozen=True)
class DraftPage:
    """A draft as its latest revision has it."""

    draft: QuestionnaireDraft
    text: str
    document: Document

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.document)

    @property
    def questionnaire(self) -> Questionnaire:
        return self.reading.questionnaire

    @cached_property
    def todo(self) -> list[Todo]:
        places = {it.path: it for it in self.parts.values()}
        return [self._todo(flaw, places) for flaw in self.reading.flaws]

    @cached_property
    def parts(self) -> dict[str, Found]:
        """Every part by its address."""
        whole = find(self.document, WHOLE)
        return {it.address: it for it in (whole, *parts_of(self.document))}

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Address of a question -> the number that it has where all is asked."""
        asked = Asked(self.questionnaire, None)
        questions = [it for it in self.parts.values() if it.sort == "question"]
        return {it.address: asked.number_of(it.part["key"]) for it in questions}

    def _todo(self, flaw: Flaw, places: dict[Path, Found]) -> Todo:
        found = nearest_part(places, flaw.path)
        return Todo(found.address, self.label(found), flaw.says)

    def is_described(self, scale_key: str) -> bool:
        """Whether every standard says what each grade of the scale means for it."""
        made = described(self.document, f"scales.{scale_key}")
        return bool(made == self.document)

    def named(self, address: str) -> str:
        """What the part is called, if it is still there."""
        found = self.parts.get(address)
        return self.label(found) if found else address

    def label(self, found: Found) -> str:
        """ "3.2 Policy": never the title of a question without its number."""
        if found.sort == "reference":
            names = {it.key: it.name for it in self.questionnaire.sources}
            source = found.part["source"]
            return f"{names.get(source, source)}, {found.part['part']}"
        if "variant" in found.part:
            titles = {it.key: it.title for it in self.questionnaire.variants}
            return titles.get(found.part["variant"], str(found.part["variant"]))
        words = label_of(found.part)
        return f"{self.numbers[found.address]} {words}" if found.sort == "question" else words

    def crumbs(self, found: Found) -> list[Found]:
        """The parts around it, outermost first."""
        around: list[Found] = []
        while (found := self.parts[found.owner]).path:
            around.insert(0, found)
        return around

    def listings(self, found: Found) -> list[Listing]:
        """No words for a variant where there is none."""
        lists = lists_of(found.sort, found.part)
        varied = bool(self.questionnaire.variants)
        return [self._listing(found, *it) for it in lists if varied or it[0] != "wordings"]

    def _listing(self, found: Found, place: str, sort: str) -> Listing:
        """Items with their addresses."""
        items = list_in(found.part, place)
        inside = [it for it in self.parts.values() if it.around is items]
        words = self.document.get("section_word", "section")
        named = f"{words}s" if sort == "section" else WORDS[place]
        noun = words if sort == "section" else SORTS[sort].noun
        return Listing(
            place, named, noun, [Item(it.address, self.label(it), _note(it)) for it in inside]
        )


def _note(found: Found) -> str:
    """What a list says of an item besides its name."""
    if found.sort == "section":
        number = len(found.part["questions"])
        return f"{number} question{'s' if number > 1 else ''}"
    if found.sort in ("question", "piece") and kind_of(found.part) != GRADED:
        return kind_of(found.part).replace("-", " ")
    return str(found.part.get("letter", ""))


def draft_page(session: Session, viewer: Viewer, ref: str) -> DraftPage:
    """Raises `Missing` where the viewer can see no such draft."""
    draft = get_visible_or_404(session, draft_by_ref(ref), viewer)
    text = revision_of(session, draft, draft.revision).yaml_text
    return DraftPage(draft, text, document_of(text))
