"""The 篇目 of a book laid out: kept ones from the shelf, the rest on as many cores as there are."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import attrgetter

from editorial.model.book import Part
from editorial.model.document import Entry, Paragraph, Table
from editorial.render.chapters import by_chapter, divider_numbers
from editorial.render.pdf.chapters import set_chapter
from editorial.render.pdf.elsewhere import at_once, elsewhere
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.kept import (
    find,
    hold,
    keep,
    key_of,
    packed,
    part_key,
    pictured,
    unpacked,
)
from editorial.render.pdf.laid import Laid
from editorial.render.pdf.paint import paint
from editorial.render.pdf.planning import plan_chapter
from editorial.render.pdf.steps import Planned
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
    """`number` counts from 1, `shown` among those of the text (0: none of them). `pictures` are
    what stands for those of its parts as the key was made."""

    number: int
    shown: int
    parts: tuple[Part, ...]
    key: str
    pictures: tuple[tuple[int, ...], ...] = ()


def lay_chapters(
    work: Work, tell: Callable[[str], None], meanwhile: Callable[[], None]
) -> tuple[list[Laid], Callable[[], None]]:
    """The pages of every 篇目, in order; and what is to be called, when there is time, to keep
    those laid out here. `meanwhile` is called once, before others are waited for."""
    chapters = list(_chapters(work))
    found = {chapter.number: find(work.shelf, chapter.key) for chapter in chapters}
    done = {number: laid for number, laid in found.items() if laid is not None}
    unkept: list[tuple[str, Laid]] = []

    def say(chapter: Chapter) -> None:
        title = chapter.parts[0].title
        tell(f"正在排第{chapter.number}篇，共{len(chapters)}篇：{title}")

    def lay(those: Sequence[Chapter]) -> None:
        for chapter, laid in zip(those, _lay(work, those, say), strict=True):
            done[chapter.number] = laid
            if _as_it_was(chapter):
                unkept.append((chapter.key, laid))

    mine, *others = _shared([each for each in chapters if each.number not in done])
    if others:
        _load(work)
    begun = [elsewhere(partial(_ready_to_send, work, theirs)) for theirs in others]
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

    return [done[chapter.number] for chapter in chapters], keep_all


def _chapters(work: Work) -> Iterator[Chapter]:
    known = divider_numbers(work.book)
    for number, parts in enumerate(by_chapter(work.book.parts), 1):
        shown = known.get(parts[0].id, 0)
        pictures = pictured(parts) if work.shelf else ()
        key = key_of(work.around, shown, parts, work.setting.numbers) if work.shelf else ""
        yield Chapter(number, shown, parts, key, pictures)


def _as_it_was(chapter: Chapter) -> bool:
    """Whether no picture was changed since: pages might show another than their key says."""
    return chapter.pictures == pictured(chapter.parts)


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


def _lay(work: Work, chapters: Sequence[Chapter], say: Callable[[Chapter], None]) -> Iterator[Laid]:
    """Several at a time are planned together and poured one after the other."""
    around = work.around if len(chapters) <= FEW else ""
    for batch in _batches(chapters):
        frames = [work.frame_for(each.parts[0]) for each in batch]
        planned = [
            _planned(work, each, frame, around) for each, frame in zip(batch, frames, strict=True)
        ]
        for chapter, frame, plan in zip(batch, frames, planned, strict=True):
            say(chapter)
            flow = set_chapter(partial(work.flow, frame=frame), plan)
            yield paint(flow, work.labels, {}, often=bool(around))


def _planned(work: Work, chapter: Chapter, frame: Frame, around: str) -> Planned:
    """Its parts are remembered by all they depend on, `around` and their text, if that is told."""
    parts, numbers = chapter.parts, work.setting.numbers
    keys = [part_key(around, part, numbers) for part in parts] if around else ()
    return plan_chapter(work.setting, frame, parts, number=chapter.shown, keys=keys)


def _batches(chapters: Sequence[Chapter]) -> Iterator[list[Chapter]]:
    """One after the other, as many together as `TOGETHER` allows, one at least."""
    batch, room = list[Chapter](), TOGETHER
    for chapter in chapters:
        size = _size(chapter.parts)
        if batch and size > room:
            yield batch
            batch, room = [], TOGETHER
        batch.append(chapter)
        room -= size
    if batch:
        yield batch


# Several processes


def _shared(chapters: Sequence[Chapter]) -> list[list[Chapter]]:
    """What is laid out here, then what in other processes: none where that is not worth it or
    cannot be."""
    sizes = {each.number: _size(each.parts) for each in chapters}
    total = sum(sizes.values())
    count = min(MOST_PROCESSES, len(chapters), total // WORTH_SHARING, at_once())
    if count < 2:
        return [list(chapters)]
    loads = [0.0, *[BEHIND * total] * (count - 1)]
    shares: list[list[Chapter]] = [[] for _ in loads]
    for chapter in sorted(chapters, key=lambda each: (-sizes[each.number], each.number)):
        least = loads.index(min(loads))
        shares[least].append(chapter)
        loads[least] += sizes[chapter.number]
    by_number = attrgetter("number")
    return [sorted(share, key=by_number) for share in shares if share]


def _load(work: Work) -> None:
    """What every process needs, before this one is copied: else each would load it."""
    for role in ("body", "section"):
        work.setting.case.face(work.style.roles[role].font)
    if any(part.images for part in work.book.parts):
        from editorial.render.pdf.image_files import load  # others need no Pillow

        load()


def _ready_to_send(work: Work, chapters: Sequence[Chapter]) -> bytes:
    """Chapters laid out, kept and packed."""
    done = []
    for chapter, laid in zip(chapters, _lay(work, chapters, lambda _: None), strict=True):
        done.append(packed(laid))
        if work.shelf and _as_it_was(chapter):
            work.shelf.put(chapter.key, done[-1])
    return pickle.dumps(done, protocol=5)


def _received(work: Work, chapters: Sequence[Chapter], data: bytes) -> dict[int, Laid]:
    """Chapters another process sent, by number: all, or none if it came to grief."""
    sent = [unpacked(each) for each in pickle.loads(data)] if data else []
    laid = {c.number: each for c, each in zip(chapters, sent, strict=False) if each is not None}
    if len(laid) < len(chapters):
        return {}
    for chapter in chapters:
        if work.shelf and _as_it_was(chapter):
            hold(chapter.key, laid[chapter.number])
    return laid
