"""The shape of what is typed to give someone a role."""

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired

from auditapp.accounts.forms import PersonForm
from auditapp.policy.roles import Role
from auditapp.rounds.people import Invitation, Places
from auditapp.web.fields import given

WORDS = {
    Role.LEAD: "Designated safeguarding lead or audit lead of an organisation",
    Role.SIGNATORY: "Signatory of an organisation: head, chief officer, governor",
    Role.PANEL_MEMBER: "Panel member in a round",
    Role.PANEL_CHAIR: "Panel chair in a round",
    Role.SCRUTINEER: "Independent scrutineer",
    Role.PARTNERSHIP_VIEWER: "Viewer: executive or sub-group",
}


class InvitePersonForm(PersonForm):
    role = RadioField(
        "What will they be?",
        choices=[SelectChoice(role, words) for role, words in WORDS.items()],
        validators=[InputRequired("Choose what they will be.")],
    )
    organisation_ref = SelectField("Of which organisation?", default="")
    round_ref = SelectField("In which round?", default="")

    @classmethod
    def of(cls, places: Places) -> "InvitePersonForm":
        form = cls()
        none = SelectChoice("", "None")
        organisations = [SelectChoice(ref, name) for _, ref, name in places.organisations]
        form.organisation_ref.choices = [none, *organisations]
        rounds = [SelectChoice(row.ref, row.title) for row in places.rounds]
        form.round_ref.choices = [none, *rounds]
        return form

    @property
    def invitation(self) -> Invitation:
        return Invitation(
            email=given(self.email.data),
            name=given(self.name.data),
            role=Role(self.role.data),
            organisation_ref=self.organisation_ref.data or "",
            round_ref=self.round_ref.data or "",
        )
