"""What twelve readers of one round say, and the papers they say it on: the form of their own
numbered copy, a workbook, remarks in the copy, a mail, the minutes, a call."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.oxml.ns import qn
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tests.desk.mails import mail

READERS = tuple(f"专家{each}（示例）" for each in "甲乙丙丁戊己庚辛壬癸子丑")
SHARES = (  # channel, readers, opinions of each
    ("form", (0, 1, 2, 3), 25),
    ("sheet", (4, 5), 30),
    ("remark", (6, 7), 30),
    ("mail", (8, 9), 15),
    ("minutes", (10, 11), 15),
    ("call", (0, 10), 10),
)
CHANNELS = {
    "form": "书面",
    "sheet": "书面",
    "remark": "批注稿",
    "mail": "邮件",
    "minutes": "会议",
    "call": "电话",
}
TOTAL = sum(len(readers) * each for _, readers, each in SHARES)
DOUBLED, OPPOSED = 20, 10  # pairs
ASKS = (
    "数字与上年卷口径不同，请与供稿单位核对",
    "请写明统计截止时间",
    "此处宜用全称，首次出现时括注简称",
    "事实的主语不清，谁发布的应写出",
    "与概况里的说法有出入，请统一",
    "应补出来源",
    "这一句可以压缩，前文已有",
    "宜改用规范的计量单位名称",
    "评价性文字过多，志鉴应述而不论",
    "时间状语不明确，请写出月、日",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One opinion as its reader has it in mind. `number` stands in its words, as no other's does;
    `like` is that of the one it repeats, `against` of the one it contradicts."""

    number: int
    reader: str
    paper: str
    section: str
    quote: str
    text: str
    like: int = 0
    against: int = 0


def clauses(texts: dict[str, str]) -> list[tuple[str, str]]:
    """Words of the book that stand in it once, by section."""
    found = [
        (section, clause)
        for section, text in sorted(texts.items())
        for line in text.split("\n")
        if line.startswith("【") or line[:1] == "　"
        for clause in re.split(r"[，。；：【】　]", line)
        if 9 <= len(clause) <= 22 and not re.search(r"[\[\]*^~|“”（）()、]", clause)
    ]
    whole = "\n".join(texts.values())
    return [(section, clause) for section, clause in found if whole.count(clause) == 1]


def remarks(texts: dict[str, str], seed: int) -> tuple[Remark, ...]:
    """All opinions of the round, those of one reader on one paper together."""
    dice = random.Random(seed)
    spots = clauses(texts)
    dice.shuffle(spots)
    seats = [(paper, READERS[r]) for paper, rs, each in SHARES for r in rs for _ in range(each)]
    order = list(range(TOTAL))
    dice.shuffle(order)
    made: dict[int, Remark] = {}
    pairs = [(order[2 * n], order[2 * n + 1]) for n in range(DOUBLED + OPPOSED)]
    for n, (one, other) in enumerate(pairs):
        section, quote = spots.pop()
        first = _asked(one, seats[one], section, quote, dice, opposed=n >= DOUBLED)
        made[one] = first
        made[other] = _answering(first, other, seats[other], same=n < DOUBLED)
    for number in order[2 * len(pairs) :]:
        section, quote = spots.pop()
        made[number] = _asked(number, seats[number], section, quote, dice, opposed=False)
    return tuple(made[number] for number in sorted(made))


def _asked(
    number: int,
    seat: tuple[str, str],
    section: str,
    quote: str,
    dice: random.Random,
    *,
    opposed: bool,
) -> Remark:
    words = f"“{quote}”改为“甲说第{number + 1:03}点”" if opposed else f"{dice.choice(ASKS)}"
    text = words if opposed else f"{words}，即第{number + 1:03}点"
    return Remark(
        number=number + 1, paper=seat[0], reader=seat[1], section=section, quote=quote, text=text
    )


def _answering(first: Remark, number: int, seat: tuple[str, str], *, same: bool) -> Remark:
    """Another reader on the same words: the same again, or the contrary."""
    old = f"第{first.number:03}点"
    text = first.text.replace(old, f"第{number + 1:03}点")
    return Remark(
        number=number + 1,
        paper=seat[0],
        reader=seat[1],
        section=first.section,
        quote=first.quote,
        text=text if same else text.replace("甲说", "乙说"),
        like=first.number if same else 0,
        against=0 if same else first.number,
    )


def papers(
    folder: Path, copies: dict[str, Path], said: Sequence[Remark], seed: int
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Each paper that came back, with what one has to add on the command line."""
    own: dict[tuple[str, str], list[Remark]] = {}
    for each in said:
        own.setdefault((each.paper, each.reader), []).append(each)
    for (paper, reader), mine in own.items():
        path = folder / f"{len(list(folder.iterdir())):02}{paper}{ENDINGS[paper]}"
        path.write_bytes(_paper(paper, copies[reader], mine, random.Random(seed)))
        yield path, ("--by", reader) if paper == "sheet" else ()


ENDINGS = {
    "form": ".docx",
    "sheet": ".xlsx",
    "remark": ".docx",
    "mail": ".eml",
    "minutes": "评议会纪要.txt",
    "call": "电话记录.txt",
}


def _paper(kind: str, numbered: Path, mine: list[Remark], dice: random.Random) -> bytes:
    reader = mine[0].reader
    match kind:
        case "form":
            return filled_form(numbered, mine, dice)
        case "sheet":
            return workbook(mine, dice)
        case "remark":
            return remarked(numbered, mine)
        case "mail":
            text = "编辑部：\n稿子看过，意见如下：\n" + "\n".join(_points(mine)) + "\n此致"
            return mail("审读意见", text, sender=f"{reader} <shendu@example.invalid>")
        case "minutes":
            text = f"评议会纪要\n时间：2020年3月5日\n{reader}：\n" + "\n".join(_points(mine))
        case _:
            text = f"电话记录\n来电人：{reader}\n" + "\n".join(_points(mine))
    return text.encode()


def _points(mine: Iterable[Remark]) -> Iterator[str]:
    for place, each in enumerate(mine, 1):
        spoken = each.text if each.quote in each.text else f"“{each.quote}”，{each.text}"
        yield f"{place}. {spoken}。"


def filled_form(numbered: Path, mine: Sequence[Remark], dice: random.Random) -> bytes:
    """The form at the end of the copy: rows left blank are taken out, two are added, all are
    put in another order, page and line of some are one cell."""
    document = docx.Document(str(numbered))
    table = document.tables[-1]
    rows = list(table.rows)[1:]
    for row in rows[: len(mine)][:2]:  # a person copies a row to get one more
        table._tbl.append(copy.deepcopy(row._tr))
    for row in rows[-2:]:
        table._tbl.remove(row._tr)
    blank = list(table.rows)[1:]
    dice.shuffle(blank)
    for row, each in zip(blank, mine, strict=False):
        table._tbl.append(row._tr)
        _fill(row, each, joined=dice.random() < 0.2)
    for row in blank[len(mine) :]:
        table._tbl.remove(row._tr)
    return _saved(document)


def _fill(row: _Row, each: Remark, *, joined: bool) -> None:
    cells = row.cells
    for cell, words in ((cells[4], each.quote), (cells[5], each.text)):
        list(cell._tc.iter(qn("w:t")))[-1].text = words
    if joined:
        cells[1].merge(cells[2])


def remarked(numbered: Path, mine: Sequence[Remark]) -> bytes:
    """The copy with a remark on each of those words."""
    document = docx.Document(str(numbered))
    paragraphs = [each for each in document.paragraphs if each.text]
    for each in mine:
        home = next(p for p in paragraphs if each.quote in p.text)
        runs = _runs_of(home, each.quote)
        document.add_comment(runs, text=each.text, author=each.reader, initials="专")
    return _saved(document)


def _runs_of(paragraph: Paragraph, quote: str) -> list[Run]:
    """Exactly those words, cut out of the runs they stand in."""
    start = "".join(run.text for run in paragraph.runs).index(quote)
    for cut in (start, start + len(quote)):
        _cut(paragraph, cut)
    found, at = [], 0
    for run in paragraph.runs:
        if start <= at < start + len(quote) and run.text:
            found.append(run)
        at += len(run.text)
    return found


def _cut(paragraph: Paragraph, at: int) -> None:
    for run in paragraph.runs:
        if 0 < at < len(run.text):
            rest = copy.deepcopy(run._r)
            run._r.addnext(rest)
            Run(rest, paragraph).text = run.text[at:]
            run.text = run.text[:at]
            return
        at -= len(run.text)


def _saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


HEAD = ("条目", "原文摘录", "问题与建议")
SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)
BOOK = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="意见" sheetId="1" r:id="r1"/></sheets></workbook>'
)
LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
    "</Relationships>"
)


def workbook(mine: Sequence[Remark], dice: random.Random) -> bytes:
    """A table of the reader's own making, its columns in another order, in no order of rows."""
    rows = [HEAD, *(("", each.quote, each.text) for each in dice.sample(mine, len(mine)))]
    lines = (
        f'<row r="{y}">'
        + "".join(
            f'<c r="{"ABC"[x]}{y}" t="inlineStr"><is><t>{escape(words)}</t></is></c>'
            for x, words in enumerate(row)
        )
        + "</row>"
        for y, row in enumerate(rows, 1)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format("".join(lines)))
    return out.getvalue()


def by_channel(said: Iterable[Remark]) -> Counter[str]:
    return Counter(CHANNELS[each.paper] for each in said)
