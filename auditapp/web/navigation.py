"""The bar under the band: where each role can go. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

HOME = "home.home"
ACTIONS = ("Actions", "actions.list_actions")
FEEDBACK = ("Feedback", "moderation.feedback_list")
REPORTS = ("Reports", "reports.list_reports")

# Role code -> at most six places, left to right: (label, endpoint).
BARS: dict[str, tuple[tuple[str, str], ...]] = {
    "CTB": (("My standards", HOME),),
    "LEAD": (
        ("Home", HOME),
        ("Assessment", "assessments.current"),
        ACTIONS,
        ("Evidence", "evidence.list_evidence"),
        FEEDBACK,
    ),
    "SIGN": (("To sign", HOME), ACTIONS, FEEDBACK),
    "PM": (("My queue", "moderation.queue"),),
    "PC": (("My queue", "moderation.queue"),),
    "PA": (
        ("Home", HOME),
        ("Rounds", "rounds.list_rounds"),
        REPORTS,
        ACTIONS,
        ("Organisations", "organisations.list_organisations"),
        ("Questionnaires", "questionnaires.list_questionnaires"),
    ),
    "SCR": (("Home", HOME), ("Panel", "moderation.queue"), REPORTS, ACTIONS),
    "PV": (("Home", HOME), REPORTS, ACTIONS),
    "SYS": (("Accounts", "accounts.list_accounts"), ("Health", "health.show")),
}


# A feature whose pages hang below another's place.
BELOW = {
    "invitations": "rounds",
    "files": "questionnaires",
    "versions": "questionnaires",
    "drafts": "questionnaires",
}


@dataclass(frozen=True, kw_only=True)
class Acting:
    """Who the person acts as, for the band: "Quillbrook Primary School, as <role_words>".

    `name` is that of the organisation, partnership or round the role is held in.
    """

    name: str
    role_words: str
    many_roles: bool


class Place(NamedTuple):
    label: str
    url: str
    current: bool


def bar_for(
    role: str,
    current_endpoint: str | None,
    exists: Callable[[str], bool],
    url_for: Callable[[str], str],
) -> tuple[Place, ...]:
    """The role's places that exist. At most one is current: that of the page, or of its feature."""
    places = [place for place in BARS.get(role, ()) if exists(place[1])]
    current = _current([endpoint for _, endpoint in places], current_endpoint)
    return tuple(Place(label, url_for(end), end == current) for label, end in places)


def _current(endpoints: list[str], current_endpoint: str | None) -> str | None:
    if current_endpoint is None or current_endpoint in endpoints:
        return current_endpoint
    feature = current_endpoint.partition(".")[0]
    feature = BELOW.get(feature, feature)
    same = (endpoint for endpoint in endpoints if endpoint.partition(".")[0] == feature)
    return next(same, None)
