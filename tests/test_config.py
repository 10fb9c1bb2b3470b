"""Settings are checked when the application starts, with a sentence for each fault."""

import pytest

from auditapp.config import Settings, SettingsError

KEY = "0123456789abcdef0123456789abcdef"


def settings_of(tmp_path, **given):
    wanted = {"SECRET_KEY": KEY, "INSTANCE_PATH": str(tmp_path)} | given
    return Settings.from_env({f"AUDITAPP_{name}": value for name, value in wanted.items()})


def test_a_secret_key_is_all_that_must_be_said(tmp_path):
    settings = settings_of(tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path / 'auditapp.sqlite'}"
    assert settings.evidence_folder == tmp_path / "evidence"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"SECRET_KEY": ""}, "AUDITAPP_SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "AUDITAPP_SECRET_KEY must be at least 32 random bytes"),
        ({"SECRET_KEY": "a" * 40}, "AUDITAPP_SECRET_KEY must be at least 32 random bytes"),
        ({"DATABASE_URL": "mysql://x"}, "AUDITAPP_DATABASE_URL must begin sqlite:///"),
        ({"BASE_URL": "http://audit.example.org"}, "AUDITAPP_BASE_URL must begin https:"),
        ({"BASE_URL": "audit"}, "AUDITAPP_BASE_URL must be an address"),
        ({"DEMO": "yes"}, "AUDITAPP_DEMO must be 0 or 1"),
        ({"SMTP_URL": "mail.example.org"}, "AUDITAPP_SMTP_URL must begin smtp: or smtps:"),
        ({"LOG_LEVEL": "LOUD"}, "AUDITAPP_LOG_LEVEL must be DEBUG or INFO"),
        ({"SECRETKEY": "x"}, "AUDITAPP_SECRETKEY is not a setting"),
    ],
)
def test_each_fault_is_a_sentence(tmp_path, given, says):
    with pytest.raises(SettingsError) as refused:
        settings_of(tmp_path, **given)

    assert len(refused.value.faults) == 1
    assert refused.value.faults[0].startswith(says)


def test_a_file_in_the_instance_folder_gives_settings_and_the_environment_wins(tmp_path):
    (tmp_path / "settings.toml").write_text('mail_from = "a@example.org"\nlog_level = "ERROR"\n')

    settings = settings_of(tmp_path, LOG_LEVEL="DEBUG")

    assert (settings.mail_from, settings.log_level) == ("a@example.org", "DEBUG")


def test_a_broken_file_is_named(tmp_path):
    (tmp_path / "settings.toml").write_text("mail_from =")

    with pytest.raises(SettingsError, match=r"settings\.toml: this is not TOML"):
        settings_of(tmp_path)
