"""The pages that are measured: whose, which, and how many statements each may ask for."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import Flask

from auditapp.policy.roles import Role
from tests.benchmarks.area import Area
from tests.benchmarks.visitor import Visitor

WHOLE, OVERVIEW = 12, 6  # statements
LIVE_ROUND, PAST_ROUND = {"ref": "live-round"}, {"ref": "past-round"}
DRAFT, SUBMITTED = {"ref": f"l{1:09}"}, {"ref": f"p{1:09}"}  # assessments of organisation 1
READ = {"ref": f"p{2:09}"}  # an assessment in moderation
PLACE = {"ref": f"o{1:09}"}
SECTION = {"section_key": ""}  # filled in: the area's largest
STANDARD = {"question_key": ""}  # filled in: the area's first


@dataclass(frozen=True)
class Page:
    """`at_most` statements, where there is a bound."""

    what: str
    role: Role
    endpoint: str
    values: dict[str, str] = field(default_factory=dict, hash=False)
    at_most: int | None = None

    def path(self, app: Flask, area: Area) -> str:
        found = {"section_key": area.section.key, "question_key": area.keys[0]}
        values = {name: value or found[name] for name, value in self.values.items()}
        return str(app.url_map.bind("").build(self.endpoint, values))


SECTION_PAGE = Page(
    "section", Role.LEAD, "assessments.show_section", DRAFT | SECTION, at_most=WHOLE
)
TASK_LIST = Page("task list", Role.LEAD, "assessments.show_task_list", DRAFT, at_most=WHOLE)
CHECK = Page("check your answers", Role.LEAD, "assessments.check_answers", DRAFT, at_most=WHOLE)
SUBMISSION = Page("submission", Role.LEAD, "assessments.show_submission", SUBMITTED, at_most=WHOLE)
OVERVIEW_PAGE = Page(
    "overview", Role.ADMINISTRATOR, "reports.overview", PAST_ROUND, at_most=OVERVIEW
)

PAGES = (
    SECTION_PAGE,
    TASK_LIST,
    CHECK,
    SUBMISSION,
    OVERVIEW_PAGE,
    Page("home of a safeguarding lead", Role.LEAD, "home.home"),
    Page("versions of an answer", Role.LEAD, "assessments.show_versions", DRAFT | STANDARD),
    Page("receipt", Role.LEAD, "assessments.show_receipt", SUBMITTED),
    Page("evidence", Role.LEAD, "evidence.list_evidence"),
    Page("actions of an organisation", Role.LEAD, "actions.list_actions"),
    Page("feedback", Role.LEAD, "moderation.show_feedback", SUBMITTED),
    Page("colleagues", Role.LEAD, "accounts.list_colleagues"),
    Page("home of a signatory", Role.SIGNATORY, "home.home"),
    Page("queue of a panel member", Role.PANEL_MEMBER, "moderation.queue"),
    Page("section read by the panel", Role.PANEL_MEMBER, "moderation.read_section", READ | SECTION),
    Page("queue of the panel's chair", Role.PANEL_CHAIR, "moderation.queue"),
    Page("grades to settle", Role.PANEL_CHAIR, "moderation.settle", READ),
    Page("home of a partnership", Role.ADMINISTRATOR, "home.home"),
    Page("rounds", Role.ADMINISTRATOR, "rounds.list_rounds"),
    Page("round", Role.ADMINISTRATOR, "invitations.show_round", LIVE_ROUND),
    Page("organisations", Role.ADMINISTRATOR, "organisations.list_organisations"),
    Page("organisation", Role.ADMINISTRATOR, "organisations.show_organisation", PLACE),
    Page("reports", Role.ADMINISTRATOR, "reports.list_reports"),
    Page("completion", Role.ADMINISTRATOR, "reports.completion", LIVE_ROUND),
    Page("release list", Role.ADMINISTRATOR, "moderation.release_list", PAST_ROUND),
    Page("actions of a partnership", Role.ADMINISTRATOR, "actions.list_actions"),
    Page("people", Role.ADMINISTRATOR, "accounts.list_people"),
    Page("reports of a partnership viewer", Role.PARTNERSHIP_VIEWER, "reports.list_reports"),
    Page("queue of a scrutineer", Role.SCRUTINEER, "moderation.queue"),
)
# The same in files, drawn on demand: (what, whose, endpoint, values).
FILES = (
    Page(
        "overview as PDF", Role.ADMINISTRATOR, "reports.overview_file", PAST_ROUND | {"form": "pdf"}
    ),
    Page(
        "overview as XLSX",
        Role.ADMINISTRATOR,
        "reports.overview_file",
        PAST_ROUND | {"form": "xlsx"},
    ),
    Page(
        "overview as CSV", Role.ADMINISTRATOR, "reports.overview_file", PAST_ROUND | {"form": "csv"}
    ),
    Page(
        "completion as PDF",
        Role.ADMINISTRATOR,
        "reports.completion_file",
        LIVE_ROUND | {"form": "pdf"},
    ),
    Page("feedback as PDF", Role.LEAD, "moderation.feedback_file", SUBMITTED | {"form": "pdf"}),
    Page(
        "submission as PDF",
        Role.LEAD,
        "assessments.submission_file",
        SUBMITTED | {"name": "submission"},
    ),
)


class Visitors:
    """Somebody of each role, signed in when first needed."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._known: dict[Role, Visitor] = {}

    def __getitem__(self, role: Role) -> Visitor:
        if role not in self._known:
            self._known[role] = Visitor(self._address).sign_in(role)
        return self._known[role]

    def all(self) -> Iterator[Visitor]:
        yield from self._known.values()
