"""The line at the foot of a screen: what can be done here, each word clickable."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.widgets import Static

WIDE = 110


def key(keys: str, action: str, word: str, display: str, tip: str, *, show: bool = True) -> Binding:
    """A key with its word for the foot line and its sentence for help and command palette."""
    return Binding(keys, action, word, key_display=display, tooltip=tip, show=show)


class Hints(Static):
    """`F2 推进 F3 分派 …`: function keys first, since a Chinese input method swallows letters."""

    DEFAULT_CSS = """
    Hints {
        dock: bottom; height: 1; width: 1fr; background: $panel; color: $foreground;
        link-style: none; link-color: $foreground; link-background: $panel;
    }
    """

    def __init__(self, bindings: Iterable[object]) -> None:
        super().__init__()
        self._shown = _once(bindings)

    def on_resize(self) -> None:
        self.update(self._line(self.size.width))

    def _line(self, width: int) -> Text:
        key = Style(bold=True, color=self.app.theme_variables["primary"])
        line = Text(no_wrap=True)
        for binding in self._shown:
            word = f" {key_label(binding, width >= WIDE)} {binding.description}"
            if cell_len(line.plain) + cell_len(word) > width:
                break
            at = len(line)
            line.append(word, Style.from_meta({"@click": _target(binding.action)}))
            line.stylize(key, at, at + len(word) - len(binding.description))
        return line


def _once(bindings: Iterable[object]) -> list[Binding]:
    shown = [item for item in bindings if isinstance(item, Binding) and item.show]
    return list({item.action: item for item in shown}.values())


def key_label(binding: Binding, every: bool) -> str:
    """`F2`, or `F2/m` with `every`; `key_display` lists them, the one to show first."""
    names = (binding.key_display or binding.key).split(" ")
    return "/".join(names) if every else names[0]


def _target(action: str) -> str:
    return action if action.startswith(("app.", "screen.")) else f"screen.{action}"
