"""How the invented organisations grade themselves: believable, and the same every time."""

from dataclasses import dataclass
from random import Random

from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Scale

# How sure of itself a section is, from -1 to 1; sections not named are in the middle. What real
# areas publish: surest of the child's voice and culture, least of escalation and online safety.
SURENESS = {
    "voice-of-the-child": 0.8,
    "designated-safeguarding-lead": 0.7,
    "safeguarding-culture": 0.6,
    "safer-recruitment": 0.4,
    "escalation": -0.7,
    "online-safety": -0.6,
    "managing-concerns": -0.4,
    "early-help-and-front-door": -0.3,
}
WEAK_STANDARDS = {"private-fostering", "training-effect", "screening-tools", "co-production"}
NOT_APPLICABLE_SHARE = 0.012


@dataclass(frozen=True)
class Choice:
    """A grade key, or None for not applicable; `rank` is the grade's place from the worst."""

    grade_key: str | None
    rank: int


def choose(
    period: str, organisation: str, section_key: str, question: Question, scale: Scale
) -> Choice:
    """The grade an organisation gives itself on a standard in a round."""
    dice = Random(f"{period} {organisation} {question.key}")
    if dice.random() < NOT_APPLICABLE_SHARE:
        return Choice(None, -1)
    habit = Random(f"{organisation} habit").gauss(0, 0.35)  # some are hard on themselves
    sureness = SURENESS.get(section_key, 0.0) - (0.9 if question.key in WEAK_STANDARDS else 0.0)
    level = dice.gauss(0.55 * sureness + habit, 0.8)
    best = len(scale.keys) - 1
    rank = best if level > 1.15 else best - 1 if level > -1.25 else best - 2 if level > -2 else 0
    if best == 2:  # of three grades the middle one is already a gap
        rank = best if level > -0.6 else 1 if level > -1.8 else 0
    return Choice(scale.keys[rank], rank)
