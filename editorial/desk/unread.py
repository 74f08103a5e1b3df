"""What came in and could not be read: it answers nothing yet, and somebody must ask again."""

from __future__ import annotations

import re

from editorial.desk.intake import MAIL, Intake, Looked, documents, words_of
from editorial.model.reply_form import ReplyForm
from editorial.model.returns import Kind

CUT = "邮件太大，没有取下正文和附件；原件还在信箱里，请在邮件程序里打开，另存附件后收入"
EMPTY_ARCHIVE = "压缩包是空的，或里面没有可收的文件，请对方重发"
EMPTY_FILES = "附件是空文件，也没有文字，请对方重发"
SHUT = "附件程序都打不开，还不算回函：请对方重发，或打开看过再认领"
LINKED = "文件没有随信来，只有超大附件或网盘的链接；链接会过期，请先下载，再收入"
_LINK = re.compile(
    r"超大附件|云附件|文件中转站|中转站文件|网盘(?:链接|分享|地址|提取码)|通过(?:百度)?网盘分享"
    r"|pan\.baidu\.com|weiyun\.com|ftnExs_download|wx\.mail\.qq\.com/ftn|dashi\.163\.com"
    r"|mail\.163\.com/large-attachment|cowtransfer\.com|aliyundrive\.com|alipan\.com|pan\.quark\.cn",
    re.I,
)


def unread(intake: Intake, files: tuple[Looked, ...], form: ReplyForm) -> str:
    """Why nobody can say yet what it answers, "" when that can be said."""
    mail, papers = intake.mail, documents(files)
    if mail.kind is not Kind.REPLY:
        return ""
    if intake.cut:
        return CUT
    if not files and intake.original.name != MAIL:
        return EMPTY_ARCHIVE
    if form.answer is not None or form.items:
        return ""
    if papers:
        return SHUT if all(each.file.reason for each in papers) else ""
    if files and not mail.text and not any(each.file.data for each in files):
        return EMPTY_FILES
    return LINKED if links(intake) else ""


def links(intake: Intake) -> bool:
    """Whether a mail leads to files that lie elsewhere."""
    return bool(_LINK.search(words_of(intake.mail)))
