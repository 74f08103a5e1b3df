"""The line at the head of every screen: what it shows, and the places one can go to."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.widgets import Static

from editorial.tui.cells import fit, head
from editorial.tui.places import PLACES, Place, place_of

CAPTION_MIN = 24


class Bar(Static):
    """Brackets, not colour alone, tell where one is. Where there is little room only that
    place shows; each word can be clicked."""

    DEFAULT_CSS = """
    Bar {
        height: 1; width: 1fr; padding: 0 1; background: $primary; color: $background;
        link-style: none; link-color: $background; link-background: $primary;
        link-style-hover: underline; link-color-hover: $background;
        link-background-hover: $primary;
    }
    """

    def __init__(self) -> None:
        super().__init__("", id="caption", markup=False)
        self._caption = ""

    def caption(self, words: str) -> None:
        self._caption = words
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        stack = self.app.screen_stack
        below = stack[: stack.index(self.screen) + 1] if self.screen in stack else stack
        self.update(bar(self._caption, place_of(below), self.content_size.width))


def bar(caption: str, here: Place | None, width: int) -> Text:
    """The caption on the left, the places on the right, in exactly `width` cells."""
    words = _places(here)
    if width - cell_len(words.plain) < CAPTION_MIN:
        words = _only(here)
    room = max(0, width - cell_len(words.plain))
    return Text(fit(_short(caption, room - 1), room), style="bold", no_wrap=True) + words


def _places(here: Place | None) -> Text:
    """` 项目[总览]单位 函件 `"""
    line, before = Text(no_wrap=True), ""
    for place in PLACES:
        seen = place is here
        line.append("[" if seen else "]" if before == "[" else " ", Style(bold=seen))
        line.append(place.word, _click(f"app.visit('{place.id}')") + Style(bold=seen))
        before = "[" if seen else ""
    return line.append("]" if before else " ")


def _only(here: Place | None) -> Text:
    return Text(f"[{here.word if here else '去往'}]", style=_click("app.go") + Style(bold=True))


def _click(action: str) -> Style:
    return Style.from_meta({"@click": action})


def _short(caption: str, width: int) -> str:
    """The end of the path says where one is; the volume may go."""
    if cell_len(caption) <= width:
        return caption
    last = caption.rpartition(" / ")[2]
    if cell_len(last) > width:
        last = last.rpartition("　")[0] or last  # a date behind the name
    return last if cell_len(last) <= width else head(last, width - 2) + ".."
