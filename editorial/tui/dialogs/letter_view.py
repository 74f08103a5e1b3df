"""A letter in full: what is asked, of whom, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult

from editorial.model.labels import LetterState
from editorial.model.letters import Letter, LetterItem, Reply
from editorial.tui.dialogs.base import Dialog
from editorial.tui.prose import Para, Prose


class LetterView(Dialog[None]):
    AUTO_FOCUS = "#body"
    READS = True

    def __init__(self, letter: Letter, names: dict[str, str], titles: dict[str, str]) -> None:
        super().__init__(f"{letter.kind.label}　{letter.number or letter.id}")
        self._letter, self._names, self._titles = letter, names, titles
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        yield Prose(list(self._told()))

    def _told(self) -> Iterator[Para]:
        letter = self._letter
        yield Para(text=letter.title, strong=len(letter.title))
        yield Para(text=self._names.get(letter.unit, letter.unit), lead="致　　")
        granted = f"，准予延至{letter.extended}" if letter.extended else ""
        yield Para(text=f"{letter.due}{granted}", lead="期限　")
        if letter.reason:
            yield Para(text=letter.reason, lead="事由　")
        if letter.papers:
            yield Para(text="、".join(paper.name for paper in letter.papers), lead="文件　")
        for sent in letter.deliveries:
            parts = (f"{sent.at:%Y-%m-%d}", sent.channel.label, sent.to, sent.state.label)
            told = "　".join(part for part in (*parts, sent.error or sent.note) if part)
            yield Para(text=told, lead="发送　")
        for reply in (*letter.earlier, letter.reply):
            if reply is not None:
                yield Para(text=_answered(reply), lead="回函　")
        yield Para()
        for number, item in enumerate(letter.items, 1):
            yield self._item(number, item)
        yield Para()
        for step in letter.history:
            who = self._names.get(step.by, step.by)
            told = f"{LetterState(step.to).label}　{who}　{step.note}".rstrip("　")
            yield Para(text=told, lead=f"{step.at:%Y-%m-%d %H:%M}  ")

    def _item(self, number: int, item: LetterItem) -> Para:
        place = "，".join(filter(None, (self._titles.get(item.section, item.section), item.place)))
        return Para(text=f"{place}：{item.request}", lead=f"{number:>2}. ", strong=len(place))


def _answered(reply: Reply) -> str:
    answer = reply.answer.label if reply.answer else ""
    until = f"至{reply.until}" if reply.until else ""
    other = f"，建议转{reply.pass_to}" if reply.pass_to else ""
    parts = (reply.date.isoformat(), reply.channel, f"{answer}{until}{other}", reply.doc_no)
    return "　".join(part for part in (*parts, reply.note) if part)
