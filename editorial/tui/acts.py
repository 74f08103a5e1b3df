"""From a key to a finished act: ask what is needed, call the desk, tell what came of it.

Each function is one journey, run as a worker; dialogs and the desk's modules are imported
when they are first needed, since nobody should wait for them at the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editorial.model.board import Row
    from editorial.tui.app import EditorialApp
    from editorial.tui.dialogs.base import Outcome


def now() -> datetime:
    """The moment of an act; below the screens nobody asks the clock."""
    return datetime.now().astimezone().replace(microsecond=0)


async def move(app: EditorialApp, rows: Sequence[Row]) -> None:
    """推进: choose a stage; a refusal lists what blocks and may be overridden with a reason."""
    from editorial.desk.move import move as move_on
    from editorial.desk.move import targets
    from editorial.tui.dialogs.move import MoveDialog, Wanted

    nodes = tuple(row.id for row in rows)

    async def carry(wish: Wanted) -> Outcome:
        act = partial(move_on, app.desk, nodes, wish.to, at=now(), note=wish.note, force=wish.force)
        return await app.carry_out(act, can_force=True)

    stages = await app.fetch(partial(targets, app.desk))
    if stages:
        app.push_screen(MoveDialog(rows, stages, carry))


async def assign(app: EditorialApp, rows: Sequence[Row]) -> None:
    """分派: editor, unit and due date of the chosen nodes; what is left empty stays."""
    from editorial.desk.assign import assign as give
    from editorial.desk.sections import people
    from editorial.tui.dialogs.assign import AssignDialog, Wanted

    nodes = tuple(row.id for row in rows)

    async def carry(wish: Wanted) -> Outcome:
        told = partial(give, app.desk, nodes, editor=wish.editor, unit=wish.unit, due=wish.due)
        return await app.carry_out(partial(told, at=now()))

    known = await app.fetch(partial(people, app.desk))
    if known is not None:
        app.push_screen(AssignDialog(rows, *known, carry))


async def write_letter(app: EditorialApp, rows: Sequence[Row]) -> None:
    """拟函: a new letter to one unit with the points asked for."""
    from editorial.desk.drafting import new_letter
    from editorial.desk.sections import people
    from editorial.tui.dialogs.letter import LetterDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        letter = partial(new_letter, app.desk, kind=wish.kind, unit=wish.unit, items=wish.items)
        told = partial(letter, due=wish.due, title=wish.title, reason=wish.reason)
        return await app.carry_out(lambda: told(at=now())[1])

    sections = [leaf for row in rows for leaf in (row.rows or (row,))]
    known = await app.fetch(partial(people, app.desk))
    if known is not None:
        app.push_screen(LetterDialog(sections, known[0], carry))


async def undo(app: EditorialApp) -> None:
    """撤销: the last act is shown before it is taken back."""
    from editorial.desk.undo import undo as take_back
    from editorial.desk.undo import undoable
    from editorial.tui.dialogs.confirm import ConfirmDialog

    fetched = await app.fetch(lambda: (undoable(app.desk),))
    if fetched is None:
        return
    (last,) = fetched
    if last is None:
        app.notify("没有可撤销的操作")
        return
    question = ConfirmDialog(
        "撤销上一次操作",
        f"{last.subject}\n\n{last.by}　{last.at:%Y-%m-%d %H:%M}　{last.commit[:7]}",
        note="撤销本身也记入经过，已发出的函件和已送出的稿样收不回来。",
        yes="撤销",
    )
    if await app.push_screen_wait(question):
        await app.carry_out(lambda: take_back(app.desk, at=now()))


async def change_volume(app: EditorialApp) -> None:
    """换卷: open another volume of the same workspace."""
    from editorial.desk.office import open_desk, volumes
    from editorial.tui.dialogs.choose import ChooseDialog

    titles = await app.fetch(lambda: volumes(app.desk))
    if not titles:
        return
    chosen = await app.push_screen_wait(ChooseDialog("打开卷册", titles, app.desk.volume_id))
    if chosen is None or chosen == app.desk.volume_id:
        return
    desk = await app.fetch(lambda: open_desk(app.desk.root, volume=chosen, by=app.desk.by))
    if desk is not None:
        app.take(desk)
