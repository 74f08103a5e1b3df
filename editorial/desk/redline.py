"""花脸稿: the book of now marked against the book of a past time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from editorial.desk.assemble import assemble
from editorial.desk.extract import narrowed, units_of
from editorial.desk.hands import hands_of
from editorial.desk.office import Desk, loaded
from editorial.desk.past import Then, Unchanged, load_then, unreadable
from editorial.errors import BadData
from editorial.model.book import Book, Part
from editorial.model.document import Block, Figure
from editorial.model.drafts import Draft
from editorial.model.redlining import redlined
from editorial.model.style import DraftStyle
from editorial.model.volume import Volume
from editorial.render.titles import spaced
from editorial.store.files import blob_id
from editorial.store.laid import kept_file
from editorial.store.own import own_folder


def marked_since(
    desk: Desk, style: DraftStyle, book: Book, draft: Draft, then: Then, at: datetime
) -> Book:
    """`book` with every change since `then`, its author and the ink of its review.

    Unchanged when there is none; EditorialError when the old text cannot be read.
    """
    now, past = loaded(desk), load_then(desk, then)
    old = _old_book(desk, past.volume, style, book, draft, then)
    hands = hands_of(
        desk,
        (past.volume, now.volume),
        now.workflow,
        (old.parts, book.parts),
        then.commit,
        at,
    )
    marked = redlined(spaced(old), spaced(book), hands, then.label)
    if not (marked.redline and (marked.redline.blocks or marked.redline.parts)):
        raise Unchanged(f"与{then.label}相比没有改动，没有出花脸稿")
    imprint = replace(book.imprint, label=f"花脸稿〔对{then.label}〕")
    return replace(marked, imprint=imprint)


def _old_book(
    desk: Desk, volume: Volume, style: DraftStyle, book: Book, draft: Draft, then: Then
) -> Book:
    """The same extent of the book of then. Its letters and terms take no part."""
    nodes = _then_there(volume, draft.nodes)
    if draft.nodes and not nodes:
        return replace(book, parts=(), numbers={})
    plain = replace(style, index=False)
    try:
        old, _ = assemble(desk, volume, plain, book.imprint, nodes, files=then.files)
    except BadData as error:
        raise unreadable(then, error) from None
    units = units_of(volume, draft.selection)
    if units:
        old, _ = narrowed(volume, old, units)
    parts = tuple(_with_old_pictures(desk, part, then) for part in old.parts)
    return replace(old, parts=parts)


def _then_there(volume: Volume, nodes: tuple[str, ...]) -> tuple[str, ...]:
    known = {chapter.id for chapter in volume.chapters}
    known |= {section.id for section in volume.sections}
    return tuple(node for node in nodes if node in known)


def _with_old_pictures(desk: Desk, part: Part, then: Then) -> Part:
    """Pictures that are gone or were exchanged since are fetched from the commit."""
    if not any(isinstance(block, Figure) for block in part.blocks):
        return part
    images, names = dict(part.images), dict[str, str]()
    for block in part.blocks:
        if isinstance(block, Figure) and block.src not in names:
            found = _old_picture(desk, part, block.src, then)
            names[block.src] = block.src
            if found and block.src in part.images:
                names[block.src] = f"{block.src}@{then.commit[:10]}"
            if found:
                images[names[block.src]] = found
    if all(name == src for src, name in names.items()):
        return replace(part, images=images)
    blocks = tuple(_renamed(block, names) for block in part.blocks)
    return replace(part, blocks=blocks, images=images, digest="")


def _renamed(block: Block, names: Mapping[str, str]) -> Block:
    return replace(block, src=names[block.src]) if isinstance(block, Figure) else block


def _old_picture(desk: Desk, part: Part, src: str, then: Then) -> Path | None:
    """The picture as it was, unless it is the same now."""
    folder = desk.root / "volumes" / desk.volume_id / "chapters" / part.id.split("/")[0]
    try:
        path = (folder / src).resolve().relative_to(desk.root.resolve()).as_posix()
    except (OSError, ValueError, RuntimeError):  # no name any file could have
        return None
    blob = then.files.blob(path)
    now = part.images.get(src)
    if not blob or (now and blob_id(now.read_bytes()) == blob):
        return None
    kept = own_folder(desk.workspace) / "pictures" / f"{blob}{Path(src).suffix}"
    return kept_file(kept, lambda: then.files.read(path) or b"")
