"""The forms of texts every yearbook and gazetteer has, told from their words and places: 落款 and
日期, 条文 and their 章, dates of a 大事记, what stands under the title of a 公文.

Only what is read here is looked at again, and of most paragraphs only the first character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from editorial.model.document import (
    Block,
    Break,
    Comment,
    Entry,
    Form,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    plain,
)
from editorial.model.moments import tells_day, time_head

MOST_NAMES = 3
_HAN_NUMBER = "[一二三四五六七八九十百零〇0-9]{1,7}"
NAMED = re.compile(
    "(?!附件|特此|此致|此复|以上|第[^　]{1,7}[条章节编]"
    "|[（(]?[0-9一二三四五六七八九十]{1,3}[）)．.、])"
    r"[^。；，：、！？…]{1,23}[^。；，：、！？…，]"
)
ARTICLE = re.compile(f"第{_HAN_NUMBER}条(?:之[一二三四五六七八九十]{{1,2}})?(?=[　 ])")
PART = re.compile(f"第{_HAN_NUMBER}[编章节](?:[　 ]+[^。；，：！？]{{1,20}})?")
NUMERAL = re.compile("[一二三四五六七八九]|十[一二三四五六七八九]?|二十")
NUMBERED = re.compile("[^　，。；：、（）]{1,12}[〔\\[［（][0-9]{4}[〕\\]］）]第?[0-9]{1,5}号")
PASSED = re.compile(r"（(?=.*[0-9〇一二三四五六七八九]{4}年)[^（）]*(?:（[^（）]*）[^（）]*)*）")
_DONE = re.compile(
    "通过|批准|修订|修正|施行|发布|公布|印发|会议上|大会上|在.*上）|讲话|^（[^（）]{5,11}[日月]）$"
)
SUBTITLE = re.compile("——?[^—。；].{1,60}(?<![。；，：])")
SPEAKER = re.compile(
    "(?!第[^　]{1,7}[编章节])[^。；，：、]{2,20}　[^。；，：、　]{1,8}(?:　[^。；，：、　])?"
)
_ADDRESSED = "人民政府|部门|机构|单位|委员会|管委会|[委办局厅院会署]|企业|高等学校|学校|团体"
SALUTATION = re.compile(
    f"(?:各[^。；：]*(?:{_ADDRESSED}|代表|委员|同志|来宾|嘉宾|朋友)"
    f"|(?:各位|尊敬的)?[^。；：，]{{0,12}}(?:同志|代表|委员|朋友|女士|先生)们?(?:[，、][^。；：]{{1,30}})*"
    f"|[^。；：0-9]{{2,60}}(?:人民政府|委员会|办公厅|办公室|[厅局委])"
    f"(?:[，、][^。；：，、0-9]{{0,30}}(?:{_ADDRESSED}))*)："
)
ANNEX, ANNEXED = re.compile("附件：1[．.、](?![0-9])"), re.compile("([0-9]{1,2})[．.、](?![0-9])")
BEHIND = re.compile("附件[0-9一二三四五六七八九十]{0,2}|（此件[^（）]{1,20}）")  # a whole 公文
_ENDS, _AFTER = (Heading, Entry, Break, Signature), (Note, Comment, Signature)
_BEGINS = frozenset("第附（一二三四五六七八九十0123456789")


def formed(blocks: list[Block]) -> list[Block]:
    """`blocks` of a text, each paragraph of a form of its own in that form."""
    opening, articles = True, False
    parts, annexes = list[int](), list[int]()
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            text = block.runs[0].text if block.runs else ""
            if not block.form and (text[:1] in _BEGINS or time_head(text)):
                block = blocks[at] = _led(block, text)
                articles = articles or bool(text[0] == "第" and ARTICLE.match(plain(block.runs)))
                parts += [at] * bool(PART.fullmatch(_only(block)))
                annexes += [at] * bool(ANNEX.match(_only(block)))
                if BEHIND.fullmatch(text):
                    _close(blocks, at)
            opening = opening and _opens(blocks, at)
        elif isinstance(block, _ENDS):
            _close(blocks, at)
            opening = isinstance(block, Heading) or (isinstance(block, Entry) and not block.runs)
        elif opening and not isinstance(block, Comment):
            opening = False
    _close(blocks, len(blocks))
    for at in parts if articles else ():
        _put(blocks, at, "head")
    for at in annexes:
        _annexed(blocks, at)
    return blocks


def _only(block: Block) -> str:
    """The text of a paragraph without marks and form; empty of any other block."""
    if not isinstance(block, Paragraph) or block.form or len(block.runs) != 1:
        return ""
    return block.runs[0].text if block.runs[0].kind == "text" else ""


def _put(blocks: list[Block], at: int, form: Form) -> None:
    block = blocks[at]
    if isinstance(block, Paragraph):
        blocks[at] = replace(block, form=form)


def _led(block: Paragraph, text: str) -> Paragraph:
    """第一条, 3月5日 before a blank made to stand out, as if it were typed so; 一 by itself is a
    heading."""
    if block.runs[0].kind != "text":
        return block
    if NUMERAL.fullmatch(text) and len(block.runs) == 1:
        return replace(block, form="head")
    article = ARTICLE.match(text)
    if words := article[0] if article else time_head(text):
        lead, rest = Run(kind="emphasis", text=words), Run(text=text[len(words) :])
        return replace(block, runs=(lead, rest, *block.runs[1:]))
    return block


def _opens(blocks: list[Block], at: int) -> bool:
    """What stands between a title and the text; whether more of it may follow."""
    text = _only(blocks[at])
    under = at > 0 and getattr(blocks[at - 1], "form", "") == "aside"
    if (
        SUBTITLE.fullmatch(text)
        or NUMBERED.fullmatch(text)
        or (PASSED.fullmatch(text) and _DONE.search(text))
        or (under and SPEAKER.fullmatch(text))
    ):
        _put(blocks, at, "aside")
        return True
    if text.endswith("：") and SALUTATION.fullmatch(text):
        _put(blocks, at, "salutation")
    return False


def _close(blocks: list[Block], stop: int) -> None:
    """落款 and 日期 in the last lines before `stop`, if there is text above them."""
    at = _above(blocks, stop, _AFTER)
    if at < 0 or not tells_day(_only(blocks[at])):
        return
    names = list[int]()
    over = _above(blocks, at, (Note, Comment))
    while over >= 0 and NAMED.fullmatch(_only(blocks[over])):
        names.append(over)
        over = _above(blocks, over, (Note, Comment))
    if len(names) > MOST_NAMES:  # lines of a list, and who signs below it
        over, names = names[1], names[:1]
    over = _above(blocks, over + 1, (Note, Comment, Break))
    if over < 0 or isinstance(blocks[over], Heading):
        return
    above = blocks[over]
    if isinstance(above, Entry) and not above.runs:
        return
    for name in names:
        _put(blocks, name, "signed")
    _put(blocks, at, "dated")


def _above(blocks: Sequence[Block], at: int, passed: tuple[type[Block], ...]) -> int:
    """The last block before `at` that is none of these; -1 where there is none."""
    at -= 1
    while at >= 0 and isinstance(blocks[at], passed):
        at -= 1
    return at


def _annexed(blocks: list[Block], at: int) -> None:
    """附件：1．…… and 2．…… below it."""
    number = 2
    while at + number - 1 < len(blocks):
        found = ANNEXED.match(_only(blocks[at + number - 1]))
        if not found or int(found[1]) != number:
            break
        _put(blocks, at + number - 1, "annexed")
        number += 1
    if number > 2:
        _put(blocks, at, "annex")
