"""Mails of one folder of an IMAP server (RFC 3501), read without leaving a trace there.

The folder is opened read-only and bodies are peeked at: nothing is marked, moved or deleted.
UIDs only grow while UIDVALIDITY stays, so one number tells how far the folder was read.
"""

from __future__ import annotations

import imaplib
import re
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime

from editorial.errors import EditorialError
from editorial.model.mailbox import ImapServer, Security, imap_port
from editorial.post.tls import off_line, tls_context, untrusted
from editorial.values import dataclass

MIB = 1 << 20
TRIES, PAUSE = 3, 0.5  # connections without a mail between them; seconds, doubled each time
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "( ?\d[^"]+)"')
_ID = re.compile(rb"<[^<>\s]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far a folder was read: all UIDs up to `uid`, under this UIDVALIDITY."""

    validity: int = 0
    uid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What is known of a mail before it is fetched; `size` in bytes as the server counts."""

    uid: int
    size: int
    at: datetime | None
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One mail, and the mark once it is safely kept. `data` is None for one already known,
    and the headers alone (`cut`) for one that is too large."""

    mark: Mark
    envelope: Envelope
    data: bytes | None
    cut: bool = False


class Lost(Exception):
    """The connection broke; another may do better."""


def fetch(
    server: ImapServer,
    mark: Mark,
    known: Callable[[Envelope], bool],
    *,
    password: str = "",
    ca: bytes = b"",
    since: date | None = None,
    pause: float = PAUSE,
) -> Iterator[Fetched]:
    """New mails in the order they arrived, each given out before the next is asked for, so
    that a break anywhere loses nothing. A lost connection is opened again and continued.
    EditorialError when that does not help, or at once for what only a person can mend.
    """
    context, fruitless = tls_context(ca), 0
    while True:
        try:
            with _opened(server, password, context) as (box, validity):
                if mark.validity != validity:
                    mark = Mark(validity=validity)
                for fetched in _new(server, box, mark, known, since):
                    yield fetched
                    mark, fruitless = fetched.mark, 0
            return
        except Lost as lost:
            fruitless += 1
            if fruitless >= TRIES:
                raise EditorialError(
                    f"邮件服务器 {server.host} 连不上，或中断了（{lost}）",
                    hint="已收下的都存好了，过一会儿再执行同一条命令，接着收",
                ) from lost
            time.sleep(pause * 2 ** (fruitless - 1))


@contextmanager
def _opened(
    server: ImapServer, password: str, context: ssl.SSLContext
) -> Iterator[tuple[imaplib.IMAP4, int]]:
    """The folder open for reading, and its UIDVALIDITY."""
    try:
        box = _connected(server, context)
        try:
            _log_in(box, server, password)
            yield box, _examined(box, server)
            with suppress(imaplib.IMAP4.error, OSError):
                box.logout()
        finally:
            with suppress(OSError):
                box.shutdown()
    except ssl.SSLCertVerificationError as error:
        raise untrusted(server.host, error) from error
    except (imaplib.IMAP4.abort, OSError) as error:
        broken = "连接断了" if "socket error" in str(error) else _in_words(error)
        raise Lost(off_line(error) or broken) from error
    except imaplib.IMAP4.error as error:
        raise EditorialError(
            f"{server.host} 不肯给出邮件（{_in_words(error)}）",
            hint="请照它说的办，或问邮箱的管理员",
        ) from error


def _connected(server: ImapServer, context: ssl.SSLContext) -> imaplib.IMAP4:
    host, port, patience = server.host, imap_port(server), server.timeout
    if server.security is Security.TLS:
        return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=patience)
    box = imaplib.IMAP4(host, port, timeout=patience)
    if server.security is Security.STARTTLS:
        if "STARTTLS" not in box.capabilities:
            box.shutdown()
            hint = "在 mail.yaml 里改用 security: tls（多为 993 端口）"
            raise EditorialError(f"{host} 不提供 STARTTLS，没有登录", hint=hint)
        box.starttls(context)
    return box


def _log_in(box: imaplib.IMAP4, server: ImapServer, password: str) -> None:
    """Tried once: several wrong tries lock accounts."""
    if not server.user:
        return
    try:
        if "AUTH=PLAIN" in box.capabilities:
            secret = f"\0{server.user}\0{password}".encode()
            box.authenticate("PLAIN", lambda _: secret)
        else:
            box.login(_quoted(server.user), password)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeEncodeError) as error:
        raise EditorialError(
            f"{server.host} 不接受 {server.user} 的密码（{_in_words(error)}）",
            hint="只试了一次，免得账号被锁。改好 EDITORIAL_IMAP_PASSWORD 或钥匙串里的密码再收；"
            "许多邮箱要先在网页上开启 IMAP，用“授权码”作密码",
        ) from error
    if "ID" in box.capabilities:  # the large Chinese hosts open no folder to the nameless
        with suppress(imaplib.IMAP4.error):
            box.xatom("ID", '("name" "editorial")')


def _examined(box: imaplib.IMAP4, server: ImapServer) -> int:
    answer, said = box.select(_quoted(folder_name(server.folder)), readonly=True)
    if answer != "OK":
        raise EditorialError(
            f"信箱里打不开“{server.folder}”（{_in_words(said[-1])}）",
            hint="请核对 mail.yaml 的 imap 下的 folder；收件箱是 INBOX",
        )
    validity = box.response("UIDVALIDITY")[1]
    return int(validity[-1]) if validity and validity[-1] else 0


def _new(
    server: ImapServer,
    box: imaplib.IMAP4,
    mark: Mark,
    known: Callable[[Envelope], bool],
    since: date | None,
) -> Iterator[Fetched]:
    for envelope in _envelopes(box, _numbers(box, mark, since)):
        next_mark = replace(mark, uid=envelope.uid)
        if known(envelope):
            yield Fetched(mark=next_mark, envelope=envelope, data=None)
            continue
        cut = envelope.size > server.size * MIB
        data = _literal(box, envelope.uid, "BODY.PEEK[HEADER]" if cut else "BODY.PEEK[]")
        if data is not None:  # else somebody deleted it meanwhile
            yield Fetched(mark=next_mark, envelope=envelope, data=data, cut=cut)


def _numbers(box: imaplib.IMAP4, mark: Mark, since: date | None) -> list[int]:
    """UIDs not read yet, rising. `n:*` names the last mail even when it is below n."""
    asked = ["UID", f"{mark.uid + 1}:*"] if mark.uid else _from_day(since)
    _, found = box.uid("SEARCH", *asked)
    numbers = (int(each) for line in found if line for each in line.split())
    return sorted({each for each in numbers if each > mark.uid})


def _from_day(day: date | None) -> list[str]:
    return ["SINCE", f"{day.day}-{MONTHS[day.month - 1]}-{day.year}"] if day else ["ALL"]


AT_ONCE = 200
ASKED = "(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"


def _envelopes(box: imaplib.IMAP4, numbers: list[int]) -> Iterator[Envelope]:
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        _, said = box.uid("FETCH", ",".join(map(str, some)), ASKED)
        told = {each.uid: each for each in map(_envelope, _answers(said)) if each}
        yield from (told[uid] for uid in some if uid in told)


def _answers(said: list[bytes | tuple[bytes, bytes]]) -> Iterator[bytes]:
    """Each mail's answer in one piece; the library breaks it at its literals."""
    kept = b""
    for piece in said:
        if isinstance(piece, tuple):
            kept += b" ".join(piece)
        elif piece:
            yield kept + b" " + piece
            kept = b""


def _envelope(answer: bytes) -> Envelope | None:
    uid, size, at = _UID.search(answer), _SIZE.search(answer), _DATE.search(answer)
    message_id = _ID.search(answer)
    if uid is None:
        return None
    return Envelope(
        uid=int(uid[1]),
        size=int(size[1]) if size else 0,
        at=_moment(at[1].decode("ascii", "replace")) if at else None,
        message_id=message_id[0].decode("utf-8", "replace") if message_id else "",
    )


def _moment(text: str) -> datetime | None:
    """05-Mar-2020 09:30:00 +0800, whatever language this machine speaks."""
    found = re.match(r" ?(\d{1,2})-(\w{3})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)", text)
    if found is None or found[2].title() not in MONTHS:
        return None
    month = MONTHS.index(found[2].title()) + 1
    written = f"{found[3]}-{month:02}-{int(found[1]):02}T{found[4]}{found[5]}:{found[6]}"
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except ValueError:
        return None


def _literal(box: imaplib.IMAP4, uid: int, what: str) -> bytes | None:
    answer, said = box.uid("FETCH", str(uid), f"({what})")
    if answer != "OK":
        raise imaplib.IMAP4.error(said[-1])
    return next((piece[1] for piece in said if isinstance(piece, tuple)), None)


def _quoted(text: str) -> str:
    bare = "".join(char for char in text if char.isprintable())
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folder_name(name: str) -> str:
    """A folder in modified UTF-7 (RFC 3501, 5.1.3): 供稿 is &T5t6Pw-."""
    pieces = re.split(r"([^\x20-\x7e]+)", name)
    return "".join(
        _shifted(piece) if index % 2 else piece.replace("&", "&-")
        for index, piece in enumerate(pieces)
    )


def _shifted(piece: str) -> str:
    code = b64encode(piece.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
    return f"&{code}-"


def _in_words(said: object) -> str:
    raw = said.args[0] if isinstance(said, Exception) and said.args else said
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(said)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
