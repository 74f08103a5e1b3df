"""make bench: 核红 by machine on books set by other programs, with the truth known.

    python -m bench.proof [--chars 200000] [--seeds 5] [--only typst,office]

Each book is set twice, the second time with corrections carried out, left out and done
wrongly, with changes nobody asked for, and in a smaller size, so that every line breaks
anew. Printed are precision and recall of each class (done, undone, wrong, unasked), the
wall time of the whole command, and every fault; nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from editorial.cli.table import table
from tests.desk.red_book import Case, spoilt
from tests.desk.red_press import office, typeset
from tests.desk.red_truth import CLASSES, scored, write_list

ROOT = Path(__file__).resolve().parents[1]
PRESSES = {"typst": typeset, "office": office}
NAMES = {"typst": "typst", "office": "LibreOffice"}
WORDS = {"done": "已改", "undone": "未改", "wrong": "改错", "unasked": "未要求"}
PER_BOOK = 200_000
LIMIT = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=PER_BOOK)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", default=",".join(PRESSES))
    args = parser.parse_args()
    rows, faults = [], []
    for name in args.only.split(","):
        if name == "office" and not shutil.which("soffice"):
            print("没有 LibreOffice，跳过", file=sys.stderr)
            continue
        for seed in range(1, args.seeds + 1):
            row, found = measured(name, seed, args.chars)
            rows.append(row)
            faults += [f"{name} {seed}: {fault}" for fault in found]
    head = ("排版", "种子", *(WORDS[each] for each in CLASSES), f"秒（限{LIMIT}）")
    print("\n".join(table(head, rows)))
    print("每格：报出的有几成是真（查准）/ 真有的报出几成（查全）")
    print("\n".join(faults))


def measured(name: str, seed: int, chars: int) -> tuple[tuple[str, ...], list[str]]:
    case = book(seed, chars)
    with tempfile.TemporaryDirectory() as folder:
        try:
            old = PRESSES[name](case.parts, Path(folder) / "old.pdf")
            new = PRESSES[name](case.came, Path(folder) / "new.pdf", size="10.4pt")
        except subprocess.CalledProcessError:
            return (NAMES[name], str(seed), *["排版软件自己中止"] * len(CLASSES), "-"), []
        told, seconds = checked(old, new, write_list(case, old, Path(folder) / "list.csv"))
    scores, faults = scored(case, told)
    cells = [f"{both / max(1, said):.1%}/{both / true:.1%}" for said, true, both in scores.values()]
    return (NAMES[name], str(seed), *cells, f"{seconds:.1f}"), faults


def book(seed: int, chars: int) -> Case:
    share = chars / PER_BOOK
    asked, undone, wrong, unasked = (max(1, round(n * share)) for n in (500, 40, 20, 30))
    return spoilt(seed, chars, asked, undone, wrong, unasked)


def checked(old: Path, new: Path, corrections: Path) -> tuple[dict, float]:
    words = ["--old", old, "--new", new, "--corrections", corrections, "--json"]
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "editorial", "proof", "check", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    seconds = time.perf_counter() - start
    if run.returncode > 1:
        sys.exit(run.stderr)
    return json.loads(run.stdout), seconds


if __name__ == "__main__":
    main()
