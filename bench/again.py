"""One process, the desk open: the whole book out again after each edit.

python bench/again.py WORKSPACE FOLDER FIRST_EDIT EDITS
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from edit import edit_workspace
from given import Given, book_of, given

from editorial.model.book import Printed
from editorial.render.pdf.book import book_pdf


def built(it: Given) -> Printed:
    return book_pdf(book_of(it), it.style, it.fonts, shelf=it.shelf)


def main() -> None:
    root, folder = Path(sys.argv[1]), Path(sys.argv[2])
    first, edits = int(sys.argv[3]), int(sys.argv[4])
    it = given(root)
    before = built(it)
    walls, cpus = [], []
    for number in range(first, first + edits):
        edit_workspace(folder, root, number)
        wall, cpu = time.perf_counter(), time.process_time()
        after = built(it)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        assert after.data != before.data, "the edit is not in the book"
        before = after
    size, pages = len(before.data), before.pages
    print(json.dumps({"walls": walls, "cpus": cpus, "size": size, "pages": pages}))


if __name__ == "__main__":
    main()
