"""The blocks of a section as paragraphs and tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from editorial.model.document import (
    Block,
    Break,
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
    title_marks,
    title_of,
)
from editorial.model.figure_rows import rows_of, stands_aside
from editorial.model.open_points import as_printed
from editorial.model.redline import Stretches, heading_change
from editorial.model.style import HEADINGS
from editorial.render.docx.contents import listed_entry, lists_entries
from editorial.render.docx.figure_rows import NARROWEST, beside_frame, in_row, row_of, set_aside
from editorial.render.docx.forms import form_look
from editorial.render.docx.galley import Bookmark, Scope, bookmarked
from editorial.render.docx.inline import STRIKING, set_field, set_runs, set_stretches
from editorial.render.docx.lines import (
    entry_title,
    entry_words,
    figure_credit,
    figure_title,
    grid_change,
    line_change,
    signature_line,
    spaced,
    table_title,
    unit_line,
)
from editorial.render.docx.marks import indexed, marked
from editorial.render.docx.pictures import drawing, fitted, picture_faults
from editorial.render.docx.sides import (
    SAME,
    Loose,
    Sides,
    all_as,
    change_at,
    field_stretches,
    label_words,
    on_side,
    part_change,
    text_stretches,
    words_as,
)
from editorial.render.docx.tables import set_table
from editorial.render.docx.tracked import whole_paragraph, wrapped
from editorial.render.docx.wordml import ON, paragraph, run, val
from editorial.render.titles import listed_level

DEEPEST = 8  # Word knows outline levels 0 to 8
FIGURE_SHARE = 0.55  # of the page's depth at most


def set_heading(scope: Scope, style: str) -> str:
    """The title of a part; in a 花脸稿 with what changed in it, or coming and going whole."""
    part, galley = scope.part, scope.galley
    change = part_change(galley.redline, part.id)
    words = set_stretches(scope, text_stretches(change, "title", part.title))
    content = bookmarked(galley.anchors.parts[part.id], words)
    level = val(part.level - 1)
    gone = heading_change(change)
    return whole_paragraph(galley.revisions, gone, content, style, outlineLvl=level)


def set_blocks(scope: Scope) -> list[str]:
    """Paragraphs and tables of one part in reading order."""
    set_ = [piece for places in placed(scope) for piece in set_placed(scope, places)]
    return [*set_, *uncalled(scope)]


def placed(scope: Scope) -> list[tuple[int, ...]]:
    """The blocks of a part by index, figures of one row together. None stand in rows in a
    花脸稿: Word tracks no picture that goes from a row."""
    blocks = scope.part.blocks
    if scope.galley.redline:
        return [(index,) for index in range(len(blocks))]
    rows = rows_of(blocks)
    return [
        rows.get(index, (index,))
        for index, block in enumerate(blocks)
        if index in rows or not isinstance(block, Figure)
    ]


def set_placed(scope: Scope, places: tuple[int, ...]) -> list[str]:
    """A block, or figures side by side; one after the other where one would be too narrow."""
    blocks = scope.part.blocks
    figures = [block for each in places if isinstance(block := blocks[each], Figure)]
    if len(places) > 1:
        figures = in_row(scope, figures, round(scope.galley.page.depth * FIGURE_SHARE))
    if len(places) == 1 or min(each.width for each in figures) < NARROWEST:
        return [piece for each in places for piece in set_marked(scope, blocks[each], each)]
    cells = [set_marked(scope, one, each) for one, each in zip(figures, places, strict=True)]
    return row_of(figures, cells)


def set_marked(scope: Scope, block: Block, index: int) -> list[str]:
    """One block, with its mark for the way home, what is asked of it and what the index says."""
    pieces = set_block(scope, block, index)
    if not pieces:  # a table without cells whose title is not printed
        return []
    first = 1 if isinstance(block, Table) and "<w:sectPr>" in pieces[0] else 0  # one that lies
    set_ = marked(scope, block, index, pieces[first:])
    if subjects := scope.galley.subjects.get((scope.part.id, index)):
        at = len(set_) - 1 if isinstance(block, Figure) else 0
        set_[at] = indexed(subjects, set_[at])
    if isinstance(block, Entry) and set_ and lists_entries(scope.galley):
        set_[0] = listed_entry(block.title, listed_level(scope.part, index), set_[0])
    return [*pieces[:first], *set_]


def set_block(scope: Scope, block: Block, index: int) -> list[str]:
    scope = _at(scope, index)
    style, look = form_look(scope, block, index)
    look = {**look, **beside_frame(scope, index)}
    match block:
        case Paragraph(runs=runs):
            return [_paragraph(scope, set_field(scope, "runs", runs), style, **look)]
        case Entry():
            return [_paragraph(scope, _entry(scope, block), style, **look)]
        case Heading():
            level = min(scope.part.level + block.level - 1, DEEPEST)
            words = set_field(scope, "runs", block.runs)
            style = f"Subheading{min(block.level, len(HEADINGS))}".removesuffix("1")
            return [_paragraph(scope, words, style, outlineLvl=val(level))]
        case Table():
            return _table(scope, block, index)
        case Figure():
            return _figure(scope, block, index)
        case Signature():
            words = set_stretches(scope, signature_line(scope.change or SAME, block))
            return [_paragraph(scope, words, "Signature")]
        case Break():
            return [_paragraph(scope, "", **look)]
        case Comment() | Note():
            return []


def _at(scope: Scope, index: int) -> Scope:
    """The scope of one block of a 花脸稿 that differs; of any other as it is."""
    if scope.galley.redline is None:
        return scope
    change = change_at(scope.galley.redline, scope.part.id, index)
    return replace(scope, change=change) if change else scope


def _paragraph(scope: Scope, content: str, style: str = "", **children: str) -> str:
    """A paragraph that comes and goes with its block."""
    change = scope.change.change if scope.change else None
    return whole_paragraph(scope.galley.revisions, change, content, style, **children)


def uncalled(scope: Scope) -> list[str]:
    """Notes no mark calls for come after the text: no words of a manuscript get lost."""
    if scope.sides:
        return [_loose(scope, scope.sides, loose) for loose in scope.sides.loose]
    notes = [block for block in scope.part.blocks if isinstance(block, Note)]
    if not notes:
        return []
    pieces = (piece for block in scope.part.blocks for piece in _runs_in(block))
    called = {piece.target for piece in pieces if piece.kind == "note"}
    return [
        paragraph(run(f"〔{note.label}〕") + set_runs(scope, note.runs), "FootnoteText")
        for note in notes
        if note.label not in called or scope.notes[note.label] is not note
    ]


def _runs_in(block: Block) -> Runs:
    match block:
        case Paragraph(runs=runs) | Entry(runs=runs) | Heading(runs=runs):
            return runs
        case Table(rows=rows):
            return tuple(piece for row in rows for cell in row if cell for piece in cell.runs)
        case _:
            return ()


def _loose(scope: Scope, sides: Sides, loose: Loose) -> str:
    note, why = loose.placed.note, loose.why
    words = field_stretches(loose.placed.change, "runs", note.runs)
    words = all_as(why, on_side(words, why.kind)) if why else words
    label = label_words(sides, note.label, why)
    content = set_stretches(scope, (*words_as(why, "〔"), *label, *words_as(why, "〕"), *words))
    return whole_paragraph(scope.galley.revisions, why, content, "FootnoteText")


def _entry(scope: Scope, entry: Entry) -> str:
    """【条目标题】 run in, a full space before the text (DOMAIN 4.3)."""
    if scope.change:
        title = set_stretches(scope, entry_title(scope.change, entry), rStyle=val("EntryTitle"))
        return title + set_stretches(scope, entry_words(scope.change, entry))
    named = (Run(text="【"), *title_of(entry), Run(text="】"))
    title = set_runs(scope, named, rStyle=val("EntryTitle"))
    marks = title_marks(entry.runs)
    words = entry.runs[marks:]
    space = (Run(text="　"),) if spaced(words) else ()
    return title + set_runs(scope, (*entry.runs[:marks], *space, *words))


def _table(scope: Scope, table: Table, index: int) -> list[str]:
    change, number = scope.change or SAME, scope.galley.numbers.get((scope.part.id, index), "")
    mark = scope.galley.anchors.placed.get((scope.part.id, index))
    title = _caption(scope, mark, table_title(change, number, table))
    unit = unit_line(change, table)
    gone, revisions = grid_change(change, table), scope.galley.revisions
    set_unit = whole_paragraph(
        revisions, line_change(unit), set_stretches(scope, unit), "TableUnit"
    )
    style = "TableTitle" if number else "TableTitleLoose"
    set_title = [] if table.plain else [_paragraph(scope, title, style)]
    above = [*set_title, *([set_unit] if unit else [])]
    end = whole_paragraph(revisions, gone, "", "TableEnd")
    return set_table(scope, table, above, end, number)


def _caption(scope: Scope, mark: Bookmark | None, words: Stretches) -> str:
    """Number and title. The bookmark is round the number alone, for fields that repeat it; in a
    花脸稿 round all, as the number may be another in each text."""
    if mark is None or scope.galley.revisions:
        return bookmarked(mark, set_stretches(scope, words))
    title = words[1:] if mark.said else words
    return bookmarked(mark, run(mark.said)) + set_runs(scope, tuple(each.run for each in title))


def _figure(scope: Scope, figure: Figure, index: int) -> list[str]:
    change, number = scope.change or SAME, scope.galley.numbers.get((scope.part.id, index), "")
    mark = scope.galley.anchors.placed.get((scope.part.id, index))
    title = _caption(scope, mark, figure_title(change, number, figure))
    credit = set_stretches(scope, figure_credit(change, figure), rStyle=val("FigureCredit"))
    place: dict[str, str] = {}
    if stands_aside(scope.part.blocks, index):
        figure, place = set_aside(scope, figure)
    picture = wrapped(scope.galley.revisions, change.change, _picture(scope, figure, number))
    style = "FigureTitle" if number else "FigureTitleLoose"
    return [
        _paragraph(scope, picture, "Picture", keepNext=ON, **place),
        _paragraph(scope, title + credit, style, **place),
    ]


def _picture(scope: Scope, figure: Figure, number: str) -> str:
    galley, where = scope.galley, scope.part.id
    path = scope.part.images.get(figure.src)
    picture = galley.pictures.take(path) if path else None
    if picture is None or path is None:
        if path:
            galley.findings.extend(picture_faults(where, figure, path, None, 0))
        return _missing(scope, figure, "图片无法读取" if path and path.exists() else "缺图")
    relation = galley.relations.add("image", picture.target)
    tallest = round(galley.page.depth * FIGURE_SHARE)
    size = fitted(picture, galley.page.measure, tallest, figure.width)
    galley.findings.extend(picture_faults(where, figure, path, picture, size[0]))
    told = as_printed(galley.style, figure.title) or number
    return drawing(relation, galley.pictures.next_id(), size, told)


def _missing(scope: Scope, figure: Figure, reason: str) -> str:
    name = PurePosixPath(figure.src.replace("\\", "/")).name or "未写文件名"
    return run(f"【{reason}：{name}】", **(STRIKING if scope.galley.marks else {}))
