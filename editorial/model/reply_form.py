"""回函单: what a unit ticked and wrote, read from its words."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date

from editorial.errors import EditorialError
from editorial.model.dates import parse_day
from editorial.model.labels import Answer
from editorial.model.returns import ItemReply
from editorial.values import dataclass

TICKED = "☑☒√✓✔■▣🗹✅"
EMPTY = "□☐▢◻"
WORDS = {
    Answer.ON_TIME: r"按期(?:报送|反馈|回复)",
    Answer.EXTENSION: r"(?:申请|请求|商请)(?:予以)?延期",
    Answer.NOT_OURS: r"(?:非|不属(?:于)?|不是)(?:我|本)(?:单位|委|局|厅|办|部门)(?:的)?职[责能]",
}
_BOX = rf"[(（\[【]?\s*([{TICKED}{EMPTY}])\s*[)）\]】]?\s*(?:\d[.．、]\s*)?"
_BETWEEN = r"[^。（(\[【\n]{0,24}?"
_AFTER = rf"[(（\[【]\s*([{TICKED}])\s*[)）\]】]"
_DAY = re.compile(
    r"延期\s*(?:报送\s*)?[至到]?\s*[_＿\s]*"
    r"((?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*[日号]?|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
)
_PASS = re.compile(
    rf"(?:建议|请)(?:转|联系|商)\s*[_＿\s]*([^_＿\s，,。；;{TICKED}{EMPTY}]{{2,40}})"
)
# What mail programs put over the letter they quote.
_QUOTED = re.compile(
    r"^\s*(?:-{2,}\s*(?:原始邮件|原邮件|original message|转发|forwarded|回复的原邮件).*"
    r"|_{10,}|(?:发件人|发件人|from|寄件者)\s*[:：].*@.*|on .{5,80} wrote:|在.{5,80}写道\s*[:：]"
    r"|(?:于|at) ?\d{4}.{5,80}写道\s*[:：])\s*$",
    re.I | re.M,
)

_RECEIVED = re.compile(r"收到|收悉|知悉|已阅")
_SUBSTANCE = re.compile(r"\d|无|不|没|同意|已[核改补报]|数据|意见|附件|见附|改为|补充|如下|[:：]")
# A line of a signature: how to reach the writer, a date, or the mail program's own mark.
_NUMBERS = r"[+＋\d()（）\-－—/、,，;；\s转]{5,}"
_SIGNED = re.compile(
    r"(?:办公|联系)?(?:电\s*话|手\s*机|传\s*真|邮\s*箱|邮\s*编|地\s*址|网\s*址|微\s*信|邮\s*件|联系人"
    r"|tel|phone|mobile|fax|e-?mail|add(?:ress)?|qq|wechat)(?:号码?|地址)?\s*[:：].{1,60}"
    rf"|{_NUMBERS}|\S+@\S+|(?:https?://|www\.)\S+"
    r"|\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2})?"
    r"|(?:发自我的|来自|sent from).{1,40}|[-—_=*]{2,}",
    re.I,
)
_FORWARDED = re.compile(r"\s*(?:转发|fwd?|轉寄|转)\s*[:：]", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """`answer` is None when nothing, or more than one thing, was ticked (`unclear`). `items` are
    the answers to the numbered items, `asked` how many there was room for."""

    answer: Answer | None = None
    until: date | None = None
    pass_to: str = ""
    unclear: bool = False
    items: tuple[ItemReply, ...] = field(default=())
    asked: int = 0


def own_words(text: str) -> str:
    """A mail without the letter it quotes."""
    found = _QUOTED.search(text)
    head = text[: found.start()] if found else text
    return "\n".join(line for line in head.splitlines() if not line.lstrip().startswith(">"))


def is_signature(line: str) -> bool:
    """Address, number or date under a mail."""
    return bool(_SIGNED.fullmatch(line.strip()))


def only_received(words: str) -> bool:
    """Whether a mail says no more than that the letter has come and will be seen to; who signs
    it, with address and number, says nothing more."""
    own = re.split(r"^--[ \t]*$", words, maxsplit=1, flags=re.M)[0]
    said = (line for line in own.splitlines() if not is_signature(line))
    plain = re.sub(r"\s", "", "".join(said))
    return len(plain) <= 40 and bool(_RECEIVED.search(plain)) and not _SUBSTANCE.search(plain)


def handed_on(subject: str, text: str) -> str:
    """Of a mail forwarded within the text, what its first writer said."""
    found = _QUOTED.search(text) if _FORWARDED.match(subject) else None
    if found is None:
        return ""
    head, _, body = text[found.end() :].lstrip().partition("\n\n")
    return own_words(body or head)


def read_ticks(text: str, today: date) -> ReplyForm:
    """The form as boxes before, or ticks in brackets behind, its three sentences."""
    before = _boxes_before(text)
    shape = f"{_BOX}%s" if before else f"%s{_BETWEEN}{_AFTER}"
    ticked = [answer for answer, words in WORDS.items() if _is_ticked(text, shape % words)]
    if len(ticked) != 1:
        return ReplyForm(unclear=len(ticked) > 1)
    return _form(ticked[0], text, today)


def read_phrases(text: str, today: date) -> ReplyForm:
    """The same said in plain words, in a mail that shows no boxes."""
    said = [answer for answer, words in WORDS.items() if re.search(words, text)]
    if len(said) != 1 or re.search(f"[{EMPTY}]", text):
        return ReplyForm(unclear=len(said) > 1)
    return _form(said[0], text, today)


def _boxes_before(text: str) -> bool:
    """Whether boxes stand before the sentences: before two of them, or before the first; one
    before a later sentence may belong to the sentence it follows."""
    boxed = [words for words in WORDS.values() if re.search(_BOX + words, text)]
    first = min((m.start() for w in WORDS.values() if (m := re.search(w, text))), default=0)
    return len(boxed) > 1 or re.search(f"{_BOX}$", text[:first]) is not None


def _is_ticked(text: str, shape: str) -> bool:
    return any(found[1] in TICKED for found in re.finditer(shape, text))


def _form(answer: Answer, text: str, today: date) -> ReplyForm:
    day, unit = _DAY.search(text), _PASS.search(text)
    return ReplyForm(
        answer=answer,
        until=_day(day[1], today) if day and answer is Answer.EXTENSION else None,
        pass_to=unit[1] if unit and answer is Answer.NOT_OURS else "",
    )


def _day(text: str, today: date) -> date | None:
    parts = re.split(r"[-./]", text)
    plain = "-".join(part.zfill(2) for part in parts) if len(parts) == 3 else text
    try:
        return parse_day(re.sub(r"\s", "", plain), today)
    except EditorialError:
        return None
