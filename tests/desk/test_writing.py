"""改正文: what was written is committed, what somebody else wrote is never overwritten."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editorial.desk.move import move
from editorial.desk.office import Desk
from editorial.desk.writing import differences, hand_in, set_out, take_up
from editorial.errors import Conflict, EditorialError, Refused

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
NODE = "02-jichu/02-jichang"


@pytest.fixture
def text(workspace: Path) -> Path:
    return workspace / f"volumes/xiao-2019/chapters/{NODE}.md"


def test_the_text_is_written_and_committed(desk: Desk, text: Path, git: Git) -> None:
    hand_in(desk, take_up(desk, NODE), "【机场】　改写。", at=AT)
    assert (text.read_text("utf-8"), git("log", "-1", "--format=%s"), git("status", "-s")) == (
        "【机场】　改写。\n",
        "改正文：机场",
        "",
    )


def test_line_ends_and_mark_stay_as_they_were(desk: Desk, text: Path) -> None:
    text.write_bytes(b"\xef\xbb\xbf" + "甲\r\n乙\r\n".encode())
    hand_in(desk, take_up(desk, NODE), "甲\n丙\n", at=AT)
    assert text.read_bytes() == b"\xef\xbb\xbf" + "甲\r\n丙\r\n".encode()


def test_faults_of_the_markup_are_told(desk: Desk) -> None:
    act = hand_in(desk, take_up(desk, NODE), ":::table{\n甲", at=AT)
    assert act.remarks[0].startswith("第1行")


def test_hand_edits_kept_along_are_told(desk: Desk, text: Path) -> None:
    text.write_text("手写。\n", encoding="utf-8")
    act = hand_in(desk, take_up(desk, NODE), "又改。", at=AT)
    assert "连同先前没有留存的手工改动" in act.remarks[0]


def test_nothing_changed_is_said(desk: Desk) -> None:
    taken = take_up(desk, NODE)
    with pytest.raises(EditorialError, match="没有要改的内容"):
        hand_in(desk, taken, taken.text, at=AT)


def test_a_text_changed_meanwhile_keeps_both(desk: Desk, text: Path, workspace: Path) -> None:
    taken = take_up(desk, NODE)
    text.write_text("别人写的。\n", encoding="utf-8")
    with pytest.raises(Conflict, match="两稿都在"):
        hand_in(desk, taken, "我写的。", at=AT)
    aside = workspace / "volumes/xiao-2019/out/edits/02-jichu_02-jichang-20200305-093000.md"
    assert (text.read_text("utf-8"), aside.read_text("utf-8")) == ("别人写的。\n", "我写的。\n")


def test_a_book_with_the_press_is_not_taken_up(desk: Desk) -> None:
    move(desk, ("xiao-2019",), "发稿", at=AT, note="示例", force=True)
    with pytest.raises(Refused, match="已经发稿"):
        take_up(desk, NODE)


def test_a_book_that_went_to_press_meanwhile_keeps_the_text_aside(
    desk: Desk, text: Path, workspace: Path
) -> None:
    taken, before = take_up(desk, NODE), text.read_bytes()
    move(desk, ("xiao-2019",), "发稿", at=AT, note="示例", force=True)
    with pytest.raises(Refused, match="写好的一稿另存在"):
        hand_in(desk, taken, "我写的。", at=AT)
    made = list((workspace / "volumes/xiao-2019/out/edits").iterdir())
    assert (text.read_bytes(), len(made)) == (before, 1)


def test_two_at_the_same_section_at_once_have_a_copy_each(desk: Desk, workspace: Path) -> None:
    taken = take_up(desk, NODE)
    paths = [set_out(desk, taken, data, at=AT) for data in (b"1", b"2")]
    assert [(workspace / each).read_bytes() for each in paths] == [b"1", b"2"]


def test_a_copy_goes_when_its_text_is_written_and_is_named_when_it_is_not(
    desk: Desk, workspace: Path, text: Path
) -> None:
    taken = take_up(desk, NODE)
    copy = set_out(desk, taken, "我写的。".encode(), at=AT)
    text.write_text("别人写的。\n", encoding="utf-8")
    with pytest.raises(Conflict, match=f"写好的一稿另存在 {copy}"):
        hand_in(desk, taken, "我写的。", at=AT, copy=copy)
    assert [each.name for each in (workspace / copy).parent.iterdir()] == [Path(copy).name]
    hand_in(desk, take_up(desk, NODE), "我写的。", at=AT, copy=copy)
    assert not (workspace / copy).exists()


def test_a_copy_there_is_no_room_for_is_not_left_half(
    desk: Desk, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "full")

    def opened(path: Path, mode: str) -> Full:
        path.touch()
        return Full()

    taken = take_up(desk, NODE)
    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(EditorialError, match="磁盘已满"):
        set_out(desk, taken, b"1", at=AT)
    assert [*(workspace / "volumes/xiao-2019/out/edits").iterdir()] == []


def test_marks_between_two_versions_are_not_written(desk: Desk, text: Path) -> None:
    before = text.read_bytes()
    with pytest.raises(EditorialError, match="第2行起，有未解决的合并冲突"):
        hand_in(desk, take_up(desk, NODE), "甲\n<<<<<<< HEAD\n乙\n", at=AT)
    assert text.read_bytes() == before


def test_what_differs_is_told_by_lines() -> None:
    assert differences("甲\n乙\n", "甲\n丙\n") == ("－乙", "＋丙")
