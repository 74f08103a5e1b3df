"""改正文: corrections of the manuscript's own faults go into the text of the section as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.desk.proof_file import folder_of
from editorial.desk.proof_page import found_at, plain
from editorial.desk.proofs import find_proof
from editorial.errors import EditorialError
from editorial.model.document import Span
from editorial.model.finding import Edit, apply_edits
from editorial.model.labels import Cause
from editorial.model.proof_list import by_eye
from editorial.model.proofs import Correction, ProofJob, described, page_called
from editorial.store.files import blob_id
from editorial.store.history import uncommitted
from editorial.store.load import text_path
from editorial.store.records import written
from editorial.store.save import Message
from editorial.values import dataclass

OF_TEXT = frozenset({Cause.MANUSCRIPT, Cause.ALTERATION})
LEAST = 4  # characters of context, or of the words themselves, that make a place sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A correction, counted from 1, that was not carried into the text, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    done: tuple[int, ...]
    left: tuple[Left, ...]
    act: Act | None


def apply_corrections(desk: Desk, proof_id: str, *, at: datetime) -> Applied:
    """One commit of every section that changes, and of the record. EditorialError when a text
    has changes by hand that were not kept."""
    job = find_proof(desk, proof_id)
    wanted = [
        (n, c)
        for n, c in enumerate(job.corrections, 1)
        if c.cause in OF_TEXT and not c.carried and not by_eye(c)
    ]
    if not wanted:
        hint = "起因是原稿差错或改动的才改正文；记改动时写 @原稿 或 @改动"
        raise EditorialError(f"{job.label}样{job.id}没有要带进正文的改动", hint=hint)
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    done: list[int] = []
    left = [Left(number=n, why="没有记在哪个分目") for n, c in wanted if not c.section]
    for section in dict.fromkeys(c.section for _, c in wanted if c.section):
        path = text_path(desk.volume_id, section)
        data = desk.workspace.files.read(path) or b""
        own = [(n, c) for n, c in wanted if c.section == section]
        text, put, missed = carried(data.decode("utf-8"), own)
        left += missed
        if put:
            files[path], expected[path] = text.encode(), blob_id(data)
            done += put
    act = _kept(desk, job, sorted(done), files, expected, at) if done else None
    return Applied(done=tuple(sorted(done)), left=tuple(left), act=act)


def _kept(
    desk: Desk,
    job: ProofJob,
    done: Sequence[int],
    files: dict[str, bytes | None],
    expected: dict[str, str],
    at: datetime,
) -> Act:
    """The sections and the record in one commit."""
    _refuse_unkept(desk, tuple(files))
    path = f"{folder_of(desk, job.id)}/proof.yaml"
    record_ = written(desk.workspace.files, path, _noted(job, done, at))
    blob = job.source.blob if job.source else ""
    message = Message(
        subject=f"校对：{job.label}样{job.id}的{len(done)}处改动带进正文",
        act="proof apply",
        by=name_of(actor(desk, loaded(desk).volume)),
        body="\n".join(_reason(job, n) for n in done),
    )
    nodes = tuple(dict.fromkeys(job.corrections[n - 1].section for n in done))
    return record(
        desk,
        {**files, path: record_},
        expected={**expected, path: blob},
        message=message,
        nodes=nodes,
    )


def _reason(job: ProofJob, number: int) -> str:
    """After 发稿 the text changes by page and line of a proof only: the commit names them."""
    each = job.corrections[number - 1]
    line = f"第{each.line}行" if each.line else ""
    where = page_called(each.page, job.offset) + line
    return f"第{number}处 {where} {each.section}：{described(each)}"


def _refuse_unkept(desk: Desk, paths: tuple[str, ...]) -> None:
    odd = uncommitted(desk.workspace, paths)
    if odd:
        hint = '先 editorial keep -m "改了什么"，再做一次'
        raise EditorialError("正文有没留存的改动", where=odd[0], hint=hint)


def _noted(job: ProofJob, done: Sequence[int], at: datetime) -> ProofJob:
    day = at.date().isoformat()
    corrections = tuple(
        replace(each, carried=day) if n in done else each
        for n, each in enumerate(job.corrections, 1)
    )
    return replace(job, corrections=corrections)


def carried(
    text: str, corrections: Sequence[tuple[int, Correction]]
) -> tuple[str, list[int], list[Left]]:
    """The text with every correction whose place is sure; which those are; and the others."""
    flat, places = _flattened(text)
    edits: list[tuple[int, Edit]] = []
    left: list[Left] = []
    for number, each in corrections:
        found = _place(flat, each)
        if isinstance(found, str):
            left.append(Left(number=number, why=found))
            continue
        edit = Edit(span=_span(places, found, len(plain(each.old))), replacement=each.new)
        if any(_touching(edit, other) for _, other in edits):
            left.append(Left(number=number, why="与另一处改的是同一处"))
        elif _crosses(text[edit.span.start : edit.span.end], each):
            left.append(Left(number=number, why="正文里这几个字之间有标记，请手改"))
        else:
            edits.append((number, edit))
    return apply_edits(text, tuple(e for _, e in edits)), [n for n, _ in edits], left


def _flattened(text: str) -> tuple[str, list[int]]:
    """Without spaces and the signs of emphasis; and where each character stands."""
    kept = [(char, at) for at, char in enumerate(text) if not char.isspace() and char not in "*\\"]
    return plain("".join(char for char, _ in kept)), [at for _, at in kept]


def _span(places: Sequence[int], start: int, length: int) -> Span:
    if length:
        return Span(places[start], places[start + length - 1] + 1)
    at = places[start - 1] + 1 if start else places[0]
    return Span(at, at)


def _touching(one: Edit, other: Edit) -> bool:
    if one.span.start == one.span.end or other.span.start == other.span.end:
        return one.span.start <= other.span.end and other.span.start <= one.span.end
    return one.span.start < other.span.end and other.span.start < one.span.end


def _crosses(words: str, each: Correction) -> bool:
    return plain(words) != plain(each.old)


def _place(flat: str, each: Correction) -> int | str:
    """Where the words begin, found with as much about them as the text still has."""
    before, old, after = (plain(part) for part in (each.before, each.old, each.after))
    for head, tail in _abouts(before, after):
        whole = head + old + tail
        found = list(found_at(flat, whole)) if len(whole) >= LEAST else []
        if len(found) == 1:
            return found[0] + len(head)
        if found:
            return f"正文里有{len(found)}处，定不下是哪一处"
    return "正文里没有这几个字（或已改过）"


def _abouts(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Both sides, then one alone, where the other is broken by a mark; less and less of it."""
    for much in range(max(len(before), len(after)), LEAST - 1, -1):
        head, tail = before[max(0, len(before) - much) :], after[:much]
        yield head, tail
        yield head, ""
        yield "", tail
    yield "", ""  # the words alone, where they are many enough
