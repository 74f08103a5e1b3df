"""The day's calls by their keys; what is compared lies on disk and in git."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from editorial.desk.office import open_desk
from editorial.desk.returns import receive_paths
from tests.desk.moments import BEIJING
from tests.tui.seen import Play

Git = Callable[..., str]
VOLUME = Path("volumes/xiao-2019")
SECTION = VOLUME / "chapters/01-keji/02-pingtai.yaml"
LETTER = VOLUME / "letters/0001/letter.yaml"
TODAY = "f10"
SAMPLE_DAY = (TODAY, "shift+f9", "=2020-03-21", "enter")


def log(workspace: Path) -> str:
    path = workspace / VOLUME / f"chase/{date.today()}.yaml"
    return path.read_text("utf-8") if path.exists() else ""


def subject(git: Git) -> str:
    return git("log", "-1", "--format=%s")


# Looking


def test_the_day_says_whom_to_call_and_why(play: Play) -> None:
    row = play(TODAY, size=(120, 40)).lines[4]
    assert [word in row for word in ("广州科技局", "领导出面", "逾期", "创新平台")] == [True] * 4


def test_the_coverage_is_a_bar_with_its_figures(play: Play) -> None:
    assert play(TODAY).lines[1].split()[:4] == ["已联系", "0/1", "0%", "还差1个"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("view", ["1", "2", "3", "4", "5"])
def test_no_line_is_wider_than_the_terminal(
    play: Play, sample: Path, view: str, size: tuple[int, int]
) -> None:
    lines = play(*SAMPLE_DAY, view, size=size, at=open_desk(sample)).lines
    assert {cell_len(line) for line in lines} == {size[0]}


@pytest.mark.parametrize("heading", ["单位", "今天", "联络员", "电话", "到期", "上次联系"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_columns_stand_straight(
    play: Play, sample: Path, heading: str, size: tuple[int, int]
) -> None:
    lines = play(*SAMPLE_DAY, size=size, at=open_desk(sample)).lines
    start = cell_len(lines[3].split(heading)[0])
    assert len(lines[4].split()) > 5
    assert {set_cell_size(line, start)[-1] for line in lines[4:15]} == {" "}


def test_another_day_has_its_own_list(play: Play, sample: Path) -> None:
    seen = play(*SAMPLE_DAY, at=open_desk(sample))
    assert ("2020年3月21日　星期六" in seen.lines[0], "0/11" in seen.lines[1]) == (True, True)


def test_what_falls_due_is_listed_by_its_day(play: Play, sample: Path) -> None:
    rows = play(*SAMPLE_DAY, "2", at=open_desk(sample)).lines[4:7]
    days = [row.split()[0] for row in rows]
    assert (days == sorted(days), days[0] >= "2020-03-21", len(set(days[0]))) == (True, True, 5)


def test_enter_shows_everything_about_the_unit(play: Play) -> None:
    seen = play(TODAY, "enter")
    assert (seen.screen, "没有当天有效的联络员" in seen.text) == ("ToldDialog", True)


def test_the_filter_finds_those_not_contacted(play: Play) -> None:
    seen = play(TODAY, "f2", "slash", "=未联系", "enter")
    assert "0行" in seen.lines[1]


# Calls


def test_one_key_logs_a_call_that_was_answered(play: Play, workspace: Path, git: Git) -> None:
    seen = play(TODAY, "f2")
    assert (seen.news, subject(git)) == (
        ("催报：电话联系广州科技局（已催）",),
        "催报：电话联系广州科技局（已催）",
    )
    assert "unit: gz-kjj" in log(workspace)


def test_one_key_logs_a_call_that_was_not(play: Play, workspace: Path, git: Git) -> None:
    play(TODAY, "f3")
    assert ("answered: false" in log(workspace), subject(git)) == (
        True,
        "催报：电话联系广州科技局，未联系上（无人接听）",
    )


def test_a_call_covers_the_unit(play: Play) -> None:
    seen = play(TODAY, "f2")
    assert ("100%" in seen.lines[1], seen.lines[4].split()[0]) == (True, "已联系")


def test_an_agreed_day_needs_one_more_key(play: Play, workspace: Path) -> None:
    play(TODAY, "f4", "enter")
    day = date.today() + timedelta(days=2)
    assert f"result: agreed, next_call: {day}" in log(workspace)


def test_the_full_form_takes_a_note(play: Play, workspace: Path) -> None:
    play(TODAY, "f6", "tab", "tab", "tab", "=答应月底前给", "f10")
    assert "note: 答应月底前给" in log(workspace)


def test_a_number_in_the_note_is_refused_and_the_form_stays(play: Play, workspace: Path) -> None:
    seen = play(TODAY, "f6", "tab", "tab", "tab", "=改打020-8888-0000", "f10", "escape")
    assert (seen.screen, "改打020-8888-0000" in seen.text, log(workspace)) == (
        "CallDialog",
        True,
        "",
    )


def test_a_call_is_taken_back(play: Play, workspace: Path, git: Git) -> None:
    play(TODAY, "f2", "f8", "enter")
    assert ("gz-kjj" in log(workspace), subject(git)) == (
        False,
        "撤销：催报：电话联系广州科技局（已催）",
    )


def test_what_a_unit_tells_of_a_task_is_a_check_in(play: Play, git: Git, workspace: Path) -> None:
    play(TODAY, "f7", "tab", "enter", "down", "down", "enter", "f10")
    assert subject(git).startswith("催报：广州科技局填报01-keji/02-pingtai")
    assert "checkins:" in log(workspace)


def test_the_log_is_the_fourth_list(play: Play) -> None:
    assert "无人接听" in play(TODAY, "f3", "4").lines[4]


# The day


def test_a_covered_day_is_closed(play: Play, git: Git) -> None:
    seen = play(TODAY, "f2", "f10")
    assert ("日结，第1期" in subject(git), "已日结，第1期" in seen.lines[1]) == (True, True)


def test_closing_is_refused_with_those_not_contacted(play: Play, git: Git) -> None:
    seen = play(TODAY, "f10")
    assert (seen.screen, "广州科技局：应领导出面" in seen.text) == ("BlockedDialog", True)
    assert subject(git) == "开始"


def test_a_blocker_leads_to_its_unit(play: Play) -> None:
    seen = play(TODAY, "4", "f10", "enter")
    assert (seen.screen, "[1名单 1]" in seen.lines[2]) == ("TodayScreen", True)


def test_no_key_closes_a_day_with_holes(play: Play, git: Git) -> None:
    play(TODAY, "f10", "f10", "=单位停电", "enter")
    assert subject(git) == "开始"


def test_the_daily_page_is_made(play: Play, workspace: Path) -> None:
    play(TODAY, "shift+f7")
    made = sorted(path.suffix for path in (workspace / VOLUME / "out").iterdir())
    assert made == [".docx", ".pdf"]


# What follows


def test_the_chasing_letter_is_drafted_from_the_list(play: Play, workspace: Path, git: Git) -> None:
    play(TODAY, "f9", "f10")
    record = (workspace / LETTER).read_text("utf-8")
    assert ("kind: chase" in record, "unit: gz-kjj" in record) == (True, True)
    assert subject(git) == "函件：拟稿 0001 致广州科技局"


def test_the_last_letter_goes_to_another_body(play: Play, workspace: Path) -> None:
    play(TODAY, "f9", "tab", "=fzgg", "enter", "f10")
    record = (workspace / LETTER).read_text("utf-8")
    assert [word in record for word in ("kind: escalate", "unit: sheng-fgw", "about: gz-kjj")] == [
        True
    ] * 3


def test_a_later_day_is_granted(play: Play, workspace: Path) -> None:
    play(TODAY, "shift+f2", "f10")
    day = date.today() + timedelta(days=5)
    assert f"extended: {day}" in (workspace / SECTION).read_text("utf-8")


def test_a_unit_is_left_in_peace_and_taken_up_again(play: Play, workspace: Path) -> None:
    units = workspace / VOLUME / "units.yaml"
    seen = play(TODAY, "shift+f3", "=+7", "tab", "=换届", "f10")
    assert ("reason: 换届" in units.read_text("utf-8"), "暂停" in seen.lines[4]) == (True, True)
    play(TODAY, "shift+f3", "enter")
    assert "换届" not in units.read_text("utf-8")


def test_what_nobody_has_claimed_is_seen_and_opened(
    play: Play, workspace: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "扫描件.pdf"
    paper.write_bytes("示例".encode())
    at = datetime(2020, 1, 6, 9, tzinfo=BEIJING)
    list(receive_paths(open_desk(workspace), (paper,), at=at))
    seen, opened = play(TODAY, "3"), play(TODAY, "3", "enter")
    assert ("待认领1件" in seen.lines[1], "扫描件.pdf" in seen.lines[4]) == (True, True)
    assert (opened.screen, "扫描件.pdf" in opened.text) == ("ReturnsScreen", True)


def test_a_volume_where_nothing_is_owed_says_so(play: Play, workspace: Path) -> None:
    path = workspace / SECTION
    text = path.read_text("utf-8").replace("\n  due: 2019-11-30", "")
    path.write_text(text, "utf-8")
    assert "没有要联系的单位" in play(TODAY).lines[1]
