"""Letters, rounds, proofs and drafts of a volume: one folder per thing, its record inside."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from editorial.errors import Problem
from editorial.model.drafts import Draft
from editorial.model.labels import Disposition, Labelled, LetterState, ProofState, RoundState
from editorial.model.letters import Letter
from editorial.model.proofs import ProofJob
from editorial.model.proposals import Proposal, ProposalState
from editorial.model.returns import Return, ReturnState
from editorial.model.reviews import Opinion, OpinionPaper, Round
from editorial.store.files import Files
from editorial.store.reader import Reader, check_states

T = TypeVar("T")
Told = TypeVar("Told", Letter, Round, Opinion, ProofJob)


def _records(reader: Reader, kind: type[T], folder: str, file: str) -> list[tuple[str, T]]:
    found = []
    for name in reader.files.names(folder):
        if "." in name or not reader.files.names(f"{folder}/{name}"):
            continue
        if _numbered(reader, folder, name):
            record = reader.record(kind, f"{folder}/{name}/{file}")
            if record is not None:
                found.append((name, record))
    return found


def _numbered(reader: Reader, folder: str, name: str) -> bool:
    """Is it called by a number? A copy that a hand or a sync program made is no second record."""
    if name.removesuffix(".yaml").isdecimal():
        return True
    message = "名称应是编号，这像是复制、同步留下的副本：看过内容，多余的删去，要用的改名"
    reader.problems.append(Problem(file=f"{folder}/{name}", message=message))
    return False


def _check(
    reader: Reader,
    thing: Letter | Return | Proposal | Round | Opinion | ProofJob,
    states: type[Labelled],
) -> None:
    """Every step of its history must name a state that there is."""
    assert thing.source is not None
    check_states(reader, thing.source.path, (), thing.history, states)


def _whole(
    reader: Reader, things: tuple[Told, ...], faults: list[Problem] | None
) -> tuple[Told, ...]:
    """All of them, or BadData; with `faults` those that can be read, and there what is wrong."""
    if faults is None:
        reader.finish()
        return things
    bad = reader.spare(faults)
    return tuple(each for each in things if each.source and each.source.path not in bad)


def _numbered_files(reader: Reader, folder: str) -> list[str]:
    names = (each for each in reader.files.names(folder) if each.endswith(".yaml"))
    return [each for each in names if _numbered(reader, folder, each)]


def load_letters(
    files: Files, volume_id: str, faults: list[Problem] | None = None
) -> tuple[Letter, ...]:
    reader = Reader(files)
    folder = f"volumes/{volume_id}/letters"
    letters = tuple(
        replace(letter, id=name) for name, letter in _records(reader, Letter, folder, "letter.yaml")
    )
    for letter in letters:
        _check(reader, letter, LetterState)
    return _whole(reader, letters, faults)


def load_returns(files: Files, volume_id: str) -> tuple[Return, ...]:
    reader = Reader(files)
    folder = f"volumes/{volume_id}/returns"
    papers = tuple(
        replace(paper, id=name) for name, paper in _records(reader, Return, folder, "return.yaml")
    )
    for paper in papers:
        _check(reader, paper, ReturnState)
    reader.finish()
    return papers


def load_proposals(files: Files, volume_id: str) -> tuple[Proposal, ...]:
    """联络员变更建议, one flat file each."""
    reader = Reader(files)
    folder = f"volumes/{volume_id}/proposals"
    found = []
    for name in _numbered_files(reader, folder):
        proposal = reader.record(Proposal, f"{folder}/{name}")
        if proposal is not None:
            _check(reader, proposal, ProposalState)
            found.append(replace(proposal, id=name.removesuffix(".yaml")))
    reader.finish()
    return tuple(found)


def load_rounds(
    files: Files, volume_id: str, faults: list[Problem] | None = None
) -> tuple[Round, ...]:
    reader = Reader(files)
    folder = f"volumes/{volume_id}/rounds"
    rounds = []
    for name, round_ in _records(reader, Round, folder, "round.yaml"):
        _check(reader, round_, RoundState)
        opinions = _opinions(reader, f"{folder}/{name}/opinions", name)
        for opinion in opinions:
            _check(reader, opinion, Disposition)
        papers = _papers(reader, f"{folder}/{name}/papers")
        rounds.append(replace(round_, id=name, opinions=opinions, papers=papers))
    sound = _whole(reader, tuple(rounds), faults)
    bad = {problem.file for problem in reader.problems}
    return tuple(replace(each, opinions=_readable(each.opinions, bad)) for each in sound)


def _readable(opinions: tuple[Opinion, ...], bad: set[str]) -> tuple[Opinion, ...]:
    return tuple(each for each in opinions if each.source and each.source.path not in bad)


def _opinions(reader: Reader, folder: str, round_id: str) -> tuple[Opinion, ...]:
    found = []
    for name in _numbered_files(reader, folder):
        number = name.removesuffix(".yaml")
        opinion = reader.record(Opinion, f"{folder}/{name}", id=f"{round_id}/{number}")
        if opinion is not None:
            found.append(opinion)
    return tuple(found)


def _papers(reader: Reader, folder: str) -> tuple[OpinionPaper, ...]:
    """Papers that opinions were taken from; an empty folder is none."""
    found = []
    for name in reader.files.names(folder):
        path = f"{folder}/{name}/paper.yaml"
        if reader.files.read(path) is not None:
            paper = reader.record(OpinionPaper, path, id=name)
            if paper is not None:
                found.append(paper)
    return tuple(found)


def load_proofs(
    files: Files, volume_id: str, faults: list[Problem] | None = None
) -> tuple[ProofJob, ...]:
    reader = Reader(files)
    folder = f"volumes/{volume_id}/proofs"
    jobs = tuple(
        replace(job, id=name) for name, job in _records(reader, ProofJob, folder, "proof.yaml")
    )
    for job in jobs:
        _check(reader, job, ProofState)
    return _whole(reader, jobs, faults)


def load_drafts(files: Files, volume_id: str) -> tuple[Draft, ...]:
    reader = Reader(files)
    folder = f"volumes/{volume_id}/drafts"
    drafts = tuple(
        replace(draft, id=name) for name, draft in _records(reader, Draft, folder, "draft.yaml")
    )
    reader.finish()
    return drafts
