"""出稿 in a process of its own: a render in a thread of ours would slow every key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.errors import EditorialError
from editorial.tui.cells import fit
from editorial.tui.running import Drafting, command

if TYPE_CHECKING:
    from editorial.model.board import Row
    from editorial.tui.dialogs.asking import Ask, Given
    from editorial.tui.frame import Frame
    from editorial.tui.outcome import Outcome

SHOWN = 3
NAME = 56  # cells of a message
FORMATS = (("只要 PDF", "pdf"), ("只要 Word", "docx"))


async def ask(app: Frame, rows: Sequence[Row]) -> None:
    """Draft what is chosen (nothing: the whole volume), or cancel the draft that is being made."""
    from editorial.desk.draft_styles import draft_styles
    from editorial.tui import child
    from editorial.tui.dialogs.asking import AskDialog
    from editorial.tui.dialogs.move import named

    if app.drafting is not None:
        app.drafting.cancel()
        return
    nodes = tuple(row.id for row in rows)

    async def carry(given: Given) -> Outcome:
        return child.start(app, make(app, (*looks(given), "--", *nodes)))

    styles = await app.fetch(partial(draft_styles, app.desk))
    if styles is not None:
        title = f"出稿：{named(rows) if rows else '全书'}"
        note = "另一个进程生成，其间可以继续工作；按 Ctrl+X 或再按一次 F6 取消。"
        asked = (*looked(styles), _since())
        app.push_screen(AskDialog(title, asked, carry, note=note, yes="出稿", focus="since"))


def looked(styles: tuple[tuple[str, str], ...]) -> tuple[Ask, ...]:
    """What a draft may look like, and who gets numbered copies; the first style is the usual."""
    from editorial.tui.dialogs.asking import Ask

    own = tuple((label, id) for id, label in styles)
    usual = styles[0][0] if styles else ""
    listed = "读者名单（readers.yaml），各印一本编号本；可不填"
    return (
        Ask(key="style", name="样式", kind="choice", options=own, value=usual),
        Ask(key="format", name="文件", kind="choice", options=FORMATS, hint="PDF 和 Word"),
        Ask(key="copies-to", name="编号本", kind="path", hint=listed),
    )


def _since() -> Ask:
    from editorial.tui.dialogs.asking import Ask

    hint = "第1稿、一轮评议或一个日期，印出此后的改动；可不填"
    return Ask(key="since", name="花脸稿", hint=hint)


def looks(given: Given) -> list[str]:
    """As the command has it."""
    keys = ("style", "format", "copies-to", "since")
    return [f"--{key}={given.texts[key]}" for key in keys if given.texts.get(key)]


async def make(app: Frame, words: tuple[str, ...]) -> Outcome:
    """Run `editorial draft` with these words and tell what came of it."""
    from editorial.tui.outcome import Outcome

    app.drafting = drafting = Drafting()
    try:
        code = await drafting.run(command(app.desk, ("draft", *words)), app.progress)
    finally:
        app.drafting = None
        app.progress("")
    if drafting.cancelled:
        app.notify("出稿已取消")
        return Outcome(kind="failed")
    if code:
        said = "\n".join(drafting.said[-8:])
        app.tell(EditorialError(said or f"出稿没有成功（返回{code}）"))
        return Outcome(kind="failed")
    app.notify(told("\n".join(drafting.results)), markup=False)
    app.changed()
    return Outcome(kind="done")


async def extract(app: Frame, units: Sequence[str]) -> None:
    """摘录: what one unit supplied, in all of the book."""
    from editorial.tui import child
    from editorial.tui.dialogs.asking import Ask, AskDialog

    async def carry(given: Given) -> Outcome:
        more = [f"--{each}" for each in ("questions", "beside") if each in given.ticks]
        words = ("draft", f"--unit={given['unit']}", *more)
        return child.start(app, child.carry(app, "摘录", words, _extracted))

    names = await app.fetch(app.learn_names) or {}
    if not units:
        app.notify("这个分目没有供稿单位")
        return
    options = tuple((names.get(each, each), each) for each in units)
    asked = (
        Ask(key="unit", name="单位", kind="choice", options=options, value=units[0], needed=True),
        Ask(key="questions", name="待补、存疑、意见和函件事项印成批注（只出 DOCX）", kind="tick"),
        Ask(key="beside", name="上年的文字排在左边对照（只出 DOCX）", kind="tick"),
    )
    note = "全书里这个单位供的稿；几家合供的分目，只留它署名的条目。"
    app.push_screen(AskDialog("摘录一个单位的稿", asked, carry, note=note, yes="摘录"))


def _extracted(data: Any) -> str:
    files = [Path(path) for path in data["files"]]
    folder = [f"在 {each.parent}" for each in files[:1]]
    return "\n".join([f"摘录{len(files)}个文件", *(each.name for each in files), *folder])


def told(result: str) -> str:
    """The child's JSON in words: which edition, how many pages, where, and its first remarks."""
    made = json.loads(result)
    pages = f"，{made['pages']}页" if made["pages"] else ""
    remarks = made["remarks"]
    more = [f"另有{len(remarks) - SHOWN}条提示"] if len(remarks) > SHOWN else []
    files = [_named(Path(path)) for path in made["files"]]
    folder = [f"在 {Path(path).parent}" for path in made["files"][:1]]
    edition = f"第{made['edition']}稿{pages}{made['again']}"
    return "\n".join([edition, *files, *folder, *remarks[:SHOWN], *more])


def _named(path: Path) -> str:
    """A name may list many sections; its kind is seen even so."""
    return fit(f"{path.suffix[1:].upper()}　{path.stem}", NAME).rstrip()
