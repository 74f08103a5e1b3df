"""Whatever is wrong with what people give us: exit 2, a sentence in Chinese, nothing written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editorial.cli.main import main

Editorial = Callable[..., Any]
Git = Callable[..., str]
BASE = "volumes/xiao-2019"
SECTION = f"{BASE}/chapters/02-jichu/02-jichang"
MOVE = ("move", "02-jichu/02-jichang", "--to", "初审")


def in_words(said: Any) -> bool:
    """Exit 2 with a Chinese sentence and a remedy; no English, no traceback."""
    assert re.match("错误：.*[\u4e00-\u9fff]", said.err, re.S), said.err
    assert "Traceback" not in said.err
    assert "\n办法：" in said.err
    return bool(said.code == 2)


@pytest.fixture
def untouched(workspace: Path, git: Git) -> Callable[[], bool]:
    """Whether commits and work tree are what they were when this was first asked."""
    seen: list[tuple[str, str]] = []

    def ask() -> bool:
        seen.append((git("rev-parse", "HEAD"), git("status", "--porcelain", "-uall")))
        return seen[-1] == seen[0]

    return ask


def write(workspace: Path, path: str, data: str | bytes) -> None:
    target = workspace / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data if isinstance(data, bytes) else data.encode())


@pytest.mark.parametrize("command", [("status",), MOVE, ("log",), ("undo",), ("verify",), ()])
def test_there_is_no_workspace(editorial: Editorial, tmp_path: Path, command: Any) -> None:
    said = editorial(*command, folder=tmp_path)
    assert in_words(said)
    assert "这里不是工作区" in said.err
    assert "editorial init" in said.err


def test_there_is_no_such_folder(editorial: Editorial, tmp_path: Path) -> None:
    said = editorial("status", folder=tmp_path / "没有")
    assert (in_words(said), "没有这个目录" in said.err) == (True, True)


def test_the_workspace_is_no_repository(editorial: Editorial, workspace: Path) -> None:
    shutil.rmtree(workspace / ".git")
    said = editorial("status")
    assert (in_words(said), "不是 git 仓库" in said.err) == (True, True)


def test_the_workspace_is_a_folder_of_another_repository(
    editorial: Editorial, workspace: Path
) -> None:
    shutil.rmtree(workspace / ".git")
    subprocess.run(["git", "init", "-q", workspace.parent], check=True)
    said = editorial("status")
    assert (in_words(said), "只是 git 仓库" in said.err) == (True, True)


def test_there_is_no_volume(editorial: Editorial, workspace: Path) -> None:
    shutil.rmtree(workspace / BASE)
    said = editorial("status")
    assert (in_words(said), "还没有书" in said.err) == (True, True)


def test_git_is_not_installed(
    editorial: Editorial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = editorial(*MOVE)
    assert (in_words(said), "没有找到 git 程序" in said.err) == (True, True)


@pytest.mark.parametrize(
    "command", [MOVE, ("undo",), ("keep", "-m", "改"), ("assign", "机场", "--due", "+7")]
)
def test_git_knows_no_name(
    editorial: Editorial,
    monkeypatch: pytest.MonkeyPatch,
    untouched: Callable[[], bool],
    workspace: Path,
    command: Any,
) -> None:
    write(workspace, f"{SECTION}.md", "改")
    assert untouched()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    said = editorial(*command)
    assert (in_words(said), untouched()) == (True, True)
    assert "没有设置姓名" in said.err


def test_acting_for_somebody_needs_a_name_in_git_all_the_same(
    editorial: Editorial, monkeypatch: pytest.MonkeyPatch, untouched: Callable[[], bool]
) -> None:
    assert untouched()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert in_words(editorial("--as", "林清", *MOVE))
    assert untouched()


@pytest.mark.parametrize(
    ("path", "data", "told"),
    [
        (f"{SECTION}.yaml", "title: [机场\n", f"{SECTION}.yaml:2 YAML 写法有误"),
        (
            f"{SECTION}.yaml",
            "title: 机场\ntitle: 站\n",
            "yaml:2 YAML 写法有误：键“title”",
        ),
        (
            f"{SECTION}.yaml",
            "titel: 机场\n",
            "yaml:1 [titel] 不认识的键“titel”，是否应为",
        ),
        (f"{SECTION}.yaml", "- 机场\n", f"{SECTION}.yaml:1 应一项一行，写成“键: 值”"),
        (
            f"{SECTION}.yaml",
            "title: 甲\nhistory:\n- {at: 1, by: a, to: b}\n",
            "[history.1.at] 应为时刻",
        ),
        (f"{SECTION}.yaml", b"\x00\xff", f"{SECTION}.yaml:1 不是 UTF-8 编码"),
        (f"{BASE}/volume.yaml", "", "volume.yaml:1 缺少必填的键“title”"),
        (
            f"{BASE}/units.yaml",
            "units:\n- {id: a, name: 甲}\n- {id: a, name: 乙}\n",
            "[units.2.id]",
        ),
        ("styles/workflows/yearbook.yaml", "schema: 1\n", "yearbook.yaml:1 缺少必填的键“stages”"),
    ],
)
@pytest.mark.parametrize("command", [("status",), MOVE])
def test_a_file_that_does_not_read(
    editorial: Editorial,
    workspace: Path,
    untouched: Callable[[], bool],
    path: str,
    data: str | bytes,
    told: str,
    command: Any,
) -> None:
    write(workspace, path, data)
    assert untouched()
    said = editorial(*command)
    assert told in said.err
    assert (in_words(said), untouched()) == (True, True)


@pytest.mark.parametrize("kind", ["yaml", "md"])
def test_a_section_file_is_missing(editorial: Editorial, workspace: Path, kind: str) -> None:
    (workspace / f"{SECTION}.{kind}").unlink()
    said = editorial("status")
    assert "chapter.yaml:2 [sections.2] 列有“02-jichang”，但没有文件" in said.err
    assert in_words(said)


def test_a_text_is_in_another_encoding(
    editorial: Editorial, workspace: Path, untouched: Callable[[], bool]
) -> None:
    write(workspace, f"{SECTION}.md", "机场".encode("gb18030"))
    assert untouched()
    said = editorial(*MOVE)
    assert f"{SECTION}.md:1 不是 UTF-8 编码，请在编辑器里另存为 UTF-8" in said.err
    assert (in_words(said), untouched()) == (True, True)


ODD = ("..", "a/../b", "/etc/passwd", "a\x07b\n", "x" * 400, "-", "")


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(
    "command",
    [
        ("--volume={}", "status"),
        ("move", "--to=初审", "--", "{}"),
        ("move", "02-jichu/02-jichang", "--to={}"),
        ("assign", "机场", "--editor={}"),
        ("assign", "机场", "--unit={}"),
        ("assign", "机场", "--due={}"),
        ("letter", "show", "--", "{}"),
        ("letter", "approve", "--", "{}"),
        ("letter", "new", "--unit={}", "--due=+7", "--item=机场=改"),
        ("letter", "new", "--unit=sz-kcj", "--due=+7", "--item={}=改"),
        ("letter", "new", "--unit=sz-kcj", "--due=+7", "--item=机场=改", "--kind={}"),
        ("letter", "new", "--unit=sz-kcj", "--due=+7", "--item={}"),
        ("round", "close", "--", "{}"),
        ("opinion", "add", "--by=甲", "--", "{}", "机场", "改"),
        ("opinion", "decide", "--to=采纳", "--", "{}"),
        ("proof", "issue", "--", "{}"),
        ("proof", "return", "--", "{}"),
        ("draft", "--format=docx", "--", "{}"),
        ("draft", "--format={}"),
    ],
)
def test_a_name_that_is_none(
    editorial: Editorial, untouched: Callable[[], bool], command: tuple[str, ...], name: str
) -> None:
    assert untouched()
    said = editorial(*(word.format(name) for word in command))
    assert said.code == 2, said
    assert (in_words(said), untouched()) == (True, True)


@pytest.mark.parametrize("name", [name for name in ODD if name.strip()])
@pytest.mark.parametrize("option", ["--style", "--as", "--at"])
def test_an_option_that_names_nothing(
    editorial: Editorial, untouched: Callable[[], bool], option: str, name: str
) -> None:
    command = {"--style": ("draft",), "--as": MOVE, "--at": ("status",)}[option]
    assert untouched()
    said = editorial(*command, f"{option}={name}")
    assert (in_words(said), untouched()) == (True, True)


@pytest.mark.parametrize("name", ["a:b", "a\x07b", "x" * 400, ".git", "..", "/"])
def test_a_folder_that_cannot_be_a_workspace(
    editorial: Editorial, tmp_path: Path, name: str
) -> None:
    said = editorial("init", str(tmp_path / "new" / name), "--chars", "1000")
    assert in_words(said)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a\\b", "..", "二/三"])
def test_a_chapter_that_lists_what_lies_elsewhere(
    editorial: Editorial, workspace: Path, name: str
) -> None:
    write(workspace, f"{BASE}/chapters/02-jichu/chapter.yaml", f"title: 甲\nsections:\n- {name}\n")
    said = editorial("status")
    assert (in_words(said), "chapter.yaml:3 [sections.1]" in said.err) == (True, True)


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a\\b", "..", "", "没有"])
def test_a_volume_whose_workflow_is_none(editorial: Editorial, workspace: Path, name: str) -> None:
    text = (workspace / BASE / "volume.yaml").read_text("utf-8")
    write(workspace, f"{BASE}/volume.yaml", text.replace("workflow: yearbook", f"workflow: {name}"))
    assert in_words(editorial("status"))


def test_a_note_in_bytes_that_are_no_text(workspace: Path, untouched: Callable[[], bool]) -> None:
    assert untouched()
    call = [sys.executable, "-m", "editorial", *MOVE, "--note", b"\xff\xfe"]
    done = subprocess.run(call, cwd=workspace, capture_output=True, check=False)
    assert (done.returncode, "不是 UTF-8 文字" in done.stderr.decode()) == (2, True)
    assert untouched()


@pytest.mark.parametrize("note", ["a\x07b", "行\n行", "a: b # c", "'\"", "{x}", "——", "𠮷" * 400])
def test_a_note_of_any_text_is_kept_as_it_is(
    editorial: Editorial, workspace: Path, note: str
) -> None:
    assert editorial(*MOVE, "--note", note).code == 0
    assert editorial("verify").code == 0
    view = json.loads(editorial("status", "机场", "--json").out)
    assert view["title"]
    assert editorial("undo").code == 0


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("move", "机场"), "还缺少：--to"),
        (("move",), "还缺少：节点, --to"),
        (("nonsense",), "没有“nonsense”这个命令；可用："),
        (("status", "--nonsense"), "不认识的参数：--nonsense"),
        (("log", "-n", "三"), "“三”不是整数"),
        (("log", "-n", "-5"), "-n/--number：“-5”是负数，这里不能写负数"),
        (("move", "机场", "--to"), "--to：后面要写一个值"),
        (("proof", "correct", "01", "--page", "x"), "“x”不是页码；没有页码的写 PDF 的第几面"),
        (("letter",), "还缺少：做什么"),
        (("letter", "nonsense"), "没有“nonsense”这个命令；可用："),
        (("init",), "还缺少：目录"),
    ],
)
def test_a_command_that_is_none(editorial: Editorial, command: Any, told: str) -> None:
    said = editorial(*command)
    assert (said.code, told in said.err) == (2, True), said.err
    assert not re.search(r"\b(usage|error|argument|required|invalid)\b", said.err)
    assert said.out == ""


@pytest.mark.parametrize("command", [("--help",), ("move", "--help"), ("letter", "new", "--help")])
def test_help_is_in_chinese(editorial: Editorial, command: Any) -> None:
    said = editorial(*command)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("用法：editorial")
    assert not re.search(r"\b(usage|options|positional|show this)\b", said.out)


@pytest.mark.parametrize("command", [("nonsense",), ("letter", "new"), ("letter",)])
def test_a_command_that_is_none_is_refused_in_json_too(editorial: Editorial, command: Any) -> None:
    said = editorial("--json", *command)
    data = json.loads(said.out)
    assert (said.code, set(data)) == (2, {"error", "where", "hint", "problems", "blockers"})
    assert (data["error"] in said.err, data["hint"].endswith("--help 查看用法")) == (True, True)


@pytest.mark.parametrize(
    "command",
    [
        ("letter", "list", "-状态:办结"),
        ("letter", "list", "-逾期", "-zt:bj"),
        ("letter", "list", "单位:深圳", "－状态:办结"),
        ("opinion", "list", "--where", "-类别:文字"),
        ("returns", "list", "--where", "-状态:已匹配"),
        ("unit", "list", "--where", "-城市:深圳"),
        ("status", "--where", "-逾期"),
    ],
)
def test_a_filter_may_begin_with_a_minus(editorial: Editorial, command: Any) -> None:
    said = editorial(*command)
    assert (said.code, said.err) == (0, "")


def test_a_refusal_in_json_lists_what_blocks(editorial: Editorial) -> None:
    said = editorial("move", "01-keji", "--to", "初审", "--json")
    data = json.loads(said.out)
    assert said.code == 2
    assert [b["guard"] for b in data["blockers"]] == ["tasks_in", "has_unit", "has_editor"]
    assert set(data) == {"error", "where", "hint", "problems", "blockers"}


def test_bad_data_in_json_lists_every_problem(editorial: Editorial, workspace: Path) -> None:
    write(workspace, f"{SECTION}.yaml", "titel: 机场\n")
    data = json.loads(editorial("status", "--json").out)
    assert [each.split(" ")[0] for each in data["problems"]] == [f"{SECTION}.yaml:1"] * 2


def test_a_bug_is_exit_3_with_a_log_and_no_traceback(
    editorial: Editorial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("故意")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("editorial.desk.move.move", broken)
    said = editorial(*MOVE)
    log = Path(said.err.rsplit("：", 1)[1].strip())
    assert (said.code, said.out, "Traceback" in said.err) == (3, "", False)
    assert "ZeroDivisionError: 故意" in log.read_text("utf-8")


def test_an_interrupt_is_exit_130(editorial: Editorial, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("editorial.desk.move.move", interrupted)
    said = editorial(*MOVE)
    assert (said.code, said.err) == (130, "已中断\n")


def test_a_reader_who_stops_listening_is_no_bug(workspace: Path) -> None:
    call = f"{sys.executable} -m editorial status --json | head -c 1"
    done = subprocess.run(["bash", "-c", call], cwd=workspace, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_main_never_raises(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["--version"]), main(["nonsense"]), main(["move"])] == [0, 2, 2]
