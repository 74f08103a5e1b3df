"""导入意见: a paper becomes opinions in one commit, the paper itself kept beside the round.

The same paper taken in twice gives nothing twice; what cannot be placed is an opinion too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from editorial.desk.ledger import taking_a_number
from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.desk.opinion_papers import Paper, read_papers
from editorial.desk.opinion_place import Ground, Placing, ground_of_round, place_by_hand, place_said
from editorial.desk.opinion_typed import Typed, typed_in
from editorial.desk.round_list import find_round, rounds
from editorial.errors import EditorialError
from editorial.model.labels import Disposition, RoundState
from editorial.model.meeting import Advice, Appraisal, Appraisals
from editorial.model.opinion_paper import (
    MARKED,
    is_weight,
    known_channel,
    said_before,
    same_reader,
    source_kind,
    weight_of,
)
from editorial.model.opinion_rows import Said
from editorial.model.reviews import (
    WHOLE,
    Opinion,
    OpinionPaper,
    Round,
    is_general,
    plain_name,
    round_state,
    unplaced,
)
from editorial.model.volume import Step, Volume
from editorial.store.history import first_commit
from editorial.store.meetings import appraisals_path, load_appraisals
from editorial.store.records import written
from editorial.store.registers import load_drafts
from editorial.store.save import Message
from editorial.values import dataclass

DIGITS = 16  # of the hash, enough to tell papers apart
ADVICE = {
    "无意见": Advice.PASS,
    "通过": Advice.PASS,
    "修改后通过": Advice.PASS_REVISED,
    "须作较大修改": Advice.RETURN,
    "退改": Advice.RETURN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOpinion:
    """An opinion as it was, or would be, taken in; `note` is what is unsure about its place."""

    opinion: Opinion
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one paper: `again` points were there before; `aside` is text taken for no
    opinion; `fault` why nothing could be read of it, `kept` the number it is kept under all the
    same, for its opinions to be typed. `act` is None when nothing was written."""

    name: str
    taken: tuple[TakenOpinion, ...] = ()
    again: int = 0
    aside: tuple[str, ...] = ()
    fault: str = ""
    kept: str = ""
    verdict: str = ""
    by: str = ""
    act: Act | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the editor says of a paper: by whom, by which way, where it all belongs."""

    by: str = ""
    channel: str = ""
    node: str = ""
    dry: bool = False


def import_opinions(
    desk: Desk, round_id: str, paths: Sequence[Path], wanted: Wanted, *, at: datetime
) -> Iterator[Imported]:
    """Each paper given out once it is kept; one of several that cannot be read is told and left.
    EditorialError for a round that is closed, or a paper nobody is known to have written;
    papers before it stay."""
    round_ = find_round(desk, round_id)
    if round_state(round_) is RoundState.CLOSED:
        raise EditorialError(f"“{round_.title}”已经结束，不能再加意见", hint="请开新的一轮")
    if wanted.channel:
        known_channel(wanted.channel)
    office = loaded(desk).volume.info.office
    grounds: dict[str, Ground] = {}
    for path in paths:
        try:
            papers = read_papers(path, round_.readers, (office.name, office.short))
        except EditorialError as error:
            if len(paths) == 1:
                raise
            yield Imported(name=path.name, fault=f"{error.message}，{error.hint}")
            continue
        for paper in papers:
            yield _taken_in(desk, round_.id, paper, wanted, grounds, at)


@taking_a_number
def _taken_in(
    desk: Desk,
    round_id: str,
    paper: Paper,
    wanted: Wanted,
    grounds: dict[str, Ground],
    at: datetime,
) -> Imported:
    """One paper in one commit."""
    round_ = find_round(desk, round_id)
    if paper.fault:
        return _kept_to_type(desk, round_, paper, wanted, at)
    volume = loaded(desk).volume
    draft = _draft_of(desk, paper, round_)
    if draft not in grounds:
        grounds[draft] = ground_of_round(desk, round_, draft)
    ground = grounds[draft]
    typed = typed_in(desk, paper, ground.draft, ground.sent)
    paper = _with_typed(paper, typed)
    reader = _reader(desk, round_, paper, wanted, draft)
    digest = hashlib.sha256(paper.data).hexdigest()
    found = [_opinion(ground, volume, paper, said, reader, wanted, digest) for said in paper.said]
    fresh = _fresh(round_, found)
    told = Imported(
        name=paper.name,
        again=len(found) - len(fresh),
        aside=paper.aside,
        verdict=paper.verdict,
        by=reader,
        remarks=(
            *_strange(desk, paper, round_),
            *_elsewhere(round_, digest, reader),
            *typed.remarks,
            *_weights_unknown(paper),
            *dict.fromkeys(ground.faults),
        ),
    )
    by = name_of(actor(desk, volume))
    taken = tuple(_numbered(round_, fresh, Step(at=at, by=by, to=Disposition.PENDING.value)))
    said = _appraised(desk, round_, paper, reader)
    if wanted.dry or not (taken or said):
        return replace(told, taken=taken)
    act = _kept(desk, round_, paper, taken, said, digest, at, by)
    return replace(told, taken=taken, act=act)


def _numbered(round_: Round, fresh: Sequence[TakenOpinion], step: Step) -> Iterator[TakenOpinion]:
    """New opinions go on from the last number of the round."""
    last = max((int(o.id.rpartition("/")[2]) for o in round_.opinions), default=0)
    for number, each in enumerate(fresh, last + 1):
        opinion = replace(each.opinion, id=f"{round_.id}/{number:03}", history=(step,))
        yield replace(each, opinion=opinion)


def _with_typed(paper: Paper, typed: Typed) -> Paper:
    if not typed.said:
        return paper
    return replace(paper, said=(*paper.said, *typed.said), channel=MARKED)


def _kept_to_type(
    desk: Desk, round_: Round, paper: Paper, wanted: Wanted, at: datetime
) -> Imported:
    """A scan is kept beside the round though nothing of it can be read."""
    told = Imported(name=paper.name, fault=paper.fault)
    if not paper.to_type:
        return told
    reader = _reader(desk, round_, paper, wanted, round_.draft)
    digest = hashlib.sha256(paper.data).hexdigest()
    told = replace(told, kept=digest[:DIGITS], by=reader)
    known = any(each.id == told.kept for each in round_.papers)
    if wanted.dry or known:
        return replace(told, again=int(known))
    by = name_of(actor(desk, loaded(desk).volume))
    paper = replace(paper, channel=wanted.channel or paper.channel)
    message = Message(
        subject=f"意见：收存原件（{round_.title}{f'，{reader}' if reader else ''}），待录入",
        act="opinion import",
        by=by,
        body=paper.name,
    )
    files = _paper_files(desk, round_, paper, digest, at, by, reader)
    return replace(told, act=record(desk, files, expected={}, message=message))


def _paper_files(
    desk: Desk, round_: Round, paper: Paper, digest: str, at: datetime, by: str, reader: str
) -> dict[str, bytes | None]:
    """The paper and its record; nothing when it lies there already."""
    folder = f"volumes/{desk.volume_id}/rounds/{round_.id}/papers/{digest[:DIGITS]}"
    if desk.workspace.files.read(f"{folder}/{paper.name}") is not None:
        return {}
    kept = OpinionPaper(
        at=at,
        by=by,
        name=paper.name,
        sha256=digest,
        size=len(paper.data),
        channel=paper.channel,
        reader=reader if paper.to_type else "",
        to_type=paper.to_type,
    )
    path = f"{folder}/paper.yaml"
    return {
        f"{folder}/{paper.name}": paper.data,
        path: written(desk.workspace.files, path, kept),
    }


def _strange(desk: Desk, paper: Paper, round_: Round) -> Iterator[str]:
    """A form printed for another round, or in another workspace: taken, but told."""
    if not paper.draft:
        return
    if paper.workspace != first_commit(desk.workspace):
        yield f"{paper.name}是另一个工作区出的稿样上的表，请核对"
        return
    other = next((each for each in rounds(desk) if each.draft == paper.draft), None)
    if paper.draft != round_.draft and (round_.draft or other):
        whose = f"“{other.title}”（{other.id}）" if other else f"稿样{paper.draft}"
        yield f"{paper.name}是{whose}的稿样上的表，不是“{round_.title}”的，请核对"


def _weights_unknown(paper: Paper) -> Iterator[str]:
    """What stands under 性质 and is none: kept with the opinion, but told."""
    said = dict.fromkeys(each.weight for each in paper.said if not is_weight(each.weight))
    if said:
        words = "、".join(f"“{each}”" for each in list(said)[:3])
        more = f"等{len(said)}种" if len(said) > 3 else ""
        yield f"性质栏里的{words}{more}不是性质，记作建议改，原话附在意见后面"


def _elsewhere(round_: Round, digest: str, reader: str) -> Iterator[str]:
    """The very same paper was taken for somebody else's before."""
    before = [o.by for o in round_.opinions if o.origin.startswith(f"{digest[:DIGITS]}/")]
    others = list(dict.fromkeys(by for by in before if by != reader))
    if reader and others and reader not in before:
        names = "、".join(others)
        yield f"这份原件以前作{names}的意见导入过，现在也作{reader}的，请核对是不是同一份表"


def _draft_of(desk: Desk, paper: Paper, round_: Round) -> str:
    """The draft of this workspace a paper was written in, else the round's."""
    if paper.draft and paper.workspace == first_commit(desk.workspace):
        return paper.draft
    return round_.draft


def _reader(desk: Desk, round_: Round, paper: Paper, wanted: Wanted, draft: str) -> str:
    """Whose paper it is: as told, as it says itself, by its copy number, by its file name."""
    if wanted.by:
        return same_reader(wanted.by, round_.readers) or wanted.by
    drafts = load_drafts(desk.workspace.files, desk.volume_id)
    copies = next((each.copies for each in drafts if each.id == draft), ())
    by_copy = next((c.reader for c in copies if paper.copy and c.number == paper.copy), "")
    told = (paper.person, by_copy, paper.unit)
    for name in told:
        known = same_reader(name, round_.readers) if name else ""
        if known:
            return known
    named = [each for each in round_.readers if plain_name(each).partition("（")[0] in paper.name]
    if len(named) == 1:
        return named[0]
    found = next((name for name in told if name), "")
    if not found and any(not said.by for said in paper.said):
        raise EditorialError(
            "看不出是谁的意见", where=paper.name, hint="加上 --by 提出人，如 --by 专家甲"
        )
    return found


def _opinion(
    ground: Ground,
    volume: Volume,
    paper: Paper,
    said: Said,
    reader: str,
    wanted: Wanted,
    digest: str,
) -> TakenOpinion:
    by = wanted.by or said.by or reader
    by = same_reader(by, ground.round.readers) or by
    general = is_general(said.place) or is_general(said.section)
    placing = Placing() if general else _placing(ground, said)
    if not general and not placing.section and wanted.node:
        placing = place_by_hand(ground, wanted.node, said.original)
    opinion = Opinion(
        section=placing.section,
        by=by,
        source_kind=source_kind(by, volume.units, volume.staff),
        channel=wanted.channel or said.channel or paper.channel,
        place=WHOLE if general else _place_words(said),
        original=said.original,
        text=_text(said),
        category=said.category.strip(),
        weight=weight_of(said.weight),
        anchor=placing.anchor,
        origin=f"{digest[:DIGITS]}/{said.at}",
    )
    return TakenOpinion(opinion=opinion, note=placing.note)


def _placing(ground: Ground, said: Said) -> Placing:
    """Where the paper itself leaves no doubt of the section, no other: a heading is no words of
    its text, and words quoted beside may stand elsewhere."""
    sure = said.node in ground.texts
    if sure and not said.original:
        return Placing(section=said.node)
    placing = place_said(ground, said)
    if sure and placing.section != said.node:
        return Placing(section=said.node, note="没有找到所抄的原文，只落到分目")
    return placing


def _place_words(said: Said) -> str:
    """位置 as the reader wrote it, in one line."""
    page = said.page if not said.page.isdecimal() else f"第{said.page}页"
    line = said.line if not said.line.isdecimal() else f"第{said.line}行"
    parts = (said.section, said.place, page + line)
    return " ".join("　".join(part for part in parts if part).split("\n"))


def _text(said: Said) -> str:
    """The opinion with what the reader wants instead, why, and what he wrote beside it."""
    text = said.text
    if said.result and said.result not in text:
        text = f"{text.rstrip('。；;')}；建议改为“{said.result}”"
    if said.reason and said.reason not in text:
        text = f"{text.rstrip('。；;')}（理由：{said.reason}）"
    told = (said.more, "" if is_weight(said.weight) else said.weight)
    for each in told:
        if each and each not in text:
            text = f"{text.rstrip('。；;')}（{each}）"
    return text


def _fresh(round_: Round, found: Sequence[TakenOpinion]) -> list[TakenOpinion]:
    """Without what was taken from this paper before, or came on another paper word for word."""
    origins = {(o.origin, plain_name(o.by)) for o in round_.opinions if o.origin}
    known = {said_before(opinion) for opinion in round_.opinions}
    fresh = []
    for each in found:
        key = said_before(each.opinion)
        if (each.opinion.origin, plain_name(each.opinion.by)) not in origins and key not in known:
            fresh.append(each)
            known.add(key)
    return fresh


def _appraised(desk: Desk, round_: Round, paper: Paper, reader: str) -> Appraisals | None:
    """What the reader says of the whole, for appraisals.yaml; None when nothing new is said."""
    advice = ADVICE.get(paper.verdict)
    known = load_appraisals(desk.workspace.files, desk.volume_id, round_.id)
    told = {plain_name(each.reader) for each in known.appraisals}
    if not (paper.overall or advice) or not reader or plain_name(reader) in told:
        return None
    said = Appraisal(reader=reader, overall=paper.overall, advice=advice)
    return replace(known, appraisals=(*known.appraisals, said))


def _kept(
    desk: Desk,
    round_: Round,
    paper: Paper,
    taken: Sequence[TakenOpinion],
    said: Appraisals | None,
    digest: str,
    at: datetime,
    by: str,
) -> Act:
    base = f"volumes/{desk.volume_id}/rounds/{round_.id}"
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    for each in taken:
        path = f"{base}/opinions/{each.opinion.id.rpartition('/')[2]}.yaml"
        files[path] = written(desk.workspace.files, path, each.opinion)
        expected[path] = ""
    if said:
        path = appraisals_path(desk.volume_id, round_.id)
        files[path] = written(desk.workspace.files, path, said)
        expected[path] = said.source.blob if said.source else ""
    files |= _paper_files(desk, round_, paper, digest, at, by, "")
    lost = sum(unplaced(each.opinion) for each in taken)
    more = f"，{lost}条待落位" if lost else ""
    names = "、".join(dict.fromkeys(each.opinion.by for each in taken)) or paper.person
    more += "，总体评价" if said else ""
    message = Message(
        subject=f"意见：导入{len(taken)}条（{round_.title}，{names}）{more}",
        act="opinion import",
        by=by,
        body=paper.name,
    )
    nodes = tuple(dict.fromkeys(each.opinion.section for each in taken if each.opinion.section))
    return record(desk, files, expected=expected, message=message, nodes=nodes[:50])
