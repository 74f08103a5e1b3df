"""What can be done with what came in; each function is one journey, run as a worker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from editorial.tui.acts import now

if TYPE_CHECKING:
    from editorial.desk.office import Act
    from editorial.desk.receive import Taken
    from editorial.model.returns import Return
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome


async def view(app: Frame, paper: Return) -> None:
    from editorial.desk.return_words import return_lines
    from editorial.desk.returns import folder_of, words_in
    from editorial.tui.dialogs.told import ToldDialog

    words = await app.fetch(partial(words_in, app.desk, paper))
    lines = return_lines(paper, app.names, folder_of(app.desk, paper), words or ())
    app.push_screen(ToldDialog(f"来件{paper.id}", lines))


async def claim(app: Frame, paper: Return) -> None:
    """认领: the letters it may answer are listed, the likely ones first."""
    from editorial.desk.returns import claim as give
    from editorial.desk.returns import claimable
    from editorial.tui.dialogs.claim import ClaimDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        told = partial(give, app.desk, paper.id, wish.letter, at=now(), note=wish.note)
        return await app.carry_out(told)

    letters = await app.fetch(partial(claimable, app.desk, paper))
    if letters is None:
        return
    if not letters:
        app.notify("没有已发出、可以认领的函")
        return
    app.push_screen(ClaimDialog(paper, letters, app.names, carry))


async def aside(app: Frame, paper: Return) -> None:
    from editorial.desk.returns import set_aside
    from editorial.tui.dialogs.reason import ReasonDialog

    async def carry(note: str) -> Outcome:
        return await app.carry_out(partial(set_aside, app.desk, paper.id, at=now(), note=note))

    app.push_screen(ReasonDialog(f"搁置：来件{paper.id}", "搁置原因", carry))


async def fetch(app: Frame) -> None:
    """收信, from the mailbox and the drop folder, by a child."""
    from editorial.tui import child

    await child.carry(app, "收信", ("mail", "fetch"), writes=True, remarks=0)


async def take_in(app: Frame) -> None:
    """收文件: where they lie, how they came, and which letter they answer if that is known."""
    from editorial.desk.returns import receive_paths
    from editorial.tui.dialogs.take_in import TakeInDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        told = partial(receive_paths, app.desk, wish.paths, at=now(), channel=wish.channel)
        return await _taken(app, partial(told, letter=wish.letter))

    app.push_screen(TakeInDialog("收文件", carry))


async def _taken(app: Frame, things: Callable[[], Iterable[Taken]]) -> Outcome:
    """Each thing is told of while it is taken in; what was kept counts even if it stops early."""
    from editorial.desk.return_words import haul, haul_act

    say = partial(app.call_from_thread, app.progress)

    def act() -> Act:
        return haul_act(haul(things(), say))

    done = await app.carry_out(act)
    app.progress("")
    return done


ACTS: dict[str, Callable[[Frame, Return], Awaitable[None]]] = {
    "view": view,
    "claim": claim,
    "aside": aside,
}
