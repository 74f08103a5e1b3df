"""回函单: what a unit ticked and wrote, read from its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date
from difflib import SequenceMatcher

from editorial.errors import EditorialError
from editorial.model.clauses import asked, asks, clauses, in_doubt
from editorial.model.dates import parse_day
from editorial.model.labels import Answer
from editorial.model.returns import ItemReply
from editorial.values import dataclass

TICKED = "☑☒√✓✔■▣🗹✅"
EMPTY = "□☐▢◻"
WORDS = {
    Answer.ON_TIME: r"按期(?:报送|反馈|回复)",
    Answer.EXTENSION: r"(?:申请|请求|商请)(?:予以)?延期",
    Answer.NOT_OURS: r"(?:非|不属(?:于)?|不是|不在)(?:我|本)"
    r"(?:单位|[委局厅办院处站馆市区县]|部门|中心|公司|集团)?的?职[责能]",
}
# More time asked for by the writer, not what he tells of others: asked in so many words, to send
# something in, or in a clause that says nothing else.
_DAYLIKE = r"[\d\s年月日号底末初上中下旬本周星期一二三四五六天.\-/]{2,14}"
_LATER = (
    r"(?:请求?|望)(?:贵[办室局]|我[局委办厅]|本单位|予以|准予|给予|允许|适当)*延期"
    r"|延期(?:报送|反馈|回复)?\s*[至到][^，。；！？\n]{2,20}?(?:报送|反馈|回复|提交|上报)"
    r"|(?:^|(?<=[，。；：！？,;\s]))(?:现|故|特|我[局委办厅]|本单位)*(?:拟|需|须|请|将|希望)?"
    rf"延期(?:报送|反馈|回复)?\s*[至到]{_DAYLIKE}前?(?=[，。；！？,;\s]|$)"
)
SAID = WORDS | {Answer.EXTENSION: _LATER}
TWICE_TICKED = "回函单上勾了不止一项，请问清楚"
STRAY_TICK = "回函单上有勾，看不出勾的是哪一项"
LOOK = "{}，请看原件"
REFUSED = "来信提到“{}”，像是否定或询问"
ASKING = "来信像是在问话或要材料，没有答复"
NO_DAY, GONE_DAY = "没有认出延到哪天，请看原件", "申请延到{}，这一天已经过去，请核对"
_BOX = rf"[(（\[【]?\s*([{TICKED}{EMPTY}])\s*[)）\]】]?\s*(?:\d[.．、]\s*)?"
_BETWEEN = r"[^。（(\[【\n]{0,24}?"
_AFTER = rf"[(（\[【]\s*([{TICKED}])\s*[)）\]】]"
_BLANK = r"[_＿ \t　]*"
_UNTIL = re.compile(
    rf"延期\s*(?:报送|反馈|回复)?\s*([至到]?){_BLANK}"
    rf"([^_＿，。；！？,;!?（(\n{TICKED}{EMPTY}]{{0,20}})"
)
_DAY_ENDS = re.compile(r"(?:之|以)?前|止|[再予报反回提完]")
_NAME = rf"[^_＿\s，,。；;、\d{TICKED}{EMPTY}]{{2,40}}"
_PASS = re.compile(rf"(?:建议|请)(?:(转[交请由]?)|联系|函询|商){_BLANK}({_NAME})")
_UNIT = re.compile(
    r".+(?:局|委|[府区]办|办公[室厅]|厅|院|署|部|处|会|社|馆|台|所|中心|公司|集团|政府|单位|大学|银行)"
)
# What mail programs put over the letter they quote.
_QUOTED = re.compile(
    r"^\s*(?:-{2,}\s*(?:原始邮件|原邮件|original message|转发|forwarded|回复的原邮件).*"
    r"|原邮件信息\s*[:：]?|_{10,}|(?:发件人|from|寄件者)\s*[:：].*@.*"
    r"|(?:发件人|from|寄件者)\s*[:：].*\n\s*(?:发送时间|已发送|日期|收件人|sent|date|to)\s*[:：].*"
    r"|(?:on|at) .{5,120}\s+wrote\s*[:：]|在.{5,80}写道\s*[:：]"
    r"|.{0,80}(?:于|at) ?\d{4}.{5,80}写道\s*[:：])\s*$",
    re.I | re.M,
)

_RECEIVED = re.compile(r"收到|收悉|知悉|已阅")
_SUBSTANCE = re.compile(r"\d|无|不|没|同意|已[核改补报]|数据|意见|附件|见附|改为|补充|如下|[:：]")
# What tells something in a mail that also asks.
_TOLD = re.compile(_SUBSTANCE.pattern + "|准确|属实|可以|改成|修改|经核|核对过|一致|报上|现报")
# The reasons for which more time is asked are full of denials: only one right before is meant.
_NOT_ASKED = re.compile(r"(?:不|没有?|未|无[需须])(?:再|会|想|拟|需要?|打算|曾|用)*[申商]?$")
_WILL = re.compile(r"(?:尽快|及时|另行|随后|后).{0,8}(?:反馈|回复|报送|函复|答复|上报)")
_REQUEST = re.compile(
    r"(?:未|没有?)收到(?:贵|来|稿|附件|函|清单|材料)|请.{0,6}(?:补发|重发|再发|重新发|明确)"
)
_GREETING = re.compile(r"\s*[^\s:：]{1,20}[:：][ \t]*\n")
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
# What names its files, and nothing else.
_ENCLOSING = re.compile(
    r"(?:各?位?(?:老师|领导|编辑)|[您你]们?好|(?:请?[详请])?见附件|附件|附上|[报发送]上|[发报反]回|报送|反馈|随函"
    r"|请?(?:予以?)?(?:查收|查阅|审阅|接收)|谢谢|此复|回执|回函单?|答复|回复|材料|如下|我[局委办厅]|贵[办局]"
    r"|[现将已把的是为给您请]|\.docx?)*",
    re.I,
)
_SHORT_LINE = 12  # characters of a name or an office under a mail
# What the form asks about the writer: no answer to anything in the letter.
_WRITER = frozenset({"填表人", "职务", "联系电话", "填表日期"})
_SEAL = "（单位盖章）"
_ABOUT_WRITER = re.compile(r"[^，。；？！]{1,20}")
_PLACEHOLDER = re.compile(r"单击(?:或点击)?此处.{0,12}")
_NO_WORDS = re.compile(rf"[\s_＿{TICKED}{EMPTY}]")
_A_DAY = re.compile(rf"(?:{_DAYLIKE})?[之以]?[前止]?(?:报送|反馈|回复)?[，。；,.;]?")
_CLEAR_MATCH = 4  # characters of a line by which it is known, with words put into it
_FORWARDED = re.compile(r"\s*(?:转发|fwd?|轉寄|转)\s*[:：]", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """`answer` is None when nothing was ticked or said, or not so that one can be sure: `doubt`
    says why. `items` are the answers to the numbered items, `asked` how many there was room for,
    `extra` how many rows were added; `remarks` is what else the editor should look at."""

    answer: Answer | None = None
    until: date | None = None
    pass_to: str = ""
    doubt: str = ""
    items: tuple[ItemReply, ...] = field(default=())
    asked: int = 0
    extra: int = 0
    remarks: tuple[str, ...] = ()


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
    plain = re.sub(r"\s", "", _said(words))
    short = len(plain) <= 40 or (len(plain) <= 200 and _WILL.search(plain))
    return bool(short and _RECEIVED.search(plain)) and not _SUBSTANCE.search(plain)


def only_asking(words: str) -> bool:
    """Whether a mail asks something, or for papers to be sent, and answers nothing beside it."""
    parts = clauses(_said(words))
    asking = [part for part in parts if asks(part) or _REQUEST.search(part)]
    told = (part for part in parts if part not in asking)
    return bool(asking) and not any(_TOLD.search(part) for part in told)


def only_enclosing(words: str) -> bool:
    """Whether a mail says no more than what it brings, who signs it apart."""
    first, *rest = [line for line in _said(words).splitlines() if line.strip()] or [""]
    signed = [line for line in rest if len(line.strip()) > _SHORT_LINE or _SUBSTANCE.search(line)]
    plain = re.sub(r"[\W_]", "", "".join((first, *signed)))
    return bool(_ENCLOSING.fullmatch(plain))


def _said(words: str) -> str:
    """Without greeting and signature."""
    own = re.split(r"^--[ \t]*$", words, maxsplit=1, flags=re.M)[0]
    greeting = _GREETING.match(own)
    if greeting and not _SUBSTANCE.search(greeting[0].strip().rstrip(":：")):
        own = own[greeting.end() :]
    return "\n".join(line for line in own.splitlines() if not is_signature(line))


def handed_on(subject: str, text: str) -> str:
    """Of a mail forwarded within the text, what its first writer said."""
    found = _QUOTED.search(text) if _FORWARDED.match(subject) else None
    if found is None:
        return ""
    head, _, body = text[found.end() :].lstrip().partition("\n\n")
    return own_words(body or head)


def read_ticks(text: str, today: date) -> ReplyForm:
    """The form as boxes before, or ticks in brackets behind, its three sentences."""
    text = "\n".join(map(_ticked_beside, text.splitlines()))
    before = _boxes_before(text)
    shape = f"{_BOX}%s" if before else f"%s{_BETWEEN}{_AFTER}"
    ticked = [answer for answer, words in WORDS.items() if _is_ticked(text, shape % words)]
    if len(ticked) == 1:
        return _form(ticked[0], text, today)
    return ReplyForm(doubt=TWICE_TICKED if ticked else _stray(text))


def read_phrases(text: str, today: date) -> ReplyForm:
    """The same said in plain words, in a mail; what stands beside an empty box is not said."""
    text = "\n".join(line for line in text.splitlines() if not re.search(f"[{EMPTY}]", line))
    said, refused = [], []
    for answer, words in SAID.items():
        found = [_is_said(answer, text, each) for each in re.finditer(words, text, re.M)]
        said += [answer] if any(found) else []
        refused += [answer] if found and not any(found) else []
    if len(said) == 1:
        return _form(said[0], text, today)
    if said:
        return ReplyForm(doubt=twice_said(said))
    return ReplyForm(doubt=REFUSED.format(refused[0].label) if refused else "")


def _is_said(answer: Answer, text: str, found: re.Match[str]) -> bool:
    if answer is Answer.EXTENSION:
        return not asked(text, found) and not _NOT_ASKED.search(text[: found.start()])
    return not in_doubt(text, found)


def twice_said(answers: Iterable[Answer]) -> str:
    return f"来件既说{'，又说'.join(each.label for each in answers)}，分不清是哪一项"


def _ticked_beside(line: str) -> str:
    """The form asks for a √ before the choice: one typed beside the box ticks it."""
    labels = [words for words in WORDS.values() if re.search(words, line)]
    boxes = re.findall(f"[{EMPTY}]", line)
    marks = re.findall(rf"(?<![A-Za-z])[{TICKED}vV](?![A-Za-z])", line)
    if not len(labels) == len(boxes) == len(marks) == 1:
        return line
    return line.replace(marks[0], "").replace(boxes[0], "√")


def _stray(text: str) -> str:
    """A tick in a line of the form that belongs to none of its boxes."""
    for line in text.splitlines():
        boxed = re.search(rf"[{EMPTY}]|[（(]\s*[)）]", line) and re.search(f"[{TICKED}]", line)
        if boxed and any(re.search(words, line) for words in WORDS.values()):
            return STRAY_TICK
    return ""


def _boxes_before(text: str) -> bool:
    """Whether boxes stand before the sentences: before two of them, or before the first; one
    before a later sentence may belong to the sentence it follows."""
    boxed = [words for words in WORDS.values() if re.search(_BOX + words, text)]
    first = min((m.start() for w in WORDS.values() if (m := re.search(w, text))), default=0)
    return len(boxed) > 1 or re.search(f"{_BOX}$", text[:first]) is not None


def _is_ticked(text: str, shape: str) -> bool:
    return any(found[1] in TICKED for found in re.finditer(shape, text))


def _form(answer: Answer, text: str, today: date) -> ReplyForm:
    if answer is Answer.NOT_OURS:
        return ReplyForm(answer=answer, pass_to=_pass_to(text))
    if answer is not Answer.EXTENSION:
        return ReplyForm(answer=answer)
    until = _until(text, today)
    remarks = (NO_DAY,) if until is None else (GONE_DAY.format(until),) if until < today else ()
    return ReplyForm(answer=answer, until=until, remarks=remarks)


def _pass_to(text: str) -> str:
    """The unit to ask instead; whom to call with a question is not one."""
    for found in _PASS.finditer(text):
        unit = _UNIT.match(found[2])
        if found[1]:
            return found[2]
        if unit:
            return unit[0]
    return ""


def _until(text: str, today: date) -> date | None:
    """The first day after 延期至; without 至 only what is plainly one, a span of time is not."""
    for found in _UNTIL.finditer(text):
        said = re.sub(r"\s", "", _DAY_ENDS.split(found[2])[0]).rstrip(".")
        if found[1] or re.search(r"月\d|[-./]", said):
            try:
                return parse_day(said, today)
            except EditorialError:
                continue
    return None


# What was written where nobody looks for it


def has_boxes(text: str) -> bool:
    """Whether it is a form to be ticked."""
    return sum(bool(re.search(_BOX + words, text)) for words in WORDS.values()) > 1


def same_words(text: str, other: str) -> bool:
    """But for blanks."""
    return "".join(text.split()) == "".join(other.split())


def likeness(went: str, came: str) -> float:
    """How much of two papers is the same, by their lines; 0 when they are not one paper."""
    before, after = (Counter(filter(None, map(_bare, t.splitlines()))) for t in (went, came))
    common, sizes = (before & after).total(), (before.total(), after.total())
    return 2 * common / sum(sizes) if common > min(sizes) / 2 else 0.0


def unheeded(went: str, came: str, form: ReplyForm) -> tuple[str, ...]:
    """Words put into a form, as it went and as it came, that were read neither as a tick nor as
    an answer to an item; who filled it in is no such word."""
    answers = {_bare(line) for item in form.items for line in item.text.splitlines()}
    added = (each for label, each in _added(went, came) if not _of_writer(label, each))
    words = (each for each in added if _bare(each) not in answers and not _heeded(each, form))
    return tuple(each.rstrip("。；，") for each in words)


def _of_writer(label: str, words: str) -> bool:
    """Who filled it in, or the unit whose seal it bears."""
    said = _UNIT if label == _SEAL else _ABOUT_WRITER
    return (label in _WRITER or label == _SEAL) and bool(said.fullmatch(words))


def _bare(line: str) -> str:
    """Without blanks and boxes."""
    return _NO_WORDS.sub("", line)


def _heeded(words: str, form: ReplyForm) -> bool:
    plain = _bare(words)
    if is_signature(words) or _PLACEHOLDER.fullmatch(plain):
        return True
    if form.answer and plain in ("", "v", "V"):
        return True
    if form.until and _A_DAY.fullmatch(plain):
        return True
    return bool(form.pass_to) and not re.sub(r"\W", "", plain.replace(_bare(form.pass_to), ""))


def _added(went: str, came: str) -> Iterator[tuple[str, str]]:
    """Words put in, each with the line it was put into or stands below."""
    before = [bare for line in went.splitlines() if (bare := _bare(line))]
    lines = [(bare, line.strip()) for line in came.splitlines() if (bare := _bare(line))]
    after, known = [bare for bare, _ in lines], frozenset(before)
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind not in ("insert", "replace"):
            continue
        for at in range(k, m):
            if after[at] not in known:
                above = after[at - 1] if at else ""
                yield _put_in(before[i:j], after[at]) or (above, lines[at][1])


def _put_in(lines: Sequence[str], now: str) -> tuple[str, str] | None:
    """The line that was written into, and what was; None for a line of its own."""
    fits = [each for each in lines if len(each) >= _CLEAR_MATCH or each in _WRITER]
    for was in sorted(fits, key=len, reverse=True):
        letters = iter(now)
        if not all(each in letters for each in was):
            continue
        codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
        if all(kind in ("equal", "insert") for kind, *_ in codes):
            return was, "…".join(now[k:m] for kind, _, _, k, m in codes if kind == "insert")
    return None
