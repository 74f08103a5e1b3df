"""The text in one's own editor, in a terminal that is given to it and taken back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tui.screened import Screened
from tests.tui.seen import Play

Git = Callable[..., str]
NODE = "02-jichu/02-jichang"
# What an editor does to the file it is given, and how it ends.
DOES = {
    "changes": "p.write_text('【机场】　外面改的一句。\\n', 'utf-8')",
    "changes in GBK": "p.write_bytes('【机场】　外面改的一句。\\r\\n'.encode('gb18030'))",
    "changes in UTF-16": "p.write_bytes('【机场】　外面改的一句。\\r\\n'.encode('utf-16'))",
    "is interrupted": (
        "os.kill(os.getppid(), 2); p.write_text('【机场】　外面改的一句。\\n', 'utf-8')"
    ),
    "changes and leaves the branch": (
        "p.write_text('【机场】　外面改的一句。\\n', 'utf-8'); os.chdir(p.parent); "
        "os.system('git checkout -q --detach')"
    ),
    "changes nothing": "pass",
    "fails": "sys.exit(1)",
    "changes and fails": "p.write_text('没有写完的一句。\\n', 'utf-8'); sys.exit(1)",
    "empties it": "p.write_bytes(b'')",
    "keeps no text": "p.write_bytes(b'\\xff\\xff\\xff')",
}
OPENED = "外部编辑器在这里"


@pytest.fixture
def text(workspace: Path) -> Path:
    return workspace / f"volumes/xiao-2019/chapters/{NODE}.md"


def copies(workspace: Path) -> list[bytes]:
    """What lies aside of texts that were not saved."""
    return [each.read_bytes() for each in workspace.glob("volumes/*/out/edits/*")]


@pytest.fixture
def edited(workspace: Path, tmp_path: Path) -> Iterator[Callable[[str], Screened]]:
    """The program after the section was handed to such an editor, or to the command named."""
    opened: list[Screened] = []

    def call(does: str) -> Screened:
        script = tmp_path / "bianji.py"
        said = f"print('{OPENED}', flush=True); p = pathlib.Path(sys.argv[1]); "
        script.write_text(f"import os, pathlib, sys\n{said}{DOES.get(does, '')}\n", "utf-8")
        editor = f"'{sys.executable}' '{script}'" if does in DOES else does
        told = {"XDG_STATE_HOME": str(tmp_path / "state"), "VISUAL": "", "EDITOR": editor}
        opened.append(Screened(workspace, env=told, size=(100, 30)))
        assert opened[0].shows("基础设施")
        for key, shown in (
            (b"\x1b[B", "基础设施"),
            (b"\r", "机场"),
            (b"\x1b[B", "机场"),
            (b"\r", "改正文"),
        ):
            opened[0].feed(key)
            assert opened[0].shows(shown)
        opened[0].feed(b"E")
        return opened[0]

    yield call
    for each in opened:
        each.close()


@pytest.mark.parametrize(
    "does", ["changes", "changes in GBK", "changes in UTF-16", "is interrupted"]
)
def test_what_it_changed_is_written_and_committed(
    edited: Callable[[str], Screened], text: Path, git: Git, workspace: Path, does: str
) -> None:
    seen = edited(does)
    assert seen.until(lambda: git("log", "-1", "--format=%s") == "改正文：机场")
    assert (text.read_text("utf-8"), OPENED.encode() in seen.sent, copies(workspace)) == (
        "【机场】　外面改的一句。\n",
        True,
        [],
    )


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("changes nothing", "正文没有改动"),
        ("fails", "没有正常结束"),
        ("没有这个程序 --wait", "打不开外部编辑器"),
        ("没有另一半'引号", "打不开外部编辑器"),
        ("keeps no text", "存下的不是文字"),
        ("empties it", "存下的是空的"),
    ],
)
def test_else_it_is_told_and_nothing_is_written(
    edited: Callable[[str], Screened], text: Path, git: Git, workspace: Path, does: str, told: str
) -> None:
    before = text.read_bytes()
    assert edited(does).shows(told)
    assert (text.read_bytes(), git("log", "-1", "--format=%s")) == (before, "开始")
    assert copies(workspace) == ([b"\xff\xff\xff"] if does == "keeps no text" else [])


def test_what_a_failed_editor_left_is_gone_on_with_here(
    edited: Callable[[str], Screened], text: Path
) -> None:
    before = text.read_bytes()
    seen = edited("changes and fails")
    assert (seen.shows("没有写完的一句。"), seen.shows("有改动未存")) == (True, True)
    assert text.read_bytes() == before


def test_what_cannot_be_saved_is_gone_on_with_here(
    edited: Callable[[str], Screened], text: Path, git: Git
) -> None:
    """The words are shown and kept, and can be saved as soon as that goes again."""
    before = text.read_bytes()
    seen = edited("changes and leaves the branch")
    assert (seen.shows("不在任何分支"), text.read_bytes()) == (True, before)
    git("checkout", "-q", "-")
    seen.feed(b"\x1b")
    assert seen.until(lambda: "不在任何分支" not in seen.text)
    assert (seen.shows("外面改的一句。"), seen.shows("有改动未存")) == (True, True)
    seen.feed(b"\x13")
    assert seen.until(lambda: git("log", "-1", "--format=%s") == "改正文：机场")


def test_what_was_not_saved_the_last_time_is_gone_on_with_there(
    edited: Callable[[str], Screened], git: Git, workspace: Path
) -> None:
    seen = edited("changes and fails")
    assert seen.shows("有改动未存")
    seen.feed(b"\x1b")
    assert seen.shows("下次再改时还在")
    seen.feed(b"E")
    assert seen.until(lambda: seen.sent.count(OPENED.encode()) == 2)
    assert seen.shows("有改动未存")
    assert (copies(workspace), git("log", "-1", "--format=%s")) == ([], "开始")


def test_the_screen_is_whole_again_afterwards(edited: Callable[[str], Screened]) -> None:
    seen = edited("changes nothing")
    assert seen.shows("正文没有改动")
    assert (seen.shows("1正文"), OPENED in seen.text, seen.leave()) == (True, False, 0)


def test_help_names_no_variable(play: Play) -> None:
    assert "$" not in play("down", "enter", "down", "enter", "f1", size=(100, 60)).text
