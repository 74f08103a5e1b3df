"""The transcribed book as the markdown pandoc makes a .docx of: book.md.

    python bench/pandoc_source.py FOLDER

Pipe tables have no spans: a cell that covers others leaves them empty.
"""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from editorial.model import document as text
from editorial.model.book import Book, Part, edition_name

MARKUP = re.compile(r"[\\`*_{}\[\]()#+\-.!|<>~^$@\"']")
AROUND = {"emphasis": "**", "superscript": "^", "subscript": "~"}


def main() -> None:
    folder = Path(sys.argv[1])
    book, _ = pickle.loads((folder / "book.pickle").read_bytes())
    (folder / "book.md").write_text("\n\n".join(pieces(book)) + "\n", "utf-8")


def pieces(book: Book) -> Iterator[str]:
    imprint = book.imprint
    yield f"---\ntitle: {imprint.title}\nsubtitle: {imprint.label}{edition_name(imprint)}\n---"
    yield f"# {book.notes_title}"
    yield from map(escaped, book.editorial_notes)
    for number, part in enumerate(book.parts):
        yield f"{'#' * part.level} {escaped(part.title)}"
        for at, block in enumerate(part.blocks):
            yield from source(block, part, number, book.numbers.get((part.id, at), ""))


def source(block: text.Block, part: Part, number: int, label: str) -> Iterator[str]:
    match block:
        case text.Heading(runs=runs):
            yield f"#### {marked(runs, number)}"
        case text.Entry(title=title, runs=runs):
            yield f"**【{escaped(title)}】**　{marked(runs, number)}"
        case text.Paragraph(runs=runs):
            yield marked(runs, number)
        case text.Table(title=title, unit=unit, rows=rows):
            head, *body = (row_of(row, number) for row in rows)
            lines = "\n".join([head, "|" + "---|" * len(rows[0]), *body])
            yield f"{lines}\n\n: {label}　{escaped(title)}　单位：{escaped(unit)}"
        case text.Figure(src=src, title=title, credit=credit):
            path = part.images.get(src, "")
            yield f"![{label}　{escaped(title)}（{escaped(credit)}）](<{path}>)"
        case text.Note(label=name, runs=runs):
            yield f"[^{number}-{name}]: {marked(runs, number)}"
        case text.Signature(text=words):
            yield f"（{escaped(words)}）"


def row_of(row: tuple[text.Cell | None, ...], number: int) -> str:
    return "|" + "|".join(marked(cell.runs, number) if cell else "" for cell in row) + "|"


def marked(runs: text.Runs, number: int) -> str:
    return "".join(_marked(run, number) for run in runs)


def _marked(run: text.Run, number: int) -> str:
    if run.kind == "note":
        return f"[^{number}-{run.target}]"
    around = AROUND.get(run.kind, "")
    return f"{around}{escaped(run.text)}{around}"


def escaped(words: str) -> str:
    return MARKUP.sub(r"\\\g<0>", words.replace("\n", " "))


if __name__ == "__main__":
    main()
