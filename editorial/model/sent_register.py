"""发文登记: one row for every number taken, in the order of the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from editorial.model.chasing import Callback, DayLog
from editorial.model.labels import Channel, DeliveryState, LetterState
from editorial.model.letters import (
    Delivery,
    Letter,
    Reply,
    letter_state,
    never_left,
    number_faults,
    to_post,
)
from editorial.model.matters import followers_of
from editorial.model.register import (
    BookRecords,
    Column,
    RegisterTable,
    book_of,
    lines,
    names_of,
    number_parts,
    tabled,
    unit_called,
    within_year,
)
from editorial.model.response import ANSWERED, Exchange, answered_on, exchanges, sent_on
from editorial.values import dataclass

# Somebody took these into his hand, or is named as the one written to.
HANDED = frozenset({Channel.HAND, Channel.USB, Channel.CHAT})
SELF_MADE = ("公函.", "message.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentEntry:
    """A letter with its number; or a number nobody can account for, with nothing but remarks.

    `answers`, `ways` and `chases` are told one line each; `received` is when `receiver` took it.
    """

    number: str
    state: str = ""
    book: str = ""
    kind: str = ""
    registered: date | None = None
    sent: date | None = None
    title: str = ""
    secrecy: str = ""
    urgent: str = ""
    to: str = ""
    cc: str = ""
    items: int | None = None
    annexes: str = ""
    drafter: str = ""
    signatory: str = ""
    ways: tuple[str, ...] = ()
    receiver: str = ""
    received: date | None = None
    due: date | None = None
    extended: date | None = None
    answered: date | None = None
    doc_no: str = ""
    answers: tuple[str, ...] = ()
    chases: tuple[str, ...] = ()
    closed: date | None = None
    remarks: tuple[str, ...] = ()


def sent_entries(
    books: Sequence[BookRecords], year: int, day: date, *, whole: bool = True
) -> tuple[SentEntry, ...]:
    """The numbers of that year by 代字 and 序号. With the `whole` workspace, numbers that are
    missing between others have a row of their own; of one book alone they may be another's."""
    found = [entry for each in books for entry in _of_book(each, year, day)]
    before = tuple(n for each in books for n in each.volume.info.office.last_numbers)
    faults = number_faults(tuple(x for each in books for x in each.letters), before)
    known = {entry.number for entry in found}
    if whole:
        found += [
            SentEntry(number=number, state="缺号", remarks=(what,))
            for number, what in faults
            if number not in known and number_parts(number)[1] == year
        ]
    return tuple(sorted(found, key=lambda each: number_parts(each.number)))


def _of_book(records: BookRecords, year: int, day: date) -> Iterator[SentEntry]:
    before = records.volume.info.office.last_numbers
    faults = dict(number_faults(records.letters, before))
    known = {
        each.id: exchange
        for exchange in exchanges(records.letters, day)
        for each in (exchange.letter, *exchange.reminders)
    }
    for letter in records.letters:
        if letter.number and number_parts(letter.number)[1] == year:
            fault = faults.get(letter.number, "")
            yield _entry(records, letter, known.get(letter.id), day, fault)


def _entry(
    records: BookRecords, letter: Letter, exchange: Exchange | None, day: date, fault: str
) -> SentEntry:
    """`exchange` is the request it belongs to, once it has gone out."""
    names, state = names_of(records.volume), letter_state(letter)
    first = exchange is not None and exchange.letter.id == letter.id
    drafter = letter.history[0].by if letter.history else ""
    taken = _taken(letter)
    return SentEntry(
        number=letter.number,
        state=state.label,
        book=book_of(records),
        kind=letter.kind.label,
        registered=_day_of(letter, LetterState.APPROVED) or letter.signed,
        sent=sent_on(letter),
        title=letter.title,
        secrecy=_secrecy(letter),
        urgent=letter.urgent,
        to=letter.addressee or unit_called(records.volume, letter.unit, letter.signed),
        cc="、".join(letter.cc),
        items=len(letter.items),
        annexes=_annexes(letter),
        drafter=names.get(drafter, drafter),
        signatory=letter.signatory,
        ways=tuple(_ways(letter)),
        receiver=taken.to if taken else "",
        received=taken.at.date() if taken else None,
        due=letter.due,
        extended=letter.extended,
        answered=_answered(letter, exchange),
        doc_no="、".join(dict.fromkeys(each.doc_no for each in _replies(letter) if each.doc_no)),
        answers=tuple(_answers(letter, exchange)),
        chases=_chases(records, exchange, day) if exchange and first else (),
        closed=_day_of(letter, LetterState.CLOSED),
        remarks=tuple(_remarks(records, letter, fault)),
    )


def _day_of(letter: Letter, state: LetterState) -> date | None:
    days = [step.at.date() for step in letter.history if step.to == state.value]
    return days[-1] if days else None


def _secrecy(letter: Letter) -> str:
    if letter.secrecy is None:
        return ""
    return letter.secrecy.label + (f"★{letter.secret_for}" if letter.secret_for else "")


def _annexes(letter: Letter) -> str:
    """The files that went with the letter itself."""
    names = (paper.name for paper in letter.papers if not paper.name.startswith(SELF_MADE))
    return "、".join(dict.fromkeys(name.rpartition(".")[0] or name for name in names))


def _ways(letter: Letter) -> Iterator[str]:
    """Addresses are left out; letters of before deliveries were kept have only the day."""
    for each in letter.deliveries:
        odd = "" if _went(letter, each) else f"（{each.error or each.state.label}）"
        yield f"{each.at.date()} {each.channel.label}{odd}"
    went = sent_on(letter)
    if went and not letter.deliveries:
        yield f"{went} 发出"


def _went(letter: Letter, delivery: Delivery) -> bool:
    """What lay in the outbox has gone when it was answered."""
    laid_out = delivery.state is DeliveryState.LAID_OUT
    waits = to_post(letter) or never_left(letter)
    return delivery.state is DeliveryState.SENT or (laid_out and not waits)


def _taken(letter: Letter) -> Delivery | None:
    handed = [
        each
        for each in letter.deliveries
        if each.channel in HANDED and each.state is DeliveryState.SENT
    ]
    return handed[-1] if handed else None


def _replies(letter: Letter) -> tuple[Reply, ...]:
    return (*letter.earlier, letter.reply) if letter.reply else letter.earlier


def _answered(letter: Letter, exchange: Exchange | None) -> date | None:
    """What answers a reminder answers the letter it reminds of, and the other way round."""
    own = answered_on(letter)
    by_other = exchange is not None and not own and letter_state(letter) in ANSWERED
    return exchange.answered if exchange and by_other else own


def _answers(letter: Letter, exchange: Exchange | None) -> Iterator[str]:
    yield from map(_answer, _replies(letter))
    if exchange and letter_state(letter) in ANSWERED and not answered_on(letter):
        for each in (exchange.letter, *exchange.reminders):
            if answered_on(each):
                yield f"复函见{each.number}"


def _answer(reply: Reply) -> str:
    return " ".join(part for part in (f"{reply.date}", reply.channel, answer_words(reply)) if part)


def answer_words(reply: Reply) -> str:
    """What was answered: 申请延期至2020-03-20."""
    until = f"至{reply.until}" if reply.until else ""
    other = f"，建议转{reply.pass_to}" if reply.pass_to else ""
    return f"{reply.answer.label}{until}{other}" if reply.answer else ""


def _chases(records: BookRecords, exchange: Exchange, day: date) -> tuple[str, ...]:
    """催办记录 of a request: calls to its unit while it waited, and the letters after it."""
    letter = exchange.letter
    end = exchange.answered or _day_of(letter, LetterState.CLOSED) or day
    told = [
        (call.date, f"{call.date} {call.channel.label}（{call.result.label}）")
        for call in _calls(records.logs, letter.unit)
        if exchange.sent <= call.date <= end
    ]
    for each in followers_of(letter, records.letters):
        went = sent_on(each)
        if went is not None:
            told.append((went, f"{went} {each.kind.label}（{each.number}）"))
    return tuple(words for _, words in sorted(told, key=lambda each: each[0]))


def _calls(logs: Sequence[DayLog], unit: str) -> Iterator[Callback]:
    return (call for log in logs for call in log.callbacks if call.unit == unit)


def _remarks(records: BookRecords, letter: Letter, fault: str) -> Iterator[str]:
    if letter_state(letter) is LetterState.VOID and letter.history[-1].note:
        yield f"作废：{letter.history[-1].note}"
    if fault:
        yield fault
    before = next((each for each in records.letters if each.id == letter.follows), None)
    if before:
        yield f"续{before.number or before.id}"
    if letter.about:
        yield f"催{unit_called(records.volume, letter.about, letter.signed)}"
    if letter.issuers:
        yield f"与{'、'.join(letter.issuers)}联合"


# Tables. What a program does not know — 份数, 印制份数, 归入卷号 — is left free.

BOOK: Column[SentEntry] = Column(title="书", width=14, read=lambda x: x.book)
FULL: tuple[Column[SentEntry], ...] = (
    Column(title="登记日期", width=11, read=lambda x: x.registered),
    Column(title="发文日期", width=11, read=lambda x: x.sent),
    Column(title="发文字号", width=17, read=lambda x: x.number),
    Column(title="标题", width=42, read=lambda x: x.title),
    Column(title="种类", width=10, read=lambda x: x.kind),
    Column(title="密级", width=8, read=lambda x: x.secrecy),
    Column(title="缓急", width=6, read=lambda x: x.urgent),
    Column(title="主送", width=16, read=lambda x: x.to),
    Column(title="抄送", width=16, read=lambda x: x.cc),
    Column(title="份数", width=6),
    Column(title="事项", width=6, read=lambda x: x.items),
    Column(title="附件", width=14, read=lambda x: x.annexes),
    Column(title="拟稿人", width=9, read=lambda x: x.drafter),
    Column(title="签发人", width=9, read=lambda x: x.signatory),
    Column(title="印制份数", width=9),
    Column(title="发送方式", width=20, read=lambda x: lines(x.ways)),
    Column(title="签收人", width=9, read=lambda x: x.receiver),
    Column(title="签收时间", width=11, read=lambda x: x.received),
    Column(title="要求回复期限", width=13, read=lambda x: x.due),
    Column(title="准予延至", width=11, read=lambda x: x.extended),
    Column(title="回函日期", width=11, read=lambda x: x.answered),
    Column(title="回函文号", width=17, read=lambda x: x.doc_no),
    Column(title="答复经过", width=28, read=lambda x: lines(x.answers)),
    Column(title="催办记录", width=34, read=lambda x: lines(x.chases)),
    Column(title="办结日期", width=11, read=lambda x: x.closed),
    Column(title="状态", width=7, read=lambda x: x.state),
    Column(title="归入卷号", width=9),
    Column(title="备注", width=28, read=lambda x: lines(x.remarks)),
)
SHORT: tuple[Column[SentEntry], ...] = (
    Column(title="发文字号\n（密级缓急）", width=9, read=lambda x: _numbered(x)),
    Column(title="登记\n发文", width=6, read=lambda x: _days(x.registered, x.sent)),
    Column(title="标题", width=20, read=lambda x: x.title),
    Column(title="主送\n（抄送）", width=10, read=lambda x: _whom(x)),
    Column(title="附件", width=6, read=lambda x: x.annexes),
    Column(title="份数", width=3),
    Column(title="拟稿\n签发", width=4, read=lambda x: lines((x.drafter, x.signatory))),
    Column(title="发送和签收", width=12, read=lambda x: lines((*x.ways, _signed_for(x)))),
    Column(title="期限\n延至", width=6, read=lambda x: _days(x.due, x.extended)),
    Column(title="回函", width=14, read=lambda x: lines((*x.answers, x.doc_no))),
    Column(title="催办记录", width=16, read=lambda x: lines(x.chases)),
    Column(title="办结", width=6, read=lambda x: _days(x.closed)),
    Column(title="归卷", width=3),
    Column(title="备注", width=10, read=lambda x: lines((_odd_state(x), *x.remarks))),
)


def _numbered(entry: SentEntry) -> str:
    urgency = " ".join(part for part in (entry.secrecy, entry.urgent) if part)
    return lines((entry.number, urgency))


def _days(*days: date | None) -> str:
    return lines([str(day) for day in dict.fromkeys(days) if day])


def _whom(entry: SentEntry) -> str:
    return lines((entry.to, f"（{entry.cc}）" if entry.cc else ""))


def _signed_for(entry: SentEntry) -> str:
    return f"{entry.receiver}签收" if entry.receiver else ""


def _odd_state(entry: SentEntry) -> str:
    """What the other columns do not show."""
    return entry.state if entry.state in (LetterState.APPROVED.label, "缺号") else ""


NOTE = (
    "发送方式、签收、回函、催办均依登记；份数、印制份数、归入卷号由经手人填写。"
    "催办记录列该函等候答复期间与该单位的联系和后续的函。"
)


def sent_table(
    entries: Sequence[SentEntry], year: int, office: str, *, full: bool, books: bool
) -> RegisterTable:
    """`full` for a spreadsheet, else what a sheet of paper holds; `books` tells them apart."""
    columns = FULL if full else SHORT
    table = tabled(
        (*columns[:-1], BOOK, columns[-1]) if books and full else columns,
        entries,
        name="发文登记",
        title=f"{year}年发文登记簿",
        office=office,
        note=NOTE,
        held=4,
    )
    return table if full else within_year(table, year)
