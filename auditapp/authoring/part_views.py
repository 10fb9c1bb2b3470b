"""Pages that change a draft part by part: each shows one part, and sends one change."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.authoring import editing
from auditapp.authoring.drafting import CLOSED, Action
from auditapp.authoring.fields import (
    PartForm,
    boxes_of,
    part_form,
    said_in,
    shipped_sources,
)
from auditapp.authoring.pages import KINDS, SCALES, SOURCES, DraftPage, draft_page
from auditapp.authoring.part_saving import (
    add,
    change,
    changed_meanwhile,
    check_same,
    is_replay,
    item_in,
    keep,
)
from auditapp.authoring.parts import (
    FEWEST,
    SORTS,
    WHOLE,
    Document,
    Found,
    find,
    kind_of,
    label_of,
    lists_of,
)
from auditapp.authoring.queries import saved_as
from auditapp.authoring.seeds import seeds_of
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken, Stale, WrongState
from auditapp.policy.permissions import Permission, require
from auditapp.questionnaires.workbook_columns import BOXES, GRADED
from auditapp.web.errors import show_on
from auditapp.web.fields import new_save_id
from auditapp.web.session import current_session

GONE = "Someone removed or moved this while you had it open. Your words are below."
blueprint = Blueprint("drafts", __name__, url_prefix="/questionnaires/drafts")


@blueprint.route("/<ref>/part/<address>", methods=["GET", "POST"])
def edit_part(ref: str, address: str) -> ResponseReturnValue:
    """One part: what it says, and what hangs on it."""
    page = _page(ref)
    found = _still_there(page, address)
    boxes = boxes_of(found.sort, found.part, page.document, page.parts[found.owner].part)
    form = part_form(boxes, found.sort, found.part, based_on=page.draft.revision)
    theirs: list[tuple[str, str]] = []
    if form.validate_on_submit():
        if is_replay(page, form):
            return redirect(_around(page, found))
        theirs = changed_meanwhile(page, form, found, boxes)
        if not theirs:
            said = said_in(form, boxes, found.sort, found.part)
            if not form.errors and (name := change(page, form, found, said)):
                flash(f"Saved: {name}.", "success")
                return redirect(_around(page, found))
    shown = _shown(page, form, found=found, boxes=boxes, theirs=theirs)
    return render_template("authoring/edit_part.html", **shown), _status(form)


@blueprint.route("/<ref>/add/<address>/<place>", methods=["GET", "POST"])
def add_part(ref: str, address: str, place: str) -> ResponseReturnValue:
    """A new item of a list: for a question or a box, first which kind of answer it takes."""
    page = _page(ref)
    owner = find(page.document, address)
    sort = dict(lists_of(owner.sort, owner.part)).get(place)
    if sort is None:
        raise Missing(NOT_FOUND)
    kinds = _kinds(sort)
    kind = request.values.get("answer", "")
    if kinds and kind not in kinds:
        return _choose(page, kinds, f"Add a {SORTS[sort].noun}", _address(page, owner))
    item = _begun(sort, kind)
    seeds = seeds_of(sort, kind)
    boxes = [it for it in boxes_of(sort, item, page.document) if it.path[0] != "descriptors"]
    boxes = [shipped_sources()] if (sort, kind) == ("source", "shipped") else boxes
    form = part_form(boxes, sort, item, seeds, based_on=page.draft.revision)
    if form.validate_on_submit():
        if known := saved_as(current_session(), page.draft, form.save_id.data or ""):
            return redirect(url_for("drafts.edit_part", ref=ref, address=known))
        taken = editing.keys_taken(page.document, address, place)
        item = item_in(form, boxes, sort, item, seeds, taken)
        if not form.errors and (new := add(page, form, owner, place, item)):
            flash(f"Added: {label_of(item)}.", "success")
            return redirect(url_for("drafts.edit_part", ref=ref, address=new))
    shown = _shown(page, form, found=owner, boxes=boxes, seeds=seeds)
    shown |= {"noun": SORTS[sort].noun, "kind": kinds.get(kind)}
    return render_template("authoring/add_part.html", **shown), _status(form)


@blueprint.route("/<ref>/answer/<address>", methods=["GET", "POST"])
def change_answer(ref: str, address: str) -> ResponseReturnValue:
    """Another kind of answer for a question or a box."""
    page = _page(ref)
    found = find(page.document, address)
    kinds, kind = _kinds(found.sort), request.values.get("answer", "")
    if found.sort not in ("question", "piece"):
        raise Missing(NOT_FOUND)
    if kind not in kinds:
        return _choose(
            page, kinds, "Another kind of answer", _address(page, found), kind_of(found.part)
        )
    item = _begun(found.sort, kind)
    seeds = seeds_of(found.sort, kind)
    boxes = [it for it in boxes_of(found.sort, item, page.document) if it.path[0] == "answer"]
    form = part_form(boxes, found.sort, item, seeds, based_on=page.draft.revision)
    if form.validate_on_submit():
        if is_replay(page, form):
            return redirect(_address(page, found))
        item = item_in(form, boxes, found.sort, item, seeds, set())
        _check_same(page, form, address)
        gone = ("answer",) if kind == GRADED else ("scale", "descriptors")
        new: dict[tuple[str, ...], Any] = {(name,): None for name in gone}
        new[("answer",)] = item.get("answer")
        if not form.errors and (name := change(page, form, found, new)):
            flash(f"Saved: {name}.", "success")
            return redirect(_address(page, found))
    shown = _shown(page, form, found=found, boxes=boxes, seeds=seeds) | {"kind": KINDS[kind]}
    return render_template("authoring/change_answer.html", **shown), _status(form)


@blueprint.post("/<ref>/move/<address>")
def move_part(ref: str, address: str) -> ResponseReturnValue:
    """One place up or down its list, or a question into another section."""
    page, form = _page(ref), PartForm()
    found = find(page.document, address)
    to = request.form.get("to", "")
    back = _around(page, found)
    if form.validate() and not is_replay(page, form):
        try:
            check_same(page, form, address)
            if to in ("up", "down"):
                made = editing.moved(page.document, address, 1 if to == "down" else -1)
                new = address
            else:
                made, new = editing.moved_to(page.document, address, to)
        except RuleBroken as error:
            flash(error.message, "warning")
        else:
            keep(page, form, made, Action.MOVED, new)
            flash(f"Moved: {label_of(found.part)}.", "success")
    return redirect(back)


@blueprint.route("/<ref>/remove/<address>", methods=["GET", "POST"])
def remove_part(ref: str, address: str) -> ResponseReturnValue:
    """Say what goes with a part, and take it out."""
    page = _page(ref)
    form = PartForm(based_on=page.draft.revision)
    if form.is_submitted() and is_replay(page, form):
        return redirect(url_for("drafts.show_draft", ref=ref))
    found = find(page.document, address)
    if form.validate_on_submit():
        try:
            check_same(page, form, address)
            made = editing.removed(page.document, address)
        except RuleBroken as error:
            show_on(form, error)
        else:
            keep(page, form, made, Action.REMOVED, address)
            flash(f"Removed: {page.label(found)}. History brings it back.", "success")
            return redirect(_around(page, found))
    shown = _shown(page, form, found=found)
    shown["is_needed"] = len(found.around) <= FEWEST.get(found.sort, 0)
    return render_template("authoring/remove_part.html", **shown), _status(form)


@blueprint.post("/<ref>/describe/<scale_key>")
def describe(ref: str, scale_key: str) -> ResponseReturnValue:
    """Where a standard does not say what a grade means for it, have it say the grade's meaning."""
    page, form, address = _page(ref), PartForm(), f"scales.{scale_key}"
    made = editing.described(page.document, address)
    if form.validate() and not is_replay(page, form):
        keep(page, form, made, Action.DESCRIBED, address)
        flash(
            "Every standard says what each grade means. Reword what should be said better.",
            "success",
        )
    return redirect(url_for("drafts.edit_part", ref=ref, address=address))


def _page(ref: str) -> DraftPage:
    page = draft_page(current_session(), current_viewer(), ref)
    require(current_viewer(), Permission.PUBLISH_QUESTIONNAIRES, page.draft)
    if not page.draft.is_open:
        raise WrongState(CLOSED)
    return page


def _still_there(page: DraftPage, address: str) -> Found:
    """The part; what was typed for one that is gone is given back."""
    try:
        return find(page.document, address)
    except Missing:
        if request.method == "POST":
            raise Stale(GONE) from None
        raise


def _check_same(page: DraftPage, form: PartForm, address: str) -> None:
    try:
        check_same(page, form, address)
    except RuleBroken as error:
        show_on(form, error)


def _shown(page: DraftPage, form: PartForm, **more: Any) -> dict[str, Any]:
    return {"page": page, "form": form, "new_id": new_save_id} | more


def _status(form: PartForm) -> int:
    return 422 if form.errors else 200


def _kinds(sort: str) -> dict[str, str]:
    """The kinds of such a part, with their words; none where there is but one."""
    boxes = {kind: words for kind, words in KINDS.items() if kind in BOXES}
    known = {"question": KINDS, "piece": boxes, "scale": SCALES, "source": SOURCES}
    return known.get(sort, {})


def _begun(sort: str, kind: str) -> Document:
    """A new part of that kind, before anything is said of it."""
    if sort in ("question", "piece") and kind != GRADED:
        return {"answer": {"kind": kind}}
    return {"steps": {}} if kind == "steps" else {}


def _choose(
    page: DraftPage, kinds: dict[str, str], title: str, back: str, now: str = ""
) -> ResponseReturnValue:
    shown = {"kinds": kinds.items(), "title": title, "back": back, "now": now}
    return render_template("authoring/choose_answer.html", page=page, **shown)


def _address(page: DraftPage, found: Found) -> str:
    if found.address == WHOLE:
        return url_for("drafts.show_draft", ref=page.draft.ref)
    return url_for("drafts.edit_part", ref=page.draft.ref, address=found.address)


def _around(page: DraftPage, found: Found) -> str:
    """The page that lists the part."""
    if found.address == WHOLE or found.owner == WHOLE:
        return url_for("drafts.show_draft", ref=page.draft.ref)
    return url_for("drafts.edit_part", ref=page.draft.ref, address=found.owner)
