"""What a questionnaire asks."""

from collections.abc import Mapping
from typing import Self

from auditapp.questionnaires.conditions import Condition
from auditapp.questionnaires.derived import DerivedEntry, StatementEntry
from auditapp.questionnaires.kinds import Entry
from auditapp.questionnaires.scales import Key, Part, Text
from auditapp.questionnaires.sources import Reference
from auditapp.questionnaires.variants import Number, QuestionWording, Title, said_in


class Question(Part):
    """One standard: the statement that is graded, and what helps to grade it honestly. With an
    `answer` it is not graded: it takes a date, a number, a list of rows ...

    What is not `required` may be left blank. What is `private` stays with the organisation: it is
    not submitted, and no partnership reads it.
    """

    number: Number | None = None  # by its place if it has none of its own
    title: Title
    text: Text
    why: str = ""
    answer: Entry | None = None
    required: bool = True
    private: bool = False
    may_not_apply: bool = False  # a standard that is graded always may be not applicable
    scale: Key | None = None  # may be left out where the questionnaire has one scale
    descriptors: Mapping[Key, Text] = {}
    evidence: tuple[Text, ...] = ()  # what is normally enough
    impact: str = ""  # the prompt for its impact on children
    references: tuple[Reference, ...] = ()
    applies: Condition | None = None
    wordings: tuple[QuestionWording, ...] = ()

    def worded(self, variant: str) -> Self:
        """As it reads in the variant."""
        said = said_in(self.wordings, variant)
        if "descriptors" in said:
            said["descriptors"] = {**self.descriptors, **said["descriptors"]}
        return self.model_copy(update=said) if said else self

    @property
    def is_graded(self) -> bool:
        return self.answer is None

    @property
    def is_statement(self) -> bool:
        return isinstance(self.answer, StatementEntry)

    @property
    def is_answered(self) -> bool:
        """Whether there is anything to do: not where it is worked out, or only read."""
        return not isinstance(self.answer, DerivedEntry | StatementEntry)
