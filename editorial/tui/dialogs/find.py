"""One line to type in and a list below it: the palette of acts and the way to any node."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from editorial.tui.cells import fit
from editorial.tui.dialogs.base import Dialog
from editorial.tui.frame import stands
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.tui.frame import Frame

MOST = 60
KEY, WORD, BROAD = 11, 26, 40
WIDE, NARROW = 110, 90
MARGIN = 5  # of the frame, the body and the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to choose. `names` are what it is sought by, the first is shown; `digit` chooses
    it while nothing is typed; one that is not `open` shows only when it is sought."""

    group: str
    names: tuple[str, ...]
    act: Callable[[], None]
    told: str = ""
    key: str = ""
    digit: str = ""
    open: bool = True


class FindInput(Input):
    """Digits choose while the line is empty; the arrows move in the list."""

    def __init__(self, typed: str, hint: str) -> None:
        super().__init__(typed, placeholder=hint, compact=True)

    async def _on_key(self, event: events.Key) -> None:
        dialog = self.screen
        assert isinstance(dialog, FindDialog)
        if event.key in ("up", "down", "pageup", "pagedown"):
            event.stop()
            dialog.move(event.key)
        elif not self.value and event.character and dialog.by_digit(event.character):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)


class FindDialog(Dialog[Offer]):
    """Answers the offer chosen. `later` reads more of them in a thread, once it is open."""

    AUTO_FOCUS = "FindInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "清除、关闭", key_display="Esc", priority=True),
        Binding("enter", "choose", "选定", key_display="Enter"),
    ]
    DEFAULT_CSS = """
    FindDialog { align: center top; }
    FindDialog > #frame { width: 84; }
    FindDialog.-broad > #frame { width: 108; }
    FindDialog #body { padding: 0 1; }
    FindDialog FindInput { background: $cursor; padding: 0 1; margin: 0 0 1 0; }
    FindDialog OptionList { scrollbar-size: 1 1; }
    FindDialog OptionList > .option-list--option-highlighted { background: $cursor; }
    FindDialog OptionList > .option-list--option-disabled { color: $secondary; text-style: bold; }
    """

    def __init__(
        self,
        title: str,
        hint: str,
        offers: Sequence[Offer],
        rank: Callable[[str, Sequence[str]], int],
        later: Callable[[], Sequence[Offer]] | None = None,
    ) -> None:
        super().__init__(title)
        self._hint, self._rank, self._later = hint, rank, later
        self._offers = tuple(offers)
        self._listed: tuple[Offer | None, ...] = ()
        self._early = ""

    def on_key(self, event: events.Key) -> None:
        """What is typed before the line is there must not be lost."""
        if self.query(FindInput) or not event.character or not event.is_printable:
            return
        if self._early or not self.by_digit(event.character):
            self._early += event.character

    def body(self) -> ComposeResult:
        yield FindInput(self._early, self._hint)
        yield OptionList(markup=False)

    def on_mount(self) -> None:
        self.set_class(self.app.size.width >= WIDE, "-broad")
        self._list(self._early)
        if self._later is not None:
            self._read(self._later)

    def on_resize(self) -> None:
        super().on_resize()
        self.set_class(self.app.size.width >= WIDE, "-broad")
        self.query_one(OptionList).styles.max_height = max(1, self.app.size.height - 5)
        self._list(self.query_one(FindInput).value)

    @work(exclusive=True, group="look")
    async def _read(self, later: Callable[[], Sequence[Offer]]) -> None:
        more = await cast("Frame", self.app).fetch(later)
        if more and stands(self):
            self._offers += tuple(more)
            self._list(self.query_one(FindInput).value)

    def hinted(self) -> list[Binding]:
        """Esc first drops what is typed."""
        typed = any(line.value for line in self.query(FindInput))
        leave = Binding("escape", "leave", "清除" if typed else "取消", key_display="Esc")
        return [*super().hinted()[:-1], leave]

    def on_input_changed(self, event: Input.Changed) -> None:
        self._list(event.value)
        self.offer()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.action_choose()

    def _list(self, typed: str) -> None:
        """While nothing is typed by groups; else the best first."""
        typed, frame = typed.strip(), 108 if self.has_class("-broad") else 84
        width = min(frame, self.app.size.width) - MARGIN
        listed = list(self._best(typed) if typed else self._grouped())
        self._listed = tuple(offer for _, offer in listed)
        options = self.query_one(OptionList)
        options.clear_options()
        for words, offer in listed:
            line = _line(offer, width, typed) if offer else Text(words)
            options.add_option(Option(line, disabled=offer is None))
        if not listed:
            options.add_option(Option("没有相符的", disabled=True))
        first = next((at for at, offer in enumerate(self._listed) if offer), None)
        options.highlighted = first

    def _grouped(self) -> Iterator[tuple[str, Offer | None]]:
        for group, offers in groupby((x for x in self._offers if x.open), lambda x: x.group):
            yield group, None
            yield from (("", offer) for offer in offers)

    def _best(self, typed: str) -> Iterator[tuple[str, Offer | None]]:
        ranked = ((self._rank(typed, offer.names), offer) for offer in self._offers)
        found = sorted((each for each in ranked if each[0] >= 0), key=lambda each: each[0])
        yield from (("", offer) for _, offer in found[:MOST])

    def by_digit(self, typed: str) -> bool:
        """Choose what has this digit; full-width ones come from an input method."""
        digit = chr(ord(typed) - 0xFEE0) if "０" <= typed <= "９" else typed
        offer = next((each for each in self._offers if each.digit and each.digit == digit), None)
        if offer is not None:
            self.dismiss(offer)
        return offer is not None

    def move(self, key: str) -> None:
        options = self.query_one(OptionList)
        match key:
            case "up":
                options.action_cursor_up()
            case "down":
                options.action_cursor_down()
            case _:
                self._page(-1 if key == "pageup" else 1)

    def _page(self, way: int) -> None:
        options = self.query_one(OptionList)
        at = (options.highlighted or 0) + way * max(1, options.size.height - 1)
        options.highlighted = max(0, min(at, len(self._listed) - 1))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_index)

    def action_choose(self) -> None:
        self._choose(self.query_one(OptionList).highlighted)

    def _choose(self, at: int | None) -> None:
        if at is not None and at < len(self._listed) and (offer := self._listed[at]):
            self.dismiss(offer)

    def action_leave(self) -> None:
        """Esc first drops what is typed."""
        line = self.query_one(FindInput)
        if line.value:
            line.value = ""
        else:
            self.dismiss(None)


def _line(offer: Offer, width: int, typed: str) -> Text:
    """The key, or while one seeks the sort; the word; what is told of it, in one line."""
    lead = offer.group if typed and not offer.key else offer.key or offer.digit
    word = BROAD if width > NARROW else WORD
    line = Text(fit(lead, KEY), no_wrap=True)
    line.append(fit(offer.names[0], word), "bold")
    return line.append(fit(f" {offer.told}", max(0, width - KEY - word)))
