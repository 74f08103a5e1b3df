"""edit: what somebody wrote in an editor is written, or lies where it is said to lie."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Editorial = Callable[..., Any]
Git = Callable[..., str]
TEXT = "volumes/xiao-2019/chapters/02-jichu/02-jichang.md"
WORDS = "【机场】　外面改的一句。"
RAN = "开过编辑器"
MARKED = f"<<<<<<< HEAD\n{WORDS}\n=======\n【机场】　别人的一句。\n>>>>>>> 1234567\n"
# What an editor does to the file it is given, and to the workspace around it.
DOES = {
    "changes": f"p.write_text('{WORDS}\\n', 'utf-8')",
    "changes in GBK": f"p.write_bytes('{WORDS}\\r\\n'.encode('gb18030'))",
    "changes in UTF-16": f"p.write_bytes('{WORDS}\\r\\n'.encode('utf-16'))",
    "changes, interrupted": f"os.kill(os.getppid(), 2); p.write_text('{WORDS}\\n', 'utf-8')",
    "changes nothing": "pass",
    "changes nothing and fails": "sys.exit(1)",
    "ends it in empty lines": "p.write_bytes(p.read_bytes() + b'\\n\\n')",
    "takes it away": "p.unlink(); sys.exit(1)",
    "changes and fails": f"p.write_text('{WORDS}\\n', 'utf-8'); sys.exit(1)",
    "leaves marks": f"p.write_text({MARKED!r}, 'utf-8')",
    "leaves the branch": f"p.write_text('{WORDS}\\n', 'utf-8'); git('checkout -q --detach')",
    "breaks a record": (
        f"p.write_text('{WORDS}\\n', 'utf-8'); "
        "(top / 'volumes/xiao-2019/staff.yaml').write_text('staff: [', 'utf-8')"
    ),
    "keeps no text": "p.write_bytes(b'\\xff\\xff\\xff')",
    "empties it": "p.write_bytes(b'')",
}


@pytest.fixture
def edited(
    editorial: Editorial, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """`editorial edit` with an editor that does so."""

    def call(does: str, *options: str) -> Any:
        script = tmp_path / "bianji.py"
        script.write_text(
            "import os, pathlib, sys\np = pathlib.Path(sys.argv[1])\n"
            f"top = pathlib.Path({str(workspace)!r})\n"
            "def git(words): os.chdir(top); os.system('git ' + words)\n"
            f"pathlib.Path({str(tmp_path / RAN)!r}).touch()\n"
            f"{DOES[does]}\n",
            "utf-8",
        )
        monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}'")
        return editorial(*options, "edit", "机场")

    return call


def aside(workspace: Path, said: Any) -> bytes:
    """What lies where the words say."""
    (path,) = re.findall(r"写好的一稿另存在 (volumes/\S+\.md)", said.err)
    return (workspace / path).read_bytes()


def copies(workspace: Path) -> int:
    return len([*workspace.glob("volumes/*/out/edits/*")])


@pytest.mark.parametrize(
    "does", ["changes", "changes in GBK", "changes in UTF-16", "changes, interrupted"]
)
def test_it_is_written_and_nothing_left_lying(
    edited: Callable[..., Any], workspace: Path, git: Git, does: str
) -> None:
    said = edited(does)
    assert (said.code, git("log", "-1", "--format=%s")) == (0, "改正文：机场")
    assert ((workspace / TEXT).read_text("utf-8"), copies(workspace)) == (f"{WORDS}\n", 0)


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("changes and fails", "没有正常结束"),
        ("leaves marks", "第1行起，有未解决的合并冲突"),
        ("leaves the branch", "不在任何分支"),
        ("breaks a record", "staff.yaml"),
        ("keeps no text", "不是文字"),
        ("empties it", "是空的"),
    ],
)
def test_else_it_is_kept_and_said_where(
    edited: Callable[..., Any], workspace: Path, git: Git, does: str, told: str
) -> None:
    before = (workspace / TEXT).read_bytes()
    said = edited(does)
    assert (said.code, told in said.err, "Traceback" in said.err) == (2, True, False)
    assert ((workspace / TEXT).read_bytes(), git("log", "-1", "--format=%s")) == (before, "开始")
    left = {"leaves marks": MARKED.encode(), "keeps no text": b"\xff\xff\xff", "empties it": b""}
    assert aside(workspace, said) == left.get(does, f"{WORDS}\n".encode())


def test_a_fault_of_the_program_loses_nothing_either(
    edited: Callable[..., Any], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("editorial.desk.writing.record", fails)
    said = edited("changes")
    assert (said.code, aside(workspace, said)) == (3, f"{WORDS}\n".encode())


@pytest.mark.parametrize(
    "does",
    ["changes nothing", "ends it in empty lines", "changes nothing and fails", "takes it away"],
)
def test_where_nothing_was_written_nothing_is_left_lying(
    edited: Callable[..., Any], workspace: Path, does: str
) -> None:
    said = edited(does)
    assert ("另存" in said.err, copies(workspace)) == (False, 0)


def test_what_comes_in_is_kept_too(
    editorial: Editorial, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(MARKED.encode())))
    said = editorial("edit", "机场", "--text", "-")
    assert (said.code, aside(workspace, said)) == (2, MARKED.encode())


def test_a_file_with_marks_is_refused_and_stays(
    editorial: Editorial, tmp_path: Path, git: Git
) -> None:
    file = tmp_path / "x.md"
    file.write_text(MARKED, encoding="utf-8")
    said = editorial("edit", "机场", "--text", str(file))
    assert (said.code, "合并冲突" in said.err, git("log", "-1", "--format=%s")) == (
        2,
        True,
        "开始",
    )
    assert file.read_text("utf-8") == MARKED


def test_who_only_looks_is_told_before_writing(edited: Callable[..., Any], workspace: Path) -> None:
    said = edited("changes", "--read-only")
    assert (said.code, "只看" in said.err, copies(workspace)) == (2, True, 0)


def test_half_a_quotation_mark_is_no_fault_of_the_program(
    editorial: Editorial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "没有另一半'引号")
    said = editorial("edit", "机场")
    assert (said.code, "打不开编辑器" in said.err) == (2, True)


def test_a_table_is_printed_as_texts_have_it(editorial: Editorial, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("指标,2024年\r\n人口,1\r\n".encode("gb18030"))
    said = editorial("table", str(file))
    assert (said.code, said.out.splitlines()[1:3]) == (0, ["| 指标 | 2024年 |", "---"])
    assert editorial("table", str(tmp_path / "没有.csv")).code == 2


def test_after_an_act_was_killed_the_next_one_simply_goes_through(
    editorial: Editorial, git: Git, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the killed one left half done is nobody's change; what a hand wrote since stays."""
    monkeypatch.setattr("editorial.store.journal.LIVELY_SECONDS", 0.1)
    hook = workspace / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nkill -9 $PPID\n", "utf-8")
    hook.chmod(0o755)
    new = tmp_path / "xin.md"
    new.write_text("【机场】　没有写完就断了电。\n", "utf-8")
    assert editorial("edit", "机场", "--text", str(new)).code == 2
    hook.unlink()
    (workspace / "volumes/xiao-2019/terms.yaml").write_text("names: {湾区: 大湾区}\n", "utf-8")
    assert "verify --repair" in editorial("verify").out
    new.write_text(f"{WORDS}\n", "utf-8")
    told = editorial("edit", "机场", "--text", str(new))
    assert (told.code, told.err) == (0, "上次操作中断，已退回到操作之前：改正文：机场\n")
    assert (workspace / TEXT).read_text("utf-8") == f"{WORDS}\n"
    assert git("status", "--porcelain") == " M volumes/xiao-2019/terms.yaml"


def test_looking_on_leaves_a_killed_act_alone(
    editorial: Editorial, workspace: Path, tmp_path: Path
) -> None:
    hook = workspace / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nkill -9 $PPID\n", "utf-8")
    hook.chmod(0o755)
    new = tmp_path / "xin.md"
    new.write_text(f"{WORDS}\n", "utf-8")
    assert editorial("edit", "机场", "--text", str(new)).code == 2
    assert editorial("--read-only", "status").code == 0
    assert (workspace / TEXT).read_text("utf-8") == f"{WORDS}\n"
