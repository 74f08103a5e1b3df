"""Titles of letters break by meaning into a trapezium or a diamond."""

from __future__ import annotations

import pytest

from editorial.render.titles import title_lines

MOST = 20.1  # ems of 二号 in the type area


@pytest.mark.parametrize(
    "lines",
    [
        ("关于召开评议会的通知",),
        ("修改补充事项清单",),
        ("关于商请修改补充", "《粤港澳大湾区城市群年鉴（2019）》", "有关稿件内容的函"),
        ("关于商请修改补充", "《示例城市群年鉴2019》有关内容的函"),
        ("关于商请补充提供", "《示例市对口帮扶示例县志》有关资料的函"),
        ("关于商请修改补充《示例志》对口", "帮扶协作机构沿革有关章节内容的函"),
    ],
)
def test_a_title_breaks_by_meaning(lines: tuple[str, ...]) -> None:
    assert title_lines("".join(lines), MOST) == lines


@pytest.mark.parametrize("length", [21, 22, 39, 41, 60])
def test_no_line_of_a_title_hangs_by_a_character(length: int) -> None:
    lines = title_lines("国" * length, MOST)
    assert "".join(lines) == "国" * length
    assert 3 < min(map(len, lines)) <= max(map(len, lines)) <= MOST


def test_a_title_too_long_to_weigh_comes_back_whole() -> None:
    assert title_lines("国" * 200, MOST) == ("国" * 200,)


def test_an_empty_title_has_no_lines() -> None:
    assert title_lines(" ", MOST) == ()
