"""读校目录: what stands in the book and in no list of contents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from editorial.desk.toc_match import CODE, Ground, continued, page_name
from editorial.desk.toc_pages import key_of
from editorial.model.finding import Finding

NEAR_SHEETS = 2
OPEN_POINTS = ("待补", "存疑", "待核", "待查")  # 【 】 of a mark, not of an entry


def unlisted(ground: Ground, used: frozenset[tuple[str, int]], after: int) -> Iterator[Finding]:
    """Headings behind sheet `after` that no list names, where most of their like are named."""
    sizes, named = Counter[float](), Counter[float]()
    for index, head in enumerate(ground.heads):
        sizes[round(head.size, 1)] += head.sheet > after
        named[round(head.size, 1)] += ("head", index) in used
    known = defaultdict(list)
    for index, head in enumerate(ground.heads):
        if ("head", index) in used:
            known[key_of(head.text)].append(head.sheet)
    for first, text in _whole_heads(ground, used):
        head, key = ground.heads[first], key_of(text)
        size = round(head.size, 1)
        if head.sheet <= after or 2 * named[size] < sizes[size]:
            continue
        twin = any(abs(sheet - head.sheet) <= NEAR_SHEETS for sheet in known.get(key, ()))
        if len(key) > 1 and not twin:
            page = page_name(ground.numbers, head.sheet)
            message = f"{page}的标题“{' '.join(text.split())}”目录没有列"
            yield Finding(code=CODE, line=head.sheet, message=message)
    yield from _unlisted_entries(ground, used, after)


def _whole_heads(ground: Ground, used: frozenset[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    """The first line of each heading not in `used`, and its words, from full lines on."""
    heads = ground.heads
    last = -1
    for first, head in enumerate(heads):
        if first <= last or ("head", first) in used:
            continue
        last, words = first, head.text
        while last + 1 < len(heads) and ("head", last + 1) not in used:
            if not continued(*heads[last : last + 2]):
                break
            last, words = last + 1, words + heads[last + 1].text
        yield first, words


def _unlisted_entries(
    ground: Ground, used: frozenset[tuple[str, int]], after: int
) -> Iterator[Finding]:
    """【条目】 likewise, where the contents list most of them."""
    entries = [
        spot
        for spots in ground.by_key.values()
        for spot in spots
        if spot.parts[0][0] == "entry" and spot.sheet > after
    ]
    if 2 * sum(spot.parts[0] in used for spot in entries) < len(entries):
        return
    for spot in sorted(entries, key=lambda spot: spot.order):
        if spot.parts[0] not in used and not key_of(spot.text).startswith(OPEN_POINTS):
            page = page_name(ground.numbers, spot.sheet)
            message = f"{page}的条目“{spot.text}”目录没有列"
            yield Finding(code=CODE, line=spot.sheet, message=message)
