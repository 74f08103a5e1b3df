"""Where the words opinions speak of stand now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from editorial.desk.office import Desk, loaded
from editorial.desk.opinion_place import texts_of
from editorial.errors import BadData, EditorialError
from editorial.model.anchor import (
    LOST,
    Located,
    Spot,
    Standing,
    Tracing,
    locate,
    place_then,
)
from editorial.model.document import Span
from editorial.model.quote_search import Folded, passages
from editorial.model.reviews import Opinion
from editorial.model.volume import Volume
from editorial.read.markup import read_markup
from editorial.store.load import load_volume
from editorial.store.workspace import files_at
from editorial.values import dataclass


@dataclass(kw_only=True)
class Trace:
    """The text of now, and that of each commit anchors were made at, read once."""

    desk: Desk
    volume: Volume
    texts: Mapping[str, str]
    old: dict[str, Mapping[str, str]] = field(default_factory=dict)
    tracings: dict[str, Tracing] = field(default_factory=dict)
    spans: dict[tuple[str, str], tuple[Span, ...]] = field(default_factory=dict)
    folds: dict[str, Folded] = field(default_factory=dict)

    def folded(self, section: str) -> Folded:
        if section not in self.folds:
            self.folds[section] = Folded({section: self.texts[section]})
        return self.folds[section]


def trace_of(desk: Desk) -> Trace:
    volume = loaded(desk).volume
    return Trace(desk=desk, volume=volume, texts=texts_of(desk.workspace.files, volume))


def located(trace: Trace, opinion: Opinion) -> Located | None:
    """Where its words are now; None for an opinion that quotes none."""
    if opinion.anchor is None:
        return _searched(trace, opinion) if opinion.section and opinion.original else None
    anchor = opinion.anchor
    old = _texts_at(trace, anchor.commit)
    text = old.get(opinion.section)
    if text is None:
        return LOST
    place = place_then(anchor, text, _spans(trace, anchor.commit, opinion.section, text))
    if place is None:
        return LOST
    if anchor.commit not in trace.tracings:
        trace.tracings[anchor.commit] = Tracing(old, trace.texts)
    return locate(trace.tracings[anchor.commit], opinion.section, *place)


def _texts_at(trace: Trace, commit: str) -> Mapping[str, str]:
    if commit not in trace.old:
        trace.old[commit] = _read_at(trace, commit)
    return trace.old[commit]


def _read_at(trace: Trace, commit: str) -> Mapping[str, str]:
    """Nothing when that commit is kept no more: the words are lost then, which is told."""
    try:
        files = files_at(trace.desk.workspace, commit)
        return texts_of(files, load_volume(files, trace.desk.volume_id).volume)
    except (EditorialError, BadData):
        return {}


def _spans(trace: Trace, commit: str, section: str, text: str) -> tuple[Span, ...]:
    key = (commit, section)
    if key not in trace.spans:
        trace.spans[key] = tuple(b.span for b in read_markup(text, section)[0].blocks)
    return trace.spans[key]


def _searched(trace: Trace, opinion: Opinion) -> Located:
    """An opinion typed in with the words it is about, without their place: they are found when
    they stand in the section once."""
    if opinion.section not in trace.texts:
        return LOST
    found = passages(trace.folded(opinion.section), opinion.original)
    if not found:
        return LOST
    spots = tuple(each.spot for each in found)
    if len(spots) > 1:
        return Located(standing=Standing.SEVERAL, spots=spots)
    return Located(standing=Standing.FOUND if found[0].exact else Standing.CHANGED, spots=spots)


def spots_of(trace: Trace, opinions: Iterable[Opinion]) -> dict[str, Spot]:
    """The likeliest place of each opinion that has one."""
    found: dict[str, Spot] = {}
    for opinion in opinions:
        place = located(trace, opinion)
        if place and place.spots:
            found[opinion.id] = place.spots[0]
    return found


def words_at(trace: Trace, spot: Spot, around: int = 0) -> str:
    """The words of a place in their line, those spoken of between brackets ⟦ ⟧."""
    text = trace.texts[spot.section]
    inside = text[spot.start : spot.end]
    if not around:
        return inside
    before = text[max(0, spot.start - around) : spot.start].rpartition("\n")[2]
    after = text[spot.end : spot.end + around].partition("\n")[0]
    return f"{before}⟦{inside}⟧{after}"


def line_at(trace: Trace, spot: Spot) -> int:
    """The line of the section's file the words begin in, from 1."""
    return trace.texts[spot.section].count("\n", 0, spot.start) + 1
