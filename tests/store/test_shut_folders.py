"""Folders one may not enter: said which, and what to do; nobody's fault of the program."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DROP, PAST_RIGHTS = 24, (1, 2)  # PR_CAPBSET_DROP; what lets root past the rights of files
SHUT = "没有进入这个目录的权限，里面的文件读不了"
BOOK = "volumes/xiao-2019"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="权限的试法是 Linux 的")


def as_anybody() -> None:
    """Root may enter everything; from the next program on no more."""
    for right in PAST_RIGHTS:
        ctypes.CDLL(None).prctl(DROP, right, 0, 0, 0)


def ask(root: Path, *words: str) -> tuple[int, str]:
    call = [sys.executable, "-m", "editorial", *words]
    done = subprocess.run(
        call, cwd=root, capture_output=True, encoding="utf-8", preexec_fn=as_anybody, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def shut(workspace: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    folder: Path = workspace / request.param
    before = folder.stat().st_mode
    folder.chmod(0o600)
    yield request.param
    folder.chmod(before)


@pytest.mark.parametrize(
    "shut", ["styles/drafts", "styles", f"{BOOK}/chapters/01-keji"], indirect=True
)
def test_verify_lists_a_folder_one_may_not_enter(workspace: Path, shut: str) -> None:
    code, told = ask(workspace, "verify")
    assert (code, f"× {shut} {SHUT}；请目录的主人" in told) == (1, True)


@pytest.mark.parametrize("shut", [BOOK, "volumes", ".git", ".git/objects"], indirect=True)
@pytest.mark.parametrize("command", ["verify", "status", "volumes"])
def test_without_it_nothing_can_be_done_and_that_is_said(
    workspace: Path, shut: str, command: str
) -> None:
    code, told = ask(workspace, command)
    assert code == 2
    assert SHUT in told
    assert f"{shut}）" in told
    assert "chmod" in told


@pytest.mark.parametrize("shut", [f"{BOOK}/chapters"], indirect=True)
def test_what_is_forbidden_elsewhere_is_no_fault_of_the_program(workspace: Path, shut: str) -> None:
    code, told = ask(workspace, "toc-check", f"{shut}/01-keji/x.pdf")
    assert (code, "自身出了故障" in told) == (2, False)
