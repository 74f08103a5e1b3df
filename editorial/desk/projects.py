"""项目: every volume of the workspace on one line, cheap enough for two hundred of them.

What a volume comes to is kept beside the parsed records under the hash git gives its folder,
so that only those that changed are read again; a day passing counts once a due day is past.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from editorial.desk.office import Desk
from editorial.desk.overview import board_of, desktop_of
from editorial.errors import BadData, EditorialError
from editorial.model.board import AxisCell
from editorial.model.matters import matters
from editorial.model.volume import Volume, VolumeFile, stage_of, task_due, task_state
from editorial.model.workflow import ARRIVED, Workflow, stage_label, stages, standing
from editorial.store.reader import Reader
from editorial.store.trees import Trees, last_changes, trees_of
from editorial.store.workspace import volume_ids
from editorial.values import dataclass

SHELF = "projects"
AXES = ("supply", "editing", "letters", "opinions", "production")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One volume. `stage` is the volume's own; `due` the next day something falls due,
    `changed` its last commit; `hand`: changed since by hand; `fault` says why it cannot be
    read; one that `waits` has not been read yet."""

    id: str
    title: str = ""
    kind: str = ""
    stage: str = ""
    supply: AxisCell = AxisCell()
    editing: AxisCell = AxisCell()
    letters: AxisCell = AxisCell()
    opinions: AxisCell = AxisCell()
    production: AxisCell = AxisCell()
    overdue: int = 0
    chars: int = 0
    due: date | None = None
    changed: datetime | None = None
    hand: bool = False
    fault: str = ""
    waits: bool = False


def projects(desk: Desk, today: date) -> tuple[Project, ...]:
    """All volumes in the order of their names. A damaged one tells its fault and hides none."""
    found = known_projects(desk, today)
    new = read_projects(desk, [each.id for each in found if each.waits], today)
    anew = {each.id: each for each in new}
    return tuple(anew.get(each.id, each) for each in found)


def known_projects(desk: Desk, today: date) -> tuple[Project, ...]:
    """What is known without reading much: the others wait, and have their titles only."""
    trees = trees_of(desk.workspace)
    found = tuple(
        _kept(desk, trees, each, today) or Project(id=each, title=_title(desk, each), waits=True)
        for each in volume_ids(desk.workspace.files)
    )
    desk.workspace.parsed.flush()
    return found


def read_projects(desk: Desk, ids: Sequence[str], today: date) -> tuple[Project, ...]:
    """These volumes read through, and kept for the next time."""
    if not ids:
        return ()
    trees, moments = trees_of(desk.workspace), last_changes(desk.workspace, ids)
    found = []
    for each in ids:
        read = _read(desk, each, today)
        read = replace(read, changed=moments.get(each), hand=each in trees.changed)
        if (key := _key(trees, each)) and read.changed:
            desk.workspace.parsed.put(SHELF, key, _plain(read, today))
        found.append(read)
    desk.workspace.parsed.flush()
    return tuple(found)


def _read(desk: Desk, volume_id: str, today: date) -> Project:
    own = replace(desk, volume_id=volume_id)
    try:
        desktop = desktop_of(own, today)
        row, volume = board_of(desktop).volume, desktop.volume
    except EditorialError as error:
        title = _title(desk, volume_id)
        told = str(error.problems[0]) if isinstance(error, BadData) else error.message
        return Project(id=volume_id, title=title, fault=told)
    waiting = (matter.due for matter in matters(volume, desktop.letters, today))
    dues = (*_dues(volume, desktop.workflow), *waiting)
    return Project(
        id=volume_id,
        title=row.title,
        kind=volume.info.kind.label,
        stage=_stage(volume, desktop.workflow),
        **{axis: getattr(row, axis) for axis in AXES},
        overdue=row.overdue,
        chars=row.chars,
        due=min((day for day in dues if day >= today), default=None),
    )


def _dues(volume: Volume, workflow: Workflow) -> Iterator[date]:
    """The days of what is not there yet."""
    last = stages(workflow)[-1].id
    for section in volume.sections:
        if section.due and stage_of(section) != last:
            yield section.due
        for task in section.tasks:
            if task_state(task) not in ARRIVED and (due := task_due(task)):
                yield due


def _stage(volume: Volume, workflow: Workflow) -> str:
    steps = standing(volume.history)
    return stage_label(workflow, steps[-1].to) if steps else "未开始"


def _title(desk: Desk, volume_id: str) -> str:
    """The title as far as it can be told; faults are told when the volume is read."""
    info = Reader(desk.workspace.files).record(VolumeFile, f"volumes/{volume_id}/volume.yaml")
    return f"{info.title}{info.label}" if info else volume_id


# What is kept


def _key(trees: Trees, volume_id: str) -> str:
    """Empty while something of it has not been committed."""
    tree = trees.volumes.get(volume_id, "")
    if not tree or not trees.styles or trees.styles_changed or volume_id in trees.changed:
        return ""
    return f"{volume_id}:{tree}:{trees.styles}"


def _kept(desk: Desk, trees: Trees, volume_id: str, today: date) -> Project | None:
    """As kept, while no due day has passed since."""
    key = _key(trees, volume_id)
    raw = desk.workspace.parsed.get(SHELF, key) if key else None
    if raw is None or not raw["on"] <= today.isoformat() <= (raw["due"] or "9999"):
        return None
    kept: dict[str, Any] = {name: value for name, value in raw.items() if name != "on"}
    kept |= {axis: AxisCell(**raw[axis]) for axis in AXES}
    kept["due"] = date.fromisoformat(raw["due"]) if raw["due"] else None
    kept["changed"] = datetime.fromisoformat(raw["changed"])
    return Project(**kept)


def _plain(project: Project, today: date) -> dict[str, Any]:
    return asdict(project) | {
        "on": today.isoformat(),
        "due": project.due.isoformat() if project.due else "",
        "changed": project.changed.isoformat() if project.changed else "",
    }
