"""What a row of the permission table may ask: small questions about a viewer and a subject."""

from collections.abc import Callable, Collection
from typing import Protocol

from auditapp.policy.roles import Role, Viewer
from auditapp.policy.states import SUBMITTED_STATES, Status


class Subject(Protocol):
    """What permissions are asked over. An assessment has all of these; a round, an organisation
    or a partnership those that it has."""

    @property
    def id(self) -> int: ...


class AssessmentSubject(Subject, Protocol):
    @property
    def organisation_id(self) -> int: ...
    @property
    def round_id(self) -> int: ...
    @property
    def status(self) -> Status: ...
    @property
    def snapshot_number(self) -> int: ...
    @property
    def released_number(self) -> int: ...
    @property
    def partnership_ids(self) -> Collection[int]: ...


Predicate = Callable[[Viewer, "Subject"], bool]


def acts_as(*roles: Role) -> Predicate:
    def acts_as_one_of(viewer: Viewer, _subject: Subject) -> bool:
        return viewer.role in roles

    acts_as_one_of.__name__ = f"acts_as({', '.join(role.name for role in roles)})"
    return acts_as_one_of


def own_organisation(viewer: Viewer, subject: Subject) -> bool:
    """`organisation_id` of a thing an organisation has; an organisation is its own."""
    return viewer.organisation_id == getattr(subject, "organisation_id", subject.id)


def own_partnership(viewer: Viewer, subject: Subject) -> bool:
    """Shared with the partnership that the viewer acts for; a partnership is its own."""
    theirs = getattr(subject, "partnership_ids", (subject.id,))
    return not viewer.partnership_ids.isdisjoint(theirs)


def own_round(viewer: Viewer, subject: Subject) -> bool:
    """`round_id` of a thing in a round; a round is its own."""
    return viewer.round_id == getattr(subject, "round_id", subject.id)


def assigned(viewer: Viewer, subject: Subject) -> bool:
    """Given to the viewer: the assessment, or, where the subject is a section of one, that section."""
    section_key = getattr(subject, "section_key", None)
    if section_key is not None:
        return (subject.id, section_key) in viewer.sections
    return subject.id in viewer.assessment_ids


def submitted(_viewer: Viewer, subject: Subject) -> bool:
    """It stands submitted now: for acts on it. One that was opened again does not."""
    return getattr(subject, "status", None) in SUBMITTED_STATES


def once_submitted(_viewer: Viewer, subject: Subject) -> bool:
    """There is a submission, whatever its organisation writes now: for reading that."""
    return getattr(subject, "snapshot_number", 0) > 0


def once_released(_viewer: Viewer, subject: Subject) -> bool:
    """A letter was released, on its latest submission or an earlier one: for reading that."""
    return getattr(subject, "released_number", 0) > 0


def unlinked(viewer: Viewer, subject: Subject) -> bool:
    """No conflict of interest between the person and the organisation (rule 1)."""
    return getattr(subject, "organisation_id", None) not in viewer.linked_organisation_ids


def names_shown(_viewer: Viewer, subject: Subject) -> bool:
    """The partnership's setting lets its viewers see organisations by name."""
    return bool(getattr(subject, "names_organisations_to_viewers", False))
