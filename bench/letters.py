"""make bench: a batch of letters from the list of items to the outbox, beside one full draft.

    python bench/letters.py [--chars 1100000] [--letters 120] [--rounds 3]

Each round takes a fresh copy of the same workspace, so that nothing laid out before helps, and
runs whole commands one after another: the draft (PDF and DOCX), then the letters — drafted,
signed (公函 PDF and DOCX and the unit's 稿件摘录), sent to the outbox as .eml — and the register
of all. Printed are medians (least-most) and ratios of CPU; nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Sample, run

from editorial.cli.table import table

EDITORIAL = [sys.executable, "-m", "editorial"]
HERE = Path(__file__).parent
BATCH = ("letter new", "letter approve", "letter send")
PAPERS = ("公函.pdf", "公函.docx", "稿件摘录.docx", "message.eml")


def commands(items: Path) -> dict[str, list[str]]:
    return {
        "draft": ["draft"],
        "letter new": ["letter", "new", "--all", "--items", str(items), "--due", "+20"],
        "letter approve": ["letter", "approve", "--batch", "1"],
        "letter send": ["letter", "send", "--batch", "1"],
        "letter ledger": ["letter", "ledger"],
    }


def prepared(folder: Path, chars: int, letters: int) -> tuple[Path, Path]:
    root, items = folder / "w", folder / "items.csv"
    run([*EDITORIAL, "init", str(root), "--chars", str(chars)])
    for key, value in (("name", "测速"), ("email", "bench@example.org")):
        subprocess.run(["git", "-C", str(root), "config", f"user.{key}", value], check=True)
    run([sys.executable, str(HERE / "letter_items.py"), str(root), str(items), str(letters)])
    return root, items


def one_round(root: Path, items: Path, folder: Path) -> dict[str, Sample]:
    copy = folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, symlinks=True)
    words = commands(items).items()
    return {name: run([*EDITORIAL, "-C", str(copy), *each]) for name, each in words}


def made(folder: Path) -> dict[str, list[int]]:
    """Sizes in bytes of every paper made, by name."""
    found = {name: list(folder.glob(f"copy/volumes/*/letters/*/{name}")) for name in PAPERS}
    return {name: [path.stat().st_size for path in paths] for name, paths in found.items()}


def cpu(samples: list[Sample]) -> str:
    values = [each.cpu for each in samples]
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def told(rounds: list[dict[str, Sample]], letters: int) -> list[str]:
    by_name = {name: [each[name] for each in rounds] for name in rounds[0]}
    by_name[f"{letters}封函，合计"] = [_sum(each) for each in rounds]
    head = ("", "墙钟 s", "CPU s（最小–最大）", "每封 ms", "峰值 MiB", "比一次出稿")
    draft = statistics.median(each.cpu for each in by_name["draft"])
    return table(head, [_row(name, by_name[name], letters, draft) for name in by_name])


def _sum(samples: dict[str, Sample]) -> Sample:
    batch = [samples[name] for name in BATCH]
    return Sample(
        wall=sum(each.wall for each in batch),
        cpu=sum(each.cpu for each in batch),
        peak=max(each.peak for each in batch),
        said="",
    )


def _row(name: str, samples: list[Sample], letters: int, draft: float) -> tuple[str, ...]:
    median = statistics.median(each.cpu for each in samples)
    return (
        name,
        f"{statistics.median(each.wall for each in samples):.2f}",
        cpu(samples),
        "-" if name == "draft" else f"{1000 * median / letters:.0f}",
        f"{max(each.peak for each in samples):.0f}",
        f"{median / draft:.2f}",
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--chars", type=int, default=1_100_000)
    parser.add_argument("--letters", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"负载 {os.getloadavg()[0]:.1f}，{os.cpu_count()} 核", file=sys.stderr)
        root, items = prepared(folder, args.chars, args.letters)
        rounds = [one_round(root, items, folder) for _ in range(args.rounds)]
        print(f"\n{args.letters}封函，{args.chars:,}字的书")
        print(*told(rounds, args.letters), sep="\n")
        sizes = {paper: found for paper, found in made(folder).items() if found}
        listed = (f"{k} {len(v)}份，平均{sum(v) // len(v):,}字节" for k, v in sizes.items())
        print("；".join(listed))


if __name__ == "__main__":
    main()
