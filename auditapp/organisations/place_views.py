"""Pages of the organisations of a partnership: the list, one of them, changing it."""

from operator import itemgetter

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.organisations import queries
from auditapp.organisations.forms import ContactForm, PlaceForm, RemovalForm
from auditapp.organisations.models import Organisation
from auditapp.organisations.pages import (
    blueprint,
    current_viewer,
    managed_partnership,
    parts_in_rounds,
    viewer_again,
)
from auditapp.organisations.service import (
    Place,
    current_registration,
)
from auditapp.organisations.service import (
    add_contact as keep_contact,
)
from auditapp.organisations.service import (
    edit_organisation as change_place,
)
from auditapp.organisations.service import (
    remove_contact as drop_contact,
)
from auditapp.organisations.types import PHASE_LABELS, STATUS_LABELS, duty_words, type_label
from auditapp.organisations.words import shown_code, upper_first
from auditapp.policy.permissions import Permission, require
from auditapp.policy.scope import get_visible_or_404
from auditapp.web.errors import show_on
from auditapp.web.session import current_session

WORDS = {
    "duty_words": duty_words,
    "type_label": type_label,
    "phases": PHASE_LABELS,
    "statuses": STATUS_LABELS,
    "shown_code": shown_code,
    "upper_first": upper_first,
}


@blueprint.get("/organisations")
def list_organisations() -> ResponseReturnValue:
    """The partnership's organisations, narrowed by what the address says."""
    session, viewer = current_session(), current_viewer()
    managed_partnership(session, Permission.MANAGE_ORGANISATIONS)
    names = ("words", "type", "phase", "body", "status")
    wanted = queries.Wanted(**{name: request.args.get(name, "")[:200] for name in names})
    number = request.args.get("page", 1, type=int)
    page = queries.organisations_page(session, viewer, wanted, number)
    choices = queries.choices(session, viewer)
    return render_template(
        "organisations/list_organisations.html",
        page=page,
        wanted=wanted,
        choices=choices,
        types=sorted(((key, type_label(key)) for key in choices.types), key=itemgetter(1)),
        phase_choices=[pair for pair in PHASE_LABELS.items() if pair[0] in choices.phases],
        **WORDS,
    )


@blueprint.get("/organisations/<ref>")
def show_organisation(ref: str) -> ResponseReturnValue:
    """One organisation: what it is registered as, what it was, whom to ask."""
    place = _place(ref)
    session = current_session()
    return render_template(
        "organisations/show_organisation.html",
        organisation=place,
        registration=current_registration(place),
        earlier=sorted(
            (row for row in place.registrations if not row.current), key=lambda row: -row.id
        ),
        contacts=session.scalars(queries.contacts_of(place.id)).all(),
        partnerships=session.scalars(queries.partnerships_of(place.id)).all(),
        parts=parts_in_rounds(session, place.id),
        **WORDS,
    )


@blueprint.route("/organisations/<ref>/edit", methods=["GET", "POST"])
def edit_organisation(ref: str) -> ResponseReturnValue:
    """Change what the partnership shows of an organisation."""
    place, session = _place(ref), current_session()
    form = PlaceForm.of(place, current_registration(place))
    if form.validate_on_submit():
        wanted = Place(
            name=form.name.data or "",
            locality=form.locality.data or "",
            commissions=form.commissions.data,
        )
        try:
            with transaction(session, locking=place):
                change_place(session, viewer_again(session), ref, wanted)
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash(f"Changed {wanted.name}.", "success")
            return redirect(url_for("organisations.show_organisation", ref=ref))
    return _edit_page(place, form, ContactForm())


@blueprint.post("/organisations/<ref>/contacts")
def add_contact(ref: str) -> ResponseReturnValue:
    """Note whom to invite."""
    place, session, form = _place(ref), current_session(), ContactForm()
    if form.validate():
        typed = {name: form[name].data or "" for name in ("role", "name", "email")}
        try:
            with transaction(session, locking=place):
                keep_contact(session, viewer_again(session), ref, **typed)
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash(f"Added {typed['name']}. They are invited when a round opens.", "success")
            return redirect(url_for("organisations.edit_organisation", ref=ref))
    details = PlaceForm(formdata=None, obj=place)
    details.commissions.data = current_registration(place).commissions
    return _edit_page(place, details, form)


@blueprint.post("/organisations/<ref>/contacts/remove")
def remove_contact(ref: str) -> ResponseReturnValue:
    """Invite someone no longer."""
    place, session, form = _place(ref), current_session(), RemovalForm()
    if form.validate():
        role, email = form.role.data or "", form.email.data or ""
        with transaction(session, locking=place):
            drop_contact(session, viewer_again(session), ref, role=role, email=email)
        flash(f"Removed {email} from the contacts.", "success")
    return redirect(url_for("organisations.edit_organisation", ref=ref))


def _place(ref: str) -> Organisation:
    place = get_visible_or_404(
        current_session(), queries.organisation_by_ref(ref), current_viewer()
    )
    require(current_viewer(), Permission.MANAGE_ORGANISATIONS, place)
    return place


def _edit_page(
    place: Organisation, form: PlaceForm, contact_form: ContactForm
) -> ResponseReturnValue:
    contacts = current_session().scalars(queries.contacts_of(place.id)).all()
    page = render_template(
        "organisations/edit_organisation.html",
        organisation=place,
        registration=current_registration(place),
        form=form,
        contact_form=contact_form,
        contacts=contacts,
    )
    return page, 422 if form.errors or contact_form.errors else 200
