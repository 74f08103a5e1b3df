"""落点: from what a paper says of the place to a section and the words there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from editorial.desk.office import Desk, loaded
from editorial.desk.opinion_pages import PageText, draft_pages, pages_at
from editorial.errors import BadData, EditorialError
from editorial.model.anchor import Spot, make_anchor
from editorial.model.book import Part, chapter_numbers, numbered
from editorial.model.document import Block, Span
from editorial.model.drafts import Draft
from editorial.model.nodes import find_node
from editorial.model.opinion_rows import Said
from editorial.model.place_words import PlaceWords, read_place
from editorial.model.quote_search import Folded, folded, passages
from editorial.model.reviews import Anchor, Round
from editorial.model.typed_over import WordLine
from editorial.model.volume import Volume
from editorial.read.markup import read_markup
from editorial.store.files import Files
from editorial.store.history import last_change
from editorial.store.load import load_text, load_volume
from editorial.store.registers import load_drafts
from editorial.store.workspace import commit_at, files_at
from editorial.values import dataclass

NEAR = 1  # pages before and after the one told that are looked at as well
LONG_ENOUGH = 4  # characters of words quoted within the opinion itself
HEAD_WORDS = 40  # characters at the head of an opinion that may say where
LINES = 3  # lines above and below the one told
SIGNS = r"[\\*^~]*"  # of markup, which no reader sees
Extents = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """`section` is empty when the place was not found; `note` says why, or what is not sure."""

    section: str = ""
    anchor: Anchor | None = None
    note: str = ""


@dataclass(kw_only=True)
class Ground:
    """The text the readers of a round had: what their opinions are placed in."""

    desk: Desk
    volume: Volume
    commit: str
    texts: Mapping[str, str]
    sections: tuple[str, ...]
    draft: Draft | None
    round: Round
    faults: list[str] = field(default_factory=list)
    sent: dict[str, tuple[WordLine, ...]] = field(default_factory=dict)
    _spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    @cached_property
    def folded(self) -> Folded:
        return Folded(self.texts)

    @cached_property
    def pages(self) -> Mapping[int, PageText]:
        """Empty, with the reason in `faults`, when the pages cannot be told."""
        try:
            if self.draft:
                return draft_pages(self.desk, self.draft)
            day = self.round.history[0].at.date()
            return pages_at(self.desk, self.commit, day)
        except EditorialError as error:
            self.faults.append(f"推算不了页码：{error.message}")
            return {}

    @cached_property
    def plates(self) -> Mapping[str, Spot]:
        """表3-1 and 图3-1 → where the block stands."""
        parts: list[Part] = []
        for chapter in self.volume.chapters:
            matter, title = chapter.matter, chapter.title
            parts.append(Part(id=chapter.id, level=1, title=title, matter=matter))
            for section in chapter.sections:
                blocks, title = self._blocks(section.id), section.title
                parts.append(
                    Part(id=section.id, level=2, title=title, blocks=blocks, matter=matter)
                )
        known = {part.id: part for part in parts}
        return {
            number: _title_of(self.texts[section], section, known[section].blocks[at])
            for (section, at), number in numbered(tuple(parts)).items()
        }

    def _blocks(self, section: str) -> tuple[Block, ...]:
        return read_markup(self.texts.get(section, ""), section)[0].blocks

    def spans(self, section: str) -> tuple[Span, ...]:
        if section not in self._spans:
            document, _ = read_markup(self.texts[section], section)
            self._spans[section] = tuple(block.span for block in document.blocks)
        return self._spans[section]


def _title_of(text: str, section: str, block: Block) -> Spot:
    """The title of a table or figure, else its first line."""
    span = block.span
    title = getattr(block, "title", "")
    at = text.find(title, span.start, span.end) if title else -1
    if at >= 0:
        return Spot(section, at, at + len(title))
    stop = text.find("\n", span.start)
    return Spot(section, span.start, min(span.end, stop if stop > 0 else span.end))


def ground_of_round(desk: Desk, round_: Round, draft: str = "") -> Ground:
    """The text at the round's commit, or the text of now where that commit is not known.
    `draft` is the id of the registered draft a paper says it was written in: one of another
    edition has its own text."""
    volume = loaded(desk).volume
    drafts = load_drafts(desk.workspace.files, desk.volume_id)
    read = next((each for each in drafts if each.id == (draft or round_.draft)), None)
    other = read.commit if read and read.id != round_.draft else ""
    try:
        commit = commit_at(desk.workspace, other or round_.commit)
        files: Files = files_at(desk.workspace, commit)
        volume = load_volume(files, desk.volume_id).volume
    except (EditorialError, BadData):
        commit = last_change(desk.workspace, (f"volumes/{desk.volume_id}/chapters",))
        files = desk.workspace.files
    return Ground(
        desk=desk,
        volume=volume,
        commit=commit,
        texts=texts_of(files, volume),
        sections=round_.sections,
        draft=read,
        round=round_,
    )


def texts_of(files: Files, volume: Volume) -> dict[str, str]:
    """Section → its text; sections without a readable text are left out."""
    found: dict[str, str] = {}
    for section in volume.sections:
        try:
            found[section.id] = load_text(files, volume.id, section.id)[0]
        except BadData:
            continue
    return found


def place_said(ground: Ground, said: Said) -> Placing:
    """Where a point belongs: by the words quoted, narrowed by page, line and titles; without
    them by entry, table or line; a section alone when nothing nearer is told."""
    told = read_place(f"{said.place} {said.section}".strip(), said.page, said.line)
    if told == PlaceWords():
        told = read_place(said.text[:HEAD_WORDS])
    nodes = _named(ground, f"{said.section} {said.place}") or _chapter(ground, told)
    nodes = (said.node,) if said.node in ground.texts else nodes
    if said.before or said.after:
        marked = _marked(ground, said, (*_extents(ground, nodes), (0, len(ground.folded.text))))
        if marked:
            return marked
    scopes = list(_scopes(ground, told, nodes))
    unsure = None
    for quote in _quotes(said):
        for scope in scopes:
            placing = _by_quote(ground, quote, scope)
            if placing and placing.section:
                return placing
            unsure = unsure or placing
    placing = _by_hints(ground, told, nodes, bool(said.original))
    return unsure if unsure and not placing.section else placing


def _quotes(said: Said) -> Iterator[str]:
    if said.original:
        yield said.original
    for opened, shut in (("“", "”"), ("「", "」"), ("《", "》")):
        for piece in said.text.split(opened)[1:]:
            words, closed, _ = piece.partition(shut)
            if closed and len(words) >= LONG_ENOUGH:
                yield words


def _scopes(ground: Ground, told: PlaceWords, nodes: Sequence[str]) -> Iterator[Extents]:
    """Where to look, the likeliest first: about the line, the page, the sections named, those of
    the round, everywhere."""
    here = _extents(ground, nodes)
    if told.page:
        near = _page_extent(ground, told.page, told.line) if told.line else ()
        yield from (each for each in (near, _page_extent(ground, told.page)) if each)
    if here:
        yield here
    if told.page:
        around = [
            extent
            for page in range(told.page - NEAR, told.page + NEAR + 1)
            for extent in _page_extent(ground, page)
        ]
        if around:
            yield ((min(a for a, _ in around), max(b for _, b in around)),)
    if ground.sections:
        yield _extents(ground, ground.sections)
    yield ()


def _extents(ground: Ground, nodes: Sequence[str]) -> Extents:
    return tuple(ground.folded.extent(each) for each in nodes if each in ground.texts)


def _page_extent(ground: Ground, page: int, line: int = 0) -> Extents:
    """The stretch of the text a page, or the lines about one of it, holds."""
    printed = ground.pages.get(page)
    if printed is None:
        return ()
    lines = printed.lines
    if line:
        number = line if line > 0 else max((n for n, _ in lines), default=0) + 1 + line
        lines = tuple(each for each in lines if abs(each[0] - number) <= LINES)
    places = [place for _, words in lines for place in _line_place(ground, words)]
    if not places:
        return ()
    middle = sorted(places)[len(places) // 2][0]
    near = [each for each in places if abs(each[0] - middle) < 6000]
    return ((min(a for a, _ in near), max(b for _, b in near)),)


def _line_place(ground: Ground, words: str) -> Iterator[tuple[int, int]]:
    """Where a printed line stands, if it stands once only."""
    plain = folded(words)
    if len(plain) < 8:
        return
    at = ground.folded.text.find(plain)
    if at >= 0 and ground.folded.text.find(plain, at + 1) < 0:
        yield at, at + len(plain)


def _by_quote(ground: Ground, quote: str, scope: Extents) -> Placing | None:
    found = passages(ground.folded, quote, scope)
    if len(found) == 1:
        note = "" if found[0].exact else "原文与本稿略有出入，请核对"
        return _placed(ground, found[0].spot, note)
    sections = {each.spot.section for each in found}
    if len(sections) == 1:
        return Placing(section=sections.pop(), note=f"这几个字在本分目有{len(found)}处，请指明")
    if sections:
        names = "、".join(list(dict.fromkeys(each.spot.section for each in found))[:3])
        return Placing(note=f"这几个字在{len(sections)}个分目里都有（{names}等），请指明")
    return None


def _placed(ground: Ground, spot: Spot, note: str = "") -> Placing:
    text = ground.texts[spot.section]
    anchor = make_anchor(text, ground.spans(spot.section), spot.start, spot.end, ground.commit)
    return Placing(section=spot.section, anchor=anchor, note=note)


def _marked(ground: Ground, said: Said, extents: Extents) -> Placing | None:
    """A remark or a tracked change: the words with what stands on either side of them, where
    they stand but once."""
    before, words = folded(said.before), folded(said.original)
    whole = before + words + folded(said.after)
    text = ground.folded.text
    for low, high in extents if len(whole) >= LONG_ENOUGH else ():
        at = text.find(whole, low, high)
        if at < 0 or text.find(whole, at + 1, high) >= 0:
            continue
        start = at + len(before)
        if words:
            return _placed(ground, ground.folded.spot(start, start + len(words)))
        return _placed(ground, ground.folded.spot(max(at, start - 8), max(start, at + 1)))
    return None


def _named(ground: Ground, words: str) -> tuple[str, ...]:
    """The sections a title or an id in the words names, the longest title first."""
    plain = folded(words)
    if not plain:
        return ()
    titles: list[tuple[str, tuple[str, ...]]] = [
        (folded(s.title), (s.id,)) for s in ground.volume.sections
    ]
    titles += [(folded(c.title), tuple(s.id for s in c.sections)) for c in ground.volume.chapters]
    titles += [(folded(s.id), (s.id,)) for s in ground.volume.sections]
    found = [each for each in titles if len(each[0]) > 1 and each[0] in plain]
    if not found:
        return ()
    # 科技创新 概况 names one of the many sections called 概况.
    inner = [ids for _, ids in found if len(ids) == 1]
    outer = {each for _, ids in found if len(ids) > 1 for each in ids}
    both = [ids for ids in inner if ids[0] in outer]
    if both:
        return both[0]
    longest = max(found, key=lambda each: len(each[0]))
    same = [ids for title, ids in found if title == longest[0]]
    return tuple(each for ids in same for each in ids)


def _chapter(ground: Ground, told: PlaceWords) -> tuple[str, ...]:
    """The sections of 第三篇: of the one that bears the number in print."""
    heads = [Part(id=c.id, level=1, title=c.title, matter=c.matter) for c in ground.volume.chapters]
    named = {number: id_ for id_, number in chapter_numbers(heads).items()}
    wanted = named.get(told.chapter)
    return tuple(s.id for c in ground.volume.chapters if c.id == wanted for s in c.sections)


def _by_hints(ground: Ground, told: PlaceWords, nodes: Sequence[str], quoted: bool) -> Placing:
    """Without words to go by: the entry, the table, the line, the section."""
    missing = "没有找到所抄的原文，只按位置落到这里" if quoted else ""
    finders: tuple[Callable[[], Placing | None], ...] = (
        lambda: _by_entry(ground, told, nodes),
        lambda: _by_plate(ground, told),
        lambda: _by_line(ground, told),
    )
    for finder in finders:
        placing = finder()
        if placing:
            return Placing(
                section=placing.section, anchor=placing.anchor, note=placing.note or missing
            )
    if len(nodes) == 1:
        return Placing(section=nodes[0], note=missing)
    if told.page and told.page in ground.pages:
        return Placing(note=f"第{told.page}页上不止一个分目，请指明")
    if told.page and ground.pages:
        return Placing(note=f"本稿没有第{told.page}页")
    if nodes and not quoted:
        return Placing(note=f"只说到有{len(nodes)}个分目的篇目，请指明分目")
    if told.entry:
        return Placing(note=f"没有叫“{told.entry}”的条目，或不止一个")
    return Placing(note="没有写明位置" if not quoted else "没有找到所抄的原文")


def _by_entry(ground: Ground, told: PlaceWords, nodes: Sequence[str]) -> Placing | None:
    if not told.entry:
        return None
    title = re.compile(f"【({SIGNS}{SIGNS.join(map(re.escape, told.entry))}{SIGNS})】")
    for wanted in (nodes, ground.sections, tuple(ground.texts)):
        spots = [
            Spot(name, *found.span(1))
            for name in wanted
            if (found := title.search(ground.texts.get(name, "")))
        ]
        if len(spots) == 1:
            return _placed(ground, spots[0])
        if spots:
            return None
    return _by_quote(ground, told.entry, _extents(ground, nodes)) if nodes else None


def _by_plate(ground: Ground, told: PlaceWords) -> Placing | None:
    if told.plate in ground.plates:
        return _placed(ground, ground.plates[told.plate])
    return _by_quote(ground, told.caption, ()) if told.caption else None


def _by_line(ground: Ground, told: PlaceWords) -> Placing | None:
    """The words of the line told, or the one section a page holds."""
    printed = ground.pages.get(told.page) if told.page else None
    if printed is None:
        return None
    last = max((number for number, _ in printed.lines), default=0)
    wanted = told.line if told.line >= 0 else last + 1 + told.line
    spots = [
        ground.folded.spot(*place)
        for number, words in printed.lines
        for place in _line_place(ground, words)
        if wanted and number == wanted
    ]
    if len(spots) == 1:
        return _placed(ground, spots[0], "没有抄原文，按页行落到这一行")
    sections = {
        ground.folded.spot(*place).section
        for _, words in printed.lines
        for place in _line_place(ground, words)
    }
    return Placing(section=sections.pop(), note="只按页码落到分目") if len(sections) == 1 else None


def place_by_hand(ground: Ground, node: str, quote: str = "") -> Placing:
    """The section an editor names, and the words when they stand there once."""
    found = find_node(ground.volume, node)
    if found.kind != "section":
        raise EditorialError(
            f"意见要落在分目上，“{node}”不是分目",
            hint="请写 篇目编号/分目编号，说的是整本书的写 全书",
        )
    if not quote.strip() or found.id not in ground.texts:
        return Placing(section=found.id)
    hits = passages(Folded({found.id: ground.texts[found.id]}), quote)
    if len(hits) == 1:
        return _placed(ground, hits[0].spot)
    told = f"有{len(hits)}处" if hits else "没有"
    return Placing(section=found.id, note=f"“{quote}”在这个分目里{told}")
