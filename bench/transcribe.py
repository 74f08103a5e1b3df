"""One book, set out for every program: book.pickle, book.typ, the faces, and the spot to edit.

    python bench/transcribe.py WORKSPACE FOLDER

All of this is outside the timing.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import uharfbuzz as hb
from edit import Spot, save_spot
from fontTools.ttLib import TTFont
from given import Given, book_of, given
from typst_source import HEI, SONG, escaped, typst_source

from editorial.model.book import Book
from editorial.model.document import Entry, Paragraph
from editorial.render.fonts import LocatedFace

NAIVE = "Bench Naive"
FAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC, SUBFAMILY = 1, 4, 6, 16, 2


def main() -> None:
    root, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    it = given(root)
    book = book_of(it)
    source = typst_source(book, it.style)
    (folder / "book.typ").write_text(source, "utf-8")
    (folder / "book.pickle").write_bytes(pickle.dumps((book, it.style)))
    spot = find_spot(it, book, source)
    save_spot(spot, folder / "spot.json")
    (folder / "section.md").write_text((root / spot.path).read_text("utf-8"), "utf-8")
    write_faces(it, folder / "faces")


def find_spot(it: Given, book: Book, source: str) -> Spot:
    """The sentence nearest to the middle of the book that stands only once in both texts."""
    parts = book.parts[len(book.parts) // 2 :]
    for section, sentence in ((p.id, s) for p in parts for s in _sentences(p.blocks)):
        path = f"volumes/{it.desk.volume_id}/chapters/{section}.md"
        text, typst = (it.desk.root / path).read_text("utf-8"), escaped(sentence)
        if text.count(sentence) == source.count(typst) == 1:
            return Spot(path=path, sentence=sentence, typst=typst)
    sys.exit("no paragraph to edit in the middle of the book")


def _sentences(blocks: tuple[object, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Entry | Paragraph) and block.runs and len(block.runs[0].text) > 60:
            first, stop, _ = block.runs[0].text.partition("。")
            if stop and len(first) > 12:
                yield first + stop


def write_faces(it: Given, folder: Path) -> None:
    """Static faces under names of our own, so that none on the system can be taken for them.

    Naive reportlab takes TrueType outlines only: without a Song that has them its text is
    set in the Hei's, at the weight of text.
    """
    folder.mkdir(exist_ok=True)
    song, hei = it.fonts.faces("song")[0], it.fonts.faces("hei")[0]
    wanted = {SONG: song, HEI: hei, NAIVE: song if _true_type(song) else _as_text(hei)}
    for name, face in wanted.items():
        _write_face(face, name, folder / f"{name}{'.ttf' if _true_type(face) else '.otf'}")


def _true_type(face: LocatedFace) -> bool:
    return "glyf" in hb.Face(face.path.read_bytes(), face.index).table_tags


def _as_text(face: LocatedFace) -> LocatedFace:
    return LocatedFace(path=face.path, index=face.index, weight=400 if face.weight else 0)


def _write_face(face: LocatedFace, name: str, path: Path) -> None:
    source = hb.Face(face.path.read_bytes(), face.index)
    plan = hb.SubsetInput()
    plan.keep_everything()
    if source.has_var_data:
        plan.pin_all_axes_to_default(source)
        plan.pin_axis_location(source, "wght", face.weight or 400)
    path.write_bytes(hb.subset(source, plan).blob.data)
    with TTFont(path) as font:
        _rename(font, name)
        font.save(path)


def _rename(font: TTFont, name: str) -> None:
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b100001 | 0b1000000
    font["head"].macStyle = 0
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 13, 14)]
    for which in (FAMILY, FULL, TYPOGRAPHIC):
        names.setName(name, which, 3, 1, 0x409)
    names.setName(name.replace(" ", ""), POSTSCRIPT, 3, 1, 0x409)
    names.setName("Regular", SUBFAMILY, 3, 1, 0x409)


if __name__ == "__main__":
    main()
