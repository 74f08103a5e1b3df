"""供稿单位: acts on units.yaml change the lines they must, in one commit, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, loaded
from editorial.desk.proposals import (
    accept_proposal,
    find_proposal,
    proposals,
    propose_contact,
    refuse_proposal,
)
from editorial.desk.undo import undo
from editorial.desk.unit_register import Wanted, account, register
from editorial.desk.units import (
    add_unit,
    change_contact,
    confirm_units,
    end_contact,
    pause_unit,
    rename_unit,
    resume_unit,
)
from editorial.desk.verify import verify
from editorial.errors import EditorialError
from editorial.model.labels import Channel, LetterKind
from editorial.model.letters import Letter, Reply
from editorial.model.people import Contact, Unit, contact_on, find_unit, unit_on
from editorial.model.proposals import ProposalState, proposal_state
from editorial.model.volume import Step
from editorial.store.save import Message

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
DAY = AT.date()
UNITS = "volumes/xiao-2019/units.yaml"

TEXT = """\
# 供稿单位（示例）

limits:
- {kind: 市直部门, characters: 1000}   # 议定

units:

# 深圳
- id: sz-kcj
  name: 深圳市科技创新局（示例）
  short:   深圳科创局     # 简称已议定
  city: 深圳

  honorific: 贵局
  contacts:
  # 一直是他
  - name: 陈甲
    phone: '0755-0000-0001'   # 上午打
    mail: "chenjia@example.invalid"
    from: 2018-01-01
# 广州
- id: gz-kjj
  name: 广州市科学技术局（示例）
  short: 广州科技局
  city: 广州
- {id: sheng-fgw, name: 广东省发展改革部门（示例）, short: 省发改}
# 尾注
"""


@pytest.fixture
def book(desk: Desk) -> Desk:
    (desk.root / UNITS).write_text(TEXT, encoding="utf-8")
    return desk


def text(desk: Desk) -> str:
    return (desk.root / UNITS).read_text("utf-8")


def unit(desk: Desk, name: str) -> Unit:
    return find_unit(loaded(desk).volume.units, name)


def lines(desk: Desk) -> tuple[list[str], list[str]]:
    """Lines of TEXT that are gone, and new ones."""
    old, new = TEXT.splitlines(), text(desk).splitlines()
    return [x for x in old if x not in new], [x for x in new if x not in old]


def test_a_new_contact_is_a_few_new_lines(book: Desk) -> None:
    told = Contact(name="李乙", phone="0755-0000-0002", channel=Channel.PHONE)
    change_contact(book, "深圳科创局", told, DAY)
    assert text(book) == TEXT.replace(
        "    from: 2018-01-01\n",
        "    from: 2018-01-01\n    to: 2020-03-04\n"
        "  - name: 李乙\n    phone: 0755-0000-0002\n    channel: phone\n    from: 2020-03-05\n",
    )


def test_a_first_contact_and_one_of_a_unit_on_one_line(book: Desk) -> None:
    change_contact(book, "gz-kjj", Contact(name="王丙"), DAY)
    change_contact(book, "省发改", Contact(name="赵丁"), DAY)
    added = "  city: 广州\n  contacts:\n  - name: 王丙\n    from: 2020-03-05\n"
    inside = "short: 省发改, contacts: [{name: 赵丁, from: 2020-03-05}]}"
    assert text(book) == TEXT.replace("  city: 广州\n", added).replace("short: 省发改}", inside)


def test_a_confirmation_is_one_line(book: Desk) -> None:
    confirm_units(book, ("深圳科创局",), DAY, today=DAY)
    assert lines(book) == ([], ["    confirmed: 2020-03-05"])


def test_units_are_confirmed_all_or_none(book: Desk) -> None:
    with pytest.raises(EditorialError, match="没有联络员，无从确认"):
        confirm_units(book, ("深圳科创局", "广州科技局"), DAY, today=DAY)
    assert text(book) == TEXT


def test_a_confirmation_does_not_go_back(book: Desk) -> None:
    confirm_units(book, ("深圳科创局",), DAY, today=DAY)
    with pytest.raises(EditorialError, match="已于2020年3月5日确认过"):
        confirm_units(book, ("深圳科创局",), date(2020, 3, 4), today=DAY)


def test_a_new_unit_stands_at_the_end(book: Desk) -> None:
    add_unit(book, Unit(id="sz-swj", name="深圳市水务局（示例）", city="深圳", kind="市直部门"))
    new = "- id: sz-swj\n  name: 深圳市水务局（示例）\n  city: 深圳\n  kind: 市直部门\n"
    assert text(book) == TEXT.replace("# 尾注\n", f"{new}# 尾注\n")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (Unit(id="sz-kcj", name="新局"), "“sz-kcj”已经登记"),
        (Unit(id="x", name="深圳市科技创新局（示例）"), "是sz-kcj"),
        (Unit(id="x", name="新局", short="广州科技局"), "是gz-kjj"),
        (Unit(id="../x", name="新局"), "不能用作名称"),
        (Unit(id="x", name=" "), "没有写单位的全称"),
        (Unit(id="x", name="新\u202e局"), "看不见的字符"),
    ],
)
def test_a_unit_that_cannot_be_is_refused(book: Desk, new: Unit, words: str) -> None:
    with pytest.raises(EditorialError, match=words):
        add_unit(book, new)
    assert text(book) == TEXT


def test_a_city_nobody_else_is_in_is_remarked(book: Desk) -> None:
    act = add_unit(book, Unit(id="x", name="新局", city="深川"))
    assert act.remarks == ("其他单位没有在“深川”的，请看是否写错",)


def test_a_unit_renamed_keeps_its_old_name_for_old_days(book: Desk) -> None:
    day = date(2019, 3, 1)
    rename_unit(
        book, "sz-kcj", "深圳市科技局", day, today=DAY, short="深圳科技局", honorific="贵部"
    )
    found = unit(book, "深圳科创局")
    assert (found.id, found.name, found.honorific) == ("sz-kcj", "深圳市科技局", "贵部")
    old = unit_on(found, date(2019, 2, 28))
    assert (old.name, old.honorific) == ("深圳市科技创新局（示例）", "贵局")
    assert "  short: 深圳科技局     # 简称已议定\n" in text(book)


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("新名", date(2020, 3, 6), "还没有到"),
        ("深圳市科技创新局（示例）", DAY, "单位现在就叫"),
        ("广州科技局", DAY, "是gz-kjj"),
    ],
)
def test_a_name_that_cannot_be_is_refused(book: Desk, name: str, day: date, words: str) -> None:
    with pytest.raises(EditorialError, match=words):
        rename_unit(book, "sz-kcj", name, day, today=DAY)


def test_a_short_name_that_stays_is_remarked(book: Desk) -> None:
    act = rename_unit(book, "sz-kcj", "新名", DAY, today=DAY)
    assert act.remarks == ("简称仍是“深圳科创局”，要改请加 --short",)


def test_a_second_renaming_comes_after_the_first(book: Desk) -> None:
    rename_unit(book, "sz-kcj", "二名", date(2019, 3, 1), today=DAY)
    with pytest.raises(EditorialError, match="现在的名称2019年3月1日才起用"):
        rename_unit(book, "sz-kcj", "三名", date(2019, 3, 1), today=DAY)
    rename_unit(book, "sz-kcj", "三名", date(2020, 1, 1), today=DAY)
    names = [unit_on(unit(book, "三名"), date(year, 6, 1)).name for year in (2018, 2019, 2020)]
    assert names == ["深圳市科技创新局（示例）", "二名", "三名"]


def test_chasing_pauses_and_goes_on(book: Desk) -> None:
    pause_unit(book, "gz-kjj", date(2020, 4, 1), "机构改革", today=DAY)
    assert lines(book) == ([], ["  pause: {until: 2020-04-01, reason: 机构改革}"])
    resume_unit(book, "gz-kjj")
    assert text(book) == TEXT


@pytest.mark.parametrize(
    ("until", "reason", "words"),
    [(date(2020, 3, 4), "忙", "已经过去"), (date(2020, 4, 1), " ", "须写原因")],
)
def test_a_pause_needs_a_day_and_a_reason(book: Desk, until: date, reason: str, words: str) -> None:
    with pytest.raises(EditorialError, match=words):
        pause_unit(book, "gz-kjj", until, reason, today=DAY)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Contact(name="李", mail="不是邮箱"), "不是邮箱的写法"),
        (Contact(name="李", mail="a@b.invalid\nBcc: c@d.invalid"), "不是邮箱的写法"),
        (Contact(name="李", phone="abc"), "不是电话的写法"),
        (Contact(name="李", phone="not-a-mail"), "不是电话的写法"),
        (Contact(name="李", phone="转-（）"), "不是电话的写法"),
        (Contact(name="李", phone="12"), "不是电话的写法"),
        (Contact(name=""), "没有说联络员要改什么"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(book: Desk, told: Contact, words: str) -> None:
    with pytest.raises(EditorialError, match=words):
        change_contact(book, "sz-kcj", told, DAY)


@pytest.mark.parametrize(
    "phone",
    [
        "0755-0000-0001",
        "+86 755 0000 0001",
        "（0755）00000001转801",
        "0755-00000001 分机 12",
        "８０１２",
        "0755-00000001、0755-00000002",
    ],
)
def test_a_number_may_be_written_as_people_do(book: Desk, phone: str) -> None:
    change_contact(book, "sz-kcj", Contact(name="李", phone=phone), DAY)
    assert phone in text(book)


ACTS: tuple[Callable[[Desk], Act], ...] = (
    lambda desk: add_unit(desk, Unit(id="x", name="新局")),
    lambda desk: confirm_units(desk, ("sz-kcj",), DAY, today=DAY),
    lambda desk: change_contact(desk, "sz-kcj", Contact(name="李乙", phone="0755-0002"), DAY),
    lambda desk: rename_unit(desk, "sz-kcj", "新名", DAY, today=DAY),
    lambda desk: pause_unit(desk, "sz-kcj", DAY, "忙", today=DAY),
)


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_one_commit_of_one_file_and_can_be_undone(
    desk: Desk, git: Git, act: Callable[[Desk], Act]
) -> None:
    before = text(desk)
    act(desk)
    assert git("show", "--format=", "--name-only").splitlines() == [UNITS]
    assert (git("status", "--porcelain"), text(desk) == before) == ("", False)
    undo(desk, at=AT)
    assert text(desk) == before


def test_no_number_gets_into_the_log(desk: Desk, git: Git) -> None:
    told = Contact(name="", phone="0755-9999", mail="x@example.invalid", chat="wx-9999")
    change_contact(desk, "sz-kcj", told, DAY)
    propose_contact(desk, "sz-kcj", Contact(name="李", phone="0755-9999"), at=AT)
    log = git("log", "-2", "--format=%B")
    assert "单位：深圳科创局联络员的电话、邮箱、微信，自2020年3月5日起" in log
    assert not [secret for secret in ("9999", "example.invalid") if secret in log]


# What a reply says of the contact


def propose(desk: Desk, contact: Contact, unit: str = "sz-kcj") -> str:
    found = propose_contact(desk, unit, contact, at=AT, returned="0003")
    assert found is not None
    return found[0].id


def test_a_proposal_changes_nothing_until_it_is_accepted(desk: Desk, git: Git) -> None:
    before = text(desk)
    number = propose(desk, Contact(name="李乙", phone="0755-2", since=date(2020, 3, 1)))
    assert text(desk) == before
    accept_proposal(desk, number, at=AT)
    new = contact_on(unit(desk, "sz-kcj"), DAY)
    assert new is not None
    assert (new.name, new.since, new.confirmed) == ("李乙", date(2020, 3, 1), DAY)
    assert len(git("show", "--format=", "--name-only").splitlines()) == 2
    assert proposal_state(find_proposal(desk, "1")) is ProposalState.ACCEPTED


def test_an_acceptance_undone_leaves_the_proposal_open(desk: Desk) -> None:
    before = text(desk)
    accept_proposal(desk, propose(desk, Contact(name="李乙")), at=AT)
    undo(desk, at=AT)
    assert text(desk) == before
    assert proposal_state(find_proposal(desk, "1")) is ProposalState.OPEN
    accept_proposal(desk, "1", at=AT)


def test_the_editor_may_set_another_day(desk: Desk) -> None:
    number = propose(desk, Contact(name="李乙"))
    accept_proposal(desk, number, at=AT, day=date(2020, 4, 1))
    contacts = unit(desk, "sz-kcj").contacts
    assert [(c.name, c.since, c.until) for c in contacts] == [
        ("陈甲", date(2018, 1, 1), date(2020, 3, 31)),
        ("李乙", date(2020, 4, 1), None),
    ]


def test_a_proposal_refused_is_kept_with_its_reason(desk: Desk) -> None:
    before = text(desk)
    number = propose(desk, Contact(name="李乙"))
    with pytest.raises(EditorialError, match="须写原因"):
        refuse_proposal(desk, number, at=AT, note="")
    refuse_proposal(desk, number, at=AT, note="电话问过，没有换人")
    kept = find_proposal(desk, number)
    assert (kept.history[-1].note, text(desk)) == ("电话问过，没有换人", before)
    with pytest.raises(EditorialError, match="未采纳，不再改"):
        accept_proposal(desk, number, at=AT)


@pytest.mark.parametrize(
    "told", [Contact(name="陈甲"), Contact(name="", phone="0755-0000-0001"), Contact(name="李乙")]
)
def test_what_the_register_says_or_waits_already_is_not_proposed_again(
    desk: Desk, told: Contact
) -> None:
    propose(desk, Contact(name="李乙"))
    assert propose_contact(desk, "sz-kcj", told, at=AT) is None
    assert len(proposals(desk)) == 1


def test_a_broken_proposal_is_found_by_verify(desk: Desk) -> None:
    propose(desk, Contact(name="李乙"))
    path = desk.root / "volumes/xiao-2019/proposals/0001.yaml"
    path.write_text(path.read_text("utf-8").replace("open", "offen"), encoding="utf-8")
    assert [p.key for p in verify(desk).problems] == ["history.1.to"]


# The register


def wrote(desk: Desk, number: str, *steps: tuple[date, str], reply: Reply | None = None) -> None:
    """A letter of theirs as the register of letters has it."""
    letter = Letter(
        kind=LetterKind.REVISE,
        unit="sz-kcj",
        title="函",
        due=date(2020, 3, 20),
        contact="linqing",
        reply=reply,
        history=tuple(
            Step(at=datetime.combine(day, AT.timetz()), by="linqing", to=to) for day, to in steps
        ),
    )
    path = f"volumes/xiao-2019/letters/{number}/letter.yaml"
    save_record(desk, letter, path, Message(subject="函", act="letter new", by="linqing"))


@pytest.fixture
def answered(desk: Desk) -> Desk:
    """One letter sent on 5 March and answered on the 9th, one not answered, one not sent."""
    came = Reply(date=date(2020, 3, 9), channel="邮件")
    wrote(desk, "0001", (DAY, "sent"), (date(2020, 3, 10), "replied"), reply=came)
    wrote(desk, "0002", (DAY, "sent"))
    wrote(desk, "0003", (DAY, "draft"))
    return desk


def test_a_unit_is_shown_with_its_letters_tasks_and_sections(answered: Desk) -> None:
    found = account(answered, "深圳科创局", date(2020, 3, 21))
    assert [(x.letter.id, x.days, x.open) for x in found.letters] == [
        ("0001", 4, False),
        ("0002", None, True),
    ]
    assert [x.id for x in found.drafted] == ["0003"]
    counts = found.entry.response
    assert (counts.sent, counts.in_time, counts.unanswered, counts.overdue) == (2, 1, 1, 1)
    assert [section.id for section in found.sections] == [
        "01-keji/01-gaikuang",
        "01-keji/02-pingtai",
    ]


def ids(desk: Desk, day: date = DAY, **wanted: Any) -> list[str]:
    return [each.unit.id for each in register(desk, day, Wanted(**wanted))]


def test_the_register_lists_what_is_wanted(answered: Desk) -> None:
    assert ids(answered) == ["sz-kcj", "gz-kjj", "sheng-fgw"]
    assert ids(answered, city="广州") == ["gz-kjj"]
    assert ids(answered, date(2020, 3, 21), overdue=True) == ["sz-kcj", "gz-kjj"]
    assert ids(answered, date(2018, 6, 1), unconfirmed=True) == ["gz-kjj", "sheng-fgw"]
    confirm_units(answered, ("sz-kcj",), DAY, today=DAY)
    assert ids(answered, date(2021, 3, 4), unconfirmed=True) == ["gz-kjj", "sheng-fgw"]


@pytest.mark.parametrize(
    ("wanted", "words"), [({"city": "深川"}, "在“深川”"), ({"kind": "局"}, "属于“局”")]
)
def test_a_city_or_kind_nobody_has_is_told(desk: Desk, wanted: dict[str, str], words: str) -> None:
    with pytest.raises(EditorialError, match=f"没有单位{words}"):
        ids(desk, DAY, **wanted)


def test_a_contact_who_leaves_stays_in_the_register(book: Desk) -> None:
    told = end_contact(book, "深圳科创局", DAY)
    unit = find_unit(loaded(book).volume.units, "sz-kcj")
    assert [(each.name, each.until) for each in unit.contacts] == [("陈甲", DAY)]
    assert contact_on(unit, DAY) is not None
    assert contact_on(unit, date(2020, 3, 6)) is None
    assert told.message.startswith("单位：深圳科创局联络员陈甲离任，到2020年3月5日止")


@pytest.mark.parametrize(
    ("unit", "why"), [("广州科技局", "没有联络员"), ("深圳科创局", "本来就到")]
)
def test_nobody_leaves_twice_or_without_having_been(book: Desk, unit: str, why: str) -> None:
    end_contact(book, "深圳科创局", DAY)
    with pytest.raises(EditorialError, match=why):
        end_contact(book, unit, DAY)


def test_letters_in_hand_are_counted_until_they_are_closed(answered: Desk) -> None:
    wrote(answered, "0004", (DAY, "sent"), (DAY, "closed"))
    wrote(answered, "0005", (DAY, "void"))
    counted = {each.unit.id: each.in_hand for each in register(answered, DAY, Wanted())}
    assert counted == {"sz-kcj": 3, "gz-kjj": 0, "sheng-fgw": 0}
