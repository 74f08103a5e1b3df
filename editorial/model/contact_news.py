"""What a reply says of a new 联络员 or a new number, read from its words.

Only what says outright that something changes: every letter names somebody to ask, and a name
under it is no news.
"""

from __future__ import annotations

import re

from editorial.model.people import Contact

_WHO = r"(?:联络员|联系人|经办人|联络人)"
_CHANGES = r"(?:变更|更换|调整|改|换)(?:了)?(?:为|成|由|[:：])"
_NAME = r"\s*([\u4e00-\u9fff·]{2,4}?)"
_END = r"\s*(?:同志|担任|接任|接替|负责|[，,。；;、（(\s]|电话|手机|邮箱|$)"
_NEW = (
    re.compile(rf"{_WHO}[^。；;\n]{{0,16}}?{_CHANGES}{_NAME}{_END}"),
    re.compile(rf"{_WHO}[^\n]{{0,40}}?(?:现|改|今后|以后)由{_NAME}{_END}"),
    re.compile(rf"新(?:任|的)?{_WHO}\s*(?:为|是|[:：]){_NAME}{_END}"),
)
_NO_NAME = re.compile(r"(?:人员|单位|部门|负责人|联络员|联系人|[局委办科处室])$")
_REACH = re.compile(r"(?:电话|手机|座机|邮箱|联系方式)(?:号码|地址)?[^。；;\n，,]{0,8}?" + _CHANGES)
_PHONE = re.compile(r"(?<![\d-])(1[3-9]\d{9}|0\d{2,3}[-－]\d{3,8}(?:-\d{1,6})?)(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
REACH = 120  # characters after the news in which its number and address are looked for


def told_contact(words: str) -> Contact | None:
    """Name, telephone and mail as far as told; None when the words tell of no change."""
    news = (found for each in _NEW if (found := each.search(words)))
    named = next((found for found in news if not _NO_NAME.search(found[1])), None)
    start = named or _REACH.search(words)
    if start is None:
        return None
    near = words[start.start() : start.end() + REACH]
    phone, mail = _PHONE.search(near), _MAIL.search(near)
    if not (named or phone or mail):
        return None
    return Contact(
        name=named[1] if named else "",
        phone=phone[1].replace("－", "-") if phone else "",
        mail=mail[0] if mail else "",
    )
