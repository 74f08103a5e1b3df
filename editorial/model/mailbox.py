"""The office's mail account as styles/mail.yaml tells it. Passwords are never part of it."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address

from editorial.model.labels import Labelled
from editorial.values import dataclass


class Security(Labelled):
    """How the way to a server is guarded."""

    TLS = "tls", "TLS"
    STARTTLS = "starttls", "STARTTLS"
    NONE = "none", "不加密"


SMTP_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
IMAP_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who letters come from; what is empty is taken from the office of volume.yaml."""

    mail: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mail is handed over. `port` 0 is the usual one of its security.

    `ca` is a PEM file of the workspace that vouches for the server beside the machine's own;
    `open` lets an unguarded way lead beyond this machine. Limits: mails per connection and
    per minute (0: none), size of a mail in MiB, tries of one mail or connection, seconds to
    wait for an answer (`timeout`) and before the second try (`pause`, doubled each time).
    """

    host: str
    port: int = 0
    security: Security = Security.TLS
    user: str = ""
    ca: str = ""
    open: bool = False
    per_connection: int = 50
    per_minute: int = 30
    size: int = 25
    tries: int = 3
    timeout: float = 60.0
    pause: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapServer:
    """Where replies are fetched. `folder` is read; `sent`, when named, is the folder in which
    the server itself keeps what was sent, asked when a receipt was lost. A mailbox read for the
    first time is read from the day `since`, or that of the first letter sent; of a mail larger
    than `size` MiB only the headers are taken."""

    host: str
    port: int = 0
    security: Security = Security.TLS
    user: str = ""
    ca: str = ""
    open: bool = False
    folder: str = "INBOX"
    sent: str = ""
    since: date | None = None
    size: int = 100
    timeout: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """styles/mail.yaml. Without `smtp` letters go into the outbox as drafts. `drop` is a folder
    whose files are received like mail, from the workspace root when it is relative."""

    sender: Sender = Sender()
    smtp: SmtpServer | None = None
    imap: ImapServer | None = None
    drop: str = ""


def smtp_port(server: SmtpServer) -> int:
    return server.port or SMTP_PORTS[server.security]


def imap_port(server: ImapServer) -> int:
    return server.port or IMAP_PORTS[server.security]


def mailbox_faults(mailbox: Mailbox) -> tuple[tuple[tuple[str, ...], str], ...]:
    """(keys, message) of everything that cannot work."""
    found: list[tuple[tuple[str, ...], str]] = []
    for name, server in (("smtp", mailbox.smtp), ("imap", mailbox.imap)):
        if server is not None:
            found += [((name, key), message) for key, message in _server_faults(server)]
    if mailbox.smtp is not None:
        found += [(("smtp", key), message) for key, message in _limit_faults(mailbox.smtp)]
    return tuple(found)


def _server_faults(server: SmtpServer | ImapServer) -> list[tuple[str, str]]:
    found = []
    if not server.host or any(char in server.host for char in "@/ ") or "://" in server.host:
        found.append(("host", f"应为主机名，如 mail.example.org，现为“{server.host}”"))
    if not 0 <= server.port <= 65535:
        found.append(("port", "端口应在 1 至 65535 之间"))
    if server.security is Security.NONE and not (server.open or is_loopback(server.host)):
        message = "不加密的连接会泄露密码和函件，只准用于本机；确要这样，另写一行 open: true"
        found.append(("security", message))
    if server.timeout <= 0:
        found.append(("timeout", "应大于 0（秒）"))
    return found


def _limit_faults(server: SmtpServer) -> list[tuple[str, str]]:
    found = [
        (key, "不能小于 0")
        for key in ("per_connection", "per_minute", "pause")
        if getattr(server, key) < 0
    ]
    return found + [(key, "至少为 1") for key in ("tries", "size") if getattr(server, key) < 1]


def is_loopback(host: str) -> bool:
    """Whether what is sent there never leaves this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
