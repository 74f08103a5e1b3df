"""A `Letter` with its wording → the `Sheet` a renderer prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from editorial.desk.annexes import annexes_of
from editorial.desk.few_items import few, wording_of, written_out
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.letters import Letter
from editorial.model.people import Editor, Unit, find_editor, find_unit, unit_on
from editorial.model.response import sent_on
from editorial.model.sheet import Annex, AnswerForm, Sheet
from editorial.model.style import LetterStyle
from editorial.model.volume import Office, Volume, book_title
from editorial.model.wording import LIST, SLOT, titled, wording_faults

SHORT_LIST = 3  # items named in the text when all are in the list
NEEDED = ("due", "contact")  # no letter goes without, whatever its style asks for


def compose(
    volume: Volume,
    letter: Letter,
    style: LetterStyle,
    draft_name: str,
    earlier: Letter | None = None,
) -> Sheet:
    """Fill the wording; `earlier` is the letter this one reminds of.

    EditorialError when the template or the letter lacks what it must have.
    """
    unit = unit_on(find_unit(volume.units, letter.unit), letter.signed)
    contact = find_editor(volume.staff, letter.contact)
    office = office_as(volume.info.office, letter.board)
    _require(letter, style, contact, contact.phone or office.phone)
    values = _values(volume, letter, style, unit, contact, draft_name)
    values["前函"] = _earlier(earlier, unit) if earlier and sent_on(earlier) else ""
    return Sheet(
        letterhead=office.letterhead or office.name,
        number=letter.number,
        title=letter.title,
        addressee=letter.addressee or unit.name,
        body=_body(volume, letter, style, values),
        issuer=office.name,
        date=chinese_day(letter.signed) if letter.signed else "",
        remark="" if _names_contact(letter, style) else _filled(style.remark, values),
        cc=letter.cc,
        annexes=annexes_of(volume, letter, style, office=office.name),
        marks=_marks(letter),
        partners=letter.issuers,
    )


def default_title(volume: Volume, style: LetterStyle) -> str:
    return _filled(style.title, {"书名": book_title(volume)})


def office_as(office: Office, board: str) -> Office:
    """The office under one of its name boards, "" under its own name."""
    if not board:
        return office
    for each in office.boards:
        if board in (each.id, each.name):
            return replace(
                office,
                name=each.name,
                letterhead=each.letterhead,
                code=each.code or office.code,
                signatory=each.signatory or office.signatory,
            )
    known = "、".join(f"{each.id}（{each.name}）" for each in office.boards) or "还没有"
    raise EditorialError(
        f"没有“{board}”这块牌子", hint=f"volume.yaml 的 office.boards 现有：{known}"
    )


def _names_contact(letter: Letter, style: LetterStyle) -> bool:
    """Whether the text itself says whom to call: then no remark says it again."""
    return few(letter, style) and "{联系人}" in style.brief and "{电话}" in style.brief


def _require(letter: Letter, style: LetterStyle, contact: Editor, phone: str) -> None:
    for ending, message, hint in wording_faults(style):
        raise EditorialError(message, where=f"styles/letters/{style.id}.{ending}", hint=hint)
    has = {"due": bool(letter.due), "contact": bool(contact.name), "items": bool(letter.items)}
    names = {"due": "期限", "contact": "联系人", "items": "事项"}
    asked = dict.fromkeys((*NEEDED, *style.required))
    lacking = [names[field] for field in asked if not has.get(field, True)]
    if lacking:
        hint = '期限用 --due，联系人用 --contact，事项用 --item "篇目/分目=要求"'
        raise EditorialError(f"{letter.kind.label}缺少{'、'.join(lacking)}，不能成文", hint=hint)
    if not phone and "{电话}" in style.remark + wording_of(letter, style):
        hint = "在 staff.yaml 写上 phone，或在 volume.yaml 的 office 下写上 phone"
        raise EditorialError(f"联系人{contact.name}没有电话，函上写不出联系方式", hint=hint)


def _values(
    volume: Volume,
    letter: Letter,
    style: LetterStyle,
    unit: Unit,
    contact: Editor,
    draft_name: str,
) -> dict[str, str]:
    office = volume.info.office
    late = find_unit(volume.units, letter.about) if letter.about else unit
    whom = late.honorific if late.id == unit.id else late.name
    return {
        "书名": book_title(volume),
        "稿名": draft_name,
        "缘由": f"{letter.reason.rstrip('。')}。" if letter.reason else "",
        "单位": unit.name,
        "尊称": unit.honorific,
        "催办单位": whom,
        "再联系": _again(len(letter.account) - 1, whom),
        "期限": chinese_day(letter.due),
        "事项数": str(len(letter.items)),
        "年度": coverage_words(volume),
        "联系人": contact.name,
        "电话": contact.phone or office.phone,
        "邮箱": contact.mail or office.mail,
        "附件名": style.attachment,
        "结语": style.closing,
    }


def coverage_words(volume: Volume) -> str:
    """2018年, or 1979—2020年."""
    first, last = volume.info.coverage.start.year, volume.info.coverage.end.year
    return f"{last}年" if first == last else f"{first}—{last}年"


def _again(times: int, whom: str) -> str:
    """What followed the first letter, as often as the 联系经过 has it."""
    often = "多次" if times > 1 else ""
    return f"此后我办又{often}与{whom}联系，" if times > 0 else ""


def _earlier(letter: Letter, unit: Unit) -> str:
    """我办曾于…去函: the earlier letter with its number and date, and what it asked for."""
    when = f"曾于{chinese_day(letter.signed)}" if letter.signed else "曾"
    number = f"（{letter.number}）" if letter.number else ""
    whom = unit.honorific if unit.id == letter.unit else "有关单位"
    due = chinese_day(letter.extended or letter.due)
    return f"我办{when}向{whom}发出{titled(letter.title)}{number}，商请于{due}前函复。"


def _marks(letter: Letter) -> tuple[str, ...]:
    """密级和保密期限, then 紧急程度 (GB/T 9704-2012, 10.1)."""
    secrecy = letter.secrecy.label if letter.secrecy else ""
    if secrecy and letter.secret_for:
        secrecy += f"★{letter.secret_for}"
    return tuple(mark for mark in (secrecy, letter.urgent) if mark)


def _filled(text: str, values: dict[str, str]) -> str:
    return SLOT.sub(lambda found: values.get(found[1], found[0]), text)


def _body(
    volume: Volume, letter: Letter, style: LetterStyle, values: dict[str, str]
) -> tuple[tuple[int, str], ...]:
    body: list[tuple[int, str]] = []
    for line in wording_of(letter, style).splitlines():
        text = line.strip()
        if text == f"{{{LIST}}}":
            body += _items(volume, letter, style)
        elif text:
            level = len(text) - len(text.lstrip("#"))
            body.append((min(level, 2), _filled(text.lstrip("# "), values)))
    return tuple((level, text) for level, text in body if text)


def _items(volume: Volume, letter: Letter, style: LetterStyle) -> list[tuple[int, str]]:
    """The first few items, the others being in the annex; all of them where there is none."""
    if few(letter, style):
        return written_out(
            letter, {item.section: _place(volume, item.section) for item in letter.items}
        )
    most = SHORT_LIST if style.attachment else len(letter.items)
    lines = [
        (0, f"{number}.{_place(volume, item.section)}：{item.request.rstrip('。；')}。")
        for number, item in enumerate(letter.items[:most], 1)
    ]
    if len(letter.items) > most:
        lines.append((0, f"其余{len(letter.items) - most}项见附件。"))
    return lines


def _place(volume: Volume, node: str) -> str:
    for chapter in volume.chapters:
        for section in chapter.sections:
            if section.id == node:
                return f"“{chapter.title}”篇“{section.title}”"
    return f"“{node}”"


def mail_body(sheet: Sheet, due: date) -> str:
    """The covering words of the message that carries the letter."""
    form = any(isinstance(annex, AnswerForm) for annex in sheet.annexes)
    first = "请先填写回执，告知能否按期办理。" if form else ""
    table = any(isinstance(annex, Annex) and annex.blank >= 0 for annex in sheet.annexes)
    reply = "将回复填入附表并回复本邮件" if table else "回复本邮件"
    return (
        f"{sheet.addressee}：\n\n"
        f"　　现送上{titled(sheet.title)}（{sheet.number}），请查收附件。{first}"
        f"请于{chinese_day(due)}前{reply}；回复时请保留邮件主题中方括号内的编号。\n\n"
        f"　　{sheet.remark}\n\n{sheet.issuer}\n{sheet.date}\n"
    )
