"""Where the results cannot be shown: what is done is done, and no fault of the program."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from editorial.cli import streams
from editorial.cli.main import settle_in

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
@pytest.mark.parametrize(("streams", "code"), [(">/dev/full", 2), ("| true", 0)])
def test_a_refusal_that_cannot_be_shown_is_one(workspace: Path, streams: str, code: int) -> None:
    words = ("status", "没有这个" * 5000, "--json")  # more than is kept before it is written
    seen, said = told(workspace, streams, *words)
    assert (seen, "错误：没有" in said, "Traceback" in said) == (code, True, False)


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


ON_WINDOWS = """\
import sys
from editorial.cli import main, streams
streams.WINDOWS = True
main.run()
"""


def on_windows(workspace: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    """As it runs there into a pipe: Python gives the streams the system's code page."""
    return subprocess.run(
        [sys.executable, "-c", ON_WINDOWS, "-C", str(workspace), *args],
        env=os.environ | {"PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=False,
    )


def test_into_a_pipe_on_windows_it_speaks_as_programs_there_do(workspace: Path) -> None:
    told = on_windows(workspace, "status", "01-keji")
    assert (told.returncode, "科技创新" in told.stdout.decode("gbk")) == (0, True)
    refused = on_windows(workspace, "status", "没有这个")
    assert (refused.returncode, "没有唯一叫" in refused.stderr.decode("gbk")) == (2, True)


def test_what_no_code_page_holds_is_printed_somehow_and_json_stays_json(workspace: Path) -> None:
    record = workspace / "volumes/xiao-2019/chapters/02-jichu/02-jichang.yaml"
    text = record.read_text("utf-8").replace("title: 机场", "title: 机场✓Ã𠮷")
    record.write_text(text, "utf-8")
    told = on_windows(workspace, "status", "02-jichu")
    assert (told.returncode, rb"\u2713" in told.stdout) == (0, True)
    data = on_windows(workspace, "status", "02-jichu", "--json").stdout
    assert "机场✓Ã𠮷" in str(json.loads(data.decode("ascii")))


def test_on_windows_a_pipe_nobody_reads_is_an_invalid_argument(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused, full = OSError(errno.EINVAL, ""), OSError(errno.ENOSPC, "")
    assert (streams.nobody_reads(BrokenPipeError()), streams.nobody_reads(refused)) == (True, False)
    monkeypatch.setattr(streams, "WINDOWS", True)
    assert (streams.nobody_reads(refused), streams.nobody_reads(full)) == (True, False)


def test_no_program_lying_about_is_run_for_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows looks in the folder one stands in first, unless it is told not to."""
    told = "NODEFAULTCURRENTDIRECTORYINEXEPATH"
    monkeypatch.setenv(told, "")
    settle_in("linux")
    assert os.environ[told] == ""
    settle_in("win32")
    assert os.environ[told] == "1"
