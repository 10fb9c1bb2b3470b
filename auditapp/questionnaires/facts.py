"""What a fact about an organisation can be, so that a condition which never holds is told. Pure."""

from difflib import get_close_matches

from auditapp.organisations.types import DUTIES, GROUP_LABELS, KIND_LABELS, PHASE_LABELS, TYPES
from auditapp.questionnaires.conditions import Compare

KNOWN: dict[str, tuple[str, ...]] = {
    "kind": tuple(KIND_LABELS),
    "type": tuple(TYPES),
    "group": tuple(GROUP_LABELS),
    "phase": tuple(PHASE_LABELS),
    "duty": tuple(DUTIES),
}
FEW = 15  # that are all listed; of more, those that read alike


def never_is(asking: Compare) -> str:
    """Why the fact can never be what it is compared with; empty if it can."""
    values = asking.value if isinstance(asking.value, tuple) else (asking.value,)
    known = KNOWN.get(asking.key)
    if known is None:
        odd = [it for it in values if not isinstance(it, bool)]
        return f"{asking.key!r} is true or false, and never {odd[0]!r}" if odd else ""
    unknown = [it for it in values if it not in known]
    if not unknown:
        return ""
    likely = known if len(known) <= FEW else get_close_matches(str(unknown[0]), known, n=3)
    expected = f"; expected {', '.join(likely)}" if likely else ""
    return f"no {asking.key} is called {unknown[0]!r}{expected}"
