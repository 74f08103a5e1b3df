"""The 篇目 of a book laid out: kept ones from the shelf, the rest on two cores where there are."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from editorial.model.book import Part, numbered
from editorial.model.document import Entry, Paragraph, Table
from editorial.render.pdf.chapters import set_chapter
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.kept import find, keep, key_of, part_key, surroundings
from editorial.render.pdf.laid import Laid
from editorial.render.pdf.paint import paint
from editorial.render.pdf.parts import anchors_of, chapters_of, plan_chapter
from editorial.render.pdf.work import Work

# How many 篇目 are set at once: enough for speed, few enough for memory.
TOGETHER = 6
# Characters from which a second process is worth its start.
WORTH_SHARING = 150_000
# So few 篇目 are laid out after an edit: their 分目 are remembered for the next.
FEW = 2
CELL = 12
# The other process has to send its pages too.
HERE = 0.54


@dataclass(frozen=True, slots=True)
class Chapter:
    """Parts [first, stop) of the book; `number` counts from 1, `size` in characters."""

    number: int
    first: int
    stop: int
    key: str
    size: int


def lay_chapters(work: Work, tell: Callable[[str], None]) -> list[Laid]:
    """The pages of every 篇目, in order."""
    parts = work.book.parts
    setting = replace(work.setting, anchors=anchors_of(parts))
    chapters = list(_chapters(work, setting))
    done = {chapter.number: find(work.shelf, chapter.key) for chapter in chapters}
    lacking = [chapter for chapter in chapters if done[chapter.number] is None]

    def say(chapter: Chapter) -> None:
        title = parts[chapter.first].title
        tell(f"正在排第{chapter.number}篇，共{len(chapters)}篇：{title}")

    mine, theirs = _shared(lacking)
    others = _elsewhere(lambda: list(_lay(work, setting, theirs, lambda _: None)), theirs)
    for chapter, laid in zip(mine, _lay(work, setting, mine, say), strict=True):
        done[chapter.number] = laid
    rest = others() or list(_lay(work, setting, theirs, say))
    for chapter, laid in zip(theirs, rest, strict=True):
        done[chapter.number] = laid
    for chapter in lacking:
        laid_now = done[chapter.number]
        if laid_now is not None:
            keep(work.shelf, chapter.key, laid_now)
    return [laid for laid in done.values() if laid is not None]


def _chapters(work: Work, setting: Setting) -> Iterator[Chapter]:
    parts, numbers = work.book.parts, work.book.numbers or numbered(work.book.parts)
    around = surroundings(work.style, work.table, setting.anchors) if work.shelf else ""
    for number, (first, stop) in enumerate(chapters_of(parts), 1):
        own = parts[first:stop]
        key = key_of(around, number, own, numbers) if work.shelf else ""
        yield Chapter(number, first, stop, key, sum(map(_size, own)))


def _size(part: Part) -> int:
    """About how many characters there are to set."""
    return sum(
        sum(len(run.text) for run in block.runs)
        if isinstance(block, Entry | Paragraph)
        else CELL * sum(map(len, block.rows))
        if isinstance(block, Table)
        else 0
        for block in part.blocks
    )


def _lay(
    work: Work, setting: Setting, chapters: Sequence[Chapter], say: Callable[[Chapter], None]
) -> Iterator[Laid]:
    """Several at a time are planned together and poured one after the other."""
    parts = work.book.parts
    numbers = work.book.numbers or numbered(parts)
    around = ""
    if work.shelf and len(chapters) <= FEW:
        around = surroundings(work.style, work.table, setting.anchors)
    for start in range(0, len(chapters), TOGETHER):
        batch = chapters[start : start + TOGETHER]
        planned = [
            plan_chapter(
                setting,
                work.frame,
                parts,
                numbers,
                each.first,
                each.stop,
                number=each.number,
                keys=[part_key(around, part, numbers) for part in parts[each.first : each.stop]]
                if around
                else (),
            )
            for each in batch
        ]
        for chapter, plan in zip(batch, planned, strict=True):
            say(chapter)
            flow = work.flow()
            set_chapter(flow, plan)
            yield paint(flow, work.labels, {})


# Two processes


def _shared(chapters: Sequence[Chapter]) -> tuple[Sequence[Chapter], Sequence[Chapter]]:
    """What is laid out here, and what in another process: nothing where that is not worth it
    or cannot be."""
    total = sum(chapter.size for chapter in chapters)
    alone = not hasattr(os, "fork") or (os.cpu_count() or 1) < 2 or threading.active_count() > 1
    if alone or total < WORTH_SHARING or len(chapters) < 2:
        return chapters, ()
    here, at = 0, 0
    while at < len(chapters) - 1 and here + chapters[at].size / 2 < HERE * total:
        here += chapters[at].size
        at += 1
    return chapters[:at], chapters[at:]


def _elsewhere(
    lay: Callable[[], list[Laid]], chapters: Sequence[Chapter]
) -> Callable[[], list[Laid]]:
    """Begin `lay` in a copy of this process; call what is returned for the pages, none if the
    other came to grief."""
    if not chapters:
        return list
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        _send(lay, sending)
    os.close(sending)

    def received() -> list[Laid]:
        with os.fdopen(receiving, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(child, 0)
        return _loaded(data) if status == 0 else []

    return received


def _send(lay: Callable[[], list[Laid]], sending: int) -> NoReturn:
    """The other process: it ends here whatever happens, without the parent's last rites."""
    try:
        with os.fdopen(sending, "wb") as stream:
            pickle.dump(lay(), stream, protocol=5)
        os._exit(0)
    finally:
        os._exit(1)


def _loaded(data: bytes) -> list[Laid]:
    found = pickle.loads(data)
    return found if isinstance(found, list) else []
