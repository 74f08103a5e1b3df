"""处理意见: one, or many at once, from the command line or from a table filled in by hand;
where the change is told exactly, the text is changed in the same commit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.desk.opinion_trace import Trace, located, spots_of, trace_of
from editorial.desk.opinions import called, find_opinions, in_order
from editorial.desk.round_list import rounds
from editorial.errors import EditorialError, unreadable
from editorial.model.anchor import Spot, Standing
from editorial.model.asked_change import asked_change, changed_words
from editorial.model.conflicts import rivals_of
from editorial.model.labels import Disposition, RoundState
from editorial.model.opinion_rows import roles_in
from editorial.model.opinion_table import outcome_words
from editorial.model.reviews import (
    NEEDS_REASON,
    UNANSWERED,
    Opinion,
    Round,
    disposition,
    round_state,
)
from editorial.model.volume import Step
from editorial.read.opinion_form import table_rows
from editorial.store.files import blob_id
from editorial.store.history import uncommitted
from editorial.store.load import text_path
from editorial.store.records import written
from editorial.store.save import Message
from editorial.values import dataclass

NAMES = {"未采纳": Disposition.REJECTED, "转单位核实": Disposition.FORWARDED}
FEW, TIED = 20, 1000  # opinions decided at once: others looked for, tied to each other
REPEATED = 3  # characters: fewer may stand twice by intention
ADOPTING = frozenset({Disposition.ADOPTED, Disposition.PARTLY})
_BOTH = re.compile(r"(.*)（其余未采纳：(.*)）", re.S)
MARKUP = frozenset("*^~[]|\\\n#")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is decided of one opinion. `to` is an id or a label; `outcome` is what stood in the
    one column 修改后表述或未采纳理由 of the printed table."""

    id: str
    to: str
    reason: str = ""
    result: str = ""
    outcome: str = ""


def decide_opinions(
    desk: Desk, decisions: Sequence[Decision], *, at: datetime, apply: bool = False
) -> Act:
    """Dispose of opinions in one commit; what says the same follows the one it repeats.

    Several named together on the same words are tied to each other. With `apply` the text is
    changed where an adopted opinion tells exactly how; where not, the remarks say why.
    EditorialError before anything is written when one of them cannot be decided so.
    """
    if not decisions:
        raise EditorialError("没有要处理的意见", hint="写意见编号，或 --from 填好的表")
    known = {r.id: r for r in rounds(desk)}
    found = find_opinions(desk, [each.id for each in decisions])
    by = name_of(actor(desk, loaded(desk).volume))
    asked = {o.id: d for o, d in zip(found, _once(decisions, found), strict=True)}
    trace = trace_of(desk) if apply or len(found) <= TIED else None
    changed = [_decided(known, o, asked[o.id], at, by) for o in found]
    changed = _tied(changed, trace)
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    told: list[str] = []
    if apply and trace:
        changed, told = _applied(desk, trace, changed, files, expected)
    followers = _followers(known, changed, at, by)
    for opinion in (*changed, *followers):
        assert opinion.source is not None
        path = opinion.source.path
        files[path] = written(desk.workspace.files, path, opinion)
        expected[path] = opinion.source.blob
    message = Message(subject=_subject(changed), act="opinion decide", by=by, body=_body(changed))
    sections = tuple(dict.fromkeys(o.section for o in (*changed, *followers) if o.section))
    act = record(desk, files, expected=expected, message=message, nodes=sections[:50])
    if followers:
        told.append(f"相同的{called(followers)}随同处理")
    if trace and len(found) < FEW:
        told += _unheard(known, changed, trace)
    return replace(act, remarks=tuple(told))


def _once(decisions: Sequence[Decision], found: Sequence[Opinion]) -> list[Decision]:
    """One decision for each opinion; the same told twice over is one."""
    told = tuple(dict.fromkeys(decisions))
    if len(told) != len(found):
        ids = [each.id for each in told]
        twice = next((each for each in ids if ids.count(each) > 1), "")
        raise EditorialError("同一条意见写了两种处理", where=twice, hint="每条意见只写一次")
    return list(told)


def _decided(
    known: Mapping[str, Round], opinion: Opinion, wanted: Decision, at: datetime, by: str
) -> Opinion:
    if round_state(known[opinion.id.split("/")[0]]) is RoundState.CLOSED:
        raise EditorialError(
            f"意见{opinion.id}所在的一轮已经结束，不能再改", hint="请在新的一轮里处理"
        )
    to = disposition_named(wanted.to)
    if to in NEEDS_REASON and not wanted.reason:
        raise EditorialError(f"“{to.label}”须写理由", where=opinion.id, hint="加上 --reason 理由")
    step = Step(at=at, by=by, to=to.value, note=wanted.reason)
    return replace(
        opinion,
        reason=wanted.reason or opinion.reason,
        result=wanted.result or opinion.result,
        checked="",
        history=(*opinion.history, step),
    )


def disposition_named(words: str) -> Disposition:
    """By id or label; EditorialError for another."""
    plain = words.strip()
    found = next((d for d in Disposition if plain in (d.value, d.label)), NAMES.get(plain))
    if found is None:
        labels = "、".join(d.label for d in Disposition)
        raise EditorialError(f"没有“{words}”这种处理", hint=f"可用：{labels}")
    return found


def _tied(changed: list[Opinion], trace: Trace | None) -> list[Opinion]:
    """Those on the same words that ask for different things, decided here together."""
    if trace is None or len(changed) < 2:
        return changed
    spots = spots_of(trace, changed)
    return [
        replace(each, together=tuple(dict.fromkeys((*each.together, *rivals))))
        if (rivals := [o.id for o in rivals_of(each, changed, spots)])
        else each
        for each in changed
    ]


def _followers(
    known: Mapping[str, Round], changed: Sequence[Opinion], at: datetime, by: str
) -> list[Opinion]:
    """What repeats an opinion decided now, and waits for an answer itself."""
    decided = {each.id: each for each in changed}
    found = []
    for round_ in known.values():
        for opinion in round_.opinions:
            head = decided.get(opinion.same_as)
            if head and opinion.id not in decided and disposition(opinion) in UNANSWERED:
                to, note = head.history[-1].to, f"同意见{head.id}"
                step = Step(at=at, by=by, to=to, note=note)
                reason = f"{note}：{head.reason}" if head.reason else note
                found.append(
                    replace(
                        opinion,
                        reason=reason,
                        result=head.result,
                        history=(*opinion.history, step),
                    )
                )
    return found


def _unheard(known: Mapping[str, Round], changed: Sequence[Opinion], trace: Trace) -> Iterator[str]:
    """Opinions still waiting that ask something else of the same words."""
    done = {each.id for each in changed}
    for each in changed:
        round_ = known[each.id.split("/")[0]]
        near = [o for o in round_.opinions if o.section == each.section and o.id not in done]
        near = [o for o in near if disposition(o) in UNANSWERED]
        if near:
            spots = spots_of(trace, (each, *near))
            for rival in rivals_of(each, near, spots):
                yield (
                    f"注意：{rival.id}（{rival.by}）说的是同一处，要求不同：{rival.text}；"
                    f"一并处理写 opinion decide {each.id} {rival.id}"
                )


def _subject(changed: Sequence[Opinion]) -> str:
    kinds = dict.fromkeys(disposition(each).label for each in changed)
    return f"意见：{called(changed)} {'、'.join(kinds)}"


def _body(changed: Sequence[Opinion]) -> str:
    return changed[0].reason if len(changed) == 1 else ""


# Changing the text


def _applied(
    desk: Desk,
    trace: Trace,
    changed: Sequence[Opinion],
    files: dict[str, bytes | None],
    expected: dict[str, str],
) -> tuple[list[Opinion], list[str]]:
    """The opinions with what the text became, and what was done or could not be."""
    told: list[str] = []
    edits: dict[str, list[tuple[Spot, str, Opinion]]] = {}
    for opinion in changed:
        if disposition(opinion) in ADOPTING:
            edit = _edit(trace, opinion)
            if isinstance(edit, str):
                told.append(f"{opinion.id} 没有改正文：{edit}")
            else:
                edits.setdefault(edit[0].section, []).append((*edit, opinion))
    results: dict[str, str] = {}
    for section, wanted in edits.items():
        _edit_section(desk, trace, section, wanted, files, expected, results, told)
    return [replace(o, result=results.get(o.id, o.result)) for o in changed], told


def _edit(trace: Trace, opinion: Opinion) -> tuple[Spot, str] | str:
    """Where and what to, or why not."""
    place = located(trace, opinion)
    if place is None:
        return "意见没有落到具体的文字上"
    if place.standing not in (Standing.FOUND, Standing.MOVED):
        return f"意见所指的文字{place.standing.label}，请手改"
    spot = place.spots[0]
    quote = trace.texts[spot.section][spot.start : spot.end]
    if MARKUP & set(quote):
        return "那里有图表、注码或强调等标记，请手改"
    told = opinion.result or opinion.text
    new = changed_words(quote, told)
    if new is None and opinion.result and asked_change(opinion.result) is None:
        text = trace.texts[spot.section]
        new = _within(opinion.result, text[: spot.start], text[spot.end :])
    if new is None:
        return "没有写明改成什么，用 --result 写改后文字"
    return "改后与原文相同" if new == quote else (spot, new)


def _within(result: str, before: str, after: str) -> str:
    """The words alone, of a result that repeats some of those they stand among."""
    longest = len(result)
    head = next(n for n in range(longest, -1, -1) if before.endswith(result[:n]))
    tail = next(n for n in range(longest - head, -1, -1) if after.startswith(result[longest - n :]))
    return result[head : longest - tail] if head + tail >= REPEATED else result


def _edit_section(
    desk: Desk,
    trace: Trace,
    section: str,
    wanted: list[tuple[Spot, str, Opinion]],
    files: dict[str, bytes | None],
    expected: dict[str, str],
    results: dict[str, str],
    told: list[str],
) -> None:
    """All edits of one section, from its end to its beginning."""
    path = text_path(desk.volume_id, section)
    if uncommitted(desk.workspace, (path,)):
        told += [
            f"{o.id} 没有改正文：{section} 有未留存的手改，先 editorial keep" for *_, o in wanted
        ]
        return
    raw = desk.workspace.files.read(path)
    assert raw is not None
    bom, text = ("\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""), trace.texts[section]
    last = len(text) + 1
    for spot, new, opinion in sorted(wanted, key=lambda each: -each[0].start):
        if spot.end > last:
            told.append(f"{opinion.id} 没有改正文：与另一条意见改的文字重叠，请手改")
            continue
        text = text[: spot.start] + new + text[spot.end :]
        last = spot.start
        results[opinion.id] = opinion.result or new
        told.append(f"{opinion.id} 已改正文：{section}")
    files[path] = (bom + text).encode()
    expected[path] = blob_id(raw)


# From a table


def decisions_in(path: Path) -> tuple[Decision, ...]:
    """Rows of a table with 编号 and 处理 filled in by hand. EditorialError names bad rows."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error
    head: dict[int, str] | None = None
    found: list[Decision] = []
    for number, row in enumerate(table_rows(data, path.name), 1):
        own = roles_in(row)
        if {"id", "disposition"} <= set(own.values()):
            head = own
            continue
        if head is None:
            continue
        cells = {head.get(cell.column, ""): cell.text.strip() for cell in row}
        if cells.get("id") and cells.get("disposition"):
            found += _row_decisions(cells, f"{path.name}第{number}行", "reason" in head.values())
    if head is None:
        raise EditorialError(
            "表里没有“编号”和“处理”两列",
            where=str(path),
            hint="先用 editorial opinion export 导出，在表上填好“处理”“理由”“改后文字”再导入",
        )
    return tuple(found)


def _row_decisions(cells: Mapping[str, str], where: str, two: bool) -> Iterator[Decision]:
    """One for each number in the row: the printed table merges those that say the same.
    `two`: reason and result have a column each."""
    try:
        to = disposition_named(cells["disposition"])
    except EditorialError as error:
        raise EditorialError(error.message, where=where, hint=error.hint) from None
    reason, result = cells.get("reason", ""), cells.get("result", "")
    outcome = "" if two else result
    if to is Disposition.PARTLY and (both := _BOTH.fullmatch(outcome)):
        result, reason = both.groups()
    elif not reason and (to is Disposition.REJECTED or (not two and to in NEEDS_REASON)):
        reason, result = result, ""
    for each in filter(None, re.split(r"[、,，;；\s]+", cells["id"])):
        yield Decision(id=each, to=to.value, reason=reason, result=result, outcome=outcome)


def undecided(desk: Desk, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Without those that say what has been decided already: a table is sent back whole.
    EditorialError for an opinion that stands in it twice."""
    found = find_opinions(desk, [each.id for each in decisions])
    known = {opinion.id: opinion for opinion in in_order(found)}
    pairs = zip(_once(decisions, found), found, strict=True)
    return tuple(_fresh(d, o) for d, o in pairs if not _as_it_is(d, o, known.get(o.same_as)))


def _fresh(wanted: Decision, opinion: Opinion) -> Decision:
    """What the table said of an opinion still at a unit is no reason for what came after."""
    stale = disposition(opinion) is Disposition.FORWARDED
    if stale and wanted.outcome == outcome_words(opinion):
        return replace(wanted, reason="", result="")
    return wanted


def _as_it_is(wanted: Decision, opinion: Opinion, head: Opinion | None) -> bool:
    same = disposition(opinion) is disposition_named(wanted.to)
    if wanted.outcome and wanted.outcome in (outcome_words(opinion), head and outcome_words(head)):
        return same
    reason = not wanted.reason or wanted.reason == opinion.reason
    return same and reason and (not wanted.result or wanted.result == opinion.result)
