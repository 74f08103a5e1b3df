"""What can be done to units in the register; each function is one journey, run as a worker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from editorial.tui.acts import now

if TYPE_CHECKING:
    from editorial.desk.unit_register import Entry
    from editorial.model.people import Unit
    from editorial.model.proposals import Proposal
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome


async def contact(app: Frame, unit: Unit) -> None:
    """换联络员, or new particulars of the present one."""
    from editorial.desk.units import change_contact
    from editorial.tui.dialogs.contact import ContactDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        today = date.today()
        told = wish.contact(confirmed=today)
        return await app.carry_out(
            partial(change_contact, app.desk, unit.id, told, wish.day or today)
        )

    app.push_screen(ContactDialog(unit, carry))


async def propose(app: Frame, unit: Unit) -> None:
    """What a unit told of its contact is kept until an editor decides."""
    from editorial.desk.proposals import propose_change
    from editorial.tui.dialogs.contact import ContactDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        told = partial(propose_change, app.desk, unit.id, wish.contact(since=wish.day), at=now())
        return await app.carry_out(lambda: told(returned=wish.returned, note=wish.note)[1])

    app.push_screen(ContactDialog(unit, carry, proposed=True))


async def decide(app: Frame, unit: Unit, proposal: Proposal) -> None:
    """采纳 or 不采纳."""
    from editorial.desk.proposals import accept_proposal, refuse_proposal
    from editorial.tui.dialogs.decide import DecideDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        number, at = proposal.id, now()
        if wish.accepted:
            accept = partial(accept_proposal, app.desk, number, day=wish.day)
            return await app.carry_out(partial(accept, at=at, note=wish.note))
        return await app.carry_out(
            partial(refuse_proposal, app.desk, number, at=at, note=wish.note)
        )

    app.push_screen(DecideDialog(unit, proposal, carry))


async def confirm(app: Frame, entries: tuple[Entry, ...]) -> None:
    """每年确认, of one unit or of several together."""
    from editorial.desk.unit_words import called, confirmed_words
    from editorial.desk.units import confirm_units
    from editorial.tui.dialogs.day import DayDialog

    asked = tuple(each for each in entries if not each.unit.own)
    if not asked:
        app.notify("由编辑部自编的单位不用确认")
        return

    async def carry(on: date) -> Outcome:
        ids = tuple(each.unit.id for each in asked)
        return await app.carry_out(partial(confirm_units, app.desk, ids, on, today=date.today()))

    whose = called(asked[0].unit) if len(asked) == 1 else f"{len(asked)}个单位"
    text = "\n".join(confirmed_words(each) for each in asked)
    note = "对方说过姓名、电话、邮箱都没有变才算确认；有变的按 F2 改。"
    about = " ".join(each.unit.id for each in asked)
    title = f"确认联络员：{whose}"
    app.push_screen(DayDialog(title, text, "确认日期", carry, note=note, about=about))


async def leave(app: Frame, unit: Unit) -> None:
    """离任, nobody having come after."""
    from editorial.desk.unit_words import called
    from editorial.desk.units import end_contact
    from editorial.model.people import contact_on
    from editorial.tui.dialogs.day import DayDialog

    async def carry(last: date) -> Outcome:
        return await app.carry_out(partial(end_contact, app.desk, unit.id, last))

    present = contact_on(unit, date.today())
    if present is None:
        app.notify("现在没有联络员")
        return
    note = "以后这个单位没有联络员，直到登记了新的；已知接任的人，请按 F2 换。"
    text = f"{present.name}　{present.post}".strip()
    title = f"离任：{called(unit)}"
    app.push_screen(DayDialog(title, text, "最后一天", carry, note=note, about=unit.id))


async def pause(app: Frame, unit: Unit) -> None:
    """暂停催办, or an end of it."""
    from editorial.desk.unit_words import called
    from editorial.desk.units import pause_unit, resume_unit
    from editorial.model.people import paused_on
    from editorial.tui.dialogs.confirm import ConfirmDialog
    from editorial.tui.dialogs.unit import PauseDialog, Pausing

    async def carry(wish: Pausing) -> Outcome:
        today = date.today()
        told = partial(pause_unit, app.desk, unit.id, wish.until, wish.reason)
        return await app.carry_out(partial(told, today=today))

    if paused := paused_on(unit, date.today()):
        text = f"{called(unit)}停催至{paused.until}\n{paused.reason}"
        if await app.push_screen_wait(ConfirmDialog("恢复催办", text, yes="恢复")):
            await app.carry_out(partial(resume_unit, app.desk, unit.id))
    else:
        app.push_screen(PauseDialog(f"暂停催办：{called(unit)}", carry, about=unit.id))


async def rename(app: Frame, unit: Unit) -> None:
    """改名; the old name stays."""
    from editorial.desk.units import rename_unit
    from editorial.tui.dialogs.unit import RenameDialog, Renaming

    async def carry(wish: Renaming) -> Outcome:
        change = partial(rename_unit, app.desk, unit.id, wish.name, wish.since)
        told = {"short": wish.short, "honorific": wish.honorific}
        app.names = {}
        return await app.carry_out(partial(change, today=date.today(), **told))

    app.push_screen(RenameDialog(unit, carry))


async def add(app: Frame, units: tuple[Unit, ...]) -> None:
    """登记新单位."""
    from editorial.desk.units import add_unit
    from editorial.tui.dialogs.unit import AddDialog

    async def carry(unit: Unit) -> Outcome:
        app.names = {}
        return await app.carry_out(partial(add_unit, app.desk, unit))

    app.push_screen(AddDialog(units, carry))


ACTS: dict[str, Callable[[Frame, Unit], Awaitable[None]]] = {
    "contact": contact,
    "propose": propose,
    "leave": leave,
    "pause": pause,
    "rename": rename,
}
