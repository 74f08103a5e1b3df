"""The 篇目 of a book laid out: kept ones from the shelf, the rest on as many cores as there are."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter

from editorial.model.book import Part, chapter_numbers, numbered
from editorial.model.document import Entry, Paragraph, Table
from editorial.render.pdf.anchors import anchors_of
from editorial.render.pdf.chapters import set_chapter
from editorial.render.pdf.elsewhere import at_once, elsewhere
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.kept import (
    find,
    hold,
    keep,
    key_of,
    packed,
    part_key,
    pictured,
    surroundings,
    unpacked,
)
from editorial.render.pdf.laid import Laid
from editorial.render.pdf.paint import paint
from editorial.render.pdf.planning import chapters_of, plan_chapter
from editorial.render.pdf.work import Work
from editorial.values import dataclass

# Characters of the 篇目 that are set at once: enough for speed, few enough for memory.
TOGETHER = 200_000
# Characters for which a process of its own is worth its start, and the most of those.
WORTH_SHARING, MOST_PROCESSES = 75_000, 4
# So few 篇目 are laid out after an edit: their 分目 are remembered for the next.
FEW = 2
CELL = 12
# The share of all by which other processes are behind: they are copied, and send pages back.
BEHIND = 0.05


@dataclass(frozen=True, slots=True)
class Chapter:
    """Parts [first, stop) of the book; `number` counts from 1, `shown` among those of the text
    (0: none of them). `pictures` are what stands for theirs as the key was made."""

    number: int
    shown: int
    first: int
    stop: int
    key: str
    pictures: tuple[tuple[int, ...], ...] = ()


def lay_chapters(
    work: Work, tell: Callable[[str], None], meanwhile: Callable[[], None]
) -> tuple[list[Laid], Callable[[], None]]:
    """The pages of every 篇目, in order; and what is to be called, when there is time, to keep
    those laid out here. `meanwhile` is called once, before others are waited for."""
    parts = work.book.parts
    setting = replace(work.setting, anchors=anchors_of(parts))
    chapters = list(_chapters(work, setting))
    done = {chapter.number: find(work.shelf, chapter.key) for chapter in chapters}
    lacking = [chapter for chapter in chapters if done[chapter.number] is None]
    unkept: list[tuple[str, Laid]] = []

    def say(chapter: Chapter) -> None:
        title = parts[chapter.first].title
        tell(f"正在排第{chapter.number}篇，共{len(chapters)}篇：{title}")

    def lay(those: Sequence[Chapter]) -> None:
        for chapter, laid in zip(those, _lay(work, setting, those, say), strict=True):
            done[chapter.number] = laid
            if _as_it_was(work, chapter):
                unkept.append((chapter.key, laid))

    mine, *others = _shared(lacking, parts)
    if others:
        _load(work, parts)
    begun = [elsewhere(partial(_ready_to_send, work, setting, theirs)) for theirs in others]
    try:
        lay(mine)
        meanwhile()
    finally:
        data = [received() for received in begun]
    for theirs, each in zip(others, data, strict=True):
        sent = _received(work, theirs, each)
        done |= sent
        lay([chapter for chapter in theirs if chapter.number not in sent])

    def keep_all() -> None:
        for key, laid in unkept:
            keep(work.shelf, key, laid)

    return [laid for laid in done.values() if laid is not None], keep_all


def _chapters(work: Work, setting: Setting) -> Iterator[Chapter]:
    parts, numbers = work.book.parts, work.book.numbers or numbered(work.book.parts)
    around = surroundings(work.style, work.table, setting.anchors) if work.shelf else ""
    known = chapter_numbers(parts)
    for number, (first, stop) in enumerate(chapters_of(parts), 1):
        own, shown = parts[first:stop], known.get(parts[first].id, 0)
        pictures = pictured(own) if work.shelf else ()
        key = key_of(around, shown, own, numbers) if work.shelf else ""
        yield Chapter(number, shown, first, stop, key, pictures)


def _as_it_was(work: Work, chapter: Chapter) -> bool:
    """Whether no picture was changed since: pages might show another than their key says."""
    return chapter.pictures == pictured(work.book.parts[chapter.first : chapter.stop])


def _size(parts: Sequence[Part]) -> int:
    """About how many characters there are to set."""
    return sum(
        sum(len(run.text) for run in block.runs)
        if isinstance(block, Entry | Paragraph)
        else CELL * sum(map(len, block.rows))
        if isinstance(block, Table)
        else 0
        for part in parts
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
    for batch in _batches(chapters, parts):
        frames = [work.frame_for(parts[each.first]) for each in batch]
        planned = [
            plan_chapter(
                setting,
                frame,
                parts,
                numbers,
                each.first,
                each.stop,
                number=each.shown,
                keys=[part_key(around, part, numbers) for part in parts[each.first : each.stop]]
                if around
                else (),
            )
            for each, frame in zip(batch, frames, strict=True)
        ]
        for chapter, frame, plan in zip(batch, frames, planned, strict=True):
            say(chapter)
            flow = set_chapter(partial(work.flow, frame=frame), plan)
            yield paint(flow, work.labels, {}, often=bool(around))


def _batches(chapters: Sequence[Chapter], parts: Sequence[Part]) -> Iterator[list[Chapter]]:
    """One after the other, as many together as `TOGETHER` allows, one at least."""
    batch, room = list[Chapter](), TOGETHER
    for chapter in chapters:
        size = _size(parts[chapter.first : chapter.stop])
        if batch and size > room:
            yield batch
            batch, room = [], TOGETHER
        batch.append(chapter)
        room -= size
    if batch:
        yield batch


# Several processes


def _shared(chapters: Sequence[Chapter], parts: Sequence[Part]) -> list[list[Chapter]]:
    """What is laid out here, then what in other processes: none where that is not worth it or
    cannot be."""
    sizes = {each: _size(parts[each.first : each.stop]) for each in chapters}
    total = sum(sizes.values())
    count = min(MOST_PROCESSES, len(chapters), total // WORTH_SHARING, at_once())
    if count < 2:
        return [list(chapters)]
    loads = [0.0, *[BEHIND * total] * (count - 1)]
    shares: list[list[Chapter]] = [[] for _ in loads]
    for chapter in sorted(chapters, key=lambda each: (-sizes[each], each.number)):
        least = loads.index(min(loads))
        shares[least].append(chapter)
        loads[least] += sizes[chapter]
    by_number = attrgetter("number")
    return [sorted(share, key=by_number) for share in shares if share]


def _load(work: Work, parts: Sequence[Part]) -> None:
    """What every process needs, before this one is copied: else each would load it."""
    for role in ("body", "section"):
        work.setting.case.face(work.style.roles[role].font)
    if any(part.images for part in parts):
        from editorial.render.pdf.image_files import load  # others need no Pillow

        load()


def _ready_to_send(work: Work, setting: Setting, chapters: Sequence[Chapter]) -> bytes:
    """Chapters laid out, kept and packed."""
    done = []
    for chapter, laid in zip(chapters, _lay(work, setting, chapters, lambda _: None), strict=True):
        done.append(packed(laid))
        if work.shelf and _as_it_was(work, chapter):
            work.shelf.put(chapter.key, done[-1])
    return pickle.dumps(done, protocol=5)


def _received(work: Work, chapters: Sequence[Chapter], data: bytes) -> dict[int, Laid]:
    """Chapters another process sent, by number: all, or none if it came to grief."""
    sent = [unpacked(each) for each in pickle.loads(data)] if data else []
    laid = {c.number: each for c, each in zip(chapters, sent, strict=False) if each is not None}
    if len(laid) < len(chapters):
        return {}
    for chapter in chapters:
        if work.shelf and _as_it_was(work, chapter):
            hold(chapter.key, laid[chapter.number])
    return laid
