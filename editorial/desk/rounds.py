"""评议: open a round on frozen text, close it when every opinion has its answer, reopen it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from editorial.desk.ledger import next_id, save_record, taking_a_number
from editorial.desk.letters import letters
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.round_list import find_round, round_path, rounds
from editorial.errors import Blocker, EditorialError, Refused
from editorial.model.dates import chinese_day
from editorial.model.drafts import Draft
from editorial.model.labels import ReviewKind, RoundState
from editorial.model.letters import is_open, letter_state
from editorial.model.names import fit_tag, same_id
from editorial.model.nodes import sections_under
from editorial.model.reviewers import Breach, breaches, covered_sections
from editorial.model.reviews import (
    Answered,
    Exemption,
    Opinion,
    Round,
    disposition,
    plain_name,
    round_state,
    silent_readers,
    untyped,
    waiting,
)
from editorial.model.round_standing import RoundStanding, days_words, standing_of
from editorial.model.volume import Step, Volume
from editorial.model.workflow import Strictness
from editorial.store.history import last_change, uncommitted
from editorial.store.load import Loaded, text_path
from editorial.store.save import Message, Tag
from editorial.values import dataclass

LONGEST_TITLE = 30  # characters; the title runs above every page of the draft
_ODD = re.compile(r"[{}\x00-\x1f\u2028\u2029]")
_SIGNED = re.compile(r"^（([^（）\n]+(?:（[^（）\n]*）)?[^（）\n]*)）\s*$", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The draft a round is to be held on: style, formats, the list of those who get a copy."""

    style: str = ""
    formats: tuple[str, ...] | None = None
    copies_to: str = ""
    out: Path | None = None
    progress: Callable[[str], None] | None = None


def late_rounds(desk: Desk, today: date) -> tuple[str, ...]:
    """Rounds whose day has passed, in words: what is still missing of each."""
    found = [(each, standing_of(each, today)) for each in rounds(desk)]
    return tuple(_late(each, standing) for each, standing in found if standing.overdue)


def _late(round_: Round, standing: RoundStanding) -> str:
    silent, papers = len(standing.silent), len(untyped(round_))
    parts = (
        f"意见{standing.waiting}条没有结论" if standing.waiting else "",
        f"{silent}位没有回音" if silent else "",
        f"原件{papers}份没有录入" if papers else "",
    )
    left = "，".join(filter(None, parts)) or "可以结束（editorial round close）"
    return f"评议“{round_.title}”（{round_.id}）{days_words(standing)}：{left}"


@taking_a_number
def open_round(
    desk: Desk,
    title: str,
    *,
    at: datetime,
    kind: ReviewKind = ReviewKind.APPRAISAL,
    nodes: tuple[str, ...] = (),
    readers: tuple[str, ...] = (),
    due: date | None = None,
    purpose: str = "",
    wish: Wish | None = None,
) -> tuple[Round, Act]:
    """Open a round on the text as last committed, under a tag of its own.

    Refused while hand edits are not kept, or when a rule on people says so; `wish` makes the
    numbered draft the readers get; those on `wish.copies_to` are readers too.
    """
    _sound(title, due, at)
    book, known = loaded(desk), rounds(desk)
    by = name_of(actor(desk, book.volume))
    wanted = Round(
        id=next_id(tuple(round_.id for round_ in known)),
        title=title.strip(),
        kind=kind,
        purpose=purpose,
        sections=tuple(s.id for s in sections_under(book.volume, nodes)) if nodes else (),
        readers=_readers((*readers, *_listed(wish))),
        due=due,
        commit=frozen_commit(desk),
        history=(Step(at=at, by=by, to=RoundState.OPEN.value),),
    )
    broken = people_breaches(desk, book, known, wanted)
    _refuse_people(wanted, broken)
    if wish:
        wanted = with_draft(desk, wanted, wish, extent_of(book.volume, wanted), at)
    opened, act = _tagged(desk, wanted, by)
    return opened, replace(act, remarks=_remarks(book.volume, known, opened, broken))


def _tagged(desk: Desk, wanted: Round, by: str) -> tuple[Round, Act]:
    """The record and its tag, in one act."""
    name = f"round/{fit_tag(desk.volume_id)}/{wanted.id}"
    opened = replace(wanted, tag=name)
    subject = f"评议：开始{opened.title}（{opened.id}）"
    message = Message(subject=subject, act="round open", by=by)
    tag = Tag(name=name, commit=opened.commit, message=_tag_words(opened))
    path = round_path(desk, opened.id)
    return opened, save_record(desk, opened, path, message, nodes=opened.sections, tag=tag)


def _sound(title: str, due: date | None, at: datetime) -> None:
    if not title.strip():
        raise EditorialError("没有写这一轮的名称", hint="如 editorial round open 评议会")
    if len(title.strip()) > LONGEST_TITLE or _ODD.search(title.strip()):
        hint = f"名称印在每一页的页脚，请在{LONGEST_TITLE}字以内；详情写进 --purpose"
        raise EditorialError("这一轮的名称太长，或有不能印的符号", hint=hint)
    if due and due < at.date():
        raise EditorialError(f"期限{chinese_day(due)}已经过去", hint="请写今天以后的日期")


def frozen_commit(desk: Desk) -> str:
    """The commit the text stands at. EditorialError while something of it is not kept."""
    base = f"volumes/{desk.volume_id}/chapters"
    loose = uncommitted(desk.workspace, (base,))
    if loose:
        raise EditorialError(
            f"有{len(loose)}个文件改过而未留存，文字定不下来",
            where=loose[0],
            hint='先执行 editorial keep -m "改了什么"',
        )
    commit = last_change(desk.workspace, (base,))
    if not commit:
        raise EditorialError("本书还没有留存过正文", hint="先写正文，再用 editorial keep")
    return commit


def _readers(names: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order named."""
    known: dict[str, str] = {}
    for name in names:
        if not plain_name(name):
            raise EditorialError("审读人的姓名空着", hint="--reader 后面写姓名或单位")
        known.setdefault(plain_name(name), name.strip())
    return tuple(known.values())


def _listed(wish: Wish | None) -> tuple[str, ...]:
    if wish is None or not wish.copies_to:
        return ()
    from editorial.store.readers import load_readers

    return tuple(each.name for each in load_readers(wish.copies_to, ()))


def people_breaches(
    desk: Desk, book: Loaded, known: Sequence[Round], wanted: Round
) -> tuple[Breach, ...]:
    """Rules on people that the round's readers break."""
    writers = {s.id: _signers(desk, book, s.id) for s in covered_sections(book.volume, wanted)}
    return breaches(book.volume, book.workflow.people, known, wanted, writers)


def _signers(desk: Desk, book: Loaded, section: str) -> frozenset[str]:
    """Persons who signed the text, told from the units they signed for."""
    text = desk.workspace.files.read(text_path(desk.volume_id, section)) or b""
    units = {plain_name(n) for unit in book.volume.units for n in (unit.name, unit.short)}
    words = (
        each for line in _SIGNED.findall(text.decode("utf-8", "replace")) for each in line.split()
    )
    return frozenset(word for word in words if plain_name(word) not in units)


def _refuse_people(wanted: Round, broken: Sequence[Breach]) -> None:
    hard = [each for each in broken if each.strictness is Strictness.REFUSE]
    if hard:
        blockers = tuple(
            Blocker(node=each.sections[0], guard=f"people {each.rule}", message=each.message)
            for each in hard
        )
        hint = "换一位审读人；这一条不适用的，在 styles/workflows 的 people 里改为 warn 或 off"
        raise Refused(f"“{wanted.title}”的审读人不合规定", blockers, hint=hint)


def _remarks(
    volume: Volume, known: Sequence[Round], wanted: Round, broken: Sequence[Breach]
) -> tuple[str, ...]:
    """People who had better not review, and rounds held on the same text at this time."""
    covered = {section.id for section in covered_sections(volume, wanted)}
    told = [f"注意：{each.message}" for each in broken]
    for other in known:
        if round_state(other) is RoundState.OPEN:
            common = covered & {section.id for section in covered_sections(volume, other)}
            if common:
                told.append(f"与“{other.title}”（{other.id}）同时进行，有{len(common)}个分目相同")
    return tuple(told)


def _tag_words(round_: Round) -> str:
    readers = "、".join(round_.readers)
    lines = (f"{round_.kind.label}：{round_.title}", round_.purpose, readers)
    return "\n\n".join(line for line in lines if line) + "\n"


def with_draft(
    desk: Desk, round_: Round, wish: Wish, nodes: tuple[str, ...], at: datetime
) -> Round:
    """The round with the draft made for it; EditorialError when its text is no more the frozen."""
    from editorial.desk.draft import make_draft

    before = frozen_commit(desk)
    made = make_draft(
        desk,
        nodes,
        at=at,
        style=wish.style,
        formats=wish.formats,
        out=wish.out,
        readers=wish.copies_to,
        review=round_.title,
        progress=wish.progress,
    )
    if frozen_commit(desk) != before:
        raise EditorialError("出稿的时候正文改了，稿子与定住的文字不符", hint="请再做一次")
    return drafted(round_, made.draft)


def extent_of(volume: Volume, round_: Round) -> tuple[str, ...]:
    """The sections of a round as one would name them: a 篇目 that is whole by its own id."""
    covered = frozenset(round_.sections)
    named: list[str] = []
    for chapter in volume.chapters:
        inside = [section.id for section in chapter.sections if section.id in covered]
        named += [chapter.id] if inside and len(inside) == len(chapter.sections) else inside
    return tuple(named)


def drafted(round_: Round, draft: Draft) -> Round:
    return replace(round_, draft=draft.id, edition=draft.edition)


def close_round(
    desk: Desk, round_id: str, *, at: datetime, note: str = "", exempt: tuple[str, ...] = ()
) -> Act:
    """Close a round whose opinions all have a disposition; Refused lists the others.

    Those of `exempt` it is let off, for the reason in `note`, which is recorded.
    """
    found = find_round(desk, round_id)
    if round_state(found) is RoundState.CLOSED:
        raise EditorialError(f"“{found.title}”已经结束", hint="没有要做的")
    spared = {each.opinion: each for each in (_exemption(found, e, note) for e in exempt)}
    _refuse_waiting(found, [o for o in waiting(found) if o.id not in spared])
    _refuse_untyped(found)
    by = name_of(actor(desk, loaded(desk).volume))
    named = f"（豁免{'、'.join(spared)}）" if spared else ""
    step = Step(at=at, by=by, to=RoundState.CLOSED.value, note=note.strip() + named)
    closed = replace(found, exempted=tuple(spared.values()), history=(*found.history, step))
    message = Message(subject=f"评议：结束{found.title}", act="round close", by=by, body=note)
    act = save_record(desk, closed, round_path(desk, found.id), message)
    return replace(act, remarks=(*_silence(found), *_unanswered(desk, found)))


def _exemption(round_: Round, name: str, note: str) -> Exemption:
    full = name if "/" in name else f"{round_.id}/{name}"
    opinion = next((o for o in round_.opinions if same_id(full, o.id)), None)
    if opinion is None:
        raise EditorialError(f"“{round_.title}”没有意见“{name}”", hint="见 editorial opinion list")
    if not note.strip():
        raise EditorialError("不处理意见而结束，须写理由", hint="在 --exempt 之外加上 --note 理由")
    if opinion not in waiting(round_):
        now = disposition(opinion).label
        raise EditorialError(f"意见{opinion.id}已有结论（{now}），无须豁免", hint="去掉这一条再试")
    return Exemption(opinion=opinion.id, reason=note.strip())


def _refuse_waiting(round_: Round, left: Sequence[Opinion]) -> None:
    if not left:
        return
    blockers = tuple(
        Blocker(
            node=o.section,
            guard="opinions_disposed",
            message=f"意见{o.id}（{o.by}）{disposition(o).label}：{o.text}",
        )
        for o in left
    )
    hint = "用 editorial opinion decide 逐条处理；确实不办的，用 --exempt 编号 --note 理由"
    raise Refused(f"“{round_.title}”还有{len(left)}条意见没有结论", blockers, hint=hint)


def _refuse_untyped(round_: Round) -> None:
    left = untyped(round_)
    if left:
        blockers = tuple(
            Blocker(node="", guard="papers_typed", message=f"原件{each.id}（{each.name}）")
            for each in left
        )
        hint = "照着用 opinion add --paper 编号 录入；其中没有意见的，用 round answered 记下"
        raise Refused(f"“{round_.title}”还有{len(left)}份原件没有录入", blockers, hint=hint)


def _silence(round_: Round) -> tuple[str, ...]:
    silent = silent_readers(round_)
    return (f"始终没有回音的{len(silent)}位：{'、'.join(silent)}",) if silent else ()


def _unanswered(desk: Desk, round_: Round) -> tuple[str, ...]:
    """Letters asked about opinions that were decided before the unit answered."""
    out = [each for each in letters(desk) if is_open(each)]
    asked = {each.letter for each in round_.opinions}
    named = [f"函{each.id}（{letter_state(each).label}）" for each in out if each.id in asked]
    return (f"转单位核实还没有回复的：{'、'.join(named)}；意见已另有结论",) if named else ()


def reopen_round(desk: Desk, round_id: str, *, at: datetime, note: str) -> Act:
    """A closed round goes on, with a reason; what it had been let off waits again."""
    found = find_round(desk, round_id)
    if round_state(found) is RoundState.OPEN:
        raise EditorialError(f"“{found.title}”还在进行", hint="没有要做的")
    if not note.strip():
        raise EditorialError("重新开始一轮须写理由", hint="加上 --note 理由")
    by = name_of(actor(desk, loaded(desk).volume))
    step = Step(at=at, by=by, to=RoundState.OPEN.value, note=note)
    again = replace(found, exempted=(), history=(*found.history, step))
    message = Message(subject=f"评议：重开{found.title}", act="round reopen", by=by, body=note)
    return save_record(desk, again, round_path(desk, found.id), message)


def answer_round(
    desk: Desk, round_id: str, reader: str, *, at: datetime, note: str = "", day: date | None = None
) -> Act:
    """A reader has answered without an opinion: 无意见."""
    found = find_round(desk, round_id)
    if round_state(found) is RoundState.CLOSED:
        raise EditorialError(f"“{found.title}”已经结束", hint="先用 editorial round reopen 重开")
    name = next((r for r in found.readers if plain_name(r) == plain_name(reader)), "")
    if not name:
        hint = f"审读人：{'、'.join(found.readers) or '没有写'}"
        raise EditorialError(f"“{found.title}”的审读人里没有“{reader}”", hint=hint)
    said = Answered(reader=name, day=day or at.date(), note=note.strip() or "无意见")
    by = name_of(actor(desk, loaded(desk).volume))
    others = tuple(each for each in found.answered if each.reader != name)
    changed = replace(found, answered=(*others, said))
    message = Message(
        subject=f"评议：{found.title} {name}回复{said.note}", act="round answered", by=by
    )
    return save_record(desk, changed, round_path(desk, found.id), message)
