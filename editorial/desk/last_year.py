"""上年: the text of last year's volume of the same series, to stand beside this year's."""

from __future__ import annotations

from dataclasses import replace

from editorial.desk.assemble import assemble
from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.book import Beside, Book, Part
from editorial.model.style import DraftStyle
from editorial.model.volume import Section, Volume, book_title
from editorial.store.load import load_volume
from editorial.store.workspace import volume_ids


def with_last_year(desk: Desk, volume: Volume, style: DraftStyle, book: Book) -> Book:
    """The book with last year's sections beside its own: of the same id, else of the same title.

    EditorialError when volume.yaml names no volume for `previous`, or one that is not here.
    """
    before = Desk(workspace=desk.workspace, volume_id=_previous(desk, volume))
    old = load_volume(desk.workspace.files, before.volume_id).volume
    pairs = _pairs(book, volume, old)
    if not pairs:
        return replace(book, beside=Beside(title=book_title(old)))
    imprint = replace(book.imprint, title=book_title(old))
    last, _ = assemble(before, old, style, imprint, tuple(dict.fromkeys(pairs.values())))
    sections = {part.id: part for part in last.parts}
    parts = {
        now: _renamed(before.volume_id, sections[then], now)
        for now, then in pairs.items()
        if then in sections
    }
    numbers = {
        (part.id, index): last.numbers[pairs[now], index]
        for now, part in parts.items()
        for index in range(len(part.blocks))
        if (pairs[now], index) in last.numbers
    }
    beside = Beside(title=book_title(old), parts=parts)
    return replace(book, beside=beside, numbers={**book.numbers, **numbers})


def _renamed(volume_id: str, part: Part, now: str) -> Part:
    """An id nothing of this year has, and that tells which column it stands beside."""
    return replace(part, id=f"{volume_id}:{part.id}>{now}", pending=())


def _previous(desk: Desk, volume: Volume) -> str:
    wanted = volume.info.previous
    where = f"volumes/{desk.volume_id}/volume.yaml"
    others = [each for each in volume_ids(desk.workspace.files) if each != desk.volume_id]
    if not wanted:
        hint = (
            f"写上一行 previous: 上年那一卷的编号；工作区里另有：{'、'.join(others) or '（没有）'}"
        )
        raise EditorialError("没有写明上年是哪一卷", where=where, hint=hint)
    if wanted not in others:
        raise EditorialError(
            f"工作区里没有上年的“{wanted}”",
            where=where,
            hint=f"把上年的一卷放进 volumes/；现有：{'、'.join(others) or '（没有别的卷）'}",
        )
    return wanted


def _pairs(book: Book, volume: Volume, old: Volume) -> dict[str, str]:
    """This year's section → last year's."""
    ids = {section.id for section in old.sections}
    titles = _by_title(old)
    ours = {section.id: section for section in volume.sections}
    pairs: dict[str, str] = {}
    for part in book.parts:
        if part.id in ours:
            then = part.id if part.id in ids else titles.get(ours[part.id].title, "")
            if then:
                pairs[part.id] = then
    return pairs


def _by_title(volume: Volume) -> dict[str, str]:
    """Titles only one section bears."""
    found: dict[str, list[Section]] = {}
    for section in volume.sections:
        found.setdefault(section.title, []).append(section)
    return {title: sections[0].id for title, sections in found.items() if len(sections) == 1}
