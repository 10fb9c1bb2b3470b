"""What is typed about evidence."""

from typing import Self

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from auditapp.evidence.models import EvidenceItem
from auditapp.evidence.queries import labels
from auditapp.evidence.service import Details
from auditapp.web.fields import DayField


class AddForm(FlaskForm):
    """One item for an answer: from the library, or a new file, or a new link."""

    item = SelectField("Something you already hold", validators=[Optional()])
    title = StringField("What is it?", description="For example “Safeguarding policy 2026”.")
    file = FileField(
        "Upload a file",
        description="Up to 25 MB: PDF, Word, Excel or PowerPoint without macros, PNG, JPG, TXT "
        "or CSV. Remove children’s names first.",
    )
    url = StringField(
        "Or link to a page", description="A link that begins with http:// or https://"
    )
    pointer = StringField(
        "Where in it should the reader look?", description="For example “page 4”."
    )

    def offer(self, held: list[EvidenceItem]) -> None:
        """Put the organisation's own items into the list."""
        new = ("", "Nothing: I will add something new")
        self.item.choices = [new, *labels(held)]


class DetailsForm(FlaskForm):
    title = StringField("What is it?")
    owner = StringField("Whose is it?", description="A role, for example “IT manager”.")
    review_on = DayField(
        "When is it next reviewed?",
        description="For example 31 1 2027. Leave blank if it is not.",
        validators=[Optional()],
    )

    @classmethod
    def of(cls, item: EvidenceItem) -> Self:
        form = cls()
        if not form.is_submitted():
            form.process(
                data={"title": item.title, "owner": item.owner, "review_on": item.review_on}
            )
        return form

    @property
    def details(self) -> Details:
        return Details(
            title=(self.title.data or "").strip(),
            owner=(self.owner.data or "").strip(),
            review_on=self.review_on.data,
        )
