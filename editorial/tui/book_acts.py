"""What can be done to the whole book, and needs no row to be chosen first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome

SHEETS = (("press-sheet", "发稿单"), ("imprint-sheet", "付印单"))


async def keep(app: Frame) -> None:
    """留存: what was changed by hand outside the program becomes one commit."""
    from editorial.desk.keep import keep as hold
    from editorial.tui.dialogs.reason import ReasonDialog

    async def carry(note: str) -> Outcome:
        return await app.carry_out(partial(hold, app.desk, note))

    app.push_screen(ReasonDialog("留存手工改过的正文和设置", "改了什么", carry))


async def verify(app: Frame) -> None:
    """核查: a child reads everything there is."""
    from editorial.tui import child
    from editorial.tui.dialogs.told import ToldDialog

    found: list[Any] = []

    def told(data: Any) -> str:
        found.append(data)
        return f"{len(data['problems'])}处错误，{len(data['findings'])}处提示"

    await child.carry(app, "核查", ("verify",), told, remarks=0)
    if found and (lines := [*found[0]["problems"], *found[0]["findings"]]):
        app.push_screen(ToldDialog(f"核查：{told(found[0])}", lines))


async def ledger(app: Frame) -> None:
    """登记簿 of the year, out and in."""
    from editorial.tui import child

    if not child.stop(app):
        await child.carry(app, "登记簿", ("letter", "ledger"))


async def sheet(app: Frame) -> None:
    """发稿单 or 付印单."""
    from editorial.tui import child
    from editorial.tui.dialogs.choose import ChooseDialog

    if child.stop(app):
        return
    which = await app.push_screen_wait(ChooseDialog("出哪一张单", SHEETS, ""))
    if which:
        await child.carry(app, dict(SHEETS)[which], ("paper", which))


async def check_archive(app: Frame) -> None:
    """核对归档: files as they lie against the list made of them."""
    from editorial.tui import child
    from editorial.tui.dialogs.asking import Ask, AskDialog, Given

    async def carry(given: Given) -> Outcome:
        folder = [f"--dir={each}" for each in given.paths("folder")[:1]]
        words = ("archive", "verify", *folder, "--", *map(str, given.paths("list")[:1]))
        return child.start(app, child.carry(app, "核归档", words, _compared))

    hint = "存放归档文件的地方，不填是本书的目录"
    asked = (
        Ask(key="list", name="目录", kind="path", hint="归档目录的 .txt", needed=True),
        Ask(key="folder", name="文件夹", kind="path", hint=hint),
    )
    app.push_screen(AskDialog("核对文件与归档目录是否相符", asked, carry, yes="核对"))


def _compared(data: Any) -> str:
    told = (("改过", data["changed"]), ("不见", data["missing"]), ("多出", data["extra"]))
    wrong = [f"{what}　{path}" for what, paths in told for path in paths]
    state = "与目录不符" if wrong else "与目录相符"
    return "\n".join([f"目录列有{data['count']}个文件，{state}", *wrong])
