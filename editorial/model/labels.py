"""Enumerations whose members carry the Chinese label people read.

The id goes to disk, so that an office may rename a label without touching history.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A string enumeration with a `label` beside each value."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class TaskState(Labelled):
    """供稿, DOMAIN 6.2. The order is the order of progress."""

    NOT_ISSUED = "not_issued", "未下达"
    ISSUED = "issued", "已下达"
    ACKNOWLEDGED = "acknowledged", "已确认"
    DRAFTING = "drafting", "撰写中"
    RETURNED = "returned", "退改"
    SUBMITTED = "submitted", "已报送"
    RESUBMITTED = "resubmitted", "复报"
    ACCEPTED = "accepted", "采用"
    WAIVED = "waived", "免报"


class LetterKind(Labelled):
    REVISE = "revise", "修改补充函"
    SUPPLY_MATERIAL = "supply_material", "补充资料函"
    COMMISSION = "commission", "约稿函"
    CONSULT = "consult", "征求意见函"
    CHASE = "chase", "催办函"
    ESCALATE = "escalate", "催办函（致上级）"


class LetterState(Labelled):
    DRAFT = "draft", "拟稿"
    CHECKED = "checked", "核稿"
    APPROVED = "approved", "签发"
    SENT = "sent", "发出"
    REPLIED = "replied", "回函"
    CLOSED = "closed", "办结"
    VOID = "void", "作废"


class Channel(Labelled):
    """Ways to and from a unit."""

    MAIL = "mail", "邮件"
    PAPER = "paper", "纸质"
    HAND = "hand", "当面"
    PHONE = "phone", "电话"
    CHAT = "chat", "微信群"
    USB = "usb", "U盘"


class DeliveryState(Labelled):
    """How a delivery stands. Laid out: in the outbox, and nobody has said yet that he sent it
    from his mail program. Refused and postponed were surely not taken; of one in doubt
    nobody knows, for the connection broke between the message and its receipt."""

    PREPARED = "prepared", "待发"
    LAID_OUT = "laid_out", "待寄出"
    SENT = "sent", "已发"
    REFUSED = "refused", "被拒收"
    POSTPONED = "postponed", "未发出"
    UNSURE = "unsure", "不明"


DOUBTFUL = frozenset({DeliveryState.UNSURE, DeliveryState.PREPARED})


class Secrecy(Labelled):
    """密级 (GB/T 9704-2012, 7.2.2); what bears one never goes by mail."""

    CONFIDENTIAL = "confidential", "秘密"
    SECRET = "secret", "机密"
    TOP_SECRET = "top_secret", "绝密"


class Answer(Labelled):
    """What a unit says in the reply form, and the editor's short account of any reply."""

    ON_TIME = "on_time", "按期报送"
    EXTENSION = "extension", "申请延期"
    NOT_OURS = "not_ours", "非我单位职责"
    SOME_NOT_OURS = "some_not_ours", "部分非我单位职责"
    FULL = "full", "已答复"
    PARTIAL = "partial", "部分答复"


# What leaves the answer, or most of it, still to come; the letter goes on waiting for it.
PROMISES = frozenset({Answer.ON_TIME, Answer.EXTENSION, Answer.SOME_NOT_OURS})


class RoundState(Labelled):
    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"


class ReviewKind(Labelled):
    """审级. The office's three reviews and the publisher's three never share a name on disk
    (DOMAIN 3.1): both trades say 初审, 复审, 终审."""

    OFFICE_FIRST = "office_first", "初审"
    OFFICE_SECOND = "office_second", "复审"
    OFFICE_FINAL = "office_final", "终审"
    APPRAISAL = "appraisal", "评议"
    CONSULT = "consult", "征求意见"
    PRESS_FIRST = "press_first", "出版社初审"
    PRESS_SECOND = "press_second", "出版社复审"
    PRESS_FINAL = "press_final", "出版社终审"
    ACCEPTANCE = "acceptance", "审查验收"


class SourceKind(Labelled):
    """提出人身份, DOMAIN 7.2."""

    EXPERT = "expert", "专家"
    UNIT = "unit", "单位"
    LEADER = "leader", "领导"
    HIGHER = "higher", "上级机构"
    EDITOR = "editor", "编辑"
    CHECK = "check", "检查"


class Weight(Labelled):
    """意见性质, DOMAIN 7.2."""

    MUST = "must", "必须改"
    SHOULD = "should", "建议改"
    CONSIDER = "consider", "供参考"


class Disposition(Labelled):
    """意见处理, DOMAIN 7.2."""

    PENDING = "pending", "待定"
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    REJECTED = "rejected", "不采纳"
    FORWARDED = "forwarded", "转核实"


class ProofState(Labelled):
    """校对, DOMAIN 3.3 rows 17-19."""

    ISSUED = "issued", "出样"
    PROOFREADING = "proofreading", "校对"
    RETURNED = "returned", "返厂"
    CHECKED = "checked", "核红"


class RedState(Labelled):
    """核红: what became of one red mark on the next proof."""

    DONE = "done", "已改"
    UNDONE = "undone", "未改"
    WRONG = "wrong", "改错"


class Cause(Labelled):
    """Why a proof is altered: a fault of the setting, of the manuscript, or a new wish."""

    TYPESETTING = "typesetting", "排版差错"
    MANUSCRIPT = "manuscript", "原稿差错"
    ALTERATION = "alteration", "改动"


class Role(Labelled):
    CHIEF_EDITOR = "chief_editor", "主编"
    DEPUTY_EDITOR = "deputy_editor", "副主编"
    COMPILER = "compiler", "总纂"
    SECTION_EDITOR = "section_editor", "责任编辑"
    PROOFREADER = "proofreader", "校对"
    CLERK = "clerk", "编务"
