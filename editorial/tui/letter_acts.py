"""What can be done to a letter in the register; what cannot be taken back is asked first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from editorial.tui.acts import now

if TYPE_CHECKING:
    from editorial.model.letters import Letter
    from editorial.tui.app import EditorialApp
    from editorial.tui.dialogs.base import Outcome


async def view(app: EditorialApp, letter: Letter) -> None:
    from editorial.tui.dialogs.letter_view import LetterView

    app.push_screen(LetterView(letter, app.names, app.titles()))


async def check(app: EditorialApp, letter: Letter) -> None:
    from editorial.desk.letters import check_letter

    await app.carry_out(partial(check_letter, app.desk, letter.id, at=now()))


async def approve(app: EditorialApp, letter: Letter) -> None:
    from editorial.desk.signing import approve_letter

    note = "签发即取发文字号并印出公函，不能撤销；不再发出时只能作废。"
    if await _agreed(app, letter, "签发", note):
        app.notify("正在印公函……", timeout=2)
        await app.carry_out(partial(approve_letter, app.desk, letter.id, at=now()))


async def send(app: EditorialApp, letter: Letter) -> None:
    from editorial.desk.sending import send_letter

    note = "发出后不能撤销。设了邮箱的当即寄出，没有设的放入发件箱，由您在邮件程序里寄出。"
    if await _agreed(app, letter, "发出", note):
        await app.carry_out(partial(send_letter, app.desk, letter.id, at=now()))


async def close(app: EditorialApp, letter: Letter) -> None:
    from editorial.desk.letters import close_letter

    await app.carry_out(partial(close_letter, app.desk, letter.id, at=now()))


async def reply(app: EditorialApp, letter: Letter) -> None:
    from editorial.desk.letters import register_reply
    from editorial.tui.dialogs.reply import ReplyDialog, Wanted

    async def carry(wish: Wanted) -> Outcome:
        register = partial(register_reply, app.desk, letter.id, at=now(), on=wish.on)
        told = {"channel": wish.channel, "doc_no": wish.doc_no, "note": wish.note}
        return await app.carry_out(partial(register, close=wish.close, **told))

    app.push_screen(ReplyDialog(f"登记回函：{letter.number or letter.id}", carry))


async def void(app: EditorialApp, letter: Letter) -> None:
    from editorial.desk.letters import void_letter
    from editorial.tui.dialogs.reason import ReasonDialog

    async def carry(note: str) -> Outcome:
        return await app.carry_out(partial(void_letter, app.desk, letter.id, at=now(), note=note))

    app.push_screen(ReasonDialog(f"作废：{letter.number or letter.id}", "作废原因", carry))


async def _agreed(app: EditorialApp, letter: Letter, verb: str, note: str) -> bool:
    from editorial.tui.dialogs.confirm import ConfirmDialog

    unit = app.names.get(letter.unit, letter.unit)
    text = f"{letter.kind.label} {letter.number or letter.id}\n致 {unit}\n{letter.title}"
    answer = await app.push_screen_wait(ConfirmDialog(verb, text, note=note, yes=verb))
    return bool(answer)


ACTS: dict[str, Callable[[EditorialApp, Letter], Awaitable[None]]] = {
    "view": view,
    "check": check,
    "approve": approve,
    "send": send,
    "reply": reply,
    "close": close,
    "void": void,
}
