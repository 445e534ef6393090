"""Keys and what is made of them: sealed links, keyed digests, token hashes, the installation's secret.

A sealed token carries an id and a MAC over its purpose and id. It needs no row of its own; whether the thing it
names is still good is for that thing's row to say. Older secrets keep verifying, only the first one signs, so links
in old mails survive a rotation.
"""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import uuid
from enum import StrEnum
from pathlib import Path

MINIMUM_SECRET_BYTES = 32
_MAC_BYTES = 16


class Purpose(StrEnum):
    """What a sealed link is for. It carries the id of: the subscriber (manage, unsubscribe), the confirmation, the
    account link (account, setup), the problem report (report)."""

    MANAGE = "manage"
    UNSUBSCRIBE = "unsubscribe"
    CONFIRM = "confirm"
    ACCOUNT = "account"
    SETUP = "setup"
    REPORT = "report"


class Keys:
    """Seals and opens tokens, and digests personal values, under the installation's secrets (newest first)."""

    def __init__(self, secret_keys: list[str]) -> None:
        if not secret_keys or len(secret_keys[0].encode()) < MINIMUM_SECRET_BYTES:
            raise ValueError(f"secret_key needs at least {MINIMUM_SECRET_BYTES} bytes.")
        self._keys = [hashlib.sha256(b"statuspage:" + text.encode()).digest() for text in secret_keys]

    def _mac(self, key: bytes, purpose: str, payload: bytes) -> bytes:
        return hmac.digest(key, purpose.encode() + b"\0" + payload, "sha256")

    def seal(self, purpose: str, subject: uuid.UUID) -> str:
        """Return a 43-letter URL-safe token for `subject` that only `open` with the same purpose accepts."""
        mac = self._mac(self._keys[0], purpose, subject.bytes)[:_MAC_BYTES]
        return base64.urlsafe_b64encode(subject.bytes + mac).rstrip(b"=").decode()

    def open(self, purpose: str, token: str) -> uuid.UUID | None:
        """Return the id inside `token`, or None when it was not sealed here for this purpose."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (binascii.Error, ValueError):
            return None
        if len(raw) != 16 + _MAC_BYTES:
            return None
        for key in self._keys:
            if hmac.compare_digest(self._mac(key, purpose, raw[:16])[:_MAC_BYTES], raw[16:]):
                return uuid.UUID(bytes=raw[:16])
        return None

    def digest(self, purpose: str, value: str) -> str:
        """Return a keyed hash of a personal value (an address, a client prefix): comparable, not readable."""
        return self._mac(self._keys[0], purpose, value.encode()).hex()

    def session_key(self) -> str:
        """Return the key that signs the panel's session cookie, derived so that it differs from every other use."""
        return self._mac(self._keys[0], "cookie", b"").hex()


def hash_token(token: str) -> str:
    """Return the SHA-256 of a token of at least 128 random bits; enough for storing it (ASVS 6.5.2)."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_secret() -> str:
    """Return a fresh secret of 256 bits for `secret_key`."""
    return secrets.token_urlsafe(32)


def secret_path(data_dir: Path) -> Path:
    """Return where the secret that was made for this installation is kept."""
    return data_dir / "secret_key"


def stored_secret(data_dir: Path) -> str | None:
    """Return the secret kept in `data_dir/secret_key`, or None when there is none yet.

    Raises `OSError` and `UnicodeDecodeError` for a file that cannot be read.
    """
    try:
        return secret_path(data_dir).read_text().strip()
    except FileNotFoundError:
        return None


def store_secret(data_dir: Path) -> None:
    """Write a fresh secret into `data_dir/secret_key` (mode 0600) unless there is one."""
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(secret_path(data_dir), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(new_secret() + "\n")
