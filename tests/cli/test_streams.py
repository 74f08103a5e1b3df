"""Where the results cannot be shown: what is done is done, and no fault of the program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Git = Callable[..., str]
FULL = Path("/dev/full")


def told(workspace: Path, streams: str, *args: str) -> tuple[int, str]:
    """Exit code, and what was said on stderr; the shell does so with the streams."""
    script = f'exec "$@" {streams}'
    command = [sys.executable, "-m", "editorial", "-C", str(workspace), *args]
    done = subprocess.run(
        ["sh", "-c", script, "sh", *command], check=False, stderr=subprocess.PIPE, text=True
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="no full disk to write to")
def test_an_act_whose_result_cannot_be_shown_is_done(workspace: Path, git: Git) -> None:
    code, said = told(workspace, ">/dev/full", "assign", "机场", "--due", "+7")
    commit = git("log", "-1", "--format=%h")
    assert (code, f"已办好（提交 {commit}" in said, "故障" in said) == (0, True, False)


@pytest.mark.skipif(not FULL.exists(), reason="no full disk to write to")
def test_a_list_that_cannot_be_shown_is_no_list(workspace: Path) -> None:
    code, said = told(workspace, ">/dev/full", "status")
    assert (code, "结果没能显示：磁盘已满" in said, "故障" in said) == (2, True, False)


@pytest.mark.skipif(not FULL.exists(), reason="no full disk to write to")
def test_remarks_nobody_can_read_stop_nothing(workspace: Path) -> None:
    assert told(workspace, "2>/dev/full", "status", "没有这个")[0] == 2
    assert told(workspace, "2>/dev/full", "draft", "机场", "--format", "docx")[0] == 0


@pytest.mark.parametrize("streams", [">&-", "<&-", ">&- <&-"])
def test_a_closed_stream_is_one_nobody_reads(workspace: Path, streams: str) -> None:
    assert told(workspace, streams, "status") == (0, "")


def test_what_is_said_nowhere_is_written_into_no_file(workspace: Path, git: Git) -> None:
    assert told(workspace, ">&- 2>&- <&-", "assign", "机场", "--due", "+7")[0] == 0
    assert (git("status", "-s"), git("fsck")) == ("", "")
