"""What is typed about an action."""

from typing import Self

from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from auditapp.actions.models import Action, ActionRevision
from auditapp.actions.rules import Progress
from auditapp.web.fields import DayField


class ProgressForm(FlaskForm):
    done_on = DayField(
        "When was it done?",
        description="Leave blank while it is not. For example 27 3 2026",
        validators=[Optional()],
    )
    outcome = TextAreaField(
        "What changed for children?",
        description="One example, with no names. Leave blank if you cannot say yet.",
    )
    based_on = IntegerField(widget=HiddenInput(), validators=[Optional()])

    @classmethod
    def of(cls, action: Action, revision: ActionRevision) -> Self:
        """What was sent and nothing else; on a first visit, the action as it stands."""
        form = cls()
        if not form.is_submitted():
            form.process(
                data={
                    "done_on": action.done_on,
                    "outcome": revision.outcome,
                    "based_on": action.number,
                }
            )
        return form

    @property
    def progress(self) -> Progress:
        return Progress(done_on=self.done_on.data, outcome=(self.outcome.data or "").strip())
