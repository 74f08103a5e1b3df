"""审稿意见单, DOMAIN 7.4, and 意见采纳情况反馈: what goes to a reader and what comes back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from editorial.model.dates import chinese_day
from editorial.model.meeting import Advice, Appraisal
from editorial.model.office_paper import (
    Box,
    Column,
    Form,
    FormRow,
    Grid,
    Line,
    OfficePaper,
    Words,
    labelled,
)
from editorial.model.opinion_table import ON_TABLE, outcome_words, quote_of, tally, where
from editorial.model.reviews import UNANSWERED, Opinion, Round, disposition, plain_name
from editorial.model.volume import Section, Volume
from editorial.values import dataclass

OTHER = "其他审读人"
BLANK_ROWS = 9
FORM_COLUMNS = (
    Column(title="序号", share=9, side="center"),
    Column(title="页行或条目", share=28),
    Column(title="原文", share=40),
    Column(title="意见", share=62),
    Column(title="类别", share=14, side="center"),
    Column(title="性质", share=14, side="center"),
)
REPLY_COLUMNS = (
    Column(title="序号", share=9, side="center"),
    Column(title="位置", share=26),
    Column(title="原文", share=34),
    Column(title="您的意见", share=44),
    Column(title="采纳情况", share=16, side="center"),
    Column(title="修改后表述或说明", share=42),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form says of the text it is for: 稿名, 篇目, 字数, 撰稿单位."""

    draft: str
    sections: str
    characters: int
    units: str


def review_form(
    volume: Volume,
    round_: Round,
    asked: Asked,
    *,
    reader: str,
    opinions: Sequence[Opinion] = (),
    appraisal: Appraisal | None = None,
    mark: str = "",
) -> OfficePaper:
    """Filled with what is known; without opinions and appraisal a blank one to write in."""
    blank = not opinions and appraisal is None
    given = appraisal or Appraisal(reader=reader)
    blocks = (
        _facts(round_, asked, given, blank=blank),
        Words(text="具体意见", look="lead"),
        _listed(_opinion_lines(volume, opinions, blank=blank)),
        Form(
            rows=(
                labelled(("处理建议", _ticks(given.advice)), height=12),
                labelled(("签　名", ""), ("日　期", "　　　　年　　月　　日"), height=14),
            )
        ),
    )
    return OfficePaper(
        title="审稿意见单",
        under=(f"{round_.title}（第{round_.id}轮）", _until(round_)),
        blocks=blocks,
        mark=mark,
        foot=volume.info.office.name,
    )


def _facts(round_: Round, asked: Asked, given: Appraisal, *, blank: bool) -> Form:
    return Form(
        rows=(
            labelled(("稿　名", asked.draft), ("篇　目", asked.sections), height=10),
            labelled(("字　数", f"{asked.characters}字"), ("撰稿单位", asked.units), height=10),
            labelled(("审　级", round_.kind.label), ("审 稿 人", given.reader), height=10),
            labelled(("收稿日期", _day(given.received)), ("完成日期", _day(given.done)), height=10),
            labelled(("总体评价", given.overall), height=26 if blank else 16),
            labelled(("主要问题", given.problems), height=28 if blank else 16),
        )
    )


def _opinion_lines(volume: Volume, opinions: Sequence[Opinion], *, blank: bool) -> list[Line]:
    sections = {section.id: section for section in volume.sections}
    lines = [
        Line(
            cells=(
                str(number),
                where(sections, opinion),
                quote_of(opinion),
                opinion.text,
                opinion.category,
                opinion.weight.label,
            )
        )
        for number, opinion in enumerate(opinions, 1)
    ]
    empty = Line(cells=("",) * len(FORM_COLUMNS), height=11)
    return [*lines, *[empty] * (BLANK_ROWS if blank else 0)]


def _listed(lines: Sequence[Line]) -> Grid | Words:
    if lines:
        return Grid(columns=FORM_COLUMNS, lines=tuple(lines), name="具体意见")
    return Words(text="没有提出具体意见。", look="note")


def _day(day: date | None) -> str:
    return chinese_day(day) if day else ""


def _until(round_: Round) -> str:
    return f"请于{chinese_day(round_.due)}前审毕" if round_.due else ""


def _ticks(chosen: Advice | None) -> str:
    return "　　　".join(f"{'■' if each is chosen else '□'} {each.label}" for each in Advice)


# The answer to a reader


def masked(text: str, others: Iterable[str]) -> str:
    """The text without the names of other readers: who said what stays in the office."""
    for name in sorted(filter(None, others), key=len, reverse=True):
        text = text.replace(name, OTHER)
    return text


def other_names(volume: Volume, round_: Round, reader: str) -> tuple[str, ...]:
    """Names of everybody else who reads in this round, with and without what stands in brackets.
    Units of the book are left out: a reason may say where a figure is from."""
    mine = plain_name(reader)
    units = {plain_name(name) for unit in volume.units for name in (unit.name, unit.short)}
    names = dict.fromkeys((*round_.readers, *(opinion.by for opinion in round_.opinions)))
    others = [name for name in names if plain_name(name) != mine and plain_name(name) not in units]
    bare = [plain_name(name).partition("（")[0] for name in others]
    own = (mine, mine.partition("（")[0])
    return tuple(
        dict.fromkeys(
            each
            for each in (*others, *bare)
            if len(each) > 1 and each not in own and not any(each in name for name in own)
        )
    )


def reply_paper(
    volume: Volume,
    round_: Round,
    reader: str,
    *,
    draft: str,
    day: str,
    mark: str = "",
) -> OfficePaper:
    """意见采纳情况反馈 to one reader: thanks, every opinion of theirs with what became of it."""
    own = [each for each in round_.opinions if plain_name(each.by) == plain_name(reader)]
    letter = [
        Words(text="", look="gap"),
        Words(text=f"{reader}：", look="addressee"),
        *(Words(text=each, look="letter") for each in _thanks(round_, own, draft)),
        Words(text="", look="gap"),
        Words(text=volume.info.office.name, look="signature"),
        Words(text=day, look="signature"),
        Words(text="附：意见办理情况", look="lead"),
    ]
    return OfficePaper(
        title="意见采纳情况反馈",
        blocks=(*letter, _answers(volume, round_, own, other_names(volume, round_, reader))),
        mark=mark,
        foot=f"{draft}　{round_.title}",
    )


def _thanks(round_: Round, own: Sequence[Opinion], draft: str) -> Iterator[str]:
    counted = tally(own)
    parts = "，".join(
        f"{label}{counted.counts[each]}条"
        for each, label in ON_TABLE.items()
        if counted.counts.get(each)
    )
    yield (
        f"感谢您在百忙之中审读{draft}，并在{round_.title}中提出宝贵意见。"
        f"您提出的意见共{counted.total}条，{parts}。逐条办理情况附后，不当之处敬请指正。"
    )
    if any(disposition(each) in UNANSWERED for each in own):
        yield "尚在核实的意见，有了结果另行奉告。"
    yield "谨致谢忱。"


def _alone(words: str) -> str:
    """Without “同意见02/001”: a reader has only their own opinions before them."""
    return re.sub(r"同意见\d+/\d+：?", "", words)


def _answers(volume: Volume, round_: Round, own: Sequence[Opinion], others: Sequence[str]) -> Grid:
    sections: Mapping[str, Section] = {section.id: section for section in volume.sections}
    known = {opinion.id: opinion for opinion in round_.opinions}
    lines = (
        (
            where(sections, opinion),
            quote_of(opinion),
            opinion.text,
            ON_TABLE[disposition(opinion)],
            masked(_alone(outcome_words(opinion, known.get(opinion.same_as))), others),
        )
        for opinion in own
    )
    numbered = tuple(Line(cells=(str(n), *cells)) for n, cells in enumerate(lines, 1))
    return Grid(columns=REPLY_COLUMNS, lines=numbered, name="意见办理情况")


def signed_row(*names: str) -> FormRow:
    """Names to sign beside, each with room for a hand."""
    share = 100 / len(names)
    boxes = (
        box
        for name in names
        for box in (Box(text=name, share=share * 0.4, label=True), Box(text="", share=share * 0.6))
    )
    return FormRow(boxes=tuple(boxes), height=16)
