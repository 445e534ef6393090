"""What a deployment fixes: `config.toml`, every key overridden by `STATUSPAGE_SECTION__KEY`, secrets by `..._FILE`.

What an owner changes weekly lives in the database. `load_settings` reads and checks everything at once and fails
with one sentence that names the key.
"""

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from statuspage.core.clock import known_zones
from statuspage.core.languages import Language
from statuspage.core.secrets import MINIMUM_SECRET_BYTES, Keys, secret_path, stored_secret

PREFIX = "STATUSPAGE_"
SECRET_KEYS = frozenset({"secret_key", "mail.password", "database.url"})
_IMPLIED = {f"{PREFIX}CONFIG"}

Port = Annotated[int, Field(ge=1, le=65535)]
Count = Annotated[int, Field(ge=1)]


class ConfigError(Exception):
    """The configuration cannot be used; the message is one sentence that names the key."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SiteSettings(_Section):
    """The page as the deployment sees it. Name, zone and locale only seed the database at the first start."""

    base_url: str = "http://127.0.0.1:8000"
    name: Annotated[str, Field(min_length=1, max_length=80)] = "Status"
    timezone: str = "UTC"
    locale: Language = Language.EN
    security_contact: str = ""

    @field_validator("base_url")
    @classmethod
    def _an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("must be an address such as https://status.example.com, without a path")
        return value.rstrip("/")

    @field_validator("security_contact")
    @classmethod
    def _an_address_to_write_to(cls, value: str) -> str:
        if value and not re.fullmatch(r"(?:mailto:[^\s@]+@|https://|tel:\+)[!-~]+", value):
            raise ValueError("must be mailto:security@example.com, https://example.com/security or tel:+49-30-1234567")
        return value

    @field_validator("timezone")
    @classmethod
    def _an_iana_zone(cls, value: str) -> str:
        if value not in known_zones():
            raise ValueError("must be an IANA time zone such as Europe/Berlin")
        return value


class DatabaseSettings(_Section):
    """Where the rows are: empty means SQLite in the data directory."""

    url: str = ""

    @field_validator("url")
    @classmethod
    def _sqlite_or_postgresql(cls, value: str) -> str:
        if not value:
            return value
        try:
            url = make_url(value)
        except ArgumentError:
            raise ValueError("must be a database URL such as postgresql://user@host/name") from None
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value


class DataSettings(_Section):
    """Where files are kept: database, built site, mail outbox, generated secret."""

    dir: Path = Path("var")


class MailSettings(_Section):
    """How mail leaves: into files (the default) or through an SMTP relay."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    transport: Literal["file", "smtp"] = "file"
    host: str = "127.0.0.1"
    port: Port = 25
    username: str = ""
    password: str = ""
    security: Literal["none", "starttls", "tls"] = "none"
    sender: Annotated[str, Field(alias="from")] = ""
    connections: Annotated[int, Field(ge=1, le=64)] = 4

    @field_validator("sender")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"[^\s<>,;\"@]+@[^\s<>,;\"@]+", value, re.ASCII):
            raise ValueError("must be an address alone, such as status@example.com; the page's name is put before it")
        return value


class NetSettings(_Section):
    """Which proxies are believed, as CIDRs: only from these does `X-Forwarded-*` count."""

    trusted_proxies: list[str] = []

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: list[str]) -> list[str]:
        for item in value:
            try:
                ipaddress.ip_network(item)
            except ValueError:
                raise ValueError(f"{item} is no network; write it as 10.0.0.0/8") from None
        return value


class LimitSettings(_Section):
    """Public buckets: how often something may be asked for before the answer is to wait."""

    subscribe_per_client_hour: Count = 20
    subscribe_total_minute: Count = 120
    confirmation_per_address_day: Count = 1
    report_per_client_hour: Count = 10
    report_total_hour: Count = 1000
    follow_up_per_address_day: Count = 1
    vote_per_client_hour: Count = 60
    vote_per_question_day: Count = 5
    vote_total_minute: Count = 600
    signin_per_account_quarter: Count = 10
    signin_per_client_quarter: Count = 30
    reset_per_address_hour: Count = 3
    api_per_token_minute: Count = 600


class Settings(_Section):
    """Everything `config.toml` may say."""

    site: SiteSettings = SiteSettings()
    database: DatabaseSettings = DatabaseSettings()
    data: DataSettings = DataSettings()
    secret_key: str = ""
    previous_secret_keys: list[str] = []
    mail: MailSettings = MailSettings()
    net: NetSettings = NetSettings()
    limits: LimitSettings = LimitSettings()

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value.encode()) < MINIMUM_SECRET_BYTES:
            raise ValueError(f"needs at least {MINIMUM_SECRET_BYTES} bytes; leave it out to have one made")
        return value

    @property
    def database_url(self) -> str:
        """The database's URL, with the default filled in."""
        return self.database.url or f"sqlite:///{self.data.dir.resolve() / 'statuspage.db'}"

    @property
    def mail_from(self) -> str:
        """The sender's address, with the default filled in."""
        return self.mail.sender or f"status@{urlsplit(self.site.base_url).hostname}"


def open_keys(settings: Settings) -> Keys:
    """Return the installation's keys. Raises `ConfigError` when no secret was made yet, or its file is damaged."""
    path = secret_path(settings.data.dir)
    try:
        secret = settings.secret_key or stored_secret(settings.data.dir)
    except OSError as fault:
        raise ConfigError(f"{path} cannot be read ({fault.strerror}). Let the user of the service read it.") from None
    except UnicodeDecodeError:
        secret = ""
    if secret is None:
        raise ConfigError("There is no secret key yet. Run `statuspage db upgrade`; it writes one.")
    if len(secret.encode()) < MINIMUM_SECRET_BYTES:
        raise ConfigError(
            f"{path} is damaged: it holds no key of {MINIMUM_SECRET_BYTES} bytes or more. Put it back from your "
            "backup. Or delete it for a new one: links in mails that were sent stop working then."
        )
    return Keys([secret, *settings.previous_secret_keys])


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"There is no configuration file {path}.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path} cannot be read: {fault}.") from None
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"{path} is no valid TOML: {fault}.") from None


def _known_path(keys: list[str]) -> bool:
    model: Any = Settings
    for depth, key in enumerate(keys):
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if key not in fields:
            return False
        model = fields[key].annotation
        if not hasattr(model, "model_fields"):
            return depth == len(keys) - 1
    return False


def _overlay(tree: dict[str, Any], name: str, value: str) -> None:
    dotted = name.removeprefix(PREFIX).lower()
    keys = dotted.removesuffix("_file").split("__") if name.endswith("_FILE") else dotted.split("__")
    if not _known_path(keys):
        raise ConfigError(f"{name} sets nothing: there is no key {'.'.join(keys)}.")
    if name.endswith("_FILE"):
        try:
            value = Path(value).read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise ConfigError(f"{name}: {value} cannot be read ({fault.strerror}).") from None
    for key in keys[:-1]:
        tree = tree.setdefault(key, {})
    is_list = keys[-1] in ("trusted_proxies", "previous_secret_keys")
    tree[keys[-1]] = [item.strip() for item in value.split(",") if item.strip()] if is_list else value


def config_path(explicit: Path | None, environ: Mapping[str, str]) -> Path | None:
    """Return the configuration file that counts: `--config`, else STATUSPAGE_CONFIG, else ./config.toml if there."""
    if explicit:
        return explicit
    if environ.get(f"{PREFIX}CONFIG"):
        return Path(environ[f"{PREFIX}CONFIG"])
    return Path("config.toml") if Path("config.toml").is_file() else None


def load_settings(explicit: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the configuration file and the environment over it. Raises `ConfigError`: one sentence naming the key."""
    path = config_path(explicit, environ)
    tree = _read_file(path) if path else {}
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in _IMPLIED:
            _overlay(tree, name, environ[name])
    return settings_of(tree)


def settings_of(tree: Mapping[str, Any]) -> Settings:
    """Return what a configuration means. Raises `ConfigError`: one sentence naming the first faulty key."""
    try:
        return Settings.model_validate(tree)
    except ValidationError as fault:
        first = fault.errors()[0]
        key = ".".join(str(part) for part in first["loc"] if not isinstance(part, int))
        if first["type"] == "extra_forbidden":
            raise ConfigError(f"There is no key {key}; see config.example.toml for those there are.") from None
        reason = first["msg"].removeprefix("Value error, ")
        raise ConfigError(f"{key} {reason[:1].lower()}{reason[1:]}.") from None
