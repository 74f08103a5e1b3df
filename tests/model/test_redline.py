"""花脸稿: rejecting every change gives the old book, accepting every change the new one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from editorial.model.book import Book, Part
from editorial.model.document import Block, Cell, Comment, Note, Paragraph, Run, Table
from editorial.model.redline import BlockChange, Hands, Redline, Stretches
from editorial.model.redlining import redlined
from editorial.model.settling import accepted, printed, rejected
from tests.model.editing import EDITOR, OTHER, book_of, edited, hands_through, volumes


def said(book: Book) -> list[Any]:
    """Everything of a book but who it belongs to: parts and the numbers of its own blocks."""
    own = printed(book)
    parts = [(part.id, part.level, part.title, part.blocks) for part in own.parts]
    ids = {part.id for part in book.parts}
    return [parts, sorted(item for item in own.numbers.items() if item[0][0] in ids)]


quick = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(st.data())
def test_settled_either_way_the_book_is_exactly_the_old_or_the_new(data: st.DataObject) -> None:
    parts = data.draw(volumes())
    middle = data.draw(edited(parts))
    old, between, new = book_of(parts), book_of(middle), book_of(data.draw(edited(middle)))
    marked = redlined(old, new, hands_through(between, new))
    assert said(accepted(marked)) == said(new)
    assert said(rejected(marked)) == said(old)


def marked_pair(old: tuple[Block, ...], new: tuple[Block, ...]) -> Book:
    """One 分目 before and after, changed by one editor."""
    books = [
        book_of((Part(id="c", level=1, title="篇"), Part(id="c/s", level=2, title="目", blocks=b)))
        for b in (old, new)
    ]
    return redlined(*books, Hands(last=EDITOR))


def changes(book: Book) -> dict[int, BlockChange]:
    assert book.redline is not None
    return {index: change for (_, index), change in book.redline.blocks.items()}


def told(stretches: Stretches) -> list[tuple[str, str]]:
    return [(each.change.kind if each.change else "", each.run.text) for each in stretches]


def text(words: str) -> Paragraph:
    return Paragraph(runs=(Run(text=words),))


LONG = "示例江两岸绿道全线贯通，沿线公园陆续开放。"
OTHER_LINE = "全年新建学校3所，改建医院2所，均已投入使用。"


def test_runs_of_a_changed_paragraph_are_its_stretches() -> None:
    book = marked_pair((text("新建学校3所。"),), (text("新建学校5所。"),))
    assert [run.text for run in book.parts[1].blocks[0].runs] == ["新建学校", "3", "5", "所。"]
    assert told(changes(book)[0].texts["runs"]) == [
        ("", "新建学校"),
        ("delete", "3"),
        ("insert", "5"),
        ("", "所。"),
    ]


def test_two_paragraphs_exchanged_are_one_move() -> None:
    book = marked_pair((text(LONG), text(OTHER_LINE)), (text(OTHER_LINE), text(LONG)))
    found = [(c.change.kind, c.change.move) for c in changes(book).values() if c.change]
    assert found == [("delete", "1"), ("insert", "1")] or found == [
        ("insert", "1"),
        ("delete", "1"),
    ]


def test_words_changed_on_the_way_are_told_at_either_end() -> None:
    new = LONG.replace("陆续", "全部")
    book = marked_pair((text(LONG), text(OTHER_LINE * 2)), (text(OTHER_LINE * 2), text(new)))
    gone, come = changes(book)[0], changes(book)[2]
    assert [words for kind, words in told(gone.texts["runs"]) if kind == "delete"] == ["陆续"]
    assert [words for kind, words in told(come.texts["runs"]) if kind == "insert"] == ["全部"]


def note(label: str, words: str) -> Note:
    return Note(label=label, runs=(Run(text=words),))


def noted(*pieces: str) -> Paragraph:
    runs = [Run(kind="note", target=p[1:]) if p[0] == "^" else Run(text=p) for p in pieces]
    return Paragraph(runs=tuple(runs))


def test_footnotes_renumbered_by_hand_are_the_same_footnotes() -> None:
    old = (noted("甲处", "^1", "乙处", "^2"), note("1", "甲注示例。"), note("2", "乙注示例。"))
    new = (
        noted("前处", "^1", "甲处", "^2", "乙处", "^3"),
        note("1", "新加的注。"),
        note("2", "甲注示例。"),
        note("3", "乙注示例。"),
    )
    book = marked_pair(old, new)
    assert [change.change is not None for change in changes(book).values()] == [False, True]
    assert said(rejected(book))[0][1][3] == old


def table(*rows: tuple[str, ...], **known: Any) -> Table:
    cells = tuple(tuple(Cell(runs=(Run(text=words),)) for words in row) for row in rows)
    return Table(title="平台情况表", rows=cells, **known)


HEAD_ROW = ("平台", "2018年")


def test_of_a_table_the_cell_that_changed_and_the_row_that_came() -> None:
    old = table(HEAD_ROW, ("实验室", "10"), ("中心", "3"))
    new = table(HEAD_ROW, ("实验室", "12"), ("基地", "7"), ("中心", "3"))
    change = changes(marked_pair((old,), (new,)))[0]
    assert told(change.texts["1,1"]) == [("delete", "10"), ("insert", "12")]
    assert {row: each.kind for row, each in change.rows.items()} == {2: "insert"}


def test_rows_under_one_cell_come_and_go_together() -> None:
    def joined(*rows: tuple[str, ...]) -> Table:
        plain = table(HEAD_ROW, *rows)
        first = plain.rows[1][0]
        assert first
        spanning = (replace(first, down=2), *plain.rows[1][1:])
        return replace(plain, rows=(plain.rows[0], spanning, (None, *plain.rows[2][1:])))

    old, new = joined(("广州", "1"), ("", "2")), table(HEAD_ROW, ("广州", "1"), ("深圳", "2"))
    change = changes(marked_pair((old,), (new,)))[0]
    kinds = [change.rows[row].kind for row in sorted(change.rows)]
    assert kinds == ["delete", "delete", "insert", "insert"]


def test_a_table_with_another_column_is_out_and_in() -> None:
    old, new = table(HEAD_ROW, ("实验室", "10")), table((*HEAD_ROW, "2019年"), ("室", "1", "2"))
    found = changes(marked_pair((old,), (new,)))
    assert [change.change and change.change.kind for change in found.values()] == [
        "delete",
        "insert",
    ]


def test_a_table_put_in_shifts_the_number_of_the_next() -> None:
    first, second = table(HEAD_ROW, ("实验室", "10")), table(HEAD_ROW, ("港口", "5"))
    book = marked_pair((second,), (first, text(LONG), second))
    number = next(c.texts["number"] for c in changes(book).values() if "number" in c.texts)
    assert told(number) == [("", "表1-"), ("delete", "1"), ("insert", "2")]


def test_comments_never_differ() -> None:
    book = marked_pair((text(LONG), Comment(text="查")), (Comment(text="已查"), text(LONG)))
    assert changes(book) == {}


def test_a_section_moved_keeps_its_words_and_says_where_it_was() -> None:
    parts = [Part(id="c", level=1, title="篇")]
    parts += [
        Part(id=f"c/{n}", level=2, title=n, blocks=(text(LONG * size), text(OTHER_LINE)))
        for n, size in (("甲", 1), ("乙", 3), ("丙", 3))
    ]
    old, new = tuple(parts), (parts[0], parts[2], parts[3], parts[1])
    book = redlined(book_of(old), book_of(new), Hands(last=EDITOR))
    assert book.redline is not None
    ends = {name: c.change.move for name, c in book.redline.parts.items() if c.change}
    assert ends == {"c/甲'": "c/甲", "c/甲": "c/甲"}
    assert all(change.texts == {} for change in book.redline.blocks.values())


def test_sections_of_one_digest_are_not_looked_into() -> None:
    parts = [
        (Part(id="c", level=1, title="篇", blocks=(text(words),), digest="一样"),)
        for words in ("旧", "新")
    ]
    book = redlined(book_of(parts[0]), book_of(parts[1]), Hands(last=EDITOR))
    assert book.parts == parts[1]
    assert book.redline == Redline(since="")


def each_note_is_known(book: Book) -> bool:
    """No two notes of a part bear one label, a fault that is told when the text is read."""
    labels = [
        [block.label for block in part.blocks if isinstance(block, Note)] for part in book.parts
    ]
    return all(len(set(each)) == len(each) for each in labels)


@settings(quick, max_examples=100)
@given(st.data(), st.booleans())
def test_whoever_did_it_all_is_the_author_of_it_all(data: st.DataObject, first: bool) -> None:
    parts = data.draw(volumes())
    old, new = book_of(parts), book_of(data.draw(edited(parts)))
    assume(each_note_is_known(old) and each_note_is_known(new))
    hands = hands_through(*((new, new) if first else (old, new)))
    book = redlined(old, new, replace(hands, last=EDITOR if first else OTHER))
    assert book.redline is not None
    whole = {name for name, change in book.redline.parts.items() if change.change}
    authors = {
        each.author
        for (part, _), change in book.redline.blocks.items()
        if part not in whole
        for each in (
            change.change,
            *change.rows.values(),
            *(
                piece.change
                for name, text in change.texts.items()
                if not (whole and name == "number")  # who moved a part shifts the numbers in others
                for piece in text
            ),
        )
        if each
    }
    assert authors <= {(EDITOR if first else OTHER).author}
