"""The papers of a round: 意见汇总及采纳情况表, 审稿意见单, 意见采纳情况反馈."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.office_papers import (
    FORMATS,
    ON_PAPER,
    PapersMade,
    check_formats,
    sample_mark,
    write_papers,
)
from editorial.desk.round_list import find_round
from editorial.errors import EditorialError
from editorial.model.counting import printed_chars
from editorial.model.dates import chinese_day
from editorial.model.meeting import Advice, Appraisal
from editorial.model.names import nearest
from editorial.model.nodes import find_node, sections_under
from editorial.model.office_paper import OfficePaper
from editorial.model.opinion_table import BY, By, Tally, ordered, table_paper, tally
from editorial.model.review_papers import (
    OTHER,
    Asked,
    masked,
    other_names,
    reply_paper,
    review_form,
)
from editorial.model.reviews import Opinion, Round, plain_name
from editorial.model.volume import Section, Volume, book_title
from editorial.store.load import load_text
from editorial.store.looks import load_draft_style
from editorial.store.meetings import appraisals_path, load_appraisals
from editorial.store.registers import load_drafts
from editorial.store.save import Message
from editorial.store.workspace import files_at
from editorial.values import dataclass

MANY = 3  # titles of sections named on a form; more are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMade:
    papers: PapersMade
    tally: Tally


def make_table(
    desk: Desk,
    round_id: str,
    *,
    today: date,
    by: str = "section",
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
) -> TableMade:
    """意见汇总及采纳情况表 of a round."""
    check_formats(formats)
    way = _way(by)
    volume, round_ = loaded(desk).volume, find_round(desk, round_id)
    if not round_.opinions:
        raise EditorialError(f"“{round_.title}”还没有意见", hint="用 editorial opinion add 登记")
    paper = table_paper(
        volume,
        round_,
        way,
        draft=draft_of(desk, volume, round_),
        day=chinese_day(today),
        mark=sample_mark(volume),
    )
    suffix = "" if way == "section" else f"（{BY[way]}）"
    made = write_papers(
        desk,
        (paper,),
        stem=f"{round_.id}{round_.title}意见汇总及采纳情况表{suffix}",
        formats=formats,
        day=today,
        office=volume.info.office.name,
        out=out,
    )
    return TableMade(papers=made, tally=tally(round_.opinions))


def _way(by: str) -> By:
    for each in get_args(By):
        if by in (each, BY[each]):
            known: By = each
            return known
    names = "、".join(f"{each}（{label}）" for each, label in BY.items())
    raise EditorialError(f"不能按“{by}”排", hint=f"可用：{names}")


def draft_of(desk: Desk, volume: Volume, round_: Round) -> str:
    """《书名》评议稿第N稿, as far as it is on record."""
    book = f"《{book_title(volume)}》"
    drafts = load_drafts(desk.workspace.files, desk.volume_id)
    draft = next((each for each in drafts if each.id == round_.draft), None)
    if draft:
        style = load_draft_style(desk.workspace.files, draft.style)
        return f"{book}{style.label}第{draft.edition}稿"
    return f"{book}第{round_.edition}稿" if round_.edition else book


def opinions_of(round_: Round, reader: str) -> tuple[Opinion, ...]:
    return tuple(each for each in round_.opinions if plain_name(each.by) == plain_name(reader))


def readers_of(round_: Round) -> tuple[str, ...]:
    """Those asked, then whoever else spoke."""
    names = (*round_.readers, *(opinion.by for opinion in round_.opinions))
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(plain_name(name), name)
    return tuple(first.values())


def find_reader(round_: Round, name: str) -> str:
    """A reader of the round, the part before the brackets being enough."""
    wanted = plain_name(name)
    names = readers_of(round_)
    for each in names:
        if wanted in (plain_name(each), plain_name(each).partition("（")[0]):
            return each
    hint = f"现有：{nearest(wanted, names)}"
    raise EditorialError(f"“{round_.title}”没有审读人“{name}”", hint=hint)


# 审稿意见单


def make_forms(
    desk: Desk,
    round_id: str,
    *,
    today: date,
    readers: Sequence[str] = (),
    nodes: Sequence[str] = (),
    blank: bool = False,
    formats: Sequence[str] = ON_PAPER,
    out: Path | None = None,
) -> PapersMade:
    """One form for each reader, and for each node when any are named: blank ones to be filled
    in, or filled with what is on record."""
    volume, round_ = loaded(desk).volume, find_round(desk, round_id)
    people = [find_reader(round_, name) for name in readers] or list(readers_of(round_))
    if not people and not blank:
        raise EditorialError(f"“{round_.title}”没有审读人", hint="加上 --blank 出空白单")
    papers = [
        _form(desk, volume, round_, reader, sections, asked=bool(nodes), blank=blank)
        for reader in people or [""]
        for sections in _scopes(volume, round_, nodes)
    ]
    who = f"（{people[0]}）" if len(people) == 1 else ""
    return write_papers(
        desk,
        papers,
        stem=f"{round_.id}{round_.title}审稿意见单{'（空白）' if blank else ''}{who}",
        formats=formats,
        day=today,
        office=volume.info.office.name,
        out=out,
    )


def _scopes(volume: Volume, round_: Round, nodes: Sequence[str]) -> list[tuple[Section, ...]]:
    if not nodes:
        return [sections_under(volume, round_.sections)]
    return [find_node(volume, name).sections for name in nodes]


def _form(
    desk: Desk,
    volume: Volume,
    round_: Round,
    reader: str,
    sections: tuple[Section, ...],
    *,
    asked: bool,
    blank: bool,
) -> OfficePaper:
    """`asked`: only these sections; otherwise every opinion of the reader, one without a place
    too."""
    ids = frozenset(section.id for section in sections)
    said = opinions_of(round_, reader)
    own = [each for each in said if not asked or each.section in ids]
    files = load_appraisals(desk.workspace.files, desk.volume_id, round_.id)
    given = [
        each
        for each in files.appraisals
        if plain_name(each.reader) == plain_name(reader)
        and (not each.sections or ids.issubset(each.sections))
    ]
    return review_form(
        volume,
        round_,
        _asked(desk, volume, round_, sections),
        reader=reader,
        opinions=() if blank else ordered(volume, own),
        appraisal=None if blank else _best(given, reader),
        mark=sample_mark(volume),
    )


def _best(given: Sequence[Appraisal], reader: str) -> Appraisal:
    """What was said of these very sections goes before what was said of all."""
    own = [each for each in given if each.sections]
    return (own or list(given) or [Appraisal(reader=reader)])[-1]


def _asked(desk: Desk, volume: Volume, round_: Round, sections: tuple[Section, ...]) -> Asked:
    units = {unit.id: unit.short or unit.name for unit in volume.units}
    names = dict.fromkeys(units.get(each, each) for s in sections for each in s.units)
    titles = [section.title for section in sections]
    return Asked(
        draft=draft_of(desk, volume, round_),
        sections=_few(titles, "个分目"),
        characters=_characters(desk, round_, sections),
        units=_few(list(names), "个单位") or "编辑部自编",
    )


def _few(names: Sequence[str], what: str) -> str:
    return "、".join(names) if len(names) <= MANY else f"{names[0]}等{len(names)}{what}"


def _characters(desk: Desk, round_: Round, sections: tuple[Section, ...]) -> int:
    """字数 of the text the round was opened on; of today's where that is no longer kept."""
    try:
        files = files_at(desk.workspace, round_.commit)
        texts = [load_text(files, desk.volume_id, section.id)[0] for section in sections]
    except EditorialError:
        now = desk.workspace.files
        texts = [load_text(now, desk.volume_id, section.id)[0] for section in sections]
    return sum(map(printed_chars, texts))


def appraise(
    desk: Desk,
    round_id: str,
    reader: str,
    *,
    nodes: Sequence[str] = (),
    advice: str = "",
    overall: str = "",
    problems: str = "",
    received: date | None = None,
    done: date | None = None,
) -> Act:
    """Record what a reader says of the whole; said again it takes the place of the former."""
    volume, round_ = loaded(desk).volume, find_round(desk, round_id)
    name = find_reader(round_, reader)
    sections = tuple(s.id for s in sections_under(volume, tuple(nodes))) if nodes else ()
    said = Appraisal(
        reader=name,
        sections=sections,
        received=received,
        done=done,
        overall=overall.strip(),
        problems=problems.strip(),
        advice=_advice(advice),
    )
    if said == Appraisal(reader=name, sections=sections):
        hint = "写上 --advice、--overall 或 --problems"
        raise EditorialError("没有写审读人的评价", hint=hint)
    known = load_appraisals(desk.workspace.files, desk.volume_id, round_.id)
    others = [each for each in known.appraisals if (each.reader, each.sections) != (name, sections)]
    by = name_of(actor(desk, volume))
    message = Message(subject=f"审稿意见：{name}（{round_.id}）", act="round appraise", by=by)
    value = replace(known, appraisals=(*others, said))
    return save_record(desk, value, appraisals_path(desk.volume_id, round_.id), message)


def _advice(text: str) -> Advice | None:
    found = next((each for each in Advice if text in (each.value, each.label)), None)
    if text and found is None:
        labels = "、".join(each.label for each in Advice)
        raise EditorialError(f"没有“{text}”这种处理建议", hint=f"可用：{labels}")
    return found


# 意见采纳情况反馈


def make_replies(
    desk: Desk,
    round_id: str,
    *,
    today: date,
    readers: Sequence[str] = (),
    formats: Sequence[str] = ON_PAPER,
    out: Path | None = None,
    apart: bool = False,
) -> PapersMade:
    """A letter to each reader with the fate of their opinions, in one file to print, or `apart`
    in a file each, to be sent. Remarks name the readers without opinions and words left out."""
    volume, round_ = loaded(desk).volume, find_round(desk, round_id)
    asked = [find_reader(round_, name) for name in readers] or list(readers_of(round_))
    spoke = [name for name in asked if opinions_of(round_, name)]
    if not spoke:
        raise EditorialError(
            "这些审读人没有提意见，没有要反馈的", hint="意见见 editorial opinion list"
        )
    draft = draft_of(desk, volume, round_)
    mark, day = sample_mark(volume), chinese_day(today)
    papers = [reply_paper(volume, round_, name, draft=draft, day=day, mark=mark) for name in spoke]
    stem = f"{round_.id}{round_.title}意见采纳情况反馈"
    batches = {stem: papers}
    if apart or len(spoke) == 1:
        batches = {f"{stem}（{name}）": [paper] for name, paper in zip(spoke, papers, strict=True)}
    office = volume.info.office.name
    made = [
        write_papers(desk, batch, stem=name, formats=formats, day=today, office=office, out=out)
        for name, batch in batches.items()
    ]
    remarks = dict.fromkeys(remark for each in made for remark in each.remarks)
    return PapersMade(
        files=tuple(path for each in made for path in each.files),
        pages=sum(each.pages for each in made),
        remarks=(*remarks, *_silent(asked, spoke), *_hidden(volume, round_, spoke)),
    )


def _silent(asked: Sequence[str], spoke: Sequence[str]) -> tuple[str, ...]:
    silent = [name for name in asked if name not in spoke]
    return (f"没有提意见，不出反馈：{'、'.join(silent)}",) if silent else ()


def _hidden(volume: Volume, round_: Round, readers: Sequence[str]) -> tuple[str, ...]:
    """Reasons that name another reader, which the paper says otherwise."""
    found = []
    for reader in readers:
        others = other_names(volume, round_, reader)
        for each in opinions_of(round_, reader):
            words = f"{each.reason}\0{each.result}"
            if masked(words, others) != words:
                found.append(each.id)
    return (f"理由里写有他人姓名，反馈里已改作“{OTHER}”：{'、'.join(found)}",) if found else ()
