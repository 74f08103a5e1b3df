"""Passwords of mail servers: from the environment or the system's keyring, never from files."""

from __future__ import annotations

import os
from importlib import import_module

from editorial.errors import EditorialError
from editorial.model.mailbox import ImapServer, SmtpServer

VARIABLES = {SmtpServer: "EDITORIAL_SMTP_PASSWORD", ImapServer: "EDITORIAL_IMAP_PASSWORD"}


def password_for(server: SmtpServer | ImapServer) -> str:
    """The password of `server.user`, "" for a server that wants no login.

    EditorialError, saying where to put it, when there is none.
    """
    if not server.user:
        return ""
    variable = VARIABLES[type(server)]
    found = os.environ.get(variable, "") or _from_keyring(service_of(server), server.user)
    if not found:
        raise EditorialError(
            f"没有 {server.user} 在 {server.host} 的密码",
            hint=f"设环境变量 {variable}；或装 keyring（pip install keyring），"
            f"再执行 keyring set {service_of(server)} {server.user}。许多邮箱要用“授权码”作密码",
        )
    return found


def service_of(server: SmtpServer | ImapServer) -> str:
    """The name under which the keyring holds it."""
    return f"editorial:{server.host}"


def _from_keyring(service: str, user: str) -> str:
    try:
        keyring = import_module("keyring")
        errors = import_module("keyring.errors")
    except ImportError:
        return ""
    try:
        return keyring.get_password(service, user) or ""
    except errors.KeyringError:
        return ""
