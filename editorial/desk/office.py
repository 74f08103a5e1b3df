"""The handle every act takes: a workspace, one of its volumes, and who is acting."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.errors import EditorialError
from editorial.model.names import check_name
from editorial.store.workspace import Workspace, identity, open_workspace, volume_ids

if TYPE_CHECKING:
    from editorial.model.people import Editor
    from editorial.model.volume import Volume
    from editorial.store.load import Loaded
    from editorial.store.save import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`by` as asked for with --as; empty means whoever git says is here."""

    workspace: Workspace
    volume_id: str
    by: str = ""
    others: tuple[str, ...] = ()

    @property
    def root(self) -> Path:
        return self.workspace.root


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was done, in words, and the commit that holds it."""

    message: str
    nodes: tuple[str, ...] = ()
    commit: str = ""
    paths: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def open_desk(
    folder: Path | None = None, *, volume: str | None = None, by: str | None = None
) -> Desk:
    """The desk of the workspace at or above `folder` (default: here).

    Without `volume` the first one is taken; `others` names the rest.
    """
    workspace = open_workspace(folder or Path.cwd())
    ids = volume_ids(workspace.files)
    if not ids:
        raise EditorialError(
            "工作区里还没有书（volumes/ 下没有 volume.yaml）",
            hint="用 editorial init 目录 新建一个带样例的工作区",
        )
    if volume is not None:
        check_name(volume, "书")
        if volume not in ids:
            raise EditorialError(f"没有叫“{volume}”的书", hint=f"现有：{'、'.join(ids)}")
    chosen = volume or ids[0]
    others = tuple(each for each in ids if each != chosen) if volume is None else ()
    return Desk(workspace=workspace, volume_id=chosen, by=by or "", others=others)


def volumes(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(id, title) of every volume of the workspace."""
    from editorial.model.volume import VolumeFile
    from editorial.store.reader import Reader

    reader = Reader(desk.workspace.files)
    found = []
    for volume_id in volume_ids(desk.workspace.files):
        info = reader.record(VolumeFile, f"volumes/{volume_id}/volume.yaml")
        if info is not None:
            found.append((volume_id, f"{info.title}{info.label}"))
    return tuple(found)


def loaded(desk: Desk) -> Loaded:
    """The volume as it lies on disk. The reader is imported late: the board opens before it."""
    from editorial.store.load import load_volume

    return load_volume(desk.workspace.files, desk.volume_id)


def actor(desk: Desk, volume: Volume) -> Editor | str:
    """The person acting: someone of staff.yaml, or the bare name git knows.

    `--as` must name someone of staff.yaml; git's user is matched by mail, then by name.
    """
    if desk.by:
        from editorial.model.people import find_editor

        return find_editor(volume.staff, desk.by)
    name, mail = identity(desk.workspace)
    for editor in volume.staff:
        if (mail and mail == editor.mail) or name in (editor.id, editor.name):
            return editor
    return name


def name_of(person: Editor | str) -> str:
    return person if isinstance(person, str) else person.id


def record(
    desk: Desk,
    files: dict[str, bytes | None],
    *,
    expected: dict[str, str],
    message: Message,
    nodes: tuple[str, ...] = (),
) -> Act:
    """Save an act's files as one commit."""
    from dataclasses import replace

    from editorial.store.save import Writes, save

    named = replace(message, trailers=(*message.trailers, *(("Editorial-Node", n) for n in nodes)))
    commit = save(desk.workspace, Writes(files=files, expected=expected), named)
    return Act(message=message.subject, nodes=nodes, commit=commit, paths=tuple(files))
