"""Two versions of an answer side by side, and one made of both. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from auditapp.actions.rules import Planned
from auditapp.assessments.rules import Content
from auditapp.core.errors import RuleBroken

MINE, THEIRS, BOTH = "mine", "theirs", "both"
TEXTS = ("commentary", "impact")
ALIKE = 0.6  # two sentences this alike say the same thing in other words
PARTS = {
    "grade": "grade",
    "value": "answer",
    "commentary": "text",
    "impact": "difference to a child",
    "action": "action",
}


@dataclass(frozen=True)
class Run:
    """Some words of one version; `only_here` if the other has not got them."""

    text: str
    only_here: bool


def runs_of(text: str, other: str) -> list[Run]:
    """`text` in runs of words that `other` has, and has not. Joined they are `text` again."""
    words, others = _words(text), _words(other)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    runs = []
    for verb, start, end, _, _ in matcher.get_opcodes():
        if end > start:
            runs.append(Run("".join(words[start:end]), verb != "equal"))
    return runs


def joined(mine: str, theirs: str) -> str:
    """Their text with my sentences that say something else: a beginning, to be edited."""
    kept = _sentences(theirs)
    new = [sentence for sentence in _sentences(mine) if not _said_in(sentence, kept)]
    return " ".join([theirs, *new]).strip()


@dataclass(frozen=True)
class Versions:
    """What two people made of one answer."""

    mine: Content
    theirs: Content

    @property
    def differing(self) -> tuple[str, ...]:
        """The parts that differ, in the order of the page."""
        return tuple(part for part in PARTS if self._differs(part))

    @property
    def same(self) -> tuple[str, ...]:
        """The parts that both have alike, in words."""
        return tuple(words for part, words in PARTS.items() if not self._differs(part))

    def offered(self, part: str) -> str:
        """What the third box of a text begins with."""
        return joined(getattr(self.mine, part), getattr(self.theirs, part))

    def chosen(self, choices: Mapping[str, str], texts: Mapping[str, str]) -> Content:
        """The answer that the choices make. `choices`: part -> mine, theirs or both; `texts`: what
        stands in the third box of a text. To write in the third box is to choose it.

        Raises:
            RuleBroken: a part that differs has no choice; `field` names the part.
        """
        result = self.theirs
        for part in self.differing:
            choice = self._choice(part, choices, texts)
            if part in TEXTS:
                words = texts[part] if choice == BOTH else getattr(self.side(choice), part)
                result = _with_text(result, part, words)
            elif part in ("grade", "value"):
                side = self.side(choice)
                result = replace(result, grade=side.grade, value=side.value, reason=side.reason)
            else:
                result = replace(result, planned=self.side(choice).planned)
        if not result.planned:
            result = replace(result, planned=self.mine.planned)
        return result

    def _choice(self, part: str, choices: Mapping[str, str], texts: Mapping[str, str]) -> str:
        choice = choices.get(part) or ""
        written = part in TEXTS and texts.get(part, "") not in ("", self.offered(part))
        if not choice and written:
            return BOTH
        allowed = {MINE, THEIRS, BOTH} if part in TEXTS else {MINE, THEIRS}
        if choice not in allowed:
            raise RuleBroken(f"Choose which {PARTS[part]} this answer should have.", field=part)
        return choice

    def side(self, choice: str) -> Content:
        """`choice`: mine or theirs."""
        return self.mine if choice == MINE else self.theirs

    @property
    def _takes_value(self) -> bool:
        """Whether the question takes another answer than a grade, as far as either says."""
        return self.mine.value is not None or self.theirs.value is not None

    def _differs(self, part: str) -> bool:
        mine, theirs = self.mine, self.theirs
        if part == "grade":
            differs = (mine.grade, mine.reason) != (theirs.grade, theirs.reason)
            return differs and not self._takes_value
        if part == "value":
            return self._takes_value and (mine.value, mine.reason) != (theirs.value, theirs.reason)
        if part == "action":
            # Where only one of them plans something, that is kept.
            plans: tuple[Planned, Planned] = (mine.planned, theirs.planned)
            return all(plans) and mine.planned != theirs.planned
        return bool(getattr(mine, part) != getattr(theirs, part))


def _with_text(content: Content, part: str, words: str) -> Content:
    if part == "commentary":
        return replace(content, commentary=words)
    return replace(content, impact=words)


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?])\s+|\n+", text.strip()) if sentence]


def _said_in(sentence: str, sentences: list[str]) -> bool:
    return any(SequenceMatcher(None, sentence, one).ratio() >= ALIKE for one in sentences)
