"""make bench: the DOCX of a draft beside naive python-docx and pandoc, in one interleaved run.

    python bench/word.py [--chars 110000 1100000] [--grow 5500000] [--rounds 3] [--only ours]

Every program writes the same book, each time in a process of its own, one after another in
turn. Printed are medians (least-most), and the ratios that are promised with their limits;
nothing is asserted. `--grow` is a size for our own program alone, to see that it is linear.

冷 has no parsed records from before; 只写 DOCX is given the book. Neither peer knows page
numbers, running heads of chapters or spans in the pipe tables of pandoc; naive python-docx has
no footnotes either.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from measure import Sample, run
from pdf import (
    CACHES,
    FULL,
    MIB,
    Case,
    Ratio,
    Results,
    Shop,
    Taken,
    growth,
    measured,
    median,
    opened,
    script,
    verdict,
)

from editorial.cli.table import table

OURS = ("ours-cold",)


def whole(shop: Shop) -> list[Taken]:
    """The command, from the shell to the file."""
    out = shop.folder / "docx"
    shutil.rmtree(out, ignore_errors=True)
    words = ["-C", str(shop.root), "draft", "--format", "docx", "--out", str(out)]
    sample = run([sys.executable, "-m", "editorial", *words])
    return [taken(sample, next(out.glob("*.docx")))]


def cold(shop: Shop) -> list[Taken]:
    for name in CACHES:
        shutil.rmtree(shop.root / ".git/editorial" / name, ignore_errors=True)
    return whole(shop)


def scripted(*words: str) -> Callable[[Shop], list[Taken]]:
    """A script of this folder; its words may name the workspace, the folder and the file."""

    def once(shop: Shop) -> list[Taken]:
        out = shop.folder / "peer.docx"
        places = {"root": shop.root, "folder": shop.folder, "out": out}
        return [taken(script([word.format_map(places) for word in words]), out)]

    return once


def pandoc(shop: Shop) -> list[Taken]:
    source, out = shop.folder / "book.md", shop.folder / "pandoc.docx"
    if not source.exists():
        script(["pandoc_source.py", str(shop.folder)])
    return [taken(run(["pandoc", "--toc", str(source), "-o", str(out)]), out)]


def taken(sample: Sample, path: Path) -> Taken:
    size = path.stat().st_size / MIB
    return Taken(wall=sample.wall, cpu=sample.cpu, peak=sample.peak, size=size, pages=0)


CASES = (
    Case(name="ours-cold", label="本程序 冷", make=cold),
    Case(
        name="ours-alone",
        label="本程序 只写 DOCX",
        make=scripted("docx_alone.py", "{root}", "{folder}", "{out}"),
    ),
    Case(
        name="naive",
        label="python-docx 常规写法",
        make=scripted("naive_docx.py", "{folder}", "{out}"),
    ),
    Case(name="pandoc", label="pandoc", make=pandoc),
)

RATIOS = (
    Ratio(label="冷 / python-docx", ours="ours-cold", peer="naive", measure="cpu", limit=0.1),
    Ratio(label="只写 DOCX / python-docx", ours="ours-alone", peer="naive", measure="cpu"),
    Ratio(label="冷 / pandoc", ours="ours-cold", peer="pandoc", measure="cpu"),
    Ratio(label="冷，内存峰值 MiB", ours="ours-cold", measure="peak", limit=250),
)


def told(results: Results, chars: int, cases: list[Case]) -> Iterator[str]:
    yield f"\n{chars:,}字"
    head = ("", "墙钟 s", "CPU s（最小–最大）", "峰值 MiB", "文件 MiB")
    known = [each for each in cases if (chars, each.name) in results]
    yield from table(head, [row(each.label, results[chars, each.name]) for each in known])
    there = {each.name for each in known}
    rows = [verdict(results, chars, r) for r in RATIOS if {r.ours, r.peer or r.ours} <= there]
    if rows:
        yield ""
        yield from table(("CPU 比值", "实测", "限值", "判断"), rows)


def row(label: str, values: list[Taken]) -> tuple[str, ...]:
    cpus = [each.cpu for each in values]
    return (
        label,
        f"{median(values, 'wall'):.2f}",
        f"{statistics.median(cpus):.2f} ({min(cpus):.2f}–{max(cpus):.2f})",
        f"{max(each.peak for each in values):.0f}",
        f"{values[-1].size:.1f}",
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--chars", type=int, nargs="+", default=[110_000, FULL])
    parser.add_argument("--grow", type=int, default=5 * FULL, help="0: no such book")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="names, or their beginnings: ours,naive")
    args = parser.parse_args()
    wanted = tuple(args.only.split(","))
    cases = [each for each in CASES if each.name.startswith(wanted)]
    if not shutil.which("pandoc"):
        cases = [each for each in cases if each.name != "pandoc"]
    ours = [each for each in cases if each.name in OURS]
    with tempfile.TemporaryDirectory() as name:
        print(f"负载 {os.getloadavg()[0]:.1f}，{os.cpu_count()} 核", file=sys.stderr)
        shops = [opened(chars, Path(name)) for chars in sorted(args.chars)]
        results = measured(shops, cases, args.rounds)
        if args.grow and ours:
            results |= measured([opened(args.grow, Path(name))], ours, 1)
    sizes = sorted({chars for chars, _ in results})
    for chars in sizes:
        print(*told(results, chars, cases), sep="\n")
    print(*growth(results, sizes), sep="\n")


if __name__ == "__main__":
    main()
