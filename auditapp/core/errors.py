"""What can go wrong in the domain's own words. `web.errors` maps each to a page, once."""

NOT_FOUND = "We cannot find this page."


class DomainError(Exception):
    """A refusal in plain words; `field` names the form field it belongs beside, if any."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class RuleBroken(DomainError):
    """What was sent breaks a rule; it comes back beside its field at 422."""


class NotAllowed(DomainError):
    """The person may see this but not do that (403)."""


class Missing(DomainError):
    """There is none, or not for this person: both look the same (404)."""


class WrongState(DomainError):
    """The world has moved on: the state no longer allows it (409)."""


class Stale(DomainError):
    """Someone saved after the page was opened (409)."""


class TookTooLong(DomainError):
    """It was given up after its time (503). Nothing was changed."""
