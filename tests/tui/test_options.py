"""What an act can be told besides the usual, by keys; what is compared lies on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from editorial.desk.office import Desk
from editorial.desk.rounds import open_round
from editorial.store.readers import load_readers
from tests.tui.seen import Play

Git = Callable[..., str]
VOLUME = Path("volumes/xiao-2019")
LETTER = VOLUME / "letters/0001/letter.yaml"
AIRPORT = ("down", "enter", "down")
NOW = datetime.now().astimezone().replace(microsecond=0)
SECOND = ("enter", "down", "enter")  # the second of a list of choices


def made(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / VOLUME / "out").rglob("*.*"))


def test_a_draft_is_made_as_one_kind_of_file(play: Play, workspace: Path) -> None:
    play(*AIRPORT, "f6", "shift+tab", "shift+tab", *SECOND, "f10")
    assert [Path(name).suffix for name in made(workspace)] == [".pdf"]


def test_a_draft_is_made_in_another_style(play: Play, workspace: Path, git: Git) -> None:
    play(*AIRPORT, "f6", "shift+tab", "shift+tab", "shift+tab", *SECOND, "f10")
    (record,) = (workspace / VOLUME / "drafts").rglob("*.yaml")
    told = record.read_text("utf-8")
    assert ("style: review" in told, git("log", "-1", "--format=%s")[:2]) == (False, "出稿")


def test_a_draft_shows_what_changed_since(play: Play, workspace: Path) -> None:
    play(*AIRPORT, "f6", "enter")
    play(*AIRPORT, "enter", "e", "=示例。", "ctrl+s")
    play(*AIRPORT, "f6", "=第1稿", "enter")
    assert any("花脸" in name for name in made(workspace))


def test_readers_get_numbered_copies(play: Play, workspace: Path, tmp_path: Path) -> None:
    readers = tmp_path / "readers.yaml"
    readers.write_text("readers:\n- {name: 专家甲, unit: 示例大学}\n", "utf-8")
    assert load_readers(str(readers), ())
    play(*AIRPORT, "f6", "shift+tab", f"={readers}", "f10")
    assert any("专家甲" in name for name in made(workspace))


def test_a_draft_since_what_never_was_is_told(play: Play, workspace: Path) -> None:
    seen = play(*AIRPORT, "f6", "=第9稿", "enter")
    assert (seen.screen, made(workspace)) == ("ErrorDialog", [])


def test_a_round_has_its_draft_made(play: Play, desk: Desk, workspace: Path) -> None:
    open_round(desk, "评议会", at=NOW, due=(NOW + timedelta(days=9)).date())
    play("ctrl+g", "5", "d", "f10")
    (record,) = (workspace / VOLUME / "drafts").rglob("*.yaml")
    told = record.read_text("utf-8")
    assert ("评议会" in told, len(made(workspace))) == (True, 2)


@pytest.fixture
def drafted(play: Play) -> None:
    urgent = ("tab", *SECOND)
    play("enter", "f7", *["tab"] * 6, "=请核实", "tab", "=省地方志办、市档案馆", *urgent, "f10")


def test_a_letter_goes_to_others_too_and_is_urgent(drafted: None, workspace: Path) -> None:
    told = (workspace / LETTER).read_text("utf-8")
    assert [each in told for each in ("省地方志办", "市档案馆", "urgent: 特急")] == [True] * 3


def test_an_item_is_added_to_a_letter(drafted: None, play: Play, workspace: Path, git: Git) -> None:
    play("f4", "m", *["tab"] * 7, "=创新平台", "tab", "=表1-1", "tab", "=请补年末数", "f10")
    told = (workspace / LETTER).read_text("utf-8")
    assert [each in told for each in ("01-keji/02-pingtai", "表1-1", "请补年末数", "请核实")] == [
        True
    ] * 4
    assert git("log", "-1", "--format=%s") == "函件：修改 0001（事项）"


def test_an_item_without_a_request_is_not_added(drafted: None, play: Play, workspace: Path) -> None:
    seen = play("f4", "m", *["tab"] * 7, "=创新平台", "f10")
    assert "没有写要求" in seen.text
    assert "02-pingtai" not in (workspace / LETTER).read_text("utf-8")


def test_a_move_is_recorded_for_the_day_it_was_done(play: Play, workspace: Path) -> None:
    play(*AIRPORT, "f2", *["tab"] * 3, "=2020-03-01", "enter")
    record = workspace / VOLUME / "chapters/02-jichu/02-jichang.yaml"
    assert "2020-03-01" in record.read_text("utf-8")


def test_the_past_names_no_commit(play: Play, git: Git) -> None:
    play(*AIRPORT, "f2", "enter")
    seen = play(*AIRPORT, "h", size=(120, 40)).text
    assert ("推进：机场至初审" in seen, git("rev-parse", "HEAD")[:7] in seen) == (True, False)
