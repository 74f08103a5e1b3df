"""拟稿: many letters at once, drafts changed, reminders that cite what they remind of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from editorial.desk.drafting import Edit, Request, draft_letters, edit_letter, new_letter
from editorial.desk.letter_papers import composed
from editorial.desk.letters import (
    check_letter,
    check_letters,
    find_letter,
    letters,
    register_reply,
    void_letter,
)
from editorial.desk.office import Desk, loaded, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.round_list import rounds
from editorial.desk.rounds import open_round
from editorial.desk.send_plan import Wish
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letter, approve_letters
from editorial.desk.undo import undo
from editorial.desk.verify import verify
from editorial.errors import EditorialError
from editorial.model.labels import Disposition, LetterKind, LetterState, Secrecy
from editorial.model.letters import Happening, Letter, LetterItem, letter_state
from editorial.model.reviews import disposition
from editorial.model.sheet import Annex, AnswerForm, Sheet

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
DUE = date(2020, 3, 20)
PINGTAI = "01-keji/02-pingtai"
ITEM = LetterItem(section=PINGTAI, place="第3页", request="请补充2018年数据", scope="2018年末")
FULL = replace(ITEM, original="平台15个", basis="评议会意见", form="盖章件")
THREE = ("sz-kcj", "gz-kjj", "sheng-fgw")


def draft(desk: Desk, *units: str, **request: Any) -> tuple[Letter, ...]:
    wish: dict[str, Any] = {"kind": LetterKind.REVISE, "due": DUE}
    wanted = dict.fromkeys(units or ("sz-kcj",), (ITEM,))
    return draft_letters(desk, Request(**wish | request), wanted, at=AT)[0]


def sheet(desk: Desk, letter: str = "1") -> Sheet:
    return composed(desk, loaded(desk).volume, find_letter(desk, letter))


def text(desk: Desk, letter: str = "1") -> str:
    return "\n".join(words for _, words in sheet(desk, letter).body)


def setting(desk: Desk, line: str) -> None:
    path = desk.root / "volumes/xiao-2019/volume.yaml"
    old = path.read_text("utf-8")
    path.write_text(old.replace("  code: 示志函\n", f"  code: 示志函\n{line}"), encoding="utf-8")


# Many at once


def test_letters_to_many_units_are_one_batch_in_one_commit(desk: Desk, git: Git) -> None:
    head = git("rev-parse", "HEAD")
    drafted = draft(desk, *THREE)
    assert [(x.id, x.unit, x.batch) for x in drafted] == [
        ("0001", "sz-kcj", "1"),
        ("0002", "gz-kjj", "1"),
        ("0003", "sheng-fgw", "1"),
    ]
    assert git("rev-parse", "HEAD~1") == head


def test_a_letter_alone_bears_no_batch_and_the_next_batch_has_the_next_number(desk: Desk) -> None:
    drafted = [*draft(desk), *draft(desk, *THREE[:2]), *draft(desk, *THREE[1:])]
    assert [x.batch for x in drafted] == ["", "1", "1", "2", "2"]


def test_a_batch_is_checked_and_numbered_in_sequence_in_one_commit_each(
    desk: Desk, git: Git
) -> None:
    draft(desk, *THREE)
    head = git("rev-parse", "HEAD")
    check_letters(desk, at=AT, batch="1")
    approve_letters(desk, at=AT, batch="1")
    assert git("rev-parse", "HEAD~2") == head
    assert [x.number for x in letters(desk)] == [f"示志函〔2020〕{n}号" for n in (1, 2, 3)]
    assert verify(desk).problems == ()


def test_one_letter_of_a_batch_that_cannot_be_signed_stops_all(desk: Desk, git: Git) -> None:
    draft(desk, *THREE)
    path = desk.root / "volumes/xiao-2019/letters/0003/letter.yaml"
    path.write_text(path.read_text("utf-8").replace("zhouwen\n", "nobody\n", 1), encoding="utf-8")
    git("commit", "-qam", "改坏")
    head = git("rev-parse", "HEAD")
    with pytest.raises(EditorialError, match="nobody"):
        approve_letters(desk, at=AT, batch="1")
    assert (git("rev-parse", "HEAD"), {x.number for x in letters(desk)}) == (head, {""})


def test_of_a_batch_only_what_waits_is_signed(desk: Desk) -> None:
    draft(desk, *THREE)
    void_letter(desk, "2", at=AT, note="不发了")
    approve_letters(desk, at=AT, batch="1")
    assert [x.number for x in letters(desk)] == ["示志函〔2020〕1号", "", "示志函〔2020〕2号"]


def test_letters_are_numbered_by_their_ids_however_they_are_named(desk: Desk) -> None:
    draft(desk, *THREE)
    approve_letters(desk, ("3", "1", "2"), at=AT)
    assert [x.number[-2:] for x in letters(desk)] == ["1号", "2号", "3号"]


@pytest.mark.parametrize("batch", ["2", "x"])
def test_a_batch_that_is_none_is_refused(desk: Desk, batch: str) -> None:
    draft(desk, *THREE)
    with pytest.raises(EditorialError, match="批函"):
        approve_letters(desk, at=AT, batch=batch)


def test_a_batch_can_be_undone_as_a_whole(desk: Desk) -> None:
    draft(desk, *THREE)
    undo(desk, at=AT)
    assert letters(desk) == ()


# Opinions passed on


def test_an_opinion_passed_on_is_forwarded_and_knows_its_letter(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    add_opinion(desk, "01", PINGTAI, "数据不一致", at=AT, by="专家甲")
    item = replace(ITEM, opinion="01/001")
    draft_letters(desk, Request(kind=LetterKind.REVISE, due=DUE), {"sz-kcj": (item,)}, at=AT)
    ((opinion,),) = (round_.opinions for round_ in rounds(desk))
    assert (disposition(opinion), opinion.letter) == (Disposition.FORWARDED, "0001")
    undo(desk, at=AT)
    ((opinion,),) = (round_.opinions for round_ in rounds(desk))
    assert opinion.letter == ""


# Changing a draft


def test_a_draft_can_be_changed_and_its_history_says_so(desk: Desk) -> None:
    draft(desk)
    new = LetterItem(section="01-keji/01-gaikuang", request="请核实家数")
    edit = Edit(due=date(2020, 4, 1), title="关于另一事的函", add=(new,), remove=(1,))
    edit_letter(desk, "1", edit, at=AT)
    letter = find_letter(desk, "1")
    assert (letter.due, letter.title, letter.items) == (date(2020, 4, 1), "关于另一事的函", (new,))
    assert letter.history[-1].note == "改：期限、标题、事项"


def test_a_letter_changed_after_its_check_is_checked_again(desk: Desk) -> None:
    draft(desk)
    check_letter(desk, "1", at=AT)
    edit_letter(desk, "1", Edit(urgent="特急"), at=AT)
    assert letter_state(find_letter(desk, "1")) is LetterState.DRAFT


def test_who_changed_a_draft_does_not_check_it_where_that_is_separate(desk: Desk) -> None:
    setting(desk, "  separate_check: true\n")
    draft(desk)
    other = open_desk(desk.root, by="苏静")
    edit_letter(other, "1", Edit(reason="另有新情况"), at=AT)
    with pytest.raises(EditorialError, match="核稿人不能是拟稿人"):
        check_letter(other, "1", at=AT)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit(), "没有写要改什么"),
        (Edit(remove=(2,)), "没有第2项"),
        (Edit(remove=(1,)), "缺少事项"),
        (Edit(due=date(2020, 3, 4)), "已经过去"),
        (Edit(urgent="很急"), "没有“很急”"),
        (Edit(contact="张三"), "没有“张三”"),
    ],
)
def test_a_change_that_cannot_be_is_refused(desk: Desk, git: Git, edit: Edit, words: str) -> None:
    draft(desk)
    head = git("rev-parse", "HEAD")
    with pytest.raises(EditorialError, match=words):
        edit_letter(desk, "1", edit, at=AT)
    assert git("rev-parse", "HEAD") == head


def test_what_is_signed_is_changed_no_more(desk: Desk) -> None:
    draft(desk)
    approve_letter(desk, "1", at=AT)
    with pytest.raises(EditorialError, match="现为“签发”，不能修改"):
        edit_letter(desk, "1", Edit(urgent="特急"), at=AT)


# Who may, and which number


def test_who_drafts_does_not_sign_where_that_is_separate(desk: Desk) -> None:
    setting(desk, "  separate_issue: true\n")
    draft(desk)
    with pytest.raises(EditorialError, match="签发人不能是拟稿人"):
        approve_letter(desk, "1", at=AT)
    assert approve_letter(open_desk(desk.root, by="苏静"), "1", at=AT).commit


def test_numbers_without_gap_are_sound_a_gap_or_a_double_is_told(desk: Desk, git: Git) -> None:
    draft(desk, *THREE)
    approve_letters(desk, at=AT, batch="1")
    path = desk.root / "volumes/xiao-2019/letters/0002/letter.yaml"
    path.write_text(path.read_text("utf-8").replace("〕2号", "〕3号"), encoding="utf-8")
    git("commit", "-qam", "改号")
    first, second = (problem.message for problem in verify(desk).problems)
    assert first == "示志函〔2020〕2号缺号，没有作废说明"
    assert second.startswith("示志函〔2020〕3号编了两次，函件0002也是这个号；0002留着，作废0003")


def test_a_void_number_is_no_gap(desk: Desk) -> None:
    draft(desk, *THREE)
    approve_letters(desk, at=AT, batch="1")
    void_letter(desk, "2", at=AT, note="发错单位")
    assert verify(desk).problems == ()


def test_another_name_board_has_its_own_letterhead_and_numbers(desk: Desk) -> None:
    board = "{id: yanjiu, name: 示例市党史文献研究室, code: 示史函, signatory: 苏静}"
    setting(desk, f"  boards:\n  - {board}\n")
    draft(desk)
    draft(desk, board="yanjiu")
    approve_letters(desk, ("1", "2"), at=AT)
    assert [x.number for x in letters(desk)] == ["示志函〔2020〕1号", "示史函〔2020〕1号"]
    printed = sheet(desk, "2")
    assert (printed.letterhead, printed.issuer) == ("示例市党史文献研究室",) * 2
    assert find_letter(desk, "2").signatory == "苏静"


# What is printed


def test_the_list_has_all_columns_and_the_form_comes_last(desk: Desk) -> None:
    draft(desk, listed=True)
    items, form = sheet(desk).annexes
    assert isinstance(items, Annex)
    assert isinstance(form, AnswerForm)
    assert items.columns == (
        *("序号", "篇目/章节", "页码（行）", "原文摘要", "存在问题/修改意见来源"),
        *("需修改或补充内容", "数据口径/年度", "要求形式", "单位回复", "备注"),
    )
    assert dict(zip(items.columns, items.rows[0], strict=True))["数据口径/年度"] == "2018年末"
    assert (items.columns[items.blank], items.wide) == ("单位回复", True)
    assert [tick.name for tick in form.ticks] == ["on_time", "extension", "not_ours"]


def test_one_short_item_stands_in_the_text_with_all_that_is_said_of_it(desk: Desk) -> None:
    draft_letters(desk, Request(kind=LetterKind.REVISE, due=DUE), {"sz-kcj": (FULL,)}, at=AT)
    (form,) = sheet(desk).annexes
    assert (form.title, form.apart) == ("回执", True)
    (line,) = [words for words in text(desk).splitlines() if ITEM.request.rstrip("。") in words]
    assert [
        part for part in (ITEM.place, ITEM.original, ITEM.basis, ITEM.scope) if part not in line
    ] == []
    assert sheet(desk).remark == ""


def test_few_items_are_numbered_in_the_text(desk: Desk) -> None:
    items = tuple(replace(ITEM, request=f"请核实第{number}处") for number in (1, 2, 3))
    draft_letters(desk, Request(kind=LetterKind.REVISE, due=DUE), {"sz-kcj": items}, at=AT)
    heads = [words[:2] for level, words in sheet(desk).body if level == 1]
    assert heads == ["一、", "二、", "三、"]


@pytest.mark.parametrize(
    ("count", "words", "setting"),
    [
        (4, "请核实", ""),
        (1, "请核实" * 30, ""),
        (2, "请核实", "in_body: 1"),
        (1, "请", "in_body: 0"),
    ],
)
def test_more_or_longer_items_go_into_the_list(
    desk: Desk, count: int, words: str, setting: str
) -> None:
    path = desk.root / "styles/letters/revise.yaml"
    path.write_text(path.read_text("utf-8") + setting + "\n", "utf-8")
    items = tuple(replace(ITEM, request=f"{words}{number}") for number in range(count))
    draft_letters(desk, Request(kind=LetterKind.REVISE, due=DUE), {"sz-kcj": items}, at=AT)
    assert isinstance(sheet(desk).annexes[0], Annex)


def test_a_style_without_short_words_always_has_the_list(desk: Desk) -> None:
    (desk.root / "styles/letters/revise.short.md").unlink()
    draft(desk)
    assert isinstance(sheet(desk).annexes[0], Annex)


def test_the_list_can_be_asked_for_and_left_out_again(desk: Desk) -> None:
    draft(desk)
    edit_letter(desk, "1", Edit(listed=True), at=AT)
    with_list = len(sheet(desk).annexes)
    edit_letter(desk, "1", Edit(listed=False), at=AT)
    assert (with_list, len(sheet(desk).annexes)) == (2, 1)


def test_short_words_that_lack_the_day_refuse_the_letter(desk: Desk) -> None:
    (desk.root / "styles/letters/revise.short.md").write_text("{清单}\n", "utf-8")
    with pytest.raises(EditorialError, match="没有期限") as refused:
        draft(desk)
    assert refused.value.where == "styles/letters/revise.short.md"


def test_marks_partners_and_addressee_are_printed(desk: Desk) -> None:
    secret = {"secrecy": Secrecy.CONFIDENTIAL, "secret_for": "1年", "urgent": "特急"}
    draft(desk, issuers=("示例市档案馆",), addressee="示例市人民政府", **secret)
    printed = sheet(desk)
    assert printed.marks == ("秘密★1年", "特急")
    assert (printed.partners, printed.addressee) == (("示例市档案馆",), "示例市人民政府")


def test_a_style_without_annex_lists_all_items_in_the_text(desk: Desk) -> None:
    path = desk.root / "styles/letters/revise.yaml"
    path.write_text(
        path.read_text("utf-8").replace("attachment: 修改补充事项清单", 'attachment: ""'),
        encoding="utf-8",
    )
    items = tuple(replace(ITEM, request=f"请核实第{n}处") for n in range(1, 6))
    draft_letters(desk, Request(kind=LetterKind.REVISE, due=DUE), {"sz-kcj": items}, at=AT)
    assert "5.“科技创新”篇“创新平台”：请核实第5处。" in text(desk)


@pytest.mark.parametrize(
    ("file", "lost", "words"),
    [
        ("revise.md", "{期限}", "没有期限"),
        ("revise.md", "{清单}", "没有事项清单"),
        ("revise.yaml", "联系人：{联系人}，电话：{电话}", "没有联系人"),
        ("revise.yaml", "，电话：{电话}", None),
    ],
)
def test_a_template_that_lacks_what_it_must_say_makes_no_letter(
    desk: Desk, file: str, lost: str, words: str | None
) -> None:
    path = desk.root / "styles/letters" / file
    path.write_text(path.read_text("utf-8").replace(lost, "无"), encoding="utf-8")
    if words is None:  # the mail address in the text is enough to reach the office
        assert draft(desk)
        return
    with pytest.raises(EditorialError, match=words) as refused:
        draft(desk)
    assert (refused.value.where, bool(refused.value.hint)) == (f"styles/letters/{file}", True)


def test_a_template_spoiled_after_signing_is_not_sent(desk: Desk) -> None:
    draft(desk)
    approve_letter(desk, "1", at=AT)
    path = desk.root / "styles/letters/revise.md"
    path.write_text("请见附件。\n{清单}\n", encoding="utf-8")
    with pytest.raises(EditorialError, match="没有期限"):
        send_letter(desk, "1", at=AT)


# Reminders


@pytest.fixture
def sent(desk: Desk) -> Desk:
    draft(desk)
    approve_letter(desk, "1", at=AT)
    send_letter(desk, "1", at=AT)
    send_letter(desk, "1", at=AT, wish=Wish(sent=True))
    return desk


def remind(desk: Desk, letter: str = "1") -> None:
    new_letter(
        desk,
        kind=LetterKind.CHASE,
        unit="sz-kcj",
        items=(),
        due=date(2020, 4, 1),
        at=datetime(2020, 3, 23, tzinfo=UTC),
        follows=letter,
    )


def test_nobody_is_reminded_of_what_has_not_gone_or_is_done_with(desk: Desk) -> None:
    draft(desk)
    draft(desk)
    with pytest.raises(EditorialError, match="0001现为“拟稿”，不能催办"):
        remind(desk)
    void_letter(desk, "2", at=AT, note="不发了")
    with pytest.raises(EditorialError, match="0002现为“作废”，不能催办"):
        remind(desk, "2")
    approve_letter(desk, "1", at=AT)
    send_letter(desk, "1", at=AT)
    with pytest.raises(EditorialError, match="待寄出，不能催办") as refused:
        remind(desk)
    assert refused.value.hint.endswith("letter send 0001 --sent")
    send_letter(desk, "1", at=AT, wish=Wish(sent=True))
    remind(desk)
    register_reply(desk, "1", at=AT, on=AT.date(), channel="电话", close=True)
    with pytest.raises(EditorialError, match="现为“办结”，不能催办"):
        remind(desk)


def test_a_reminder_takes_over_the_items_and_cites_the_letter(sent: Desk) -> None:
    remind(sent)
    assert find_letter(sent, "2").items == find_letter(sent, "1").items
    assert "我办曾于2020年3月5日向贵局发出《关于商请修改补充〈小年鉴2019〉内容的函》" in text(
        sent, "2"
    )
    assert "（示志函〔2020〕1号），商请于2020年3月20日前函复。" in text(sent, "2")


def escalate(desk: Desk, *account: Happening) -> None:
    new_letter(
        desk,
        kind=LetterKind.ESCALATE,
        unit="sheng-fgw",
        items=(),
        due=date(2020, 4, 8),
        at=datetime(2020, 4, 1, tzinfo=UTC),
        follows="1",
        about="sz-kcj",
        account=account,
    )


def test_a_letter_to_the_body_above_names_the_unit_and_has_the_account_as_annex(
    sent: Desk,
) -> None:
    escalate(sent)
    titles = [annex.title for annex in sheet(sent, "2").annexes]
    assert titles == ["联系经过"]
    account = sheet(sent, "2").annexes[0]
    assert isinstance(account, Annex)
    assert [row[1:3] for row in account.rows] == [("2020年3月5日", "邮件")]
    assert "深圳市科技创新局（示例）" in text(sent, "2")
    assert "恳请贵委予以协调" in text(sent, "2")
    assert "此后我办" not in text(sent, "2")


@pytest.mark.parametrize(("times", "words"), [(1, "此后我办又与"), (2, "此后我办又多次与")])
def test_what_followed_is_told_as_often_as_the_account_has_it(
    sent: Desk, times: int, words: str
) -> None:
    went = Happening(on=date(2020, 3, 5), way="邮件", words="发出修改补充函")
    calls = [Happening(on=date(2020, 3, day), way="电话", words="已催") for day in (9, 10)]
    escalate(sent, went, *calls[:times])
    assert words in text(sent, "2")


def test_a_letter_that_sends_nothing_with_it_says_so(desk: Desk) -> None:
    new_letter(desk, kind=LetterKind.CONSULT, unit="sz-kcj", items=(), due=DUE, at=AT)
    told = approve_letter(desk, "1", at=AT).remarks
    assert any("没有附稿件" in remark for remark in told)


def test_a_reminder_goes_to_the_unit_it_reminds(sent: Desk) -> None:
    with pytest.raises(EditorialError, match="催的是深圳科创局的函，不能致广州科技局") as refused:
        new_letter(
            sent,
            kind=LetterKind.CHASE,
            unit="gz-kjj",
            items=(),
            due=date(2020, 4, 1),
            at=datetime(2020, 3, 23, tzinfo=UTC),
            follows="1",
        )
    assert "escalate" in refused.value.hint
