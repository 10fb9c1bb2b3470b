"""What can be knocked at: each address, method, role, place and stage, and what should come of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Flask
from werkzeug.routing import Rule

from tests.site.access_stages import STAGES, Stage
from tests.site.access_words import (
    EVERYONE,
    REACH,
    SIGNED_IN,
    STRANGERS,
    WHO,
    is_public,
    knows_of,
    may_use,
)
from tests.site.access_world import REFS, Area

# What the reference in an address names: by blueprint, or by endpoint where it is another thing.
KINDS = {
    "assessments": "assessment",
    "moderation": "assessment",
    "invitations": "round",
    "rounds": "round",
    "reports": "round",
    "organisations": "organisation",
    "evidence": "item",
    "evidence.remove_evidence": "link",  # which nothing cites
    "actions": "action",
    "questionnaires": "questionnaire",
    "files": "questionnaire",
    "files.review_file": "file",
    "versions": "newer",
    "drafts": "writing",
    "drafts.start": "questionnaire",
    "messages": "message",
    "assessments.download_cited": "cited",
    "moderation.release": "round",
    "moderation.release_list": "round",
    "rounds.edit_round": "draft",
    "rounds.choose_organisations": "draft",
    "invitations.open_round": "draft",
    "organisations.theme": "partnership",
    "organisations.logo": "partnership",
    "organisations.import_schools": "schools",
    "organisations.import_agencies": "agencies",
    "accounts.end_colleague": "colleague",
    "accounts.end_membership": "member",
    "accounts.end_account": "account",
}
REFERENCES = {"ref", "assessment_ref", "citation_ref", "version_ref", "sha256"}
PLACES = {
    "assessment": "home neighbour later elsewhere",
    "cited": "home neighbour later elsewhere aside",
    "round": "home later elsewhere",
    "organisation": "home neighbour elsewhere",
    "item": "home neighbour elsewhere",
    "link": "home neighbour elsewhere",
    "action": "home neighbour elsewhere",
    "colleague": "home neighbour elsewhere",
    "member": "home neighbour elsewhere",
    "message": "home",
}
BY_STAGE = {"assessment", "cited"}  # and rounds, where the address names an assessment too
# The stage in which a page does what it is for; "submitted" unless said.
READY = {
    "assessments.save_section": "in-progress",
    "assessments.save_answer": "in-progress",
    "assessments.restore_version": "in-progress",
    "assessments.resolve_conflict": "in-progress",
    "assessments.add_evidence": "in-progress",
    "assessments.remove_citation": "in-progress",
    "assessments.check_answers": "in-progress",
    "assessments.send_for_sign_off": "in-progress",
    "assessments.take_back": "awaiting-sign-off",
    "assessments.show_sign_off": "awaiting-sign-off",
    "assessments.sign": "awaiting-sign-off",
    "assessments.send_back": "awaiting-sign-off",
    "invitations.remind": "in-progress",
    "invitations.extend_assessment": "in-progress",
    "invitations.excuse_assessment": "in-progress",
    "invitations.reinstate_assessment": "excused",
    "moderation.read_section": "in-moderation",
    "moderation.mark_answer": "in-moderation",
    "moderation.agree_with_rest": "in-moderation",
    "moderation.reveal": "marked",
    "moderation.settle": "revealed",
    "moderation.settle_answer": "revealed",
    "moderation.complete": "revealed",
    "moderation.edit_feedback": "revealed",
    "moderation.correct_feedback": "moderation-completed",
    "moderation.release": "moderation-completed",
    "moderation.preview_feedback": "moderation-completed",
    "moderation.show_feedback": "feedback-released",
    "moderation.feedback_file": "feedback-released",
    "moderation.confirm_read": "feedback-released",
}
FIXED = {
    "number": 1,
    "form": "csv",
    "paper": "pdf",
    "name": "submission",
    "filename": "app.css",
    "address": "sections.culture.questions.c1",
    "place": "references",
    "scale_key": "four-point",
    "token": "a-token-that-nobody-has",
}
NOWHERE = "bbbbbbbbbb"
ASIDE = {"section": "online-safety", "question": "o1"}


class Nowhere(dict[str, str]):
    """References to nothing at all."""

    def __missing__(self, name: str) -> str:
        return "0" * 64 if name in ("schools", "agencies", "file") else NOWHERE


@dataclass(frozen=True)
class Knock:
    """One request to make: as whom, at what, and in which stage the area is."""

    rule: Rule
    method: str
    role: str
    place: str
    stage: Stage

    @property
    def endpoint(self) -> str:
        return str(self.rule.endpoint)

    @property
    def kind(self) -> str | None:
        """What its address names; None where it names nothing."""
        return kind_of(self.rule)

    @property
    def in_reach(self) -> bool:
        if self.kind == "account":
            return self.role == "SYS"  # those of the whole installation
        return self.place in REACH.get(self.role, "").split()

    @property
    def expected(self) -> str:
        """What should come of it: "answers", "signs in", "refuses" (403), "hides" (as if there
        were none) or "stops" (403 or 404)."""
        if is_public(self.endpoint):
            return "answers"
        if self.role in STRANGERS.split():
            return "signs in"
        if self.kind is None:
            return "answers" if may_use(self.role, self.endpoint, self.stage) else "stops"
        if self.in_reach and may_use(self.role, self.endpoint, self.stage):
            return "answers"
        if self.in_reach and knows_of(self.role, self.kind, self.stage):
            return "refuses"
        return "stops" if self.place == "aside" else "hides"

    def __str__(self) -> str:
        at = f"at {self.place}" if self.kind else ""
        return f"{self.method} {self.endpoint} as {self.role} {at} while {self.stage.name}"


def kind_of(rule: Rule) -> str | None:
    endpoint = str(rule.endpoint)
    if not REFERENCES & set(rule.arguments):
        return None
    return KINDS.get(endpoint) or KINDS[endpoint.partition(".")[0]]


def rules_of(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, str(rule.endpoint)))


def methods_of(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) & {"GET", "POST"})


def knocks(app: Flask) -> Iterator[Knock]:
    """Every rule by every method as every role at every place, at the stage it is ready in."""
    for rule in rules_of(app):
        stage = STAGES[READY.get(str(rule.endpoint), "submitted")]
        for method in methods_of(rule):
            for role in EVERYONE.split():
                for place in _places(rule, role):
                    yield Knock(rule, method, role, place, stage)


def knocks_at_other_stages(app: Flask) -> Iterator[Knock]:
    """The same for what an assessment's stage can change, at all other stages."""
    for knock in knocks(app):
        if knock.role in SIGNED_IN.split() and _depends_on_stage(knock):
            for stage in STAGES.values():
                if stage != knock.stage and (knock.kind != "cited" or _was_submitted(stage)):
                    yield replace(knock, stage=stage)


def _depends_on_stage(knock: Knock) -> bool:
    names_assessment = "assessment_ref" in knock.rule.arguments
    page = knock.kind is None and knock.method == "GET" and not is_public(knock.endpoint)
    return knock.kind in BY_STAGE or names_assessment or page


def _was_submitted(stage: Stage) -> bool:
    return "sign" in stage.steps


def _places(rule: Rule, role: str) -> list[str]:
    kind, named = kind_of(rule), set(rule.arguments)
    if kind is None or role in STRANGERS.split():
        return ["home"]
    places = PLACES.get(kind, "home elsewhere").split()
    if {"section_key", "question_key", "citation_ref"} & named:
        places.append("aside")
    # Two things named that do not belong together; other roles are stopped at the first.
    if {"assessment_ref", "citation_ref"} & named and role in WHO[str(rule.endpoint)]:
        places += ["swapped", "astray"]
        places += ["neighbour"] if kind == "round" else []
    return places


def target(areas: dict[str, Area], knock: Knock) -> REFS:
    """The references at the place that is knocked at."""
    here, there = areas[knock.stage.name].refs, areas[_next(knock.stage).name].refs["home"]
    inner = "assessment" if "assessment_ref" in knock.rule.arguments else "citation"
    home = {"section": "culture", "question": "c1"} | here["home"]
    match knock.place:
        case "elsewhere":
            return home | {"cited": NOWHERE} | there  # what is not submitted has no such file
        case "aside":
            moved = {name: home.get(f"{name}-aside", NOWHERE) for name in ("citation", "cited")}
            return home | ASIDE | moved
        case "swapped":
            return home | {inner: there[inner]}
        case "astray":
            return home | {inner: here["later"][inner]}
        case place:
            return home | here[place]


def without_it(knock: Knock, refs: REFS) -> REFS:
    """The same references, but for what is foreign one of nothing."""
    if knock.place in ("swapped", "astray"):
        inner = "assessment" if "assessment_ref" in knock.rule.arguments else "citation"
        return refs | {inner: NOWHERE}
    typed = {name: refs[name] for name in ("section", "question")}
    return Nowhere(typed)


def named_in(rule: Rule, refs: REFS) -> dict[str, object]:
    """The values of an address's parameters, to name those things."""
    kind = kind_of(rule) or ""
    names = {"assessment_ref": "assessment", "citation_ref": "citation"}
    names |= {"section_key": "section", "question_key": "question"}
    names |= {"before_ref": "questionnaire"}
    return {
        name: FIXED[name] if name in FIXED else refs[names.get(name, kind)]
        for name in rule.arguments
    }


def path_of(rule: Rule, refs: REFS) -> str:
    """The address of `rule` that names those things."""
    built = rule.build(named_in(rule, refs))
    assert built is not None, rule
    return built[1]


def _next(stage: Stage) -> Stage:
    """Another area's: places of another partnership are at another stage."""
    names = list(STAGES)
    return STAGES[names[(names.index(stage.name) + 1) % len(names)]]
