"""逐条答复 from several papers of one mail: each once, and what they say differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from editorial.model.quote_search import folded
from editorial.model.returns import ItemReply
from editorial.values import dataclass

DIFFER = "第{}项有几种答复，都记下了，没有取舍，请问清再定：{}"
MOST_WORDS = 40  # characters of one answer that is told of


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answers in one paper; `name` of its file, or 来信."""

    name: str
    items: tuple[ItemReply, ...]


def gathered(items: Iterable[ItemReply]) -> tuple[ItemReply, ...]:
    """All answers by number, equal ones once; answers that differ follow each other."""
    found: dict[tuple[int, str], ItemReply] = {}
    for item in items:
        found.setdefault((item.number, _bare(item.text)), item)
    return tuple(sorted(found.values(), key=lambda item: item.number))


def texts_of(items: Iterable[ItemReply]) -> dict[int, tuple[str, ...]]:
    """What was answered to each item: more than one text where the answers differ."""
    found: dict[int, tuple[str, ...]] = {}
    for item in items:
        found[item.number] = (*found.get(item.number, ()), item.text)
    return found


def settled(items: Iterable[ItemReply]) -> tuple[int, ...]:
    """The numbers answered in one way only."""
    return tuple(number for number, texts in texts_of(items).items() if len(texts) == 1)


def same_answer(text: str, other: str) -> bool:
    """But for blanks, width and the stop at the end."""
    return _bare(text) == _bare(other)


def differing(papers: Sequence[Answered], listed: int) -> Iterator[str]:
    """The items answered in several ways, each answer with the paper it stands in. `listed` is
    how many items the letter has, 0 unknown."""
    for number, texts in texts_of(gathered(item for each in papers for item in each.items)).items():
        if len(texts) > 1 and number <= (listed or number):
            told = (f"“{_cut(text)}”（{_named(papers, number, text)}）" for text in texts)
            yield DIFFER.format(number, "；".join(told))


def _named(papers: Sequence[Answered], number: int, text: str) -> str:
    names = (
        each.name
        for each in papers
        for item in each.items
        if item.number == number and same_answer(item.text, text)
    )
    return "、".join(dict.fromkeys(names))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_WORDS else f"{line[:MOST_WORDS]}……"


def _bare(text: str) -> str:
    return "".join(folded(text).split()).rstrip(".。;；,，")
