"""导览: five cards for whoever opens the board for the first time; Esc leaves at any of them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from editorial.tui.dialogs.base import Dialog, Title
from editorial.tui.prose import Para, Prose
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`said` are pairs of a key, or nothing, and a sentence."""

    title: str
    said: tuple[tuple[str, str], ...]


CARDS = (
    Card(
        title="怎样看",
        said=(
            ("", "一行一个篇目，五列是供稿、编审、函件、意见、校对，各走各的。"),
            ("", "每格先写走得最慢的一项是什么状态，再写已了几项、共几项；底色越长，完成越多。"),
            ("", "“逾”是逾期的项数。所选一行的责编、截稿、单位写在下面。"),
        ),
    ),
    Card(
        title="怎样走",
        said=(
            ("回车", "进入：篇目 → 分目 → 正文。鼠标点两下也行。"),
            ("Esc", "退回上一屏，或关掉眼前的框。"),
            (
                "Ctrl+G",
                "去往：项目、总览、单位、函件、评议、校对、今日、收件，按数字就去；也可点最上一行。",
            ),
        ),
    ),
    Card(
        title="怎样找",
        said=(
            ("/", "筛选，列表跟着变。汉字、拼音首字母都行：kjcx 找到科技创新。"),
            ("", "也可写明哪一项：单位:深圳　状态:复审　逾期。"),
            ("Ctrl+P", "命令：这一屏能办的事都在，写词就找到，旁边是它的键。"),
        ),
    ),
    Card(
        title="怎样办",
        said=(
            ("空格", "标记几行，一并办；不标记就是光标所在的一行。"),
            (
                "F2",
                "推进。先写明会怎样、缺什么，再定。F3 分派，F6 出稿，F7 拟函，都在最下一行，可点。",
            ),
            ("F8", "撤销：自己办过的事，一次一次列着，发出去的除外。"),
        ),
    ),
    Card(
        title="不用怕",
        said=(
            ("", "开着中文输入法也能用：功能键、方向键、回车不受影响。"),
            ("", "没填完的表、没存的正文，走开或断电都还在；别人的改动自己会出现。"),
            ("F1", "每一屏都有帮助。想再看这几页，按 Shift+F1，或在 Ctrl+P 里写“导览”。"),
        ),
    ),
)


class TourDialog(Dialog[None]):
    AUTO_FOCUS = "#body"
    READS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,space,ideographic_space", "turn(1)", "下一页", key_display="Enter"),
        Binding("left,backspace", "turn(-1)", "上一页", key_display="←"),
    ]

    def __init__(self) -> None:
        self._at = 0
        super().__init__(self._heading())

    def _heading(self) -> str:
        return f"初次使用　{self._at + 1}/{len(CARDS)}　{CARDS[self._at].title}"

    def body(self) -> ComposeResult:
        yield Prose(self._paragraphs(), id="card")

    def _paragraphs(self) -> list[Para]:
        told: list[Para] = []
        for key, sentence in CARDS[self._at].said:
            text = f"{key}　{sentence}" if key else sentence
            told += [Para(text=text, lead="· ", strong=len(key)), Para()]
        return told[:-1]

    def hinted(self) -> list[Binding]:
        last = self._at == len(CARDS) - 1
        onward = Binding("enter", "turn(1)", "开始用" if last else "下一页", key_display="Enter")
        back = [Binding("left", "turn(-1)", "上一页", key_display="←")] if self._at else []
        return [onward, *back, Binding("escape", "leave", "不看了", key_display="Esc")]

    def action_turn(self, by: int) -> None:
        if self._at + by == len(CARDS):
            self.dismiss(None)
            return
        self._at = max(0, self._at + by)
        self.query_one(Title).tell(self._heading())
        self.query_one("#card", Prose).update(self._paragraphs())
        self.query_one("#body").scroll_home(animate=False)
        self.call_after_refresh(self.offer)
