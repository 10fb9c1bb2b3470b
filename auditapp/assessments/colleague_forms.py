"""The shape of what a lead types to invite a colleague."""

from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired

from auditapp.accounts.forms import PersonForm
from auditapp.assessments.colleague_lists import SectionChoice
from auditapp.policy.roles import Role


class ColleagueForm(PersonForm):
    role = RadioField(
        "What will they do?",
        choices=[
            SelectChoice(Role.CONTRIBUTOR, "Contribute: answer the sections you choose below"),
            SelectChoice(Role.SIGNATORY, "Sign: read everything, and sign it or send it back"),
        ],
        validators=[InputRequired("Choose what they will do.")],
    )
    sections = SelectMultipleField(
        "Which sections will they answer?",
        description="Only for someone who contributes. They see these sections and the evidence "
        "that your organisation holds, nothing else.",
    )

    @classmethod
    def of(cls, sections: list[SectionChoice]) -> "ColleagueForm":
        form = cls()
        several = len({row.assessment_id for row in sections}) > 1
        form.sections.choices = [
            SelectChoice(
                row.value, f"{row.assessment_title}: {row.title}" if several else row.title
            )
            for row in sections
        ]
        return form
