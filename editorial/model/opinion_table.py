"""意见汇总及采纳情况表, DOMAIN 7.3: what was said, by whom, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from editorial.model.labels import Disposition, Weight
from editorial.model.office_paper import Column, Grid, Line, OfficePaper, Words
from editorial.model.reviews import Opinion, Round, disposition, plain_name, section_words
from editorial.model.volume import Section, Volume
from editorial.values import dataclass

By: TypeAlias = Literal["section", "reader", "unit"]
BY: Mapping[By, str] = {"section": "按篇目", "reader": "按提出人", "unit": "按供稿单位"}
ON_TABLE: Mapping[Disposition, str] = {
    Disposition.ADOPTED: "采纳",
    Disposition.PARTLY: "部分采纳",
    Disposition.REJECTED: "未采纳",
    Disposition.FORWARDED: "转核实",
    Disposition.PENDING: "待定",
}
ALWAYS = (Disposition.ADOPTED, Disposition.PARTLY, Disposition.REJECTED)
COLUMNS = (
    Column(title="序号", share=11, side="center"),
    Column(title="位置（篇目/页行）", share=32),
    Column(title="原文", share=40),
    Column(title="意见（提出单位/人）", share=62),
    Column(title="采纳情况", share=18, side="center"),
    Column(title="修改后表述或未采纳理由", share=56),
    Column(title="责任编辑", share=18, side="center"),
    Column(title="备注", share=30),
)
SHARED = (1, 2)
NO_BLOCK = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many opinions were received, and how many have each disposition."""

    total: int
    counts: Mapping[Disposition, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One row: an opinion with those that say the same and were decided the same."""

    opinion: Opinion
    same: tuple[Opinion, ...] = ()

    @property
    def opinions(self) -> tuple[Opinion, ...]:
        return (self.opinion, *self.same)


def tally(opinions: Iterable[Opinion]) -> Tally:
    """Every opinion counts once, also one that repeats another."""
    counts = Counter(disposition(opinion) for opinion in opinions)
    return Tally(total=sum(counts.values()), counts=counts)


def told(counted: Tally, points: int | None = None) -> str:
    """共收到意见N条，采纳A条，部分采纳B条，未采纳C条; the others only where there are any."""
    parts = [
        f"{ON_TABLE[each]}{counted.counts.get(each, 0)}条"
        for each in ON_TABLE
        if each in ALWAYS or counted.counts.get(each, 0)
    ]
    merged = points is not None and points != counted.total
    more = f"；相同意见合并后列为{points}项" if merged else ""
    return f"共收到意见{counted.total}条，{'，'.join(parts)}{more}。"


def points_of(opinions: Sequence[Opinion], *, merged: bool = True) -> tuple[Point, ...]:
    """Opinions that say the same become one point, if the same was decided of them all."""
    known = {opinion.id: opinion for opinion in opinions}
    heads = {opinion.id: _head(opinion, known) if merged else opinion for opinion in opinions}
    same: dict[str, list[Opinion]] = {}
    for opinion in opinions:
        head = heads[opinion.id]
        if head.id != opinion.id:
            same.setdefault(head.id, []).append(opinion)
    return tuple(
        Point(opinion=opinion, same=tuple(same.get(opinion.id, ())))
        for opinion in opinions
        if heads[opinion.id].id == opinion.id
    )


def _head(opinion: Opinion, known: Mapping[str, Opinion]) -> Opinion:
    """What it repeats in the end, decided as it was; of a ring the first."""
    chain = [opinion]
    while (after := known.get(chain[-1].same_as)) and disposition(after) is disposition(opinion):
        if after in chain:
            return min(chain[chain.index(after) :], key=lambda each: each.id)
        chain.append(after)
    return chain[-1]


def gathered(points: Sequence[Point]) -> tuple[tuple[Point, ...], ...]:
    """Points on the same words stand together, in the order of the first of them."""
    owner: dict[str, int] = {}
    groups: dict[int, list[Point]] = {}
    for place, point in enumerate(points):
        keys = [key for opinion in point.opinions for key in _keys(opinion)]
        found = sorted({owner[key] for key in keys if key in owner})
        group = found[0] if found else place
        for other in found[1:]:
            groups[group] += groups.pop(other)
            owner |= {key: group for key, held in owner.items() if held == other}
        groups.setdefault(group, []).append(point)
        owner |= dict.fromkeys(keys, group)
    return tuple(tuple(groups[place]) for place in sorted(groups))


def _keys(opinion: Opinion) -> Iterator[str]:
    yield opinion.id
    yield from opinion.together
    if opinion.same_as:
        yield opinion.same_as
    if opinion.original.strip():
        yield f"{opinion.section}\0{''.join(opinion.original.split())}"


def ordered(volume: Volume, opinions: Iterable[Opinion]) -> tuple[Opinion, ...]:
    """In the order of the book, then of the blocks they sit on, then as they came."""
    places = {section.id: place for place, section in enumerate(volume.sections)}

    def key(opinion: Opinion) -> tuple[int, int, int, str]:
        block = opinion.anchor.block if opinion.anchor else NO_BLOCK
        return places.get(opinion.section, len(places)), block, len(opinion.id), opinion.id

    return tuple(sorted(opinions, key=key))


# Words in the columns


def outcome_words(opinion: Opinion, main: Opinion | None = None) -> str:
    """修改后表述或未采纳理由; a repeated opinion has those of the one it repeats."""
    result = opinion.result or (main.result if main else "")
    reason = opinion.reason or (main.reason if main else "")
    letter = opinion.letter or (main.letter if main else "")
    to = disposition(opinion)
    if to is Disposition.FORWARDED:
        return f"已转供稿单位核实{f'（函{letter}）' if letter else ''}{_after(reason)}"
    if to is Disposition.PARTLY and result and reason:
        return f"{result}（其余未采纳：{reason}）"
    return reason if to is Disposition.REJECTED else result or reason


def _after(reason: str) -> str:
    return f"：{reason}" if reason else ""


def where(sections: Mapping[str, Section], opinion: Opinion) -> str:
    section = sections.get(opinion.section)
    title = section.title if section else opinion.section
    return "　".join(part for part in (title, opinion.place) if part)


def words_of(point: Point) -> str:
    """意见（提出单位/人）; of those that say the same in other words, each in its own."""
    said: dict[str, dict[str, str]] = {}
    for opinion in point.opinions:
        said.setdefault(opinion.text.strip(), {}).setdefault(plain_name(opinion.by), opinion.by)
    return "；".join(f"{text}（{'、'.join(names.values())}）" for text, names in said.items())


def quote_of(opinion: Opinion) -> str:
    """原文: as the reader copied it out, else the words of the book within the opinion."""
    found = opinion.anchor.quote if opinion.anchor else ""
    return opinion.original or (found if found and found in opinion.text else "")


def _remark(round_: Round, point: Point, others: int) -> str:
    opinion = point.opinion
    let_off = {each.opinion: each.reason for each in round_.exempted}
    said = [
        "必须改" if opinion.weight is Weight.MUST else "",
        "同处意见，一并处理" if others else "",
        f"合并{len(point.opinions)}条意见" if point.same else "",
        f"函{opinion.letter}" if opinion.letter else "",
        *(
            f"{each.id}免予处理：{let_off[each.id]}"
            for each in point.opinions
            if each.id in let_off
        ),
    ]
    return "；".join(each for each in said if each)


def ids_of(point: Point) -> str:
    return "、".join(opinion.id for opinion in point.opinions)


# The table


def opinion_table(volume: Volume, round_: Round, by: By = "section") -> tuple[Grid, int]:
    """The grid, and how many points stand in it."""
    opinions = ordered(volume, round_.opinions)
    sections = {section.id: section for section in volume.sections}
    editors = {editor.id: editor.name for editor in volume.staff}
    lines: list[Line] = []
    number = 0
    for title, own in _grouped(volume, opinions, by):
        points = points_of(own, merged=by != "reader")
        lines.append(_banner(title, own))
        for group in gathered(points):
            for place, point in enumerate(group):
                number += 1
                section = sections.get(point.opinion.section)
                cells = (
                    str(number),
                    where(sections, point.opinion),
                    quote_of(point.opinion),
                    words_of(point),
                    ON_TABLE[disposition(point.opinion)],
                    outcome_words(point.opinion),
                    editors.get(section.editor, section.editor) if section else "",
                    _remark(round_, point, len(group) - 1),
                )
                lines.append(Line(cells=cells, joined=place > 0, key=ids_of(point)))
    grid = Grid(columns=COLUMNS, lines=tuple(lines), shared=SHARED, name="意见汇总", key="编号")
    return grid, number


def _banner(title: str, opinions: Sequence[Opinion]) -> Line:
    counts = tally(opinions).counts
    words = "，".join(f"{ON_TABLE[each]}{counts[each]}" for each in ON_TABLE if counts.get(each))
    text = f"{title}　　{len(opinions)}条：{words}"
    return Line(cells=(text, *[""] * (len(COLUMNS) - 1)), banner=True)


def _grouped(
    volume: Volume, opinions: Sequence[Opinion], by: By
) -> Iterator[tuple[str, tuple[Opinion, ...]]]:
    names = _names(volume, by)
    groups: dict[str, list[Opinion]] = {}
    shown: dict[str, str] = {}
    for opinion in opinions:
        if by == "reader":
            key = plain_name(opinion.by)
            shown.setdefault(key, opinion.by)
        else:
            key = names.get(opinion.section, section_words(opinion))
            shown.setdefault(key, key)
        groups.setdefault(key, []).append(opinion)
    for key, own in groups.items():
        yield shown[key], tuple(own)


def _names(volume: Volume, by: By) -> dict[str, str]:
    """What the group of a section is called."""
    units = {unit.id: unit.short or unit.name for unit in volume.units}
    if by == "unit":
        return {
            section.id: "、".join(units.get(each, each) for each in section.units) or "编辑部自编"
            for section in volume.sections
        }
    return {
        section.id: f"{chapter.title} · {section.title}"
        for chapter in volume.chapters
        for section in chapter.sections
    }


def table_paper(
    volume: Volume, round_: Round, by: By, *, draft: str, day: str, mark: str
) -> OfficePaper:
    """`draft` names the text that was read, `day` is when the table was made."""
    grid, points = opinion_table(volume, round_, by)
    office = volume.info.office.name
    return OfficePaper(
        title="意见汇总及采纳情况表",
        under=(f"{draft}　{round_.title}（第{round_.id}轮）　{BY[by]}", f"{office}　{day}"),
        blocks=(
            Words(text=told(tally(round_.opinions), points), look="count"),
            grid,
        ),
        wide=True,
        mark=mark,
        foot=f"{round_.title}意见汇总及采纳情况表",
    )
