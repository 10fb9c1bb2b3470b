"""The shape of what is typed to sign in and to invite."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired, Length, Regexp

from auditapp.accounts.inviting import Invited
from auditapp.organisations.models import Partnership
from auditapp.policy.roles import Role
from auditapp.web.fields import given

EMAIL_NEEDED = "Enter an e-mail address, like name@example.org."
_LOCAL = r"[^@\s.]+(?:\.[^@\s.]+)*"
_LABEL = r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?"  # letters and digits; a hyphen only between them
# Whether it exists, only a message can tell.
EMAIL = rf"\s*{_LOCAL}@{_LABEL}(?:\.{_LABEL})+\s*$"
EMAIL_MAX_CHARS = 254
NAME_MAX_CHARS = 100


class SignInForm(FlaskForm):
    email = EmailField("E-mail address", validators=[InputRequired(EMAIL_NEEDED)])
    password = PasswordField("Password", validators=[InputRequired("Enter your password.")])
    next = HiddenField()


class ForgottenForm(FlaskForm):
    email = EmailField(
        "What is your e-mail address?",
        description="The one that your invitation came to.",
        validators=[
            InputRequired(EMAIL_NEEDED),
            Regexp(EMAIL, message=EMAIL_NEEDED),
            Length(max=EMAIL_MAX_CHARS, message=EMAIL_NEEDED),
        ],
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
        validators=[
            InputRequired("Enter their name."),
            Length(max=NAME_MAX_CHARS, message=f"Use {NAME_MAX_CHARS} characters or fewer."),
        ],
    )
    email = EmailField(
        "What is their e-mail address?",
        description="The invitation goes there. It must be their own, not a shared one.",
        validators=[
            InputRequired(EMAIL_NEEDED),
            Regexp(EMAIL, message=EMAIL_NEEDED),
            Length(max=EMAIL_MAX_CHARS, message=EMAIL_NEEDED),
        ],
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
