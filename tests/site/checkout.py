"""The files of the project that people write, whether or not git knows them yet."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
WRITTEN = ("auditapp", "migrations", "tests")


def files(suffix: str, *below: str) -> list[Path]:
    """Every file that ends in `suffix`, in the folders `below` or wherever people write."""
    found = {path for folder in below or WRITTEN for path in _in(folder, suffix)}
    return sorted(found if below else found | set(CHECKOUT.glob(f"*{suffix}")))


def name_of(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def _in(folder: str, suffix: str) -> list[Path]:
    return [path for path in (CHECKOUT / folder).rglob(f"*{suffix}") if path.is_file()]
