"""make bench: the main job on a full-size volume, against a bare Textual program.

    python bench/ground.py [--chars 1100000] [--rounds 5]

Prints medians (least-most) of whole processes, run interleaved; nothing is asserted. The
PDF of a draft is measured by pdf.py.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pyte
from measure import interleaved, run, spread

EDITORIAL = [sys.executable, "-m", "editorial"]
BARE = [sys.executable, str(Path(__file__).with_name("bare.py"))]
READ = """
import sys
from datetime import date
from pathlib import Path
from editorial.desk.office import open_desk
from editorial.desk.overview import overview
overview(open_desk(Path(sys.argv[1])), date.today())
"""
ACT = """
import sys, time
from datetime import datetime
from pathlib import Path
from editorial.desk.move import move
from editorial.desk.office import open_desk
desk = open_desk(Path(sys.argv[1]))
start = time.perf_counter()
move(desk, (sys.argv[2],), sys.argv[3], at=datetime.now().astimezone(), note="测速", force=True)
print(time.perf_counter() - start)
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--chars", type=int, default=1_100_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        at_home(Path(folder))
        root = Path(folder) / "w"
        made = run([*EDITORIAL, "init", str(root), "--chars", str(args.chars)])
        print(f"init --chars {args.chars}: {made.wall:.2f} s")
        for key, value in (("name", "测速"), ("email", "bench@example.org")):
            subprocess.run(["git", "-C", str(root), "config", f"user.{key}", value], check=True)
        screens(root, args.rounds)
        commands(root, args.rounds)
        docx(root)


def at_home(folder: Path) -> None:
    """Nobody is here for the first time, to be shown round."""
    os.environ["XDG_STATE_HOME"] = str(folder)
    (folder / "editorial").mkdir()
    (folder / "editorial" / "tour.json").write_text('[""]', "utf-8")


def screens(root: Path, rounds: int) -> None:
    """First paint of the board against the bare program, and the first full board."""
    word = next(iter(chapter_titles(root)))
    shutil.rmtree(root / ".git/editorial/parsed", ignore_errors=True)
    cold = paint([*EDITORIAL, "-C", str(root)], word)
    times = interleaved(
        {
            "reading": lambda: run([sys.executable, "-c", READ, str(root)]).wall,
            "bare": lambda: paint(BARE, "分目0"),
            "frame": lambda: paint([*EDITORIAL, "-C", str(root)], "帮助"),
            "board": lambda: paint([*EDITORIAL, "-C", str(root)], word),
        },
        rounds,
    )
    bare = statistics.median(times["bare"])
    reading = statistics.median(times["reading"])
    allowed = 1.5 * bare + reading
    print(f"reading the volume, own process:  {spread(times['reading'])}")
    print(f"1.5 × bare + reading:             {allowed:.3f} s")
    print(f"bare Textual table, first paint:  {spread(times['bare'])}")
    for name, what in (("frame", "board, frame painted"), ("board", "board, rows painted")):
        ratio = statistics.median(times[name]) / bare
        print(f"{what + ':':34}{spread(times[name])}  = {ratio:.2f} × bare")
    print(f"board, rows painted, cold cache:  {cold:.3f} s  = {cold / bare:.2f} × bare")


def chapter_titles(root: Path) -> list[str]:
    files = sorted(root.glob("volumes/*/chapters/*/chapter.yaml"))
    return [file.read_text("utf-8").splitlines()[0].partition(": ")[2][:6] for file in files]


def commands(root: Path, rounds: int) -> None:
    section = sorted(root.glob("volumes/*/chapters/*/0*.md"))[0]
    node = f"{section.parent.name}/{section.stem}"
    stages = iter(["settled", *["received", "editing"] * 50])

    def whole() -> float:
        words = ["move", node, "--to", next(stages), "--note", "测速", "--force"]
        return run([*EDITORIAL, "-C", str(root), *words]).wall

    def act() -> float:
        words = [sys.executable, "-c", ACT, str(root), node, next(stages)]
        return float(run(words).said)

    times = interleaved(
        {
            "python": lambda: run([sys.executable, "-c", "pass"]).wall,
            "status --json": lambda: run([*EDITORIAL, "-C", str(root), "status", "--json"]).wall,
            "move, whole command": whole,
            "move, the act itself": act,
            "log": lambda: run([*EDITORIAL, "-C", str(root), "log"]).wall,
        },
        rounds,
    )
    times |= interleaved(
        {"undo": lambda: run([*EDITORIAL, "-C", str(root), "undo"]).wall}, min(rounds, 3)
    )
    for name, values in times.items():
        print(f"{name + ':':34}{spread(values)}")


def docx(root: Path) -> None:
    done = run([*EDITORIAL, "-C", str(root), "draft", "--format", "docx"])
    size = max(path.stat().st_size for path in root.glob("volumes/*/out/*.docx")) / 2**20
    print(
        f"draft docx: {done.wall:.2f} s wall, {done.cpu:.2f} s CPU, {done.peak:.0f} MiB peak,"
        f" {size:.1f} MiB out"
    )


def paint(command: list[str], word: str, limit: float = 20.0) -> float:
    """Seconds from exec until the 120×40 screen shows `word`."""
    screen = pyte.Screen(120, 40)
    stream = pyte.ByteStream(screen)
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
        os.execvp(command[0], command)
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    try:
        while time.perf_counter() - start < limit:
            if select.select([terminal], [], [], 0.05)[0]:
                stream.feed(os.read(terminal, 1 << 16))
                if word in "".join(screen.display).replace(" ", ""):
                    return time.perf_counter() - start
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)
    sys.exit(f"{command}: “{word}” was not painted in {limit} s")


if __name__ == "__main__":
    main()
