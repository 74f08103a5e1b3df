"""核红 report: each mark and each unasked change, with where to look on both proofs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Literal, NamedTuple, TypeAlias

from editorial.model.proof_page import Box
from editorial.model.red_verdict import RedChecked, Unasked, Verdict
from editorial.values import dataclass

Standing: TypeAlias = Literal["wrong", "undone", "unasked", "eye", "accepted", "done"]
STANDINGS: dict[Standing, str] = {
    "wrong": "改错",
    "undone": "未改",
    "unasked": "未要求而改",
    "eye": "看图核",
    "accepted": "已认可",
    "done": "已改",
}
TO_SEE: tuple[Standing, ...] = ("wrong", "undone", "unasked", "eye")
# Points: how much of the page about the words is shown.
WIDE, ABOVE, BELOW, MARGIN = 270.0, 32.0, 30.0, 16.0
NEAR = 40.0
MOST = 3  # pieces of one place that runs over columns or pages


class Crop(NamedTuple):
    """A piece of the page `sheet`, in points from the left and top of the trimmed page, with the
    places to be marked on it."""

    sheet: int
    left: float
    top: float
    width: float
    height: float
    marks: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedItem:
    """`asked` is the change wanted, "" for one nobody wanted; `stands` what there is now."""

    label: str
    standing: Standing
    place: str
    around: str
    asked: str
    stands: str
    note: str = ""
    old: tuple[Crop, ...] = field(default=())
    new: tuple[Crop, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class RedReport:
    title: str
    old_name: str
    new_name: str
    items: tuple[RedItem, ...]
    remarks: tuple[str, ...] = ()

    def count(self, standing: Standing) -> int:
        return sum(each.standing == standing for each in self.items)


def counts_words(report: RedReport) -> str:
    counts = Counter(each.standing for each in report.items)
    told = "，".join(f"{word}{counts[key]}处" for key, word in STANDINGS.items() if counts[key])
    return told or "没有改动"


def red_items(
    checked: RedChecked,
    accepted: Mapping[int, str],
    exempt: Mapping[str, str],
    eyes: Sequence[RedItem] = (),
) -> tuple[RedItem, ...]:
    """What must be seen to first, each kind in the order of the pages.

    `accepted` has reasons by the index of an unasked change, `exempt` by the id of a mark.
    """
    items = [
        *(_verdict_item(each, exempt) for each in checked.verdicts),
        *(_unasked_item(n, each, accepted) for n, each in enumerate(checked.unasked)),
        *eyes,
    ]
    order = list(STANDINGS)
    return tuple(sorted(items, key=lambda each: (order.index(each.standing), *_where(each))))


def _where(item: RedItem) -> tuple[int, float]:
    crop = next(iter((*item.old, *item.new)), None)
    return (crop.sheet, crop.top) if crop else (0, 0.0)


def _verdict_item(each: Verdict, exempt: Mapping[str, str]) -> RedItem:
    mark = each.mark
    reason = exempt.get(mark.id, "")
    found = f"现为“{each.found}”" if each.found else "现无字"
    if not each.located and not each.new_sheet:
        found = "旧样上找不到这几个字，请人工核"
    return RedItem(
        label=mark.id,
        standing="accepted" if reason and each.state != "done" else each.state,
        place=place_words(each.sheet, each.new_sheet),
        around=f"{mark.before}▲{mark.after}",
        asked=change_words(mark.old, mark.new),
        stands="" if each.state == "done" else found,
        note=reason,
        old=crops_of(each.old_boxes),
        new=crops_of(each.new_boxes),
    )


def _unasked_item(index: int, each: Unasked, accepted: Mapping[int, str]) -> RedItem:
    reason = accepted.get(index, "")
    return RedItem(
        label=f"外{index + 1}",
        standing="accepted" if reason else "unasked",
        place=place_words(each.old_sheet, each.sheet),
        around=f"{each.before}▲{each.after}",
        asked="",
        stands=change_words(each.old, each.new),
        note=reason,
        old=crops_of(each.old_boxes),
        new=crops_of(each.new_boxes),
    )


def place_words(old: int, new: int) -> str:
    told = [f"旧样第{old}面"] if old else []
    return "，".join((*told, *([f"新样第{new}面"] if new else ())))


def change_words(old: str, new: str) -> str:
    if old and new:
        return f"“{old}”改“{new}”"
    return f"删“{old}”" if old else f"增“{new}”"


def crops_of(boxes: Iterable[Box]) -> tuple[Crop, ...]:
    """A piece of page about each group of boxes that stand together."""
    groups: list[list[Box]] = []
    for box in boxes:
        if groups and _together(groups[-1], box):
            groups[-1].append(box)
        else:
            groups.append([box])
    return tuple(_crop(group) for group in groups[:MOST])


def _together(group: Sequence[Box], box: Box) -> bool:
    last = group[-1]
    left = min(each.x for each in group)
    right = max(each.x + each.width for each in group)
    across = max(right, box.x + box.width) - min(left, box.x)
    return last.sheet == box.sheet and abs(last.y - box.y) < NEAR and across < 2 * WIDE


def _crop(boxes: Sequence[Box]) -> Crop:
    left, right = min(b.x for b in boxes), max(b.x + b.width for b in boxes)
    top, bottom = min(b.y for b in boxes), max(b.y + b.height for b in boxes)
    width = max(WIDE, right - left + 2 * MARGIN)
    start = max(0.0, (left + right - width) / 2)
    high = max(0.0, top - ABOVE)
    return Crop(boxes[0].sheet, start, high, width, bottom + BELOW - high, tuple(boxes))


def all_crops(items: Iterable[RedItem], *, new: bool) -> Iterator[Crop]:
    for item in items:
        yield from item.new if new else item.old
