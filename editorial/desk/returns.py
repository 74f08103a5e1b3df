"""来件: fetched from the mailbox, taken from a folder, listed, claimed for a letter, set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from editorial.desk.correspondence import (
    Ground,
    People,
    find_return,
    first_day,
    ground_of,
    people_of,
)
from editorial.desk.intake import MAIL, Intake, file_intake, mail_intake, words_of
from editorial.desk.letters import find_letter, letters
from editorial.desk.office import Act, Desk, name_of, record
from editorial.desk.papers import digest
from editorial.desk.receive import Outcome, Taken, receive
from editorial.desk.replies import (
    also_answered,
    also_waiting,
    person,
    reply_of,
    with_reply,
    without_reply,
)
from editorial.errors import EditorialError, unreadable
from editorial.model.clues import BY_HAND, WAITING
from editorial.model.labels import Channel, LetterState
from editorial.model.letters import Letter, letter_state
from editorial.model.mailbox import ImapServer, Mailbox, imap_port
from editorial.model.names import fit_file
from editorial.model.returns import Kind, Return, ReturnState, came_as, return_state
from editorial.model.volume import Step
from editorial.post.folder import dropped
from editorial.post.imap import Envelope, Fetched, Mark, fetch
from editorial.post.password import password_for
from editorial.read.eml import read_mail
from editorial.store.mailbox import MAILBOX, load_mailbox
from editorial.store.records import written
from editorial.store.save import Message
from editorial.store.seen import load_mark, save_mark

MOST_LINES = 20  # of a mail shown with its return
MOST_MAIL = 5 * 2**20  # bytes of a mail opened to show them
Known: TypeAlias = Callable[[Envelope], bool]


# Taking in


def receive_paths(
    desk: Desk,
    paths: tuple[Path, ...],
    *,
    at: datetime,
    channel: Channel | None = None,
    letter: str = "",
) -> Iterator[Taken]:
    """Files and folders, each thing given out as soon as it is kept. `letter` as people write
    it: what they know they need not have guessed."""
    token = f"{desk.volume_id}/{find_letter(desk, letter).id}" if letter else ""
    paths = tuple(file for each in paths for file in dropped(each))
    yield from _files(desk, paths, people_of(desk), at=at, channel=channel, token=token)


def _files(
    desk: Desk,
    paths: tuple[Path, ...],
    people: dict[str, People],
    *,
    at: datetime,
    channel: Channel | None = None,
    token: str = "",
) -> Iterator[Taken]:
    """Files known by name and hash are not even looked into: a drop folder is never emptied."""
    ground = ground_of(desk, people)
    firsts = ((volume, paper, paper.papers[0]) for volume, paper in ground.returns if paper.papers)
    came = {(came_as(paper), first.name): (volume, paper) for volume, paper, first in firsts}
    for path in paths:
        data = _contents(path)
        whole = digest(data)
        before = came.get((whole, fit_file(path.name))) or came.get((whole, MAIL))
        if before is not None:
            volume, paper = before
            yield Taken(outcome=Outcome.AGAIN, name=path.name, volume=volume, paper=paper)
            continue
        intake = file_intake(path.name, data, channel, at)
        yield from receive(desk, intake, at=at, letter=token, people=people)


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error


def fetch_mail(desk: Desk, *, at: datetime) -> Iterator[Taken]:
    """New mails of the mailbox, then new files of the drop folder, of styles/mail.yaml.

    Each is given out once it is kept in a commit; stopped anywhere, the next call goes on.
    EditorialError when neither is set up, or for what only a person can mend.
    """
    mailbox = load_mailbox(desk.workspace.files)
    if mailbox.imap is None and not mailbox.drop:
        raise EditorialError(
            "没有设收件的信箱",
            where=MAILBOX,
            hint="在 styles/mail.yaml 里写 imap（信箱）或 drop（收件夹），"
            "或者用 editorial receive 收文件",
        )
    people = people_of(desk)
    if mailbox.imap is not None:
        yield from _fetched(desk, mailbox.imap, people, at)
    yield from _dropped(desk, mailbox, people, at)


def _fetched(
    desk: Desk, server: ImapServer, people: dict[str, People], at: datetime
) -> Iterator[Taken]:
    place = f"{server.user}@{server.host}:{imap_port(server)}/{server.folder}"
    validity, uid = load_mark(desk.workspace, place)
    ground = ground_of(desk, people)
    mails = fetch(
        server,
        Mark(validity=validity, uid=uid),
        known=_known(ground),
        password=password_for(server),
        ca=_authority(desk, server),
        since=server.since or first_day(ground) or at.date(),
    )
    mark = None
    for fetched in mails:
        if fetched.data is not None:
            yield from receive(desk, _intake(fetched, fetched.data, at), at=at, people=people)
            save_mark(desk.workspace, place, fetched.mark.validity, fetched.mark.uid)
        mark = fetched.mark
    if mark is not None:
        save_mark(desk.workspace, place, mark.validity, mark.uid)


def _intake(fetched: Fetched, data: bytes, at: datetime) -> Intake:
    came = fetched.envelope.at or at
    return mail_intake(data, Channel.MAIL, came.astimezone(at.tzinfo), cut=fetched.cut)


def _known(ground: Ground) -> Known:
    """Received before, by Message-ID and size; a used Message-ID alone proves nothing."""
    sizes = {
        (paper.message_id, paper.papers[0].size)
        for _, paper in ground.returns
        if paper.message_id and paper.papers
    }
    return lambda envelope: (envelope.message_id, envelope.size) in sizes


def _authority(desk: Desk, server: ImapServer) -> bytes:
    if not server.ca:
        return b""
    found = desk.workspace.files.read(server.ca)
    if found is None:
        raise EditorialError("没有 mail.yaml 的 imap.ca 所指的文件", where=server.ca)
    return found


def _dropped(
    desk: Desk, mailbox: Mailbox, people: dict[str, People], at: datetime
) -> Iterator[Taken]:
    if mailbox.drop:
        paths = dropped(desk.root / mailbox.drop)
        yield from _files(desk, paths, people, at=at)


# Looking


def folder_of(desk: Desk, paper: Return) -> str:
    return f"volumes/{desk.volume_id}/returns/{paper.id}"


def words_in(desk: Desk, paper: Return) -> tuple[str, ...]:
    """The first lines of what its mail says, without the letter it quotes."""
    data = desk.workspace.files.read(f"{folder_of(desk, paper)}/{MAIL}")
    said = words_of(read_mail(data)) if data is not None and len(data) <= MOST_MAIL else ""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return tuple(lines[:MOST_LINES]) + (("……",) if len(lines) > MOST_LINES else ())


def claimable(desk: Desk, paper: Return) -> tuple[Letter, ...]:
    """The letters it may be claimed for: what it may be about first, then those still
    waiting, the newest first."""
    maybe = (paper.letter, *(each.rpartition("/")[2] for each in paper.candidates))
    waiting = [each for each in letters(desk)[::-1] if letter_state(each) in WAITING]
    waiting.sort(key=lambda each: (each.id not in maybe, WAITING.index(letter_state(each))))
    return tuple(waiting)


# Deciding


def claim(desk: Desk, return_id: str, letter: str, *, at: datetime, note: str = "") -> Act:
    """认领: this paper answers that letter; the reply is registered on it in the same commit."""
    paper, sent = find_return(desk, return_id), find_letter(desk, letter)
    if paper.letter == sent.id and return_state(paper) is not ReturnState.ASIDE:
        raise EditorialError(f"来件{paper.id}已经认给函件{sent.id}", hint="不必再认")
    if letter_state(sent) not in WAITING:
        label = letter_state(sent).label
        refused = f"函件{sent.number or sent.id}现为“{label}”，不能登记回函"
        raise EditorialError(refused, hint=_instead(paper, sent))
    by = _by(desk)
    step = Step(at=at, by=by, to=ReturnState.MATCHED.value, note=note)
    claimed = replace(
        paper,
        letter=sent.id,
        matched_by=BY_HAND,
        candidates=(),
        reason="",
        kind=Kind.REPLY,
        history=(*paper.history, step),
    )
    told = replace(reply_of(claimed, sent, at), note=note)
    before = _withdrawn(desk, paper, at, by) if paper.letter != sent.id else ()
    sent = next((each for each in before if each.id == sent.id), sent)
    answered = with_reply(sent, told, at=at, by=by, note=f"来件{paper.id}")
    changed = {each.id: each for each in (*before, answered)}
    known = [changed.get(each.id, each) for each in letters(desk)]
    changed |= {each.id: each for each in also_answered(answered, known, at=at, by=by)}
    subject = f"来件：{paper.id} 认给 {sent.number or sent.id}"
    message = Message(subject=subject, act="returns claim", by=by)
    act = _decided(desk, claimed, tuple(changed.values()), message)
    return replace(act, remarks=_moved(before, paper))


def _instead(paper: Return, letter: Letter) -> str:
    """What to do with an answer to a letter that waits for none."""
    other = f"内容有用的认给在等的函，无须答复的搁置：returns aside {paper.id} --note 原因"
    if letter_state(letter) in (LetterState.VOID, LetterState.CLOSED):
        return other
    return f"这封函发出以后才能登记（letter send {letter.id}）；{other}"


def _withdrawn(desk: Desk, paper: Return, at: datetime, by: str) -> tuple[Letter, ...]:
    """The letter it was the answer of, without it, and those that were answered with it."""
    known = letters(desk)
    was = next((each for each in known if each.id == paper.letter), None)
    if was is None:
        return ()
    now = without_reply(was, paper.id, at=at, by=by)
    return () if now is was else (now, *also_waiting(now, known, at=at, by=by))


def _moved(before: tuple[Letter, ...], paper: Return) -> tuple[str, ...]:
    first = next(iter(before), None)
    if first is None:
        return ()
    state = letter_state(first).label
    return (f"函件{first.number or first.id}上登记的来件{paper.id}已撤去，该函现为“{state}”",)


def _by(desk: Desk) -> str:
    known = people_of(desk).get(desk.volume_id)
    return name_of(person(desk, known.staff if known else ()))


def _decided(desk: Desk, paper: Return, changed: tuple[Letter, ...], message: Message) -> Act:
    files: dict[str, bytes | None] = {}
    expected = {}
    values: tuple[Return | Letter, ...] = (paper, *changed)
    for value in values:
        assert value.source is not None
        path = value.source.path
        files[path] = written(desk.workspace.files, path, value)
        expected[path] = value.source.blob
    return record(desk, files, expected=expected, message=message)


def set_aside(desk: Desk, return_id: str, *, at: datetime, note: str) -> Act:
    """搁置: it answers nothing; kept, with the reason, and no letter's answer any more."""
    if not note.strip():
        raise EditorialError("搁置须写原因", hint="加上 --note 原因")
    paper, by = find_return(desk, return_id), _by(desk)
    step = Step(at=at, by=by, to=ReturnState.ASIDE.value, note=note)
    aside = replace(paper, reason=note, history=(*paper.history, step))
    message = Message(subject=f"来件：{paper.id} 搁置", act="returns aside", by=by, body=note)
    before = _withdrawn(desk, paper, at, by)
    return replace(_decided(desk, aside, before, message), remarks=_moved(before, paper))
