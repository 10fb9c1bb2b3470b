"""Random edits of a questionnaire, by somebody who knows what became of every question."""

import copy
from itertools import count
from random import Random
from typing import Any

from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Questionnaire, as_json
from tests.factories import small_questionnaire

Truth = dict[str, frozenset[str]]  # key now -> keys that it came of


def small() -> Questionnaire:
    return read(small_questionnaire())


class Edited:
    """The next version of a questionnaire, and the truth about it: `origins` of each question,
    and the keys of those whose `scale_changed`."""

    def __init__(self, before: Questionnaire, random: Random) -> None:
        self.before, self.random = before, random
        self.document: dict[str, Any] = copy.deepcopy(as_json(before))
        self.document["version"] = before.version + 1
        self.origins: Truth = {
            question.key: frozenset({question.key}) for question in before.questions
        }
        self.scale_changed = False
        self._number = count(1)

    @property
    def after(self) -> Questionnaire:
        return Questionnaire.model_validate(self.document)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """What an author would confirm: every origin that is not the key itself."""
        return frozenset(
            (old, new) for new, olds in self.origins.items() for old in olds if old != new
        )

    def breaks(self, key: str | None) -> bool:
        """Whether no series leads to the question `key`, or on from one that is gone."""
        if key is None or len(self.origins[key]) != 1 or self.scale_changed:
            return True
        [origin] = self.origins[key]
        return sum(origin in origins for origins in self.origins.values()) > 1

    def edit(self, times: int) -> "Edited":
        acts = (
            self._reword,
            self._move,
            self._turn_round,
            self._rename,
            self._split,
            self._split_off,
            self._merge,
            self._merge_into,
            self._add,
            self._remove,
            self._rescale,
        )
        for _ in range(times):
            self.random.choice(acts)()
        return self

    def _sections(self) -> list[dict[str, Any]]:
        return list(self.document["sections"])

    def _drawn(self) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """A question, and the list that it stands in."""
        at = [
            (it["questions"], question) for it in self._sections() for question in it["questions"]
        ]
        return self.random.choice(at)

    def _fresh(self, like: dict[str, Any], origins: frozenset[str]) -> dict[str, Any]:
        """A question with a new key."""
        key = f"v{self.document['version']}-n{next(self._number)}"
        self.origins[key] = origins
        return like | {"key": key, "title": f"Title {key}"}

    def _take(self, held: list[dict[str, Any]], question: dict[str, Any]) -> frozenset[str]:
        held.remove(question)
        return self.origins.pop(question["key"])

    def _reword(self) -> None:
        _, question = self._drawn()
        question["text"] += " More."

    def _move(self) -> None:
        held, question = self._drawn()
        if len(held) > 1:
            held.remove(question)
            to = self.random.choice(self._sections())["questions"]
            to.insert(self.random.randint(0, len(to)), question)

    def _turn_round(self) -> None:
        self.document["sections"].reverse()

    def _rename(self) -> None:
        held, question = self._drawn()
        at = held.index(question)
        held.insert(at, self._fresh(question, self._take(held, question)))

    def _split(self) -> None:
        held, question = self._drawn()
        origins = self._take(held, question)
        held += [self._fresh(question, origins), self._fresh(question, origins)]

    def _split_off(self) -> None:
        held, question = self._drawn()
        held.append(self._fresh(question, self.origins[question["key"]]))

    def _merge(self) -> None:
        held, question = self._drawn()
        if len(held) > 1:
            other = self.random.choice([it for it in held if it is not question])
            origins = self._take(held, question) | self._take(held, other)
            held.append(self._fresh(question, origins))

    def _merge_into(self) -> None:
        held, question = self._drawn()
        if len(held) > 1:
            other = self.random.choice([it for it in held if it is not question])
            self.origins[other["key"]] |= self._take(held, question)

    def _add(self) -> None:
        held, question = self._drawn()
        held.append(self._fresh(question, frozenset()))

    def _remove(self) -> None:
        held, question = self._drawn()
        if len(held) > 1:
            self._take(held, question)

    def _rescale(self) -> None:
        self.scale_changed = True
        self.document["scales"][0]["edition"] += "+"
