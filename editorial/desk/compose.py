"""A `Letter` with its wording → the `Sheet` a renderer prints."""

from __future__ import annotations

import re
from datetime import date

from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.letters import Letter
from editorial.model.people import Editor, Unit, find_editor, find_unit
from editorial.model.sheet import Annex, Sheet
from editorial.model.style import LetterStyle
from editorial.model.volume import Volume, book_title

COLUMNS = (
    "序号",
    "篇目/章节",
    "页码（行）",
    "原文摘要",
    "需修改或补充内容",
    "意见来源",
    "单位回复",
)
_SLOT = re.compile(r"\{([^{}\n]+)\}")
SHORT_LIST = 3


def compose(volume: Volume, letter: Letter, style: LetterStyle, draft_name: str) -> Sheet:
    """Fill the wording. EditorialError when a required field or a placeholder has no value."""
    unit = find_unit(volume.units, letter.unit)
    contact = find_editor(volume.staff, letter.contact)
    _require(letter, style, contact)
    values = _values(volume, letter, style, unit, contact, draft_name)
    office = volume.info.office
    annexes = _annexes(volume, letter, style)
    return Sheet(
        letterhead=office.letterhead or office.name,
        number=letter.number,
        title=letter.title,
        addressee=unit.name,
        body=_body(volume, letter, style, values),
        issuer=office.name,
        date=chinese_day(letter.signed) if letter.signed else "",
        remark=f"联系人：{contact.name}，电话：{contact.phone or office.phone}",
        cc=letter.cc,
        annexes=annexes,
    )


def default_title(volume: Volume, style: LetterStyle) -> str:
    return _filled(style.title, {"书名": book_title(volume)}, f"styles/letters/{style.id}.yaml")


def _require(letter: Letter, style: LetterStyle, contact: Editor) -> None:
    has = {"due": bool(letter.due), "contact": bool(contact.name), "items": bool(letter.items)}
    names = {"due": "期限", "contact": "联系人", "items": "事项"}
    lacking = [names[field] for field in style.required if not has.get(field, True)]
    if lacking:
        hint = '期限用 --due，联系人用 --contact，事项用 --item "篇目/分目=要求"'
        raise EditorialError(f"{letter.kind.label}缺少{'、'.join(lacking)}，不能成文", hint=hint)


def _values(
    volume: Volume,
    letter: Letter,
    style: LetterStyle,
    unit: Unit,
    contact: Editor,
    draft_name: str,
) -> dict[str, str]:
    office = volume.info.office
    return {
        "书名": book_title(volume),
        "稿名": draft_name,
        "缘由": f"{letter.reason.rstrip('。')}。" if letter.reason else "",
        "单位": unit.name,
        "尊称": unit.honorific,
        "期限": chinese_day(letter.due),
        "事项数": str(len(letter.items)),
        "联系人": contact.name,
        "电话": contact.phone or office.phone,
        "邮箱": contact.mail or office.mail,
        "附件名": style.attachment,
        "结语": style.closing,
    }


def _filled(text: str, values: dict[str, str], where: str) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            hint = f"可用：{'、'.join(f'{{{name}}}' for name in values)}"
            raise EditorialError(f"公函文字里有不认识的空位“{match[0]}”", where=where, hint=hint)
        return values[match[1]]

    return _SLOT.sub(value, text)


def _body(
    volume: Volume, letter: Letter, style: LetterStyle, values: dict[str, str]
) -> tuple[tuple[int, str], ...]:
    body: list[tuple[int, str]] = []
    for line in style.wording.splitlines():
        text = line.strip()
        if text == "{清单}":
            body += _short_list(volume, letter, style)
        elif text:
            level = len(text) - len(text.lstrip("#"))
            words = _filled(text.lstrip("# "), values, f"styles/letters/{style.id}.md")
            body.append((min(level, 2), words))
    return tuple(body)


def _short_list(volume: Volume, letter: Letter, style: LetterStyle) -> list[tuple[int, str]]:
    shown = letter.items[:SHORT_LIST]
    lines = [
        (0, f"{number}.{_place(volume, item.section)}：{item.request.rstrip('。；')}。")
        for number, item in enumerate(shown, 1)
    ]
    if len(letter.items) > SHORT_LIST:
        lines.append((0, f"其余{len(letter.items) - SHORT_LIST}项见附件。"))
    return lines


def _place(volume: Volume, node: str) -> str:
    for chapter in volume.chapters:
        for section in chapter.sections:
            if section.id == node:
                return f"“{chapter.title}”篇“{section.title}”"
    return f"“{node}”"


def _annexes(volume: Volume, letter: Letter, style: LetterStyle) -> tuple[Annex, ...]:
    if not letter.items or not style.attachment:
        return ()
    rows = tuple(
        (
            str(number),
            _place(volume, item.section).replace("篇“", " ").replace("“", "").replace("”", ""),
            item.place,
            item.original,
            item.request,
            item.basis,
            "",
        )
        for number, item in enumerate(letter.items, 1)
    )
    return (Annex(title=style.attachment, columns=COLUMNS, rows=rows),)


def mail_body(sheet: Sheet, due: date) -> str:
    """The covering words of the message that carries the letter."""
    return (
        f"{sheet.addressee}：\n\n"
        f"　　现送上《{sheet.title}》（{sheet.number}），请查收附件。"
        f"请于{chinese_day(due)}前将回复填入附表并回复本邮件；"
        f"回复时请保留邮件主题中方括号内的编号。\n\n"
        f"　　{sheet.remark}\n\n{sheet.issuer}\n{sheet.date}\n"
    )
