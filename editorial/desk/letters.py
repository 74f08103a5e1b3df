"""公函: 拟稿 → 核稿 → 签发 (number and papers) → 发出 (message in the outbox) → 回函 → 办结."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from editorial.desk.compose import compose, default_title
from editorial.desk.ledger import next_id, save_record, taking_a_number
from editorial.desk.letter_papers import (
    draft_name,
    mail_of,
    message_of,
    paper_of,
    print_papers,
    unchanged,
    unit_name,
)
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.labels import LetterKind, LetterState, Role
from editorial.model.letters import (
    Letter,
    LetterItem,
    Reply,
    letter_state,
    next_number,
    sections_of,
)
from editorial.model.names import fit_name
from editorial.model.nodes import find_node
from editorial.model.people import Editor, find_unit
from editorial.model.volume import Step, Volume
from editorial.store.journal import repair
from editorial.store.lock import lock
from editorial.store.looks import load_letter_style
from editorial.store.records import written
from editorial.store.registers import load_letters
from editorial.store.save import Message, Writes, put_output, save_locked
from editorial.store.workspace import identity, volume_ids

SIGNERS = frozenset({Role.CHIEF_EDITOR, Role.DEPUTY_EDITOR})
VERBS = {
    LetterState.CHECKED: "check",
    LetterState.CLOSED: "close",
    LetterState.VOID: "void",
}


def letters(desk: Desk) -> tuple[Letter, ...]:
    return load_letters(desk.workspace.files, desk.volume_id)


def find_letter(desk: Desk, letter_id: str) -> Letter:
    """By folder (0001), by its digits (1), or by 发文字号."""
    for letter in letters(desk):
        same = letter_id.isdecimal() and letter.id.isdecimal() and int(letter_id) == int(letter.id)
        if letter_id and (same or letter_id in (letter.id, letter.number)):
            return letter
    known = "、".join(letter.id for letter in letters(desk)) or "还没有"
    raise EditorialError(f"没有函件“{letter_id}”", hint=f"现有：{known}")


@taking_a_number
def new_letter(
    desk: Desk,
    *,
    kind: LetterKind,
    unit: str,
    items: tuple[LetterItem, ...],
    due: date,
    at: datetime,
    title: str = "",
    reason: str = "",
    contact: str = "",
    cc: tuple[str, ...] = (),
) -> tuple[Letter, Act]:
    """拟稿: one letter to one unit. The wording is filled once now, so that gaps show early."""
    volume = loaded(desk).volume
    recipient = find_unit(volume.units, unit)
    if recipient.own:
        hint = "本部自编的部分直接改正文即可"
        raise EditorialError(f"“{recipient.name}”是编辑部自己，不发公函", hint=hint)
    by = name_of(actor(desk, volume))
    style = load_letter_style(desk.workspace.files, kind.value)
    letter = Letter(
        id=next_id(tuple(each.id for each in letters(desk)), 4),
        kind=kind,
        unit=recipient.id,
        title=title or default_title(volume, style),
        reason=reason,
        items=tuple(_checked(volume, item) for item in items),
        due=due,
        contact=contact or _default_contact(volume, by),
        cc=cc,
        history=(Step(at=at, by=by, to=LetterState.DRAFT.value),),
    )
    if due < at.date():
        raise EditorialError(f"期限{chinese_day(due)}已经过去", hint="请写今天以后的日期")
    compose(volume, letter, style, draft_name(desk))
    message = Message(
        subject=f"函件：拟稿 {letter.id} 致{unit_name(volume, letter.unit)}",
        act="letter new",
        by=by,
    )
    nodes = tuple(sorted(sections_of(letter)))
    return letter, save_record(desk, letter, _path(desk, letter.id), message, nodes=nodes)


def _path(desk: Desk, letter_id: str) -> str:
    return f"volumes/{desk.volume_id}/letters/{letter_id}/letter.yaml"


def _checked(volume: Volume, item: LetterItem) -> LetterItem:
    node = find_node(volume, item.section)
    if node.kind != "section":
        raise EditorialError(
            f"事项要落在分目上，“{item.section}”不是分目", hint="写 篇目/分目=要求"
        )
    if not item.request.strip():
        raise EditorialError(f"“{node.title}”没有写要求修改什么", hint="写 篇目/分目=要求")
    return replace(item, section=node.id)


def _default_contact(volume: Volume, by: str) -> str:
    ids = [editor.id for editor in volume.staff]
    if by in ids:
        return by
    if not ids:
        raise EditorialError("staff.yaml 里没有人，函上写不了联系人", hint="请先登记编辑部人员")
    return ids[0]


def check_letter(desk: Desk, letter_id: str, *, at: datetime) -> Act:
    """核稿."""
    letter = find_letter(desk, letter_id)
    volume = loaded(desk).volume
    drafter = letter.history[0].by if letter.history else ""
    if volume.info.office.separate_check and name_of(actor(desk, volume)) == drafter:
        hint = "请换人，用 --as 指明（volume.yaml 的 office.separate_check）"
        raise EditorialError("核稿人不能是拟稿人", hint=hint)
    return _step(desk, letter, LetterState.CHECKED, (LetterState.DRAFT,), at)


def void_letter(desk: Desk, letter_id: str, *, at: datetime, note: str) -> Act:
    """作废, with the reason that fills the gap in the numbers."""
    if not note:
        raise EditorialError("作废须写原因", hint="加上 --note 原因")
    letter = find_letter(desk, letter_id)
    allowed = (LetterState.DRAFT, LetterState.CHECKED, LetterState.APPROVED)
    return _step(desk, letter, LetterState.VOID, allowed, at, note)


def _step(
    desk: Desk,
    letter: Letter,
    to: LetterState,
    allowed: tuple[LetterState, ...],
    at: datetime,
    note: str = "",
) -> Act:
    _must_be(letter, allowed, to)
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    changed = replace(letter, history=(*letter.history, Step(at=at, by=by, to=to.value, note=note)))
    message = Message(
        subject=f"函件：{to.label} {letter.number or letter.id}",
        act=f"letter {VERBS[to]}",
        by=by,
        body=note,
    )
    return save_record(desk, changed, _path(desk, letter.id), message)


def _must_be(letter: Letter, allowed: tuple[LetterState, ...], to: LetterState) -> None:
    now = letter_state(letter)
    if now not in allowed:
        raise EditorialError(
            f"函件{letter.number or letter.id}现为“{now.label}”，不能{to.label}",
            hint=f"须先处于：{'、'.join(state.label for state in allowed)}",
        )


def approve_letter(desk: Desk, letter_id: str, *, at: datetime) -> Act:
    """签发: the number is taken and the papers are printed, in one commit under the lock."""
    book = loaded(desk)
    volume = book.volume
    person = actor(desk, volume)
    _may_sign(person)
    by = name_of(person)
    identity(desk.workspace)
    with lock(desk.workspace):
        repair(desk.workspace)
        letter = find_letter(desk, letter_id)
        allowed = (
            (LetterState.CHECKED,)
            if volume.info.office.separate_check
            else (
                LetterState.DRAFT,
                LetterState.CHECKED,
            )
        )
        _must_be(letter, allowed, LetterState.APPROVED)
        signed = replace(
            letter,
            number=_next_number(desk, volume, at.year),
            signed=at.date(),
            signatory=volume.info.office.signatory or by,
            history=(*letter.history, Step(at=at, by=by, to=LetterState.APPROVED.value)),
        )
        papers, remarks = print_papers(desk, volume, signed)
        signed = replace(signed, papers=tuple(paper_of(n, d) for n, d in papers.items()))
        return _save_signed(desk, signed, papers, remarks, by)


def _may_sign(person: Editor | str) -> None:
    """People listed in staff.yaml sign only as 主编 or 副主编; strangers are not known."""
    if not isinstance(person, str) and not set(person.roles) & SIGNERS:
        able = "、".join(role.label for role in sorted(SIGNERS, key=list(Role).index))
        raise EditorialError(f"{person.name}的职责不能签发", hint=f"应由{able}签发，如 --as 姓名")


def _save_signed(
    desk: Desk, signed: Letter, papers: dict[str, bytes], remarks: tuple[str, ...], by: str
) -> Act:
    path = _path(desk, signed.id)
    folder = path.rsplit("/", 1)[0]
    files: dict[str, bytes | None] = {path: written(desk.workspace.files, path, signed)}
    files |= {f"{folder}/{name}": data for name, data in papers.items()}
    message = Message(subject=f"函件：签发 {signed.number}", act="letter approve", by=by)
    assert signed.source is not None
    writes = Writes(files=files, expected={path: signed.source.blob})
    commit = save_locked(desk.workspace, writes, message)
    return Act(message=message.subject, commit=commit, paths=tuple(files), remarks=remarks)


def _next_number(desk: Desk, volume: Volume, year: int) -> str:
    """Numbers run per 代字 and year over all volumes of the workspace."""
    code = volume.info.office.code
    if not code:
        raise EditorialError(
            "volume.yaml 没有写机关代字（office.code），编不出发文字号",
            where=f"volumes/{desk.volume_id}/volume.yaml",
            hint="在 office 下加一行 code: 某志函",
        )
    files = desk.workspace.files
    taken = tuple(
        letter.number for each in volume_ids(files) for letter in load_letters(files, each)
    )
    return next_number(code, year, taken)


MESSAGE = "message.eml"


def send_letter(desk: Desk, letter_id: str, *, at: datetime) -> Act:
    """发出: the exact message is kept with the letter, then laid into the outbox.

    Sending again after a crash between the two steps lays out the same message again.
    """
    letter = find_letter(desk, letter_id)
    folder = desk.root / _path(desk, letter.id).rsplit("/", 1)[0]
    if letter_state(letter) is LetterState.SENT:
        return _lay_out(desk, letter, Act(message=f"函件：{letter.number} 已发出，重新放入发件箱"))
    _must_be(letter, (LetterState.APPROVED,), LetterState.SENT)
    if not letter.papers:
        raise EditorialError("这封函没有登记印出的文件，不能发出", hint="请作废本函，另拟并签发")
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    papers = {paper.name: unchanged(folder, paper) for paper in letter.papers}
    message_bytes = message_of(desk, volume, letter, papers, at)
    sent = replace(
        letter,
        papers=(*letter.papers, paper_of(MESSAGE, message_bytes)),
        history=(*letter.history, Step(at=at, by=by, to=LetterState.SENT.value)),
    )
    message = Message(
        subject=f"函件：发出 {letter.number} 致{unit_name(volume, letter.unit)}",
        act="letter send",
        by=by,
    )
    act = save_record(desk, sent, _path(desk, letter.id), message, papers={MESSAGE: message_bytes})
    told = _lay_out(desk, sent, act)
    if mail_of(volume, letter, at):
        return told
    remark = f"{unit_name(volume, letter.unit)}没有联系邮箱，收件人请在邮件程序里填写"
    return replace(told, remarks=(*told.remarks, remark))


def outbox(desk: Desk, letter: Letter) -> Path:
    return desk.root / "volumes" / desk.volume_id / "out" / "outbox" / f"{letter.id}.eml"


def _lay_out(desk: Desk, letter: Letter, act: Act) -> Act:
    folder = (desk.root / _path(desk, letter.id)).parent
    paper = next((each for each in letter.papers if each.name == MESSAGE), None)
    if paper is None:
        raise EditorialError("这封函没有登记发出的邮件", where=str(folder / "letter.yaml"))
    data = unchanged(folder, paper)
    put_output(outbox(desk, letter), data)
    return replace(act, remarks=(f"发件箱：{outbox(desk, letter)}（双击即在邮件程序里打开）",))


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
) -> Act:
    """回函登记, whatever way it came; `close` also marks the letter 办结."""
    letter = find_letter(desk, letter_id)
    _must_be(letter, (LetterState.SENT, LetterState.REPLIED), LetterState.REPLIED)
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    kept = _received(desk, letter, papers)
    old = letter.reply.papers if letter.reply else ()
    reply = Reply(
        date=on,
        channel=channel,
        doc_no=doc_no,
        note=note,
        papers=(*old, *(paper_of(name, data) for name, data in kept.items())),
    )
    ends = (LetterState.REPLIED, LetterState.CLOSED) if close else (LetterState.REPLIED,)
    steps = tuple(Step(at=at, by=by, to=state.value, note=note) for state in ends)
    changed = replace(letter, reply=reply, history=(*letter.history, *steps))
    what = "回函并办结" if close else "回函"
    message = Message(
        subject=f"函件：{letter.number} {what}（{unit_name(volume, letter.unit)}，{channel}）",
        act="letter register",
        by=by,
        body=note,
    )
    return save_record(desk, changed, _path(desk, letter.id), message, papers=kept)


def close_letter(desk: Desk, letter_id: str, *, at: datetime, note: str = "") -> Act:
    """办结."""
    letter = find_letter(desk, letter_id)
    return _step(desk, letter, LetterState.CLOSED, (LetterState.REPLIED,), at, note)


def _received(desk: Desk, letter: Letter, paths: tuple[Path, ...]) -> dict[str, bytes]:
    """Papers by the names they are kept under; none takes the place of another."""
    folder = _path(desk, letter.id).rsplit("/", 1)[0]
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
        raise EditorialError(f"读不了文件：{error.strerror}", where=str(path)) from error
