"""批准延期, from a letter or from the day's list."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome


async def extend(app: Frame, unit: str, *, letter: str = "", until: date | None = None) -> None:
    """Ask for the day and which matters of the unit; `letter` ticks those it is about alone."""
    from editorial.desk.extensions import extend as grant
    from editorial.desk.extensions import owed
    from editorial.tui.dialogs.extend import ExtendDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        told = partial(grant, app.desk, unit, wish.until, today=date.today())
        return await app.carry_out(partial(told, only=wish.only, note=wish.note))

    matters = await app.fetch(lambda: owed(app.desk, unit, date.today()))
    if matters is None:
        return
    if not matters:
        app.notify("这个单位没有未了的函件和供稿任务")
        return
    names = await app.fetch(app.learn_names) or {}
    title = f"批准延期：{names.get(unit, unit)}"
    app.push_screen(
        ExtendDialog(title, matters, carry, letter=letter, until=until, about=f"{unit} {letter}")
    )
