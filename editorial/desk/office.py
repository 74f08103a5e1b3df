"""The handle every act takes: a workspace, one of its volumes, and who is acting."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.errors import BadData, EditorialError
from editorial.store.workspace import (
    Workspace,
    identity,
    open_workspace,
    refuse_lost,
    refuse_read_only,
    volume_ids,
)
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.model.people import Editor, Unit
    from editorial.model.volume import Volume
    from editorial.store.load import Loaded
    from editorial.store.save import Message, Tag


CORRECTING = "proof apply"  # the one act that changes text after 发稿


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

    @property
    def read_only(self) -> bool:
        return self.workspace.read_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was done, in words, and the commit that holds it. `book` is where, when there are
    several and nobody had chosen one."""

    message: str
    nodes: tuple[str, ...] = ()
    commit: str = ""
    paths: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    book: str = ""


def open_desk(
    folder: Path | None = None,
    *,
    volume: str | None = None,
    by: str | None = None,
    read_only: bool = False,
) -> Desk:
    """The desk of the workspace at or above `folder` (default: here).

    Without `volume` that of the book whose folder one stands in is taken, elsewhere the first;
    then `others` names the rest. At a `read_only` desk every act is refused.
    """
    here = folder or Path.cwd()
    workspace = open_workspace(here, read_only=read_only)
    ids = volume_ids(workspace.files)
    chosen = volume or _book_at(here, workspace.root)
    if chosen not in ids:
        refuse_lost(workspace)
    if not ids:
        raise EditorialError(
            "工作区里还没有书（volumes/ 下没有 volume.yaml）",
            hint="误删的，用 git checkout HEAD -- volumes 恢复；"
            "或用 editorial init 目录 新建一个带样例的工作区",
        )
    if volume is not None and volume not in ids:
        raise EditorialError(f"没有叫“{volume}”的书", hint=f"现有：{'、'.join(ids)}")
    if chosen in ids:
        return Desk(workspace=workspace, volume_id=chosen, by=by or "")
    return Desk(workspace=workspace, volume_id=ids[0], by=by or "", others=ids[1:])


def put_right(desk: Desk) -> str:
    """Before anything is read: an act whose process was killed is ended or taken back, lest what
    it left half done be taken for somebody's change. What was done; "" when nothing was, as while
    an act is under way or where one may not write: the next act does it then."""
    from editorial.store.journal import pending, repair
    from editorial.store.lock import lock

    if desk.read_only or pending(desk.workspace) is None:
        return ""
    with suppress(EditorialError), lock(desk.workspace, 0.0):
        return repair(desk.workspace)
    return ""


def _book_at(folder: Path, root: Path) -> str:
    """The folder of volumes/ that `folder` is or lies in, "" when it is in none."""
    parts = folder.resolve().relative_to(root).parts
    return parts[1] if len(parts) > 1 and parts[0] == "volumes" else ""


def refuse_reader(desk: Desk) -> None:
    """EditorialError at a desk where one only looks, for acts to be refused before they ask."""
    refuse_read_only(desk.workspace)


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


def loaded_beside(desk: Desk, nodes: Iterable[str]) -> Loaded:
    """As `loaded`, without the sections that cannot be read: a fault in one of them stops no
    act on another. BadData when one of `nodes` is such a section, holds one, or lies in one."""
    from editorial.store.load import survey_volume

    seen = survey_volume(desk.workspace.files, desk.volume_id)
    wanted = [node.strip().strip("/") for node in nodes]
    titles = {each.id: each.title for each in seen.whole.sections}
    titles |= {each.id: each.title for each in seen.whole.chapters}
    for node, problems in seen.faults.items():
        names = {node, titles.get(node, node)}
        if any(each in names or node.startswith(f"{each}/") for each in wanted):
            raise BadData(problems, hint="请按所列文件和行逐处改正后重试")
    return seen.sound


def people(desk: Desk) -> tuple[tuple[Unit, ...], tuple[Editor, ...]]:
    """Here and not beside the text, which is slow to import: the board names people at once."""
    volume = loaded_beside(desk, ()).volume
    return volume.units, volume.staff


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
    tag: Tag | None = None,
    untag: tuple[str, ...] = (),
    correcting: bool = False,
) -> Act:
    """Save an act's files as one commit, with a tag where one is wanted.

    Refused when it would change the text of a book that is with the press, unless it carries
    the corrections of a proof into it, or (`correcting`) takes that back.
    """
    from dataclasses import replace

    from editorial.store.own import make_room
    from editorial.store.save import Writes, save

    if not (correcting or message.act == CORRECTING):
        from editorial.desk.frozen import refuse_frozen

        refuse_frozen(desk.workspace, tuple(files))
    nodes_named = tuple(("Editorial-Node", node) for node in nodes)
    tagged = (("Editorial-Tag", tag.name),) if tag else ()
    named = replace(message, trailers=(*message.trailers, *nodes_named, *tagged))
    mended = make_room(desk.workspace)
    commit = save(
        desk.workspace, Writes(files=files, expected=expected, tag=tag, untag=untag), named
    )
    return Act(
        message=message.subject,
        nodes=nodes,
        commit=commit,
        paths=tuple(files),
        book=unchosen(desk),
        remarks=(mended,) if mended else (),
    )


def unchosen(desk: Desk) -> str:
    """The book, where there are several and nobody chose this one: an act then says its name."""
    return desk.volume_id if desk.others else ""
