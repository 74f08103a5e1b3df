"""Chapters laid out, and faces cut down, in two processes: the same book, also when the other
one comes to grief."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from editorial.model.book import Part
from editorial.model.document import Entry
from editorial.render.pdf import press
from tests.render.books import runs

# A process of its own: where threads run, as in a test worker, nothing is shared out.
CODE = """
import hashlib, os, sys
from editorial.model.book import Part
from editorial.model.document import Entry
from editorial.render.pdf import embedding, press
from editorial.render.pdf.book import book_pdf
from tests.render.books import book, faces, prose, runs, style_of

way, here = sys.argv[1], os.getpid()
forked = []
press.WORTH_SHARING = embedding.WORTH_SHARING = 0 if way != "alone" else 10**12
fork, lay, subset = os.fork, press._lay, embedding.subset

def counted():
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


def made(way: str) -> tuple[int, str]:
    """How often the process divided, and the hash of the book."""
    root = Path(__file__).resolve().parents[2]
    call = [sys.executable, "-c", CODE, way]
    done = subprocess.run(call, cwd=root, capture_output=True, encoding="utf-8", check=True)
    count, name = done.stdout.split()
    return int(count), name


@pytest.mark.skipif(not hasattr(os, "fork") or (os.cpu_count() or 1) < 2, reason="one process")
@pytest.mark.parametrize("way", ["shared", "failing"])
def test_two_processes_make_the_book_of_one(way: str) -> None:
    assert (*made(way), 0) == (2, made("alone")[1], made("alone")[0])


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


@pytest.mark.parametrize("lengths", [(40, 40), (90, 10, 10), (5, 40, 10, 10, 10), (30, 20, 20, 10)])
def test_both_processes_have_work_and_neither_far_more(
    monkeypatch: pytest.MonkeyPatch, lengths: tuple[int, ...]
) -> None:
    monkeypatch.setattr(press, "WORTH_SHARING", 0)
    monkeypatch.setattr(press, "can_share", lambda: True)
    parts = [
        Part(
            id=f"c{n}", level=1, title="示例", blocks=(Entry(title="条", runs=runs("字" * length)),)
        )
        for n, length in enumerate(lengths)
    ]
    chapters = [press.Chapter(n + 1, n, n + 1, "") for n in range(len(parts))]
    mine, theirs = press._shared(chapters, parts)
    assert sorted((*mine, *theirs), key=lambda each: each.number) == chapters
    heavy, light = sorted(
        (sum(lengths[each.first] for each in those) for those in (mine, theirs)), reverse=True
    )
    assert light
    assert heavy - light <= max(lengths)
