"""What a played screen shows, as the tests speak of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The lines of the terminal, the screen's name, the news, and a bug if there was one."""

    lines: tuple[str, ...]
    screen: str
    news: tuple[str, ...]
    fault: Exception | None

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


Play = Callable[..., Seen]
