"""The stages an assessment goes through, each reached by the services that people use."""

from dataclasses import dataclass
from uuid import uuid4

from auditapp.accounts.queries import viewer_of
from auditapp.assessments import sending, submitting
from auditapp.core.transactions import transaction
from auditapp.moderation import allocating, marking, releasing, settling
from auditapp.moderation.marking import Marking
from auditapp.policy.states import Status

KEYS = ("c1", "c2", "c3", "o1", "o2")  # of the small questionnaire, for a day school


@dataclass(frozen=True)
class Stage:
    """`steps` lead there from an assessment that is answered but not sent."""

    name: str
    status: Status
    steps: tuple[str, ...] = ()

    @property
    def revealed(self) -> bool:
        return "reveal" in self.steps


_SUBMIT = ("send", "sign")
_MARK = (*_SUBMIT, "allocate", "mark")
_COMPLETE = (*_MARK, "reveal", "complete")
STAGES = {
    stage.name: stage
    for stage in (
        Stage("not-started", Status.NOT_STARTED),
        Stage("in-progress", Status.IN_PROGRESS),
        Stage("awaiting-sign-off", Status.AWAITING_SIGN_OFF, ("send",)),
        Stage("submitted", Status.SUBMITTED, _SUBMIT),
        Stage("in-moderation", Status.IN_MODERATION, (*_SUBMIT, "allocate")),
        Stage("marked", Status.IN_MODERATION, _MARK),
        Stage("revealed", Status.IN_MODERATION, (*_MARK, "reveal")),
        Stage("moderation-completed", Status.MODERATION_COMPLETED, _COMPLETE),
        Stage("feedback-released", Status.FEEDBACK_RELEASED, (*_COMPLETE, "release")),
        Stage("reopened", Status.IN_PROGRESS, _SUBMIT),
        Stage("reopened-released", Status.IN_PROGRESS, (*_COMPLETE, "release")),
        Stage("excused", Status.EXCUSED),
        Stage("closed", Status.CLOSED),
    )
}


class Walk:
    """Leads one assessment to a stage. `people`: role code -> the membership that acts."""

    def __init__(self, session, assessment, people):
        self.session, self.assessment, self.people = session, assessment, people

    def to(self, stage):
        for step in stage.steps:
            getattr(self, step)()
        if self.assessment.status is not stage.status:
            self.assessment.status = stage.status
            self.session.commit()

    def send(self):
        self._do("LEAD", sending.send_for_sign_off)

    def sign(self):
        self._do("SIGN", submitting.submit, "")

    def allocate(self):
        member = self.people["PM"].ref
        self._do("PC", allocating.allocate, chosen=[member], based_on=[member])

    def mark(self):
        for key in KEYS:
            words = {
                "rationale": f"why-{self.assessment.ref}",
                "note": f"note-{self.assessment.ref}",
            }
            mark = Marking(grade="exceeded", based_on=0, save_id=str(uuid4()), **words)
            self._do("PM", marking.mark_answer, key, mark)

    def reveal(self):
        self._do("PC", settling.reveal)

    def complete(self):
        self._do("PC", settling.complete, save_id=str(uuid4()))

    def release(self):
        self._do("PA", releasing.release, save_id=str(uuid4()))

    def _do(self, role, act, *args, **kwargs):
        held = self.people[role]
        viewer = viewer_of(self.session, held.person_id, held.id)
        with transaction(self.session, locking=self.assessment):
            act(self.session, viewer, self.assessment.ref, *args, **kwargs)
