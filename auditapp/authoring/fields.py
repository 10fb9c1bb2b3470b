"""A part of a questionnaire as boxes to write in, and what was written as what the part says."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, get_args

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.fields.core import Field
from wtforms.validators import UUID, InputRequired, Regexp

from auditapp.authoring.editing import PartFault
from auditapp.authoring.parts import Document, columns_of, model_at
from auditapp.authoring.seeds import Seed
from auditapp.questionnaires.entries import TAGGED
from auditapp.questionnaires.places import Fault
from auditapp.questionnaires.scales import Need
from auditapp.questionnaires.shipped_sources import register
from auditapp.questionnaires.workbook_cells import cell_of, value_of
from auditapp.questionnaires.workbook_columns import NEEDS, WHEN, Column
from auditapp.web.fields import new_save_id

NEEDED = [SelectChoice(need, need.capitalize()) for need in get_args(Need)]
LONG = 40  # a column so wide holds prose
DESCRIPTOR = "descriptors"
# Said of a field on a page, where the workbook's words are for a cell: place in the part -> label
# and hint.
SAID = {
    ("text",): ("What is asked, in full", "The standard as it is graded, or the question."),
    ("why",): ("Why it matters", "One or two sentences. A standard that is graded needs it."),
    ("required",): ("Must it be answered?", ""),
    ("private",): ("Does it stay with the organisation?", "Then it is never submitted."),
    ("may_not_apply",): ("May it be not applicable?", ""),
    ("evidence",): ("What is normally enough", "Evidence, one to a line."),
    ("impact",): ("Prompt for its impact on children", ""),
    ("applies",): ("Who is asked", f"Everyone, if it is blank. {WHEN}"),
    ("intro",): ("Introduction", "Said at its beginning."),
    ("variant",): ("Variant", "Whom these words are for."),
    ("strength",): ("Do reports count it as a strength?", ""),
    ("gap",): ("Do reports count it as a gap?", ""),
    ("needs",): ("What it asks for", ""),
    ("best",): ("Where the best grade stands", ""),
    ("descriptors",): ("What says what a grade means?", ""),
    ("answer", "op"): ("How it is worked out", ""),
    ("answer", "of"): ("From which numbers", "Their keys, with commas; they stand before it."),
    ("answer", "base"): ("As a share of which numbers", "Only of a share: keys, with commas."),
    ("answer", "override"): ("May another figure be given for the year?", "With a reason."),
    ("answer", "change_from"): ("Compare the year with", "The key of one of its columns."),
    ("edition",): ("Edition", "Change it when a grade's meaning does: reports then say so."),
    ("of_year",): ("Does it count towards the year?", "Last year, or a target, does not."),
    ("year",): ("How its figure for the year is made", ""),
    ("answer", "hint"): ("Hint", "Said beside the box."),
    ("answer", "within_months"): ("Good for how many months", "Blank: for ever."),
    ("answer", "form"): ("Form", ""),
}

CHOSEN = {  # words for what a drop-down of the workbook offers
    ("best",): {"first": "First in the list", "last": "Last in the list"},
    ("descriptors",): {
        "standard": "Each standard, for itself",
        "scale": "The scale, for all of them",
    },
    ("steps", "best"): {"high": "The highest", "low": "The lowest"},
}
SHIPPED = ("shipped",)


class Box(NamedTuple):
    """One field of a part: its column, where it is in the part, and its name in the form.
    `offered` are the values that can be chosen, with their words."""

    column: Column
    path: tuple[str, ...]
    offered: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        return "-".join(self.path)


class PartForm(FlaskForm):
    """What every page that changes a draft sends: what it was made from, and itself by name."""

    based_on = HiddenField(validators=[InputRequired(), Regexp(r"^\d{1,9}$")])
    save_id = HiddenField(default=new_save_id, validators=[InputRequired(), UUID()])


def boxes_of(
    sort: str, part: Document, whole: Document, owner: Document | None = None
) -> list[Box]:
    """The fields of a part, in order; a graded standard has one for each grade of its scale, and so
    has its wording in a variant, which belongs to its `owner`."""
    scales = whole.get("scales", [])
    offered = CHOSEN | _offered(sort, whole)
    columns = columns_of(sort, part, len(scales) > 1)
    boxes = [Box(column, path, offered.get(path, {})) for column, path in columns]
    standard = owner if sort == "question-wording" else part if sort == "question" else None
    if standard is not None and "answer" not in standard:
        named = standard.get("scale", scales[0]["key"] if scales else "")
        grades: list[Document] = next(
            (it.get("grades", []) for it in scales if it["key"] == named), []
        )
        boxes += [_descriptor(it) for it in grades]
    return boxes


def _offered(sort: str, whole: Document) -> dict[tuple[str, ...], dict[str, str]]:
    """What of this questionnaire can be chosen: for a standard its scales, to word it the variants,
    to cite its sources."""
    if sort == "question":
        return {("scale",): {it["key"]: it["title"] for it in whole.get("scales", [])}}
    if sort.endswith("-wording"):
        return {("variant",): {it["key"]: it["title"] for it in whole.get("variants", [])}}
    if sort != "reference":
        return {}
    records = register().records
    titles = {key: record.title for key, record in records.items()}
    sources = whole.get("sources", [])
    return {("source",): {it["key"]: it.get("title") or titles[it["key"]] for it in sources}}


def shipped_sources() -> Box:
    """Which of the law and guidance that ships, as "key edition"."""
    offered = {
        f"{key} {edition.edition}": f"{record.title}, {edition.edition}"
        for key, record in register().records.items()
        for edition in record.editions
    }
    in_order = dict(sorted(offered.items(), key=lambda it: it[1]))
    return Box(
        Column("law or guidance", SHIPPED, "With the edition that you cite."), SHIPPED, in_order
    )


def _descriptor(grade: Document) -> Box:
    note = f"What {grade['label']} means for this standard."
    column = Column(str(grade["label"]), (DESCRIPTOR, grade["key"]), note, "text", width=LONG)
    return Box(column, column.path)


def part_form(
    boxes: Iterable[Box], sort: str, part: Document, seeds: Iterable[Seed] = (), **data: Any
) -> PartForm:
    """The form with what the part says, and a field for each list that it must begin with."""

    class Form(PartForm):
        pass

    for box in boxes:
        setattr(Form, box.name, _field(box, shown(box, sort, part)))
    for seed in seeds:
        setattr(Form, seed.place, TextAreaField(seed.label, description=seed.hint))
    return Form(**data)


def shown(box: Box, sort: str, part: Document) -> Any:
    """What the field holds for what the part says."""
    value = _value(box, sort, part)
    match box.column.takes:
        case "yes":
            return "yes" if value else "no"
        case "needs":
            return sorted(value or [])
    return cell_of(box.column, value) if value not in (None, "", [], ()) else ""


def said_in(
    form: PartForm, boxes: Iterable[Box], sort: str, part: Document, is_new: bool = False
) -> dict[tuple[str, ...], Any]:
    """What was changed: place in the part -> what stands there now, None for nothing. What cannot
    be read is an error of its field."""
    said: dict[tuple[str, ...], Any] = {}
    for box in boxes:
        field = form[box.name]
        typed = _plain(field.data)
        model = model_at(sort, part, box.path)
        known = model.model_fields.get(box.path[-1]) if model else None
        stays = typed == _plain(shown(box, sort, part))
        is_needed = box.path == SHIPPED or (known is not None and known.is_required())
        if not typed and is_needed and (is_new or not stays):
            field.errors = [f"Fill in “{field.label.text}”."]
        if stays:
            continue
        if not typed:
            said[box.path] = [] if box.column.takes == "needs" and known is not None else None
            continue
        try:
            said[box.path] = typed if isinstance(typed, list) else value_of(box.column, typed)
        except ValueError as error:
            field.errors = [_sentence(str(error))]
    return said


def show_faults(form: PartForm, faults: Iterable[Fault], path: tuple[Any, ...]) -> None:
    """Each beside its field, or above the form."""
    for fault in faults:
        inside = fault.path[len(path) :] if isinstance(fault, PartFault) else ()
        names = [str(it) for it in inside if not str(it).startswith(TAGGED)]
        ends = ["-".join(names[:end]) for end in range(len(names), 0, -1)]
        name = next((it for it in ends if it in form), None)
        if name is None:
            form.form_errors.append(_sentence(fault.message))
        else:
            form[name].errors = [*form[name].errors, _sentence(fault.message)]


def _value(box: Box, sort: str, part: Document) -> Any:
    value: Any = part
    for name in box.path:
        value = value.get(name) if isinstance(value, dict) else None
    if value is not None:
        return value
    model = model_at(sort, part, box.path)
    known = model.model_fields.get(box.path[-1]) if model else None
    return None if known is None or known.is_required() else known.default


def _plain(typed: Any) -> Any:
    if isinstance(typed, list):
        return sorted(typed)
    return (typed or "").replace("\r\n", "\n").strip()


def _field(box: Box, default: Any) -> Field:
    column = box.column
    usual = column.name[0].upper() + column.name[1:], column.note.replace(f" {NEEDS}", "")
    label, note = SAID.get(box.path, usual)
    match column.takes:
        case "yes":
            choices = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
            return SelectField(label, description=note, choices=choices, default=default)
        case "needs":
            return SelectMultipleField(label, description=note, choices=NEEDED, default=default)
        case "lines":
            return TextAreaField(label, description=note, default=default)
        case "text" if column.width >= LONG and box.path != ("title",):
            return TextAreaField(label, description=note, default=default)
    if offered := box.offered or {it: it.capitalize() for it in column.choices}:
        is_settled = default or len(box.offered) == 1
        blank = [] if is_settled else [SelectChoice("", "None")]
        named = [SelectChoice(it, words) for it, words in offered.items()]
        return SelectField(label, description=note, choices=blank + named, default=default)
    return StringField(label, description=note, default=default)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}".rstrip(".") + "."
