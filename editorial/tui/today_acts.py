"""What can be done of a day: contacts logged, letters drafted, days granted, the day closed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol

from editorial.tui.acts import now

if TYPE_CHECKING:
    from editorial.desk.chase import Call, Told
    from editorial.desk.today import Today
    from editorial.model.people import Unit
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome
    from editorial.tui.today_views import Entry


class DayPage(Protocol):
    """今日, as far as acts have to know it."""

    data: Today | None

    @property
    def desk_app(self) -> Frame: ...
    @property
    def day(self) -> date: ...
    def look_at(self, day: date) -> None: ...
    def go_to_unit(self, unit: str) -> None: ...


# Contacts


async def reached(page: DayPage, unit: Unit) -> None:
    """One key: somebody was reached, with the plain result of the day's step."""
    from editorial.desk.chase import Call

    await _log(page, unit, Call())


async def missed(page: DayPage, unit: Unit) -> None:
    """One key: nobody was."""
    from editorial.desk.chase import Call

    await _log(page, unit, Call(answered=False))


async def agreed(page: DayPage, unit: Unit) -> None:
    """约定再联系: which day is asked for."""
    from editorial.model.chasing import Result

    await _ask(page, unit, Result.AGREED)


async def call(page: DayPage, unit: Unit) -> None:
    await _ask(page, unit, None)


async def _log(page: DayPage, unit: Unit, told: Call) -> Outcome:
    from editorial.desk.chase import log_call

    app = page.desk_app
    log = partial(log_call, app.desk, unit.id, told, day=page.day)
    return await app.carry_out(partial(log, today=date.today()))


async def _ask(page: DayPage, unit: Unit, result: object) -> None:
    from editorial.model.chasing import Result
    from editorial.tui.dialogs.call import CallDialog

    async def carry(told: Call) -> Outcome:
        return await _log(page, unit, told)

    preset = result if isinstance(result, Result) else None
    page.desk_app.push_screen(CallDialog(unit, page.day, carry, preset))


async def check_in(page: DayPage, unit: Unit) -> None:
    """填报: a task as the unit says it stands."""
    from editorial.desk.chase import check_in as tell
    from editorial.desk.today import tasks_of
    from editorial.tui.dialogs.check_in import CheckInDialog

    async def carry(told: Told) -> Outcome:
        log = partial(tell, page.desk_app.desk, unit.id, told, day=page.day)
        return await page.desk_app.carry_out(partial(log, today=date.today()))

    tasks = tasks_of(page.data, unit.id) if page.data else ()
    if tasks:
        page.desk_app.push_screen(CheckInDialog(unit, tasks, page.day, carry))
    else:
        page.desk_app.notify(f"{unit.short or unit.name}没有供稿任务，不用填报")


# What follows


async def chaser(page: DayPage, unit: Unit) -> None:
    """催办函, of this unit or of all that have come to the step."""
    from editorial.desk.chase_letters import draft_chasers
    from editorial.tui.dialogs.chaser import ChaserDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        only = "" if wish.everybody else unit.id
        draft = partial(draft_chasers, page.desk_app.desk, page.day, unit=only, to=wish.to)
        return await page.desk_app.carry_out(lambda: draft(due=wish.due, at=now())[1])

    units = page.data.ground.volume.units if page.data else ()
    page.desk_app.push_screen(ChaserDialog(unit, units, carry))


async def extend(page: DayPage, unit: Unit) -> None:
    from editorial.tui.extending import extend as grant

    await grant(page.desk_app, unit.id)


async def pause(page: DayPage, unit: Unit) -> None:
    from editorial.tui import unit_acts

    await unit_acts.pause(page.desk_app, unit)


async def close(page: DayPage) -> None:
    """日结; refused with the list of those not contacted."""
    from editorial.desk.chase import close_day

    app = page.desk_app
    done = await app.carry_out(partial(close_day, app.desk, page.day, at=now()))
    if done.blocker is not None:
        page.go_to_unit(done.blocker.node)


async def digest(page: DayPage) -> None:
    """《每日供稿进度情况》 in PDF and Word, made by a child."""
    from editorial.tui import child

    words = ("chase", "digest", "--day", page.day.isoformat())
    await child.carry(page.desk_app, "日报", words)


# Looking


def look(page: DayPage, entry: Entry) -> None:
    """Enter: the paper, the letter, or all about the unit."""
    sort, _, number = entry.key.partition(" ")
    if sort == "return":
        from editorial.tui.returns import ReturnsScreen

        page.desk_app.push_screen(ReturnsScreen(number))
    elif sort == "letter":
        page.desk_app.go_to(f"letters/{number}")
    else:
        _look_at_unit(page, entry)


def _look_at_unit(page: DayPage, entry: Entry) -> None:
    from editorial.desk.chase_words import chase_lines, contact_line
    from editorial.desk.today import contacts_of
    from editorial.tui.dialogs.told import ToldDialog

    found = page.data
    if found is None:
        return
    chase = next((each for each in found.chase.chases if each.unit.id == entry.unit), None)
    lines = chase_lines(chase) if chase else [entry.detail]
    known = [contact_line(each) for each in reversed(contacts_of(found, entry.unit))]
    names = page.desk_app.names
    title = names.get(entry.unit, entry.unit)
    page.desk_app.push_screen(
        ToldDialog(title, [*lines, *(["", "联系经过"] if known else []), *known])
    )


def change_day(page: DayPage) -> None:
    from editorial.tui.dialogs.day import DayDialog
    from editorial.tui.outcome import Outcome

    async def carry(day: date) -> Outcome:
        page.look_at(day)
        return Outcome(kind="done")

    note = "当天以前没有日结的，还可以补记；以后的日子只能看名单。"
    page.desk_app.push_screen(DayDialog("换一天", "", "哪一天", carry, note=note))


ACTS: dict[str, Callable[[DayPage, Unit], Awaitable[None]]] = {
    "reached": reached,
    "missed": missed,
    "agreed": agreed,
    "call": call,
    "check_in": check_in,
    "chaser": chaser,
    "extend": extend,
    "pause": pause,
}
