"""Section text in the product's markup: entries, tables, figures, notes, chronicle lines."""

from __future__ import annotations

from editorial.desk.specimen.figures import AVERAGED, CITY, Amount, amounts, written
from editorial.desk.specimen.grammar import EDITOR_NOTES, EVENTS, FOOTNOTES
from editorial.desk.specimen.prose import (
    Voice,
    about,
    entry_title,
    fill,
    passage,
    person,
    place,
)
from editorial.values import dataclass

YEAR = 2024


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a section must hold. `tables` and `figures` are their numbers `chapter-n`.

    `refer` is the number of a table elsewhere in the book, "" for none.
    """

    title: str
    signature: str
    entries: int
    chars: int
    tables: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    refer: str = ""
    headings: int = 0
    footnote: bool = False
    comment: bool = False
    leftover: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The text of a section, and `quotes`: (entry title, words in it) to speak about."""

    text: str
    quotes: tuple[tuple[str, str], ...]


def section_piece(voice: Voice, plan: Plan) -> Piece:
    """Entries of uneven length under the budget, with the planned extras spread among them."""
    lines: list[str] = []
    quotes: list[tuple[str, str]] = []
    entries = _entries(voice, plan)
    weights = [1.5, *(voice.chance.uniform(0.6, 1.4) for _ in entries[1:])]
    left = plan.chars - 380 * len(plan.tables) - 30 * len(plan.figures)
    for i, (title, speaker) in enumerate(entries):
        lines += _heading(voice, plan, i)
        length = max(40, round(left * weights[i] / sum(weights[i:])) - len(title) - 2)
        text = passage(speaker, length, survey=i == 0)
        left -= len(text) + len(title) + 2
        quotes.append((title, text.split("。")[0]))
        lines += _entry(speaker, plan, i, title, text)
    lines.append(f"（{plan.signature}）")
    lines += _tail(voice, plan)
    return Piece(text="\n".join(lines) + "\n", quotes=tuple(quotes))


def chronicle_piece(voice: Voice, plan: Plan) -> Piece:
    """Dated lines in order, grouped in three parts of the month."""
    chance = voice.chance
    days = sorted(chance.choices(range(1, 29), k=max(3, plan.chars // 37)))
    lines: list[str] = []
    quotes: list[tuple[str, str]] = []
    heads = ["上旬", "中旬", "下旬"]
    for day in days:
        while heads and day > (0, 10, 20)[3 - len(heads)]:
            lines.append(f"# {heads.pop(0)}")
        text = fill(about(voice), chance.choice(EVENTS))
        lines.append(f"{day}日　{text}")
        quotes.append((f"{day}日", text.split("，")[0]))
    lines += [line for number in plan.tables for line in table(voice, number)]
    lines += [figure(voice, number) for number in plan.figures]
    lines.append(f"（{plan.signature}）")
    return Piece(text="\n".join(lines) + "\n", quotes=tuple(quotes))


def _entries(voice: Voice, plan: Plan) -> list[tuple[str, Voice]]:
    """Titles, none twice, each with a voice that speaks of that subject."""
    survey = plan.title if plan.title.endswith("概况") else f"{plan.title}概况"
    entries = {survey: about(voice)}
    while len(entries) < plan.entries:
        speaker = about(voice)
        title = entry_title(speaker)
        if len(title) <= 15:
            entries.setdefault(title, speaker)
    return list(entries.items())


def _heading(voice: Voice, plan: Plan, index: int) -> list[str]:
    """次分目 at even distances, never before the survey entry."""
    if not plan.headings or index == 0:
        return []
    step = max(2, plan.entries // plan.headings)
    topic = voice.field.topics[index % len(voice.field.topics)]
    return [f"# {topic}"] if index % step == 1 else []


def _entry(voice: Voice, plan: Plan, index: int, title: str, text: str) -> list[str]:
    chance = voice.chance
    first, *rest = _paragraphs(text)
    if index == 0:
        marks = "".join(f"（[见表{n}](#biao-{n})）" for n in plan.tables)
        first = first.replace("。", f"{marks}。{'[^1]' if plan.footnote else ''}", 1)
    if index == 2 and plan.refer:
        first += f"有关数据[见表{plan.refer}](#biao-{plan.refer})。"
    if index == 1 and plan.leftover:
        first += f"年末实有{chance.choice(voice.field.topics)}项目【待补】个。"
    if index == 3 and chance.random() < 0.3:
        first = _marked(voice, first)
    lines = [f"【{title}】　{first}", *rest]
    if index == 0:
        lines += [line for number in plan.tables for line in table(voice, number)]
    lines += [
        figure(voice, n)
        for k, n in enumerate(plan.figures)
        if index == min(1 + k, plan.entries - 1)
    ]
    return lines


def _paragraphs(text: str) -> list[str]:
    """Long entries break into paragraphs at a full stop near the middle."""
    if len(text) < 360:
        return [text]
    cut = text.find("。", len(text) // 2) + 1
    return [text[:cut], *_paragraphs(text[cut:])] if 0 < cut < len(text) else [text]


def _marked(voice: Voice, text: str) -> str:
    """A sentence with emphasis, a subscript and a superscript."""
    value = voice.chance.uniform(18, 36)
    volume = voice.chance.randint(100, 900)
    return (
        f"{text}细颗粒物（PM~2.5~）年均浓度{value:.1f}微克/立方米，*比上年下降*；"
        f"可再生水利用量{volume}×10^4^立方米。"
    )


def _tail(voice: Voice, plan: Plan) -> list[str]:
    lines = [f"%% {voice.chance.choice(EDITOR_NOTES)}"] if plan.comment else []
    return [*lines, f"[^1]: {voice.chance.choice(FOOTNOTES)}"] if plan.footnote else lines


def table(voice: Voice, number: str) -> list[str]:
    """The districts by year, every other one with a merged head; sums where sums make sense."""
    name = voice.chance.choice(voice.field.measures).split(":")[0]
    found = amounts(voice.seed, name)
    rows = [each for each in found.items() if each[0] != CITY]
    unit = rows[0][1].unit
    title = f"{YEAR}年示例市各区县{name}情况表"
    head = f':::table{{#biao-{number} title="{title}" unit="{unit}"}}'
    rate = "增减（百分点）" if unit == "%" else "增长（%）"
    merged = (f"| 区县 | {name} | < | {rate} |", f"| ^ | {YEAR - 1}年 | {YEAR}年 | ^ |")
    plain = (f"| 区县 | {YEAR - 1}年 | {YEAR}年 | {rate} |",)
    total = ("全市" if unit in AVERAGED else "合计", found[CITY])
    body = [_cells(*row) for row in (*rows, total)]
    even = int(number.rsplit("-", 1)[1]) % 2 == 0
    return [head, *(merged if even else plain), "---", *body, ":::"]


def _cells(place: str, amount: Amount) -> str:
    before, now = written(amount, amount.before), written(amount, amount.now)
    return f"| {place} | {before} | {now} | {amount.growth:.1f} |"


def figure(voice: Voice, number: str) -> str:
    month, work = voice.chance.randint(1, 12), voice.chance.choice(voice.field.works)
    title = f"{YEAR}年{month}月的{place(voice)}{work}"
    return (
        f':::figure{{#tu-{number} src="figures/tu-{number}.jpg" '
        f'title="{title}" credit="{person(voice)}"}}'
    )
