"""谁改的: every change since a commit with its author, and the review it was made in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain

from editorial.desk.office import Desk, actor
from editorial.model.book import Part
from editorial.model.document import Block
from editorial.model.people import Editor
from editorial.model.redline import Hand, Hands, Ink, Version
from editorial.model.volume import Section, Step, Volume
from editorial.model.workflow import Workflow, stage_label, standing
from editorial.read.markup import read_markup
from editorial.store.files import blob_id
from editorial.store.history import uncommitted
from editorial.store.lineage import NO_BLOB, FileChange, blobs, changes_since
from editorial.store.load import text_path
from editorial.values import dataclass

# 红, 蓝, 绿 in turn, DOMAIN 7.5; an office may rename a stage, but not change its id.
INKS: Mapping[str, Ink] = {"review1": "red", "review2": "blue", "review3": "green"}
_TITLE = re.compile(rb"^title:.*$", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Office:
    """What tells whose a change is: sections as they are now, or were when last there."""

    desk: Desk
    workflow: Workflow
    sections: Mapping[str, Section]
    staff: tuple[Editor, ...]
    changes: Mapping[str, list[FileChange]]
    at: datetime
    until: str = ""


def hands_of(
    desk: Desk,
    volumes: tuple[Volume, Volume],
    workflow: Workflow,
    books: tuple[tuple[Part, ...], tuple[Part, ...]],
    commit: str,
    at: datetime,
    until: str = "",
) -> Hands:
    """Who made the second of two books out of the first one, which `commit` holds.

    The second is what `until` holds; empty: the work tree, where what is not committed is put
    down to whoever acts, `at` this moment.
    """
    folder = f"volumes/{desk.volume_id}/chapters"
    changes: dict[str, list[FileChange]] = {}
    for change in changes_since(desk.workspace, commit, folder, until or "HEAD"):
        changes.setdefault(change.path, []).append(change)
    old, new = volumes
    office = _Office(
        desk=desk,
        workflow=workflow,
        sections={section.id: section for volume in volumes for section in volume.sections},
        staff=(*new.staff, *old.staff),
        changes=changes,
        at=at,
        until=until,
    )
    person = actor(desk, new)
    name = person if isinstance(person, str) else person.name
    before, after = ({part.id: part for part in parts} for parts in books)
    return Hands(
        last=Hand(author=name, at=at),
        texts=_texts(office, _differing(before, after), name),
        headings=dict(_headings(office, before, after)),
    )


def _differing(before: Mapping[str, Part], after: Mapping[str, Part]) -> tuple[str, ...]:
    """Ids of sections whose text is not the same, or that only one book has."""
    return tuple(
        each
        for each in dict.fromkeys((*before, *after))
        if each not in before or each not in after or not _same(before[each], after[each])
    )


def _same(old: Part, new: Part) -> bool:
    return old.digest == new.digest if old.digest and new.digest else old.blocks == new.blocks


def _texts(office: _Office, sections: Iterable[str], person: str) -> dict[str, tuple[Version, ...]]:
    desk = office.desk
    paths = {each: text_path(desk.volume_id, each) for each in sections if each in office.sections}
    base = f"volumes/{desk.volume_id}/chapters"
    loose = frozenset(() if office.until else uncommitted(desk.workspace, (base,)))
    wanted = (change.new for path in paths.values() for change in office.changes.get(path, ()))
    read = {key: _blocks(data) for key, data in blobs(desk.workspace, wanted).items()}
    texts = {}
    for section, path in paths.items():
        versions = list(_versions(office, section, path, read))
        if path in loose:
            versions.append(_unkept(office, section, path, versions, person))
        texts[section] = tuple(versions)
    return texts


def _versions(
    office: _Office, section: str, path: str, read: Mapping[str, tuple[Block, ...]]
) -> Iterator[Version]:
    """One for each commit that made another text; a merge has several bases."""
    made: dict[str, list[FileChange]] = {}
    for change in office.changes.get(path, ()):
        made.setdefault(change.commit, []).append(change)
    known: set[str] = set()
    for changes in made.values():
        last = changes[-1]
        if len({each.old for each in changes}) > 1 and last.new in known:
            continue  # a merge that took one side as it was
        known.add(last.new)
        yield Version(
            key=last.new,
            bases=tuple(dict.fromkeys(each.old for each in changes)),
            hand=_hand(office, last, section),
            blocks=read.get(last.new, ()),
        )


def _unkept(
    office: _Office, section: str, path: str, versions: list[Version], person: str
) -> Version:
    data = office.desk.workspace.files.read(path)
    return Version(
        key=NO_BLOB if data is None else blob_id(data),
        bases=(versions[-1].key,) if versions else (),
        hand=_in_review(office, section, person, office.at),
        blocks=() if data is None else _blocks(data),
    )


def _blocks(data: bytes) -> tuple[Block, ...]:
    """Read past the memory of `read_markup`: a version of long ago is met but once."""
    document, _ = read_markup.__wrapped__(data.decode("utf-8-sig", "replace"))
    return document.blocks


def _headings(
    office: _Office, before: Mapping[str, Part], after: Mapping[str, Part]
) -> Iterator[tuple[str, Hand]]:
    """Who put in, took out, retitled or rearranged: told by the records, else by the text."""
    base = f"volumes/{office.desk.volume_id}/chapters"
    for each in dict.fromkeys((*after, *before)):
        old, new = before.get(each), after.get(each)
        chapter = f"{base}/{each.split('/')[0]}/chapter.yaml"
        own = f"{base}/{each}.yaml" if each in office.sections else chapter
        found = None
        if old and new and old.title != new.title:
            found = _retitled(office, own)
        elif not (old and new):
            found = _turned(office, f"{base}/{each}.md")
        found = found or next(reversed(office.changes.get(chapter, ())), None)
        if found:
            yield each, _hand(office, found, each)


def _retitled(office: _Office, path: str) -> FileChange | None:
    changes = office.changes.get(path, [])
    data = blobs(office.desk.workspace, (blob for each in changes for blob in (each.old, each.new)))
    titles = {blob: _TITLE.findall(text)[:1] for blob, text in data.items()}
    differing = (each for each in changes[::-1] if titles.get(each.old) != titles.get(each.new))
    return next(differing, None)


def _turned(office: _Office, path: str) -> FileChange | None:
    """The last commit in which the text came or went."""
    changes = office.changes.get(path, [])
    return next((each for each in changes[::-1] if NO_BLOB in (each.old, each.new)), None)


def _hand(office: _Office, change: FileChange, section: str) -> Hand:
    return _in_review(office, section, _name(office, change), change.at)


def _name(office: _Office, change: FileChange) -> str:
    """Whoever the act was done for goes before whose machine it was done on."""
    named = (each.name for each in office.staff if change.by in (each.id, each.name))
    mailed = (each.name for each in office.staff if change.mail and change.mail == each.mail)
    return next(chain(named, mailed), change.by)


def _in_review(office: _Office, section: str, name: str, at: datetime) -> Hand:
    """初审　示例名: the stage the section was in when it was done."""
    known = office.sections.get(section)
    steps = tuple(step for step in known.history if _moment(step, at) <= at) if known else ()
    standing_ = standing(steps)
    stage = standing_[-1].to if standing_ else ""
    label = stage_label(office.workflow, stage)
    author = f"{label}　{name}" if label else name
    return Hand(author=author, at=at, ink=INKS.get(stage, "violet"))


def _moment(step: Step, at: datetime) -> datetime:
    """A step written without its time zone was made in that of the change."""
    return step.at if step.at.tzinfo else step.at.replace(tzinfo=at.tzinfo)
