"""Passwords come from the environment or the keyring, and it is said where to put them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from editorial.errors import EditorialError
from editorial.model.mailbox import ImapServer, SmtpServer
from editorial.post.password import password_for

SMTP = SmtpServer(host="mail.example.org", user="nianjian@example.org")
IMAP = ImapServer(host="mail.example.org", user="nianjian@example.org")

MODULES = ("keyring", "keyring.errors")
# A keyring as its users install it: a module of that name that keeps what it is told.
KEYRING = """\
def get_password(service, user):
    return {("editorial:mail.example.org", "nianjian@example.org"): "from the ring"}[service, user]
"""


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "keyring"
    folder.mkdir()
    (folder / "__init__.py").write_text(KEYRING, encoding="utf-8")
    (folder / "errors.py").write_text("class KeyringError(Exception): pass\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    held = {name: sys.modules.pop(name) for name in MODULES if name in sys.modules}
    yield
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.modules.update(held)


def test_each_server_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITORIAL_SMTP_PASSWORD", "one")
    monkeypatch.setenv("EDITORIAL_IMAP_PASSWORD", "two")
    assert (password_for(SMTP), password_for(IMAP)) == ("one", "two")


@pytest.mark.usefixtures("ring")
def test_the_keyring_is_asked_when_the_environment_says_nothing() -> None:
    assert password_for(SMTP) == "from the ring"


@pytest.mark.usefixtures("ring")
def test_the_environment_goes_before_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITORIAL_SMTP_PASSWORD", "one")
    assert password_for(SMTP) == "one"


def test_without_any_it_is_said_where_to_put_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)  # as if it were not installed
    with pytest.raises(EditorialError, match=r"没有 nianjian@example\.org 在") as refused:
        password_for(SMTP)
    assert "EDITORIAL_SMTP_PASSWORD" in refused.value.hint
    assert "keyring set editorial:mail.example.org nianjian@example.org" in refused.value.hint


def test_a_server_without_login_needs_none() -> None:
    assert password_for(SmtpServer(host="127.0.0.1")) == ""
