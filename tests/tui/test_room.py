"""In a small terminal: what matters stays in sight, and that there is more is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from editorial.desk.office import open_desk
from editorial.tui.cells import shortened
from tests.tui.seen import Play

KEJI = Path("volumes/xiao-2019/chapters/01-keji")
LAST = ("enter", "down", "down")  # 科技创新 / 人才

Git = Callable[..., str]


def _spoil(workspace: Path) -> None:
    (workspace / KEJI / "03-rencai.yaml").write_text("titel: 人才\n", encoding="utf-8")


def test_what_is_wrong_with_a_record_fits_into_its_line(play: Play, workspace: Path) -> None:
    _spoil(workspace)
    line = play(*LAST, size=(80, 24)).lines[-2]
    assert ("03-rencai.yaml:1" in line, "titel" in line, "volumes/" in line) == (True, True, False)


@pytest.mark.parametrize("key", ["f2", "f3", "f7"])
def test_no_form_is_opened_upon_what_cannot_be_read(play: Play, workspace: Path, key: str) -> None:
    _spoil(workspace)
    seen = play(*LAST, key)
    assert (seen.screen, "03-rencai.yaml" in seen.text, "未定" in seen.text) == (
        "ErrorDialog",
        True,
        False,
    )


def test_the_others_are_assigned_as_before(play: Play, workspace: Path) -> None:
    _spoil(workspace)
    assert play("enter", "f3").screen == "AssignDialog"


def test_help_tells_that_more_is_below(play: Play) -> None:
    assert "PgDn 往下" in play("f1", size=(80, 24)).text


def test_help_that_shows_whole_offers_no_more(play: Play) -> None:
    assert "PgDn" not in play("f1", size=(120, 70)).text


def test_the_tour_tells_it_where_a_card_is_too_long(play: Play) -> None:
    assert "PgDn 往下" in play("shift+f1", size=(40, 10)).text
    assert "PgDn" not in play("shift+f1", size=(80, 24)).text


def test_escape_says_what_it_does_in_the_palette(play: Play) -> None:
    assert "Esc 取消" in play("ctrl+p").text
    assert "Esc 清除" in play("ctrl+p", "=推进").text
    assert "Esc 取消" in play("ctrl+p", "=推进", "escape").text


@pytest.mark.parametrize("width", [12, 20, 40, 72])
def test_a_long_heading_keeps_its_count(width: int) -> None:
    told = shortened(f"推进：{'很长的题名' * 24}（516个）", width)
    assert (cell_len(told) <= width, ".." in told) == (True, True)
    assert told.endswith("（516个）") is (width >= 20)


def test_a_heading_that_fits_stays(play: Play) -> None:
    assert "推进：科技创新（3个）" in play("f2").text


def test_the_dialog_of_a_long_title_shows_how_many(play: Play, workspace: Path, git: Git) -> None:
    record = workspace / KEJI / "chapter.yaml"
    told = record.read_text(encoding="utf-8").replace("科技创新", "科技创新" * 30)
    record.write_text(told, encoding="utf-8")
    git("commit", "-qam", "长")
    assert "（3个）" in play("f2", size=(80, 24), at=open_desk(workspace)).text


def test_cities_beyond_the_edge_are_counted(play: Play, sample: Path) -> None:
    seen = play("v", size=(80, 24), at=open_desk(sample, read_only=True))
    assert "→ 右边还有1市" in seen.text
    seen = play("v", "end", size=(80, 24), at=open_desk(sample, read_only=True))
    assert ("← 左边还有" in seen.text, "→" in seen.text) == (True, False)
    assert "还有" not in play("v", size=(140, 24), at=open_desk(sample, read_only=True)).text
