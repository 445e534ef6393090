"""One sentence names the key that is wrong; environment beats file."""

import stat
from pathlib import Path

import pytest

from statuspage.core.config import ConfigError, DataSettings, Settings, load_settings, open_keys
from statuspage.core.secrets import store_secret, stored_secret


def test_without_a_file_the_defaults_hold() -> None:
    settings = load_settings(None, {})
    assert settings.site.base_url == "http://127.0.0.1:8000"
    assert settings.database_url.startswith("sqlite:////")
    assert settings.mail_from == "status@127.0.0.1"


def test_the_environment_beats_the_file_and_secrets_come_from_files(tmp_path: Path) -> None:
    config, secret = tmp_path / "config.toml", tmp_path / "secret"
    config.write_text('[site]\nname = "Acme"\ntimezone = "Europe/Berlin"\n[mail]\nport = 2525\n')
    secret.write_text("hunter22\n")
    environ = {
        "STATUSPAGE_SITE__NAME": "Umbrella",
        "STATUSPAGE_MAIL__PASSWORD_FILE": str(secret),
        "STATUSPAGE_MAIL__FROM": "s@example.com",
        "STATUSPAGE_NET__TRUSTED_PROXIES": "10.0.0.0/8, ::1/128",
        "PATH": "/bin",
    }
    settings = load_settings(config, environ)
    assert (settings.site.name, settings.site.timezone, settings.mail.port) == ("Umbrella", "Europe/Berlin", 2525)
    assert (settings.mail.password, settings.mail.sender) == ("hunter22", "s@example.com")
    assert settings.net.trusted_proxies == ["10.0.0.0/8", "::1/128"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[site]\nnmae = 'x'", "site.nmae"),
        ("[site]\ntimezone = 'Mars/Olympus'", "site.timezone"),
        ("[site]\nbase_url = 'status.example.com'", "site.base_url"),
        ("[site]\nbase_url = 'https://example.com/status'", "site.base_url"),
        ("[site]\nsecurity_contact = 'security@example.com'", "site.security_contact"),
        ("[site]\nsecurity_contact = 'https://x.test/\\nContact: y'", "site.security_contact"),
        ("secret_key = 'short'", "secret_key"),
        ("[mail]\nport = 99999", "mail.port"),
        ("[mail]\ntransport = 'pigeon'", "mail.transport"),
        ("[mail]\nfrom = 'Acme <status@example.com>'", "mail.from"),
        ("[database]\nurl = 'mysql://x'", "database.url"),
        ("[net]\ntrusted_proxies = ['ten']", "net.trusted_proxies"),
        ("[limits]\nsubscribe_total_minute = 0", "limits.subscribe_total_minute"),
        ("[site", "no valid TOML"),
    ],
)
def test_a_bad_key_is_named_in_one_sentence(tmp_path: Path, text: str, named: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text)
    with pytest.raises(ConfigError) as refusal:
        load_settings(config, {})
    assert named in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "environ",
    [
        {"STATUSPAGE_SITE__NMAE": "x"},
        {"STATUSPAGE_SITE": "x"},
        {"STATUSPAGE_MAIL__PASSWORD_FILE": "/nowhere/at/all"},
        {"STATUSPAGE_CONFIG": "/nowhere/config.toml"},
    ],
)
def test_a_variable_that_sets_nothing_is_refused(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        load_settings(None, environ)


def test_the_generated_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    assert stored_secret(tmp_path) is None
    store_secret(tmp_path)
    secret = stored_secret(tmp_path)
    store_secret(tmp_path)
    assert secret == stored_secret(tmp_path)
    assert secret is not None and len(secret) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (None, "Run `statuspage db upgrade`; it writes one."),
        (b"", "is damaged: it holds no key of 32 bytes or more. Put it back from your backup."),
        (b"cut sho", "is damaged"),
        (b"\xff\xfe" * 32, "is damaged"),
    ],
)
def test_a_secret_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, written: bytes | None, words: str
) -> None:
    settings = Settings(data=DataSettings(dir=tmp_path))
    if written is not None:
        (tmp_path / "secret_key").write_bytes(written)
    with pytest.raises(ConfigError) as told:
        open_keys(settings)
    assert words in str(told.value) and "\n" not in str(told.value)


def test_a_secret_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(ConfigError, match="secret_key cannot be read"):
        open_keys(Settings(data=DataSettings(dir=tmp_path)))


def test_a_configured_secret_needs_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("cut sho")
    assert open_keys(Settings(data=DataSettings(dir=tmp_path), secret_key="x" * 32)).session_key()
