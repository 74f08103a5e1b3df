"""来件: what came in by mail, in a folder or by hand, until it is known whose answer it is.

Nothing received is ever dropped: what cannot be matched waits in the tray, what is no answer
at all (an automatic reply, a bounce) is kept with the reason.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from editorial.model.labels import Answer, Channel, Labelled
from editorial.model.letters import Paper
from editorial.model.volume import Source, Step, from_file
from editorial.values import dataclass


class ReturnState(Labelled):
    """A return waits, belongs to a letter, has been decided upon, or is set aside."""

    UNMATCHED = "unmatched", "待认领"
    MATCHED = "matched", "待处理"
    DONE = "done", "已处理"
    ASIDE = "aside", "搁置"


class Kind(Labelled):
    """What a message is, by its own headers (RFC 3834, RFC 3464)."""

    REPLY = "reply", "回件"
    AUTO_REPLY = "auto_reply", "自动答复"
    BOUNCE = "bounce", "退信"
    INVITATION = "invitation", "日程邀请"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReply:
    """What a unit wrote beside one numbered item of the list sent to it."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """`id` is the folder name under returns/. `letter` is empty while it waits; `matched_by`
    says how its letter was found (文件标记, 主题编号, 往来邮件, 发文字号, 发件人, 内容, 人工),
    `candidates` which letters it may be about when that is not sure. `reason`: why it was set
    aside. `of` is the id of the other return this one repeats or is older than. `told` is what
    an editor should know; `written` when the newest document in it was last saved, `edition`
    the draft it was written in. `whole` is the SHA-256 of the mail as it came, where its large
    files are kept beside it instead of within."""

    id: str = field(default="", metadata={"stored": False})
    at: datetime
    channel: Channel
    kind: Kind = Kind.REPLY
    sender: str = ""
    subject: str = ""
    message_id: str = ""
    letter: str = ""
    matched_by: str = ""
    candidates: tuple[str, ...] = field(default=(), metadata={"flow": True})
    of: str = ""
    reason: str = ""
    told: tuple[str, ...] = ()
    written: datetime | None = None
    edition: str = ""
    answer: Answer | None = None
    until: date | None = None
    pass_to: str = ""
    items: tuple[ItemReply, ...] = field(default=(), metadata={"flow": True})
    whole: str = ""
    papers: tuple[Paper, ...] = field(default=(), metadata={"flow": True})
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


def came_as(paper: Return) -> str:
    """SHA-256 of what came in, "" when nothing is kept of it."""
    return paper.whole or (paper.papers[0].sha256 if paper.papers else "")


def return_state(paper: Return) -> ReturnState:
    return ReturnState(paper.history[-1].to) if paper.history else ReturnState.UNMATCHED
