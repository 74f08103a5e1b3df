"""What came in and could not be read, or not surely understood: it answers nothing until
somebody has looked at it or asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from editorial.desk.intake import MAIL, Intake, Looked, documents, has_text, words_of
from editorial.model.reply_form import ASKING, ReplyForm, only_asking
from editorial.model.returns import Kind

CUT = "邮件太大，没有取下正文和附件；原件还在信箱里，请在邮件程序里打开，另存附件后收入"
EMPTY_ARCHIVE = "压缩包是空的，或里面没有可收的文件，请对方重发"
EMPTY_FILES = "附件是空文件，也没有文字，请对方重发"
SHUT = "附件程序都打不开，还不算回函：请对方重发，或打开看过再认领"
LINKED = "文件没有随信来，只有超大附件或网盘的链接；链接会过期，请先下载，再收入"
OLD_PAPERS = (".doc", ".odt", ".wps", ".rtf")
UNSURE = (
    "{}；还不算回函，函仍在等。请看原件：确是答复的认领；申请延期、非我单位职责的，"
    "用 letter reply 函件 --answer 登记，再搁置这件来件"
)
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
    if form.items:
        return ""
    if unsure := doubt(intake, files, form):
        return UNSURE.format(unsure)
    if form.answer is not None:
        return ""
    if papers:
        return SHUT if all(each.file.reason for each in papers) else ""
    if files and not mail.text and not any(each.file.data for each in files):
        return EMPTY_FILES
    return LINKED if links(intake) else ""


def doubt(intake: Intake, files: tuple[Looked, ...], form: ReplyForm) -> str:
    """Why it is not sure whether it is an answer; the manuscript itself, sent with it, is one."""
    if form.doubt:
        return "" if form.items or has_text(files) else form.doubt
    asking = form.answer is None and not documents(files) and only_asking(words_of(intake.mail))
    return ASKING if asking else ""


def old_papers(files: tuple[Looked, ...], *, claimed: bool) -> Iterator[str]:
    """Documents of other formats: kept, and nobody but a person reads what they say."""
    after = "请看原件" if claimed else "请用 Word 或 WPS 另存为 .docx 再收，或打开看过再认领"
    for each in files:
        suffix = PurePosixPath(each.file.name).suffix.casefold()
        if suffix in OLD_PAPERS and each.file.data and not each.file.reason:
            yield f"{each.file.name}：程序不读 {suffix}，{after}"


def links(intake: Intake) -> bool:
    """Whether a mail leads to files that lie elsewhere."""
    return bool(_LINK.search(words_of(intake.mail)))
