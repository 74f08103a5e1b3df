"""What is to be done to send a letter, or what stands in the way; nothing is done here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import Enum, auto

from editorial.desk.letter_mail import sender_of
from editorial.desk.letter_papers import unit_name
from editorial.desk.number_twice import Twice
from editorial.desk.papers import MESSAGE
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.labels import DOUBTFUL, Channel, DeliveryState, LetterState
from editorial.model.letters import Delivery, Letter, letter_state, to_post
from editorial.model.mailbox import Mailbox
from editorial.model.names import nearest
from editorial.model.people import Contact, contact_on
from editorial.model.volume import Volume
from editorial.values import dataclass

WAYS = (Channel.MAIL, Channel.PAPER, Channel.HAND, Channel.USB, Channel.CHAT)
GUARDED = frozenset({Channel.MAIL, Channel.CHAT})
GIVEN = {
    Channel.HAND: "当面交",
    Channel.USB: "U盘交",
    Channel.CHAT: "微信发给",
}


class Todo(Enum):
    """MAIL: over SMTP. DRAFT: into the outbox. PAPER: into the print queue. GIVE: only
    registered. MARK: a mail in doubt is said to have gone. AGAIN: files are laid out again.
    NOTHING: it has gone already."""

    MAIL = auto()
    DRAFT = auto()
    PAPER = auto()
    GIVE = auto()
    MARK = auto()
    AGAIN = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for. Without `channel` it is the one the unit prefers; `to` who it was
    given to and `on` when; `resend` a mail that may have arrived, `sent`: that it did."""

    channel: Channel | None = None
    to: str = ""
    on: date | None = None
    resend: bool = False
    sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`trouble` stands in the way, and then nothing is to be done."""

    letter: Letter
    unit: str
    channel: Channel | None = None
    to: str = ""
    todo: Todo = Todo.NOTHING
    words: str = ""
    trouble: EditorialError | None = None


def plan_for(
    volume: Volume,
    mailbox: Mailbox,
    letter: Letter,
    wish: Wish,
    at: datetime,
    twice: Twice | None = None,
) -> Plan:
    """What to do with one letter; `twice` when another bears its 发文字号 by right."""
    unit = unit_name(volume, letter.unit)
    contact = _contact(volume, letter, at.date())
    channel = wish.channel or (contact.channel if contact else None) or Channel.MAIL
    plan = Plan(letter=letter, unit=unit, channel=channel)
    try:
        _refuse_twice(letter, wish, twice)
        return _planned(volume, mailbox, plan, contact, wish)
    except EditorialError as trouble:
        return Plan(letter=letter, unit=unit, channel=channel, trouble=trouble)


def _refuse_twice(letter: Letter, wish: Wish, twice: Twice | None) -> None:
    """What has gone out of the outbox all the same is to be said."""
    waits = letter_state(letter) is LetterState.APPROVED or (to_post(letter) and not wish.sent)
    if twice and waits:
        raise EditorialError(f"{twice.words}，不能发出", hint=twice.hint)


def _contact(volume: Volume, letter: Letter, day: date) -> Contact | None:
    unit = next((each for each in volume.units if each.id == letter.unit), None)
    return contact_on(unit, day) if unit else None


def _planned(
    volume: Volume, mailbox: Mailbox, plan: Plan, contact: Contact | None, wish: Wish
) -> Plan:
    letter, channel = plan.letter, plan.channel
    _may_go(letter)
    if wish.sent:
        return _marked(plan)
    if letter_state(letter) is LetterState.SENT and not _asked_anew(letter, wish):
        return _gone(mailbox, plan)
    _guard_secret(letter, channel)
    if channel is Channel.MAIL:
        return _by_mail(volume, mailbox, plan, contact, wish)
    if channel is Channel.PAPER:
        return replace(plan, to=wish.to or plan.unit, todo=Todo.PAPER)
    return _given(plan, contact, wish)


def _may_go(letter: Letter) -> None:
    now, name = letter_state(letter), letter.number or letter.id
    if now not in (LetterState.APPROVED, LetterState.SENT):
        raise EditorialError(f"函件{name}现为“{now.label}”，不能发出", hint="须先处于：签发")
    if now is LetterState.APPROVED and not letter.papers:
        hint = "请作废本函，另拟并签发"
        raise EditorialError("这封函没有登记印出的文件，不能发出", hint=hint)


def last_mail(letter: Letter) -> Delivery | None:
    found = [each for each in letter.deliveries if each.channel is Channel.MAIL]
    return found[-1] if found else None


def _marked(plan: Plan) -> Plan:
    last = plan.letter.deliveries[-1] if plan.letter.deliveries else None
    if last is None or not _markable(plan.letter):
        hint = "不要写 --sent"
        raise EditorialError("这封函没有待寄出或下落不明的邮件，不能补记已发", hint=hint)
    return replace(plan, channel=last.channel, to=last.to, todo=Todo.MARK)


def _markable(letter: Letter) -> bool:
    return to_post(letter) or (bool(letter.deliveries) and letter.deliveries[-1].state in DOUBTFUL)


def _asked_anew(letter: Letter, wish: Wish) -> bool:
    """A letter that has gone goes once more only when told so, or by another way."""
    ways = {each.channel for each in letter.deliveries} or {Channel.MAIL}
    return wish.resend or (wish.channel is not None and wish.channel not in ways)


def _gone(mailbox: Mailbox, plan: Plan) -> Plan:
    """The files are laid out again where somebody still has to take them: that was the last step
    of all."""
    letter = plan.letter
    last = letter.deliveries[-1] if letter.deliveries else None
    way = last.channel if last else Channel.MAIL
    done = "放入发件箱，还没有记寄出" if to_post(letter) else "发出"
    words = f"{chinese_day(last.at.date())}已{done}" if last else "已发出"
    if way is Channel.MAIL and not to_post(letter):
        words += "；对方没有收到的，写 --resend 再发一次"
    elif way is Channel.MAIL and mailbox.smtp is not None:
        words += "；已从邮件程序寄出的，写 --sent 记一笔；要程序现在发，写 --resend"
    kept = any(paper.name == MESSAGE for paper in letter.papers)
    draft = to_post(letter) and mailbox.smtp is None and kept
    todo = Todo.AGAIN if draft or way is Channel.PAPER else Todo.NOTHING
    return replace(plan, channel=way, to=last.to if last else "", todo=todo, words=words)


def _guard_secret(letter: Letter, channel: Channel | None) -> None:
    if letter.secrecy and channel in GUARDED:
        raise EditorialError(
            f"本函标有密级“{letter.secrecy.label}”，不得用邮件、微信发送",
            hint="改走纸质（--by paper）或专人送达（--by hand --to 姓名）",
        )


def _by_mail(
    volume: Volume, mailbox: Mailbox, plan: Plan, contact: Contact | None, wish: Wish
) -> Plan:
    to = contact.mail if contact else ""
    if mailbox.smtp is None:
        words = "" if to else f"{plan.unit}没有联系邮箱，收件人请在邮件程序里填写"
        return replace(plan, to=to, todo=Todo.DRAFT, words=words)
    if not to:
        lacking = "的联络员没有邮箱" if contact else "当天没有有效的联络员"
        raise EditorialError(
            f"{plan.unit}{lacking}",
            hint="在 units.yaml 里补上，或改走纸质（--by paper）、当面（--by hand）",
        )
    if not sender_of(volume, mailbox):
        hint = "在 styles/mail.yaml 的 sender 下写 mail，或在 volume.yaml 的 office 下写 mail"
        raise EditorialError("没有发件人的邮箱", hint=hint)
    if not wish.resend:
        _never_twice(plan.letter, to)
    return replace(plan, to=to, todo=Todo.MAIL)


def _never_twice(letter: Letter, to: str) -> None:
    last = last_mail(letter)
    if last is None:
        return
    if last.state in DOUBTFUL:
        raise EditorialError(
            f"上次是否已发出不明（{last.error or '这台电脑上没有那次的记录'}）",
            hint="先问对方或查邮箱的“已发送”：收到了写 --sent，没收到写 --resend"
            f"（两封的 Message-ID 相同：{last.message_id}）",
        )
    if last.state is DeliveryState.REFUSED and last.to == to:
        raise EditorialError(
            f"上次被拒收：{last.error}",
            hint="在 units.yaml 里改正邮箱再发；确知可以再试，写 --resend",
        )


def _given(plan: Plan, contact: Contact | None, wish: Wish) -> Plan:
    """By hand, U盘 or chat: somebody has done it, and only says so here."""
    channel = plan.channel
    assert channel is not None
    if channel not in GIVEN:
        hint = "电话说不清一封函，请用 --by mail、paper、hand、usb 或 chat 指明"
        raise EditorialError(f"{plan.unit}首选{channel.label}，不能这样发函", hint=hint)
    if wish.channel is None:
        raise EditorialError(
            f"{plan.unit}首选{channel.label}，要人去办",
            hint=f"办完后用 letter send {plan.letter.id} --by {channel.value} 登记，"
            "--to 写交给谁，--on 写哪天",
        )
    to = wish.to or (contact.name if contact else "")
    if not to:
        raise EditorialError("没有写交给谁", hint="用 --to 写接收人的姓名")
    return replace(plan, to=to, todo=Todo.GIVE, words=f"{GIVEN[channel]}{to}")


def chosen(
    letters: Sequence[Letter], ids: frozenset[str], wish: Wish, *, everything: bool, batch: str
) -> tuple[Letter, ...]:
    """The letters named, those of a batch that are alive, or all that are signed; all that lie
    in the outbox, when they are said to have gone."""
    if batch:
        found = [each for each in letters if each.batch == batch]
        alive = [each for each in found if letter_state(each) is not LetterState.VOID]
        if not found:
            known = sorted({each.batch for each in letters if each.batch})
            raise EditorialError(f"没有“{batch}”这一批函", hint=f"现有：{nearest(batch, known)}")
        return tuple(each for each in alive if not wish.sent or _markable(each))
    if everything and wish.sent:
        return tuple(filter(to_post, letters))
    if everything:
        return tuple(each for each in letters if letter_state(each) is LetterState.APPROVED)
    return tuple(each for each in letters if each.id in ids)
