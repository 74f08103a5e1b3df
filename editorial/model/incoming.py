"""What a mail says, once read: of no use to the record, all of use in finding its letter."""

from __future__ import annotations

from datetime import datetime

from editorial.model.returns import Kind
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """One file that came along, under a name that is safe on any disk. `reason`: why the
    program cannot look into it; it is kept all the same."""

    name: str
    data: bytes
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """One recipient that a mail did not reach (RFC 3464, 2.3). `status` such as 5.1.1."""

    recipient: str
    status: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A mail. `sender` is the bare address, `name` what stands before it; `replies_to` the
    Message-IDs of In-Reply-To and References, the nearest first; `inner` the mails forwarded
    within it. Of a bounce, `about` is the Message-ID and `about_subject` the subject of what
    came back. `reason` tells why it is no plain reply."""

    sender: str = ""
    name: str = ""
    subject: str = ""
    at: datetime | None = None
    message_id: str = ""
    replies_to: tuple[str, ...] = ()
    text: str = ""
    enclosed: tuple[Enclosed, ...] = ()
    kind: Kind = Kind.REPLY
    reason: str = ""
    bounced: tuple[Bounced, ...] = ()
    about: str = ""
    about_subject: str = ""
    inner: tuple[Incoming, ...] = ()
