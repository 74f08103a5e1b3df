"""Chapters laid out, and faces cut down, in several processes: the same book, also when the
others come to grief."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from itertools import chain
from pathlib import Path

import pytest

from editorial.model.book import Part
from editorial.model.document import Entry
from editorial.render.pdf import press
from editorial.render.pdf.elsewhere import at_once
from tests.render.books import runs

# A process of its own: where threads run, as in a test worker, nothing is shared out.
CODE = """
import hashlib, os, sys
from editorial.model.book import Part
from editorial.model.document import Entry
from editorial.render.pdf import embedding, press
from editorial.render.pdf.book import book_pdf
from tests.render.books import book, faces, prose, runs, style_of

way, cores, here = sys.argv[1], int(sys.argv[2]), os.getpid()
forked = []
press.WORTH_SHARING, embedding.WORTH_SHARING = 1, 0
press.at_once = embedding.at_once = lambda: cores
fork, lay, subset = os.fork, press._lay, embedding.subset

def counted():
    if way == "refused":
        forked.append(0)
        raise BlockingIOError
    child = fork()
    if child:
        forked.append(child)
    return child

def failing(call):
    def called(*args):
        if os.getpid() != here:
            raise MemoryError
        return call(*args)
    return called

os.fork = counted
if way == "failing":
    press._lay, embedding.subset = failing(lay), failing(subset)
chapters = [
    Part(id=f"c{n}", level=1, title=f"示例{n}", blocks=(Entry(title="条目", runs=runs(prose(40))),))
    for n in range(4)
]
made = book_pdf(book(*chapters), style_of("review"), faces())
print(len(forked), hashlib.sha256(made.data).hexdigest())
"""


def made(way: str, cores: int) -> tuple[int, str]:
    """How often the process divided, and the hash of the book."""
    root = Path(__file__).resolve().parents[2]
    call = [sys.executable, "-c", CODE, way, str(cores)]
    done = subprocess.run(call, cwd=root, capture_output=True, encoding="utf-8", check=True)
    count, name = done.stdout.split()
    return int(count), name


@pytest.fixture(scope="module")
def alone() -> str:
    """The hash of the book one process makes."""
    count, name = made("alone", 1)
    assert not count
    return name


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process")
@pytest.mark.parametrize(
    ("way", "cores"), [("shared", 2), ("shared", 3), ("shared", 9), ("failing", 3), ("refused", 3)]
)
def test_several_processes_make_the_book_of_one(way: str, cores: int, alone: str) -> None:
    others = min(cores, press.MOST_PROCESSES) - 1
    assert made(way, cores) == (others + 1, alone)  # one more cuts the faces down


def test_a_process_in_which_threads_run_is_not_copied() -> None:
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert at_once() == 1
    finally:
        wait.set()
        thread.join()


def test_a_process_may_begin_with_an_empty_text() -> None:
    code = (
        "from editorial.model.style import TextRole\n"
        "from editorial.render.pdf.typeset import TypeCase\n"
        "from editorial.render.pdf.paragraph import Piece, compose\n"
        "from tests.render.books import faces\n"
        "look = TextRole(size=10, leading=18)\n"
        "print(compose(TypeCase(faces()), [Piece('')], look, 300).count)\n"
    )
    root = Path(__file__).resolve().parents[2]
    call = [sys.executable, "-c", code]
    done = subprocess.run(call, cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "0\n"


@pytest.mark.parametrize("cores", [2, 3, 4])
@pytest.mark.parametrize("lengths", [(40, 40), (90, 10, 10), (5, 40, 10, 10, 10), (30, 20, 20, 10)])
def test_all_processes_have_work_and_none_far_more(
    monkeypatch: pytest.MonkeyPatch, lengths: tuple[int, ...], cores: int
) -> None:
    monkeypatch.setattr(press, "WORTH_SHARING", 1)
    monkeypatch.setattr(press, "at_once", lambda: cores)
    parts = [
        Part(
            id=f"c{n}", level=1, title="示例", blocks=(Entry(title="条", runs=runs("字" * length)),)
        )
        for n, length in enumerate(lengths)
    ]
    chapters = [press.Chapter(n, n, (part,), "") for n, part in enumerate(parts, 1)]
    shares = press._shared(chapters)
    assert len(shares) == min(cores, len(lengths))
    assert sorted(chain.from_iterable(shares), key=lambda each: each.number) == chapters
    loads = [sum(lengths[each.number - 1] for each in share) for share in shares]
    assert min(loads)
    assert max(loads) - min(loads) <= max(lengths)


@pytest.mark.parametrize("cores", [1, 8])
def test_a_small_book_is_not_shared_out(monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    monkeypatch.setattr(press, "at_once", lambda: cores)
    parts = [
        Part(id=f"c{n}", level=1, title="示例", blocks=(Entry(title="条", runs=runs("字" * 900)),))
        for n in range(3)
    ]
    chapters = [press.Chapter(n, n, (part,), "") for n, part in enumerate(parts, 1)]
    assert press._shared(chapters) == [chapters]
    assert press._shared([]) == [[]]
