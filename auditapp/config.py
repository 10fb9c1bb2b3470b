"""Settings: environment variables that begin AUDITAPP_, or a file in the instance folder."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "AUDITAPP_"
KNOWN = {
    "DATABASE_URL",
    "INSTANCE_PATH",
    "SECRET_KEY",
    "BASE_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "DEMO",
    "LOG_LEVEL",
    "TRUSTED_PROXIES",
}
SECRET_KEY_MIN_BYTES = 32
SECRET_KEY_MIN_VARIETY = 8  # different characters


class SettingsError(Exception):
    """One sentence per fault, in the order they were found."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One installation's settings. `secret_key` signs cookies and tokens; all links in e-mails
    begin with `base_url`. `trusted_proxies` is how many proxies of ours a request came through:
    limits per address count the one that the outermost of them saw. Without `smtp_url` messages go
    to a folder (only in the demo)."""

    database_url: str
    instance_path: Path
    secret_key: str
    base_url: str = "http://127.0.0.1:5000"
    smtp_url: str = ""
    mail_from: str = "audit@localhost"
    demo: bool = False
    log_level: str = "INFO"
    trusted_proxies: int = 0
    testing: bool = False

    @property
    def evidence_folder(self) -> Path:
        return self.instance_path / "evidence"

    @property
    def messages_folder(self) -> Path:
        return self.instance_path / "messages"

    @property
    def secure(self) -> bool:
        """Whether people reach it by https; cookies are then sent over nothing else."""
        return self.base_url.startswith("https:")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """The environment's settings, then those of `settings.toml` in the instance folder.

        Raises:
            SettingsError: something is missing, unknown or unsafe; each fault in a sentence.
        """
        environ = os.environ if environ is None else environ
        given = {
            name.removeprefix(PREFIX): value
            for name, value in environ.items()
            if name.startswith(PREFIX)
        }
        folder = Path(given.get("INSTANCE_PATH") or _default_instance()).absolute()
        values = _from_file(folder / "settings.toml") | given
        faults = _faults(values)
        if faults:
            raise SettingsError(faults)
        base_url = values.get("BASE_URL", cls.base_url).rstrip("/")
        return cls(
            database_url=values.get("DATABASE_URL") or f"sqlite:///{folder / 'auditapp.sqlite'}",
            instance_path=folder,
            secret_key=values["SECRET_KEY"],
            base_url=base_url,
            smtp_url=values.get("SMTP_URL", ""),
            mail_from=values.get("MAIL_FROM", f"audit@{urlsplit(base_url).hostname}"),
            demo=values.get("DEMO") == "1",
            log_level=values.get("LOG_LEVEL", "INFO"),
            trusted_proxies=int(values.get("TRUSTED_PROXIES", "0")),
        )


def _default_instance() -> Path:
    return Path(__file__).resolve().parent.parent / "instance"


def _from_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([f"{path}: this is not TOML: {error}."]) from None
    return {name.upper(): str(value) for name, value in read.items()}


def _faults(values: Mapping[str, str]) -> list[str]:
    unknown = [
        f"{PREFIX}{name} is not a setting; the settings are "
        f"{', '.join(PREFIX + known for known in sorted(KNOWN))}."
        for name in sorted(set(values) - KNOWN)
    ]
    checked = (check(values.get(name, default)) for name, default, check in CHECKS)
    return unknown + [f"{PREFIX}{fault}" for fault in checked if fault]


def _secret_key_fault(key: str) -> str | None:
    if not key:
        making = "python3 -c 'import secrets; print(secrets.token_hex(32))'"
        return f"SECRET_KEY is not set; make one with `{making}`."
    if len(key.encode()) < SECRET_KEY_MIN_BYTES or len(set(key)) < SECRET_KEY_MIN_VARIETY:
        return f"SECRET_KEY must be at least {SECRET_KEY_MIN_BYTES} random bytes."
    return None


def _base_url_fault(url: str) -> str | None:
    base = urlsplit(url)
    if base.scheme not in {"http", "https"} or not base.hostname:
        return "BASE_URL must be an address like https://audit.example.org."
    if base.scheme == "http" and base.hostname not in {"127.0.0.1", "localhost"}:
        return "BASE_URL must begin https: for any host but this machine."
    return None


def _begins(name: str, *beginnings: str) -> Callable[[str], str | None]:
    def fault(value: str) -> str | None:
        said = f"{name} must begin {' or '.join(b for b in beginnings if b)}"
        return None if value.startswith(beginnings) else f"{said}, not {value.split(':')[0]}:."

    return fault


def _one_of(name: str, *values: str) -> Callable[[str], str | None]:
    def fault(value: str) -> str | None:
        return None if value in values else f"{name} must be {' or '.join(values)}, not {value!r}."

    return fault


# Setting, what it is when it is not given, and what is wrong with a value of it.
CHECKS: tuple[tuple[str, str, Callable[[str], str | None]], ...] = (
    ("SECRET_KEY", "", _secret_key_fault),
    (
        "DATABASE_URL",
        "sqlite:///",
        _begins("DATABASE_URL", "sqlite:///", "postgresql+psycopg://"),
    ),
    ("BASE_URL", Settings.base_url, _base_url_fault),
    ("TRUSTED_PROXIES", "0", _one_of("TRUSTED_PROXIES", "0", "1", "2", "3")),
    ("DEMO", "0", _one_of("DEMO", "0", "1")),
    ("SMTP_URL", "smtp:", _begins("SMTP_URL", "smtp:", "smtps:")),
    ("LOG_LEVEL", "INFO", _one_of("LOG_LEVEL", "DEBUG", "INFO", "WARNING", "ERROR")),
)
