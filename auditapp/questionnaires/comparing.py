"""What changed between two versions of a questionnaire, question by question.

A question's key is its identity. What became of a question whose key went is known only where a
person has said so; `likeness.py` suggests, and decides nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Questionnaire, Section

Value = TypeVar("Value")
Pair = tuple[str, str]  # a question's key before and after


class Kind(StrEnum):
    SAME = "same"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    GONE = "gone"


# One answer before is not one answer after: no line leads from one figure to the other.
BREAKING = (Kind.SPLIT, Kind.MERGED, Kind.NEW, Kind.GONE)
# What may change about a question, in words; a field that is not here is called by its name.
WORDS = {
    "text": "statement",
    "why": "why it matters",
    "evidence": "what is normally enough",
    "impact": "prompt for impact",
    "references": "sources",
    "applies": "who is asked",
    "required": "whether it may be left blank",
    "wordings": "wording in a variant",
}
ANSWERED = {"kind", "answer"}  # fields that say what is answered: another answer is no rewording
NEITHER = {"key", "number", "scale", *ANSWERED}
OTHER_ANSWER = "kind of answer"


@dataclass(frozen=True)
class Change:
    """What became of a question. `before` are the keys it had or came of, several if it was
    merged; `after` its key now, None if it is gone.

    `reworded` names what reads otherwise, in words, also of a question that moved; `scale` what
    its grades no longer mean as they did.
    """

    kind: Kind
    before: tuple[str, ...]
    after: str | None
    reworded: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()

    @property
    def breaks(self) -> tuple[str, ...]:
        """Why figures before and after are not one series; empty where they are."""
        ends = (self.kind.value,) if self.kind in BREAKING else ()
        return (*ends, *[f"scale: {part}" for part in self.scale])

    @property
    def is_none(self) -> bool:
        return self.kind is Kind.SAME and not self.scale


class Joined(NamedTuple, Generic[Value]):
    """What a question's origins had, and why it is another series now."""

    values: tuple[Value, ...]
    breaks: tuple[str, ...]


def compare(
    before: Questionnaire,
    after: Questionnaire,
    mapped: Iterable[Pair] = (),
    only: Collection[str] | None = None,
) -> tuple[Change, ...]:
    """One change for each question of `after`, in its order, then one for each that is gone.

    `mapped` says what else became of a key than to stay; pairs that name no question count for
    nothing. `only`: keys of `after` that are wanted, where not all are.
    """
    both = _Both(before, after, mapped)
    changes = [both.change_to(key) for key in both.new if only is None or key in only]
    gone = [key for key in both.old if key not in both.heirs]
    return (*changes, *[Change(Kind.GONE, (key,), None) for key in gone if only is None])


def other_changes(before: Questionnaire, after: Questionnaire) -> tuple[str, ...]:
    """What changed about the whole, in words: "title", "sources", "order of sections"."""
    old, new = before.model_dump(), after.model_dump()
    named = {"section_word": "word for a section"}
    apart = {"key", "version", "sections"}
    found = [named.get(name, name) for name in old if name not in apart and old[name] != new[name]]
    titles = [
        {one.key: (one.title, one.intro, one.wordings) for one in it.sections}
        for it in (before, after)
    ]
    shared = titles[0].keys() & titles[1].keys()
    orders = [[key for key in of if key in shared] for of in titles]
    found += ["what sections are called"] if titles[0] != titles[1] else []
    found += ["order of sections"] if orders[0] != orders[1] else []
    return tuple(found)


def joined(values: Mapping[str, Value], changes: Iterable[Change]) -> dict[str, Joined[Value]]:
    """Values by key before -> the same by key now, each with the breaks of its series. A question
    that came of several has several; one that is new, none."""
    return {
        change.after: Joined(
            tuple(values[key] for key in change.before if key in values), change.breaks
        )
        for change in changes
        if change.after is not None
    }


class _Both:
    """Two versions, and which question of the one is which of the other."""

    def __init__(self, before: Questionnaire, after: Questionnaire, mapped: Iterable[Pair]) -> None:
        self.before, self.after = before, after
        self.old, self.new = _placed(before), _placed(after)
        self.origins: dict[str, list[str]] = {}
        self.heirs: dict[str, list[str]] = {}
        for old, new in dict.fromkeys([*((key, key) for key in self.old), *sorted(mapped)]):
            if old in self.old and new in self.new:
                self.origins.setdefault(new, []).append(old)
                self.heirs.setdefault(old, []).append(new)
        self._rescaled: dict[tuple[str, str], tuple[str, ...]] = {}

    def change_to(self, key: str) -> Change:
        origins = tuple(self.origins.get(key, ()))
        if not origins:
            return Change(Kind.NEW, (), key)
        scale = tuple(dict.fromkeys(part for old in origins for part in self._scale(old, key)))
        if len(origins) > 1:
            return Change(Kind.MERGED, origins, key, scale=scale)
        before = _calling(_said(*self.old[origins[0]]), self._called)
        reworded = _reworded(before, _calling(_said(*self.new[key]), {}))
        return Change(self._kind(origins[0], key, reworded), origins, key, reworded, scale)

    def _kind(self, old: str, new: str, reworded: tuple[str, ...]) -> Kind:
        if len(self.heirs[old]) > 1:
            return Kind.SPLIT
        if new not in self._stayed:
            return Kind.MOVED
        return Kind.REWORDED if reworded else Kind.SAME

    @cached_property
    def _called(self) -> dict[str, str]:
        """Key before -> key now, of the questions that became one and no other: by it conditions
        and figures name them."""
        renamed = {old: new for new, (old, *others) in self.origins.items() if not others}
        return {old: new for old, new in renamed.items() if len(self.heirs[old]) == 1}

    @cached_property
    def _stayed(self) -> set[str]:
        """Keys of `after` that stand in the section they stood in, and in their order."""
        alone = {key: old for key, (old, *others) in self.origins.items() if not others}
        place = {key: at for at, key in enumerate(self.old)}
        kept: set[str] = set()
        for section in self.after.sections:
            now = [
                key
                for key in (question.key for question in section.questions)
                if key in alone and self.old[alone[key]][0].key == section.key
            ]
            then = sorted(now, key=lambda key: place[alone[key]])
            for at, _, size in SequenceMatcher(None, now, then, False).get_matching_blocks():
                kept.update(now[at : at + size])
        return kept

    def _scale(self, old: str, new: str) -> tuple[str, ...]:
        """What the grades of the two no longer have in common, in words."""
        one, other = self.old[old][1], self.new[new][1]
        answers = [it.model_dump(include=ANSWERED) for it in (one, other)]
        if _calling(answers[0], self._called) != _calling(answers[1], {}):
            return (OTHER_ANSWER,)
        scales = self.before.scale_for(one), self.after.scale_for(other)
        if scales[0] is None or scales[1] is None:
            return ()
        names = scales[0].key, scales[1].key
        if names not in self._rescaled:
            self._rescaled[names] = _rescaled(scales[0], scales[1])
        return self._rescaled[names]


def _placed(questionnaire: Questionnaire) -> dict[str, tuple[Section, Question]]:
    return {
        question.key: (section, question)
        for section in questionnaire.sections
        for question in section.questions
    }


def _said(section: Section, question: Question) -> dict[str, Any]:
    """What a question says besides its answer. Its section's condition is its own too."""
    asked = [it and it.model_dump() for it in (section.applies, question.applies)]
    return question.model_dump(exclude=NEITHER) | {"applies": asked}


def _calling(said: Any, called: Mapping[str, str]) -> Any:
    """The same with questions named by the keys that they are `called` by now."""
    if isinstance(said, list | tuple):
        return [_calling(it, called) for it in said]
    if not isinstance(said, dict):
        return said
    found = {name: _calling(it, called) for name, it in said.items()}
    if isinstance(said.get("answer"), str):
        found["answer"] = called.get(said["answer"], said["answer"])
    for name in ("of", "base"):
        if name in said:
            found[name] = [called.get(it, it) for it in said[name]]
    return found


def _reworded(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """In words, which fields read otherwise."""
    return tuple(WORDS.get(name, name.replace("_", " ")) for name in old if old[name] != new[name])


def _rescaled(before: Scale, after: Scale) -> tuple[str, ...]:
    """What differs about the grades that both have, and whether both have the same."""
    shared = set(before.keys) & set(after.keys)
    sides = []
    for scale in (before, after):
        grades = [grade for grade in scale.worst_first if grade.key in shared]
        sides.append(
            {
                "edition": scale.edition,
                "grades": frozenset(scale.keys),
                "order": [grade.key for grade in grades],
                "strengths": scale.strengths & shared,
                "gaps": scale.gaps & shared,
                "meanings": {grade.key: (grade.label, grade.meaning) for grade in grades},
                "points": {grade.key: grade.points for grade in grades},
            }
        )
    return tuple(part for part in sides[0] if sides[0][part] != sides[1][part])
