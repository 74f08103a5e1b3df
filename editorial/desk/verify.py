"""核查: is everything readable, whole and as recorded; `repair` mends an interrupted act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from shlex import quote

from editorial.desk.collisions import collided, of_collided, part
from editorial.desk.freeze import press_problems
from editorial.desk.number_twice import numbered_twice
from editorial.desk.office import Desk, loaded
from editorial.desk.placing import placed
from editorial.desk.references import astray
from editorial.desk.signing import used_before
from editorial.errors import BadData, EditorialError, Problem
from editorial.model.book import Part
from editorial.model.chasing import issue_faults
from editorial.model.document import Block
from editorial.model.finding import Finding
from editorial.model.letters import TWICE, Paper, number_faults
from editorial.model.links import (
    anchors_in,
    dangling_links,
    links_in,
    names_given_twice,
    numbers_by_name,
    wrong_numbers,
)
from editorial.model.volume import Volume
from editorial.read.markup import read_markup
from editorial.store import git
from editorial.store.chasing import load_chasing, load_day_logs, log_path
from editorial.store.files import Files, is_stray
from editorial.store.history import missing
from editorial.store.journal import pending, repair
from editorial.store.load import load_gate, load_text, load_workflow
from editorial.store.lock import lock
from editorial.store.looks import load_draft_style, load_fonts, load_letter_style, style_names
from editorial.store.mailbox import load_mailbox
from editorial.store.meetings import load_meetings, load_score_rules
from editorial.store.proofing import load_error_scheme, load_layout, load_sample
from editorial.store.registers import (
    load_drafts,
    load_letters,
    load_proofs,
    load_proposals,
    load_returns,
    load_rounds,
)
from editorial.store.terms import load_terms
from editorial.store.workspace import lost_volumes, volume_ids
from editorial.store.yamlio import unmerged
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`problems` make the workspace unsound; `findings` are odd places in the text."""

    repaired: str
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]


def verify(desk: Desk, *, mend: bool = False) -> Verdict:
    """Read every record and text of every book, and the styles; nothing is written unless `mend`.

    The findings are those of the volume the desk is open on.
    """
    problems: list[Problem] = []
    repaired = ""
    if mend:
        with lock(desk.workspace):
            told = (repair(desk.workspace), *part(desk))
            repaired = "\n".join(filter(None, told))
    elif pending(desk.workspace) is not None:
        message = "上次操作没有做完，请执行 editorial verify --repair"
        problems.append(Problem(file=".git/editorial/journal", message=message))
    problems += _git_problems(desk)
    with _noted(problems):
        _read_styles(desk.workspace.files, problems)
    found: tuple[Finding, ...] = ()
    for each in volume_ids(desk.workspace.files):
        odd = _read_book(replace(desk, volume_id=each), problems)
        found = odd if each == desk.volume_id else found
    gone = _gone(desk, problems)
    with _noted(problems):
        problems += _lost(desk)
    with _noted(problems):
        problems = [*collided(desk), *of_collided(desk, problems)]
    whole = tuple(dict.fromkeys(_with_remedies(problems, gone)))
    return Verdict(repaired=repaired, problems=whole, findings=found)


def _with_remedies(problems: list[Problem], gone: dict[str, str]) -> Iterator[Problem]:
    """The problems, those of files that are gone with the remedy; then what else is gone."""
    missed = {each.file for each in problems if each.file in gone and not each.line}
    for each in problems:
        if each.file in missed and not each.line:
            yield replace(each, message=f"{each.message}；{gone[each.file]}")
        else:
            yield each
    for path, remedy in gone.items():
        if path not in missed:
            whole = path.startswith("volumes/") and path.count("/") == 1
            way = f"git rm -rq {quote(path)}，再 git commit" if whole else "editorial keep"
            message = f"上次留存时还有，现在不见了；{remedy}；有意删的，用 {way} 记下，以后不再提"
            yield Problem(file=path, message=message)


def _gone(desk: Desk, problems: list[Problem]) -> dict[str, str]:
    """What was there at the last commit and a hand took away, with the remedy."""
    paths: tuple[str, ...] = ()
    with _noted(problems):
        paths = missing(desk.workspace, ("volumes", "styles"))
    return {path: f"误删的，用 git checkout HEAD -- {quote(path)} 恢复" for path in paths}


def _lost(desk: Desk) -> Iterator[Problem]:
    for each in lost_volumes(desk.workspace.files):
        path = f"volumes/{each}/volume.yaml"
        yield Problem(file=path, message="缺少这个文件，这部书认不出来")


def _git_problems(desk: Desk) -> list[Problem]:
    if git.head(desk.workspace.root) == "":
        return [Problem(file=".git", message="仓库里还没有提交，请先 git add . 再 git commit")]
    answer = git.ask(desk.workspace.root, "fsck", "--connectivity-only", "--no-dangling")
    return [] if answer is not None else [Problem(file=".git", message=DAMAGED)]


DAMAGED = (
    "git 仓库有损，有的历史读不出来；先把现在的文件夹另存一份，再从共用的仓库重新取一份"
    "（git clone），或用备份恢复，然后把另存的那份里改过的文件拷过去，用 editorial keep 留存"
)


def _volume(desk: Desk, problems: list[Problem]) -> Volume | None:
    try:
        book = loaded(desk)
    except BadData as error:
        problems += error.problems
        return None
    except EditorialError as error:
        problems.append(_told(error))
        return None
    volume = book.volume
    problems += _unlisted(desk, volume)
    problems += press_problems(desk, book)
    problems += astray(desk, volume)
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


def _read_styles(files: Files, problems: list[Problem]) -> None:
    loads: list[Callable[[], object]] = [
        partial(load_fonts, files),
        partial(load_chasing, files),
        partial(load_score_rules, files),
        partial(load_mailbox, files),
    ]
    for folder, load in _STYLES.items():
        loads += [partial(load, files, name) for name in style_names(files, folder)]
    for read in loads:
        with _noted(problems):
            read()


_STYLES: dict[str, Callable[[Files, str], object]] = {
    "workflows": load_workflow,
    "drafts": load_draft_style,
    "letters": load_letter_style,
    "errors": load_error_scheme,
}


def _read_book(desk: Desk, problems: list[Problem]) -> tuple[Finding, ...]:
    files, book = desk.workspace.files, desk.volume_id
    volume = _volume(desk, problems)
    findings: list[Finding] = []
    texts: dict[str, tuple[Block, ...]] = {}
    for section in volume.sections if volume else ():
        with _noted(problems):
            text, source = load_text(files, book, section.id)
            problems += unmerged(text, source.path)
            document, odd = read_markup(text, section.id)
            texts[section.id] = document.blocks
            findings += odd
    findings += placed(desk, _links(volume, texts))
    for load in _RECORDS:
        with _noted(problems):
            load(files, book)
    for check in (_letter_papers, _return_papers, _gate_papers, *_CHECKS):
        with _noted(problems):
            problems += check(desk)
    if volume:
        with _noted(problems):
            load_draft_style(files, volume.info.draft_style)
    return tuple(findings)


def _links(volume: Volume | None, texts: Mapping[str, tuple[Block, ...]]) -> tuple[Finding, ...]:
    read = tuple(texts.items())
    links = links_in(read)
    numbers = numbers_by_name(tuple(_parts(volume, texts))) if volume else {}
    return (
        *names_given_twice(read),
        *dangling_links(links, anchors_in(read)),
        *wrong_numbers(links, numbers),
    )


def _parts(volume: Volume, texts: Mapping[str, tuple[Block, ...]]) -> Iterator[Part]:
    for chapter in volume.chapters:
        matter = chapter.matter
        yield Part(id=chapter.id, level=1, title=chapter.title, matter=matter)
        for section in chapter.sections:
            blocks, title = texts.get(section.id, ()), section.title
            yield Part(id=section.id, level=2, title=title, blocks=blocks, matter=matter)


_RECORDS: tuple[Callable[[Files, str], object], ...] = (
    load_proposals,
    load_rounds,
    load_meetings,
    load_proofs,
    load_drafts,
    load_terms,
    load_layout,
)


@contextmanager
def _noted(problems: list[Problem]) -> Iterator[None]:
    """What cannot be read is noted, and its neighbours are read all the same."""
    try:
        yield
    except BadData as error:
        problems += error.problems
    except git.DiedError:  # over what it found there
        problems.append(Problem(file=".git", message=DAMAGED))
    except EditorialError as error:
        problems.append(_told(error))


def _told(error: EditorialError) -> Problem:
    told = "；".join(filter(None, (error.message, error.hint)))
    return Problem(file=error.where or "工作区", message=told)


def _letter_papers(desk: Desk) -> Iterator[Problem]:
    """Papers of letters must still be what was signed and sent, or what came in answer; a file
    that no letter tells of came there by hand, or from a merge that dropped its letter."""
    for letter in load_letters(desk.workspace.files, desk.volume_id):
        folder = f"volumes/{desk.volume_id}/letters/{letter.id}"
        replies = (*letter.earlier, letter.reply) if letter.reply else letter.earlier
        papers = (*letter.papers, *(paper for each in replies for paper in each.papers))
        yield from _kept(desk, folder, papers)
        known = {"letter.yaml", *(paper.name for paper in papers)}
        for name in desk.workspace.files.names(folder):
            if name not in known and not is_stray(name):
                yield Problem(file=f"{folder}/{name}", message=UNREGISTERED)


UNREGISTERED = (
    "letter.yaml 没有登记这个文件：可能是合并时丢了另一封函（git log --all -- 文件 可查），"
    "也可能是人放进来的；查明后找回那封函，或移走"
)


def _return_papers(desk: Desk) -> Iterator[Problem]:
    """Those of returns must still be what came."""
    for came in load_returns(desk.workspace.files, desk.volume_id):
        yield from _kept(desk, f"volumes/{desk.volume_id}/returns/{came.id}", came.papers)


def _gate_papers(desk: Desk) -> Iterator[Problem]:
    """批文 must still be the scans that were registered."""
    base = f"volumes/{desk.volume_id}/gates"
    for name in desk.workspace.files.names(base):
        for answer in load_gate(desk.workspace.files, desk.volume_id, name).answers:
            yield from _kept(desk, f"{base}/{name}", answer.papers)


def _kept(desk: Desk, folder: str, papers: Iterable[Paper]) -> Iterator[Problem]:
    for paper in papers:
        problem = _paper_problem(desk, f"{folder}/{paper.name}", paper)
        if problem:
            yield Problem(file=f"{folder}/{paper.name}", message=problem)


def _samples(desk: Desk) -> list[Problem]:
    """Pages drawn to be read again."""
    found: list[Problem] = []
    for job in load_proofs(desk.workspace.files, desk.volume_id):
        with _noted(found):
            load_sample(desk.workspace.files, desk.volume_id, job.id)
    return found


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
        *(
            Problem(file=places.get(number, elsewhere), message=f"{number}{what}")
            for number, what in number_faults(known, used_before(desk))
            if what != TWICE
        ),
        *(
            Problem(file=each.letter.source.path, message=f"{each.words}；{each.hint}")
            for each in numbered_twice(desk)
            if each.letter.source and each.letter.source.path.startswith(f"{elsewhere}/")
        ),
    ]


def _issues(desk: Desk) -> list[Problem]:
    """期号 of the daily pages are given once."""
    logs = load_day_logs(desk.workspace.files, desk.volume_id)
    return [
        Problem(file=log_path(desk.volume_id, log.day), message=message)
        for log, message in issue_faults(logs)
    ]


_CHECKS = (_samples, _tags, _numbers, _issues)


def _paper_problem(desk: Desk, path: str, paper: Paper) -> str:
    data = desk.workspace.files.read(path)
    if data is None:
        return "登记的文件不见了"
    if hashlib.sha256(data).hexdigest() != paper.sha256:
        return "文件与登记的不符，签发或收到之后被改过"
    return ""
