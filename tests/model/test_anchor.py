"""落点: words found again in a text that has changed, or told to be lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from editorial.model.anchor import (
    Located,
    Spot,
    Standing,
    Tracing,
    block_at,
    locate,
    make_anchor,
    place_then,
)
from editorial.model.document import Span
from tests.model.moving import Asked, Moving

CHAPTERS = Path(__file__).resolve().parents[2] / "volumes/gba-2019/chapters"
SURE = (Standing.FOUND, Standing.MOVED)
ONE = "【港口】　2018年，港口货物吞吐量3.2亿吨，比上年增长5.1%。集装箱吞吐量1200万标准箱。"
TWO = "【机场】　2018年，机场旅客吞吐量4300万人次，比上年增长6.0%。货邮吞吐量120万吨。"


def find(old: dict[str, str], new: dict[str, str], words: str, section: str = "a") -> Located:
    start = old[section].index(words)
    return locate(Tracing(old, new), section, start, start + len(words))


def said(new: dict[str, str], place: Located) -> list[str]:
    return [new[s.section][s.start : s.end] for s in place.spots]


def test_words_that_did_not_change_are_where_they_were() -> None:
    old = {"a": f"{ONE}\n{TWO}\n"}
    new = {"a": f"新写的第一段话，说明统计口径。\n{ONE}\n{TWO}\n"}
    place = find(old, new, "4300万人次")
    assert (place.standing, said(new, place)) == (Standing.FOUND, ["4300万人次"])


def test_words_moved_to_another_section_are_found_there() -> None:
    old = {"a": f"{ONE}\n{TWO}\n", "b": "别的内容，与此无关的一段文字。\n"}
    new = {"a": f"{ONE}\n", "b": f"别的内容，与此无关的一段文字。\n{TWO}\n"}
    place = find(old, new, "货邮吞吐量120万吨")
    assert (place.standing, place.spots[0].section) == (Standing.MOVED, "b")


def test_words_that_were_altered_are_told_to_be() -> None:
    old = {"a": f"{ONE}\n{TWO}\n"}
    new = {"a": f"{ONE.replace('3.2亿吨', '3.25亿吨')}\n{TWO}\n"}
    place = find(old, new, "港口货物吞吐量3.2亿吨")
    assert place.standing is Standing.CHANGED
    assert said(new, place) == ["港口货物吞吐量3.25亿吨"]


def test_words_taken_out_are_lost_though_others_look_like_them() -> None:
    old = {"a": f"{ONE}\n{TWO}\n"}
    assert find(old, {"a": f"{TWO}\n"}, "比上年增长5.1%") == Located(standing=Standing.LOST)


def test_of_two_alike_the_one_that_stays_keeps_its_own() -> None:
    """比上年增长 stands in both entries; the second entry is taken out."""
    old = {"a": f"{ONE}\n{TWO}\n"}
    new = {"a": f"{ONE}\n"}
    place = find(old, new, "比上年增长")
    assert said(new, place) == ["比上年增长"]
    start = TWO.index("比上年增长") + len(ONE) + 1
    assert locate(Tracing(old, new), "a", start, start + 5).standing is Standing.LOST


def test_words_that_were_copied_are_told_at_both_places() -> None:
    old = {"a": f"{ONE}\n", "b": "别的内容，与此无关的一段文字。\n"}
    new = {"a": f"{ONE}\n{ONE}\n", "b": "别的内容，与此无关的一段文字。\n"}
    place = find(old, new, "集装箱吞吐量1200万标准箱")
    assert place.standing is Standing.SEVERAL
    assert said(new, place) == ["集装箱吞吐量1200万标准箱"] * 2


def test_words_in_a_split_paragraph_and_in_joined_ones() -> None:
    old = {"a": f"{ONE}\n{TWO}\n"}
    split = {"a": f"{ONE.replace('。集装', '。' + chr(10) + '集装')}{TWO}\n"}
    place = find(old, split, "1200万标准箱")
    assert (place.standing, said(split, place)) == (Standing.FOUND, ["1200万标准箱"])


def test_an_anchor_finds_its_words_by_what_stands_round_them() -> None:
    text = "甲组有3人。\n乙组有3人。\n"
    blocks = (Span(0, 6), Span(7, 13))
    anchor = make_anchor(text, blocks, text.rindex("3人"), text.rindex("3人") + 2, "c0ffee")
    assert (anchor.block, anchor.before, anchor.after) == (2, "乙组有", "。")
    assert place_then(anchor, text, blocks) == (10, 12)
    assert place_then(anchor, "丙组没有人。", blocks) is None


def test_blocks_are_counted_from_one() -> None:
    blocks = (Span(0, 6), Span(7, 13))
    assert [block_at(blocks, place) for place in (0, 6, 7, 40)] == [1, 1, 2, 2]


# The oracle


def verdict(moving: Moving, asked: Asked, place: Located) -> str:
    """right, told (it says there are several, the right one among them), missed or wrong; gone
    when the words stand nowhere any more as they were."""
    true = moving.where(asked.ids)
    spots = place.spots
    if true is None:
        return "gone" if place.standing not in SURE else _honest(moving, asked, spots[0])
    if place.standing is Standing.SEVERAL:
        return "told" if true in spots else "missed"
    if not spots:
        return "missed"
    near = spots[0].section == true.section and spots[0].start < true.end
    over = near and true.start < spots[0].end
    if place.standing is Standing.CHANGED:
        return "right" if over else "wrong"
    return "right" if spots[0] == true else "wrong"


def _honest(moving: Moving, asked: Asked, spot: Spot) -> str:
    """Words taken out of their place, found where they had been copied to, are no lie."""
    there = {number for _, number in moving.sections[spot.section][spot.start : spot.end]}
    own = there | {moving.copied[number] for number in there if number in moving.copied}
    return "gone" if own & set(asked.ids) else "wrong"


@pytest.mark.parametrize("seed", [1, 2])
def test_after_2000_random_edits_words_are_found_and_never_wrongly(seed: int) -> None:
    texts = {
        path.relative_to(CHAPTERS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(CHAPTERS.rglob("*.md"))
    }
    moving = Moving.of(texts, seed)
    asked = [moving.ask() for _ in range(300)]
    for _ in range(2000):
        moving.edit()
    tracing = Tracing(texts, moving.texts())
    verdicts = Counter(verdict(moving, each, locate(tracing, *each.spot)) for each in asked)
    alive = sum(verdicts[each] for each in ("right", "told", "missed", "wrong"))
    assert verdicts["wrong"] == 0
    assert (verdicts["right"] + verdicts["told"]) / alive >= 0.99
    assert verdicts["right"] > 2 * verdicts["told"]
    assert alive > 150
