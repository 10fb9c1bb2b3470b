"""Counting the answers of one organisation: a draft's and a submission's alike."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from auditapp.assessments.rules import Content
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Scale


class Answered(Protocol):
    @property
    def content(self) -> Content: ...
    @property
    def scale(self) -> Scale | None: ...
    @property
    def question(self) -> Question: ...


class Counted(ABC):
    """Whatever has lines, one for each question asked. Only those count that are graded and sent:
    a draft and its submission count the same."""

    @property
    @abstractmethod
    def lines(self) -> Sequence[Answered]: ...

    def counts(self, scale: Scale) -> dict[str, int]:
        """Grade key -> number of answers, for the standards on `scale`."""
        graded = Counter(
            line.content.grade
            for line in self._standards
            if line.scale is not None and line.scale.key == scale.key
        )
        return {key: graded[key] for key in scale.keys}

    @property
    def not_applicable(self) -> int:
        return sum(line.content.is_not_applicable for line in self._standards)

    @property
    def not_graded(self) -> int:
        return sum(
            line.content.grade is None and not line.content.is_not_applicable
            for line in self._standards
        )

    @property
    def _standards(self) -> Sequence[Answered]:
        return [it for it in self.lines if it.scale is not None and not it.question.private]
