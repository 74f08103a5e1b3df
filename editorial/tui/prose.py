"""Chinese text on the screen: broken by `cells.wrap`, with an optional margin on the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from editorial.tui.cells import wrap


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """`lead` stands before the first line, and as much blank before the others.

    The first `strong` characters are bold, those of `mark` (half-open) stand in reverse.
    """

    text: str = ""
    style: str = ""
    lead: str = ""
    strong: int = 0
    mark: tuple[int, int] = (0, 0)


class Prose(Widget):
    """As high as its text is long at the width it gets."""

    DEFAULT_CSS = """
    Prose { width: 1fr; height: auto; }
    """

    def __init__(
        self, paragraphs: Sequence[Para] | str = (), *, id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._paragraphs = self._read(paragraphs)

    @staticmethod
    def _read(paragraphs: Sequence[Para] | str) -> tuple[Para, ...]:
        if isinstance(paragraphs, str):
            return tuple(Para(text=line) for line in paragraphs.split("\n"))
        return tuple(paragraphs)

    def update(self, paragraphs: Sequence[Para] | str) -> None:
        self._paragraphs = self._read(paragraphs)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return sum(len(wrap(para.text, width - cell_len(para.lead))) for para in self._paragraphs)

    def render(self) -> Text:
        lines = (set_out(para, self.content_size.width) for para in self._paragraphs)
        return Text("\n", no_wrap=True).join(lines)


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
        first, last = (min(max(0, each - at), len(line)) for each in para.mark)
        start = len(block) - len(line)
        block.stylize("bold reverse", start + first, start + last)
        at += len(line)
        strong = max(0, strong - len(line))
    return block
