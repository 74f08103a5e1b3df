"""改动清单: the text of two rounds compared, every change with its reason and its author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from editorial.desk.assemble import assemble
from editorial.desk.hands import hands_of
from editorial.desk.office import Desk, loaded
from editorial.desk.office_papers import (
    FORMATS,
    PapersMade,
    check_formats,
    sample_mark,
    write_papers,
)
from editorial.desk.past import Then, find_then, load_then, unreadable
from editorial.errors import BadData, EditorialError
from editorial.model.attribution import Answer, Attributed, Grounds, Made, attributed
from editorial.model.book import Book, Imprint
from editorial.model.change_list import change_paper
from editorial.model.changes import Difference, differences
from editorial.model.dates import chinese_day
from editorial.model.drafts import Draft
from editorial.model.labels import Role
from editorial.model.people import Editor
from editorial.model.redlining import redlined
from editorial.model.style import DraftStyle
from editorial.model.volume import Section, Volume, book_title
from editorial.store.history import Past, past
from editorial.store.lineage import FileChange, changes_since
from editorial.store.load import Loaded, text_path
from editorial.store.looks import load_draft_style
from editorial.store.registers import load_letters, load_proofs, load_returns, load_rounds
from editorial.values import dataclass

MOST_COMMITS = 1_000_000
ANSWERING = frozenset({Role.CHIEF_EDITOR, Role.DEPUTY_EDITOR, Role.COMPILER})
NOW = "现在"
UNKEPT = 1  # microseconds, which no commit has: what is not kept is told from what was just kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between two texts, named as people call them."""

    since: str
    until: str
    found: tuple[Attributed, ...]
    volume: Volume


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of the two texts; `then` None: the work tree."""

    label: str
    loaded: Loaded
    then: Then | None = None


def changes_between(desk: Desk, since: str, until: str = "", *, at: datetime) -> Changes:
    """Changes of the text from `since` to `until` (a round, 第N稿, a day, a commit; empty: now).

    EditorialError when a time is not known, or the later comes before the earlier.
    """
    now = loaded(desk)
    style = load_draft_style(desk.workspace.files, now.volume.info.draft_style)
    draft = Draft(style=style.id, edition=1, date=at.date(), by="", commit="")
    old = _side(desk, find_then(desk, since, draft))
    new = _side(desk, find_then(desk, until, draft)) if until else _Side(label=NOW, loaded=now)
    commit = old.then.commit if old.then else ""
    last = new.then.commit if new.then else ""
    _refuse_backward(desk, old, new)
    book = _redlined(desk, style, old, new, at.replace(microsecond=UNKEPT))
    made = _commits(desk, commit, last)
    sections = {s.id: s for side in (old, new) for s in side.loaded.volume.sections}
    grounds = _grounds(desk)
    found = tuple(
        attributed(each, grounds, _made(desk, each, sections, new.loaded.volume.staff, made))
        for each in differences(book)
    )
    return Changes(since=old.label, until=new.label, found=found, volume=new.loaded.volume)


def _side(desk: Desk, then: Then) -> _Side:
    return _Side(label=then.label, loaded=load_then(desk, then), then=then)


def _refuse_backward(desk: Desk, old: _Side, new: _Side) -> None:
    """What has changes the other way round, and none this way, was asked the wrong way round."""
    if old.then is None or new.then is None or old.then.commit == new.then.commit:
        return
    folder = f"volumes/{desk.volume_id}"
    forth = changes_since(desk.workspace, old.then.commit, folder, new.then.commit)
    if not forth and changes_since(desk.workspace, new.then.commit, folder, old.then.commit):
        raise EditorialError(
            f"“{new.label}”在“{old.label}”之前", hint="先写较早的一轮，再写较晚的一轮"
        )


def _redlined(desk: Desk, style: DraftStyle, old: _Side, new: _Side, at: datetime) -> Book:
    before, after = (_book(desk, style, side) for side in (old, new))
    assert old.then is not None
    hands = hands_of(
        desk,
        (old.loaded.volume, new.loaded.volume),
        new.loaded.workflow,
        (before.parts, after.parts),
        old.then.commit,
        at,
        until=new.then.commit if new.then else "",
    )
    return redlined(before, after, hands, old.label)


def _book(desk: Desk, style: DraftStyle, side: _Side) -> Book:
    """The text of a side; what only prints takes no part."""
    volume = side.loaded.volume
    plain = replace(style, index=False, show_marks=False)
    imprint = Imprint(
        title=book_title(volume), label="", edition=1, date=_EPOCH, office="", commit=""
    )
    files = side.then.files if side.then else None
    try:
        return assemble(desk, volume, plain, imprint, (), files=files)[0]
    except BadData as error:
        if side.then is None:
            raise
        raise unreadable(side.then, error) from None


_EPOCH = datetime.min.date()


# Who and in which commit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Commits:
    by_path: Mapping[str, tuple[FileChange, ...]]
    told: Mapping[str, Past]


def _commits(desk: Desk, commit: str, until: str) -> _Commits:
    folder = f"volumes/{desk.volume_id}/chapters"
    by_path: dict[str, list[FileChange]] = {}
    for change in changes_since(desk.workspace, commit, folder, until or "HEAD"):
        by_path.setdefault(change.path, []).append(change)
    told = {each.commit: each for each in past(desk.workspace, (folder,), MOST_COMMITS)}
    return _Commits(by_path={path: tuple(each) for path, each in by_path.items()}, told=told)


def _made(
    desk: Desk,
    found: Difference,
    sections: Mapping[str, Section],
    staff: Sequence[Editor],
    commits: _Commits,
) -> tuple[Made, ...]:
    """The commits of a difference: those of its section made at the moments it tells of."""
    names = {editor.id: editor.name for editor in staff}
    base = f"volumes/{desk.volume_id}/chapters/{found.section.split('/')[0]}"
    own = text_path(desk.volume_id, found.section)
    paths = (own, own.removesuffix(".md") + ".yaml", f"{base}/chapter.yaml")
    known = [each for path in paths for each in commits.by_path.get(path, ())]
    made = []
    for hand in found.hands:
        author = hand.author.rpartition("　")[2]
        then = [each for each in known if each.at == hand.at]
        theirs = [each for each in then if names.get(each.by, each.by) == author]
        change = next(reversed(theirs or then), None)
        told = commits.told.get(change.commit) if change else None
        section = sections.get(found.section)
        by = change.by if change else author
        made.append(
            Made(
                commit=change.commit if change else "",
                by=names.get(by, author),
                day=hand.at.date().isoformat(),
                subject=told.subject if told else "",
                note=told.note if told else "",
                own=bool(told and told.act) and _answers_for(section, by, staff),
            )
        )
    return tuple(dict.fromkeys(made))


def _answers_for(section: Section | None, by: str, staff: Sequence[Editor]) -> bool:
    person = next((each for each in staff if by in (each.id, each.name)), None)
    if person is None:
        return False
    responsible = section is not None and section.editor == person.id
    return responsible or bool(ANSWERING.intersection(person.roles))


# What may have asked for it


def _grounds(desk: Desk) -> Grounds:
    files, volume_id = desk.workspace.files, desk.volume_id
    jobs = load_proofs(files, volume_id)
    return Grounds(
        opinions=tuple(o for round_ in load_rounds(files, volume_id) for o in round_.opinions),
        answers=tuple(_answers(desk)),
        corrections=tuple((job, each) for job in jobs for each in job.corrections),
    )


def _answers(desk: Desk) -> Iterator[Answer]:
    files, volume_id = desk.workspace.files, desk.volume_id
    replies: dict[tuple[str, int], list[str]] = {}
    for paper in load_returns(files, volume_id):
        for item in paper.items:
            replies.setdefault((paper.letter, item.number), []).append(item.text)
    for letter in load_letters(files, volume_id):
        for number, each in enumerate(letter.items, 1):
            said = "\n".join(replies.get((letter.id, number), ()))
            yield Answer(letter=letter, item=each, reply=said)


# The paper


def make_changes(
    desk: Desk,
    since: str,
    until: str = "",
    *,
    at: datetime,
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
) -> tuple[Changes, PapersMade]:
    """改动清单 as files. EditorialError when the two texts are the same."""
    check_formats(formats)
    told = changes_between(desk, since, until, at=at)
    if not told.found:
        raise EditorialError(
            f"从{told.since}到{told.until}，正文没有改动", hint="没有要列的，没有出改动清单"
        )
    volume = told.volume
    paper = change_paper(
        told.found,
        titles_of(volume),
        since=told.since,
        until=told.until,
        book=f"《{book_title(volume)}》",
        office=volume.info.office.name,
        day=chinese_day(at),
        mark=sample_mark(volume),
    )
    made = write_papers(
        desk,
        (paper,),
        stem=f"改动清单（{told.since}至{told.until}）",
        formats=formats,
        day=at.date(),
        office=volume.info.office.name,
        out=out,
    )
    return told, made


def titles_of(volume: Volume) -> dict[str, str]:
    titles: Iterable[tuple[str, str]] = (
        (section.id, f"{chapter.title} · {section.title}")
        for chapter in volume.chapters
        for section in chapter.sections
    )
    return {chapter.id: chapter.title for chapter in volume.chapters} | dict(titles)
