"""Ctrl+P: everything the present screen can do, by its Chinese words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.binding import Binding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from editorial.tui.hints import key_label
from editorial.tui.page import AnyPage, Page


def palette(page: AnyPage) -> CommandPalette:
    return CommandPalette({Commands}, placeholder="查找命令，如 推进、拟函、撤销", id="palette")


class Commands(Provider):
    """The keys of the page, each with its sentence; choosing one is pressing it."""

    def _offers(self) -> list[tuple[str, Callable[[], None]]]:
        page = self.screen
        assert isinstance(page, Page)
        return [(_words(each), partial(_do, page, each)) for each in page.described()]

    async def discover(self) -> Hits:
        for words, act in self._offers():
            yield DiscoveryHit(words, act)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        found = False
        for words, act in self._offers():
            if (score := matcher.match(words)) > 0:
                found = True
                yield Hit(score, matcher.highlight(words), act)
        if not found:
            yield Hit(0.01, "没有相符的命令", lambda: None)


def _words(binding: Binding) -> str:
    """`推进：推进到另一阶段　F2/m`, all of which can be searched."""
    tip = binding.tooltip if binding.tooltip != binding.description else ""
    words = f"{binding.description}：{tip}" if tip else binding.description
    return f"{words}　{key_label(binding, every=True)}"


def _do(page: AnyPage, binding: Binding) -> None:
    page.call_later(page.run_action, binding.action)
