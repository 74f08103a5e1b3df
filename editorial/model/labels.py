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


class LetterState(Labelled):
    DRAFT = "draft", "拟稿"
    CHECKED = "checked", "核稿"
    APPROVED = "approved", "签发"
    SENT = "sent", "发出"
    REPLIED = "replied", "回函"
    CLOSED = "closed", "办结"
    VOID = "void", "作废"


class RoundState(Labelled):
    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"


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


class Role(Labelled):
    CHIEF_EDITOR = "chief_editor", "主编"
    DEPUTY_EDITOR = "deputy_editor", "副主编"
    COMPILER = "compiler", "总纂"
    SECTION_EDITOR = "section_editor", "责任编辑"
    PROOFREADER = "proofreader", "校对"
    CLERK = "clerk", "编务"
