"""Nothing but the transcribed book made a .docx, its pages known: what the writing costs.

python bench/docx_alone.py WORKSPACE FOLDER OUT
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from editorial.desk.office import open_desk
from editorial.memory import uncollected
from editorial.render.docx.book import book_docx
from editorial.store.looks import load_fonts


def main() -> None:
    root, folder, out = map(Path, sys.argv[1:])
    book, style = pickle.loads((folder / "book.pickle").read_bytes())
    fonts = load_fonts(open_desk(root).workspace.files)
    with uncollected():
        out.write_bytes(book_docx(book, style, fonts).data)


if __name__ == "__main__":
    main()
