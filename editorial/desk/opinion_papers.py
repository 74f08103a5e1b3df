"""What a paper says: forms, sheets, marked drafts, minutes, mails and notes → points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from editorial.errors import EditorialError, unreadable
from editorial.model.names import fit_file
from editorial.model.opinion_paper import MARKED
from editorial.model.opinion_rows import Said
from editorial.model.reply_form import own_words
from editorial.model.spoken import spoken_points
from editorial.read.archive import taken_apart
from editorial.read.eml import read_mail
from editorial.read.opinion_form import OpinionForm, read_opinion_form, read_opinion_sheets
from editorial.read.proof_word import WordMark, read_word_marks
from editorial.read.words import decoded
from editorial.values import dataclass

SHEETS = (".xlsx", ".csv")
TEXTS = (".txt", ".md", ".text")
OLD = (".doc", ".wps", ".xls", ".et", ".rtf", ".odt", ".ods")
SEALED = b"\xd0\xcf\x11\xe0"  # how .doc and .xls begin, and what Office locks with a password
SPOT = 20 << 10  # bytes; a picture in a mail that is smaller is a logo
LARGEST = 20 << 20  # bytes: git keeps for good what it is given
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
_CALL = re.compile(r"电话|来电|通话")
_MEETING = re.compile(r"纪要|会议|评议会|发言|座谈")
INSERTED = 8  # characters that tell where something was put in


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper read: `said` are its points, `aside` what was taken for no opinion, `fault` why
    it could not be read; `to_type`: it is kept all the same, for somebody to type. `person` and
    `copy` tell whose it is; `whole`: it is a copy of the text, not a form alone. `draft` or
    `letter` (its token) is what it went out as, in that `workspace`."""

    name: str
    data: bytes
    channel: str
    said: tuple[Said, ...] = ()
    aside: tuple[str, ...] = ()
    person: str = ""
    unit: str = ""
    copy: int = 0
    draft: str = ""
    letter: str = ""
    workspace: str = ""
    verdict: str = ""
    overall: str = ""
    fault: str = ""
    to_type: bool = False
    whole: bool = False


def read_papers(path: Path, readers: Sequence[str], ours: Sequence[str]) -> tuple[Paper, ...]:
    """A file, or the words of a mail and each file that came with it. `ours` sign remarks that
    are the office's own. EditorialError when it cannot be opened at all."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error
    if not data:
        raise EditorialError("是空文件", where=str(path), hint="请对方重发")
    try:
        return tuple(_read(fit_file(path.name), data, readers, ours))
    except EditorialError as error:
        raise EditorialError(error.message, where=str(path), hint=error.hint) from error


def _read(name: str, data: bytes, readers: Sequence[str], ours: Sequence[str]) -> Iterator[Paper]:
    ending = Path(name).suffix.casefold()
    if ending in (".docx", ".xlsx") and data.startswith(SEALED):
        hint = f"请对方去掉密码，或用 Word、WPS 打开，另存为 {ending} 再导入"
        raise EditorialError("文件加了密码，或是旧格式改了扩展名，打不开", hint=hint)
    if ending == ".eml":
        yield from _mail(name, data, readers, ours)
    elif ending in SHEETS:
        form = read_opinion_sheets(data, name)
        yield _by_form(name, data, form, _loose(form, readers))
    elif ending == ".docx":
        yield _word(name, data, readers, ours)
    elif ending in TEXTS:
        yield _text(name, data, decoded(data), readers)
    else:
        keep = len(data) <= LARGEST
        fault = _why_not(ending) if keep else f"超过{LARGEST >> 20}兆，没有收存，请压缩后再导入"
        yield Paper(name=name, data=data, channel="书面", fault=fault, to_type=keep)


def _why_not(ending: str) -> str:
    if ending in OLD:
        return f"旧格式（{ending}）程序不读，可用 Word 或 WPS 另存为 .docx 或 .xlsx 再导入"
    if ending == ".pdf" or ending in PICTURES:
        return "扫描件、图片和 PDF 程序不读，请照着录入"
    return "程序不认识这种文件，可存为 .docx、.xlsx、.csv、.txt 或 .eml 再导入"


def _by_form(name: str, data: bytes, form: OpinionForm, more: tuple[Paper, ...] = ()) -> Paper:
    said = list(form.rows)
    aside: list[str] = []
    for each in more:
        said += each.said
        aside += each.aside
    origin = form.origin
    return Paper(
        name=name,
        data=data,
        channel="书面",
        said=tuple(said),
        aside=(*form.left, *aside),
        person=form.person or form.reader,
        unit=form.unit,
        copy=form.copy,
        draft=origin.draft if origin else "",
        letter=f"{origin.volume}/{origin.letter}" if origin and origin.letter else "",
        workspace=origin.workspace if origin else "",
        verdict=form.verdict,
        overall=form.overall,
    )


def _loose(form: OpinionForm, readers: Sequence[str]) -> tuple[Paper, ...]:
    """What stands outside the tables: opinions, where no table held any."""
    if form.rows or form.draft:
        lines = tuple(line for line in form.lines if form.draft or len(line) > 30)
        return (Paper(name="", data=b"", channel="", aside=lines),)
    said, aside = _spoken("\n".join(form.lines), readers, form.person or form.unit)
    return (Paper(name="", data=b"", channel="", said=said, aside=aside),)


def _spoken(
    text: str, readers: Sequence[str], by: str = ""
) -> tuple[tuple[Said, ...], tuple[str, ...]]:
    points, aside = spoken_points(text, readers, by)
    counts: dict[int, int] = {}
    said: list[Said] = []
    for point in points:
        counts[point.line] = nth = counts.get(point.line, 0) + 1
        at = f"第{point.line}行" + (f"之{nth}" if nth > 1 else "")
        fields = dict(point.fields)
        words = point.text or (f"建议改为“{fields['result']}”" if "result" in fields else "")
        told = Said(at=at, by=point.by, text=words or "（只写了位置）", place=_place(fields, words))
        more = {
            k: v for k, v in fields.items() if k in ("original", "reason", "category", "result")
        }
        said.append(replace(told, **more))
    return tuple(said), aside


def _place(fields: dict[str, str], words: str) -> str:
    """Where it is about, as far as its first words tell."""
    if "place" in fields:
        return fields["place"]
    found = re.match(
        r"\s*((?:第[^，。；：:]{1,8}[页篇章节编行]|[Pp]\.?\s*\d+|[表图]\s*\d+[-—]\d+)"
        r"[^，。；：:“”]{0,16})",
        words,
    )
    return found[1].strip() if found else ""


def _text(name: str, data: bytes, text: str, readers: Sequence[str]) -> Paper:
    head = f"{name}\n{text[:200]}"
    call, meeting = _CALL.search(head), _MEETING.search(head)
    channel = "电话" if call else "会议" if meeting else "书面"
    said, aside = _spoken(text, readers)
    return Paper(name=name, data=data, channel=channel, said=said, aside=aside)


def _mail(name: str, data: bytes, readers: Sequence[str], ours: Sequence[str]) -> Iterator[Paper]:
    """The mail's own words, then its files; all by its sender unless they say otherwise."""
    mail = read_mail(data)
    said, aside = _spoken(own_words(mail.text), readers, mail.name or mail.sender)
    own = [each for each in said if each.text]
    sender = mail.name or mail.sender.partition("@")[0]
    files = [file for each in mail.enclosed for file in taken_apart(each)]
    if files:  # a covering mail is no opinion unless it numbers its points
        own, aside = ([], (*aside, *(x.text for x in own))) if len(own) < 2 else (own, aside)
    yield Paper(
        name=name, data=data, channel="邮件", said=tuple(own), aside=tuple(aside), person=sender
    )
    for file in files:
        if Path(file.name).suffix.casefold() in PICTURES and len(file.data) < SPOT:
            continue
        try:
            papers = tuple(_read(file.name, file.data, readers, ours))
        except EditorialError as error:
            papers = (Paper(name=file.name, data=file.data, channel="邮件", fault=error.message),)
        for each in papers:
            yield replace(each, person=each.person or sender, channel="邮件")


def _word(name: str, data: bytes, readers: Sequence[str], ours: Sequence[str]) -> Paper:
    form = read_opinion_form(data)
    typed = "".join(
        part for row in form.rows for part in (row.text, row.original, row.reason, row.page)
    )
    marks = [
        mark
        for mark in read_word_marks(data)
        if (mark.remark and mark.by not in ours)
        or (not mark.remark and not _within(mark, typed, form))
    ]
    copied = (
        bool(marks or form.remarks) and not form.rows
    )  # a copy of the text, though it lost its marks
    paper = _by_form(name, data, form, () if copied else _loose(form, readers))
    said = [*map(_marked, marks), *_adrift(form, marks, ours)]
    channel = MARKED if said else "会议" if _MEETING.search(name) else "书面"
    return replace(paper, said=(*paper.said, *said), channel=channel, whole=form.draft or copied)


def _adrift(form: OpinionForm, marks: Sequence[WordMark], ours: Sequence[str]) -> Iterator[Said]:
    """Remarks on more than one paragraph, or on a picture: their words, without a place."""
    placed = {("".join(mark.remark.split()), mark.by) for mark in marks}
    for number, (text, by) in enumerate(form.remarks, 1):
        if text and by not in ours and ("".join(text.split()), by) not in placed:
            yield Said(at=f"批注原{number}", text=text, by=by, channel=MARKED)


def _within(mark: WordMark, typed: str, form: OpinionForm) -> bool:
    """Whether a tracked change is only the filling in of the form."""
    told = (form.person, form.unit, form.overall, typed)
    return not mark.old and any(mark.new.strip() in each for each in told)


def _marked(mark: WordMark) -> Said:
    """A remark says what it says; a change asks for itself."""
    if mark.remark:
        text = mark.remark
    elif mark.old and mark.new:
        text = f"“{mark.old}”改为“{mark.new}”"
    elif mark.old:
        text = f"删去“{mark.old}”"
    else:
        there = mark.before[-INSERTED:]
        text = f"“{there}”后增加“{mark.new}”" if there else f"增加“{mark.new}”"
    kind = "批注" if mark.remark else "修订"
    return Said(
        at=f"{kind}{mark.number}",
        text=text,
        original=mark.old or ("" if mark.remark else mark.before[-INSERTED:]),
        before=mark.before if mark.old or mark.remark else mark.before[:-INSERTED],
        after=mark.after,
        by=mark.by,
        channel=MARKED,
    )
