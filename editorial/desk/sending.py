"""发出: each letter by the way its unit prefers — mail, paper, hand, U盘, 微信 — exactly once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from editorial.desk.letter_mail import mail_of, same_ends
from editorial.desk.letter_papers import unchanged, unit_name
from editorial.desk.letters import find_letter, letters
from editorial.desk.mailing import (
    Outgoing,
    certificate,
    delivered,
    hand_over,
    letter_writes,
    prepare,
    settle,
)
from editorial.desk.number_twice import numbered_twice
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.outbox import outbox, outbox_folder
from editorial.desk.papers import MESSAGE, paper_of
from editorial.desk.print_queue import queue_folder, queue_paper
from editorial.desk.send_plan import Plan, Todo, Wish, chosen, last_mail, plan_for
from editorial.desk.send_results import Result, foretold, result_of
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.labels import DOUBTFUL, Channel, DeliveryState, LetterState
from editorial.model.letters import Delivery, Letter, letter_state, to_post
from editorial.model.mailbox import Mailbox
from editorial.model.volume import Step, Volume
from editorial.store import git
from editorial.store.in_use import remove
from editorial.store.mailbox import load_mailbox
from editorial.store.save import Message, put_output, save
from editorial.store.sendlog import SendLog, sending
from editorial.values import dataclass

Say: TypeAlias = Callable[[str], None]
ASK = Wish()
ACT = "letter send"
LAID = (Todo.DRAFT, Todo.PAPER, Todo.AGAIN)
PROBE = ".0.tmp"
FEW = 5  # letters named one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One result per letter asked for; `trouble` stopped the mail for all."""

    results: tuple[Result, ...]
    remarks: tuple[str, ...] = ()
    trouble: EditorialError | None = None
    commit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sending:
    """What every step needs."""

    desk: Desk
    volume: Volume
    mailbox: Mailbox
    by: str
    at: datetime
    wish: Wish
    say: Say


def send_letter(desk: Desk, letter_id: str, *, at: datetime, wish: Wish = ASK) -> Act:
    """One letter; EditorialError when it has not gone."""
    letter = find_letter(desk, letter_id)
    sent = send_letters(desk, (letter.id,), at=at, wish=wish)
    (result,) = sent.results
    if sent.trouble:
        raise sent.trouble
    if result.remains:
        raise EditorialError(result.words, hint=result.hint)
    done = f"函件：{result.letter.number} {result.words}" if not sent.commit else ""
    what = "放入发件箱，待寄出" if to_post(result.letter) else "发出"
    subject = f"函件：{what} {result.letter.number} 致{result.unit}"
    return Act(message=done or subject, commit=sent.commit, remarks=sent.remarks)


def send_letters(
    desk: Desk,
    ids: Sequence[str] = (),
    *,
    at: datetime,
    wish: Wish = ASK,
    everything: bool = False,
    batch: str = "",
    dry: bool = False,
    progress: Say = lambda _: None,
) -> Sent:
    """The letters named, a batch, or all that are signed; what one lacks stops no other.

    One that goes by mail is prepared in one commit, handed over, and its receipt is another;
    run again after any break, only what has surely not gone is sent again. `dry` only tells.
    `progress` hears of each receipt.
    """
    volume = loaded(desk).volume
    names = frozenset(find_letter(desk, each).id for each in ids)
    work = _Sending(
        desk=desk,
        volume=volume,
        mailbox=load_mailbox(desk.workspace.files),
        by=name_of(actor(desk, volume)),
        at=at,
        wish=wish,
        say=progress,
    )

    def plans() -> tuple[Plan, ...]:
        found = chosen(letters(desk), names, wish, everything=everything, batch=batch)
        twice = {each.letter.source: each for each in numbered_twice(desk)}
        return tuple(
            plan_for(volume, work.mailbox, each, wish, at, twice.get(each.source)) for each in found
        )

    if dry:
        return Sent(results=tuple(map(foretold, plans())))
    with sending(desk.workspace, desk.volume_id) as log:
        remarks = _taken_up(work, log)
        return _carried_out(work, log, plans(), remarks)


def _taken_up(work: _Sending, log: SendLog) -> tuple[str, ...]:
    """What a broken run has left: its receipts, then what the server itself kept of it."""
    settled = settle(work.desk, log, work.by, final=True)
    told = (f"上次中断，有{len(settled)}封现已补记结果",) if settled else ()
    return (*told, *_looked_up(work))


def _looked_up(work: _Sending) -> tuple[str, ...]:
    """Letters in doubt that lie in the server's own folder of sent mail have gone."""
    from editorial.post.password import password_for
    from editorial.post.sent_folder import sent_ids

    imap = work.mailbox.imap
    doubtful = [each for each in letters(work.desk) if _in_doubt(each)]
    if imap is None or not imap.sent or not doubtful:
        return ()
    since = min(each.deliveries[-1].at.date() for each in doubtful)
    try:
        ca = certificate(work.desk, imap.ca)
        ids = sent_ids(imap, password=password_for(imap), ca=ca, since=since)
    except EditorialError as error:
        return (f"没能查信箱里的“{imap.sent}”：{error.message}",)
    found = [each for each in doubtful if each.deliveries[-1].message_id in ids]
    words = f"在信箱的“{imap.sent}”里查到"
    if found:
        changed = [delivered(each, DeliveryState.SENT, words, work.by) for each in found]
        _commit(work, changed, {})
    return (f"{words}{len(found)}封，下落不明的还有{len(doubtful) - len(found)}封",)


def _in_doubt(letter: Letter) -> bool:
    return bool(letter.deliveries) and letter.deliveries[-1].state in DOUBTFUL


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A plan with the letter as it will be, its papers, and its message if it has one."""

    plan: Plan
    letter: Letter
    papers: Mapping[str, bytes]
    message: bytes = b""


def _carried_out(
    work: _Sending, log: SendLog, plans: tuple[Plan, ...], remarks: tuple[str, ...]
) -> Sent:
    before = git.head(work.desk.root)
    made = [_made(work, plan) for plan in plans]
    _can_be_laid_out(work, made)
    at_once = [each for each in made if each.letter is not each.plan.letter and not _mails(each)]
    if at_once:
        messages = {_message_path(each.letter): each.message for each in at_once if each.message}
        _commit(work, [each.letter for each in at_once], messages)
    told = _taken_out(work, made)
    trouble = _mailed(work, log, [each for each in made if _mails(each)])
    after = {each.id: each for each in letters(work.desk)}
    results = tuple(result_of(each.plan, after[each.letter.id], trouble) for each in made)
    head = git.head(work.desk.root)
    return Sent(
        results=results,
        remarks=(*remarks, *told),
        trouble=trouble,
        commit=head if head != before else "",
    )


def _mails(made: _Made) -> bool:
    return made.plan.todo is Todo.MAIL and made.plan.trouble is None


def _made(work: _Sending, plan: Plan) -> _Made:
    """Every paper is compared with the manifest; one that differs, or a day on which it cannot
    have gone, stops only its own letter."""
    letter = plan.letter
    if plan.trouble or plan.todo is Todo.NOTHING:
        return _Made(plan=plan, letter=letter, papers={})
    try:
        if plan.todo is Todo.MARK:
            return _Made(plan=plan, letter=_marked(work, letter), papers={})
        folder = _folder(work.desk, letter)
        found = {paper.name: unchanged(folder, paper) for paper in letter.papers}
        papers = {name: data for name, data in found.items() if name != MESSAGE}
        if plan.todo is Todo.AGAIN:
            return _Made(plan=plan, letter=letter, papers=papers, message=found.get(MESSAGE, b""))
        if plan.todo in (Todo.MAIL, Todo.DRAFT):
            return _with_mail(work, plan, papers, found.get(MESSAGE, b""))
        return _Made(plan=plan, letter=_handed(work, plan), papers=papers)
    except EditorialError as trouble:
        return _Made(plan=replace(plan, trouble=trouble), letter=letter, papers={})


def _with_mail(work: _Sending, plan: Plan, papers: dict[str, bytes], kept: bytes) -> _Made:
    """The message kept of an earlier try goes again byte for byte, unless its ends changed."""
    letter, draft = plan.letter, plan.todo is Todo.DRAFT
    mail = mail_of(work.desk, work.volume, work.mailbox, letter, papers, to=plan.to, at=work.at)
    last = last_mail(letter)
    if not draft and kept and last and same_ends(kept, mail.data):
        mail = replace(mail, data=kept)
    paper = paper_of(MESSAGE, mail.data)
    delivery = Delivery(
        at=work.at,
        channel=Channel.MAIL,
        state=DeliveryState.LAID_OUT if draft else DeliveryState.PREPARED,
        to=mail.to,
        message_id=mail.message_id,
        sha256=paper.sha256,
        note="放入发件箱" if draft else "",
    )
    others = tuple(each for each in letter.papers if each.name != MESSAGE)
    changed = replace(
        _dispatched(work, letter, delivery) if draft else _tried(letter, delivery),
        papers=(*others, paper),
    )
    return _Made(plan=plan, letter=changed, papers=papers, message=mail.data)


def _marked(work: _Sending, letter: Letter) -> Letter:
    """Somebody says that it has gone: from his mail program, or what was in doubt."""
    laid_out = to_post(letter)
    words = "已从邮件程序寄出" if laid_out else "人工核实已发出"
    marked = delivered(letter, DeliveryState.SENT, words, work.by)
    if not (laid_out and work.wish.on):
        return marked
    at = datetime.combine(_day(work, letter, work.wish.on), work.at.timetz())
    return replace(
        marked, deliveries=(*marked.deliveries[:-1], replace(marked.deliveries[-1], at=at))
    )


def _day(work: _Sending, letter: Letter, on: date) -> date:
    """A day on which it can have been given out."""
    if on > work.at.date():
        raise EditorialError(f"{chinese_day(on)}还没有到", hint="--on 写交出的那一天")
    if letter.signed and on < letter.signed:
        days = f"{chinese_day(on)}早于签发日期{chinese_day(letter.signed)}"
        raise EditorialError(f"交出的日期{days}", hint="请核对 --on")
    return on


def _handed(work: _Sending, plan: Plan) -> Letter:
    """By paper or from hand to hand; the first paper names what was handed over."""
    on = _day(work, plan.letter, work.wish.on or work.at.date())
    delivery = Delivery(
        at=datetime.combine(on, work.at.timetz()),
        channel=plan.channel or Channel.PAPER,
        to=plan.to,
        sha256=plan.letter.papers[0].sha256 if plan.letter.papers else "",
        note=plan.words or "放入打印队列",
    )
    return _dispatched(work, plan.letter, delivery)


def _tried(letter: Letter, delivery: Delivery) -> Letter:
    """With one more delivery; it takes the place of tries that never reached the server."""
    kept = [each for each in letter.deliveries if each.state is not DeliveryState.POSTPONED]
    return replace(letter, deliveries=(*kept, delivery))


def _dispatched(work: _Sending, letter: Letter, delivery: Delivery) -> Letter:
    """With one more delivery that was made; the first one makes it 发出."""
    history = letter.history
    if letter_state(letter) is LetterState.APPROVED:
        history = (*history, Step(at=delivery.at, by=work.by, to=LetterState.SENT.value))
    return replace(_tried(letter, delivery), history=history)


def _mailed(work: _Sending, log: SendLog, made: Sequence[_Made]) -> EditorialError | None:
    """Nothing is prepared while something is lacking that no letter can go without."""
    from editorial.post.password import password_for

    smtp = work.mailbox.smtp
    if smtp is None or not made:
        return None
    try:
        password = password_for(smtp)
        certificate(work.desk, smtp.ca)
    except EditorialError as lacking:
        return lacking
    outgoing = [Outgoing(letter=each.letter, message=each.message) for each in made]
    subject = f"函件：备发 {_names(work, [each.letter for each in made])}"
    prepare(work.desk, log, outgoing, Message(subject=subject, act=ACT, by=work.by))
    return hand_over(work.desk, log, smtp, password, outgoing, work.by, work.say)


def _commit(work: _Sending, changed: Sequence[Letter], papers: Mapping[str, bytes]) -> None:
    what = "放入发件箱，待寄出" if all(map(to_post, changed)) else "发出"
    message = Message(subject=f"函件：{what} {_names(work, changed)}", act=ACT, by=work.by)
    save(work.desk.workspace, letter_writes(work.desk, changed, papers), message)


def _names(work: _Sending, some: Sequence[Letter]) -> str:
    if len(some) == 1:
        return f"{some[0].number} 致{unit_name(work.volume, some[0].unit)}"
    return f"{some[0].number}等{len(some)}封"


def _can_be_laid_out(work: _Sending, made: Sequence[_Made]) -> None:
    """Before anything is committed: refused when the files could not be put where they belong."""
    laid = [each for each in made if each.plan.trouble is None and each.plan.todo in LAID]
    box, queue = outbox_folder(work.desk), queue_folder(work.desk)
    for folder in {queue if _by_paper(each.plan) else box for each in laid}:
        try:
            put_output(folder / PROBE, b"", work.desk.workspace)
        except EditorialError as error:
            raise EditorialError(error.message, where=str(folder), hint=error.hint) from error
        remove(folder / PROBE)


def _taken_out(work: _Sending, made: Sequence[_Made]) -> tuple[str, ...]:
    """As `_laid_out`; when that fails, the letters are committed all the same, and it says so."""
    try:
        return _laid_out(work, made)
    except EditorialError as error:
        able = [each for each in made if each.plan.trouble is None]
        laid = [each.letter for each in able if each.plan.todo in LAID]
        remedy = f"再执行 editorial letter send {_which(laid)}，文件会再放一次"
        raise EditorialError(
            f"{_names(work, laid)}已经记好，但要寄的文件没有全部放好",
            where=error.where,
            hint="；".join(filter(None, (error.hint, remedy))),
        ) from error


def _which(some: Sequence[Letter]) -> str:
    """As one types it."""
    batches = {each.batch for each in some}
    if len(some) > FEW and len(batches) == 1 and "" not in batches:
        return f"--batch {batches.pop()}"
    return " ".join(each.id for each in some)


def _laid_out(work: _Sending, made: Sequence[_Made]) -> tuple[str, ...]:
    """What people take from here themselves, once it is committed; can be laid out again."""
    able = [each for each in made if each.plan.trouble is None]
    printed = [each for each in able if _by_paper(each.plan)]
    drafts = [each for each in able if each not in printed and each.plan.todo in LAID]
    remarks = [
        remark
        for each in printed
        for remark in queue_paper(work.desk, work.volume, each.letter, each.papers, each.plan.to)
    ]
    for each in drafts:
        put_output(outbox(work.desk, each.letter), each.message, work.desk.workspace)
    whose = "、".join(f"{each.letter.id} {each.plan.unit}" for each in printed)
    told = [f"打印队列：{queue_folder(work.desk)}（{whose}）"] if printed else []
    return (*told, *dict.fromkeys(remarks), *_to_post(work, drafts))


def _by_paper(plan: Plan) -> bool:
    return plan.todo in LAID and plan.channel is Channel.PAPER


def _to_post(work: _Sending, drafts: Sequence[_Made]) -> tuple[str, ...]:
    """Where the drafts lie, and that they have not gone yet."""
    if not drafts:
        return ()
    first = drafts[0].letter.id
    place = outbox(work.desk, drafts[0].letter)
    where, many = (place, "") if len(drafts) == 1 else (place.parent, f"（{len(drafts)}封）")
    words = (each.plan.words for each in drafts if each.plan.todo is Todo.DRAFT)
    batch = {each.letter.batch for each in drafts}
    named = f"--batch {min(batch)}" if len(batch) == 1 and min(batch) and many else "--all"
    which = named if many else first
    return (
        f"发件箱：{where}{many}",
        *dict.fromkeys(each for each in words if each),
        "还没有寄出：双击，在 Outlook、Foxmail 里打开，看过再按“发送”",
        f"寄出以后记一笔：editorial letter send {which} --sent",
    )


def _folder(desk: Desk, letter: Letter) -> Path:
    assert letter.source is not None
    return (desk.root / letter.source.path).parent


def _message_path(letter: Letter) -> str:
    assert letter.source is not None
    return f"{letter.source.path.rpartition('/')[0]}/{MESSAGE}"
