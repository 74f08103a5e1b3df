"""make bench: the PDF of a draft beside typst and naive reportlab, in one interleaved run.

    python bench/pdf.py [--chars 110000 1100000] [--rounds 3] [--only ours,typst]

Every program sets the same book in the same faces, each time in a process of its own, one
after another in turn. Printed are medians (least-most), and the ratios that are promised
with their limits; nothing is asserted. Cold means: no cache of laid-out sections and none
of parsed records. The edited paragraph, the same for all, lies in the middle of the book.

typst 最快 is untagged and breaks lines first-fit; 加行号 numbers every fifth line, as our
评议稿 does. Naive reportlab sets its text in the Hei: it takes no CFF outlines.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise
from pathlib import Path

import pikepdf
from edit import edit_workspace
from measure import Sample, run

from editorial.cli.table import table

HERE = Path(__file__).parent
CACHES = ("laid", "parsed")
EDITS = 5
FULL = 1_100_000
MIB = 2**20


@dataclass(slots=True, kw_only=True)
class Shop:
    """A workspace of one size, and the folder where its book lies transcribed."""

    chars: int
    root: Path
    folder: Path
    warm: bool = False
    numbers: Iterator[int] = field(default_factory=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One PDF made: seconds, MiB of memory at the peak, MiB of file, pages."""

    wall: float
    cpu: float
    peak: float
    size: float
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    label: str
    make: Callable[[Shop], list[Taken]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """`measure` of `ours` over that of `peer` (alone, when it has none); limit 0: none promised."""

    label: str
    ours: str
    peer: str = ""
    measure: str = "wall"
    limit: float = 0


Results = dict[tuple[int, str], list[Taken]]


# Cases


def whole(shop: Shop) -> list[Taken]:
    """The command, from the shell to the file."""
    out = shop.folder / "ours"
    shutil.rmtree(out, ignore_errors=True)
    words = ["-C", str(shop.root), "draft", "--format", "pdf", "--out", str(out)]
    sample = run([sys.executable, "-m", "editorial", *words])
    shop.warm = True
    return [taken(sample, next(out.glob("*.pdf")))]


def cold(shop: Shop) -> list[Taken]:
    edit_workspace(shop.folder, shop.root, next(shop.numbers))
    for name in CACHES:
        shutil.rmtree(shop.root / ".git/editorial" / name, ignore_errors=True)
    return whole(shop)


def warm(shop: Shop) -> list[Taken]:
    if not shop.warm:
        whole(shop)
    edit_workspace(shop.folder, shop.root, next(shop.numbers))
    return whole(shop)


def again(shop: Shop) -> list[Taken]:
    sample = script(["again.py", str(shop.root), str(shop.folder), *series(shop)])
    told = json.loads(sample.said)
    return edits(sample, told["size"], told["pages"])


def typst(settings: str) -> Callable[[Shop], list[Taken]]:
    def once(shop: Shop) -> list[Taken]:
        out = shop.folder / "typst.pdf"
        return [taken(script(["typst_run.py", str(shop.folder), str(out), settings]), out)]

    return once


def typst_again(settings: str) -> Callable[[Shop], list[Taken]]:
    def compiled(shop: Shop) -> list[Taken]:
        out = shop.folder / "typst.pdf"
        words = ["typst_run.py", str(shop.folder), str(out), settings, *series(shop)]
        sample = script(words)
        return edits(sample, out.stat().st_size, pages_of(out))

    return compiled


def naive(shop: Shop) -> list[Taken]:
    out = shop.folder / "naive.pdf"
    return [taken(script(["naive.py", str(shop.folder), str(out)]), out)]


CASES = (
    Case(name="ours-cold", label="本程序 冷", make=cold),
    Case(name="typst", label="typst 默认", make=typst("default")),
    Case(name="typst-best", label="typst 最快", make=typst("best")),
    Case(name="typst-lines", label="typst 默认加行号", make=typst("lines")),
    Case(name="typst-best-lines", label="typst 最快加行号", make=typst("best-lines")),
    Case(name="ours-warm", label="本程序 改一段 新进程", make=warm),
    Case(name="ours-again", label="本程序 改一段 同进程", make=again),
    Case(name="typst-again", label="typst 默认 改一段 同进程", make=typst_again("default")),
    Case(name="typst-best-again", label="typst 最快 改一段 同进程", make=typst_again("best")),
    Case(name="naive", label="reportlab 常规写法", make=naive),
)

RATIOS = (
    Ratio(label="冷 / typst 默认，墙钟", ours="ours-cold", peer="typst", limit=0.3),
    Ratio(label="冷 / typst 最快，墙钟", ours="ours-cold", peer="typst-best", limit=0.5),
    Ratio(label="冷 / typst 默认加行号，墙钟", ours="ours-cold", peer="typst-lines"),
    Ratio(label="冷 / typst 最快加行号，墙钟", ours="ours-cold", peer="typst-best-lines"),
    Ratio(label="冷 / reportlab，CPU", ours="ours-cold", peer="naive", measure="cpu", limit=0.05),
    Ratio(label="冷，内存峰值 MiB", ours="ours-cold", measure="peak", limit=350),
    Ratio(label="改一段同进程 / typst 默认", ours="ours-again", peer="typst-again", limit=0.25),
    Ratio(label="改一段同进程 / typst 最快", ours="ours-again", peer="typst-best-again"),
    Ratio(label="改一段新进程 / 冷，墙钟", ours="ours-warm", peer="ours-cold", limit=0.6),
)


# Measuring


def script(words: list[str]) -> Sample:
    return run([sys.executable, str(HERE / words[0]), *words[1:]])


def taken(sample: Sample, path: Path) -> Taken:
    return Taken(
        wall=sample.wall,
        cpu=sample.cpu,
        peak=sample.peak,
        size=path.stat().st_size / MIB,
        pages=pages_of(path),
    )


def edits(sample: Sample, size: int, pages: int) -> list[Taken]:
    told = json.loads(sample.said)
    return [
        Taken(wall=wall, cpu=cpu, peak=sample.peak, size=size / MIB, pages=pages)
        for wall, cpu in zip(told["walls"], told["cpus"], strict=True)
    ]


def series(shop: Shop) -> tuple[str, str]:
    """The number of the first of so many edits, and how many."""
    first = next(shop.numbers)
    for _ in range(EDITS - 1):
        next(shop.numbers)
    return str(first), str(EDITS)


def pages_of(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def opened(chars: int, folder: Path) -> Shop:
    root = folder / f"w{chars}"
    run([sys.executable, "-m", "editorial", "init", str(root), "--chars", str(chars)])
    for key, value in (("name", "测速"), ("email", "bench@example.org")):
        subprocess.run(["git", "-C", str(root), "config", f"user.{key}", value], check=True)
    shop = Shop(chars=chars, root=root, folder=folder / f"book{chars}")
    script(["transcribe.py", str(root), str(shop.folder)])
    return shop


def measured(shops: list[Shop], cases: list[Case], rounds: int) -> Results:
    results: Results = {}
    for number in range(1, rounds + 1):
        for shop in shops:
            for case in cases:
                say(f"第{number}轮　{shop.chars:,}字　{case.label}")
                results.setdefault((shop.chars, case.name), []).extend(case.make(shop))
    return results


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


# Telling


def told(results: Results, chars: int, cases: list[Case]) -> Iterator[str]:
    yield f"\n{chars:,}字"
    head = ("", "墙钟 s（最小–最大）", "CPU s", "峰值 MiB", "文件 MiB", "页")
    yield from table(head, [row(case.label, results[chars, case.name]) for case in cases])


def row(label: str, values: list[Taken]) -> tuple[str, ...]:
    walls = [each.wall for each in values]
    return (
        label,
        f"{statistics.median(walls):.2f} ({min(walls):.2f}–{max(walls):.2f})",
        f"{median(values, 'cpu'):.2f}",
        f"{max(each.peak for each in values):.0f}",
        f"{values[-1].size:.1f}",
        str(values[-1].pages),
    )


def median(values: Iterable[Taken], measure: str) -> float:
    return statistics.median(getattr(each, measure) for each in values)


def ratios(results: Results, chars: int) -> Iterator[str]:
    names = {name for size, name in results if size == chars}
    known = [each for each in RATIOS if {each.ours, each.peer or each.ours} <= names]
    if known:
        yield ""
        rows = [verdict(results, chars, each) for each in known]
        yield from table(("比值", "实测", "限值", "判断"), rows)


def verdict(results: Results, chars: int, ratio: Ratio) -> tuple[str, ...]:
    """Limits are promised for the book of `FULL` characters; other sizes only show their ratios."""
    value = median(results[chars, ratio.ours], ratio.measure)
    if ratio.peer:
        value /= median(results[chars, ratio.peer], ratio.measure)
    if not ratio.limit:
        return ratio.label, f"{value:.3g}", "", "—"
    kept = "—" if chars != FULL else "达到" if value <= ratio.limit else "未达到"
    return ratio.label, f"{value:.3g}", f"≤ {ratio.limit:g}", kept


def growth(results: Results, sizes: list[int]) -> Iterator[str]:
    """How the cold build grows with the book; linear is no faster than the characters."""
    known = [size for size in sizes if (size, "ours-cold") in results]
    rows = [grown(results, small, large) for small, large in pairwise(known)]
    if rows:
        yield "\n增长（本程序 冷）"
        yield from table(("字数", "字数×", "墙钟×", "CPU×", "内存×", "线性"), rows)


def grown(results: Results, small: int, large: int) -> tuple[str, ...]:
    factors = [
        median(results[large, "ours-cold"], measure) / median(results[small, "ours-cold"], measure)
        for measure in ("wall", "cpu", "peak")
    ]
    more = large / small
    linear = "达到" if factors[1] <= 1.1 * more else "未达到"
    return f"{small:,} → {large:,}", f"{more:.2f}", *(f"{f:.2f}" for f in factors), linear


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--chars", type=int, nargs="+", default=[110_000, FULL])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="names, or their beginnings: ours,typst")
    args = parser.parse_args()
    wanted = tuple(args.only.split(","))
    cases = [case for case in CASES if case.name.startswith(wanted)]
    sizes = sorted({*args.chars, *([FULL] if max(args.chars) > FULL else [])})
    with tempfile.TemporaryDirectory() as folder:
        shops = [opened(chars, Path(folder)) for chars in sizes]
        say(f"负载 {os.getloadavg()[0]:.1f}，{os.cpu_count()} 核")
        results = measured(shops, cases, args.rounds)
    for chars in sizes:
        print(*told(results, chars, cases), *ratios(results, chars), sep="\n")
    print(*growth(results, sizes), sep="\n")


if __name__ == "__main__":
    main()
