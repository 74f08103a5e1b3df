"""签发: numbers are taken in sequence and the papers printed, all in one commit under the lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from editorial.desk.compose import office_as
from editorial.desk.letter_papers import Press, press_for, print_papers
from editorial.desk.letters import drafters, letter_path, must_be, picked
from editorial.desk.office import Act, Desk, actor, loaded, name_of, unchosen
from editorial.desk.origins import text_origin
from editorial.desk.papers import paper_of
from editorial.errors import EditorialError
from editorial.model.labels import LetterState, Role
from editorial.model.letters import Letter, is_number, next_number
from editorial.model.people import Editor
from editorial.model.volume import Step, Volume, VolumeFile
from editorial.store.journal import repair
from editorial.store.lock import lock
from editorial.store.reader import Reader
from editorial.store.records import written
from editorial.store.registers import load_letters
from editorial.store.save import Message, Writes, save_locked
from editorial.store.workspace import identity, refuse_lost, volume_ids
from editorial.values import dataclass

SIGNERS = frozenset({Role.CHIEF_EDITOR, Role.DEPUTY_EDITOR})


def approve_letter(desk: Desk, letter_id: str, *, at: datetime) -> Act:
    return approve_letters(desk, (letter_id,), at=at)


def approve_letters(desk: Desk, ids: Sequence[str] = (), *, at: datetime, batch: str = "") -> Act:
    """The letters named or those of a batch, numbered in the order of their ids; all or none."""
    volume = loaded(desk).volume
    person = actor(desk, volume)
    _may_sign(person)
    by = name_of(person)
    identity(desk.workspace)
    with lock(desk.workspace):
        repair(desk.workspace)
        chosen = picked(desk, ids, batch, _ready(volume))
        for letter in chosen:
            _may_issue(volume, letter, by)
        taken = _taken(desk)
        press = press_for(desk, volume, chosen, text_origin(desk))
        signed: list[_Signed] = []
        for letter in chosen:
            each = _signed(press, letter, tuple(taken), at, by)
            taken.append(each.letter.number)
            signed.append(each)
        return _saved(desk, signed, by)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signed:
    letter: Letter
    papers: dict[str, bytes]
    remarks: tuple[str, ...]


def _ready(volume: Volume) -> tuple[LetterState, ...]:
    if volume.info.office.separate_check:
        return (LetterState.CHECKED,)
    return (LetterState.DRAFT, LetterState.CHECKED)


def _may_sign(person: Editor | str) -> None:
    """People listed in staff.yaml sign only as 主编 or 副主编; strangers are not known."""
    if not isinstance(person, str) and not set(person.roles) & SIGNERS:
        able = "、".join(role.label for role in sorted(SIGNERS, key=list(Role).index))
        message = f"{person.name}的职责不能签发，应由{able}签发"
        raise EditorialError(message, hint="签发人自己操作，或加上 --as 姓名")


def _may_issue(volume: Volume, letter: Letter, by: str) -> None:
    must_be(letter, _ready(volume), LetterState.APPROVED.label)
    if volume.info.office.separate_issue and by in drafters(letter):
        hint = "请换人，用 --as 指明（volume.yaml 的 office.separate_issue）"
        raise EditorialError(f"函件{letter.id}的签发人不能是拟稿人", hint=hint)


def _signed(press: Press, letter: Letter, taken: tuple[str, ...], at: datetime, by: str) -> _Signed:
    office = office_as(press.volume.info.office, letter.board)
    if not office.code:
        raise EditorialError(
            "volume.yaml 没有写机关代字（office.code），编不出发文字号",
            where=f"volumes/{press.desk.volume_id}/volume.yaml",
            hint="在 office 下加一行 code: 某志函",
        )
    signed = replace(
        letter,
        number=next_number(office.code, at.year, taken),
        signed=at.date(),
        signatory=office.signatory or by,
        history=(*letter.history, Step(at=at, by=by, to=LetterState.APPROVED.value)),
    )
    papers, remarks = print_papers(press, signed)
    kept = tuple(paper_of(name, data) for name, data in papers.items())
    return _Signed(letter=replace(signed, papers=kept), papers=papers, remarks=remarks)


def _taken(desk: Desk) -> list[str]:
    """Numbers run per 代字 and year over all volumes of the workspace, and after those that
    were used before the program was."""
    files = desk.workspace.files
    refuse_lost(desk.workspace)  # its numbers would be given again
    known = volume_ids(files)
    numbers = [letter.number for each in known for letter in load_letters(files, each)]
    return [*used_before(desk), *numbers]


def used_before(desk: Desk) -> tuple[str, ...]:
    """`office.last_numbers` of all volumes. EditorialError for one that is no 发文字号."""
    known = volume_ids(desk.workspace.files)
    return tuple(number for each in known for number in _used_by(desk, each))


def _used_by(desk: Desk, volume_id: str) -> tuple[str, ...]:
    path = f"volumes/{volume_id}/volume.yaml"
    info = Reader(desk.workspace.files).record(VolumeFile, path)
    numbers = info.office.last_numbers if info else ()
    for number in numbers:
        if not is_number(number):
            raise EditorialError(
                f"office.last_numbers 里的“{number}”不是发文字号",
                where=path,
                hint="写最后用过的一个，如 示志函〔2026〕37号，六角括号，数字不补零",
            )
    return numbers


def _saved(desk: Desk, signed: Sequence[_Signed], by: str) -> Act:
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    for each in signed:
        path = letter_path(desk, each.letter.id)
        folder = path.rsplit("/", 1)[0]
        files[path] = written(desk.workspace.files, path, each.letter)
        files |= {f"{folder}/{name}": data for name, data in each.papers.items()}
        assert each.letter.source is not None
        expected[path] = each.letter.source.blob
    message = Message(subject=_subject(signed), act="letter approve", by=by)
    commit = save_locked(desk.workspace, Writes(files=files, expected=expected), message)
    return Act(
        message=message.subject,
        commit=commit,
        paths=tuple(files),
        remarks=tuple(_remarks(signed)),
        book=unchosen(desk),
    )


def _remarks(signed: Sequence[_Signed]) -> Iterator[str]:
    """What is so of all letters once, the rest with the letters it is so of."""
    of: dict[str, list[str]] = {}
    for each in signed:
        for line in each.remarks:
            of.setdefault(line, []).append(each.letter.id)
    for line, ids in of.items():
        yield line if len(ids) == len(signed) else f"函{'、'.join(ids)}：{line}"


def _subject(signed: Sequence[_Signed]) -> str:
    first, last = signed[0].letter, signed[-1].letter
    if len(signed) == 1:
        return f"函件：签发 {first.number}"
    return f"函件：签发 {first.number}至{last.number}，共{len(signed)}封"
