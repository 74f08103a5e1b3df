"""Letters carried on, sent and answered by their keys; what is compared lies on disk and in git."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from editorial.desk.letters import find_letter, letters, register_reply
from editorial.desk.office import Desk, open_desk
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letters
from editorial.model.labels import Answer, Channel, LetterKind, LetterState
from editorial.model.letters import LetterItem, letter_state
from editorial.tui.acts import now
from tests.tui.seen import Play

Git = Callable[..., str]
PINGTAI = "01-keji/02-pingtai"
LETTERS = "f4"


def draft(desk: Desk, unit: str) -> None:
    from editorial.desk.drafting import new_letter

    item = LetterItem(section=PINGTAI, request="请补充2018年数据")
    due = date.today() + timedelta(days=14)
    new_letter(desk, kind=LetterKind.REVISE, unit=unit, items=(item,), due=due, at=now())


@pytest.fixture
def drafted(desk: Desk) -> Desk:
    """Two letters: 0001 to 深圳科创局, 0002 to 广州科技局, listed the newest first."""
    draft(desk, "sz-kcj")
    draft(desk, "gz-kjj")
    return desk


@pytest.fixture
def signed(drafted: Desk) -> Desk:
    approve_letters(drafted, ("1", "2"), at=now())
    return drafted


@pytest.fixture
def out(signed: Desk) -> Desk:
    """0001 has gone, and stands second."""
    send_letter(signed, "1", at=now())
    return signed


def states(desk: Desk) -> list[LetterState]:
    return [letter_state(each) for each in letters(desk)]


def subject(git: Git) -> str:
    return git("log", "-1", "--format=%s")


# The register


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_no_line_is_wider_than_the_terminal(
    play: Play, sample: Path, size: tuple[int, int]
) -> None:
    lines = play(LETTERS, "space", size=size, at=open_desk(sample)).lines
    assert {cell_len(line) for line in lines} == {size[0]}


@pytest.mark.parametrize("heading", ["状态", "种类", "致", "期限", "事项"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_columns_stand_straight(
    play: Play, sample: Path, heading: str, size: tuple[int, int]
) -> None:
    lines = play(LETTERS, "space", size=size, at=open_desk(sample)).lines
    start = cell_len(lines[2].split(heading)[0])
    assert {set_cell_size(line, start)[-1] for line in lines[3:10]} == {" "}


def test_the_filter_finds_a_unit(play: Play, drafted: Desk) -> None:
    seen = play(LETTERS, "slash", "=深圳", "enter")
    assert ("筛选“深圳”：1行" in seen.lines[1], "（0001）" in seen.lines[3]) == (True, True)


def test_esc_drops_the_filter_then_the_marks_then_the_screen(play: Play, drafted: Desk) -> None:
    keys = (LETTERS, "space", "slash", "=深圳", "enter")
    told = [play(*keys, *["escape"] * times) for times in (1, 3)]
    assert ["已标记1行" in told[0].lines[1], told[1].screen] == [False, "BoardScreen"]


# Drafting


def test_a_letter_goes_to_each_unit_that_owes_a_section(play: Play, desk: Desk, git: Git) -> None:
    play(LETTERS, "n", *["tab"] * 5, "space", "f10")
    drafted = letters(desk)
    told = {(each.batch, item.basis) for each in drafted for item in each.items}
    assert (len(drafted) > 1, told) == (True, {("1", "尚未收到供稿")})
    assert subject(git).startswith("函件：拟稿")


def test_without_a_source_no_letter_is_drafted(play: Play, desk: Desk) -> None:
    seen = play(LETTERS, "n", "f10")
    assert ("还没有说事项从哪里取" in seen.text, letters(desk)) == (True, ())


# Several at once


def test_all_marked_letters_are_checked_in_one_commit(play: Play, drafted: Desk, git: Git) -> None:
    play(LETTERS, "ctrl+a", "f2")
    assert (states(drafted), subject(git)) == ([LetterState.CHECKED] * 2, "函件：核稿 0001等2封")


def test_all_marked_letters_are_signed_after_one_question(play: Play, drafted: Desk) -> None:
    asked = play(LETTERS, "ctrl+a", "f3")
    play(LETTERS, "ctrl+a", "f3", "enter")
    assert ("签发：2封" in asked.text, states(drafted)) == (True, [LetterState.APPROVED] * 2)


def test_what_will_go_to_whom_is_shown_before_it_goes(play: Play, signed: Desk) -> None:
    seen = play(LETTERS, "shift+f4")
    words = ("共2封，都可以发", "深圳科创局", "chenjia@example.invalid", "将放入发件箱")
    assert [word in seen.text for word in words] == [True] * 4
    assert states(signed) == [LetterState.APPROVED] * 2


def test_all_signed_letters_are_sent_at_once(play: Play, signed: Desk, git: Git) -> None:
    seen = play(LETTERS, "S", "enter")
    boxes = sorted(path.name for path in (signed.root / "volumes/xiao-2019/out/outbox").iterdir())
    assert (states(signed), boxes) == ([LetterState.SENT] * 2, ["0001.eml", "0002.eml"])
    assert seen.news[-1].startswith("发出：共2封，2封在发件箱里待寄出")


def test_nothing_is_sent_when_the_preview_is_left(play: Play, signed: Desk) -> None:
    play(LETTERS, "shift+f4", "escape")
    assert states(signed) == [LetterState.APPROVED] * 2


def test_only_marked_letters_are_sent(play: Play, signed: Desk) -> None:
    play(LETTERS, "down", "space", "f4", "enter")
    assert states(signed) == [LetterState.SENT, LetterState.APPROVED]


def test_what_did_not_go_is_listed_afterwards(play: Play, signed: Desk) -> None:
    (signed.root / "volumes/xiao-2019/letters/0002/公函.pdf").write_bytes(b"changed")
    seen = play(LETTERS, "shift+f4", "enter")
    assert (seen.screen, states(signed)) == (
        "SentDialog",
        [LetterState.SENT, LetterState.APPROVED],
    )


def test_another_way_is_chosen_for_a_letter(play: Play, signed: Desk) -> None:
    way = ("f2", "enter", "down", "down", "down", "enter", "tab", "=陈甲", "f10")
    play(LETTERS, "down", "f4", *way)
    delivery = find_letter(signed, "1").deliveries[-1]
    assert (delivery.channel, delivery.to) == (Channel.HAND, "陈甲")


def test_without_a_signed_letter_there_is_nothing_to_send(play: Play, drafted: Desk) -> None:
    assert play(LETTERS, "shift+f4").news == ("没有已签发、待发出的函",)


# Answers


@pytest.mark.parametrize(
    ("key", "way"),
    [("1", "电话"), ("2", "纸质"), ("3", "微信群"), ("4", "U盘"), ("5", "邮件"), ("6", "当面")],
)
def test_one_key_registers_a_reply_today(
    play: Play, out: Desk, git: Git, key: str, way: str
) -> None:
    seen = play(LETTERS, "down", key)
    reply = find_letter(out, "1").reply
    assert reply is not None
    assert (reply.channel, reply.date) == (way, date.today())
    told = subject(git)
    assert (told.endswith(f"回函（深圳科创局，{way}）"), seen.news) == (True, (told,))


def test_full_width_figures_are_figures_too(play: Play, out: Desk) -> None:
    play(LETTERS, "down", "４")
    reply = find_letter(out, "1").reply
    assert reply is not None
    assert reply.channel == "U盘"


def test_the_keys_of_the_replies_stand_on_the_screen(play: Play, out: Desk) -> None:
    told = "一键记回函： 1 电话 2 纸质 3 微信群 4 U盘 5 邮件 6 当面"
    assert told in play(LETTERS).text


def test_a_reply_is_taken_back(play: Play, out: Desk) -> None:
    play(LETTERS, "down", "1", "ctrl+z", "enter")
    assert states(out)[0] is LetterState.SENT


def test_a_second_reply_is_asked_for_in_the_form(play: Play, out: Desk, git: Git) -> None:
    seen = play(LETTERS, "down", "1", "3")
    assert (seen.screen, subject(git)[-3:-1], "微信群" in seen.text) == (
        "ReplyDialog",
        "电话",
        True,
    )


def test_a_letter_that_has_not_gone_has_no_reply(play: Play, out: Desk) -> None:
    seen = play(LETTERS, "1")
    assert (seen.screen, find_letter(out, "2").reply) == ("ErrorDialog", None)


def test_the_form_takes_the_answer_ticked(play: Play, out: Desk) -> None:
    answer = ("tab", "tab", "enter", "down", "down", "enter", "tab", "=+9")
    play(LETTERS, "down", "f6", *answer, "f10")
    reply = find_letter(out, "1").reply
    assert reply is not None
    assert (reply.answer, reply.until, states(out)[0]) == (
        Answer.EXTENSION,
        date.today() + timedelta(days=9),
        LetterState.SENT,
    )


def test_a_day_without_a_wish_for_it_is_not_taken(play: Play, out: Desk) -> None:
    seen = play(LETTERS, "down", "f6", "tab", "tab", "tab", "=+9", "f10")
    assert ("只用于申请延期" in seen.text, find_letter(out, "1").reply) == (True, None)


def test_the_papers_of_a_reply_are_kept_with_the_letter(
    play: Play, out: Desk, tmp_path: Path
) -> None:
    paper = tmp_path / "来函.pdf"
    paper.write_bytes("示例".encode())
    play(LETTERS, "down", "f6", *["tab"] * 6, f"={paper}", "f10")
    kept = out.root / "volumes/xiao-2019/letters/0001/回函-来函.pdf"
    assert kept.read_bytes() == paper.read_bytes()


@pytest.fixture
def wished(out: Desk) -> Desk:
    """深圳 asks for ten more days."""
    told = {"answer": Answer.EXTENSION, "until": date.today() + timedelta(days=24)}
    register_reply(out, "1", at=now(), on=date.today(), channel="电话", **told)
    return out


def test_a_wish_for_a_later_day_stands_in_the_register(play: Play, wished: Desk) -> None:
    assert "申请延期至" in play(LETTERS, size=(120, 40)).lines[4]


def test_a_wish_for_a_later_day_is_granted_with_two_keys(play: Play, wished: Desk) -> None:
    play(LETTERS, "down", "f9", "f10")
    letter = find_letter(wished, "1")
    assert letter.extended == date.today() + timedelta(days=24)
