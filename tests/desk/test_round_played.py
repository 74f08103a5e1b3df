"""A round on gba-2019 played through the commands: twelve readers, three hundred opinions by five
ways, pairs that say the same and pairs that contradict each other, the text edited meanwhile; it
is closed with every opinion disposed of, and every paper and list counts the same."""

from __future__ import annotations

import csv
import json
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from editorial.cli.main import main
from editorial.read.rows import read_rows
from tests.desk.round_papers_back import (
    DOUBLED,
    OPPOSED,
    READERS,
    TOTAL,
    Remark,
    by_channel,
    papers,
    remarks,
)

SEED = 20200305
ROUND = "03"
NODES = ("03-keji-chuangxin", "04-jichu-sheshi", "05-xiandai-chanye", "06-shengtai-wenming")
REWORDED, CUT, LET_OFF, FORWARDED = 20, 5, 3, 4
LATE = ("mail", "minutes", "call")  # what comes in after the text was edited
SAID = {"adopted": "采纳", "partly": "部分采纳", "rejected": "不采纳"}
PRINTED = {**SAID, "rejected": "未采纳", "pending": "待定", "forwarded": "转核实"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@dataclass(slots=True, kw_only=True)
class Play:
    """The round as it went; `ids` finds an opinion's record by its number in the truth."""

    root: Path
    aside: Path
    said: tuple[Remark, ...]
    reworded: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()
    ids: dict[int, str]
    same: list[Any]
    against: list[Any]
    now: dict[str, str]
    refused: Answer
    closed: Answer
    papers: dict[str, Any]

    def __call__(self, *args: object) -> Answer:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["-C", str(self.root), *map(str, args)])
        return Answer(code=code, out=out.getvalue(), err=err.getvalue())

    def done(self, *args: object) -> Answer:
        """What must go well."""
        answer = self(*args)
        assert answer.code == 0, (args, answer.out, answer.err)
        return answer

    def opinions(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.done("opinion", "list", ROUND, "--json").data
        return found


def mark(each: Remark) -> str:
    return f"第{each.number:03}点"


@pytest.fixture(scope="module")
def play(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Play:
    folder = tmp_path_factory.mktemp("played")
    root = folder / "shu"
    shutil.copytree(sample, root, symlinks=True)
    for name, value in (("user.name", "林清"), ("user.email", "linqing@example.org")):
        subprocess.run(["git", "config", name, value], cwd=root, check=True)
    nothing = Answer(code=0, out="", err="")
    played = Play(
        root=root,
        aside=folder,
        said=remarks(_texts(root), SEED),
        ids={},
        same=[],
        against=[],
        now={},
        refused=nothing,
        closed=nothing,
        papers={},
    )
    _open(played)
    _take_in(played, folder / "back")
    _decide(played)
    _close(played)
    _print(played)
    return played


def _texts(root: Path) -> dict[str, str]:
    chapters = root / "volumes/gba-2019/chapters"
    return {
        f"{node}/{path.stem}": path.read_text(encoding="utf-8")
        for node in NODES
        for path in sorted((chapters / node).glob("*.md"))
    }


def _open(play: Play) -> None:
    names = "".join(f"- {{name: {each}}}\n" for each in READERS)
    (play.aside / "readers.yaml").write_text(f"readers:\n{names}", encoding="utf-8")
    numbered = ("--copies-to", play.aside / "readers.yaml", "--format", "docx")
    play.done("round", "open", "评议会", *NODES, *numbered, "--due", "+10")


def _take_in(play: Play, back: Path) -> None:
    """Half of the papers, then the text is edited, then the others."""
    back.mkdir()
    out = play.root / "volumes/gba-2019/out"
    copies = {reader: next(out.glob(f"*号　{reader}〕.docx")) for reader in READERS}
    came = list(papers(back, copies, play.said, SEED))
    for path, more in sorted(came, key=lambda each: any(late in each[0].name for late in LATE)):
        if any(late in path.name for late in LATE) and not play.moved:
            _edit(play)
        play.done("opinion", "import", ROUND, path, *more)
    for opinion in play.opinions():
        for each in play.said:
            if mark(each) in opinion["text"]:
                play.ids[each.number] = opinion["id"]


def _edit(play: Play) -> None:
    """Some of the words spoken of are put another way, some taken out, a paragraph of another
    section brought here."""
    dice = random.Random(SEED)
    lone = [each for each in play.said if not _paired(play.said, each)]
    chosen = dice.sample(lone, REWORDED + CUT)
    for place, each in enumerate(chosen):
        new = each.quote[:3] + "实际" + each.quote[3:] if place < REWORDED else ""
        _rewrite(play.root, each.section, lambda text, e=each, n=new: text.replace(e.quote, n))
    play.reworded = frozenset(each.number for each in chosen[:REWORDED])
    play.gone = frozenset(each.number for each in chosen[REWORDED:])
    home, line = max(_lines(play), key=lambda found: _spoken_of(lone, found[1]))
    _rewrite(play.root, home, lambda text: text.replace(line + "\n", ""))
    other = next(each.section for each in lone if each.section != home)
    _rewrite(play.root, other, lambda text: f"{text.rstrip()}\n{line}\n")
    touched = play.reworded | play.gone
    play.moved = frozenset(e.number for e in play.said if e.quote in line) - touched
    play.done("keep", "-m", "据供稿单位来函修改")


def _paired(said: tuple[Remark, ...], each: Remark) -> bool:
    return sum(other.quote == each.quote for other in said) > 1


def _lines(play: Play) -> list[tuple[str, str]]:
    texts = _texts(play.root)
    return [(s, line) for s, text in texts.items() for line in text.split("\n") if len(line) > 80]


def _spoken_of(lone: list[Remark], line: str) -> int:
    return sum(each.quote in line for each in lone)


def _rewrite(root: Path, section: str, change: Callable[[str], str]) -> None:
    path = root / f"volumes/gba-2019/chapters/{section}.md"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _decide(play: Play) -> None:
    """The same told to be the same, the contrary decided together, some sent to a unit, the rest
    by a table filled in; three are left."""
    told = play.done("opinion", "list", ROUND, "--now", "--json").data
    play.now = {each["id"]: each["now"] for each in told}
    play.same = play.done("opinion", "same", ROUND, "--json").data
    for group in play.same:
        play.done("opinion", "same", *(each["id"] for each in group))
    play.against = play.done("opinion", "conflicts", ROUND, "--json").data
    for group in play.against:
        ids = [each["id"] for each in group]
        tos = [word for to in ("采纳", "不采纳") for word in ("--to", to)]
        play.done("opinion", "decide", *ids, *tos, "--reason", "两说并存，依公报取前说")
    lone = [each.number for each in play.said if not _paired(play.said, each)]
    sent = [play.ids[number] for number in lone[:FORWARDED]]
    play.done("opinion", "forward", *sent, "--unit", "sz-kcj")
    left = {play.ids[number] for number in lone[-LET_OFF:]}
    _by_table(play, left | set(sent))
    play.refused = play("round", "close", ROUND, "--json")
    play.done("opinion", "decide", *sent, "--to", "部分采纳", "--reason", "据深圳科创局来电")


def _by_table(play: Play, left: set[str]) -> None:
    sheet = play.aside / "待处理.xlsx"
    play.done("opinion", "export", ROUND, "--where", "处理:待定", "--out", sheet)
    rows = read_rows(sheet.read_bytes(), sheet.name)
    head = next(row for row in rows if "编号" in row)
    filled = [list(head)]
    dice = random.Random(SEED)
    for row in rows[rows.index(head) + 1 :]:
        told = dict(zip(head, row, strict=False))
        if not told.get("编号", "").startswith(f"{ROUND}/") or told["编号"] in left:
            continue
        to = dice.choice(tuple(SAID.values()))
        told |= {"处理": to, "理由": "" if to == "采纳" else "限于本卷断限"}
        filled.append([told[name] for name in head])
    with (play.aside / "处理.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(filled)
    play.done("opinion", "decide", "--from", play.aside / "处理.csv")


def _close(play: Play) -> None:
    waiting = [each["id"] for each in play.opinions() if each["disposition"] == "pending"]
    exempt = [word for each in waiting for word in ("--exempt", each)]
    play.closed = play.done("round", "close", ROUND, *exempt, "--note", "待下一卷一并研究")


def _print(play: Play) -> None:
    out = play.aside / "出"
    for name, args in (
        ("table", ("round", "table", ROUND)),
        ("replies", ("round", "replies", ROUND)),
        ("changes", ("round", "changes", ROUND)),
        ("archive", ("archive", "list")),
    ):
        play.papers[name] = play.done(*args, "--out", out / name, "--json").data


def _file(play: Play, paper: str, ending: str) -> Path:
    files = play.papers[paper]["written" if paper == "archive" else "files"]
    return next(Path(each) for each in files if each.endswith(ending))


def _words(path: Path) -> str:
    """All words of a paper, without the spaces and breaks of its lines."""
    match path.suffix:
        case ".docx":
            document = docx.Document(str(path))
            cells = {
                cell._tc: cell.text for t in document.tables for row in t.rows for cell in row.cells
            }
            words = [*(each.text for each in document.paragraphs), *cells.values()]
        case ".pdf":
            pages = pypdfium2.PdfDocument(path)
            words = [page.get_textpage().get_text_bounded() for page in pages]
        case _:
            words = [cell for row in read_rows(path.read_bytes(), path.name) for cell in row]
    return "".join("".join(words).split())


def _dispositions(play: Play) -> Counter[str]:
    return Counter(each["disposition"] for each in play.opinions())


def test_every_opinion_is_taken_in_once_with_its_reader_and_section(play: Play) -> None:
    told = {(mark(each), each.reader, each.section) for each in play.said}
    found = play.opinions()
    assert len(found) == TOTAL
    assert {
        (next(mark(e) for e in play.said if mark(e) in o["text"]), o["by"], o["section"])
        for o in found
    } == told


def test_the_ways_they_came_are_on_record(play: Play) -> None:
    assert Counter(each["channel"] for each in play.opinions()) == by_channel(play.said)


def test_opinions_followed_the_text_that_was_edited(play: Play) -> None:
    now = {number: play.now[name] for number, name in play.ids.items()}
    edited = play.reworded | play.gone | play.moved
    assert {now[number] for number in now if number not in edited} == {"原处"}
    assert {now[number] for number in play.moved} == {"已移到别处"}
    assert {now[number] for number in play.reworded} == {"文字已改"}
    assert {now[number] for number in play.gone} == {"找不到"}


def test_those_that_say_the_same_are_found(play: Play) -> None:
    pairs = {frozenset((play.ids[e.number], play.ids[e.like])) for e in play.said if e.like}
    assert {frozenset(each["id"] for each in group) for group in play.same} == pairs
    assert len(pairs) == DOUBLED


def test_those_that_contradict_are_found_and_decided_together(play: Play) -> None:
    pairs = {frozenset((play.ids[e.number], play.ids[e.against])) for e in play.said if e.against}
    assert {frozenset(each["id"] for each in group) for group in play.against} == pairs
    tied = {frozenset((o["id"], *o["together"])) for o in play.opinions() if o["together"]}
    assert tied == pairs
    assert len(pairs) == OPPOSED


def test_a_round_with_opinions_left_does_not_close(play: Play) -> None:
    assert play.refused.code == 2
    assert f"还有{LET_OFF + FORWARDED}条意见没有结论" in play.refused.err + play.refused.out


def test_the_round_is_closed_with_every_opinion_disposed_of(play: Play) -> None:
    shown = play.done("round", "show", ROUND, "--json").data
    counts = {key: shown[key] for key in ("state", "opinions", "waiting", "exempted", "disposed")}
    assert counts == {
        "state": "closed",
        "opinions": TOTAL,
        "waiting": 0,
        "exempted": LET_OFF,
        "disposed": TOTAL - LET_OFF,
    }
    assert {each["name"]: each["opinions"] for each in shown["people"]} == Counter(
        each.reader for each in play.said
    )


def test_lists_and_papers_count_the_same(play: Play) -> None:
    counted = _dispositions(play)
    assert play.papers["table"]["counts"] == counted
    head = f"共收到意见{TOTAL}条，" + "，".join(
        f"{PRINTED[each]}{counted[each]}条" for each in PRINTED if counted[each]
    )
    for ending in (".pdf", ".docx", ".xlsx"):
        assert head in _words(_file(play, "table", ending)), ending


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx"])
def test_the_words_of_every_opinion_stand_in_the_table_once(play: Play, ending: str) -> None:
    words = _words(_file(play, "table", ending))
    assert {mark(each): words.count(mark(each)) for each in play.said} == dict.fromkeys(
        map(mark, play.said), 1
    )


def test_every_reader_is_answered_on_every_opinion(play: Play) -> None:
    words = _words(_file(play, "replies", ".docx"))
    printed = _words(_file(play, "replies", ".pdf"))
    assert {mark(e): (words.count(mark(e)), printed.count(mark(e))) for e in play.said} == {
        mark(each): (1, 1) for each in play.said
    }


def test_the_status_board_counts_them(play: Play) -> None:
    before = 28  # of the two rounds of the sample
    told = play.done("status", "--json").data["correspondence"]["opinions"]
    others = sum(
        each["disposition"] in ("pending", "forwarded")
        for each in play.done("opinion", "list", "--json").data
        if not each["id"].startswith(ROUND)
    )
    assert (told["total"], told["done"]) == (before + TOTAL, before + TOTAL - others)


def test_nothing_of_the_round_is_missing_in_the_archive_list(play: Play) -> None:
    words = _file(play, "archive", ".txt").read_text(encoding="utf-8")
    assert words.count(f"rounds/{ROUND}/opinions/") == TOTAL


def test_the_change_list_counts_its_own_lines(play: Play) -> None:
    told = play.papers["changes"]
    assert sum(told["counts"].values()) == len(told["changes"]) > REWORDED
    assert f"共改动{len(told['changes'])}处" in _words(_file(play, "changes", ".pdf"))


def test_the_volume_is_sound_after_all(play: Play) -> None:
    assert play("verify").code == 0


def test_the_printed_table_is_read_back_and_says_nothing_new(play: Play) -> None:
    sheet = _file(play, "table", ".xlsx")
    assert "没有新的" in play.done("opinion", "decide", "--from", sheet).out
