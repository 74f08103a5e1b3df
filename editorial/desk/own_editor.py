"""Somebody's own editor ($VISUAL, $EDITOR): which it is, run on a file to its end, and what it
left there."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editorial.errors import EditorialError, unreadable
from editorial.read.words import decoded

NO_CHARACTER = "\ufffd"
WINDOWS = os.name == "nt"


def own_editor() -> list[str]:
    """The program and its options, as somebody set them; empty when nobody did."""
    return words_of(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")


def words_of(told: str) -> list[str]:
    """A command in its words. On Windows a backslash parts folders, and a path with blanks in it
    is often set without quotation marks."""
    if WINDOWS and Path(told).is_file():
        return [told]
    try:
        words = shlex.split(told, posix=not WINDOWS)
    except ValueError:  # a quotation mark without its other half
        return told.split()
    return [each.strip("\"'") for each in words] if WINDOWS else words


def run_editor(words: list[str], file: Path) -> int | None:
    """Its exit code, None when there is no such program. Nothing is raised from here: a screen
    given to it would not be taken back."""
    try:
        with _interrupting_nobody():
            program = shutil.which(words[0]) or words[0]  # Windows finds code, but not code.cmd
            return subprocess.run([program, *words[1:], str(file)], check=False).returncode
    except OSError:
        return None


@contextmanager
def _interrupting_nobody() -> Iterator[None]:
    """Ctrl+C is the editor's, which gets it too, and must not end who waits for what it leaves.
    The program started has its own answer to it: only what is ignored is handed on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def written_text(data: bytes) -> str:
    """Text as editors keep it, with plain line ends: UTF-8, else as Chinese and Windows have it
    (GB 18030, UTF-16). EditorialError for what is no text."""
    text = decoded(data)
    unread = NO_CHARACTER in text and NO_CHARACTER.encode() not in data
    if unread or "\0" in text:
        raise EditorialError("存下的不是文字，正文没有动", hint="请存成 UTF-8 文本")
    return text.replace("\r\n", "\n")


def read_text(name: str | Path) -> str:
    """The text of a file."""
    try:
        return written_text(Path(name).read_bytes())
    except OSError as error:
        raise unreadable(error, name) from error
