"""typst on the transcribed book: one compile, or one process that compiles after each edit.

python bench/typst_run.py FOLDER OUT default|best|lines|best-lines [FIRST_EDIT EDITS]
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import typst

# What made a difference of all that was tried: (inputs of the source, options of the compile).
SETTINGS = {
    "default": ({}, {}),
    "best": ({"simple": "yes"}, {"pdf_tags": False}),
    "lines": ({"lines": "yes"}, {}),
    "best-lines": ({"simple": "yes", "lines": "yes"}, {"pdf_tags": False}),
}


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    inputs, options = SETTINGS[sys.argv[3]]
    if len(sys.argv) > 4:
        first, edits = int(sys.argv[4]), int(sys.argv[5])
        print(json.dumps(after_edits(folder, out, inputs, options, range(first, first + edits))))
    else:
        compiler(folder / "book.typ", inputs).compile(output=str(out), **options)


def compiler(source: Path, inputs: dict) -> typst.Compiler:
    """Pictures are given by full paths, so the root is the root."""
    return typst.Compiler(
        str(source),
        root="/",
        font_paths=[str(source.parent / "faces")],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


def after_edits(folder: Path, out: Path, inputs: dict, options: dict, numbers: range) -> dict:
    from edit import edited, load_spot

    source = (folder / "book.typ").read_text("utf-8")
    sentence = load_spot(folder / "spot.json").typst
    working = folder / "again.typ"
    working.write_text(source, "utf-8")
    press = compiler(working, inputs)
    before, walls, cpus = press.compile(**options), [], []
    for number in numbers:
        working.write_text(edited(source, sentence, number), "utf-8")
        wall, cpu = time.perf_counter(), time.process_time()
        after = press.compile(**options)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        assert after != before, "the edit is not in the book"
        before = after
    out.write_bytes(before)
    return {"walls": walls, "cpus": cpus}


if __name__ == "__main__":
    main()
