"""Reply, automatic reply, bounce or invitation: what a mail is by its own headers.

Automatic replies by RFC 3834, bounces by RFC 3464 and by what servers did before and beside it.
"""

from __future__ import annotations

import re

from editorial.model.incoming import Bounced
from editorial.model.returns import Kind
from editorial.read.mime import Part, parameters, read_part
from editorial.read.words import decoded
from editorial.values import dataclass

_AWAY = re.compile(
    r"^\W*(?:自动(?:回复|答复|應答|应答|回覆)|automatic reply|auto(?:matic)?[- ]?(?:reply|response)"
    r"|autoreply|out of (?:the )?office|不在办公室|休假自动|外出自动)",
    re.I,
)
_NOTICE = re.compile(r"^\s*(?:已读|未读|撤回|read|not read|recall)\s*[:：]", re.I)
_RETURNED = re.compile(
    r"退信|退回|未送达|无法送达|投递失败|undeliver|delivery (?:status notification|failure)"
    r"|delivery has failed|mail delivery failed|returned mail|failure notice"
    r"|non remis|mail system error",
    re.I,
)
_BY_MACHINE = re.compile(
    r"\W*(?:这是|此为|此邮件为|本邮件为|以下为|this is)?\s*(?:一封|系统|an )*\s*"
    r"(?:自动(?:回复|答复|应答)|auto(?:matic|mated)?[- ]?(?:reply|response))"
    r"(?:的?邮件|的?信息)?\s*?(?:[^\w\s]|\n|$)",
    re.I,
)
_TOLD_BACK = re.compile(
    r"退信原因|失败原因|拒收原因|未能(?:成功)?(?:投递|送达)|\b5\.\d{1,2}\.\d{1,2}\b"
)
_DAEMON = re.compile(r"^(?:mailer-?daemon|post-?master|mail-?daemon|mdaemon|bounces?)\b", re.I)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MESSAGE_ID = re.compile(r"^[>\s]*Message-ID:\s*(<[^<>\s]+>)", re.I | re.M)
_SUBJECT = re.compile(r"^[>\s]*Subject:[ \t]*(.+)$", re.I | re.M)
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", re.I)
_REASON = re.compile(r"(?:退信|失败|拒收)?原因(?:如下|是|为)?\s*[:：]?\s*([^。\n<]{4,})")
_SAID = re.compile(r"\b((?:5\d\d)[ -][^\n<]{4,})")
FAILED, DELAYED = "failed", "delayed"
INVITED = "日程邀请"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What a report of a mail server says. `action` is failed, delayed, delivered …"""

    action: str = ""
    bounced: tuple[Bounced, ...] = ()
    about: str = ""
    about_subject: str = ""

    @property
    def about_known(self) -> bool:
        return bool(self.action)


def kind_of(
    whole: Part, leaves: tuple[Part, ...], bounce: Bounce, text: str, *, files: bool
) -> tuple[Kind, str]:
    """The kind, and in words why it is no reply; `text` is what the mail says. With files
    enclosed it takes a strong sign to call a mail automatic: some offices' servers mark all
    their mail so."""
    if bounce.action == FAILED:
        whom = "、".join(each.recipient for each in bounce.bounced) or "收件人不明"
        return Kind.BOUNCE, f"退信：没有送到 {whom}"
    if bounce.action:
        return Kind.OTHER, REPORTS.get(bounce.action, "邮件服务器的通知")
    if whole.type == "multipart/report" and _report_type(whole) == "disposition-notification":
        return Kind.OTHER, "阅读回执"
    if _NOTICE.match(whole.text("subject")) and not files:
        return Kind.OTHER, "阅读回执或撤回通知"
    if _away(whole, text, files=files):
        return Kind.AUTO_REPLY, "自动答复"
    if not files and _calendar(leaves):
        return Kind.INVITATION, INVITED
    return Kind.REPLY, ""


REPORTS = {
    "delayed": "投递延迟，对方服务器还在重试",
    "delivered": "送达回执",
    "relayed": "已转给对方服务器的回执",
    "expanded": "已分发的回执",
}


def _report_type(whole: Part) -> str:
    return parameters(whole.field("content-type")).get("report-type", "").casefold()


def _away(whole: Part, text: str, *, files: bool) -> bool:
    submitted = whole.text("auto-submitted").partition(";")[0].strip().casefold()
    precedence = whole.text("precedence").casefold()
    strong = submitted in ("auto-replied", "auto-notified") or precedence == "auto_reply"
    names = {name for name, _ in whole.fields}
    strong = strong or bool(names & {"x-autoreply", "x-autorespond", "x-autoreply-from"})
    weak = submitted == "auto-generated" or precedence in ("bulk", "junk")
    weak = weak or "x-auto-response-suppress" in names or bool(_AWAY.match(whole.text("subject")))
    weak = weak or bool(_BY_MACHINE.match(text))
    return strong or (weak and not files)


def is_invitation(data: bytes) -> bool:
    """A calendar file (RFC 5545, 3.4), whatever it is called."""
    return bool(_CALENDAR.match(data[:64]))


def _calendar(leaves: tuple[Part, ...]) -> bool:
    return any(part.type == "text/calendar" or is_invitation(part.content()) for part in leaves)


def read_bounce(whole: Part, leaves: tuple[Part, ...]) -> Bounce | None:
    """None for what is no report of a mail server."""
    status = next((part for part in leaves if part.type == "message/delivery-status"), None)
    if status is not None:
        return _standard(status, leaves, whole)
    failed = whole.text("x-failed-recipients")
    daemon = _DAEMON.match(whole.text("from").rpartition("<")[2].strip("<> "))
    empty = whole.field("return-path").strip() == b"<>"
    told = bool(_RETURNED.search(whole.text("subject")))
    if failed or (told and (daemon or empty)):
        return _homely(whole, leaves, _words(leaves), failed)
    words = _words(leaves) if told and not any(part.file_name for part in leaves) else ""
    if _TOLD_BACK.search(words):  # by a machine that gives itself the name of a person
        return _homely(whole, leaves, words, "")
    return None


def _standard(status: Part, leaves: tuple[Part, ...], whole: Part) -> Bounce:
    """One block for the message, then one for each recipient (RFC 3464, 2.1)."""
    blocks = re.split(rb"(?:\r?\n){2,}", status.content().strip())
    readings = [read_part(block + b"\r\n\r\n") for block in blocks]
    people = [each for each in readings if each.field("action")]
    actions = [each.text("action").casefold() for each in people]
    failed = [each for each, action in zip(people, actions, strict=True) if action == FAILED]
    about, subject = _returned(leaves, whole)
    return Bounce(
        action=FAILED if failed else (actions or [DELAYED])[0],
        bounced=tuple(map(_recipient, failed)),
        about=about,
        about_subject=subject,
    )


def _recipient(block: Part) -> Bounced:
    named = block.text("original-recipient") or block.text("final-recipient")
    return Bounced(
        recipient=named.rpartition(";")[2].strip().casefold(),
        status=block.text("status"),
        words=block.text("diagnostic-code").partition(";")[2].strip(),
    )


def _returned(leaves: tuple[Part, ...], whole: Part) -> tuple[str, str]:
    """Message-ID and subject of the mail that came back, whole or its headers only."""
    for part in _returned_parts(whole):
        if part.field("message-id"):
            return part.text("message-id"), part.text("subject")
    words = "\n".join(
        decoded(part.content(), parameters(part.field("content-type")).get("charset", ""))
        for part in leaves
        if part.type.startswith(("text/", "message/"))
    )
    about, subject = _MESSAGE_ID.search(words), _SUBJECT.search(words)
    return about[1] if about else "", subject[1].strip() if subject else ""


def _returned_parts(part: Part) -> list[Part]:
    if part.type == "message/rfc822":
        return list(part.parts)
    if part.type == "text/rfc822-headers":
        return [read_part(part.content() + b"\r\n\r\n")]
    return [found for each in part.parts for found in _returned_parts(each)]


def _why(words: str) -> str:
    """What follows “原因”, or the server's own line; as much as a reader needs."""
    found = _REASON.search(words) or _SAID.search(words)
    return " ".join(found[1].split())[:120] if found else ""


def _words(leaves: tuple[Part, ...]) -> str:
    return "\n".join(
        decoded(part.content(), parameters(part.field("content-type")).get("charset", ""))
        for part in leaves
        if part.type in ("text/plain", "text/html")
    )


def _homely(whole: Part, leaves: tuple[Part, ...], words: str, failed: str) -> Bounce:
    """Bounces told in plain words: the first address named that is not the server's own."""
    ours = {each.casefold() for each in _ADDRESS.findall(whole.text("to") + whole.text("from"))}
    named = _ADDRESS.findall(failed) or [
        each for each in _ADDRESS.findall(words) if each.casefold() not in ours
    ]
    about, subject = _returned(leaves, whole)
    status = _STATUS.search(words)
    people = dict.fromkeys(each.casefold() for each in named[: 20 if failed else 1])
    return Bounce(
        action=FAILED,
        bounced=tuple(
            Bounced(recipient=p, status=status[0] if status else "", words=_why(words))
            for p in people
        ),
        about=about,
        about_subject=subject,
    )
