"""What a questionnaire asks."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from auditapp.questionnaires.conditions import Condition
from auditapp.questionnaires.scales import Key, Part, Text
from auditapp.questionnaires.sources import Reference

TITLE_MAX_CHARS = 60


class Question(Part):
    """One standard: the statement that is graded, and what helps to grade it honestly."""

    kind: Literal["rating"] = "rating"
    title: Annotated[str, Field(min_length=1, max_length=TITLE_MAX_CHARS)]
    text: Text
    why: Text
    scale: Key | None = None  # may be left out where the questionnaire has one scale
    descriptors: Mapping[Key, Text] = {}
    evidence: tuple[Text, ...] = ()  # what is normally enough
    impact: str = ""  # the prompt for its impact on children
    references: tuple[Reference, ...] = ()
    applies: Condition | None = None
