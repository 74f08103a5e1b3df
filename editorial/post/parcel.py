"""What goes to a mail server, and what comes back: one receipt for every message."""

from __future__ import annotations

from email.headerregistry import AddressHeader
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import SMTP
from typing import TypeAlias

from editorial.errors import EditorialError
from editorial.model.labels import DeliveryState
from editorial.values import dataclass

DRAFT_MARK = b"x-unsent:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A message with its envelope. `key` is whatever the caller knows it by."""

    key: str
    sender: str
    to: tuple[str, ...]
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """Said just before the last dot: from here until the receipt nobody knows."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """SENT: taken. REFUSED, POSTPONED: surely not taken, for good or for now. UNSURE: the
    connection broke after the last dot. `words` say why; of a message taken, who was left out."""

    key: str
    state: DeliveryState
    words: str = ""


Event: TypeAlias = Handing | Receipt


def parcel_of(key: str, message: bytes) -> Parcel:
    """The kept message as it goes out, byte for byte but for its mark as a draft.

    The envelope is read from its own headers. EditorialError when it has no sender or
    recipient, or holds what a plain SMTP server could spoil.
    """
    headers = BytesHeaderParser(policy=SMTP).parsebytes(message)
    sender = _addresses(headers, "From")
    to = _addresses(headers, "To")
    if not sender:
        hint = "在 styles/mail.yaml 的 sender 下写 mail，或在 volume.yaml 的 office 下写 mail"
        raise EditorialError("没有发件人的邮箱", hint=hint)
    if not to:
        raise EditorialError("没有收件人的邮箱", hint="在 units.yaml 里补上联络员的 mail")
    if not message.isascii():
        raise EditorialError("留存的邮件里有未编码的字，服务器可能改坏它", hint="请重新生成")
    return Parcel(key=key, sender=sender[0], to=to, data=unmarked(message))


def unmarked(message: bytes) -> bytes:
    """Without the line that lets mail programs open it as a draft."""
    head, gap, body = message.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(DRAFT_MARK)]
    return b"\r\n".join(lines) + gap + body


def _addresses(headers: Message, name: str) -> tuple[str, ...]:
    header = headers.get(name)
    if not isinstance(header, AddressHeader):
        return ()
    return tuple(dict.fromkeys(address.addr_spec for address in header.addresses))
