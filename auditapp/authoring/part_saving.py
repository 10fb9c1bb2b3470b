"""Saving one change of a draft's part that a page has sent, or saying on the page why not."""

import copy
from typing import Any

from auditapp.accounts.signing_in import current_viewer
from auditapp.authoring import editing
from auditapp.authoring.drafting import Action, Save, document_of, save
from auditapp.authoring.fields import SHIPPED, Box, PartForm, part_form, said_in, show_faults
from auditapp.authoring.pages import DraftPage
from auditapp.authoring.parts import SORTS, Document, Found, find, kind_of, list_in
from auditapp.authoring.queries import revision_of, saved_as
from auditapp.authoring.rewriting import rewritten
from auditapp.authoring.seeds import Seed, seeded
from auditapp.core.errors import Missing, RuleBroken, Stale
from auditapp.core.transactions import transaction
from auditapp.questionnaires.places import Unreadable
from auditapp.web.session import current_session

MEANWHILE = (
    "Someone changed this while you had it open. What you typed is below, what they saved above it. "
    "Save again to keep yours."
)
ANOTHER_KIND = "Someone changed what this takes while you had it open. Your words are below."


def is_replay(page: DraftPage, form: PartForm) -> bool:
    return saved_as(current_session(), page.draft, form.save_id.data or "") is not None


def check_same(page: DraftPage, form: PartForm, address: str) -> None:
    """Nobody has changed the part, or what hangs on it, since the page was opened.

    Raises:
        RuleBroken: somebody has; the form then knows of it, and can be sent again.
    """
    then = document_of(_text_then(page, form))
    form.based_on.data = str(page.draft.revision)
    try:
        same = find(then, address).part == find(page.document, address).part
    except Missing:
        same = False
    if not same:
        raise RuleBroken("Someone changed this while you had it open. Look again, then go on.")


def _text_then(page: DraftPage, form: PartForm) -> str:
    """What the draft said when the page was opened."""
    based_on = int(form.based_on.data or 0)
    if based_on == page.draft.revision:
        return page.text
    return revision_of(current_session(), page.draft, based_on).yaml_text


def changed_meanwhile(
    page: DraftPage, form: PartForm, found: Found, boxes: list[Box]
) -> list[tuple[str, str]]:
    """Labels and words of what another has saved in this part since the page was opened; the page
    then knows of it.

    Raises:
        Stale: it takes another kind of answer now, and has other boxes.
    """
    text = _text_then(page, form)
    if text == page.text:
        return []
    try:
        before = find(document_of(text), found.address).part
    except Missing:
        before = {}
    if kind_of(before) != kind_of(found.part):
        raise Stale(ANOTHER_KIND)
    was = part_form(boxes, found.sort, before, formdata=None)
    now = part_form(boxes, found.sort, found.part, formdata=None)
    theirs = [
        (now[it.name].label.text, str(now[it.name].data))
        for it in boxes
        if was[it.name].data != now[it.name].data
    ]
    if theirs:
        form.form_errors.append(MEANWHILE)
        form.based_on.data = str(page.draft.revision)
    return theirs


def item_in(
    form: PartForm,
    boxes: list[Box],
    sort: str,
    begun: Document,
    seeds: tuple[Seed, ...],
    taken: set[str],
) -> Document:
    """The new part that the form says, with what it must begin with and a key that is not taken.
    What is wrong is an error of its field."""
    item = copy.deepcopy(begun)
    for path, value in said_in(form, boxes, sort, begun, is_new=True).items():
        _put(item, path, value)
    for seed in seeds:
        field = form[seed.place]
        try:
            _put(item, tuple(seed.place.split(".")), seeded(seed, field.data or "", taken))
        except ValueError as error:
            field.errors = [str(error)]
    if SHIPPED[0] in item:
        item["key"], item["edition"] = item.pop(SHIPPED[0]).split(" ", 1)
    if "key" in item or "key" not in SORTS[sort].model.model_fields:
        return item
    words = item.get("title") or item.get("label") or ""
    return {"key": editing.key_from(str(words), taken)} | item


def _put(part: Any, path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        part = part.setdefault(name, {})
    if value is not None:
        part[path[-1]] = value


def change(page: DraftPage, form: PartForm, found: Found, said: editing.Said) -> str:
    """What the part is called, now that it says that; empty where the form says why not."""
    try:
        made = editing.changed(page.document, found.address, said)
    except Unreadable as error:
        show_faults(form, error.faults, found.path)
        return ""
    keep(page, form, made, Action.CHANGED, found.address)
    return page.label(find(made, found.address))


def add(page: DraftPage, form: PartForm, owner: Found, place: str, item: Document) -> str:
    """The new part's address; empty where the form says why not."""
    try:
        made, address = editing.added(page.document, owner.address, place, item)
    except Unreadable as error:
        path = (*owner.path, *place.split("."), len(list_in(owner.part, place)))
        show_faults(form, error.faults, path)
        return ""
    keep(page, form, made, Action.ADDED, address)
    return address


def keep(page: DraftPage, form: PartForm, made: Document, action: Action, address: str) -> None:
    if made == page.document:
        return
    text = rewritten(page.text, made)
    save_id = form.save_id.data or ""
    saved = Save(text, made, action, address, page.draft.revision, save_id)
    session, viewer = current_session(), current_viewer()
    with transaction(session, locking=page.draft):
        save(session, viewer, page.draft.ref, saved)
