"""核红 by machine: what became of each correction, and every change nobody asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from editorial.cli.main import main
from editorial.desk.red_check import red_check, red_check_marks
from editorial.model import red_judge
from editorial.model.red_marks import RedMark
from editorial.model.red_verdict import RedChecked
from tests.desk.red_book import spoilt
from tests.desk.red_press import office, typeset
from tests.desk.red_truth import scored, write_list

FACE = "STSong-Light"
SIZE = 10.5
pdfmetrics.registerFont(UnicodeCIDFont(FACE))

TEXT = (
    "示例市本年新建示例道路十二条，比上年增加三条。全市森林覆盖率达到百分之四十二，"
    "新增绿地三百公顷，建成公园五座。年末常住人口一百二十万人，城镇化率稳步提高。"
    "示例港全年货物吞吐量二千万吨，集装箱吞吐量八十万标准箱，航线通达十五个国家。"
)


def told(checked: RedChecked) -> dict[str, Any]:
    from editorial.cli.proof_check import as_data

    return as_data(checked)


def lines_of(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def proof(path: Path, *columns: str, width: int = 20, head: str = "", foot: str = "") -> Path:
    """One page, its columns side by side."""
    canvas = Canvas(str(path))
    canvas.setFont(FACE, SIZE)
    if head:
        canvas.drawString(60, 800, head)
    for number, column in enumerate(columns):
        for row, line in enumerate(lines_of(column, width)):
            canvas.drawString(60 + number * (width + 2) * SIZE, 760 - row * 16, line)
    if foot:
        canvas.drawString(300, 30, foot)
    canvas.save()
    return path


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Set two texts in lines of different length, and check some corrections of the one."""

    def run(old: str, new: str, *marks: RedMark, width: int = 23) -> dict[str, Any]:
        before = proof(tmp_path / "old.pdf", old)
        after = proof(tmp_path / "new.pdf", new, width=width)
        return told(red_check_marks(before, after, marks))

    return run


def mark(before: str, old: str, new: str, after: str, page: str = "1") -> RedMark:
    return RedMark(id="1", page=page, before=before, old=old, new=new, after=after)


PARKS = mark("建成公园", "五", "六", "座。年末")

STATES = {
    "done": ("建成公园六座", "done", "六"),
    "left": ("建成公园五座", "undone", "五"),
    "another": ("建成公园七座", "wrong", "七"),
    "gone": ("建成公园座", "wrong", ""),
    "doubled": ("建成公园六六座", "wrong", "六六"),
    "beside the old": ("建成公园五六座", "wrong", "五六"),
}


@pytest.mark.parametrize(("words", "state", "found"), STATES.values(), ids=list(STATES))
def test_a_correction_is_done_undone_or_wrong(
    check: Callable[..., dict[str, Any]], words: str, state: str, found: str
) -> None:
    result = check(TEXT, TEXT.replace("建成公园五座", words), PARKS)
    assert result["corrections"] == [{"id": "1", "state": state, "found": found}]
    assert not result["unasked"]


ASKED = {
    "inserted": mark("比上年", "", "约", "增加三条"),
    "deleted": mark("全市", "森林", "", "覆盖率"),
    "a mark": mark("四十二", "，", "。", "新增绿地"),
    "at the beginning": mark("", "示例市", "本市", "本年新建"),
    "at the end": mark("十五个国家", "。", "和地区。", ""),
    "a whole sentence": mark(
        "建成公园五座。", "年末常住人口一百二十万人，城镇化率稳步提高。", "", "示例港"
    ),
}


@pytest.mark.parametrize("each", ASKED.values(), ids=list(ASKED))
@pytest.mark.parametrize("state", ["done", "undone"])
def test_insertions_and_deletions_are_told_as_well(
    check: Callable[..., dict[str, Any]], each: RedMark, state: str
) -> None:
    came = each.new if state == "done" else each.old
    new = TEXT.replace(each.before + each.old + each.after, each.before + came + each.after, 1)
    result = check(TEXT, new, each)
    assert result == {
        "corrections": [{"id": "1", "state": state, "found": came}],
        "unasked": [],
    }


def test_a_change_nobody_asked_for_is_told_beside_one_that_was(
    check: Callable[..., dict[str, Any]],
) -> None:
    new = TEXT.replace("三百公顷，建成公园五座", "二百公顷，建成公园六座")
    assert check(TEXT, new, PARKS) == {
        "corrections": [{"id": "1", "state": "done", "found": "六"}],
        "unasked": [
            {
                "page": 1,
                "old": "三",
                "new": "二",
                "before": "到百分之四十二，新增绿地",
                "after": "百公顷，建成公园六座。年",
            }
        ],
    }


def test_changes_three_characters_apart_are_two(check: Callable[..., dict[str, Any]]) -> None:
    new = TEXT.replace("二千万吨，集装箱", "三千万吨，货装箱")
    assert [(u["old"], u["new"]) for u in check(TEXT, new)["unasked"]] == [
        ("二", "三"),
        ("集", "货"),
    ]


def test_words_put_elsewhere_are_gone_here_and_come_there(
    check: Callable[..., dict[str, Any]],
) -> None:
    moved = "城镇化率稳步提高。"
    new = TEXT.replace(moved, "").replace("新增绿地", moved + "新增绿地")
    changed = {(u["old"], u["new"]) for u in check(TEXT, new)["unasked"]}
    assert changed == {(moved, ""), ("", moved)}


def test_the_second_of_two_same_places_is_the_one_that_was_changed(
    check: Callable[..., dict[str, Any]],
) -> None:
    twice = TEXT + TEXT
    new = TEXT + TEXT.replace("建成公园五座", "建成公园六座")
    assert check(twice, new, PARKS)["corrections"][0]["state"] == "done"
    assert not check(twice, new, PARKS)["unasked"]


def test_columns_read_in_another_order_are_no_change(tmp_path: Path) -> None:
    half = TEXT[:60], TEXT[60:]
    old = proof(tmp_path / "old.pdf", *half)
    new = proof(tmp_path / "new.pdf", TEXT, width=40)
    assert told(red_check_marks(old, new, ())) == {"corrections": [], "unasked": []}


def test_a_running_head_is_checked_once_and_page_numbers_never(tmp_path: Path) -> None:
    old = proof(tmp_path / "old.pdf", TEXT, head="示例年鉴二〇一九", foot="— 12 —")
    new = proof(tmp_path / "new.pdf", TEXT, head="示例年监二〇一九", foot="— 13 —")
    changed = told(red_check_marks(old, new, ()))["unasked"]
    assert [(each["old"], each["new"]) for each in changed] == [("鉴", "监")]


SET_ANEW = {
    "page numbers in the contents": ("示例概况……………………12", "示例概况……………………13"),
    "a reference to a page": ("详情见第12页的表。", "详情见第15页的表。"),
    "a number of a note": ("示例港③", "示例港①"),
}


@pytest.mark.parametrize(("old", "new"), SET_ANEW.values(), ids=list(SET_ANEW))
def test_numbers_that_follow_the_lines_are_no_change(
    check: Callable[..., dict[str, Any]], old: str, new: str
) -> None:
    assert not check(TEXT + old, TEXT + new)["unasked"]


def test_a_number_in_the_text_is_one(check: Callable[..., dict[str, Any]]) -> None:
    changed = check(TEXT + "共12页纸。", TEXT + "共13页纸。")["unasked"]
    assert [(each["old"], each["new"]) for each in changed] == [("12", "13")]


def test_a_word_broken_at_the_end_of_a_line_is_the_same_word(tmp_path: Path) -> None:
    whole = TEXT + "年" * (-(len(TEXT) + len("develop-")) % 20)
    old = proof(tmp_path / "old.pdf", whole + "development of ports", width=24)
    new = proof(tmp_path / "new.pdf", whole + "develop-ment of ports", width=20)
    assert not told(red_check_marks(old, new, ()))["unasked"]


def test_a_correction_whose_words_are_nowhere_is_not_called_done(
    check: Callable[..., dict[str, Any]],
) -> None:
    result = check(TEXT, TEXT, mark("无此文字", "甲乙丙丁", "戊己", "也无此文"))
    assert result["corrections"] == [{"id": "1", "state": "undone", "found": ""}]


# Whole books


def press(name: str) -> Callable[..., Path]:
    return {"typst": typeset, "office": office}[name]


BOOKS = [
    pytest.param("typst", "10.4pt"),
    pytest.param("office", "10.4pt", marks=pytest.mark.external("soffice")),
]


@pytest.mark.parametrize(("name", "size"), BOOKS)
def test_of_a_book_set_anew_every_class_is_told(tmp_path: Path, name: str, size: str) -> None:
    case = spoilt(23, 20_000, asked=50, undone=8, wrong=4, unasked=6)
    old = press(name)(case.parts, tmp_path / "old.pdf")
    new = press(name)(case.came, tmp_path / "new.pdf", size=size)
    result = told(red_check(old, new, write_list(case, old, tmp_path / "list.csv")))
    scores, faults = scored(case, result)
    assert min(both / max(said, true) for said, true, both in scores.values()) >= 0.99, faults


def test_a_checker_that_lays_faults_at_no_mark_fails_that_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = spoilt(23, 5_000, asked=20, undone=4, wrong=3, unasked=3)
    old = typeset(case.parts, tmp_path / "old.pdf")
    new = typeset(case.came, tmp_path / "new.pdf", size="10.4pt")
    monkeypatch.setattr(red_judge, "_blamed", lambda *_: False)
    result = told(red_check(old, new, write_list(case, old, tmp_path / "list.csv")))
    scores, _ = scored(case, result)
    assert min(both / max(said, true) for said, true, both in scores.values()) < 0.99


LOOKS = {
    "smaller, in narrower columns": ({}, {"size": "9pt", "gutter": "12mm"}),
    "from one column to two": ({"columns": "1"}, {}),
    "letters no longer spaced": ({"tracking": "1.5pt"}, {}),
}


@pytest.mark.parametrize(("before", "after"), LOOKS.values(), ids=list(LOOKS))
def test_another_look_is_no_change(
    tmp_path: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    case = spoilt(29, 8_000, asked=20, undone=3, wrong=2, unasked=3)
    old = typeset(case.parts, tmp_path / "old.pdf", **before)
    new = typeset(case.came, tmp_path / "new.pdf", **after)
    result = told(red_check(old, new, write_list(case, old, tmp_path / "list.csv")))
    assert not scored(case, result)[1]


# The command


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    old = proof(tmp_path / "旧样.pdf", TEXT)
    new = proof(tmp_path / "新样.pdf", TEXT.replace("五座", "六座").replace("三百", "二百"))
    rows = f"id,page,before,old,new,after\nA-1,1,{PARKS.before},五,六,{PARKS.after}\n"
    list_ = tmp_path / "改动单.csv"
    list_.write_bytes(rows.encode("gb18030"))
    return {"--old": old, "--new": new, "--corrections": list_}


def command(files: dict[str, Path], *more: str) -> int:
    return main(["proof", "check", *(str(word) for pair in files.items() for word in pair), *more])


def test_the_command_prints_json_and_says_by_its_code_that_something_is_left(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(files, "--json") == 1
    result = json.loads(capsys.readouterr().out)
    assert set(result) == {"corrections", "unasked"}
    assert result["corrections"] == [{"id": "A-1", "state": "done", "found": "六"}]
    assert set(result["unasked"][0]) == {"page", "old", "new", "before", "after"}


def test_the_command_is_content_when_all_is_done(files: dict[str, Path], tmp_path: Path) -> None:
    new = proof(tmp_path / "改好.pdf", TEXT.replace("五座", "六座"))
    assert command({**files, "--new": new}) == 0


def test_the_command_tells_people_what_is_left(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    command({**files, "--new": files["--old"]})
    out = capsys.readouterr().out
    assert "已改0处，未改1处，改错0处；未要求而改的0处" in out
    assert "应“五”改“六”　现为“五”" in out


def test_files_that_look_mistaken_are_told_of(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    def doubts(**others: Path) -> str:
        command(files | {f"--{name}": path for name, path in others.items()}, "--json")
        told_ = capsys.readouterr()
        assert set(json.loads(told_.out)) == {"corrections", "unasked"}
        return told_.err

    old, new = files["--old"], files["--new"]
    assert doubts() == ""
    assert "写反了" in doubts(old=new, new=old)
    again = doubts(new=old)
    assert "同一份文件" in again
    assert "写反" not in again
    rows = files["--corrections"].read_bytes()
    files["--corrections"].write_bytes(rows + rows.splitlines(keepends=True)[1])
    assert "改动单第2、3行的编号都是“A-1”" in doubts()


def scan(path: Path) -> Path:
    canvas = Canvas(str(path))
    canvas.drawImage(ImageReader(Image.new("L", (40, 60), 200)), 20, 20, 550, 800)
    canvas.save()
    return path


def locked(path: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def blank(path: Path) -> Path:
    canvas = Canvas(str(path))
    canvas.line(50, 800, 500, 800)
    canvas.save()
    return path


BAD = {
    "a scan": (scan, "扫描件"),
    "locked": (locked, "加了密码"),
    "no bytes": (empty, "损坏"),
    "blank": (blank, "空白"),
    "missing": (lambda path: path, "没有这个文件"),
}


@pytest.mark.parametrize(("make", "word"), BAD.values(), ids=list(BAD))
def test_a_proof_that_cannot_be_read_is_refused_in_words(
    files: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[Path], Path],
    word: str,
) -> None:
    assert command({**files, "--new": make(tmp_path / "坏.pdf")}) == 2
    assert word in capsys.readouterr().err


LISTS = {
    "no column": ("id,page,before,old,after\n1,1,甲,乙,丁\n", "new"),
    "nothing to change": ("id,page,before,old,new,after\n1,1,甲,,,丁\n", "都空着"),
    "empty": ("", "空的"),
}


@pytest.mark.parametrize(("rows", "word"), LISTS.values(), ids=list(LISTS))
def test_a_list_that_cannot_be_read_is_refused_in_words(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str], rows: str, word: str
) -> None:
    files["--corrections"].write_text(rows, "utf-8")
    assert command(files) == 2
    assert word in capsys.readouterr().err


def test_without_a_file_the_command_says_which(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    del files["--new"]
    assert command(files) == 2
    assert "还缺--new" in capsys.readouterr().err


def test_scanned_pages_among_others_are_named(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pikepdf.open(files["--new"]) as pdf, pikepdf.open(scan(tmp_path / "a.pdf")) as more:
        pdf.pages.extend(more.pages)
        pdf.save(tmp_path / "b.pdf")
    command({**files, "--new": tmp_path / "b.pdf"})
    assert "新样第2张没有文字" in capsys.readouterr().err


def test_the_same_seed_makes_the_same_book() -> None:
    first, again, other = (spoilt(seed, 2_000, 10, 2, 1, 2) for seed in (1, 1, 2))
    assert first == again
    assert first != other
