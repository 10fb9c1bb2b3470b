"""The shape of what is typed to set a round up."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired, Length

from auditapp.core.days import EXAMPLE
from auditapp.organisations.models import Organisation
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.rounds.models import Round
from auditapp.rounds.service import Plan
from auditapp.web.fields import DayField, given

SIGN_OFF = {
    "before-submission": "Before it is submitted: signing submits it",
    "none": "Nobody signs",
}


class RoundForm(FlaskForm):
    """A round's plan."""

    title = StringField(
        "What is the round called?",
        description="For example Sections 157 and 175, 2026.",
        validators=[
            InputRequired("Enter what the round is called."),
            Length(max=120, message="Use 120 characters or fewer."),
        ],
    )
    period = StringField(
        "Which year or period is it for?",
        description="For example 2026, or 2026 to 2027. Reports compare rounds by it, so write it "
        "the same way each time.",
        validators=[
            InputRequired("Enter the year or period."),
            Length(max=20, message="Use 20 characters or fewer."),
        ],
    )
    version_ref = SelectField(
        "Which questionnaire is asked?", validators=[InputRequired("Choose a questionnaire.")]
    )
    statutory = RadioField(
        "Must organisations take part?",
        choices=[
            SelectChoice("statutory", "Yes, it is statutory"),
            SelectChoice("voluntary", "No, it is voluntary"),
        ],
        default="statutory",
    )
    sign_off = RadioField(
        "When does someone sign for the organisation?",
        choices=[SelectChoice(key, words) for key, words in SIGN_OFF.items()],
        default="before-submission",
    )
    owner_ref = SelectField("Who owns the round?", default="")
    opens_on = DayField("On which day does it open?", validators=[InputRequired(EXAMPLE)])
    due_on = DayField("On which day is it due?", validators=[InputRequired(EXAMPLE)])
    final_on = DayField(
        "What is the last day for late returns?",
        description="The day it is due, or later. For example 31 1 2027",
        validators=[InputRequired(EXAMPLE)],
    )
    moderation_ends_on = DayField("On which day does moderation end? (optional)")
    feedback_by = DayField("By which day is feedback promised? (optional)")

    @classmethod
    def of(
        cls,
        partnership_name: str,
        versions: list[QuestionnaireVersion],
        owners: list[Organisation],
        round_: Round | None = None,
    ) -> "RoundForm":
        """What was sent and nothing else; on a first visit, the round as it stands."""
        form = cls()
        # Chosen for nobody: the first by the alphabet is seldom meant.
        unchosen = [SelectChoice("", "Choose one")] if round_ is None else []
        known = [SelectChoice(version.ref, version.words) for version in versions]
        form.version_ref.choices = [*unchosen, *known]
        shared = [SelectChoice(owner.ref, owner.name) for owner in owners]
        form.owner_ref.choices = [SelectChoice("", partnership_name), *shared]
        if round_ is not None and not form.is_submitted():
            form.process(data=_saved(round_, versions, owners))
        return form

    @property
    def plan(self) -> Plan:
        return Plan(
            title=" ".join(given(self.title.data).split()),
            period=" ".join(given(self.period.data).split()),
            version_ref=self.version_ref.data,
            owner_ref=self.owner_ref.data or "",
            statutory=self.statutory.data == "statutory",
            sign_off=self.sign_off.data,
            opens_on=given(self.opens_on.data),
            due_on=given(self.due_on.data),
            final_on=given(self.final_on.data),
            moderation_ends_on=self.moderation_ends_on.data,
            feedback_by=self.feedback_by.data,
        )


def _saved(
    round_: Round, versions: list[QuestionnaireVersion], owners: list[Organisation]
) -> dict[str, Any]:
    saved = {name: getattr(round_, name) for name in RoundForm.__dict__ if hasattr(round_, name)}
    by_id = {version.id: version.ref for version in versions}
    owner_refs = {owner.id: owner.ref for owner in owners}
    return saved | {
        "version_ref": by_id.get(round_.questionnaire_version_id),
        "owner_ref": owner_refs.get(round_.owner_organisation_id or 0, ""),
        "statutory": "statutory" if round_.statutory else "voluntary",
    }


class CodesForm(FlaskForm):
    """A list of register numbers to add to what is chosen."""

    codes = TextAreaField(
        "Which register numbers shall be added?",
        description="URNs or other register numbers, one to a line or parted by commas.",
        validators=[InputRequired("Enter at least one register number.")],
    )

    @property
    def listed(self) -> list[str]:
        words = given(self.codes.data).replace(",", " ").replace(";", " ").split()
        return list(dict.fromkeys(words))
