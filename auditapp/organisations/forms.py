"""The shape of what is typed about organisations and a partnership's settings."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired, Length

from auditapp.organisations.models import Organisation, Partnership, Registration
from auditapp.organisations.rules import NAME_MAX_CHARS, PARTNERSHIP_NAME_MAX_CHARS
from auditapp.policy.roles import ROLE_WORDS, Role

CHOOSE = "Choose a file."
_LONGEST = Length(max=NAME_MAX_CHARS, message=f"Use {NAME_MAX_CHARS} characters or fewer.")


class SchoolsForm(FlaskForm):
    """The register's files. `links` may be left out."""

    file = FileField(
        "Establishment fields (edubasealldata)",
        description="CSV as downloaded from Get Information About Schools, up to 25 MB. Filter the "
        "download to your area if it is larger.",
        validators=[FileRequired(CHOOSE)],
    )
    links = FileField(
        "Establishment links (links_edubasealldata)",
        description="CSV. Leave out if you have none: schools that became academies are then shown "
        "as new.",
    )


class AgenciesForm(FlaskForm):
    file = FileField(
        "Your list of agencies and contacts",
        description="A workbook (.xlsx) or CSV, one organisation a row.",
        validators=[FileRequired(CHOOSE)],
    )


class PlaceForm(FlaskForm):
    name = StringField(
        "What do your pages call it?",
        description="The register’s name is used until you change it here.",
        validators=[InputRequired("Enter a name."), _LONGEST],
    )
    locality = StringField(
        "Which part of the area is it in?",
        description="A ward or a district. Reports can group by it.",
        validators=[_LONGEST],
    )
    commissions = BooleanField(
        "It buys services for children from others",
        description="Its questionnaire then asks about contracts.",
    )

    @classmethod
    def of(cls, place: Organisation, registration: Registration) -> "PlaceForm":
        form = cls()
        if not form.is_submitted():
            form.process(
                data={
                    "name": place.name,
                    "locality": place.locality,
                    "commissions": registration.commissions,
                }
            )
        return form


class ContactForm(FlaskForm):
    """Someone to invite. Its fields have a prefix, because another form stands on the page."""

    name = StringField("What is their name?", validators=[InputRequired("Enter a name."), _LONGEST])
    email = StringField(
        "What is their e-mail address?",
        validators=[InputRequired("Enter an e-mail address like name@example.org."), _LONGEST],
    )
    role = RadioField(
        "What do they do?",
        choices=[
            SelectChoice(
                Role.LEAD.value,
                f"Completes the assessment ({ROLE_WORDS[Role.LEAD]} or audit lead)",
            ),
            SelectChoice(
                Role.SIGNATORY.value, "Signs it (head teacher, governor or chief officer)"
            ),
        ],
        validators=[InputRequired("Choose what this person does.")],
    )

    def __init__(self) -> None:
        super().__init__(prefix="contact-")


class RemovalForm(FlaskForm):
    role = StringField(validators=[InputRequired()])
    email = StringField(validators=[InputRequired()])


class ApplyForm(FlaskForm):
    """One button: apply what the page above it shows."""


class SettingsForm(FlaskForm):
    name = StringField(
        "What is the partnership called?",
        description="On every page, letter and report.",
        validators=[
            InputRequired("Enter a name."),
            Length(
                max=PARTNERSHIP_NAME_MAX_CHARS,
                message=f"Use {PARTNERSHIP_NAME_MAX_CHARS} characters or fewer.",
            ),
        ],
    )
    email = StringField(
        "What is the business unit’s e-mail address?",
        description="Organisations are told to write to it for help.",
        validators=[_LONGEST],
    )
    hue = StringField(
        "Which colour is your own?",
        description="Six digits and letters, like #1d4b63. White text must be readable on it.",
        validators=[InputRequired("Enter a colour like #1d4b63."), _LONGEST],
    )
    logo = FileField("Logo", description="A PNG or JPEG picture of at most 200 KB.")
    removes_logo = BooleanField("Remove the logo")
    names_organisations_to_viewers = BooleanField(
        "Partnership viewers see organisations by name",
        description="Otherwise the executive and sub-groups see counts and shares only.",
    )

    @classmethod
    def of(cls, partnership: Partnership) -> "SettingsForm":
        form = cls()
        if not form.is_submitted():
            form.process(
                data={
                    "name": partnership.name,
                    "email": partnership.email,
                    "hue": partnership.hue,
                    "names_organisations_to_viewers": partnership.names_organisations_to_viewers,
                }
            )
        return form
