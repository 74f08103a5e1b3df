"""疑问: what is open about a text, each at its place, numbered for those who must answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from editorial.desk.office import Desk
from editorial.model.book import Book, Part
from editorial.model.document import (
    Block,
    Break,
    Comment,
    Entry,
    Figure,
    Heading,
    Note,
    Signature,
    Table,
    plain,
)
from editorial.model.finding import Finding
from editorial.model.letters import Letter, is_open
from editorial.model.open_points import LACKING, open_points
from editorial.model.origin import HEADING
from editorial.model.queries import Queries, Query
from editorial.model.reviews import UNANSWERED, Opinion, Round, disposition
from editorial.model.signed import runs_in
from editorial.model.style import DraftStyle
from editorial.model.volume import Volume
from editorial.store.load import load_text
from editorial.store.registers import load_letters, load_rounds
from editorial.values import dataclass

_MARK_WORD = re.compile(r"^(?:待补|待核|存疑)\s*[：:，,]?\s*")
_ASKED = re.compile(r"问\s*[：:]\s*(\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One open question of a part before it gets its number; `place` as in the section's text,
    `item` its number in a letter."""

    part: str
    place: int
    kind: str
    text: str
    words: str = ""
    day: date | None = None
    item: int = 0
    number: int = 0


def questions(
    desk: Desk,
    volume: Volume,
    style: DraftStyle,
    book: Book,
    findings: Iterable[Finding],
    *,
    units: AbstractSet[str],
    round_id: str,
    day: date,
) -> Queries:
    """All that is open about the book, numbered in reading order.

    Items of letters only for an extract of the unit they went to; `round_id` keeps only the
    opinions of that round.
    """
    parts = {part.id: part for part in book.parts}
    rounds = load_rounds(desk.workspace.files, desk.volume_id)
    asked = [each for each in rounds if not round_id or each.id == round_id]
    sent = [
        letter
        for letter in load_letters(desk.workspace.files, desk.volume_id)
        if letter.unit in units and is_open(letter) and letter.signed
    ]
    found = [
        *_findings(desk, parts, findings),
        *(each for part in book.parts for each in _open_points(part, style)),
        *(each for part in book.parts for each in _notes(part)),
        *(
            each
            for round_ in asked
            for opinion in round_.opinions
            if opinion.section in parts and disposition(opinion) in UNANSWERED
            for each in _opinion(parts[opinion.section], round_, opinion, book)
        ),
        *(each for letter in sent for each in _items(parts, letter, book)),
    ]
    return _numbered(_as_read(found, book), author_of(volume), day)


def _as_read(found: Iterable[Open], book: Book) -> list[Open]:
    """In the order in which their places are read."""
    order = {part.id: index for index, part in enumerate(book.parts)}
    blocks = {(part.id, place): block for part in book.parts for place, block in _places(part)}

    def reading(each: Open) -> tuple[int, int, int]:
        block = blocks.get((each.part, each.place))
        text = _printed(block) if block else ""
        at = text.find(each.words) if each.words else len(text)
        return order[each.part], each.place, at

    return sorted(found, key=reading)


def letter_questions(volume: Volume, book: Book, letter: Letter) -> Queries:
    """The items of one letter, under the numbers they have in it."""
    parts = {part.id: part for part in book.parts}
    assert letter.signed is not None
    items = (replace(each, number=each.item) for each in _items(parts, letter, book))
    return _numbered(items, author_of(volume), letter.signed)


def author_of(volume: Volume) -> str:
    """Who asks: the office, so that no comment carries a person's name out of the house."""
    return volume.info.office.short or volume.info.office.name


def _numbered(found: Iterable[Open], author: str, day: date) -> Queries:
    queries: dict[tuple[str, int], tuple[Query, ...]] = {}
    for count, each in enumerate(found, 1):
        query = Query(
            number=each.number or count,
            kind=each.kind,
            text=each.text,
            author=author,
            day=each.day or day,
            words=each.words,
        )
        key = (each.part, each.place)
        queries[key] = (*queries.get(key, ()), query)
    return queries


def _places(part: Part) -> Iterator[tuple[int, Block]]:
    yield from zip(part.places or range(len(part.blocks)), part.blocks, strict=True)


def _printed(block: Block) -> str:
    """The words of a block as they are set, table cells a line each."""
    match block:
        case Entry(title=title, runs=runs):
            return f"【{title}】{plain(runs)}"
        case Table(title=title):
            cells = (plain(cell.runs) for row in block.rows for cell in row if cell)
            return "\n".join((title, *cells))
        case Figure(title=title, credit=credit):
            return f"{title}\n{credit}"
        case Signature(text=text):
            return text
        case _:
            return plain(runs_in(block))


def _standing(part: Part, place: int) -> int:
    """Where a question about a block is asked: notes at their mark, what does not print at
    what stands before it."""
    known = dict(_places(part))
    block = known.get(place)
    if isinstance(block, Note):
        marks = (p for p, b in known.items() if any(_calls(run, block) for run in runs_in(b)))
        return next(marks, HEADING)
    if isinstance(block, Comment | Break):
        before = [p for p, b in known.items() if p < place and not _silent(b)]
        return before[-1] if before else HEADING
    return place


def _calls(run: object, note: Note) -> bool:
    return getattr(run, "kind", "") == "note" and getattr(run, "target", "") == note.label


def _silent(block: Block) -> bool:
    return isinstance(block, Comment | Break | Note)


def _findings(desk: Desk, parts: dict[str, Part], findings: Iterable[Finding]) -> Iterator[Open]:
    """Those that point at a place of a text that is printed here."""
    for finding in findings:
        part = parts.get(finding.where)
        span = finding.span
        if part is None or span.start >= span.end:
            continue
        for place, block in _places(part):
            if block.span.start <= span.start < block.span.end:
                text, _ = load_text(desk.workspace.files, desk.volume_id, part.id)
                words = text[span.start : span.end].strip()
                yield Open(
                    part=part.id,
                    place=_standing(part, place),
                    kind="检查",
                    text=finding.message + (f"（{finding.hint}）" if finding.hint else ""),
                    words=words if words in _printed(block) else "",
                )
                break


def _open_points(part: Part, style: DraftStyle) -> Iterator[Open]:
    pattern = open_points(style.mark_words)
    if pattern is None:
        return
    for place, block in _places(part):
        written = "" if isinstance(block, Comment) else _printed(block)
        for found in pattern.finditer(written) if "【" in written else ():
            lacking = LACKING in found[0]
            yield Open(
                part=part.id,
                place=_standing(part, place),
                kind="待补" if lacking else "存疑",
                text=_lacking(found[0]) if lacking else _doubted(found[0]),
                words=found[0] if style.show_marks else "",
            )


def _lacking(mark: str) -> str:
    return "，".join(filter(None, (told_in(mark), "请补充。")))


def _doubted(mark: str) -> str:
    return "，".join(filter(None, (told_in(mark), "请核实。")))


def told_in(mark: str) -> str:
    """What a mark says beside its word: 【存疑：数字】 → 数字."""
    return _MARK_WORD.sub("", mark.strip("【】"))


def asked_in(comment: Comment) -> str:
    """What `%% 问：…` of the editor asks; empty for any other comment."""
    found = _ASKED.fullmatch(comment.text.strip())
    return found[1].strip() if found else ""


def _notes(part: Part) -> Iterator[Open]:
    """%% 问：…  of the editor."""
    for place, block in _places(part):
        if isinstance(block, Comment) and (asked := asked_in(block)):
            yield Open(part=part.id, place=_standing(part, place), kind="编辑问", text=asked)


def _opinion(part: Part, round_: Round, opinion: Opinion, book: Book) -> Iterator[Open]:
    """What is asked, never by whom: readers' names stay in the house. Nothing about entries of
    other units, which this part leaves out."""
    place, words = _found(part, book, opinion.original, opinion.place)
    if place == HEADING and part.places and (opinion.original or opinion.place):
        return
    number = opinion.id.rpartition("/")[2]
    steps = opinion.history or round_.history
    yield Open(
        part=part.id,
        place=place,
        kind="评议意见",
        text=f"{opinion.text}（{round_.title}，第{number}条）",
        words=words,
        day=steps[-1].at.date() if steps else None,
    )


def _items(parts: dict[str, Part], letter: Letter, book: Book) -> Iterator[Open]:
    for count, item in enumerate(letter.items, 1):
        part = parts.get(item.section)
        if part is None:
            continue
        place, words = _found(part, book, item.original, item.place)
        basis = f"（依据：{item.basis}）" if item.basis else ""
        yield Open(
            part=part.id,
            place=place,
            kind="公函",
            text=f"{item.request}{basis}（{letter.number or letter.title}，第{count}项）",
            words=words,
            day=letter.signed,
            item=count,
        )


def _found(part: Part, book: Book, words: str, hint: str) -> tuple[int, str]:
    """Place and words of what a person described: by the words themselves, else by the title
    or number of the entry or table meant, else the whole section."""
    words = words.strip().strip("…").strip()
    if words:
        for place, block in _places(part):
            if not _silent(block) and words in _printed(block):
                return place, words
    for index, (place, block) in enumerate(_places(part)):
        names = (*_titles(block), book.numbers.get((part.id, index), ""))
        if any(_meant(name, hint.strip()) for name in names):
            return place, ""
    return HEADING, ""


def _titles(block: Block) -> tuple[str, ...]:
    match block:
        case Entry(title=title) | Table(title=title) | Figure(title=title):
            return (title,)
        case Heading(runs=runs):
            return (plain(runs),)
        case _:
            return ()


def _meant(name: str, hint: str) -> bool:
    """表5-2 is not meant by 表5-21."""
    if not name or not hint:
        return False
    return bool(re.search(rf"{re.escape(name)}(?!\d)", hint)) or (len(hint) > 2 and hint in name)
