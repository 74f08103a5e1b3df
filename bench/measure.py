"""Whole processes measured from outside: wall, user and system CPU, peak memory."""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROGRAM = Path(__file__).parent.parent / "editorial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Seconds, MiB, and what the process printed."""

    wall: float
    cpu: float
    peak: float
    said: str


def run(command: Sequence[str]) -> Sample:
    """One process to its end. Keep the caller lean: a child's peak begins with its parent's."""
    compile_program()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if status:
            sys.exit(f"{' '.join(command)} failed:\n{err.read().decode()}")
        return Sample(
            wall=wall,
            cpu=usage.ru_utime + usage.ru_stime,
            peak=usage.ru_maxrss / 1024,
            said=out.read().decode(),
        )


@cache
def compile_program() -> None:
    """Its modules compiled, as they are once it is installed: where Python may not write them
    (PYTHONDONTWRITEBYTECODE), every start would compile anew what was changed since."""
    compileall.compile_dir(PROGRAM, quiet=1)


def interleaved(cases: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            times[name].append(case())
    return times


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.3f} s ({min(values):.3f}-{max(values):.3f})"
