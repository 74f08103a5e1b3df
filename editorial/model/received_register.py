"""收文登记: every answer that came, as a paper taken in or as somebody told it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from editorial.model.labels import LetterState
from editorial.model.letters import Letter, Reply, letter_state
from editorial.model.register import (
    BookRecords,
    Column,
    RegisterTable,
    book_of,
    lines,
    names_of,
    tabled,
    unit_called,
    within_year,
)
from editorial.model.returns import Kind, Return, ReturnState, return_state
from editorial.model.sent_register import answer_words
from editorial.values import dataclass

ANSWERS = frozenset({Kind.REPLY, Kind.OTHER})
ORIGINAL = ("来件.",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedEntry:
    """`mark` is the 收文号: the folder of the paper, or letter and place of an answer without
    one; it never changes. `about` is the 发文字号 answered."""

    mark: str
    at: datetime
    on: date
    book: str
    way: str
    sender: str
    doc_no: str = ""
    title: str = ""
    answer: str = ""
    annexes: str = ""
    count: int | None = None
    handler: str = ""
    taker: str = ""
    about: str = ""
    result: str = ""
    closed: date | None = None
    remarks: tuple[str, ...] = ()


def received_entries(books: Sequence[BookRecords], year: int) -> tuple[ReceivedEntry, ...]:
    """What came that year, by the day it came."""
    found = [entry for each in books for entry in (*_papers(each), *_told(each))]
    here = [entry for entry in found if entry.on.year == year]
    return tuple(sorted(here, key=lambda each: (each.on, each.at.isoformat(), each.mark)))


def is_answer(paper: Return) -> bool:
    """Set aside are automatic replies, bounces and the same thing twice."""
    return paper.kind in ANSWERS and return_state(paper) is not ReturnState.ASIDE


def _papers(records: BookRecords) -> Iterator[ReceivedEntry]:
    """来件, those that still wait for their letter too."""
    letters = {letter.id: letter for letter in records.letters}
    names = names_of(records.volume)
    for paper in filter(is_answer, records.returns):
        letter = letters.get(paper.letter)
        reply = next((x for x in _replies(letter) if x.returned == paper.id), None)
        day = paper.at.date()
        by = paper.history[0].by if paper.history else ""
        files = [each for each in paper.papers if not each.name.startswith(ORIGINAL)]
        entry = ReceivedEntry(
            mark=f"来件{paper.id}",
            at=paper.at,
            on=day,
            book=book_of(records),
            way=paper.channel.label,
            sender=unit_called(records.volume, letter.unit, day) if letter else "（待认领）",
            doc_no=_own_number(letter, reply),
            title=paper.subject or (paper.papers[0].name if paper.papers else ""),
            answer=answer_words(reply) if reply else "",
            annexes="、".join(each.name for each in files),
            count=len(files) or None,
            taker=names.get(by, by),
            result=_result(letter, return_state(paper).label),
            remarks=paper.told,
        )
        yield _to_letter(records, letter, entry) if letter else entry


def _told(records: BookRecords) -> Iterator[ReceivedEntry]:
    """Answers by telephone, on paper or by chat that were registered with the letter."""
    for letter in records.letters:
        takers = _takers(records, letter)
        for place, reply in enumerate(_replies(letter), 1):
            if not reply.returned:
                yield _reply_entry(records, letter, place, reply, takers.get(place, ""))


def _reply_entry(
    records: BookRecords, letter: Letter, place: int, reply: Reply, taker: str
) -> ReceivedEntry:
    entry = ReceivedEntry(
        mark=f"函{letter.id}答{place}",
        at=datetime.combine(reply.date, time()),
        on=reply.date,
        book=book_of(records),
        way=reply.channel,
        sender=unit_called(records.volume, letter.unit, reply.date),
        doc_no=_own_number(letter, reply),
        title=reply.note or f"对{letter.number}的答复",
        answer=answer_words(reply),
        annexes="、".join(each.name for each in reply.papers),
        count=len(reply.papers) or None,
        taker=taker,
        result=_result(letter, ReturnState.MATCHED.label),
    )
    return _to_letter(records, letter, entry)


def _replies(letter: Letter | None) -> tuple[Reply, ...]:
    if letter is None or letter.reply is None:
        return ()
    return (*letter.earlier, letter.reply)


def _own_number(letter: Letter | None, reply: Reply | None) -> str:
    """A number once told holds for the answers after it; it is listed with the first."""
    same = [each for each in _replies(letter) if reply and each.doc_no == reply.doc_no]
    return reply.doc_no if reply and same[:1] == [reply] else ""


def _takers(records: BookRecords, letter: Letter) -> dict[int, str]:
    """Who registered the n-th answer; promises leave no step, so only where all are told."""
    steps = [step.by for step in letter.history if step.to == LetterState.REPLIED.value]
    names = names_of(records.volume)
    if len(steps) != len(_replies(letter)):
        return {}
    return {place: names.get(by, by) for place, by in enumerate(steps, 1)}


def _to_letter(records: BookRecords, letter: Letter, entry: ReceivedEntry) -> ReceivedEntry:
    closed = [s.at.date() for s in letter.history if s.to == LetterState.CLOSED.value]
    handler = names_of(records.volume).get(letter.contact, letter.contact)
    return replace(
        entry, handler=handler, about=letter.number, closed=closed[-1] if closed else None
    )


def _result(letter: Letter | None, state: str) -> str:
    closed = letter is not None and letter_state(letter) is LetterState.CLOSED
    return LetterState.CLOSED.label if closed else state


BOOK: Column[ReceivedEntry] = Column(title="书", width=14, read=lambda x: x.book)
FULL: tuple[Column[ReceivedEntry], ...] = (
    Column(title="收文号", width=11, read=lambda x: x.mark),
    Column(title="收文日期", width=11, read=lambda x: x.on),
    Column(title="来文方式", width=9, read=lambda x: x.way),
    Column(title="来文机关", width=18, read=lambda x: x.sender),
    Column(title="来文字号", width=17, read=lambda x: x.doc_no),
    Column(title="标题", width=34, read=lambda x: x.title),
    Column(title="答复", width=20, read=lambda x: x.answer),
    Column(title="附件", width=28, read=lambda x: x.annexes),
    Column(title="件数", width=6, read=lambda x: x.count),
    Column(title="份数", width=6),
    Column(title="密级", width=6),
    Column(title="承办人", width=9, read=lambda x: x.handler),
    Column(title="签收人", width=9, read=lambda x: x.taker),
    Column(title="办理期限", width=11),
    Column(title="办理结果", width=9, read=lambda x: x.result),
    Column(title="办结日期", width=11, read=lambda x: x.closed),
    Column(title="答复我函", width=17, read=lambda x: x.about),
    Column(title="复文号", width=12),
    Column(title="归卷日期", width=11),
    Column(title="卷号", width=8),
    Column(title="备注", width=28, read=lambda x: lines(x.remarks)),
)
SHORT: tuple[Column[ReceivedEntry], ...] = (
    Column(title="收文号", width=8, read=lambda x: x.mark),
    Column(title="收文日期", width=6, read=lambda x: str(x.on)),
    Column(title="方式", width=3, read=lambda x: x.way),
    Column(title="来文机关\n（文号）", width=12, read=lambda x: lines((x.sender, x.doc_no))),
    Column(title="标题", width=20, read=lambda x: x.title),
    Column(title="答复", width=10, read=lambda x: x.answer),
    Column(title="附件", width=14, read=lambda x: x.annexes),
    Column(title="份数", width=3),
    Column(title="密级", width=3),
    Column(title="承办\n签收", width=4, read=lambda x: lines((x.handler, x.taker))),
    Column(title="办理期限", width=5),
    Column(title="答复我函", width=9, read=lambda x: x.about),
    Column(title="办理结果", width=6, read=lambda x: lines((x.result, str(x.closed or "")))),
    Column(title="归卷", width=3),
    Column(title="备注", width=12, read=lambda x: lines(x.remarks)),
)


def received_table(
    entries: Sequence[ReceivedEntry],
    year: int,
    office: str,
    *,
    full: bool,
    books: bool,
    aside: int = 0,
) -> RegisterTable:
    """`aside` counts what came and is no answer."""
    columns = FULL if full else SHORT
    left = f"另有自动答复、退信、重复的来件等{aside}件，未列入。" if aside else ""
    table = tabled(
        (*columns[:-1], BOOK, columns[-1]) if books and full else columns,
        entries,
        name="收文登记",
        title=f"{year}年收文登记簿",
        office=office,
        held=3,
        note=f"收文号指登记所在：来件是存有原件的，“函0003答1”是记在该函上的第一次答复。{left}",
    )
    return table if full else within_year(table, year)
