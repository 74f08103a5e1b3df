"""Points to ask units about, gathered from what the office knows: opinions, marks in the text,
what was never supplied, a table. Each gives units by id with their items, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from editorial.desk.compose import coverage_words
from editorial.desk.extract import units_in
from editorial.desk.letters import letters
from editorial.desk.office import Desk
from editorial.desk.questions import asked_in, told_in
from editorial.desk.round_list import find_round
from editorial.errors import EditorialError
from editorial.model.document import Block, Comment, Entry, Table, plain
from editorial.model.labels import TaskState
from editorial.model.letters import LetterItem, is_open
from editorial.model.nodes import find_node
from editorial.model.open_points import LACKING, open_points
from editorial.model.people import Unit, find_unit
from editorial.model.reviews import UNANSWERED, Opinion, disposition
from editorial.model.signed import blocks_of, runs_in
from editorial.model.volume import Section, Volume, task_state
from editorial.read.markup import read_markup
from editorial.store.load import load_text
from editorial.store.looks import load_draft_style

Points: TypeAlias = dict[str, tuple[LetterItem, ...]]
Asked: TypeAlias = tuple[str, LetterItem]

SUPPLIED = frozenset(
    {TaskState.SUBMITTED, TaskState.RESUBMITTED, TaskState.ACCEPTED, TaskState.WAIVED}
)
POLITE = re.compile(r"^(?:恳请|商请|请|建议|应|宜|望)")
LONGEST = 60  # characters quoted of the text
SENTENCE = re.compile(r"[^。！？]*[。！？]?")
EDITORS = "编辑审稿"


def gathered(pairs: Iterable[Asked]) -> Points:
    """By unit, in the order met, nothing twice."""
    points: dict[str, dict[LetterItem, None]] = {}
    for unit, item in pairs:
        points.setdefault(unit, {})[item] = None
    return {unit: tuple(items) for unit, items in points.items()}


def joined(*sources: Points) -> Points:
    return gathered((unit, item) for each in sources for unit in each for item in each[unit])


def unasked(desk: Desk, points: Points) -> tuple[Points, int]:
    """Without what an open letter to the same unit asks already; how many those were."""
    known: set[tuple[str, str, str]] = set()
    opinions: set[tuple[str, str]] = set()
    for letter in letters(desk):
        if is_open(letter):
            known |= {(letter.unit, item.section, item.request) for item in letter.items}
            opinions |= {(letter.unit, item.opinion) for item in letter.items if item.opinion}
    left = gathered(
        (unit, item)
        for unit, items in points.items()
        for item in items
        if (unit, item.section, item.request) not in known and (unit, item.opinion) not in opinions
    )
    return left, sum(map(len, points.values())) - sum(map(len, left.values()))


def opinion_points(desk: Desk, volume: Volume, round_id: str) -> Points:
    """Opinions of a round that wait for an answer, to the unit whose entry they are about; to
    all units of the section when that cannot be told."""
    found = find_round(desk, round_id)
    sections = {section.id: section for section in volume.sections}
    order = {section: place for place, section in enumerate(sections)}
    waiting = [o for o in found.opinions if disposition(o) in UNANSWERED and o.section in sections]
    waiting.sort(key=lambda opinion: order[opinion.section])
    return gathered(
        (unit.id, passed_on(opinion, found.title))
        for opinion in waiting
        for unit in units_meant(desk, volume, sections[opinion.section], opinion)
    )


def passed_on(opinion: Opinion, title: str) -> LetterItem:
    """Never by whom: readers' names stay in the house."""
    text = opinion.text.strip()
    number = int(opinion.id.rpartition("/")[2])
    return LetterItem(
        section=opinion.section,
        place=opinion.place,
        original=opinion.original,
        request=text if POLITE.match(text) else f"请核实：{text}",
        basis=f"{title}意见第{number}条",
        opinion=opinion.id,
    )


def units_meant(desk: Desk, volume: Volume, section: Section, opinion: Opinion) -> tuple[Unit, ...]:
    units = _suppliers(volume, section)
    words = opinion.original.strip("… ")
    if len(units) < 2 or not (words or opinion.place):
        return units
    blocks = _blocks(desk, section)
    own = [
        unit
        for unit in units
        if any(
            _is_about(blocks[place], words, opinion.place)
            for place in blocks_of(blocks, {unit.id}, units_in(volume, section))
        )
    ]
    return tuple(own) or units


def _is_about(block: Block, words: str, place: str) -> bool:
    title = getattr(block, "title", "")
    return (bool(words) and words in _printed(block)) or (len(title) > 1 and title in place)


def _suppliers(volume: Volume, section: Section) -> tuple[Unit, ...]:
    return tuple(unit for unit in units_in(volume, section) if not unit.own)


def _blocks(desk: Desk, section: Section) -> tuple[Block, ...]:
    text, _ = load_text(desk.workspace.files, desk.volume_id, section.id)
    return read_markup(text, section.id)[0].blocks


def _printed(block: Block) -> str:
    if isinstance(block, Table):
        cells = (plain(cell.runs) for row in block.rows for cell in row if cell)
        return "\n".join((block.title, *cells))
    return plain(runs_in(block))


def marked_points(desk: Desk, volume: Volume) -> Points:
    """【待补】 and 【存疑】 in the entries each unit signed, and the editors' `%% 问：`."""
    style = load_draft_style(desk.workspace.files, volume.info.draft_style)
    marks = open_points(style.mark_words)
    return gathered(
        (unit.id, item)
        for section in volume.sections
        for unit, block, place in _signed_blocks(desk, volume, section)
        for item in _marked(section, block, place, marks)
    )


def _signed_blocks(
    desk: Desk, volume: Volume, section: Section
) -> Iterator[tuple[Unit, Block, str]]:
    """Each block of each unit, with the entry or table it belongs to."""
    suppliers = _suppliers(volume, section)
    if not suppliers:
        return
    blocks = _blocks(desk, section)
    for unit in suppliers:
        place = ""
        for index in blocks_of(blocks, {unit.id}, units_in(volume, section)):
            block = blocks[index]
            if isinstance(block, Entry):
                place = f"条目“{block.title}”"
            here = f"表“{block.title}”" if isinstance(block, Table) and block.title else place
            yield unit, block, here


def _marked(
    section: Section, block: Block, place: str, marks: re.Pattern[str] | None
) -> Iterator[LetterItem]:
    if isinstance(block, Comment):
        if words := asked_in(block):
            request = words if POLITE.match(words) else f"请说明：{words}"
            yield _asked(section, place, "", request)
        return
    text = _printed(block)
    for mark in marks.finditer(text) if marks and "【" in text else ():
        what = told_in(mark[0]).strip("。；")
        verb = "补充" if LACKING in mark[0] else "核实"
        request = f"请{verb}：{what}" if what else f"请{verb}此处内容"
        yield _asked(section, place, _around(text, mark), request)


def _asked(section: Section, place: str, original: str, request: str) -> LetterItem:
    return LetterItem(
        section=section.id, place=place, original=original, request=request, basis=EDITORS
    )


def _around(text: str, mark: re.Match[str]) -> str:
    """The sentence the mark stands in, cut short before and after it where it is long."""
    for found in SENTENCE.finditer(text):
        if found.start() <= mark.start() < found.end():
            sentence, at = found[0].strip(), mark.start() - found.start()
            if len(sentence) <= LONGEST:
                return sentence
            start = max(0, min(at - LONGEST // 2, len(sentence) - LONGEST))
            cut = sentence[start : start + LONGEST]
            return f"{'…' if start else ''}{cut}{'…' if start + LONGEST < len(sentence) else ''}"
    return mark[0]


def missing_points(volume: Volume) -> Points:
    """缺项: each section with the units that have supplied nothing for it."""
    return gathered(
        (unit.id, _missing(volume, section))
        for section in volume.sections
        for unit in _suppliers(volume, section)
        if _state(section, unit) not in SUPPLIED | {TaskState.RETURNED}
    )


def _state(section: Section, unit: Unit) -> TaskState:
    tasks = [task for task in section.tasks if task.unit == unit.id]
    return task_state(tasks[-1]) if tasks else TaskState.NOT_ISSUED


def _missing(volume: Volume, section: Section) -> LetterItem:
    return LetterItem(
        section=section.id,
        request=f"请提供“{section.title}”部分的稿件和资料",
        basis="尚未收到供稿",
        scope=coverage_words(volume),
        form="稿件及电子文档",
    )


# A table of points

HEADINGS = {
    "unit": ("单位", "承办单位", "供稿单位", "主送"),
    "section": ("篇目/章节", "分目", "章节", "篇目", "篇目/分目"),
    "place": ("页码（行）", "页码", "位置", "页行"),
    "original": ("原文摘要", "原文"),
    "basis": ("存在问题/修改意见来源", "意见来源", "存在问题", "来源"),
    "request": ("需修改或补充内容", "要求", "修改要求", "事项", "内容"),
    "scope": ("数据口径/年度", "数据口径", "年度", "口径"),
    "form": ("要求形式", "形式"),
    "remark": ("备注",),
}
NEEDED = {"section": "篇目/章节", "request": "需修改或补充内容"}


def table_points(
    volume: Volume, rows: Sequence[Sequence[str]], name: str, units: Sequence[str] = ()
) -> Points:
    """Rows of a table whose first one with these headings names the columns; a row without a
    unit goes to `units`, or to those that supply its section. EditorialError names the row."""
    head = next((n for n, row in enumerate(rows) if NEEDED.keys() <= _columns(row).keys()), None)
    if head is None:
        raise EditorialError(
            f"{name}里没有找到表头", hint=f"表头至少要有：{'、'.join(NEEDED.values())}"
        )
    columns = _columns(rows[head])
    pairs: list[Asked] = []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        told = {key: row[at].strip() for key, at in columns.items() if at < len(row)}
        if any(told.values()):
            pairs += _row_points(volume, told, units, f"{name} 第{number}行")
    return gathered(pairs)


def _columns(row: Sequence[str]) -> dict[str, int]:
    texts = [re.sub(r"\s", "", cell).replace("(", "（").replace(")", "）") for cell in row]
    return {
        key: texts.index(label)
        for key, labels in HEADINGS.items()
        for label in [next((each for each in labels if each in texts), "")]
        if label
    }


def _row_points(
    volume: Volume, told: dict[str, str], units: Sequence[str], where: str
) -> list[Asked]:
    try:
        node = find_node(volume, told.get("section", ""))
        if node.kind != "section":
            raise EditorialError(f"“{told['section']}”不是分目", hint="写 篇目/分目")
        if not told.get("request"):
            raise EditorialError("没有写需修改或补充的内容", hint="补上，或删去这一行")
        (section,) = node.sections
        meant = [find_unit(volume.units, told["unit"]).id] if told.get("unit") else list(units)
    except EditorialError as error:
        raise EditorialError(error.message, where=where, hint=error.hint) from error
    kept = {key: text for key, text in told.items() if key not in ("unit", "section")}
    item = LetterItem(section=node.id, **kept)
    meant = meant or [unit.id for unit in _suppliers(volume, section)]
    if not meant:
        raise EditorialError(f"“{section.title}”没有供稿单位", where=where, hint="写明单位")
    return [(unit, item) for unit in meant]
