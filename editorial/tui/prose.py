"""Chinese text on the screen: broken by `cells.wrap`, with an optional margin on the left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from editorial.tui.cells import wrap
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """`lead` stands before the first line, and as much blank before the others.

    The first `strong` characters are bold, those of `mark` (half-open) stand in reverse;
    `spans` are others (half-open) with the style of each.
    """

    text: str = ""
    style: str = ""
    lead: str = ""
    strong: int = 0
    mark: tuple[int, int] = (0, 0)
    spans: tuple[tuple[int, int, str | Style], ...] = ()

    def set_out(self, width: int) -> Text:
        return set_out(self, width)


class Block(Protocol):
    """What can stand in a text: it sets itself out in lines of at most `width` cells."""

    def set_out(self, width: int) -> Text: ...


class Prose(Widget):
    """As high as its text is long at the width it gets."""

    DEFAULT_CSS = """
    Prose { width: 1fr; height: auto; }
    """

    def __init__(
        self, paragraphs: Sequence[Block] | str = (), *, id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._paragraphs = self._read(paragraphs)
        self._kept: tuple[int, Text] | None = None  # as drawn at a width

    @staticmethod
    def _read(paragraphs: Sequence[Block] | str) -> tuple[Block, ...]:
        if isinstance(paragraphs, str):
            return tuple(Para(text=line) for line in paragraphs.split("\n"))
        return tuple(paragraphs)

    def update(self, paragraphs: Sequence[Block] | str) -> None:
        self._paragraphs, self._kept = self._read(paragraphs), None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._drawn(width).plain.count("\n") + 1

    def render(self) -> Text:
        return self._drawn(self.content_size.width)

    def _drawn(self, width: int) -> Text:
        if self._kept is None or self._kept[0] != width:
            lines = (each.set_out(width) for each in self._paragraphs)
            self._kept = width, Text("\n", no_wrap=True).join(lines)
        return self._kept[1]


def set_out(para: Para, width: int) -> Text:
    """One paragraph as a block of lines `width` cells wide."""
    margin = cell_len(para.lead)
    block = Text(no_wrap=True)
    strong, at = para.strong, 0
    for number, line in enumerate(wrap(para.text, width - margin)):
        block.append("\n" if number else "")
        block.append(" " * margin if number else para.lead, "dim")
        block.append(line[:strong], f"{para.style} bold")
        block.append(line[strong:], para.style)
        at = para.text.find(line, at)
        start = len(block) - len(line)
        for one, other, style in (*para.spans, (*para.mark, "bold reverse")):
            first, last = (min(max(0, each - at), len(line)) for each in (one, other))
            block.stylize(style, start + first, start + last)
        at += len(line)
        strong = max(0, strong - len(line))
    return block
