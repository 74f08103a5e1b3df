"""Helps line up in a terminal, and what is mistyped is understood."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from editorial.cli.chinese import wrapped
from editorial.cli.main import GROUPS
from editorial.cli.table import width
from tests.conftest import Said

Editorial = Callable[..., Said]
ONE = ("status", "move", "draft", "serve", "letter new", "gate pass", "opinion import")


@pytest.mark.parametrize("command", ["", *ONE, *GROUPS])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(
    editorial: Editorial, monkeypatch: pytest.MonkeyPatch, command: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = editorial(*command.split(), "--help").out.splitlines()
    assert [x for x in lines if width(x) > columns and not x.startswith("例：")] == []


def _begins(line: str) -> int:
    """The column in which what is told of an option begins."""
    name, _, told = line.strip().rpartition("  ")
    return width(line) - width(told) if name else 0


@pytest.mark.parametrize("command", ["", *ONE, *GROUPS])
def test_what_is_told_of_options_begins_in_one_column(
    editorial: Editorial, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = editorial(*command.split(), "--help").out.splitlines()
    columns = {_begins(x) for x in lines if x.startswith("  -") and "  " in x.strip()}
    assert len(columns) == 1


@pytest.mark.parametrize("command", ["", *GROUPS])
def test_a_heading_is_said_once(editorial: Editorial, command: str) -> None:
    told = editorial(*command.split(), "--help").out
    lines = [line.strip().rstrip(":：") for line in told.splitlines()]
    assert [x for x, y in pairwise(lines) if x and x == y] == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六", ["一二三", "四五六"]),
        ("一二三，四五", ["一二三，", "四五"]),
        ("用 editorial 办", ["用", "editorial", "办"]),
        ("", [""]),
    ],
)
def test_lines_are_broken_by_columns(text: str, lines: list[str]) -> None:
    assert wrapped(text, 7) == lines


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("stauts", "没有“stauts”这个命令；是不是 status？可用：init、status、"),
        ("letter nwe", "没有“nwe”这个命令；是不是 new？可用：new、list、"),
        ("天气", "没有“天气”这个命令；可用：init、"),
        ("status --by x", "--by：没有“x”；可用：city"),
        ("status --foo", "不认识的参数：--foo\n"),
        ("status --byy", "不认识的参数：--byy；是不是 --by？"),
    ],
)
def test_what_is_mistyped_is_named_with_what_was_meant(
    editorial: Editorial, typed: str, said: str
) -> None:
    answer = editorial(*typed.split())
    assert (answer.code, said in answer.err, "'" in answer.err) == (2, True, False)


@pytest.mark.parametrize(
    ("typed", "command"),
    [("status --foo", "status"), ("letter new --due +1 x", "letter new"), ("log -n x", "log")],
)
def test_a_refused_word_shows_the_usage_of_its_command(
    editorial: Editorial, typed: str, command: str
) -> None:
    said = editorial(*typed.split()).err
    assert said.startswith(f"用法：editorial {command} ")
    assert f"用 editorial {command} --help 查看用法" in said


@pytest.mark.parametrize("command", ["", "status", "letter", "letter new"])
def test_help_may_be_asked_for_as_a_command(editorial: Editorial, command: str) -> None:
    words = command.split()
    assert editorial("help", *words) == editorial(*words, "--help")


def test_usage_of_a_command_whose_word_may_be_left_out_is_whole(editorial: Editorial) -> None:
    assert editorial("opinion", "add", "--help").out.startswith("用法：editorial opinion add [-h]")
    said = editorial("opinion", "add", "01", "--by", "专家甲")
    assert (said.code, "还缺少：意见" in said.err) == (2, True)
    assert said.err.startswith("用法：editorial opinion add [-h]")
