"""改动清单 as a paper: what nobody asked for first, then what was asked for, by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from editorial.model.attribution import Attributed, Reason
from editorial.model.changes import shown_old
from editorial.model.office_paper import Column, Grid, Line, OfficePaper, Words

ORDER = (Reason.UNASKED, Reason.OWN, Reason.OPINION, Reason.LETTER, Reason.CORRECTION)
COLUMNS = (
    Column(title="序号", share=11, side="center"),
    Column(title="位置", share=36),
    Column(title="类", share=8, side="center"),
    Column(title="原文", share=62),
    Column(title="改后", share=44),
    Column(title="依据", share=26, side="center"),
    Column(title="修改人", share=22, side="center"),
    Column(title="留存时间和提交", share=36, side="center"),
    Column(title="说明", share=32),
)
MOST = 160  # characters of one text shown; what is longer is cut in the middle


def counts_of(found: Sequence[Attributed]) -> Mapping[Reason, int]:
    counted = Counter(each.reason for each in found)
    return {reason: counted.get(reason, 0) for reason in Reason}


def told(found: Sequence[Attributed]) -> str:
    """共改动N处，按意见修改A处…，无人要求E处。"""
    counts = counts_of(found)
    parts = "，".join(f"{reason.label}{counts[reason]}处" for reason in Reason)
    return f"共改动{len(found)}处：{parts}。"


def change_paper(
    found: Sequence[Attributed],
    titles: Mapping[str, str],
    *,
    since: str,
    until: str,
    book: str,
    office: str,
    day: str,
    mark: str,
) -> OfficePaper:
    """`titles` of sections by id; `since` and `until` name the two texts."""
    lines: list[Line] = []
    for reason in ORDER:
        own = [each for each in found if each.reason is reason]
        if own:
            blank = [""] * (len(COLUMNS) - 1)
            lines.append(Line(cells=(f"{reason.label}　{len(own)}处", *blank), banner=True))
        start = sum(not line.banner for line in lines) + 1
        lines += [_line(number, each, titles) for number, each in enumerate(own, start)]
    grid = Grid(columns=COLUMNS, lines=tuple(lines), name="改动清单")
    return OfficePaper(
        title="改动清单",
        under=(f"{book}　{since}至{until}", f"{office}　{day}"),
        blocks=(Words(text=told(found), look="count"), grid),
        wide=True,
        mark=mark,
        foot=f"改动清单（{since}至{until}）",
    )


def _line(number: int, each: Attributed, titles: Mapping[str, str]) -> Line:
    found = each.difference
    place = (titles.get(found.section, found.section), found.entry and f"【{found.entry}】")
    return Line(
        cells=(
            str(number),
            "　".join(filter(None, (*place, found.what))),
            found.kind,
            _short(shown_old(found)) if found.old or found.kind == "增" else "",
            found.there or _short(found.new) or "（删去）",
            "、".join(each.refs) or "—",
            "、".join(dict.fromkeys(made.by for made in each.made)),
            "、".join(f"{made.day} {made.commit[:8] or '未留存'}" for made in each.made),
            "；".join(filter(None, (each.remark, *_subjects(each)))),
        )
    )


def _subjects(each: Attributed) -> tuple[str, ...]:
    """What the commit said, where nothing else tells why."""
    if each.refs:
        return ()
    return tuple(dict.fromkeys(made.subject for made in each.made if made.subject))


def _short(text: str) -> str:
    if len(text) <= MOST:
        return text
    half = MOST // 2
    return f"{text[:half]}……（中略{len(text) - 2 * half}字）……{text[-half:]}"
