"""The line at the foot of a screen: what can be done here, each word clickable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.widgets import Static

from editorial.tui.cells import fit

WIDE = 110

# Of every screen, or of every list; whatever else is bound does something to the book.
ALWAYS = frozenset(
    {
        *("help", "go", "reload", "back", "filter", "mark", "mark_all"),
        *("quit", "tour", "command_palette", "said", "change_look", "change_volume"),
    }
)


def key(keys: str, action: str, word: str, display: str, tip: str, *, show: bool = True) -> Binding:
    """A key with its word for the foot line and its sentence for help and command palette."""
    return Binding(keys, action, word, key_display=display, tooltip=tip, show=show)


LOOK = Binding.Group("只看")  # of those that write nothing


def glance(
    keys: str, action: str, word: str, display: str, tip: str, *, show: bool = True
) -> Binding:
    """A key that only looks or goes somewhere: it is offered also where nothing may be done."""
    return replace(key(keys, action, word, display, tip, show=show), group=LOOK)


UNDO = key("f8,u", "undo", "撤销", "F8 u Ctrl+Z", "看自己做过的各次操作，撤销其中的")


def figure(number: int) -> str:
    """The keys of a figure: as it is, and as a Chinese input method may send it."""
    return f"{number},{chr(ord('０') + number)}"


class Hints(Static):
    """`F2 推进 F3 分派 …`: function keys first, since a Chinese input method swallows letters."""

    DEFAULT_CSS = """
    Hints {
        dock: bottom; height: 1; width: 1fr; background: $panel; color: $foreground;
        link-style: none; link-color: $foreground; link-background: $panel;
    }
    """

    def __init__(
        self, bindings: Iterable[object], *, lead: str = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._shown, self._lead, self._remark = _once(bindings), lead, ""

    def on_resize(self) -> None:
        self.update(self._line(self.size.width))

    def offer(self, bindings: Iterable[object]) -> None:
        """Other keys from now on."""
        self._shown = _once(bindings)
        self.update(self._line(self.size.width))

    def remark(self, words: str) -> None:
        """A word before the keys, which covers nothing; empty takes it away."""
        self._remark = words
        self.update(self._line(self.size.width))

    def _line(self, width: int) -> Text:
        key = Style(bold=True, color=self.app.theme_variables["primary"])
        lead = "".join(f" {each}" for each in (self._lead, self._remark) if each)
        line = Text(fit(lead, min(cell_len(lead), width)), no_wrap=True)
        for binding in self._shown:
            word = f" {key_label(binding, 2 if width >= WIDE else 1)} {binding.description}"
            if cell_len(line.plain) + cell_len(word) > width:
                break
            at = len(line)
            line.append(word, Style.from_meta({"@click": _target(binding.action)}))
            line.stylize(key, at, at + len(word) - len(binding.description))
        return line


def _once(bindings: Iterable[object]) -> list[Binding]:
    shown = [item for item in bindings if isinstance(item, Binding) and item.show]
    return list({item.action: item for item in shown}.values())


def key_label(binding: Binding, most: int = 9) -> str:
    """`F2/m`, or `F2` when `most` is 1; `key_display` lists them, the one to show first."""
    return "/".join((binding.key_display or binding.key).split(" ")[:most])


def _target(action: str) -> str:
    return action if action.startswith(("app.", "screen.")) else f"screen.{action}"
