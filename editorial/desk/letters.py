"""公函: the register, and the steps from 核稿 to 办结 but 签发 (signing) and 发出 (sending)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from editorial.desk.letter_papers import unit_name
from editorial.desk.mailing import letter_writes
from editorial.desk.number_twice import numbered_twice
from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.desk.outbox import take_back
from editorial.desk.papers import paper_of
from editorial.desk.replies import also_answered, closed, with_reply
from editorial.errors import EditorialError, unreadable
from editorial.model.dates import chinese_day
from editorial.model.labels import DOUBTFUL, PROMISES, Answer, LetterState
from editorial.model.letter_selection import LETTERS, Shown
from editorial.model.letters import (
    BEFORE_SENT,
    Letter,
    Reply,
    has_gone,
    letter_state,
    standing,
    to_post,
)
from editorial.model.names import fit_name, nearest
from editorial.model.private import tells_reach
from editorial.model.response import chain_of, exchanges, sent_on
from editorial.model.selection import holds, parse_terms
from editorial.model.volume import Step, Volume
from editorial.store.registers import load_letters
from editorial.store.save import Message

VERBS = {
    LetterState.CLOSED: "close",
    LetterState.VOID: "void",
}


def letters(desk: Desk) -> tuple[Letter, ...]:
    return load_letters(desk.workspace.files, desk.volume_id)


def wanted_letters(desk: Desk, where: str, day: date) -> tuple[Letter, ...]:
    """Those that all terms hold for; overdue are those still waited for past their day."""
    terms = parse_terms(where, LETTERS)
    known = letters(desk)
    if not terms:
        return known
    units = {unit.id: unit for unit in loaded(desk).volume.units}
    late = late_letters(known, day)
    rows = (Shown(letter=each, late=each.id in late) for each in known)
    return tuple(row.letter for row in rows if holds(terms, row, units, LETTERS))


def late_letters(known: Sequence[Letter], day: date) -> frozenset[str]:
    """The ids of those still waited for past their day, and of the letters that chase them."""
    return frozenset(
        letter.id
        for each in exchanges(known, day)
        if each.open and each.asked and each.due < day
        for letter in (each.letter, *each.reminders)
    )


def find_letter(desk: Desk, letter_id: str) -> Letter:
    """By folder (0001), by its digits (1), by 发文字号, or as its token names it."""
    letter_id = letter_id.removeprefix(f"{desk.volume_id}/")
    known = letters(desk)
    for letter in known:
        same = letter_id.isdecimal() and letter.id.isdecimal() and int(letter_id) == int(letter.id)
        if letter_id and (same or letter_id in (letter.id, letter.number)):
            return letter
    near = nearest(letter_id, [letter.id for letter in known])
    raise EditorialError(f"没有函件“{letter_id}”", hint=f"现有：{near}")


def letter_path(desk: Desk, letter_id: str) -> str:
    return f"volumes/{desk.volume_id}/letters/{letter_id}/letter.yaml"


def drafters(letter: Letter) -> frozenset[str]:
    """Who drafted it or changed it since."""
    return frozenset(step.by for step in letter.history if step.to == LetterState.DRAFT.value)


def picked(
    desk: Desk, ids: Sequence[str], batch: str, wanted: tuple[LetterState, ...]
) -> tuple[Letter, ...]:
    """The letters named; of a batch those in a wanted state. EditorialError for none at all."""
    if not batch:
        named = {letter.id: letter for letter in (find_letter(desk, each) for each in ids)}
        return tuple(named[each] for each in sorted(named))
    known = letters(desk)
    found = tuple(each for each in known if each.batch == batch)
    if not found:
        batches = sorted({each.batch for each in known if each.batch})
        raise EditorialError(f"没有第“{batch}”批函", hint=f"现有：{nearest(batch, batches)}")
    ready = tuple(each for each in found if letter_state(each) in wanted)
    if not ready:
        states = "、".join(state.label for state in wanted)
        raise EditorialError(f"第{batch}批里没有处于“{states}”的函", hint="用 letter list 查看")
    return ready


def check_letter(desk: Desk, letter_id: str, *, at: datetime) -> Act:
    return check_letters(desk, (letter_id,), at=at)


def check_letters(desk: Desk, ids: Sequence[str] = (), *, at: datetime, batch: str = "") -> Act:
    """核稿, of letters named or of a batch, in one commit."""
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    chosen = picked(desk, ids, batch, (LetterState.DRAFT,))
    for letter in chosen:
        if volume.info.office.separate_check and by in drafters(letter):
            hint = "请换人，用 --as 指明（volume.yaml 的 office.separate_check）"
            raise EditorialError("核稿人不能是拟稿人", hint=hint)
        must_be(letter, (LetterState.DRAFT,), LetterState.CHECKED.label)
    step = Step(at=at, by=by, to=LetterState.CHECKED.value)
    changed = [replace(letter, history=(*letter.history, step)) for letter in chosen]
    what = chosen[0].id if len(chosen) == 1 else f"{chosen[0].id}等{len(chosen)}封"
    return _saved(desk, changed, Message(subject=f"函件：核稿 {what}", act="letter check", by=by))


def void_letter(desk: Desk, letter_id: str, *, at: datetime, note: str) -> Act:
    """作废, with the reason that fills the gap in the numbers. What lies in the outbox has not
    gone and is taken out of it; of what has gone only a letter whose number is another's."""
    if not note:
        raise EditorialError("作废须写原因", hint="加上 --note 原因")
    letter = find_letter(desk, letter_id)
    allowed = _can_be_void(desk, letter)
    must_be(letter, allowed, LetterState.VOID.label)
    if letter.deliveries and letter.deliveries[-1].state in DOUBTFUL:
        hint = f"先核实：收到了用 letter send {letter.id} --sent 补记，没收到用 --resend 再发"
        raise EditorialError("这封函可能已经发出，不能作废", hint=hint)
    act = _step(desk, letter, LetterState.VOID, allowed, at, note)
    return replace(act, remarks=(*act.remarks, take_back(desk, letter))) if to_post(letter) else act


def _can_be_void(desk: Desk, letter: Letter) -> tuple[LetterState, ...]:
    """The states in which it can: what was answered only where its number is another's."""
    if letter.source in [each.letter.source for each in numbered_twice(desk)]:
        return (*BEFORE_SENT, LetterState.SENT, LetterState.REPLIED, LetterState.CLOSED)
    return BEFORE_SENT if has_gone(letter) else (*BEFORE_SENT, LetterState.SENT)


def _step(
    desk: Desk,
    letter: Letter,
    to: LetterState,
    allowed: tuple[LetterState, ...],
    at: datetime,
    note: str = "",
    more: tuple[Letter, ...] = (),
) -> Act:
    must_be(letter, allowed, to.label)
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    step = Step(at=at, by=by, to=to.value, note=note)
    changed = [replace(each, history=(*each.history, step)) for each in (letter, *more)]
    message = Message(
        subject=f"函件：{to.label} {letter.number or letter.id}",
        act=f"letter {VERBS[to]}",
        by=by,
        body=note,
    )
    return _saved(desk, changed, message)


def _saved(
    desk: Desk,
    changed: Sequence[Letter],
    message: Message,
    papers: Mapping[str, bytes] | None = None,
) -> Act:
    """One commit; `papers` lie with the first letter."""
    folder = letter_path(desk, changed[0].id).rpartition("/")[0]
    beside = {f"{folder}/{name}": data for name, data in (papers or {}).items()}
    writes = letter_writes(desk, changed, beside)
    files, expected = dict(writes.files), dict(writes.expected)
    return record(desk, files, expected=expected, message=message)


def must_be(letter: Letter, allowed: tuple[LetterState, ...], to: str) -> None:
    now = letter_state(letter)
    if now not in allowed:
        raise EditorialError(
            f"函件{letter.number or letter.id}现为“{standing(letter)}”，不能{to}",
            hint=f"须先处于：{'、'.join(state.label for state in allowed)}{_post_first(letter)}",
        )


def _post_first(letter: Letter) -> str:
    """How one that waits in the outbox comes out of it."""
    if not to_post(letter):
        return ""
    void = "以前发出过或可能发出过，不能作废" if has_gone(letter) else "不寄了的用 letter void 作废"
    sent = f"寄出了的用 letter send {letter.id} --sent 记一笔"
    return f"。{sent}，收到答复用 letter register 登记；{void}"


def register_reply(
    desk: Desk,
    letter_id: str,
    *,
    at: datetime,
    on: date,
    channel: str,
    doc_no: str = "",
    note: str = "",
    papers: tuple[Path, ...] = (),
    close: bool = False,
    answer: Answer | None = None,
    until: date | None = None,
    pass_to: str = "",
) -> Act:
    """回函登记, whatever way it came; `close` also marks the letter 办结. A promise of an
    answer (按期报送, 申请延期) is kept and leaves the letter waiting."""
    letter = find_letter(desk, letter_id)
    must_be(letter, (LetterState.SENT, LetterState.REPLIED), LetterState.REPLIED.label)
    _refuse_early(letter, on)
    volume = loaded(desk).volume
    _refuse_private(volume, f"{note} {doc_no} {pass_to}")
    by = name_of(actor(desk, volume))
    kept = _received(desk, letter, papers)
    reply = Reply(
        date=on,
        channel=channel,
        doc_no=doc_no,
        note=note,
        answer=answer,
        until=until,
        pass_to=pass_to,
        papers=tuple(paper_of(name, data) for name, data in kept.items()),
    )
    changed = with_reply(letter, reply, at=at, by=by, note=note)
    changed = closed(changed, at=at, by=by, note=note) if close else changed
    others = also_answered(changed, letters(desk), at=at, by=by)
    if close:
        others = tuple(closed(each, at=at, by=by, note=note) for each in others)
    subject = _registered(volume, letter, reply, close=close)
    message = Message(subject=subject, act="letter register", by=by, body=note)
    return _saved(desk, (changed, *others), message, kept)


def _refuse_early(letter: Letter, on: date) -> None:
    went = sent_on(letter)
    if went is not None and on < went:
        days = f"{chinese_day(on)}早于发出日期{chinese_day(went)}"
        raise EditorialError(f"答复的日期{days}", hint="请核对 --on")


def _registered(volume: Volume, letter: Letter, reply: Reply, *, close: bool) -> str:
    promised = reply.answer.label if reply.answer in PROMISES and reply.answer else "回函"
    what = f"{promised}并办结" if close else promised
    unit = unit_name(volume, letter.unit)
    return f"函件：{letter.number} {what}（{unit}，{reply.channel}）"


def _refuse_private(volume: Volume, words: str) -> None:
    """What is registered is printed: the numbers of people stay in units.yaml."""
    if tells_reach(words, volume.units):
        hint = "新的号码用 editorial unit contact 登记，这里写“换了电话”即可"
        raise EditorialError("收文登记会印出来，不写电话和邮箱", hint=hint)


def close_letter(desk: Desk, letter_id: str, *, at: datetime, note: str = "") -> Act:
    """办结, with the letters of the same request that are answered with it."""
    letter, allowed = find_letter(desk, letter_id), (LetterState.REPLIED,)
    chain = chain_of(letter, letters(desk))
    more = tuple(each for each in chain if letter_state(each) in allowed)
    return _step(desk, letter, LetterState.CLOSED, allowed, at, note, more)


def _received(desk: Desk, letter: Letter, paths: tuple[Path, ...]) -> dict[str, bytes]:
    """Papers by the names they are kept under; none takes the place of another."""
    folder = letter_path(desk, letter.id).rsplit("/", 1)[0]
    taken = {name.casefold() for name in desk.workspace.files.names(folder)}
    kept: dict[str, bytes] = {}
    for path in paths:
        stem, number = f"回函-{fit_name(path.stem)}", 1
        name = f"{stem}{path.suffix}"
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}{path.suffix}"
        taken.add(name.casefold())
        kept[name] = _incoming(path)
    return kept


def _incoming(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error
