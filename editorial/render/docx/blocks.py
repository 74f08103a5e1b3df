"""The blocks of a section as paragraphs and tables."""

from __future__ import annotations

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
    Runs,
    Signature,
    Table,
)
from editorial.render.docx.galley import Scope, bookmarked
from editorial.render.docx.inline import STRIKING, set_runs, text
from editorial.render.docx.pictures import drawing, fitted
from editorial.render.docx.tables import set_table
from editorial.render.docx.wordml import ON, paragraph, run, val

DEEPEST = 8  # Word knows outline levels 0 to 8
FIGURE_SHARE = 0.55  # of the page's depth at most


def set_blocks(scope: Scope) -> list[str]:
    """Paragraphs and tables of one part in reading order."""
    blocks = enumerate(scope.part.blocks)
    set_ = [piece for index, block in blocks for piece in set_block(scope, block, index)]
    return [*set_, *_uncalled(scope)]


def set_block(scope: Scope, block: Block, index: int) -> list[str]:
    match block:
        case Paragraph(runs=runs):
            return [paragraph(set_runs(scope, runs))]
        case Entry():
            return [paragraph(_entry(scope, block))]
        case Heading():
            level = min(scope.part.level + block.level - 1, DEEPEST)
            words = set_runs(scope, block.runs)
            return [paragraph(words, "Subheading", outlineLvl=val(level))]
        case Table():
            return _table(scope, block, index)
        case Figure():
            return _figure(scope, block, index)
        case Signature(text=words):
            return [paragraph(text(scope, f"（{words}）"), "Signature")]
        case Break():
            return [paragraph("")]
        case Comment() | Note():
            return []


def _uncalled(scope: Scope) -> list[str]:
    """Notes no mark calls for come after the text: no words of a manuscript get lost."""
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


def _entry(scope: Scope, entry: Entry) -> str:
    """【条目标题】 run in, a full space before the text (DOMAIN 4.3)."""
    title = text(scope, f"【{entry.title}】", rStyle=val("EntryTitle"))
    words = set_runs(scope, entry.runs)
    spaced = not entry.runs or entry.runs[0].text.startswith(("　", " "))
    return title + ("" if spaced else run("　")) + words


def _table(scope: Scope, table: Table, index: int) -> list[str]:
    number = scope.galley.numbers[scope.part.id, index]
    mark = scope.galley.anchors.blocks.get((scope.part.id, table.id))
    title = bookmarked(mark, text(scope, f"{number}　{table.title}" if table.title else number))
    unit = [paragraph(run(f"单位：{table.unit}"), "TableUnit")] if table.unit else []
    grid = set_table(scope, table)
    # Word joins two tables that touch, so a thin paragraph closes each.
    body = [grid, paragraph("", "TableEnd")] if grid else []
    return [paragraph(title, "TableTitle"), *unit, *body]


def _figure(scope: Scope, figure: Figure, index: int) -> list[str]:
    number = scope.galley.numbers[scope.part.id, index]
    mark = scope.galley.anchors.blocks.get((scope.part.id, figure.id))
    caption = f"{number}　{figure.title}" if figure.title else number
    if figure.credit:
        caption += f"（{figure.credit}）"
    picture = _picture(scope, figure)
    return [
        paragraph(picture, "Picture", keepNext=ON),
        paragraph(bookmarked(mark, text(scope, caption)), "FigureTitle"),
    ]


def _picture(scope: Scope, figure: Figure) -> str:
    galley = scope.galley
    path = scope.part.images.get(figure.src)
    picture = galley.pictures.take(path) if path else None
    if picture is None:
        return _missing(scope, figure, "图片无法读取" if path and path.exists() else "缺图")
    relation = galley.relations.add("image", picture.target)
    size = fitted(picture, galley.page.measure, round(galley.page.depth * FIGURE_SHARE))
    return drawing(relation, galley.pictures.next_id(), size, figure.title or figure.src)


def _missing(scope: Scope, figure: Figure, reason: str) -> str:
    name = PurePosixPath(figure.src.replace("\\", "/")).name or "未写文件名"
    return run(f"【{reason}：{name}】", **(STRIKING if scope.galley.marks else {}))
