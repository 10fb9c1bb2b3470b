"""Pages of reports, and the same as files."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.documents.apart import draw_apart
from auditapp.documents.files import FileForm
from auditapp.policy.permissions import Permission, may, require
from auditapp.reports.completion import CompletionPaper, completion_document
from auditapp.reports.forms import OverviewForm
from auditapp.reports.overview import OverviewPaper, overview_document
from auditapp.reports.papers import completion_of, overview_of, rounds_with_standing, told_of
from auditapp.reports.rounds import ReportedRound, reported_round
from auditapp.reports.told import ToldPaper, told_document
from auditapp.web.sending import attached
from auditapp.web.session import current_session

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

FILE = "<any(pdf, docx, xlsx, csv, json):form>"
WEAKEST_ON_PAGE = 10  # standards; the files have all of them


@dataclass(frozen=True)
class _Own:
    """What the viewer's partnerships hold, for permissions that ask about no one round."""

    partnership_ids: frozenset[int]
    id: int = 0


@blueprint.get("/")
def list_reports() -> ResponseReturnValue:
    """Every round that has opened, with its reports."""
    viewer = current_viewer()
    require(viewer, Permission.SEE_REPORTS, _Own(viewer.partnership_ids))
    rounds = rounds_with_standing(current_session(), viewer)
    return render_template("reports/list_reports.html", rounds=rounds)


@blueprint.get("/<ref>/completion")
def completion(ref: str) -> ResponseReturnValue:
    """Who has submitted, and the list to chase."""
    paper = _completion(ref)
    return render_template(
        "reports/completion.html",
        round=paper.round,
        document=completion_document(paper),
        waiting=len(paper.chased),
        reminds=paper.round.is_open and may(current_viewer(), Permission.MANAGE_ROUND, paper.round),
        today=clock.today(),
    )


@blueprint.get(f"/<ref>/completion.{FILE}")
def completion_file(ref: str, form: str) -> ResponseReturnValue:
    """The same as a file."""
    document = completion_document(_completion(ref, linked=False))
    file = draw_apart(document, FileForm(form))
    return attached(file.content, file.media_type, f"completion-{ref}.{form}")


@blueprint.get("/<ref>/answers")
def answers(ref: str) -> ResponseReturnValue:
    """What was answered besides grades: numbers, choices, dates."""
    paper = _told(ref)
    return render_template(
        "reports/answers.html",
        document=told_document(paper),
        lists_reports=may(current_viewer(), Permission.SEE_REPORTS, paper.round),
    )


@blueprint.get(f"/<ref>/answers.{FILE}")
def answers_file(ref: str, form: str) -> ResponseReturnValue:
    """The same as a file."""
    file = draw_apart(told_document(_told(ref)), FileForm(form))
    return attached(file.content, file.media_type, f"answers-{ref}.{form}")


@blueprint.get("/<ref>/overview")
def overview(ref: str) -> ResponseReturnValue:
    """Strengths and gaps, by the filters in the address."""
    paper, form, unknown = _overview(ref, most_standards=WEAKEST_ON_PAGE)
    if unknown:
        flash("There is nothing for a filter in that address, so it is left out.", "notice")
        known = [(name, value) for name, value in request.args.items() if name not in unknown]
        return redirect(f"{request.path}?{urlencode(known)}" if known else request.path)
    return render_template(
        "reports/overview.html",
        round=paper.round,
        document=overview_document(paper),
        form=form,
        lists_reports=may(current_viewer(), Permission.SEE_REPORTS, paper.round),
    )


@blueprint.get(f"/<ref>/overview.{FILE}")
def overview_file(ref: str, form: str) -> ResponseReturnValue:
    """The same as a file, with every standard."""
    paper, _, unknown = _overview(ref, most_standards=None)
    if unknown:
        raise Missing(NOT_FOUND)
    file = draw_apart(overview_document(paper), FileForm(form))
    return attached(file.content, file.media_type, f"overview-{ref}.{form}")


def _round(ref: str, permission: Permission) -> ReportedRound:
    viewer = current_viewer()
    round_ = reported_round(current_session(), viewer, ref)
    require(viewer, permission, round_)
    return round_


def _told(ref: str) -> ToldPaper:
    return told_of(current_session(), current_viewer(), _round(ref, Permission.SEE_OVERVIEW))


def _completion(ref: str, *, linked: bool = True) -> CompletionPaper:
    """Names lead to an organisation's page for those who may open it."""
    viewer, round_ = current_viewer(), _round(ref, Permission.SEE_COMPLETION)
    opens = linked and may(viewer, Permission.MANAGE_ORGANISATIONS, round_)
    return completion_of(
        current_session(), viewer, round_, link_to=_organisation_page if opens else None
    )


def _overview(
    ref: str, *, most_standards: int | None
) -> tuple[OverviewPaper, OverviewForm, Collection[str]]:
    """The overview, its filters, and the names of those in the address that fit nothing."""
    viewer, round_ = current_viewer(), _round(ref, Permission.SEE_OVERVIEW)
    form = OverviewForm(request.args)
    session = current_session()
    found = overview_of(session, viewer, round_, form.choice, most_standards=most_standards)
    form.offer(found.places, trusts=may(viewer, Permission.NAME_ORGANISATIONS, round_))
    form.validate()
    return found.paper, form, form.errors.keys()


def _organisation_page(ref: str) -> str:
    return url_for("organisations.show_organisation", ref=ref)
