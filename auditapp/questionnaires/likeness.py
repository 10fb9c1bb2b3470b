"""Which questions of two versions read alike: suggestions of what became of a key that went."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditapp.questionnaires.comparing import Kind, Pair, compare
from auditapp.questionnaires.schema import Questionnaire

ALIKE = 0.6  # of two questions' words, to be suggested as one
PART = 0.7  # of a question's words that stood in another, to be suggested as a part of it
TOLD_APART = 8  # questions; of more, a word that over half of them have tells none apart

Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Suggestion:
    """That the question `before` became `after`, and what that would be; `likeness` is 0 to 1."""

    kind: Kind
    before: str
    after: str
    likeness: float


class Likeness:
    """How alike the questions of two versions are that do not have the same key."""

    def __init__(self, before: Questionnaire, after: Questionnaire) -> None:
        self.before, self.after = before, after
        self.old, self.new = _words(before), _words(after)
        self.gone = [key for key in self.old if key not in self.new]
        self.fresh = [key for key in self.new if key not in self.old]
        self._weight = _weights([*self.old.values(), *self.new.values()])
        self._shared = self._all_shared()
        # Summed once: they are asked for in every pair.
        self._old_weight, self._new_weight = (
            {key: self._sum(words) for key, words in side.items()} for side in (self.old, self.new)
        )

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """In the order of `after`. Nothing has become of a key that no suggestion names."""
        found = self._renamed()
        found |= self._parts(self.fresh, found, turned=False)
        found |= self._parts(self.gone, found, turned=True)
        kinds = {it.after: it.kind for it in compare(self.before, self.after, found)}
        place = {key: at for at, key in enumerate(self.new)}
        return tuple(
            Suggestion(kinds[new], old, new, self.of(old, new))
            for old, new in sorted(found, key=lambda pair: (place[pair[1]], pair[0]))
        )

    def of(self, old: str, new: str) -> float:
        """From 0 to 1, by the words they share; a rare word counts for more."""
        total = self._old_weight[old] + self._new_weight[new]
        return 2 * self._shared.get((old, new), 0) / total if total else 0

    def _renamed(self) -> set[Pair]:
        """One to one, the likest first."""
        gone, fresh = set(self.gone), set(self.fresh)
        alike = [
            (-likeness, old, new)
            for old, new in self._shared
            if old in gone and new in fresh and (likeness := self.of(old, new)) >= ALIKE
        ]
        found = set()
        for _, old, new in sorted(alike):
            if old in gone and new in fresh:
                gone.remove(old)
                fresh.remove(new)
                found.add((old, new))
        return found

    def _parts(self, wanted: Iterable[str], found: set[Pair], *, turned: bool) -> set[Pair]:
        """Parts that stood in a whole which has lost their words since, or went. `turned`: the
        parts are those before, and the whole is what they have become a part of."""
        parts = set(wanted) - {pair[0 if turned else 1] for pair in found}
        own, wholes = (self.old, self.new) if turned else (self.new, self.old)
        weight = self._old_weight if turned else self._new_weight
        best: dict[str, tuple[float, str]] = {}
        for pair, shared in self._shared.items():
            part, whole = pair if turned else pair[::-1]
            if part not in parts or shared < PART * weight[part]:
                continue
            moved = own[part] & wholes[whole] - own.get(whole, frozenset())
            best[part] = max(best.get(part, (0, "")), (self._sum(moved), whole))
        enough = {
            part: whole for part, (moved, whole) in best.items() if moved >= PART * weight[part]
        }
        return {pair if turned else pair[::-1] for pair in enough.items()}

    def _all_shared(self) -> dict[Pair, float]:
        """Weight of the words that two questions share, of which one key or both stand alone."""
        having: dict[str, list[str]] = {}
        for key, words in self.new.items():
            for word in words:
                having.setdefault(word, []).append(key)
        alone = {*self.gone, *self.fresh}
        shared: dict[Pair, float] = {}
        for old, words in self.old.items():
            for word in words & self._weight.keys():
                for new in having.get(word, ()):
                    if old in alone or new in alone:
                        shared[old, new] = shared.get((old, new), 0) + self._weight[word]
        return shared

    def _sum(self, words: Iterable[str]) -> float:
        return sum(self._weight.get(word, 0) for word in words)


def _words(questionnaire: Questionnaire) -> dict[str, frozenset[str]]:
    return {
        question.key: frozenset(re.findall(r"\w+", f"{question.title} {question.text}".casefold()))
        for question in questionnaire.questions
    }


def _weights(questions: list[frozenset[str]]) -> dict[str, float]:
    """Of each word that tells questions apart: the fewer have it, the heavier."""
    total = len(questions)
    most = total / 2 if total > 2 * TOLD_APART else total
    number = Counter(word for words in questions for word in words)
    return {word: math.log(1 + total / n) for word, n in number.items() if n <= most}
