"""Books, and what editors do to them: the edit scripts a 花脸稿 must be exact for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeAlias

from hypothesis import strategies as st

from editorial.model.book import Book, Imprint, Part, numbered
from editorial.model.document import (
    Block,
    Break,
    Cell,
    Comment,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
)
from editorial.model.redline import Hand, Hands, Version

Edit: TypeAlias = Callable[[list[Part]], list[Part]]
IMPRINT = Imprint(
    title="示例年鉴",
    label="评议稿",
    edition=2,
    date=date(2020, 3, 5),
    office="示例市地方志办公室",
    commit="",
)
EDITOR = Hand(author="初审　示例甲", at=datetime(2020, 3, 1, tzinfo=UTC), ink="red")
OTHER = Hand(author="复审　示例乙", at=datetime(2020, 3, 2, tzinfo=UTC), ink="blue")

PHRASES = (
    "2018年，示例区新建学校3所，",
    "完成投资12.5亿元，比上年增长8.3%。",
    "全年接待游客120万人次；",
    "按照示府〔2018〕12号文件的要求，",
    "示例江两岸绿道贯通。",
    "引进人才300人，其中博士15人。",
    "建成5G基站1 200座——居全省前列。",
    "、",
    "的",
)
SENTENCES = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4).map("".join)
SHORT = st.sampled_from(["", "平台", "实验室", "10", "15.5%", "—", "新增", "示例江"])
LABELS = st.sampled_from(["1", "2", "3"])
RUNS = st.lists(
    st.one_of(
        st.builds(Run, text=SENTENCES),
        st.builds(Run, kind=st.sampled_from(["emphasis", "superscript"]), text=SHORT),
        st.builds(Run, kind=st.just("link"), text=SHORT, target=st.just("#biao")),
        st.builds(Run, kind=st.just("note"), target=LABELS),
    ),
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Sound grids, some with a cell over two rows or two columns."""
    columns, count = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    rows: list[list[Cell | None]] = [
        [Cell(runs=(Run(text=draw(SHORT)),)) for _ in range(columns)] for _ in range(count)
    ]
    if count > 2 and draw(st.booleans()):
        rows[1][0], rows[2][0] = replace(rows[1][0] or Cell(), down=2), None
    if columns > 1 and draw(st.booleans()):
        rows[0][0], rows[0][1] = replace(rows[0][0] or Cell(), across=2), None
    return Table(
        id=draw(st.sampled_from(["", "biao", "biao-2"])),
        title=draw(SHORT),
        unit=draw(SHORT),
        rows=tuple(map(tuple, rows)),
        header_rows=draw(st.integers(0, 1)),
    )


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, runs=RUNS),
    st.builds(Paragraph, runs=RUNS),
    st.builds(Entry, title=SHORT, runs=RUNS),
    st.builds(Heading, level=st.integers(1, 2), runs=RUNS),
    st.builds(Note, label=LABELS, runs=RUNS),
    st.builds(Signature, text=SHORT),
    st.builds(Comment, text=SHORT),
    st.builds(Figure, id=SHORT, src=st.just("a.png"), title=SHORT, credit=SHORT),
    st.just(Break()),
    tables(),
)
TITLES = st.sampled_from(["概况", "创新平台", "人才", "机场", "港口"])
SECTIONS = st.builds(
    Part,
    id=st.just(""),
    level=st.integers(2, 3),
    title=TITLES,
    blocks=st.lists(BLOCKS, max_size=6).map(tuple),
)


@st.composite
def volumes(draw: st.DrawFn) -> tuple[Part, ...]:
    """One to three 篇目 of sections, some under a 章."""
    parts: list[Part] = []
    for chapter in range(draw(st.integers(1, 3))):
        parts.append(Part(id=f"c{chapter}", level=1, title=f"篇目{chapter}"))
        if draw(st.booleans()):
            parts.append(Part(id=f"c{chapter}/g1", level=2, title="第一章"))
        for number, section in enumerate(draw(st.lists(SECTIONS, max_size=3))):
            parts.append(replace(section, id=f"c{chapter}/s{number}"))
    return tuple(parts)


def book_of(parts: tuple[Part, ...]) -> Book:
    return Book(imprint=IMPRINT, parts=parts, numbers=numbered(parts))


@st.composite
def edited(draw: st.DrawFn, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts after up to six acts of an editor."""
    made = list(parts)
    for _ in range(draw(st.integers(0, 6))):
        if not made:
            break
        at = draw(st.integers(0, len(made) - 1))
        act = draw(st.sampled_from(ACTS))
        act(draw, made, at)
    return tuple(made)


def _blocks(made: list[Part], at: int, blocks: list[Block]) -> None:
    made[at] = replace(made[at], blocks=tuple(blocks))


def _put_in(draw: st.DrawFn, made: list[Part], at: int) -> None:
    blocks = list(made[at].blocks)
    blocks.insert(draw(st.integers(0, len(blocks))), draw(BLOCKS))
    _blocks(made, at, blocks)


def _take_out(draw: st.DrawFn, made: list[Part], at: int) -> None:
    blocks = list(made[at].blocks)
    if blocks:
        del blocks[draw(st.integers(0, len(blocks) - 1))]
        _blocks(made, at, blocks)


def _move(draw: st.DrawFn, made: list[Part], at: int) -> None:
    """A paragraph to any place of any section."""
    if made[at].blocks:
        blocks = list(made[at].blocks)
        block = blocks.pop(draw(st.integers(0, len(blocks) - 1)))
        _blocks(made, at, blocks)
        there = draw(st.integers(0, len(made) - 1))
        further = list(made[there].blocks)
        further.insert(draw(st.integers(0, len(further))), block)
        _blocks(made, there, further)


def _reword(draw: st.DrawFn, made: list[Part], at: int) -> None:
    blocks = list(made[at].blocks)
    if blocks:
        place = draw(st.integers(0, len(blocks) - 1))
        blocks[place] = _reworded(draw, blocks[place])
        _blocks(made, at, blocks)


def _reworded(draw: st.DrawFn, block: Block) -> Block:
    match block:
        case Entry() | Paragraph() | Heading() | Note():
            return replace(block, runs=_touched(draw, block.runs))
        case Table(rows=rows) if rows:
            return _retabled(draw, block)
        case Figure() | Table():
            return replace(block, title=draw(SHORT), id=draw(st.sampled_from(["", "biao"])))
        case Signature() | Comment():
            return replace(block, text=draw(SHORT))
        case _:
            return block


def _touched(draw: st.DrawFn, runs: Runs) -> Runs:
    """A stretch of one run taken out, put in or exchanged; now and then a run."""
    if not runs or draw(st.integers(0, 5)) == 0:
        return (*runs, *draw(RUNS))
    at = draw(st.integers(0, len(runs) - 1))
    if runs[at].kind == "note":
        return (*runs[:at], *runs[at + 1 :])
    text = runs[at].text
    start = draw(st.integers(0, len(text)))
    stop = draw(st.integers(start, min(start + 9, len(text))))
    put = draw(st.one_of(SHORT, SENTENCES))
    changed = replace(runs[at], text=text[:start] + put + text[stop:])
    return (*runs[:at], changed, *runs[at + 1 :])


def _retabled(draw: st.DrawFn, table: Table) -> Table:
    rows = list(table.rows)
    at = draw(st.integers(0, len(rows) - 1))
    if draw(st.booleans()):
        row = tuple(cell and replace(cell, runs=(Run(text=draw(SHORT)),)) for cell in rows[at])
        rows[at] = row
    elif all(cell and cell.down == 1 for row in rows for cell in row):
        rows[at : at + draw(st.integers(0, 1))] = [rows[at]] * draw(st.integers(0, 2))
    return replace(table, rows=tuple(rows), unit=draw(SHORT))


def _split(draw: st.DrawFn, made: list[Part], at: int) -> None:
    """One paragraph made two at any character."""
    blocks = list(made[at].blocks)
    places = {n: each for n, each in enumerate(blocks) if isinstance(each, Paragraph)}
    if places:
        place = draw(st.sampled_from(sorted(places)))
        text = "".join(run.text for run in places[place].runs)
        cut = draw(st.integers(0, len(text)))
        halves = [Paragraph(runs=(Run(text=half),)) for half in (text[:cut], text[cut:])]
        _blocks(made, at, [*blocks[:place], *halves, *blocks[place + 1 :]])


def _join(draw: st.DrawFn, made: list[Part], at: int) -> None:
    blocks = list(made[at].blocks)
    for place in range(len(blocks) - 1):
        one, other = blocks[place], blocks[place + 1]
        if isinstance(one, Paragraph) and isinstance(other, Paragraph):
            blocks[place : place + 2] = [Paragraph(runs=one.runs + other.runs)]
            _blocks(made, at, blocks)
            return


def _new_section(draw: st.DrawFn, made: list[Part], at: int) -> None:
    taken = {part.id for part in made}
    chapter = made[at].id.split("/")[0]
    name = next(f"{chapter}/n{n}" for n in range(99) if f"{chapter}/n{n}" not in taken)
    made.insert(at + 1, replace(draw(SECTIONS), id=name))


def _drop_section(draw: st.DrawFn, made: list[Part], at: int) -> None:
    if len(made) > 1:
        del made[at]


def _move_section(draw: st.DrawFn, made: list[Part], at: int) -> None:
    part = made.pop(at)
    made.insert(draw(st.integers(0, len(made))), part)


def _retitle(draw: st.DrawFn, made: list[Part], at: int) -> None:
    made[at] = replace(made[at], title=draw(TITLES), level=draw(st.integers(1, 3)))


def _rename(draw: st.DrawFn, made: list[Part], at: int) -> None:
    """The folder of a section renamed: its id is another, its text the same."""
    name = made[at].id + "-b"
    if name not in {part.id for part in made}:
        made[at] = replace(made[at], id=name)


ACTS = (
    *(_put_in, _take_out, _move, _split, _join),
    *(_reword, _reword, _reword),
    *(_new_section, _drop_section, _move_section, _retitle, _rename),
)


def hands_through(*books: Book) -> Hands:
    """Every book made out of the one before it, by turns by two editors."""
    versions: dict[str, tuple[Version, ...]] = {}
    for number, book in enumerate(books):
        for part in book.parts:
            hand = (EDITOR, OTHER)[number % 2]
            version = Version(key=f"{part.id}@{number}", hand=hand, blocks=part.blocks)
            versions[part.id] = (*versions.get(part.id, ()), version)
    return Hands(last=OTHER, texts=versions)
