"""推进: move sections, or the whole book, to a stage of the workflow."""

from __future__ import annotations

from datetime import datetime

from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.errors import Blocker, EditorialError, Refused
from editorial.model.counting import leftovers, printed_chars
from editorial.model.letters import Letter, is_open, letter_state, sections_of
from editorial.model.nodes import Node, find_node
from editorial.model.people import Editor
from editorial.model.reviews import UNANSWERED, Opinion, disposition
from editorial.model.volume import Section, Source, Step, stage_of
from editorial.model.workflow import (
    Facts,
    Stage,
    Workflow,
    blockers,
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
from editorial.store.save import Message


def targets(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(id, label) of the section stages in order."""
    return tuple((stage.id, stage.label) for stage in stages(loaded(desk).workflow))


def move(
    desk: Desk,
    nodes: tuple[str, ...],
    to: str,
    *,
    at: datetime,
    note: str = "",
    force: bool = False,
) -> Act:
    """Move nodes to the stage `to` (id or label); a chapter means all its sections.

    Of a chapter, sections that are already further stay where they are, unless all are:
    then it is a backward move, which needs a note. Raises Refused with every blocker;
    `force` overrides guards, needs a note, and is recorded.
    """
    book = loaded(desk)
    stage = _stage(book.workflow, to)
    person = actor(desk, book.volume)
    found = tuple(find_node(book.volume, name) for name in nodes)
    if stage.scope == "volume":
        return _move_volume(desk, book, stage, person, _step(person, stage, at, note, force))
    if any(node.kind == "volume" for node in found):
        raise EditorialError(
            f"“{stage.label}”是分目的阶段，不能用于全书", hint="请写篇目或分目的编号"
        )
    sections = _to_move(book.workflow, found, stage)
    back = [s for s in sections if is_backward(book.workflow, stage_of(s), stage)]
    if back and not note:
        names = "、".join(section.id for section in back[:5])
        raise EditorialError(f"退回前面的阶段须写理由：{names}", hint="加上 --note 理由")
    step = _step(person, stage, at, note, force)
    _refuse(desk, book, sections, stage, person, step)
    return _save(desk, found, sections, stage, step)


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
    chosen: dict[str, Section] = {}
    for node in nodes:
        elsewhere = [s for s in node.sections if stage_of(s) != stage.id]
        behind = [s for s in elsewhere if not is_backward(workflow, stage_of(s), stage)]
        chosen |= {s.id: s for s in (behind or elsewhere)}
    if not chosen:
        raise EditorialError(f"所选分目都已在“{stage.label}”", hint="没有要推进的")
    return tuple(chosen.values())


def _refuse(
    desk: Desk,
    book: Loaded,
    sections: tuple[Section, ...],
    stage: Stage,
    person: Editor | str,
    step: Step,
) -> None:
    if step.forced:
        return
    facts = _facts(desk, book, sections)
    found = tuple(
        blocker
        for section in sections
        for blocker in blockers(section, stage, book.workflow, facts[section.id], person)
    )
    _raise(found, stage)


def _raise(found: tuple[Blocker, ...], stage: Stage) -> None:
    if found:
        raise Refused(
            f"还不能转入“{stage.label}”，有{len(found)}项未满足",
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


def _volume_facts(desk: Desk, book: Loaded) -> Facts:
    names = _unit_names(book)
    return Facts(
        open_letters=tuple(_named(letter, names) for letter in _open_letters(desk)),
        open_opinions=tuple(_summed(opinion) for opinion in _open_opinions(desk)),
        unit_names=names,
    )


def _unit_names(book: Loaded) -> dict[str, str]:
    return {unit.id: unit.short or unit.name for unit in book.volume.units}


def _open_letters(desk: Desk) -> list[Letter]:
    return [x for x in load_letters(desk.workspace.files, desk.volume_id) if is_open(x)]


def _open_opinions(desk: Desk) -> list[Opinion]:
    rounds = load_rounds(desk.workspace.files, desk.volume_id)
    return [o for r in rounds for o in r.opinions if disposition(o) in UNANSWERED]


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
    what = "、".join(node.title for node in nodes[:3]) + ("等" if len(nodes) > 3 else "")
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
        facts = _volume_facts(desk, book)
        _raise(volume_blockers(volume, stage, book.workflow, facts, person), stage)
    source = volume.source
    assert isinstance(source, Source)
    progress = Progress(history=(*volume.history, step))
    data = written(desk.workspace.files, source.path, progress)
    message = Message(subject=f"推进：全书至{stage.label}", act="move", by=step.by, body=step.note)
    return record(
        desk,
        {source.path: data},
        expected={source.path: source.blob},
        message=message,
        nodes=(volume.id,),
    )
