"""The three streams of a command: in which encoding, and who reads them."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

WINDOWS = os.name == "nt"


def open_streams() -> None:
    """Whoever closes a stream (>&-) wants nothing of it, as with /dev/null. Left closed, its
    number would go to the next file opened, and what is printed into that file. What is said
    beside the results stops nothing."""
    while (number := os.open(os.devnull, os.O_RDWR)) < 3:
        pass
    os.close(number)
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8")
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
    if not (WINDOWS and sys.stderr and sys.stderr.isatty()):  # only Python's own writes there
        aside = _Aside(2, "w", closefd=False)
        sys.stderr = io.TextIOWrapper(aside, spoken(sys.stderr), write_through=True)


class _Aside(io.FileIO):
    """What is said beside the results. Where nobody can be told, on a full disk or to a pipe
    nobody reads, what is being done goes on all the same."""

    def write(self, data: ReadableBuffer) -> int:
        with suppress(OSError):
            return super().write(data)
        return len(memoryview(data))


def spoken(stream: TextIO | None) -> str:
    """The encoding of what is printed: on Windows as Python has it, which is what programs there
    take from each other and a Chinese Notepad reads (GBK, but UTF-8 on the screen); elsewhere
    UTF-8."""
    return stream.encoding if WINDOWS and stream else "utf-8"


def speak_plainly() -> None:
    """No character is too rare to be printed somehow."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=spoken(stream), errors="backslashreplace")


def json_text(data: Any, plain: Callable[[Any], str] = str) -> str:
    """As it is printed: where that is not in UTF-8 as ASCII, which every reader takes alike."""
    escaped = (sys.stdout.encoding or "utf-8").lower() != "utf-8"
    return json.dumps(data, ensure_ascii=escaped, indent=1, default=plain)


def nobody_reads(error: OSError) -> bool:
    """Whether the pipe has no reader any more, which Windows calls an invalid argument."""
    return isinstance(error, BrokenPipeError) or (WINDOWS and error.errno == errno.EINVAL)


def typed_in() -> str:
    """All that comes in, in whatever encoding."""
    from editorial.read.words import decoded

    return decoded(sys.stdin.buffer.read()).replace("\r\n", "\n")
