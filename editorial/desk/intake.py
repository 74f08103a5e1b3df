"""What came in, looked into: its papers under safe names, what its documents say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePosixPath

from editorial.desk.papers import digest
from editorial.model.clues import Told
from editorial.model.incoming import Enclosed, Incoming
from editorial.model.item_answers import Answered, differing, gathered, settled
from editorial.model.item_words import ItemsSaid, items_said, refuses
from editorial.model.labels import Answer, Channel
from editorial.model.names import fit_file
from editorial.model.reply_choice import chosen_of
from editorial.model.reply_form import ReplyForm, handed_on, own_words, read_phrases, read_ticks
from editorial.model.returns import Kind
from editorial.read.archive import listing, taken_apart
from editorial.read.eml import read_mail
from editorial.read.lean import lean_mail
from editorial.read.mail_kind import INVITED, is_invitation
from editorial.read.reply_form import ReturnedPaper, read_returned
from editorial.read.words import decoded
from editorial.values import dataclass

MAIL = "来件.eml"
RECORD = "return.yaml"
DRAWN_IN = (".png", ".jpg", ".jpeg", ".gif", ".bmp")  # signatures and logos of mail programs
LETTER_HEAD = re.compile(rb"(?:From |Return-Path:|Received:|Date:|From:|Message-ID:|MIME-V)", re.I)
MANUSCRIPT = (".docx", ".doc", ".wps", ".xlsx", ".xls", ".et")
OLE, ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
ZIPPED = (".docx", ".xlsx")
TORN = "这个 {} 打不开或已损坏，请对方重发"
LOCKED = "文件有密码，程序打不开，请向对方要密码，或请对方去掉密码重发"
MOST_NOTE = 2_000  # characters of a document that is a note and no manuscript
MOST_TEXT = 200_000  # characters looked through for numbers and names


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One file and what it is, when it is a .docx that can be read."""

    file: Enclosed
    paper: ReturnedPaper | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One mail or file that came in at `at`. `original` is kept byte for byte, but for large
    files of a mail that are kept beside it."""

    original: Enclosed
    mail: Incoming
    files: tuple[Looked, ...]
    channel: Channel
    at: datetime
    cut: bool = False


def mail_intake(data: bytes, channel: Channel, at: datetime, *, cut: bool = False) -> Intake:
    mail = read_mail(data)
    return Intake(
        original=Enclosed(name=MAIL, data=data),
        mail=mail,
        files=_looked(mail.enclosed, at.date()),
        channel=channel,
        at=at,
        cut=cut,
    )


def file_intake(name: str, data: bytes, channel: Channel | None, at: datetime) -> Intake:
    """A file by itself, from a stick unless somebody says how it came; a mail saved as a file
    is a mail."""
    if name.casefold().endswith(".eml") and LETTER_HEAD.search(data[:65536]):
        mailed = mail_intake(data, channel or Channel.MAIL, at)
        return replace(mailed, at=min(mailed.mail.at or at, at))  # clocks of senders may be fast
    file = Enclosed(name=fit_file(name), data=data, reason=_unopened(name))
    files, way = _looked((file,), at.date()), channel or Channel.USB
    mail = Incoming(kind=Kind.INVITATION, reason=INVITED) if is_invitation(data) else Incoming()
    return Intake(original=file, mail=mail, files=files, channel=way, at=at)


def _unopened(name: str) -> str:
    told = "Outlook 的 .msg 邮件，程序打不开，请在 Outlook 里另存为 .eml 再收入"
    return told if name.casefold().endswith(".msg") else ""


def _looked(files: Iterable[Enclosed], today: date) -> tuple[Looked, ...]:
    return tuple(_looked_at(each, today) for file in files for each in taken_apart(file))


def _looked_at(file: Enclosed, today: date) -> Looked:
    if not file.data:
        return Looked(file=replace(file, reason=file.reason or "空文件，请对方重发"))
    if not file.data.startswith(b"PK") or file.reason:
        return Looked(file=replace(file, reason=file.reason or _locked(file.data) or _torn(file)))
    paper = read_returned(file.data, today)
    if paper is None and file.name.casefold().endswith(".docx"):
        return Looked(file=replace(file, reason=TORN.format(".docx")))
    return Looked(file=file, paper=paper)


def _locked(data: bytes) -> str:
    """[MS-OFFCRYPTO] 2.3: a .docx with a password is an OLE file that holds it as a stream."""
    return LOCKED if data.startswith(OLE) and ENCRYPTED in data else ""


def _torn(file: Enclosed) -> str:
    """An Office file that is neither a ZIP nor OLE (an older one renamed) is none any more."""
    suffix = PurePosixPath(file.name).suffix.casefold()
    return "" if suffix not in ZIPPED or file.data.startswith(OLE) else TORN.format(suffix)


def told_of(intake: Intake, files: tuple[Looked, ...], marks: tuple[str, ...]) -> Told:
    mail = intake.mail
    inner = [*mail.inner, *(deeper for each in mail.inner for deeper in each.inner)]
    subjects = [mail.subject, mail.about_subject, *(each.subject for each in inner)]
    texts = [mail.text, *(each.text for each in inner)]
    texts += [*_word_texts(files), *_plain_texts(files)]
    return Told(
        marks=marks,
        subject="\n".join(subjects),
        replies_to=_mails_named(mail, inner),
        sender="" if mail.kind is Kind.BOUNCE else mail.sender,
        text="\n".join(text[:MOST_TEXT] for text in texts),
        names=tuple(each.file.name for each in files),
        substantial=bool(documents(files) or own_words(mail.text).strip()),
    )


def _mails_named(mail: Incoming, inner: list[Incoming]) -> tuple[str, ...]:
    """Of a bounce what came back; of a forwarded mail also what it answered."""
    named = (mail.about,) if mail.about else ()
    farther = [(each.message_id, *each.replies_to) for each in inner]
    return tuple(each for each in (*named, *mail.replies_to, *sum(farther, ())) if each)


def documents(files: tuple[Looked, ...]) -> tuple[Looked, ...]:
    """Files that can be an answer; pictures drawn into a mail's signature and empty files
    cannot."""
    return tuple(
        each
        for each in files
        if each.file.data
        and not (each.file.name.startswith("插图") and each.file.name.endswith(DRAWN_IN))
    )


def form_of(intake: Intake, files: tuple[Looked, ...], listed: int = 0) -> ReplyForm:
    """What the unit answers: by its documents, else by the mail's own words. `listed` is how
    many items the letter has, 0 unknown."""
    papers = [each.paper.form for each in files if each.paper is not None]
    words, today = words_of(intake.mail), intake.at.date()
    ticked = read_ticks(words, today)
    # Beside a tick the other sentences of the form say nothing.
    spoken = ItemsSaid(left=words) if ticked.answer else items_said(words, listed)
    answered = (*_answered(files), Answered(name="来信", items=spoken.items))
    items = gathered(item for each in answered for item in each.items)
    ours = tuple(item for item in items if item.number <= (listed or item.number))
    chosen = chosen_of([*papers, ticked, *_in_words(spoken, ticked, today)], ours, spoken.items)
    asked = max((form.asked for form in papers), default=0)
    differ = differing(answered, listed)
    remarks = (*chosen.remarks, *(each for form in papers for each in form.remarks), *differ)
    form = replace(
        chosen,
        items=ours,
        asked=(listed or asked) if asked or spoken.items else 0,  # rows may be deleted or added
        extra=sum(form.extra for form in papers) + len(items) - len(ours),
        remarks=tuple(dict.fromkeys(remarks)),
    )
    return replace(form, answer=_answer(form, files, by_mail=items == spoken.items))


def _answered(files: tuple[Looked, ...]) -> Iterator[Answered]:
    for each in files:
        if each.paper is not None:
            yield Answered(name=each.file.name, items=each.paper.form.items)


def _in_words(spoken: ItemsSaid, ticked: ReplyForm, today: date) -> Iterator[ReplyForm]:
    """What a mail without a tick says of the whole letter; not sure of what, it says nothing."""
    if not ticked.answer and (spoken.items or not spoken.doubt):
        yield read_phrases(spoken.left, today)
    yield ReplyForm(doubt=spoken.doubt)


def words_of(mail: Incoming) -> str:
    """What the unit itself says: of a mail handed on, also what was handed on."""
    inner = [own_words(each.text) for each in mail.inner]
    return "\n".join((own_words(mail.text), handed_on(mail.subject, mail.text), *inner))


def notes_in(files: tuple[Looked, ...]) -> tuple[str, ...]:
    """What is said in short documents: a note beside the manuscript, or a letter in reply."""
    texts = (*_word_texts(files), *_plain_texts(files))
    return tuple(text for text in texts if len(text) <= MOST_NOTE)


def _word_texts(files: tuple[Looked, ...]) -> Iterator[str]:
    return (each.paper.text for each in files if each.paper is not None)


def _plain_texts(files: tuple[Looked, ...]) -> Iterator[str]:
    plain = (each.file for each in files if each.file.name.casefold().endswith(".txt"))
    return (decoded(file.data) for file in plain)


def _answer(form: ReplyForm, files: tuple[Looked, ...], *, by_mail: bool) -> Answer | None:
    """A tick at 按期报送 promises; what comes with the answers themselves is more than that.
    `by_mail` when all answers to items are in the mail's own words."""
    if form.answer not in (None, Answer.ON_TIME) or (form.answer and form.items and by_mail):
        return form.answer
    if form.items:
        if form.asked and len(settled(form.items)) >= form.asked:
            return Answer.FULL
        alone = all(refuses(each.text) for each in form.items) and not documents(files)
        return Answer.SOME_NOT_OURS if alone else Answer.PARTIAL
    return None if len(documents(files)) > 1 or has_text(files) else form.answer


def has_text(files: tuple[Looked, ...]) -> bool:
    """A manuscript among the files: a document of words that is not the ticked form itself."""
    return any(
        each.file.name.casefold().endswith(MANUSCRIPT)
        and (each.paper is None or not (each.paper.form.answer or each.paper.form.doubt))
        for each in files
    )


def newest(files: tuple[Looked, ...]) -> datetime | None:
    dates = [each.paper.written for each in files if each.paper and each.paper.written]
    return max(dates, default=None)


def edition_of(files: tuple[Looked, ...]) -> str:
    origins = [each.paper.origin for each in files if each.paper and each.paper.origin]
    return max((each.edition for each in origins), key=lambda e: (len(e), e), default="")


def kept_papers(files: Iterable[Enclosed]) -> dict[str, bytes]:
    """What is stored beside the record, each under a name of its own."""
    kept: dict[str, bytes] = {}
    for file in files:
        taken = frozenset({RECORD, *(name.casefold() for name in kept)})
        kept[_apart(file.name, taken)] = file.data
    return kept


def all_files(intake: Intake) -> tuple[Enclosed, ...]:
    """The original first. An archive or a file in a mail is there already, taken out it can
    be opened; a single file is not kept twice."""
    taken_out = (each.file for each in intake.files if each.file.data != intake.original.data)
    return (intake.original, *taken_out)


def leaned(intake: Intake, kept: dict[str, bytes]) -> dict[str, bytes]:
    """A large file of a mail is kept once: beside it, no longer within. Of an archive that is
    its files, with a list of how they lay in it."""
    if intake.original.name != MAIL:
        return kept
    beside = {
        digest(data): f"这个附件另存为同一目录下的“{name}”"
        for name, data in kept.items()
        if name != MAIL
    }
    for each in intake.mail.enclosed:
        inner = listing(each.data) if digest(each.data) not in beside else ()
        if inner:
            listed = "\n".join(f"  {name}" for name in inner)
            beside[digest(each.data)] = (
                f"这个压缩包已经解开，里面的文件另存在同一目录下：\n{listed}"
            )
    return kept | {MAIL: lean_mail(intake.original.data, beside)}


def _apart(name: str, taken: frozenset[str]) -> str:
    path, number = PurePosixPath(name), 1
    while name.casefold() in taken:
        number += 1
        name = fit_file(f"{path.stem[:60]}-{number}{path.suffix}")
    return name
