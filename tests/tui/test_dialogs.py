"""Forms: what a move would do is seen before it; names by pinyin; what is typed is not lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from editorial.tui.dialogs import asking
from tests.tui.seen import Play

Git = Callable[..., str]
KEJI = "volumes/xiao-2019/chapters/01-keji"
PLATFORM = ("enter", "down")


def read(workspace: Path, name: str) -> str:
    return (workspace / KEJI / name).read_text("utf-8")


# 推进


def test_every_marked_node_is_told_where_it_would_go(play: Play) -> None:
    text = play("enter", "ctrl+a", "f2", "home", "down", size=(120, 40)).text
    assert [
        words in text
        for words in ("概况　撰稿 → 收稿", "创新平台　收稿，不动", "人才　未开始 → 收稿")
    ] == [True, True, True]


def test_what_is_missing_stands_below_the_node(play: Play) -> None:
    text = play(*PLATFORM, "f2", "end").text
    assert ("× 创新平台　收稿 → 定稿" in text, "缺 广州科技局的供稿未到" in text) == (True, True)


def test_a_way_back_is_told_as_such(play: Play) -> None:
    assert "创新平台　收稿 退回 撰稿，须写说明" in play(*PLATFORM, "f2", "home").text


def test_the_free_ones_go_alone_after_a_refusal(play: Play, git: Git) -> None:
    seen = play("enter", "ctrl+a", "f2", "home", "down", "enter")
    assert "F9 只推进没有阻碍的" in seen.text
    play("enter", "ctrl+a", "f2", "home", "down", "enter", "f9")
    assert git("diff", "--name-only", "HEAD^") == f"{KEJI}/01-gaikuang.yaml"


def test_the_whole_book_is_moved_from_the_board(play: Play, git: Git) -> None:
    play("M", "enter")
    assert git("log", "-1", "--format=%s") == "推进：全书至组稿"


def test_what_holds_the_book_back_is_seen(play: Play) -> None:
    assert "缺 尚在“撰稿”" in play("M", "down", size=(120, 40)).text


# 分派


def test_an_editor_is_found_by_initials(play: Play, workspace: Path) -> None:
    play("enter", "f3", "=fm", "enter", "f10")
    assert "editor: fangmin" in read(workspace, "01-gaikuang.yaml")


def test_initials_show_who_has_them(play: Play) -> None:
    text = play("enter", "f3", "tab", "=kxjs").text
    assert ("广州市科学技术局" in text, "深圳市科技创新局" in text) == (True, False)


def test_a_name_nobody_has_is_refused(play: Play, git: Git) -> None:
    seen = play("enter", "f3", "=谁也不是", "f10")
    assert "名单里没有" in seen.text
    assert git("log", "--format=%s") == "开始"


def test_what_is_not_filled_in_stays(play: Play, workspace: Path) -> None:
    wanted = read(workspace, "02-pingtai.yaml").replace("linqing   # 林清", "fangmin   # 林清")
    play(*PLATFORM, "f3", "=fm", "enter", "f10")
    assert read(workspace, "02-pingtai.yaml") == wanted


def test_a_wrong_day_says_what_is_wrong(play: Play) -> None:
    assert "没有“2月30日”这一天" in play("enter", "f3", "tab", "tab", "=2月30日").text


# 没有提交的内容


def test_what_was_typed_is_there_again_after_esc(play: Play) -> None:
    play("enter", "f3", "tab", "tab", "=月底", "escape")
    text = play("enter", "f3").text
    assert ("月底" in text, "上次没有提交的内容已填上" in text) == (True, True)


def test_what_was_typed_outlives_the_program(play: Play) -> None:
    play("enter", "f3", "tab", "tab", "=月底", "ctrl+q")
    assert "上次没有提交的内容已填上" in play("enter", "f3").text


def test_it_is_of_that_node_only(play: Play) -> None:
    play("enter", "f3", "tab", "tab", "=月底", "escape")
    assert "上次没有提交" not in play(*PLATFORM, "f3").text


def test_it_can_be_cleared(play: Play) -> None:
    play("enter", "f3", "tab", "tab", "=月底", "escape")
    play("enter", "f3", "ctrl+r", "escape")
    assert "上次没有提交" not in play("enter", "f3").text


def test_handed_in_it_is_gone(play: Play) -> None:
    play("enter", "f3", "tab", "tab", "=月底", "f10")
    assert "上次没有提交" not in play("enter", "f3").text


def test_it_lies_outside_the_repository(play: Play, git: Git) -> None:
    play("enter", "f3", "tab", "tab", "=月底", "escape")
    assert git("status", "--porcelain", "--ignored") == ""


def test_two_sections_of_one_name_have_each_its_own_unfinished_letter(play: Play) -> None:
    """科技创新 and 基础设施 both begin with 概况."""
    play("enter", "f7", "tab", "tab", "tab", "=甲单位的草稿", "escape")
    assert "没有提交" not in play("down", "enter", "f7").text
    assert "没有提交" in play("enter", "f7").text


def test_in_help_what_is_long_hangs_under_its_own_beginning(play: Play) -> None:
    lines = play("f1").lines
    at = next(
        number for number, line in enumerate(lines) if "Ctrl+G" in line and "去往别的" in line
    )
    first, then = lines[at], lines[at + 1]
    column = cell_len(first[: first.index("去往别的")])
    assert len(set_cell_size(then, column).strip()) == 0


@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
@pytest.mark.parametrize("keys", [("slash",), ("ctrl+g",), ("f2", "tab"), ("f3", "tab", "tab")])
def test_a_text_longer_than_its_line_shows_its_end(
    play: Play, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    assert "说到了末尾" in play(*keys, "=写得", f"={'很长' * 60}说到了末尾", size=size).text


def test_a_folder_ends_as_windows_writes_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then what is in it is meant, not its neighbours."""
    folder = tmp_path / "来稿\\"
    folder.mkdir()
    (folder / "供稿.docx").touch()
    monkeypatch.setattr(asking, "PARTING", ("/", "\\"))
    told = asyncio.run(asking.PathSuggester().get_suggestion(str(folder)))
    assert told == f"{folder}供稿.docx"
