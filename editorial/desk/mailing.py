"""Mail in two steps: the message is committed, handed to the server, then its receipt committed.

Whatever dies in between, the next run knows from the log which were surely not taken, which
were, and which nobody knows of; none of these is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from editorial.desk.office import Desk
from editorial.desk.papers import MESSAGE
from editorial.errors import EditorialError
from editorial.model.labels import DeliveryState, LetterState
from editorial.model.letters import Letter, letter_state
from editorial.model.mailbox import SmtpServer
from editorial.model.volume import Step
from editorial.post.parcel import Event, Handing
from editorial.store.journal import repair
from editorial.store.lock import lock
from editorial.store.records import written
from editorial.store.registers import load_letters
from editorial.store.save import Message, Writes, save, save_locked
from editorial.store.sendlog import HANDING, READY, Line, SendLog, clear, known, note
from editorial.values import dataclass

OFTEN = 40
# What it means that the log ends so.
INTERRUPTED = {
    READY: (DeliveryState.POSTPONED, "还没有轮到它就中断了"),
    HANDING: (DeliveryState.UNSURE, "交给服务器以后中断，没有等到回执"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A letter whose last delivery is the one prepared, with the exact message."""

    letter: Letter
    message: bytes


def attempt_of(desk: Desk, letter: Letter) -> str:
    last = letter.deliveries[-1]
    return f"{desk.volume_id}/{letter.id} {last.at.isoformat()} {last.message_id}"


def in_flight(letter: Letter) -> bool:
    """Whether its mail is committed as prepared and nothing is committed of how it ended."""
    return bool(letter.deliveries) and letter.deliveries[-1].state is DeliveryState.PREPARED


def hand_over(
    desk: Desk,
    log: SendLog,
    server: SmtpServer,
    password: str,
    outgoing: Sequence[Outgoing],
    by: str,
    say: Callable[[str], None],
) -> EditorialError | None:
    """The step between the commits, then the second: what stopped it, None when all were tried."""
    from editorial.post.parcel import parcel_of
    from editorial.post.smtp import send

    attempts = {each.letter.id: attempt_of(desk, each.letter) for each in outgoing}
    receipts = 0
    try:
        parcels = [parcel_of(each.letter.id, each.message) for each in outgoing]
        ca = certificate(desk, server.ca)
        for event in send(server, parcels, password=password, ca=ca):
            note(log, [_line(attempts[event.key], event)])
            if isinstance(event, Handing):
                continue
            receipts += 1
            say(f"{event.key} {event.state.label}（{receipts}/{len(parcels)}）")
            if receipts % OFTEN == 0:
                settle(desk, log, by, final=False)
    except EditorialError as stopped:
        return stopped
    finally:
        settle(desk, log, by, final=True)
    return None


def _line(attempt: str, event: Event) -> Line:
    if isinstance(event, Handing):
        return Line(attempt=attempt, event=HANDING)
    return Line(attempt=attempt, event=event.state.value, words=event.words)


def prepare(desk: Desk, log: SendLog, outgoing: Sequence[Outgoing], message: Message) -> str:
    """The first step: noted as ready, then committed with the exact messages."""
    note(log, [Line(attempt=attempt_of(desk, each.letter), event=READY) for each in outgoing])
    papers = {}
    for each in outgoing:
        assert each.letter.source is not None
        papers[f"{each.letter.source.path.rpartition('/')[0]}/{MESSAGE}"] = each.message
    writes = letter_writes(desk, [each.letter for each in outgoing], papers)
    return save(desk.workspace, writes, message)


def settle(desk: Desk, log: SendLog, by: str, *, final: bool) -> tuple[Letter, ...]:
    """The second step: commit what the log knows of letters on their way; those it was.

    `final` when nothing is on its way any more: what was never handed over was not sent, what
    was handed over without a receipt is in doubt. Then the log has told all it knows.
    """
    lines, changed = known(log), []
    if lines:
        with lock(desk.workspace):
            repair(desk.workspace)
            for letter in load_letters(desk.workspace.files, desk.volume_id):
                after = _settled(desk, letter, lines, by, final=final)
                if after is not letter:
                    changed.append(after)
            if changed:
                message = Message(subject=_account(changed), act="letter send", by=by)
                save_locked(desk.workspace, letter_writes(desk, changed), message)
    if final:
        clear(log)
    return tuple(changed)


def _settled(
    desk: Desk, letter: Letter, lines: Mapping[str, Line], by: str, *, final: bool
) -> Letter:
    line = lines.get(attempt_of(desk, letter)) if in_flight(letter) else None
    if line is None or (line.event in INTERRUPTED and not final):
        return letter
    state, words = INTERRUPTED.get(line.event) or (DeliveryState(line.event), line.words)
    return delivered(letter, state, words, by)


def delivered(letter: Letter, state: DeliveryState, words: str, by: str) -> Letter:
    """The letter with its last delivery ended so; one that was taken is 发出."""
    sent = state is DeliveryState.SENT
    note, error = (words, "") if sent else ("", words)
    last = replace(letter.deliveries[-1], state=state, note=note, error=error)
    history = letter.history
    if sent and letter_state(letter) is LetterState.APPROVED:
        history = (*history, Step(at=last.at, by=by, to=LetterState.SENT.value))
    return replace(letter, deliveries=(*letter.deliveries[:-1], last), history=history)


def _account(letters: Sequence[Letter]) -> str:
    counts = Counter(letter.deliveries[-1].state for letter in letters)
    parts = [f"{state.label}{counts[state]}封" for state in DeliveryState if counts[state]]
    which = letters[0].number + ("等" if len(letters) > 1 else "")
    return f"函件：发出 {which}（{'，'.join(parts)}）"


def letter_writes(
    desk: Desk, letters: Sequence[Letter], papers: Mapping[str, bytes] | None = None
) -> Writes:
    """The records as they are to be, with papers beside them, for one commit."""
    files: dict[str, bytes | None] = {}
    expected = {}
    for letter in letters:
        assert letter.source is not None
        path = letter.source.path
        files[path] = written(desk.workspace.files, path, letter)
        expected[path] = letter.source.blob
    return Writes(files=files | dict(papers or {}), expected=expected)


def certificate(desk: Desk, path: str) -> bytes:
    """The office's own authority as mail.yaml names it."""
    if not path:
        return b""
    data = desk.workspace.files.read(path)
    if data is None:
        raise EditorialError("mail.yaml 的 ca 所指的文件不在工作区里", where=path)
    return data
