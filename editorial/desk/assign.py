"""分工: who edits a section, which unit supplies it, by when, and how far the supply has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from editorial.desk.office import Act, Desk, actor, loaded, loaded_beside, name_of, record
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.labels import TaskState
from editorial.model.nodes import sections_under
from editorial.model.people import find_editor, find_unit
from editorial.model.volume import Section, Step, Task, Volume, task_state
from editorial.store.records import written
from editorial.store.save import Message
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be set; None leaves it as it is."""

    editor: str | None = None
    unit: str | None = None
    due: date | None = None
    supply: TaskState | None = None


def assign(
    desk: Desk,
    nodes: tuple[str, ...],
    *,
    at: datetime,
    editor: str | None = None,
    unit: str | None = None,
    due: date | None = None,
    supply: str | None = None,
    note: str = "",
) -> Act:
    """Set editor, unit, due date or state of supply of all sections under `nodes`.

    A unit new to a section also gets its supply task (已下达), due on the same day.
    `supply` (id or label of a TaskState) goes into the history of the unit's task, or of
    every task of the sections when no unit is named.
    """
    volume = (loaded_beside(desk, nodes) if nodes else loaded(desk)).volume
    wanted = Wanted(
        editor=find_editor(volume.staff, editor).id if editor else None,
        unit=find_unit(volume.units, unit).id if unit else None,
        due=due,
        supply=_supply(supply) if supply else None,
    )
    if wanted == Wanted():
        hint = "写 --editor、--unit、--due、--supply 中的至少一项"
        raise EditorialError("没有说要改什么", hint=hint)
    by = name_of(actor(desk, volume))
    step = Step(at=at, by=by, to=(wanted.supply or TaskState.ISSUED).value, note=note)
    sections = sections_under(volume, nodes)
    files, expected = _files(desk, sections, wanted, step)
    subject = _subject(volume, sections, wanted)
    message = Message(subject=subject, act="assign", by=by, body=note)
    ids = tuple(section.id for section in sections)
    return record(desk, files, expected=expected, message=message, nodes=ids)


def _files(
    desk: Desk, sections: Sequence[Section], wanted: Wanted, step: Step
) -> tuple[dict[str, bytes | None], dict[str, str]]:
    """What each section's file becomes, and what it was."""
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    for section in sections:
        assert section.source is not None
        path = section.source.path
        files[path] = written(desk.workspace.files, path, _assigned(section, wanted, step))
        expected[path] = section.source.blob
    return files, expected


def _supply(name: str) -> TaskState:
    for state in TaskState:
        if name in (state.value, state.label):
            return state
    known = "、".join(state.label for state in TaskState)
    raise EditorialError(f"没有供稿状态“{name}”", hint=f"可用：{known}")


def _assigned(section: Section, wanted: Wanted, step: Step) -> Section:
    unit = wanted.unit
    units = section.units if not unit or unit in section.units else (*section.units, unit)
    return replace(
        section,
        editor=wanted.editor or section.editor,
        units=units,
        tasks=_tasks(section, wanted, step),
        due=wanted.due or section.due,
    )


def _tasks(section: Section, wanted: Wanted, step: Step) -> tuple[Task, ...]:
    tasks = section.tasks
    if wanted.unit and wanted.unit not in [task.unit for task in tasks]:
        return (*tasks, Task(unit=wanted.unit, due=wanted.due, history=(step,)))
    if wanted.supply is None:
        return tasks
    return tuple(
        replace(task, history=(*task.history, step))
        if wanted.unit in (None, task.unit) and task_state(task) is not wanted.supply
        else task
        for task in tasks
    )


def _subject(volume: Volume, sections: tuple[Section, ...], wanted: Wanted) -> str:
    names = {e.id: e.name for e in volume.staff} | {u.id: u.short or u.name for u in volume.units}
    parts = [f"责任编辑{names[wanted.editor]}"] if wanted.editor else []
    parts += [f"供稿单位{names[wanted.unit]}"] if wanted.unit else []
    parts += [f"{chinese_day(wanted.due)}截稿"] if wanted.due else []
    parts += [f"供稿{wanted.supply.label}"] if wanted.supply else []
    what = sections[0].title if len(sections) == 1 else f"{len(sections)}个分目"
    return f"分工：{what}，{'，'.join(parts)}"
