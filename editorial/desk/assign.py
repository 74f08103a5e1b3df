"""分工: who edits a section, which unit supplies it, and by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.labels import TaskState
from editorial.model.nodes import sections_under
from editorial.model.volume import Section, Step, Task, Volume
from editorial.store.records import written
from editorial.store.save import Message


def assign(
    desk: Desk,
    nodes: tuple[str, ...],
    *,
    at: datetime,
    editor: str | None = None,
    unit: str | None = None,
    due: date | None = None,
) -> Act:
    """Set editor, unit or due date of all sections under `nodes`.

    A unit new to a section also gets its supply task (已下达), due on the same day.
    """
    if editor is None and unit is None and due is None:
        raise EditorialError("没有说要改什么", hint="写 --editor、--unit 或 --due 中的至少一项")
    volume = loaded(desk).volume
    editor = _editor(volume, editor) if editor else None
    unit = _unit(volume, unit) if unit else None
    by = name_of(actor(desk, volume))
    step = Step(at=at, by=by, to=TaskState.ISSUED.value)
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    sections = sections_under(volume, nodes)
    for section in sections:
        assert section.source is not None
        path = section.source.path
        files[path] = written(
            desk.workspace.files, path, _assigned(section, editor, unit, due, step)
        )
        expected[path] = section.source.blob
    message = Message(subject=_subject(volume, sections, editor, unit, due), act="assign", by=by)
    ids = tuple(section.id for section in sections)
    return record(desk, files, expected=expected, message=message, nodes=ids)


def _assigned(
    section: Section, editor: str | None, unit: str | None, due: date | None, step: Step
) -> Section:
    tasks = section.tasks
    if unit and unit not in [task.unit for task in tasks]:
        tasks = (*tasks, Task(unit=unit, due=due, history=(step,)))
    units = section.units if not unit or unit in section.units else (*section.units, unit)
    return replace(
        section, editor=editor or section.editor, units=units, tasks=tasks, due=due or section.due
    )


def _editor(volume: Volume, name: str) -> str:
    for editor in volume.staff:
        if name in (editor.id, editor.name):
            return editor.id
    known = "、".join(f"{each.id}（{each.name}）" for each in volume.staff)
    raise EditorialError(f"staff.yaml 里没有“{name}”", hint=f"现有：{known}")


def _unit(volume: Volume, name: str) -> str:
    found = [u.id for u in volume.units if name in (u.id, u.short, u.name)]
    near = [u.id for u in volume.units if name in u.name or name in u.short]
    if len(found or near) == 1:
        return (found or near)[0]
    hint = (
        f"是否指：{'、'.join((found or near)[:8])}"
        if found or near
        else "请先把单位写进 units.yaml"
    )
    raise EditorialError(f"单位“{name}”不能确定", hint=hint)


def _subject(
    volume: Volume,
    sections: tuple[Section, ...],
    editor: str | None,
    unit: str | None,
    due: date | None,
) -> str:
    names = {e.id: e.name for e in volume.staff} | {u.id: u.short or u.name for u in volume.units}
    parts = [f"责任编辑{names[editor]}"] if editor else []
    parts += [f"供稿单位{names[unit]}"] if unit else []
    parts += [f"{chinese_day(due)}截稿"] if due else []
    what = sections[0].title if len(sections) == 1 else f"{len(sections)}个分目"
    return f"分工：{what}，{'，'.join(parts)}"
