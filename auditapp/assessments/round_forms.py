"""The shape of what is typed to run a round."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired

from auditapp.core.days import EXAMPLE
from auditapp.rounds.models import Round
from auditapp.web.fields import DayField

READ_BY = "Who leads and who signs at the organisation can read this, and it is kept."


class ReasonForm(FlaskForm):
    """Why. The rule says that it is needed, beside the field."""

    reason = TextAreaField("What is the reason?", description=READ_BY)


class ExtendOneForm(ReasonForm):
    due_on = DayField("What is their new due date?", validators=[InputRequired(EXAMPLE)])


class ExtendForm(ReasonForm):
    due_on = DayField("On which day is it due now?", validators=[InputRequired(EXAMPLE)])
    final_on = DayField(
        "What is the last day for late returns?", validators=[InputRequired(EXAMPLE)]
    )

    @classmethod
    def of(cls, round_: Round) -> "ExtendForm":
        """What was sent and nothing else; on a first visit, the days as they stand."""
        form = cls()
        if not form.is_submitted():
            form.process(data={"due_on": round_.due_on, "final_on": round_.final_on})
        return form


class ExcuseForm(ReasonForm):
    why = RadioField(
        "Why does it not take part?",
        choices=[
            SelectChoice("excused", "It is excused from this round"),
            SelectChoice("shut", "It has closed, or has become another organisation"),
        ],
        validators=[InputRequired("Choose why it does not take part.")],
    )
