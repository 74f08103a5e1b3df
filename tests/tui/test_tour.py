"""导览: shown once to each person, and whenever it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from editorial.desk.office import open_desk
from editorial.desk.tour import FILE, is_new, keep_shown
from editorial.store.personal import drop_own, state_folder, write_own
from editorial.tui.dialogs.tour import CARDS
from tests.tui.seen import Play


@pytest.fixture
def newcomer() -> None:
    drop_own(FILE)


@pytest.mark.usefixtures("newcomer")
def test_whoever_comes_first_is_shown_round(play: Play) -> None:
    seen = play()
    assert (seen.screen, "初次使用　1/5" in seen.text) == ("TourDialog", True)


@pytest.mark.usefixtures("newcomer")
def test_it_is_shown_once(play: Play) -> None:
    assert [play().screen, play().screen] == ["TourDialog", "BoardScreen"]


@pytest.mark.usefixtures("newcomer")
def test_escape_leaves_it_at_any_card(play: Play) -> None:
    assert play("enter", "enter", "escape").screen == "BoardScreen"


@pytest.mark.usefixtures("newcomer")
def test_enter_leads_through_it_to_the_board(play: Play) -> None:
    assert play(*["enter"] * len(CARDS)).screen == "BoardScreen"


@pytest.mark.parametrize("number", range(len(CARDS)))
@pytest.mark.parametrize("size", [(80, 24), (40, 24)])
def test_every_card_is_read_whole(play: Play, number: int, size: tuple[int, int]) -> None:
    seen = play("shift+f1", *["enter"] * number, size=size)
    shown = "".join(line.strip() for line in seen.lines)
    told = shown.replace(" ", "").replace("　", "")
    ends = [sentence.replace(" ", "").replace("　", "")[-4:] for _, sentence in CARDS[number].said]
    assert [end for end in ends if end not in told] == []


def test_one_can_go_back(play: Play) -> None:
    assert "1/5" in play("shift+f1", "enter", "left", "left").text


@pytest.mark.parametrize("keys", [("shift+f1",), ("f1", "t"), ("ctrl+p", "=导览", "enter")])
def test_it_can_be_seen_again(play: Play, keys: tuple[str, ...]) -> None:
    assert play(*keys).screen == "TourDialog"


def test_each_person_is_asked_apart(workspace: Path) -> None:
    keep_shown(open_desk(workspace, by="陈渔"))
    assert [is_new(open_desk(workspace, by=name)) for name in ("陈渔", "方敏")] == [False, True]


@pytest.mark.usefixtures("newcomer")
def test_whoever_only_looks_is_left_alone(play: Play, workspace: Path) -> None:
    assert play(at=open_desk(workspace, read_only=True)).screen == "BoardScreen"


def test_what_is_kept_and_cannot_be_read_is_no_reason_to_fail(play: Play) -> None:
    (state_folder() / FILE).write_text("{", encoding="utf-8")
    assert play().screen == "TourDialog"


def test_where_nothing_can_be_kept_no_fault_is_told(play: Play) -> None:
    write_own(FILE, [])
    state_folder().joinpath(FILE).unlink()
    state_folder().joinpath(FILE).mkdir()
    assert play("escape").screen == "BoardScreen"
