"""拟稿: letters drafted one by one or many at once, and changed while they are drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from editorial.desk.account import account_of
from editorial.desk.compose import default_title, office_as
from editorial.desk.ledger import next_id, save_record, taking_a_number
from editorial.desk.letter_papers import composed, unit_name
from editorial.desk.letters import find_letter, letter_path, letters, must_be
from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.desk.round_list import rounds
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.labels import Disposition, LetterKind, LetterState, Secrecy
from editorial.model.letters import (
    URGENCIES,
    Happening,
    Letter,
    LetterItem,
    sections_of,
    to_post,
)
from editorial.model.nodes import find_node
from editorial.model.people import Unit, find_unit
from editorial.model.reviews import disposition
from editorial.model.style import LetterStyle
from editorial.model.volume import Step, Volume
from editorial.store.looks import load_letter_style
from editorial.store.records import written
from editorial.store.save import Message
from editorial.values import dataclass

REMINDERS = frozenset({LetterKind.CHASE, LetterKind.ESCALATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What all letters of a batch have in common. Empty: as the style and the office have it."""

    kind: LetterKind
    due: date
    title: str = ""
    reason: str = ""
    contact: str = ""
    cc: tuple[str, ...] = ()
    secrecy: Secrecy | None = None
    secret_for: str = ""
    urgent: str = ""
    issuers: tuple[str, ...] = ()
    board: str = ""
    addressee: str = ""
    about: str = ""
    follows: str = ""
    account: tuple[Happening, ...] = ()
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Changes to a draft; None or empty: as it is. `remove` are the numbers of items."""

    due: date | None = None
    title: str = ""
    reason: str = ""
    contact: str = ""
    cc: tuple[str, ...] | None = None
    urgent: str | None = None
    add: tuple[LetterItem, ...] = ()
    remove: tuple[int, ...] = ()
    listed: bool | None = None


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
    follows: str = "",
    about: str = "",
    addressee: str = "",
    account: tuple[Happening, ...] = (),
    urgent: str = "",
) -> tuple[Letter, Act]:
    """One letter to one unit."""
    request = Request(
        kind=kind,
        due=due,
        title=title,
        reason=reason,
        contact=contact,
        cc=cc,
        follows=follows,
        about=about,
        addressee=addressee,
        account=account,
        urgent=urgent,
    )
    drafted, act = draft_letters(desk, request, {unit: items}, at=at)
    return drafted[0], act


def draft_letters(
    desk: Desk, request: Request, wanted: Mapping[str, Sequence[LetterItem]], *, at: datetime
) -> tuple[tuple[Letter, ...], Act]:
    """A letter to each unit of `wanted` with its own items, in one commit; several make a batch."""
    if request.follows and request.kind in REMINDERS:
        _can_be_reminded_of(find_letter(desk, request.follows))
    return draft_each(desk, [(request, unit, items) for unit, items in wanted.items()], at=at)


@taking_a_number
def draft_each(
    desk: Desk, wanted: Sequence[tuple[Request, str, Sequence[LetterItem]]], *, at: datetime
) -> tuple[tuple[Letter, ...], Act]:
    """Letters that may differ in more than their items, in one commit; several make a batch.

    Each wording is filled once now, so that gaps show early. Opinions passed on become 转核实.
    """
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    kinds = {request.kind for request, _, _ in wanted}
    styles = {kind: load_letter_style(desk.workspace.files, kind.value) for kind in kinds}
    for request, _, _ in wanted:
        _sound(volume, request, at.date())
    known = letters(desk)
    batch = next_id(tuple(each.batch for each in known), 1) if len(wanted) > 1 else ""
    first = int(next_id(tuple(each.id for each in known), 4))
    step = Step(at=at, by=by, to=LetterState.DRAFT.value)
    drafted = tuple(
        replace(
            _drafted(desk, volume, styles[request.kind], request, unit, items, by),
            id=f"{number:04}",
            batch=batch,
            history=(step,),
        )
        for number, (request, unit, items) in enumerate(wanted, first)
    )
    for letter in drafted:
        composed(desk, volume, letter)
    return drafted, _saved(desk, volume, drafted, at, by)


def _can_be_reminded_of(letter: Letter) -> None:
    """What has not gone out cannot be cited, and of what is closed nobody is reminded."""
    must_be(letter, (LetterState.SENT, LetterState.REPLIED), "催办")
    if to_post(letter):
        raise EditorialError(
            f"函件{letter.number}还在发件箱里待寄出，不能催办",
            hint=f"已经寄出的，先记一笔：editorial letter send {letter.id} --sent",
        )


def _sound(volume: Volume, request: Request, today: date) -> None:
    if request.due < today:
        raise EditorialError(f"期限{chinese_day(request.due)}已经过去", hint="请写今天以后的日期")
    _known_urgency(request.urgent)
    office_as(volume.info.office, request.board)


def _known_urgency(urgent: str) -> None:
    if urgent and urgent not in URGENCIES:
        raise EditorialError(f"没有“{urgent}”这种紧急程度", hint=f"可用：{'、'.join(URGENCIES)}")


def _drafted(
    desk: Desk,
    volume: Volume,
    style: LetterStyle,
    request: Request,
    unit: str,
    items: Sequence[LetterItem],
    by: str,
) -> Letter:
    recipient = _recipient(volume, unit)
    follows = find_letter(desk, request.follows) if request.follows else None
    if follows and request.kind in REMINDERS:
        items = items or follows.items
    account = request.account
    if follows and not account and request.kind is LetterKind.ESCALATE:
        account = account_of(desk, follows)
    return Letter(
        kind=request.kind,
        unit=recipient.id,
        title=request.title or default_title(volume, style),
        reason=request.reason,
        items=tuple(_checked(volume, item) for item in items),
        due=request.due,
        contact=request.contact or _default_contact(volume, by),
        cc=request.cc,
        follows=follows.id if follows else "",
        secrecy=request.secrecy,
        secret_for=request.secret_for,
        urgent=request.urgent,
        issuers=request.issuers,
        board=request.board,
        addressee=request.addressee,
        about=_about(volume, request, recipient, follows),
        account=account,
        listed=request.listed,
    )


def _about(volume: Volume, request: Request, recipient: Unit, follows: Letter | None) -> str:
    """The unit that is late, when the letter goes to another: told, or that of the letter."""
    late = follows.about or follows.unit if follows else recipient.id
    if request.about:
        late = find_unit(volume.units, request.about).id
    if request.kind is LetterKind.CHASE and late != recipient.id:
        raise EditorialError(
            f"催的是{unit_name(volume, late)}的函，不能致{unit_name(volume, recipient.id)}",
            hint="致上级或别的单位，用 --kind escalate",
        )
    return late if late != recipient.id and request.kind is LetterKind.ESCALATE else ""


def _recipient(volume: Volume, name: str) -> Unit:
    unit = find_unit(volume.units, name)
    if unit.own:
        hint = "本部自编的部分直接改正文即可"
        raise EditorialError(f"“{unit.name}”是编辑部自己，不发公函", hint=hint)
    return unit


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


def _saved(desk: Desk, volume: Volume, drafted: Sequence[Letter], at: datetime, by: str) -> Act:
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    for letter in drafted:
        path = letter_path(desk, letter.id)
        files[path] = written(desk.workspace.files, path, letter)
        expected[path] = ""
    _forward(desk, drafted, at, by, files, expected)
    nodes = tuple(sorted({node for letter in drafted for node in sections_of(letter)}))
    message = Message(subject=_subject(volume, drafted), act="letter new", by=by)
    return record(desk, files, expected=expected, message=message, nodes=nodes)


def _subject(volume: Volume, drafted: Sequence[Letter]) -> str:
    first = drafted[0]
    if len(drafted) == 1:
        return f"函件：拟稿 {first.id} 致{unit_name(volume, first.unit)}"
    return (
        f"函件：拟稿 {first.id}—{drafted[-1].id}，{first.kind.label}{len(drafted)}封"
        f"（第{first.batch}批）"
    )


def _forward(
    desk: Desk,
    drafted: Sequence[Letter],
    at: datetime,
    by: str,
    files: dict[str, bytes | None],
    expected: dict[str, str],
) -> None:
    """Opinions the letters pass on: 转核实, with the letter they went into."""
    asked = {item.opinion: letter.id for letter in reversed(drafted) for item in letter.items}
    for opinion in (each for round_ in rounds(desk) for each in round_.opinions):
        if opinion.id not in asked or opinion.letter:
            continue
        assert opinion.source is not None
        step = Step(at=at, by=by, to=Disposition.FORWARDED.value, note=f"函{asked[opinion.id]}")
        steps = () if disposition(opinion) is Disposition.FORWARDED else (step,)
        told = replace(opinion, letter=asked[opinion.id], history=(*opinion.history, *steps))
        path = opinion.source.path
        files[path] = written(desk.workspace.files, path, told)
        expected[path] = opinion.source.blob


def edit_letter(desk: Desk, letter_id: str, edit: Edit, *, at: datetime) -> Act:
    """Change what is not signed yet; one already checked must be checked again."""
    letter = find_letter(desk, letter_id)
    must_be(letter, (LetterState.DRAFT, LetterState.CHECKED), "修改")
    volume = loaded(desk).volume
    by = name_of(actor(desk, volume))
    changed, what = _edited(volume, letter, edit)
    if changed == letter:
        raise EditorialError("没有写要改什么", hint="如 --due +7、--title 标题、--remove 2")
    if changed.due != letter.due and changed.due < at.date():
        raise EditorialError(f"期限{chinese_day(changed.due)}已经过去", hint="请写今天以后的日期")
    _known_urgency(changed.urgent)
    step = Step(at=at, by=by, to=LetterState.DRAFT.value, note=f"改：{'、'.join(what)}")
    changed = replace(changed, history=(*letter.history, step))
    composed(desk, volume, changed)
    message = Message(
        subject=f"函件：修改 {letter.id}（{'、'.join(what)}）", act="letter edit", by=by
    )
    nodes = tuple(sorted(sections_of(letter) | sections_of(changed)))
    return save_record(desk, changed, letter_path(desk, letter.id), message, nodes=nodes)


def _edited(volume: Volume, letter: Letter, edit: Edit) -> tuple[Letter, list[str]]:
    outside = [number for number in edit.remove if not 0 < number <= len(letter.items)]
    if outside:
        raise EditorialError(
            f"没有第{outside[0]}项，本函共{len(letter.items)}项", hint="编号见 letter show"
        )
    left = tuple(x for n, x in enumerate(letter.items, 1) if n not in edit.remove)
    changed = replace(
        letter,
        due=edit.due or letter.due,
        title=edit.title or letter.title,
        reason=edit.reason or letter.reason,
        contact=edit.contact or letter.contact,
        cc=letter.cc if edit.cc is None else edit.cc,
        urgent=letter.urgent if edit.urgent is None else edit.urgent,
        items=(*left, *(_checked(volume, item) for item in edit.add)),
        listed=letter.listed if edit.listed is None else edit.listed,
    )
    names = {
        "due": "期限",
        "title": "标题",
        "reason": "缘由",
        "contact": "联系人",
        "cc": "抄送",
        "urgent": "紧急程度",
        "items": "事项",
        "listed": "清单",
    }
    what = [label for key, label in names.items() if getattr(changed, key) != getattr(letter, key)]
    return changed, what
