"""Headings of a 花脸稿 whose two texts print two parts under one heading, or only one of them does.

Both do: so does the 花脸稿, with what became of the heading that is printed. Only one does: the
heading of the lower part is put in or taken out, its text stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from editorial.model.book import Book, Part
from editorial.model.document import Run
from editorial.model.headings import headed_above
from editorial.model.redline import (
    BlockChange,
    Change,
    Redline,
    Stretch,
    Stretches,
    changes_of,
    within,
)
from editorial.model.settling import Dropped, headings_on
from editorial.values import dataclass

SAME = BlockChange()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """One of the two texts by ids of the merged book: its titles, and what stands under the
    heading of which other part."""

    titles: Mapping[str, str]
    above: Mapping[str, str]


def folded_marked(book: Book, redline: Redline) -> Book:
    """The 花脸稿 with the headings its readers see."""
    new, old = _text(book, redline, "delete"), _text(book, redline, "insert")
    parts: list[Part] = []
    heads = dict(redline.parts)
    for part in book.parts:
        above = {text.above.get(part.id, "") for text in (new, old) if part.id in text.titles}
        head = parts[-1] if parts else None
        if head and not head.blocks and head.id in above and "" not in above:
            parts[-1] = replace(part, level=head.level, title=head.title, stands_for=head.id)
            heads[part.id] = _one(heads.pop(head.id, SAME), heads.get(part.id, SAME), head.title)
        elif len(above) > 1 and "" in above and (why := _why(book, redline, part)):
            gone = part.id in new.above
            title = old.titles[part.id] if gone else part.title
            parts.append(replace(part, title=title))
            heads[part.id] = _only_in_one(heads.get(part.id, SAME), title, why, gone=gone)
        else:
            parts.append(part)
    seen = {name: each for name, each in heads.items() if each != SAME}
    return replace(book, parts=tuple(parts), redline=replace(redline, parts=seen))


def _text(book: Book, redline: Redline, dropped: Dropped) -> _Text:
    parts = tuple(headings_on(book, redline, dropped))
    above = {parts[at].id: parts[over].id for at, over in headed_above(parts).items()}
    return _Text(titles={part.id: part.title for part in parts}, above=above)


def _one(head: BlockChange, own: BlockChange, title: str) -> BlockChange:
    """What became of the heading printed for both; of the lower part every block tells its own."""
    if head.change == own.change:
        return replace(own, texts=head.texts)
    texts = dict(head.texts)
    if head.change:
        whole = replace(head.change, move="")
        texts["title"] = within(whole, texts.get("title") or _words(title, None))
    return replace(own, change=None, texts=texts)


def _only_in_one(own: BlockChange, title: str, why: Change, *, gone: bool) -> BlockChange:
    change = replace(why, kind="delete" if gone else "insert", move="")
    return replace(own, texts={"title": _words(title, change)})


def _words(title: str, change: Change | None) -> Stretches:
    return (Stretch(run=Run(text=title), change=change),)


def _why(book: Book, redline: Redline, part: Part) -> Change | None:
    """Whoever made a heading come or go: who folded it, else who came nearest."""
    own = redline.parts.get(part.id, SAME)
    if own.before and own.before.heading:
        return own.before.heading
    return next(_near(book, redline, part, own), None)


def _near(book: Book, redline: Redline, part: Part, own: BlockChange) -> Iterator[Change]:
    """Changes of the part's heading, of those of its 篇目, and at last any."""
    yield from changes_of(replace(redline, blocks={}, parts={part.id: own}))
    chapter = part.id.partition("/")[0]
    ids = [each.id for each in book.parts if each.id.partition("/")[0] == chapter]
    heads = {name: redline.parts[name] for name in ids if name in redline.parts}
    yield from changes_of(replace(redline, blocks={}, parts=heads))
    yield from changes_of(redline)
