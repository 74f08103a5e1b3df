"""Notes under the foot of a table: 注：…, 资料来源：…, the points of one under each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from editorial.model.document import Runs, plain
from editorial.model.style import TextRole
from editorial.render.grid import parted, remark_labels
from editorial.render.pdf.classes import EM, HAN_LATIN
from editorial.render.pdf.flow import Flow, Passage
from editorial.render.pdf.inline import Setting, passage
from editorial.render.pdf.items import Text
from editorial.render.pdf.pages import pour
from editorial.render.pdf.paragraph import Lines
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note under the foot of a table: its label, 注：, `out` points before the text, which
    begins `x` points from the left edge of the table. `label` has no lines if there is none."""

    label: Lines
    text: Passage
    x: float
    out: float


def remarks_of(setting: Setting, remarks: Sequence[Runs], width: float) -> Iterator[Remark]:
    """Lines below the first begin under the first words after the label."""
    look = replace(setting.style.roles["table_cell"], align="justify", indent=0)
    for runs, (ems, count) in zip(remarks, remark_labels(remarks), strict=True):
        label, text = parted(runs, count)
        out = _label_width(setting, plain(label), look)
        x = ems * look.size + out
        yield Remark(
            label=passage(setting, label, look, width).lines,
            text=passage(setting, text, look, max(width - x, width / 2)),
            x=x,
            out=out,
        )


def _label_width(setting: Setting, label: str, look: TextRole) -> float:
    """Points of 注：1. before Chinese; not measured as text is, for nothing is set yet."""
    face = setting.case.face(look.font)
    gap = HAN_LATIN if label[-1:].isascii() and label else 0
    return (sum(face.widths[char] for char in label) + gap) * look.size / EM


def set_remark(flow: Flow, remark: Remark, left: float) -> None:
    """The text, and its label before the first line of it, wherever that has come to stand.
    `left`: points from the edge of the column to that of the table."""
    first, lines = len(flow.pages) - 1, remark.text.lines
    with flow.tags.inside("P"):
        pour(flow, remark.text, x=left + remark.x)
    if not remark.label.count:
        return
    for page in flow.pages[first:]:
        for at, item in enumerate(page.items):
            if isinstance(item, Text) and item.lines is lines and not item.start:
                x = item.x - remark.out
                label = Text(lines=remark.label, x=x, top=item.top, tag=item.tag)
                page.items.insert(at, label)
                return
