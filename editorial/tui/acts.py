"""From a key to a finished act: ask what is needed, call the desk, tell what came of it.

Each function is one journey, run as a worker; dialogs and the desk's modules are imported
when they are first needed, since nobody should wait for them at the start.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from editorial.errors import EditorialError

if TYPE_CHECKING:
    from editorial.desk.office import Act
    from editorial.model.board import Row
    from editorial.tui.dialogs.base import Carry
    from editorial.tui.dialogs.introduce import Introduced
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome

SPARING = "只推进没有阻碍的"


def now() -> datetime:
    """The moment of an act; below the screens nobody asks the clock."""
    return datetime.now().astimezone().replace(microsecond=0)


async def move(app: Frame, rows: Sequence[Row]) -> None:
    """推进: choose a stage and see what becomes of each node. A refusal lists what blocks; it may
    be overridden with a reason, or the free ones moved alone."""
    from collections import Counter

    from editorial.desk.move import targets
    from editorial.tui.dialogs.move import named

    leaves = [leaf for row in rows for leaf in (row.rows or (row,))]
    stages = await app.fetch(partial(targets, app.desk))
    if stages:
        here = Counter(leaf.editing.id for leaf in leaves)
        title = f"推进：{named(rows)}（{len(leaves)}个）"
        _ask_move(app, title, stages, here, tuple(row.id for row in rows))


async def move_volume(app: Frame) -> None:
    """全书的阶段: 形成评议稿, 发稿, 付印 …"""
    from editorial.desk.move import targets, volume_stage

    desk = app.desk
    found = await app.fetch(
        lambda: (targets(desk, "volume"), volume_stage(desk), app.board().volume.title)
    )
    if found is not None:
        stages, now_at, title = found
        _ask_move(app, f"推进全书：{title}", stages, {now_at: 1}, (desk.volume_id,))


def _ask_move(
    app: Frame,
    title: str,
    stages: tuple[tuple[str, str], ...],
    here: Mapping[str, int],
    nodes: tuple[str, ...],
) -> None:
    from editorial.desk.move import Foresight, foresee
    from editorial.desk.move import move as move_on
    from editorial.tui.dialogs.move import MoveDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        act = partial(move_on, app.desk, nodes, wish.to, at=now(), note=wish.note)
        told = partial(act, force=wish.force, free=wish.free, day=wish.day)
        return await app.carry_out(told, can_force=True, rest=SPARING if wish.some else "")

    async def look(stage: str) -> Foresight | None:
        return await app.fetch(partial(foresee, app.desk, nodes, stage, at=now()))

    about = " ".join(sorted(nodes))
    app.push_screen(MoveDialog(title, stages, here, look, carry, about=about))


async def assign(app: Frame, rows: Sequence[Row]) -> None:
    """分派: editor, unit and due date of the chosen nodes; what is left empty stays."""
    from editorial.desk.assign import assign as give
    from editorial.desk.office import people
    from editorial.tui.dialogs.assign import AssignDialog, Wanted

    nodes = tuple(row.id for row in rows)

    async def carry(wish: Wanted) -> Outcome:
        told = partial(give, app.desk, nodes, editor=wish.editor, unit=wish.unit, due=wish.due)
        return await app.carry_out(partial(told, supply=wish.supply, note=wish.note, at=now()))

    known = await app.fetch(partial(people, app.desk))
    if known is not None:
        app.push_screen(AssignDialog(rows, *known, carry))


async def write_letter(app: Frame, rows: Sequence[Row]) -> None:
    """拟函: a new letter to one unit with the points asked for."""
    from editorial.desk.drafting import new_letter
    from editorial.desk.office import people
    from editorial.tui.dialogs.letter import LetterDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        letter = partial(new_letter, app.desk, kind=wish.kind, unit=wish.unit, items=wish.items)
        told = partial(letter, due=wish.due, title=wish.title, reason=wish.reason)
        sent = partial(told, cc=wish.cc, urgent=wish.urgent)
        return await app.carry_out(lambda: sent(at=now())[1])

    sections = [leaf for row in rows for leaf in (row.rows or (row,))]
    known = await app.fetch(partial(people, app.desk))
    if known is not None:
        app.push_screen(LetterDialog(sections, known[0], carry))


async def undo(app: Frame) -> None:
    """撤销: my acts, what taking one back would change, and which cannot be taken back and why."""
    from editorial.desk.undo import undo_list
    from editorial.tui.dialogs.undo import UndoDialog

    found = await app.fetch(partial(undo_list, app.desk))
    if found:
        app.push_screen(UndoDialog(found, _undo_steps(app), _undo_preview(app)))
    elif found is not None:
        app.notify("没有可撤销的操作")


async def redo(app: Frame) -> None:
    """重做: what was taken back last, shown before it is done again."""
    from editorial.desk.undo import redo as do_again
    from editorial.desk.undo import redo_list, redo_preview
    from editorial.desk.undo_words import told
    from editorial.tui.dialogs.confirm import ConfirmDialog

    found = await app.fetch(partial(redo_list, app.desk))
    if found is None:
        return
    if not found:
        app.notify("没有可重做的操作；撤销以后又办了别的事，就不能再重做")
        return
    lines = await app.fetch(lambda: told(app.desk, redo_preview(app.desk, at=now())))
    if lines is None:
        return
    more = f"\n\n之后还可以重做{len(found) - 1}次。" if len(found) > 1 else ""
    text = "\n".join([found[0].subject, "", *lines])
    note = f"重做本身也记入经过。{more}"
    if await app.push_screen_wait(ConfirmDialog("重做", text, note=note, yes="重做")):
        await app.carry_out(lambda: do_again(app.desk, at=now()))


def _undo_steps(app: Frame) -> Callable[[tuple[str, ...]], Awaitable[Outcome]]:
    """Take back these commits, newest first, each a commit of its own."""
    from dataclasses import replace

    from editorial.desk.undo import undo as take_back

    def act(commits: tuple[str, ...]) -> Act:
        acts = [take_back(app.desk, at=now(), commit=commits[0])]
        for commit in commits[1:]:
            try:
                acts.append(take_back(app.desk, at=now(), commit=commit))
            except EditorialError as error:
                told = (f"撤销了{len(acts)}次，停在这里：{error.message}", error.hint)
                return replace(acts[-1], remarks=tuple(filter(None, told)))
        return replace(acts[-1], message="\n".join(each.message for each in acts))

    async def carry(commits: tuple[str, ...]) -> Outcome:
        return await app.carry_out(partial(act, commits))

    return carry


def _undo_preview(app: Frame) -> Callable[[str], Awaitable[tuple[str, ...] | None]]:
    """The changes in words, or why there can be none."""
    from editorial.desk.undo import preview
    from editorial.desk.undo_words import told

    def read(commit: str) -> tuple[str, ...]:
        try:
            return told(app.desk, preview(app.desk, commit, at=now()))
        except EditorialError as error:
            where = f"（{error.where}）" if error.where else ""
            return tuple(
                filter(None, (app.said(f"× {error.message}{where}"), app.said(error.hint)))
            )

    async def look(commit: str) -> tuple[str, ...] | None:
        return await app.fetch(partial(read, commit))

    return look


def introduce(app: Frame) -> Carry[Introduced]:
    """Keep who is here; what was to be done is asked for again."""
    from editorial.desk.introduce import introduce as keep
    from editorial.tui.outcome import Outcome

    async def carry(who: Introduced) -> Outcome:
        await to_thread(keep, app.desk, who.name, who.mail)
        app.changed()
        app.notify(f"已记下：{who.name.strip()}。请再办一次刚才的事。")
        return Outcome(kind="done")

    return carry


async def change_volume(app: Frame) -> None:
    """换卷: open another volume of the same workspace."""
    from editorial.desk.office import volumes
    from editorial.tui.dialogs.choose import ChooseDialog

    titles = await app.fetch(lambda: volumes(app.desk))
    if not titles:
        return
    chosen = await app.push_screen_wait(ChooseDialog("打开卷册", titles, app.desk.volume_id))
    if chosen is None or chosen == app.desk.volume_id:
        return
    await open_volume(app, chosen)


async def open_volume(app: Frame, volume: str) -> None:
    """Go on with that volume, from its board."""
    from editorial.desk.office import open_desk

    now_at = app.desk
    desk = await app.fetch(
        lambda: open_desk(now_at.root, volume=volume, by=now_at.by, read_only=now_at.read_only)
    )
    if desk is not None:
        app.take(desk)
