"""The program itself in a process of its own: started, followed to its end, cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from editorial.apart import apart

if TYPE_CHECKING:
    from editorial.desk.office import Desk


def command(desk: Desk, words: Sequence[str]) -> list[str]:
    """The program itself with the desk's workspace, answering in JSON."""
    who = ["--as", desk.by] if desk.by else []
    look = ["--read-only"] if desk.read_only else []
    place = ["-C", str(desk.root), "--volume", desk.volume_id, *who, *look]
    return [sys.executable, "-m", "editorial", *place, "--json", *words]


class Drafting:
    """A draft being made, or whatever `word` says: its process, its results (stdout) and what
    else it said (stderr)."""

    def __init__(self, word: str = "出稿") -> None:
        self._word = word
        self.results: list[str] = []
        self.said: list[str] = []
        self.cancelled = False
        self._process: asyncio.subprocess.Process | None = None

    async def run(self, command: list[str], progress: Callable[[str], None]) -> int:
        """Start, follow to the end, and give the exit code. No stdin: it must never ask."""
        progress(f"{self._word}：正在准备……　Ctrl+X 取消")
        pipe = asyncio.subprocess.PIPE
        self._process = process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            env={**os.environ, "PYTHONUTF8": "1"},
            **apart(),
        )
        assert process.stdout is not None
        assert process.stderr is not None
        async with asyncio.TaskGroup() as both:
            both.create_task(_follow(process.stdout, self.results.append))
            both.create_task(_follow(process.stderr, lambda line: self._hear(line, progress)))
        return await process.wait()

    def _hear(self, line: str, progress: Callable[[str], None]) -> None:
        self.said.append(line)
        progress(f"{self._word}：{line}　Ctrl+X 取消")

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
