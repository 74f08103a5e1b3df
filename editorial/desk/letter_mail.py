"""The mail of a letter: who it is from and to, and the message itself."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address

from editorial.desk.compose import compose, mail_body
from editorial.desk.letter_papers import draft_name
from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.letters import Letter
from editorial.model.mailbox import Mailbox
from editorial.model.volume import Volume
from editorial.post.outbox import build_message
from editorial.post.parcel import parcel_of
from editorial.store.looks import load_letter_style
from editorial.values import dataclass

NOWHERE = "editorial.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """`data` is the message as it is kept; `to` the address it goes to, "" for a draft."""

    to: str
    message_id: str
    data: bytes


def sender_of(volume: Volume, mailbox: Mailbox) -> str:
    """The office as a mail names it, "" when nobody has told its address."""
    address = mailbox.sender.mail or volume.info.office.mail
    name = mailbox.sender.name or volume.info.office.name
    if not address:
        return ""
    try:
        return str(Address(display_name=name, addr_spec=address))
    except (ValueError, IndexError) as error:
        hint = "在 styles/mail.yaml 的 sender 下，或 volume.yaml 的 office 下改正 mail"
        raise EditorialError(f"发件人的邮箱写法不对：{address}", hint=hint) from error


def mail_of(
    desk: Desk,
    volume: Volume,
    mailbox: Mailbox,
    letter: Letter,
    papers: dict[str, bytes],
    *,
    to: str,
    at: datetime,
) -> Mail:
    """A new message with these papers. Its id is that of any earlier try, so that a second
    copy can be told for what it is."""
    style = load_letter_style(desk.workspace.files, letter.kind.value)
    sheet = compose(volume, letter, style, draft_name(desk))
    sender = sender_of(volume, mailbox)
    token = f"{desk.volume_id}/{letter.id}"
    message_id = _earlier_id(letter) or _new_id(desk, letter, sender)
    data = build_message(
        sender=sender,
        to=to,
        subject=f"{letter.title}（{letter.number}）[{token}]",
        body=mail_body(sheet, letter.due),
        attachments=tuple(papers.items()),
        date=at,
        message_id=message_id,
        headers={"X-Editorial-Letter": token},
    )
    return Mail(to=to, message_id=message_id, data=data)


def same_ends(kept: bytes, fresh: bytes) -> bool:
    """Whether both go from and to the same addresses. EditorialError when `fresh` can go nowhere;
    one kept that could not, a draft whose reader was to fill it in, is not the same."""
    new = parcel_of("", fresh)
    try:
        old = parcel_of("", kept)
    except EditorialError:
        return False
    return (old.sender, old.to) == (new.sender, new.to)


def _earlier_id(letter: Letter) -> str:
    return next((each.message_id for each in letter.deliveries if each.message_id), "")


def _new_id(desk: Desk, letter: Letter, sender: str) -> str:
    domain = sender.rpartition("@")[2].rstrip(">") or NOWHERE
    return f"<{desk.volume_id}.{letter.id}.{letter.papers[0].sha256[:16]}@{domain}>"
