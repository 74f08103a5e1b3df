"""核查: is everything readable, whole and as recorded; `repair` mends an interrupted act."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from editorial.desk.freeze import press_problems
from editorial.desk.office import Desk, loaded
from editorial.desk.signing import used_before
from editorial.errors import BadData, EditorialError, Problem
from editorial.model.chasing import issue_faults
from editorial.model.finding import Finding
from editorial.model.letters import Paper, number_faults
from editorial.model.volume import Volume
from editorial.read.markup import read_markup
from editorial.store import git
from editorial.store.chasing import load_chasing, load_day_logs, log_path
from editorial.store.journal import pending, repair
from editorial.store.load import load_gate, load_text
from editorial.store.lock import lock
from editorial.store.looks import load_draft_style, load_fonts
from editorial.store.mailbox import load_mailbox
from editorial.store.meetings import load_meetings
from editorial.store.registers import (
    load_drafts,
    load_letters,
    load_proofs,
    load_proposals,
    load_returns,
    load_rounds,
)
from editorial.store.terms import load_terms
from editorial.store.workspace import volume_ids
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`problems` make the workspace unsound; `findings` are odd places in the text."""

    repaired: str
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]


def verify(desk: Desk, *, mend: bool = False) -> Verdict:
    """Read every record and text of the volume; nothing is written unless `mend`."""
    problems: list[Problem] = []
    repaired = ""
    if mend:
        with lock(desk.workspace):
            repaired = repair(desk.workspace)
    elif pending(desk.workspace) is not None:
        message = "上次操作没有做完，请执行 editorial verify --repair"
        problems.append(Problem(file=".git/editorial/journal", message=message))
    problems += _git_problems(desk)
    volume = _volume(desk, problems)
    findings = _read_all(desk, volume, problems) if volume else ()
    return Verdict(repaired=repaired, problems=tuple(problems), findings=findings)


def _git_problems(desk: Desk) -> list[Problem]:
    if git.head(desk.workspace.root) == "":
        return [Problem(file=".git", message="仓库里还没有提交，请先 git add . 再 git commit")]
    answer = git.ask(desk.workspace.root, "fsck", "--connectivity-only", "--no-dangling")
    return [] if answer is not None else [Problem(file=".git", message="git fsck 报告仓库有损")]


def _volume(desk: Desk, problems: list[Problem]) -> Volume | None:
    try:
        book = loaded(desk)
    except BadData as error:
        problems += error.problems
        return None
    volume = book.volume
    problems += _unlisted(desk, volume)
    problems += press_problems(desk, book)
    return volume


def _unlisted(desk: Desk, volume: Volume) -> list[Problem]:
    """Texts and records that no chapter.yaml lists would silently be left out of the book."""
    listed = {section.id for section in volume.sections}
    base = f"volumes/{desk.volume_id}/chapters"
    found = []
    for chapter in volume.chapters:
        for name in desk.workspace.files.names(f"{base}/{chapter.id}"):
            stem, dot, kind = name.rpartition(".")
            known = stem == "chapter" or f"{chapter.id}/{stem}" in listed
            if dot and kind in ("md", "yaml") and not known:
                message = "chapter.yaml 没有列出这个分目，它不会编入书中"
                found.append(Problem(file=f"{base}/{chapter.id}/{name}", message=message))
    return found


def _read_all(desk: Desk, volume: Volume, problems: list[Problem]) -> tuple[Finding, ...]:
    files = desk.workspace.files
    findings: list[Finding] = []
    for section in volume.sections:
        with _noted(problems):
            findings += read_markup(load_text(files, desk.volume_id, section.id)[0], section.id)[1]
    for load in (load_proposals, load_rounds, load_meetings, load_proofs, load_drafts, load_terms):
        with _noted(problems):
            load(files, desk.volume_id)
    with _noted(problems):
        problems += _papers(desk)
    with _noted(problems):
        problems += _tags(desk)
    with _noted(problems):
        problems += _numbers(desk)
    with _noted(problems):
        problems += _issues(desk)
    with _noted(problems):
        load_draft_style(files, volume.info.draft_style)
    with _noted(problems):
        load_fonts(files)
    with _noted(problems):
        load_chasing(files)
    with _noted(problems):
        load_mailbox(files)
    return tuple(findings)


@contextmanager
def _noted(problems: list[Problem]) -> Iterator[None]:
    """What cannot be read is noted, and its neighbours are read all the same."""
    try:
        yield
    except BadData as error:
        problems += error.problems
    except EditorialError as error:
        problems.append(Problem(file=error.where or "workspace", message=error.message))


def _papers(desk: Desk) -> list[Problem]:
    """Papers of letters must still be what was signed and sent, those of returns what came."""
    found = []
    for letter in load_letters(desk.workspace.files, desk.volume_id):
        folder = f"volumes/{desk.volume_id}/letters/{letter.id}"
        for paper in (*letter.papers, *(letter.reply.papers if letter.reply else ())):
            problem = _paper_problem(desk, f"{folder}/{paper.name}", paper)
            if problem:
                found.append(Problem(file=f"{folder}/{paper.name}", message=problem))
    for came in load_returns(desk.workspace.files, desk.volume_id):
        folder = f"volumes/{desk.volume_id}/returns/{came.id}"
        for paper in came.papers:
            problem = _paper_problem(desk, f"{folder}/{paper.name}", paper)
            if problem:
                found.append(Problem(file=f"{folder}/{paper.name}", message=problem))
    return [*found, *_gate_papers(desk)]


def _gate_papers(desk: Desk) -> Iterator[Problem]:
    """批文 must still be the scans that were registered."""
    base = f"volumes/{desk.volume_id}/gates"
    for name in desk.workspace.files.names(base):
        for answer in load_gate(desk.workspace.files, desk.volume_id, name).answers:
            for paper in answer.papers:
                problem = _paper_problem(desk, f"{base}/{name}/{paper.name}", paper)
                if problem:
                    yield Problem(file=f"{base}/{name}/{paper.name}", message=problem)


def _tags(desk: Desk) -> list[Problem]:
    """The text of a round must still be found under its tag, as it was when the round began."""
    found = []
    for round_ in load_rounds(desk.workspace.files, desk.volume_id):
        now = git.tagged(desk.workspace.root, round_.tag) if round_.tag else round_.commit
        if now != round_.commit and round_.source:
            told = "指着别的文字" if now else "不见了；取回它：git fetch --tags"
            message = f"“{round_.title}”开始时的标签 {round_.tag} {told}"
            found.append(Problem(file=round_.source.path, message=message))
    return found


def _numbers(desk: Desk) -> list[Problem]:
    """发文字号 run without gaps over all volumes; one not used was made void, with the reason."""
    files = desk.workspace.files
    known = tuple(each for volume in volume_ids(files) for each in load_letters(files, volume))
    places = {letter.number: letter.source.path for letter in known if letter.source}
    elsewhere = f"volumes/{desk.volume_id}/letters"
    return [
        Problem(file=places.get(number, elsewhere), message=f"{number}{what}")
        for number, what in number_faults(known, used_before(desk))
    ]


def _issues(desk: Desk) -> list[Problem]:
    """期号 of the daily pages are given once."""
    logs = load_day_logs(desk.workspace.files, desk.volume_id)
    return [
        Problem(file=log_path(desk.volume_id, log.day), message=message)
        for log, message in issue_faults(logs)
    ]


def _paper_problem(desk: Desk, path: str, paper: Paper) -> str:
    data = desk.workspace.files.read(path)
    if data is None:
        return "登记的文件不见了"
    if hashlib.sha256(data).hexdigest() != paper.sha256:
        return "文件与登记的不符，签发或收到之后被改过"
    return ""
