"""出稿 in a process of its own: a render in a thread of ours would slow every key."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.errors import EditorialError

if TYPE_CHECKING:
    from editorial.desk.office import Desk
    from editorial.model.board import Row
    from editorial.tui.app import EditorialApp

SHOWN = 3


async def ask(app: EditorialApp, rows: Sequence[Row]) -> None:
    """Draft what is chosen (nothing: the whole volume), or cancel the draft that is being made."""
    from editorial.tui.dialogs.confirm import ConfirmDialog
    from editorial.tui.dialogs.move import named

    if app.drafting is not None:
        app.drafting.cancel()
        return
    what = named(rows) if rows else "全书"
    note = "另一个进程生成，其间可以继续工作；再按一次 F6 取消。"
    if await app.push_screen_wait(ConfirmDialog("出稿", what, note=note, yes="出稿")):
        await make(app, tuple(row.id for row in rows))


async def make(app: EditorialApp, nodes: tuple[str, ...]) -> None:
    """Run `editorial draft` on the nodes (none: the whole volume) and tell what came of it."""
    app.drafting = drafting = Drafting()
    try:
        code = await drafting.run(command(app.desk, nodes), app.progress)
    finally:
        app.drafting = None
        app.progress("")
    if drafting.cancelled:
        app.notify("出稿已取消")
    elif code == 0:
        app.notify(told("\n".join(drafting.results)), markup=False, timeout=15)
        app.changed()
    else:
        said = "\n".join(drafting.said[-8:])
        app.tell(EditorialError(said or f"出稿没有成功（返回{code}）"))


def command(desk: Desk, nodes: tuple[str, ...]) -> list[str]:
    who = ["--as", desk.by] if desk.by else []
    place = ["-C", str(desk.root), "--volume", desk.volume_id, *who]
    return [sys.executable, "-m", "editorial", *place, "draft", "--json", *nodes]


def told(result: str) -> str:
    """The child's JSON in words: which edition, how many pages, where, and its first remarks."""
    made = json.loads(result)
    pages = f"，{made['pages']}页" if made["pages"] else ""
    again = "" if made["registered"] else "（此前已出，内容相同）"
    remarks = made["remarks"]
    more = [f"另有{len(remarks) - SHOWN}条提示"] if len(remarks) > SHOWN else []
    files = [Path(path).name for path in made["files"]]
    folder = [f"在 {Path(path).parent}" for path in made["files"][:1]]
    edition = f"第{made['edition']}稿{pages}{again}"
    return "\n".join([edition, *files, *folder, *remarks[:SHOWN], *more])


class Drafting:
    """A draft being made: its process, its results (stdout) and what else it said (stderr)."""

    def __init__(self) -> None:
        self.results: list[str] = []
        self.said: list[str] = []
        self.cancelled = False
        self._process: asyncio.subprocess.Process | None = None

    async def run(self, command: list[str], progress: Callable[[str], None]) -> int:
        """Start, follow to the end, and give the exit code. No stdin: it must never ask."""
        progress("出稿：正在准备……　F6 取消")
        pipe = asyncio.subprocess.PIPE
        self._process = process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            start_new_session=True,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert process.stdout is not None
        assert process.stderr is not None
        async with asyncio.TaskGroup() as both:
            both.create_task(_follow(process.stdout, self.results.append))
            both.create_task(_follow(process.stderr, lambda line: self._hear(line, progress)))
        return await process.wait()

    def _hear(self, line: str, progress: Callable[[str], None]) -> None:
        self.said.append(line)
        progress(f"出稿：{line}　F6 取消")

    def cancel(self) -> None:
        """End the child alone: its git, should one run, must finish."""
        self.cancelled = True
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()


async def _follow(stream: asyncio.StreamReader, hear: Callable[[str], None]) -> None:
    async for line in stream:
        if text := line.decode("utf-8", "replace").strip():
            hear(text)
