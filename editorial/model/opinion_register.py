"""意见台账: opinions as a sheet to be sorted, filled in and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from editorial.model.opinion_answer import UnitAnswer
from editorial.model.opinion_selection import Titles
from editorial.model.register import Column, RegisterTable, tabled
from editorial.model.reviews import UNANSWERED, Opinion, disposition, section_words

NOTE = (
    "“处理”填采纳、部分采纳、不采纳、转核实；部分采纳、不采纳须填“理由”。填好后用 "
    "editorial opinion decide --from 本表 读回，“编号”一列不要改。"
)


def opinion_register(
    opinions: Sequence[Opinion],
    titles: Titles,
    standing: Mapping[str, str],
    answers: Mapping[str, UnitAnswer],
    *,
    title: str,
    office: str,
) -> RegisterTable:
    """One row each; `standing` says by id where the words stand now. What waits for an answer
    has its column 处理 empty, to be filled in."""

    def answer(opinion: Opinion) -> str:
        told = answers.get(opinion.id)
        return "　".join((f"函{told.letter}", told.state.label, told.text)) if told else ""

    def handled(opinion: Opinion) -> str:
        now = disposition(opinion)
        return "" if now in UNANSWERED else now.label

    columns: tuple[Column[Opinion], ...] = (
        Column(title="编号", width=9, read=lambda o: o.id),
        Column(title="篇目", width=20, read=lambda o: _title(titles, o)),
        Column(title="位置", width=14, read=lambda o: o.place),
        Column(title="原文", width=24, read=lambda o: o.original),
        Column(title="意见", width=36, read=lambda o: o.text),
        Column(title="提出人", width=12, read=lambda o: o.by),
        Column(title="方式", width=7, read=lambda o: o.channel),
        Column(title="类别", width=7, read=lambda o: o.category),
        Column(title="性质", width=8, read=lambda o: o.weight.label),
        Column(title="处理", width=9, read=handled),
        Column(title="理由", width=24, read=lambda o: o.reason),
        Column(title="改后文字", width=24, read=lambda o: o.result),
        Column(title="责任编辑", width=9, read=lambda o: titles.editors.get(o.section, "")),
        Column(title="复核", width=9, read=lambda o: o.checked),
        Column(title="现在的文字", width=12, read=lambda o: standing.get(o.id, "")),
        Column(title="同一意见", width=9, read=lambda o: o.same_as),
        Column(title="去函与答复", width=24, read=answer),
    )
    return tabled(columns, opinions, name="意见", title=title, office=office, note=NOTE, held=2)


def _title(titles: Titles, opinion: Opinion) -> str:
    known = titles.sections.get(opinion.section)
    return f"{known[2]}·{known[1]}" if known else section_words(opinion)
