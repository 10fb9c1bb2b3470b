"""Pages of imports: choose a file, see what it would change, apply it."""

from collections.abc import Callable
from functools import partial

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.organisations import words
from auditapp.organisations.agencies import read_agencies
from auditapp.organisations.forms import AgenciesForm, ApplyForm, SchoolsForm
from auditapp.organisations.gias import read_establishments
from auditapp.organisations.gias_files import WrongPlace
from auditapp.organisations.importing import apply_import
from auditapp.organisations.links import read_links
from auditapp.organisations.listing import Link, Reading
from auditapp.organisations.models import Partnership
from auditapp.organisations.pages import (
    blueprint,
    follow_conversions,
    managed_partnership,
    viewer_again,
)
from auditapp.organisations.planning import Plan, plan_import
from auditapp.organisations.template import agencies_workbook
from auditapp.organisations.types import duty_words
from auditapp.organisations.uploads import Uploads
from auditapp.policy.permissions import Permission
from auditapp.web.errors import show_on
from auditapp.web.session import current_session

GONE = "That file is no longer kept here. Choose it again."
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Where on the page a file of the register belongs.
PLACES = {
    "schools": "Choose it in the first place.",
    "links": "Choose it in the second place.",
}
Read = tuple[Reading, list[Link]]


@blueprint.get("/organisations/import")
def choose_import() -> ResponseReturnValue:
    """Choose what to import."""
    managed_partnership(current_session(), Permission.MANAGE_ORGANISATIONS)
    return _choose_page(SchoolsForm(formdata=None), AgenciesForm(formdata=None, prefix="agencies-"))


@blueprint.post("/organisations/import/schools")
def upload_schools() -> ResponseReturnValue:
    """Take the register's files and show what they would change."""
    partnership = managed_partnership(current_session(), Permission.MANAGE_ORGANISATIONS)
    form = SchoolsForm()
    if form.validate():
        content, links = form.file.data.read(), _sent(form.links.data)
        try:
            _read_schools(partnership, content, links)
        except RuleBroken as error:
            show_on(form, error)
        else:
            uploads = _uploads(partnership)
            sha256, links_sha256 = uploads.keep(content), uploads.keep(links) if links else None
            return redirect(
                url_for("organisations.import_schools", sha256=sha256, links=links_sha256)
            )
    return _choose_page(form, AgenciesForm(formdata=None, prefix="agencies-"))


@blueprint.post("/organisations/import/agencies")
def upload_agencies() -> ResponseReturnValue:
    """Take the area's own list and show what it would change."""
    partnership = managed_partnership(current_session(), Permission.MANAGE_ORGANISATIONS)
    form = AgenciesForm(prefix="agencies-")
    if form.validate():
        content = form.file.data.read()
        try:
            _read_agencies(partnership, content)
        except RuleBroken as error:
            show_on(form, error)
        else:
            sha256 = _uploads(partnership).keep(content)
            return redirect(url_for("organisations.import_agencies", sha256=sha256))
    return _choose_page(SchoolsForm(formdata=None), form)


@blueprint.route("/organisations/import/schools/<sha256>", methods=["GET", "POST"])
def import_schools(sha256: str) -> ResponseReturnValue:
    """What the register's files would change; on POST, change it."""
    partnership = managed_partnership(current_session(), Permission.MANAGE_ORGANISATIONS)
    links_sha256 = request.args.get("links", "")
    content = _uploads(partnership).read(sha256)
    links = _uploads(partnership).read(links_sha256) if links_sha256 else b""
    if content is None or links is None:
        flash(GONE, "warning")
        return redirect(url_for("organisations.choose_import"))
    read = partial(_read_schools, partnership, content, links)
    return _dry_run(partnership, read, (sha256, links_sha256), "Schools and colleges")


@blueprint.route("/organisations/import/agencies/<sha256>", methods=["GET", "POST"])
def import_agencies(sha256: str) -> ResponseReturnValue:
    """What the area's own list would change; on POST, change it."""
    partnership = managed_partnership(current_session(), Permission.MANAGE_ORGANISATIONS)
    content = _uploads(partnership).read(sha256)
    if content is None:
        flash(GONE, "warning")
        return redirect(url_for("organisations.choose_import"))
    read = partial(_read_agencies, partnership, content)
    return _dry_run(partnership, read, (sha256,), "Agencies and contacts")


@blueprint.get("/organisations/import/agencies.xlsx")
def agencies_template() -> ResponseReturnValue:
    """The empty list, with drop-downs and examples."""
    managed_partnership(current_session(), Permission.MANAGE_ORGANISATIONS)
    response = make_response(agencies_workbook())
    response.mimetype = WORKBOOK
    response.headers["Content-Disposition"] = 'attachment; filename="agencies.xlsx"'
    return response


def _dry_run(
    partnership: Partnership, read: Callable[[], Read], kept: tuple[str, ...], title: str
) -> ResponseReturnValue:
    session, form = current_session(), ApplyForm()
    reading, links = read()
    if not form.validate_on_submit():
        plan = plan_import(session, partnership, reading, links)
        return render_template("organisations/dry_run.html", form=form, title=title, **_shown(plan))
    done = _apply(session, partnership, reading, links)
    _uploads(partnership).forget(*kept)
    flash(done, "success")
    return redirect(url_for("organisations.list_organisations"))


def _apply(session: Session, partnership: Partnership, reading: Reading, links: list[Link]) -> str:
    """Planned again under the lock: the database may have moved on since the page was drawn."""
    with transaction(session, locking=partnership):
        viewer = viewer_again(session)
        applied = apply_import(session, viewer, partnership, reading, links)
        follow_conversions(session, applied, viewer.person_id)
        figures = applied.plan.figures()
    return (
        f"Imported: {figures['new']} new, {figures['changed']} changed, "
        f"{figures['converted']} converted, {figures['unchanged']} unchanged."
    )


def _shown(plan: Plan) -> dict[str, object]:
    """What the page lists; a new number of pupils alone is counted, not listed."""
    loud = [row for row in plan.changed if {item.field for item in row.differences} != {"pupils"}]
    return {
        "plan": plan,
        "figures": plan.figures(),
        "converted": words.converted_rows(plan),
        "closed": words.closed_rows(plan),
        "changed": words.changed_rows(loud),
        "quiet": len(plan.changed) - len(loud),
        "new": words.new_rows(plan),
        "kept": words.kept_rows(plan),
        "waiting": words.waiting_sentences(plan),
        "undecided": words.undecided_sentences(plan),
        "headline": words.headline(plan),
        "duties": {
            words.upper_first(duty_words(key).title): number for key, number in plan.by_duty.items()
        },
    }


def _read_schools(partnership: Partnership, content: bytes, links_content: bytes) -> Read:
    """Raises `RuleBroken` beside the file that is refused."""
    try:
        reading = read_establishments(content, partnership.la_codes)
    except WrongPlace as error:
        raise error.told(**PLACES) from None
    if not links_content:
        return reading, []
    try:
        links, errors = read_links(links_content)
    except RuleBroken as error:
        raise RuleBroken(error.message, field="links") from None
    reading.errors += errors
    return reading, links


def _read_agencies(partnership: Partnership, content: bytes) -> Read:
    try:
        return read_agencies(content, partnership.key), []
    except WrongPlace as error:
        raise error.told(**PLACES) from None


def _sent(file: object) -> bytes:
    read = getattr(file, "read", None)
    return read() if read else b""


def _uploads(partnership: Partnership) -> Uploads:
    return Uploads(current_app.extensions["settings"].instance_path, partnership.ref)


def _choose_page(schools: SchoolsForm, agencies: AgenciesForm) -> ResponseReturnValue:
    forms: list[FlaskForm] = [schools, agencies]
    page = render_template("organisations/choose_import.html", schools=schools, agencies=agencies)
    return page, 422 if any(form.errors for form in forms) else 200
