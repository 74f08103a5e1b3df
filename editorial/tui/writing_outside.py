"""改正文 in one's own editor, which is given the terminal; what it leaves is saved as if it had
been written here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from editorial.errors import EditorialError
from editorial.tui.acts import now
from editorial.tui.writing import WritingScreen, differ, form, recalled

if TYPE_CHECKING:
    from editorial.desk.writing import Writing
    from editorial.tui.frame import Frame


async def edit_outside(app: Frame, node: str) -> None:
    """In $VISUAL or $EDITOR; in place where there is none, or no terminal to give it. What was
    written there is shown in place till it is saved."""
    from editorial.desk.own_editor import own_editor
    from editorial.desk.writing import set_out, take_up

    taken = await app.fetch(partial(take_up, app.desk, node))
    if taken is None:
        return
    words = own_editor()
    if not words:
        app.notify("没有设外部编辑器，就在这里改")
        app.push_screen(WritingScreen(app, taken, 1))
        return
    begun = recalled(app, taken)
    copy = await app.fetch(partial(set_out, app.desk, taken, begun.text.encode(), at=now()))
    if copy is not None:
        why = _run(app, words, copy)
        text = await app.fetch(partial(_left, app, begun, copy))
        if text is not None:
            _take_back(app, taken, replace(begun, text=text), copy, why)


def _take_back(app: Frame, taken: Writing, written: Writing, copy: str, why: str) -> None:
    """Shown, and saved at once unless it says `why` not. Where it is kept as all that is not
    saved, the copy may go."""
    from editorial.desk.writing import put_away

    if not why and taken.text.strip() and not written.text.strip():  # a disk that was full
        why = "外部编辑器存下的是空的，正文没有存入"
    if why:
        app.notify(f"{why}，就在这里改", markup=False)
    elif not differ(written, recalled(app, taken)):
        app.notify("正文没有改动")
        put_away(app.desk, copy)
        return
    if _keep(app, taken, written):
        put_away(app.desk, copy)
    else:
        app.notify(f"写好的一稿另存在 {copy}", markup=False)
    app.push_screen(WritingScreen(app, taken, 1, written=written, save=not why))


def _run(app: Frame, words: list[str], copy: str) -> str:
    """Why what it left is not to be taken, empty when it is. The terminal is the editor's own
    meanwhile."""
    from editorial.desk.own_editor import run_editor

    name = Path(words[0]).name
    try:
        with app.suspend():
            code = run_editor(words, app.desk.root / copy)
    except SuspendNotSupported:
        return "这个窗口里用不了外部编辑器"
    if code is None:
        return f"打不开外部编辑器“{name}”"
    return f"外部编辑器“{name}”没有正常结束，正文没有存入" if code else ""


def _left(app: Frame, taken: Writing, copy: str) -> str:
    """What an editor left of the text. What cannot be read as text stays where it lies."""
    from editorial.desk.own_editor import read_text
    from editorial.desk.writing import is_untouched, say_where

    if is_untouched(app.desk, taken, copy):
        return taken.text
    try:
        return read_text(app.desk.root / copy)
    except EditorialError as error:
        say_where(error, copy)
        raise


def _keep(app: Frame, taken: Writing, written: Writing) -> bool:
    """As what was not saved the last time, which is then there to be gone on with; whether there
    was room for it."""
    from editorial.desk.unfinished import remember

    left = {"text": written.text, "blob": written.blob} if differ(written, taken) else {}
    with suppress(EditorialError):
        remember(app.desk, form(taken), left)
        return True
    return False
