"""Nothing of the text is lost on the way to paper: source against what others extract."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from editorial.desk.draft import make_draft
from editorial.desk.init import init
from editorial.desk.office import Desk, loaded, open_desk
from editorial.model.document import Break, Comment, Table, plain, printed_text
from editorial.read.markup import read_markup
from editorial.store.load import load_text
from tests.desk.moments import NOON

# White space is set, not typed; note numbers are given by the page.
_IGNORED = re.compile(r"[\s\u200b\u00ad]|[\u2460-\u2473]")


def bare(text: str) -> str:
    return _IGNORED.sub("", text).replace("⸺", "——")


def source_texts(desk: Desk) -> Iterator[str]:
    """Every paragraph, note, caption and cell of the book, without white space."""
    for section in loaded(desk).volume.sections:
        yield bare(section.title)
        text, _ = load_text(desk.workspace.files, desk.volume_id, section.id)
        for block in read_markup(text)[0].blocks:
            match block:
                case Comment() | Break():
                    continue
                case Table(title=title, unit=unit, rows=rows):
                    yield from map(bare, (title, unit))
                    yield from (bare(plain(c.runs)) for row in rows for c in row if c)
                case _:
                    document = type(read_markup("")[0])(blocks=(block,))
                    yield from map(bare, printed_text(document).split("\n"))


def pdf_pages(path: Path) -> list[str]:
    out = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return [bare(page) for page in out.stdout.decode().split("\f")]


def docx_text(path: Path) -> str:
    """All strings of the document as pandoc reads it; notes leave their marks and come last."""
    out = subprocess.run(["pandoc", "-t", "json", path], capture_output=True, check=True)
    notes: list[str] = []
    body = "".join(_strings(json.loads(out.stdout)["blocks"], notes))
    return bare(body + "\n" + "\n".join(notes))


def _strings(node: Any, notes: list[str]) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _strings(each, notes)
    elif isinstance(node, dict):
        if node.get("t") == "Note":
            notes.append("".join(_strings(node["c"], notes)))
        elif node.get("t") == "Str":
            yield node["c"]
        else:
            yield from _strings(node.get("c", []), notes)


def lost(texts: Iterator[str], pages: list[str]) -> list[str]:
    """Texts that stand on no page, nor run over from one page to the next."""
    whole = "\f".join(pages)
    starts = [0]
    for page in pages:
        starts.append(starts[-1] + len(page) + 1)
    at, missing = 0, []
    for text in filter(None, texts):
        found = whole.find(text, max(0, at - 20_000))
        if found < 0:
            found = whole.find(text)
        if found >= 0:
            at = found
        elif not any(_runs_over(text, pages, number) for number in range(len(pages))):
            missing.append(text)
    return missing


def _runs_over(text: str, pages: list[str], number: int) -> bool:
    """Whether a beginning of `text` is on this page and the rest goes on after it."""
    if number >= len(pages) or text[:2] not in pages[number]:
        return False
    size = len(text)
    low, high = 0, size
    while low < high:  # the longest beginning found on this page
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in pages[number] else (low, middle - 1)
    rest = text[low:]
    return low > 0 and any(
        rest in page or _runs_over(rest, pages, number + step)
        for step, page in enumerate(pages[number + 1 : number + 3], 1)
    )


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Desk:
    root = tmp_path_factory.mktemp("whole") / "w"
    if request.param:
        init(root, chars=request.param)
    else:
        init(root)
    desk = open_desk(root)
    make_draft(desk, at=NOON)
    return desk


def paper(desk: Desk, kind: str) -> Path:
    return next((desk.root / "volumes" / desk.volume_id / "out").glob(f"*.{kind}"))


@pytest.mark.external("pdftotext", "pandoc")
@pytest.mark.parametrize("drafted", [0, 1_100_000], ids=["sample", "full"], indirect=True)
def test_every_text_of_the_book_is_in_both_papers(drafted: Desk) -> None:
    pages = pdf_pages(paper(drafted, "pdf"))
    document = docx_text(paper(drafted, "docx"))
    assert lost(source_texts(drafted), pages) == []
    assert lost(source_texts(drafted), [document]) == []
    written = Counter("".join(source_texts(drafted)))
    assert written - Counter("".join(pages)) == Counter()
    assert written - Counter(document) == Counter()


def test_a_lost_text_is_noticed() -> None:
    assert lost(iter(["甲乙丙丁", "丁戊"]), ["x甲乙", "丙丁y"]) == ["丁戊"]
