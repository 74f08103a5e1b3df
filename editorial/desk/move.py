"""推进: move sections, or the whole book, to a stage of the workflow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from editorial.desk.office import Act, Desk, actor, loaded, loaded_beside, name_of, record
from editorial.desk.rounds import frozen_commit
from editorial.errors import Blocker, EditorialError, Refused
from editorial.model.counting import leftovers, printed_chars
from editorial.model.handover import Virtue
from editorial.model.letters import Letter, is_open, letter_state, sections_of
from editorial.model.nodes import Node, find_node
from editorial.model.people import Editor
from editorial.model.press import press_tag, times_handed_over
from editorial.model.reviews import Opinion, disposition, waiting
from editorial.model.volume import Section, Source, Step, book_title, stage_of
from editorial.model.workflow import (
    Facts,
    Stage,
    Workflow,
    blockers,
    entered,
    find_stage,
    is_backward,
    moved,
    rank,
    stage_label,
    stages,
    volume_blockers,
)
from editorial.store.load import Loaded, Progress, load_text
from editorial.store.records import written
from editorial.store.registers import load_letters, load_rounds
from editorial.store.save import Message, Tag
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What a move would do with one node; a node that `stays` is there, or further, already."""

    node: str
    title: str
    at: str
    how: Literal["on", "back", "stays"]
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What a move would do with every node, before it is made."""

    to: str
    fates: tuple[Fate, ...]

    @property
    def free(self) -> tuple[Fate, ...]:
        return tuple(each for each in self.fates if each.how != "stays" and not each.blockers)

    @property
    def blocked(self) -> tuple[Fate, ...]:
        return tuple(each for each in self.fates if each.blockers)


def targets(
    desk: Desk, scope: Literal["section", "volume"] = "section"
) -> tuple[tuple[str, str], ...]:
    """(id, label) of the stages of sections, or of the whole book, in order."""
    flow = loaded_beside(desk, ()).workflow
    wanted = stages(flow) if scope == "section" else [s for s in flow.stages if s.scope == scope]
    return tuple((stage.id, stage.label) for stage in wanted)


def volume_stage(desk: Desk) -> str:
    """The id of the stage the whole book is at; empty before the first."""
    history = loaded(desk).volume.history
    return history[-1].to if history else ""


def foresee(desk: Desk, nodes: tuple[str, ...], to: str, *, at: datetime) -> Foresight:
    """What `move` would do with each node; nothing is written and nothing refused."""
    book = _book(desk, nodes, to)
    stage = _stage(book.workflow, to)
    person = actor(desk, book.volume)
    if stage.scope == "volume":
        return Foresight(to=stage.label, fates=(_volume_fate(desk, book, stage, person, at),))
    found = tuple(find_node(book.volume, name) for name in nodes)
    going = {section.id for section in _chosen(book.workflow, found, stage)}
    sections = {section.id: section for node in found for section in node.sections}
    facts = _facts(desk, book, tuple(sections.values()))
    fates = tuple(
        _fate(book.workflow, each, stage, facts[each.id], person, going=each.id in going)
        for each in sections.values()
    )
    return Foresight(to=stage.label, fates=fates)


def _fate(
    flow: Workflow,
    section: Section,
    stage: Stage,
    facts: Facts,
    person: Editor | str,
    *,
    going: bool,
) -> Fate:
    back = is_backward(flow, stage_of(section), stage)
    return Fate(
        node=section.id,
        title=section.title,
        at=stage_label(flow, stage_of(section)),
        how=("back" if back else "on") if going else "stays",
        blockers=blockers(section, stage, flow, facts, person) if going else (),
    )


def _volume_fate(
    desk: Desk, book: Loaded, stage: Stage, person: Editor | str, at: datetime
) -> Fate:
    volume, flow = book.volume, book.workflow
    now = volume.history[-1].to if volume.history else ""
    back = rank(flow, stage.id) < rank(flow, now)
    there = now == stage.id
    facts = None if there else _volume_facts(desk, book, now, stage, at)
    return Fate(
        node=volume.id,
        title=book_title(volume),
        at=stage_label(flow, now),
        how="stays" if there else "back" if back else "on",
        blockers=volume_blockers(volume, stage, flow, facts, person) if facts else (),
    )


def refuse_blocked(seen: Foresight) -> None:
    """Refused when anything stands in the way of a move foreseen."""
    _raise(tuple(blocker for fate in seen.fates for blocker in fate.blockers), seen.to)


def move(
    desk: Desk,
    nodes: tuple[str, ...],
    to: str,
    *,
    at: datetime,
    note: str = "",
    force: bool = False,
    free: bool = False,
    day: date | None = None,
) -> Act:
    """Move nodes to the stage `to` (id or label); a chapter means all its sections. `day` is when
    it was done, if not now.

    Of a chapter, sections that are already further stay where they are, unless all are:
    then it is a backward move, which needs a note. Raises Refused with every blocker;
    `force` overrides guards, needs a note, and is recorded; with `free` the sections nothing
    stands in the way of go on, and the others are told.
    """
    book = _book(desk, nodes, to)
    stage = _stage(book.workflow, to)
    person = actor(desk, book.volume)
    found = tuple(find_node(book.volume, name) for name in nodes)
    if stage.scope == "volume":
        return _move_volume(
            desk, book, stage, person, replace(_step(person, stage, at, note, force), day=day)
        )
    if any(node.kind == "volume" for node in found):
        raise EditorialError(
            f"“{stage.label}”是分目的阶段，不能用于全书", hint="请写篇目或分目的编号"
        )
    sections = _to_move(book.workflow, found, stage)
    if not note:
        _refuse_backward(book.workflow, sections, stage)
    step = replace(_step(person, stage, at, note, force), day=day)
    held = () if force else _held(desk, book, sections, stage, person)
    stuck = {blocker.node for blocker in held}
    if not free or stuck >= {section.id for section in sections}:
        _raise(held, stage.label)
    going = tuple(section for section in sections if section.id not in stuck)
    act = _save(desk, found, going, stage, step)
    return replace(act, remarks=tuple(f"没有推进：{blocker}" for blocker in held))


def _refuse_backward(workflow: Workflow, sections: tuple[Section, ...], stage: Stage) -> None:
    back = [s for s in sections if is_backward(workflow, stage_of(s), stage)]
    if back:
        names = "、".join(section.id for section in back[:5])
        raise EditorialError(f"退回前面的阶段须写理由：{names}", hint="加上 --note 理由")


def _book(desk: Desk, nodes: tuple[str, ...], to: str) -> Loaded:
    """A damaged section stops no move of another; the whole book moves sound or not at all."""
    book = loaded_beside(desk, nodes)
    return loaded(desk) if _stage(book.workflow, to).scope == "volume" else book


def _stage(workflow: Workflow, name: str) -> Stage:
    stage = find_stage(workflow, name)
    if stage is None:
        labels = "、".join(each.label for each in workflow.stages)
        raise EditorialError(f"流程里没有阶段“{name}”", hint=f"可用：{labels}")
    return stage


def _step(person: Editor | str, stage: Stage, at: datetime, note: str, force: bool) -> Step:
    if force and not note:
        raise EditorialError("越过条件须写理由", hint="在 --force 之外加上 --note 理由")
    return Step(at=at, by=name_of(person), to=stage.id, note=note, forced=force)


def _to_move(workflow: Workflow, nodes: tuple[Node, ...], stage: Stage) -> tuple[Section, ...]:
    chosen = _chosen(workflow, nodes, stage)
    if not chosen:
        raise EditorialError(f"所选分目都已在“{stage.label}”", hint="没有要推进的")
    return chosen


def _chosen(workflow: Workflow, nodes: tuple[Node, ...], stage: Stage) -> tuple[Section, ...]:
    chosen: dict[str, Section] = {}
    for node in nodes:
        elsewhere = [s for s in node.sections if stage_of(s) != stage.id]
        behind = [s for s in elsewhere if not is_backward(workflow, stage_of(s), stage)]
        chosen |= {s.id: s for s in (behind or elsewhere)}
    return tuple(chosen.values())


def _held(
    desk: Desk, book: Loaded, sections: tuple[Section, ...], stage: Stage, person: Editor | str
) -> tuple[Blocker, ...]:
    facts = _facts(desk, book, sections)
    return tuple(
        blocker
        for section in sections
        for blocker in blockers(section, stage, book.workflow, facts[section.id], person)
    )


def _raise(found: tuple[Blocker, ...], stage: str) -> None:
    if found:
        raise Refused(
            f"还不能转入“{stage}”，有{len(found)}项未满足",
            found,
            hint="逐项办完后再推进；确需越过，用 --force 并以 --note 写明理由",
        )


def _facts(desk: Desk, book: Loaded, sections: tuple[Section, ...]) -> dict[str, Facts]:
    letters, opinions = _open_letters(desk), _open_opinions(desk)
    names = _unit_names(book)
    facts = {}
    for section in sections:
        text, _ = load_text(desk.workspace.files, desk.volume_id, section.id)
        facts[section.id] = Facts(
            chars=printed_chars(text),
            leftovers=leftovers(text),
            open_letters=tuple(_named(x, names) for x in letters if section.id in sections_of(x)),
            open_opinions=tuple(_summed(o) for o in opinions if o.section == section.id),
            unit_names=names,
        )
    return facts


def _volume_facts(desk: Desk, book: Loaded, now: str, stage: Stage, at: datetime) -> Facts:
    """The hand-over check reads every page and picture, so it is made when asked for only."""
    names = _unit_names(book)
    asked = {guard for each in entered(book.workflow, now, stage) for guard in each.guards}
    letters, opinions = _open_letters(desk), _open_opinions(desk)
    told = [f"letter {each.id}" for each in letters] if "letters_closed" in asked else []
    settled = "opinions_disposed" in asked
    heads = [f"{Virtue.FINAL.label}：意见{each.id}（" for each in opinions] if settled else []
    found = _handed_over(desk, at) if "handover" in asked else ()
    return Facts(
        handover=tuple(
            each
            for each in found  # what another guard tells of is told once
            if each.node not in told and not each.message.startswith(tuple(heads))
        ),
        open_letters=tuple(_named(letter, names) for letter in letters),
        open_opinions=tuple(_summed(opinion) for opinion in opinions),
        unit_names=names,
    )


def _handed_over(desk: Desk, at: datetime) -> tuple[Blocker, ...]:
    from editorial.desk.handover import handover_blockers  # opens fonts and pictures

    return handover_blockers(desk, at.date())


def _unit_names(book: Loaded) -> dict[str, str]:
    return {unit.id: unit.short or unit.name for unit in book.volume.units}


def _open_letters(desk: Desk) -> list[Letter]:
    return [x for x in load_letters(desk.workspace.files, desk.volume_id) if is_open(x)]


def _open_opinions(desk: Desk) -> list[Opinion]:
    return [o for r in load_rounds(desk.workspace.files, desk.volume_id) for o in waiting(r)]


def _named(letter: Letter, units: dict[str, str]) -> str:
    number = letter.number or f"第{letter.id}号拟稿"
    return f"{number}（{units.get(letter.unit, letter.unit)}，{letter_state(letter).label}）"


def _summed(opinion: Opinion) -> str:
    text = opinion.text if len(opinion.text) <= 20 else opinion.text[:19] + "…"
    return f"{opinion.id} {opinion.by}：{text}（{disposition(opinion).label}）"


def _save(
    desk: Desk, nodes: tuple[Node, ...], sections: tuple[Section, ...], stage: Stage, step: Step
) -> Act:
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    for section in sections:
        source = section.source
        assert source is not None
        files[source.path] = written(desk.workspace.files, source.path, moved(section, step))
        expected[source.path] = source.blob
    gone = [node for node in nodes if set(node.sections) & set(sections)]
    what = "、".join(node.title for node in gone[:3]) + ("等" if len(gone) > 3 else "")
    count = f"（{len(sections)}个分目）" if len(sections) > 1 else ""
    subject = f"推进：{what}{count}至{stage.label}" + ("（越过条件）" if step.forced else "")
    message = Message(subject=subject, act="move", by=step.by, body=step.note)
    ids = tuple(section.id for section in sections)
    return record(desk, files, expected=expected, message=message, nodes=ids)


def _move_volume(desk: Desk, book: Loaded, stage: Stage, person: Editor | str, step: Step) -> Act:
    volume = book.volume
    now = volume.history[-1].to if volume.history else ""
    if now == stage.id:
        raise EditorialError(f"全书已在“{stage.label}”", hint="没有要推进的")
    if rank(book.workflow, stage.id) < rank(book.workflow, now) and not step.note:
        was = stage_label(book.workflow, now)
        raise EditorialError(f"从“{was}”退回“{stage.label}”须写理由", hint="加上 --note 理由")
    if not step.forced:
        facts = _volume_facts(desk, book, now, stage, step.at)
        _raise(volume_blockers(volume, stage, book.workflow, facts, person), stage.label)
    source = volume.source
    assert isinstance(source, Source)
    progress = Progress(history=(*volume.history, step))
    tag = _press_tag(desk, book, progress.history)
    data = written(desk.workspace.files, source.path, progress)
    message = Message(subject=f"推进：全书至{stage.label}", act="move", by=step.by, body=step.note)
    return record(
        desk,
        {source.path: data},
        expected={source.path: source.blob},
        message=message,
        nodes=(volume.id,),
        tag=tag,
    )


def _press_tag(desk: Desk, book: Loaded, history: tuple[Step, ...]) -> Tag | None:
    """发稿 is tagged: what the press got can be found, and compared with, ever after."""
    times = times_handed_over(book.workflow, history)
    if times == times_handed_over(book.workflow, book.volume.history):
        return None
    words = f"发稿：{book_title(book.volume)}（第{times}次）\n"
    return Tag(name=press_tag(desk.volume_id, times), commit=frozen_commit(desk), message=words)
