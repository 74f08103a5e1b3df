"""改动清单: every change of the text between two times, and what nobody asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from editorial.desk.changes import changes_between, make_changes
from editorial.desk.keep import keep
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.rounds import open_round
from editorial.errors import EditorialError
from editorial.model.attribution import Reason
from editorial.model.change_list import counts_of
from editorial.read.rows import read_rows
from tests.desk.deciding import decide_opinion

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
JICHANG, PINGTAI, GAIKUANG = "02-jichu/02-jichang", "01-keji/02-pingtai", "01-keji/01-gaikuang"


def edit(desk: Desk, section: str, old: str, new: str) -> None:
    path = desk.root / f"volumes/xiao-2019/chapters/{section}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def played(desk: Desk, git: Git) -> Desk:
    """A round, one opinion carried out, one refused and yet carried out, an editor's own change,
    a stranger's, and one not kept."""
    open_round(desk, "评议会", at=AT)
    add_opinion(desk, "01", JICHANG, "应为1250万", at=AT, by="甲", original="吞吐量1200万人次")
    decide_opinion(desk, "01/001", "采纳", at=AT, result="旅客吞吐量1250万人次")
    add_opinion(desk, "01", GAIKUANG, "应为31亿元", at=AT, by="乙", original="研发经费支出30亿元")
    decide_opinion(desk, "01/002", "不采纳", at=AT, reason="以公报为准")
    linqing, fangmin = (open_desk(desk.root, by=name) for name in ("林清", "方敏"))
    edit(desk, JICHANG, "1200万", "1250万")
    keep(linqing, "落实意见")
    edit(desk, GAIKUANG, "30亿元", "31亿元")
    keep(fangmin, "改数")
    edit(desk, PINGTAI, "新增重点实验室", "新增省级重点实验室")
    keep(linqing, "写明级别")
    edit(desk, PINGTAI, "| 实验室 | 10 | 15 |", "| 实验室 | 10 | 16 |")
    git("commit", "-q", "-a", "-m", "x")
    edit(desk, JICHANG, "【机场】", "【民用机场】")
    return open_desk(desk.root)


def told(desk: Desk, until: str = "") -> list[tuple[Reason, str, str, tuple[str, ...], str]]:
    found = changes_between(desk, "评议会", until, at=AT).found
    return [
        (e.reason, e.difference.old, e.difference.new, e.refs, e.made[0].by if e.made else "")
        for e in found
    ]


KEPT = [
    (Reason.UNASKED, "30", "31", (), "方敏"),
    (Reason.OWN, "", "省级", (), "林清"),
    (Reason.UNASKED, "15", "16", (), "测试"),
    (Reason.OPINION, "1200", "1250", ("意见01/001",), "林清"),
]


def test_every_change_has_its_reason_and_its_hand(played: Desk) -> None:
    assert told(played) == [*KEPT[:3], (Reason.UNASKED, "", "民用", (), "测试"), KEPT[3]]


def test_between_two_commits_what_is_not_kept_takes_no_part(played: Desk) -> None:
    assert told(played, "HEAD") == KEPT


def test_commits_are_named_and_what_is_not_kept_has_none(played: Desk, git: Git) -> None:
    found = changes_between(played, "评议会", at=AT).found
    commits = [each.made[0].commit for each in found]
    assert commits == [
        *git("rev-parse", "HEAD~2", "HEAD~1", "HEAD").split("\n"),
        "",
        git("rev-parse", "HEAD~3"),
    ]
    assert found[2].made[0].subject == "x"


def test_a_refused_opinion_at_the_place_is_mentioned(played: Desk) -> None:
    found = changes_between(played, "评议会", at=AT).found
    assert found[0].remark == "意见01/002（未采纳）"


def test_the_paper_lists_what_nobody_asked_for_first(played: Desk) -> None:
    changes, made = make_changes(played, "01", at=AT)
    line = "共改动5处：按意见修改1处，按回函修改0处，按校样改动0处，责任编辑自改1处，无人要求3处。"
    pdf, _, sheet = made.files
    with pypdfium2.PdfDocument(pdf) as book:
        text = "".join(book[0].get_textpage().get_text_range().split())
    assert line in text
    assert text.index("无人要求3处", text.index(line) + len(line)) < text.index("按意见修改1处", 60)
    rows = read_rows(sheet.read_bytes(), "表")[3:]
    assert [row[5] for row in rows] == ["—", "—", "—", "—", "意见01/001"]
    assert sum(counts_of(changes.found).values()) == len(rows) == 5


def test_entries_put_in_and_sections_taken_out_are_told_once(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    edit(desk, JICHANG, "【机场】", "【港口】　新港口。\n\n【机场】")
    chapter = desk.root / "volumes/xiao-2019/chapters/01-keji/chapter.yaml"
    chapter.write_text(chapter.read_text("utf-8").replace("- 03-rencai\n", ""), "utf-8")
    found = changes_between(open_desk(desk.root), "评议会", at=AT).found
    assert [(e.difference.kind, e.difference.what, e.difference.new) for e in found] == [
        ("删", "整个分目", ""),
        ("增", "段", "【港口】新港口。"),
    ]


def moves(desk: Desk) -> list[tuple[str, str, str]]:
    found = changes_between(open_desk(desk.root), "评议会", at=AT).found
    return [(e.difference.kind, e.difference.entry, e.difference.there) for e in found]


ONE = "【甲港】　2019年，甲港完成货物吞吐量120万吨，比上年增长5.1%，新增航线2条，通航城市8个。"
TWO = "【乙港】　2019年，乙港完成货物吞吐量360万吨，比上年增长7.9%，新增航线6条，通航城市9个。"


@pytest.fixture
def ports(desk: Desk) -> Desk:
    """Two neighbouring entries of much the same words, and a round open on them."""
    edit(desk, JICHANG, "【机场】", f"{ONE}\n\n{TWO}\n\n【机场】")
    keep(desk, "两个港口")
    open_round(desk, "评议会", at=AT)
    return desk


def test_two_neighbours_exchanged_are_told_as_moved(ports: Desk, tmp_path: Path) -> None:
    edit(ports, JICHANG, f"{ONE}\n\n{TWO}", f"{TWO}\n\n{ONE}")
    assert moves(ports) == [("移", "乙港", "移到本分目最前")]
    _, made = make_changes(open_desk(ports.root), "评议会", at=AT, out=tmp_path)
    row = read_rows(made.files[-1].read_bytes(), "表")[-1]
    assert list(row[2:5]) == ["移", "【乙港】" + TWO.partition("　")[2], "移到本分目最前"]


def test_words_changed_in_exchanged_entries_of_one_pattern_leave_them_moved(ports: Desk) -> None:
    one, two = ONE.replace("5.1%", "5.2%"), TWO.replace("7.9%", "7.8%")
    edit(ports, JICHANG, f"{ONE}\n\n{TWO}", f"{two}\n\n{one}")
    assert [each for each in moves(ports) if each[2]] == [("移", "甲港", "移到【乙港】之后")]
    found = changes_between(open_desk(ports.root), "评议会", at=AT).found
    assert {(e.difference.old, e.difference.new) for e in found if not e.difference.there} >= {
        ("7.9%", "7.8%")
    }


def test_only_who_speaks_of_places_asked_for_a_move(ports: Desk) -> None:
    for text, quote in (("数字请核", "新增航线2条"), ("甲港宜移到乙港之后", "新增航线6条")):
        opinion, _ = add_opinion(ports, "01", JICHANG, text, at=AT, by="甲", original=quote)
        decide_opinion(ports, opinion.id, "采纳", at=AT)
    edit(ports, JICHANG, f"{ONE}\n\n{TWO}", f"{TWO}\n\n{ONE}")
    found = changes_between(open_desk(ports.root), "评议会", at=AT).found
    assert [(e.reason, e.refs) for e in found] == [(Reason.OPINION, ("意见01/002",))]


def test_what_came_from_another_section_says_from_which(desk: Desk) -> None:
    edit(desk, JICHANG, "【机场】", f"{ONE}\n\n【机场】")
    keep(desk, "港口")
    open_round(desk, "评议会", at=AT)
    edit(desk, JICHANG, f"{ONE}\n\n", "")
    edit(desk, "02-jichu/01-gaikuang", "【概况】", f"{ONE}\n\n【概况】")
    assert moves(desk) == [("移", "甲港", "从“机场”移到本分目最前")]


def test_nothing_changed_makes_no_paper(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    with pytest.raises(EditorialError, match="正文没有改动"):
        make_changes(desk, "评议会", at=AT)


def test_the_later_text_does_not_come_first(played: Desk) -> None:
    with pytest.raises(EditorialError, match="在“HEAD”之前"):
        changes_between(played, "HEAD", "评议会", at=AT)


def test_an_unknown_time_names_the_rounds(played: Desk) -> None:
    with pytest.raises(EditorialError) as refused:
        changes_between(played, "没有的", at=AT)
    assert "01（评议会）" in refused.value.hint


def test_the_command_shows_what_nobody_asked_for(
    played: Desk, editorial: Callable[..., object], tmp_path: Path
) -> None:
    said = str(editorial("round", "changes", "01", "--format", "pdf", "--out", str(tmp_path)))
    assert "无人要求3处" in said
    assert "30→31" in said
    assert "1200→1250" not in said


def test_the_same_texts_give_the_same_bytes(played: Desk, tmp_path: Path) -> None:
    one, two = (make_changes(played, "01", "HEAD", at=AT, out=tmp_path / n)[1].files for n in "ab")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
