"""The shape of what is typed to sign in and to invite."""

from collections.abc import Callable

from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired, StopValidation

from auditapp.accounts.inviting import Invited
from auditapp.accounts.rules import EMAIL_NEEDED, NAME_NEEDED, check_email, check_name
from auditapp.core.errors import RuleBroken
from auditapp.organisations.models import Partnership
from auditapp.policy.roles import Role
from auditapp.web.fields import given


class HeldTo:
    """A validator that asks a rule, and says beside the field what the rule says."""

    def __init__(self, check: Callable[[str], None]) -> None:
        self.check = check

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        try:
            self.check(given(field.data))
        except RuleBroken as error:
            raise StopValidation(error.message) from None


class SignInForm(FlaskForm):
    email = EmailField("E-mail address", validators=[InputRequired(EMAIL_NEEDED)])
    password = PasswordField("Password", validators=[InputRequired("Enter your password.")])
    next = HiddenField()


class ForgottenForm(FlaskForm):
    email = EmailField(
        "What is your e-mail address?",
        description="The one that your invitation came to.",
        validators=[InputRequired(EMAIL_NEEDED), HeldTo(check_email)],
    )


class PasswordForm(FlaskForm):
    password = PasswordField(
        "Choose a password",
        description="12 characters or more. Three words that have nothing to do with one another "
        "are easy to remember. You may paste it.",
        validators=[InputRequired("Enter a password.")],
    )


class PersonForm(FlaskForm):
    """Who is invited. Subclasses ask for what."""

    name = StringField(
        "What is their name?",
        validators=[InputRequired(NAME_NEEDED), HeldTo(check_name)],
    )
    email = EmailField(
        "What is their e-mail address?",
        description="The invitation goes there. It must be their own, not a shared one.",
        validators=[InputRequired(EMAIL_NEEDED), HeldTo(check_email)],
    )


class AdministratorForm(PersonForm):
    """A partnership's administrator, or one of the installation."""

    role = RadioField(
        "What will they be?",
        choices=[
            SelectChoice(Role.ADMINISTRATOR, "Administrator of a partnership"),
            SelectChoice(Role.SYSTEM_ADMINISTRATOR, "System administrator"),
        ],
        validators=[InputRequired("Choose what they will be.")],
    )
    partnership_ref = SelectField("Of which partnership?", default="")

    @classmethod
    def of(cls, partnerships: list[Partnership]) -> "AdministratorForm":
        form = cls()
        choices = [SelectChoice(row.ref, row.name) for row in partnerships]
        form.partnership_ref.choices = [SelectChoice("", "None"), *choices]
        return form

    def invited(self, partnerships: list[Partnership]) -> Invited:
        """Whom to invite; a system administrator belongs to no partnership."""
        ids = {row.ref: row.id for row in partnerships}
        role = Role(self.role.data)
        of_partnership = role is Role.ADMINISTRATOR
        return Invited(
            email=given(self.email.data),
            name=given(self.name.data),
            role=role,
            partnership_id=ids.get(self.partnership_ref.data) if of_partnership else None,
        )
