"""附件 of a letter: 修改补充事项清单 with room for answers, 联系经过, and 回执."""

from __future__ import annotations

from editorial.desk.few_items import few
from editorial.model.dates import chinese_day
from editorial.model.labels import Answer
from editorial.model.letters import Happening, Letter, LetterItem
from editorial.model.sheet import Annex, AnswerForm, Tick
from editorial.model.style import LetterStyle
from editorial.model.volume import Volume
from editorial.model.wording import titled

COLUMNS = (
    "序号",
    "篇目/章节",
    "页码（行）",
    "原文摘要",
    "存在问题/修改意见来源",
    "需修改或补充内容",
    "数据口径/年度",
    "要求形式",
    "单位回复",
    "备注",
)
REPLY = COLUMNS.index("单位回复")
COURSE = "联系经过"
COURSE_COLUMNS = ("序号", "日期", "方式", "经过")
TICKS = (
    Tick(name=Answer.ON_TIME, before="按期报送"),
    Tick(name=Answer.EXTENSION, before="申请延期至", blank="until"),
    Tick(name=Answer.NOT_OURS, before="非我单位职责，建议转", blank="pass_to"),
)
BLANKS = (("person", "填表人"), ("post", "职　务"), ("phone", "联系电话"), ("day", "填表日期"))


def annexes_of(
    volume: Volume, letter: Letter, style: LetterStyle, *, office: str
) -> tuple[Annex | AnswerForm, ...]:
    """In the order they are named under the text: the items, what was tried, the form."""
    found: list[Annex | AnswerForm] = []
    short = few(letter, style)
    if letter.items and style.attachment and not short:
        found.append(_items(volume, letter, style.attachment))
    if letter.account:
        found.append(_course(letter.account))
    if style.receipt:
        found.append(_form(letter, style, office, apart=short))
    return tuple(found)


def _items(volume: Volume, letter: Letter, title: str) -> Annex:
    titles = {s.id: f"{c.title} {s.title}" for c in volume.chapters for s in c.sections}
    rows = tuple(
        _row(number, titles.get(item.section, item.section), item)
        for number, item in enumerate(letter.items, 1)
    )
    return Annex(title=title, columns=COLUMNS, rows=rows, wide=True, blank=REPLY)


def _row(number: int, place: str, item: LetterItem) -> tuple[str, ...]:
    return (
        str(number),
        place,
        item.place,
        item.original,
        item.basis,
        item.request,
        item.scope,
        item.form,
        "",
        item.remark,
    )


def _course(account: tuple[Happening, ...]) -> Annex:
    rows = tuple(
        (str(number), chinese_day(each.on), each.way, each.words)
        for number, each in enumerate(account, 1)
    )
    return Annex(title=COURSE, columns=COURSE_COLUMNS, rows=rows)


def _form(letter: Letter, style: LetterStyle, office: str, *, apart: bool) -> AnswerForm:
    matter = titled(letter.title) + (f"（{letter.number}）" if letter.number else "")
    return AnswerForm(
        title=style.receipt,
        to=office,
        matter=f"{matter}收悉，回复期限为{chinese_day(letter.due)}。",
        ticks=TICKS,
        blanks=BLANKS,
        apart=apart,
        note="请在所选的一项前打“√”（电子文档点方框即可），填好后先行发回，以便安排工作；"
        "办理结果请另按函件要求报送。",
    )
