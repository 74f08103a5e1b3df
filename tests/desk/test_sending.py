"""Letters sent by every way: each unit gets exactly one, whatever breaks in between."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from editorial.desk.letter_register import register_of
from editorial.desk.letters import find_letter, letters, register_reply, wanted_letters
from editorial.desk.office import Desk, open_desk
from editorial.desk.outbox import outbox
from editorial.desk.send_plan import Wish
from editorial.desk.sending import Sent, send_letter, send_letters
from editorial.desk.tray import waiting
from editorial.desk.undo import undo
from editorial.desk.verify import verify
from editorial.errors import EditorialError
from editorial.model.labels import Channel, DeliveryState, LetterState, Secrecy
from editorial.model.letters import Letter, letter_state, standing
from editorial.store.records import written
from editorial.store.sendlog import sending
from tests.desk.letter_batch import AT, BASE, BATCH, add_batch, address
from tests.post.imap_server import ImapServer
from tests.post.mail_server import CRASH, DROP_LOST, DROP_TAKEN, PASSWORD, USER, MailServer

MANY, BROKEN = 120, 41
Git = Callable[..., str]


def batch(template: Path, root: Path, count: int, *, large: tuple[int, ...] = ()) -> Path:
    shutil.copytree(template, root, symlinks=True)
    add_batch(root, count, large=large)
    return root


@pytest.fixture(scope="session")
def _many(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return batch(_template, tmp_path_factory.mktemp("many") / "shu", MANY, large=(BROKEN,))


@pytest.fixture(scope="session")
def _few(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return batch(_template, tmp_path_factory.mktemp("few") / "shu", 3)


@pytest.fixture
def many(_many: Path, tmp_path: Path) -> Desk:
    """120 signed letters to 120 units."""
    return open_desk(Path(shutil.copytree(_many, tmp_path / "many", symlinks=True)))


@pytest.fixture
def few(_few: Path, workspace: Path) -> Desk:
    """Three signed letters to three units."""
    shutil.rmtree(workspace)
    return open_desk(Path(shutil.copytree(_few, workspace, symlinks=True)))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    monkeypatch.setenv("EDITORIAL_SMTP_PASSWORD", PASSWORD)
    with MailServer() as running:
        yield running


def mailed(desk: Desk, server: MailServer, more: str = "") -> None:
    """The workspace mails through the server."""
    text = (
        f"sender: {{mail: {USER}, name: 示例市地方志办公室}}\n"
        f"smtp:\n  host: 127.0.0.1\n  port: {server.port}\n  security: none\n  user: {USER}\n"
        f"  per_minute: 0\n  pause: 0\n  tries: 2\n  timeout: 10\n{more}"
    )
    (desk.root / "styles/mail.yaml").write_text(text, encoding="utf-8")
    subprocess.run(["git", "add", "-A"], cwd=desk.root, check=True)
    subprocess.run(["git", "commit", "-qm", "邮箱"], cwd=desk.root, check=True)


def send_all(desk: Desk, **wish: Any) -> Sent:
    return send_letters(desk, at=AT, batch=BATCH, wish=Wish(**wish))


def received(server: MailServer) -> Counter[str]:
    return Counter(address for recipients, _ in server.taken for address in recipients)


def once(*numbers: int) -> Counter[str]:
    return Counter(address(number) for number in numbers)


def states(desk: Desk) -> Counter[LetterState]:
    return Counter(letter_state(letter) for letter in letters(desk))


def last(desk: Desk, letter: str = "1") -> DeliveryState:
    return find_letter(desk, letter).deliveries[-1].state


def how(sent: Sent) -> list[tuple[str, str]]:
    return [(each.letter.id, each.state) for each in sent.results]


def changed(desk: Desk, letter_id: str, change: Callable[[Letter], Letter]) -> None:
    letter = find_letter(desk, letter_id)
    path = f"{BASE}/letters/{letter.id}/letter.yaml"
    (desk.root / path).write_bytes(written(desk.workspace.files, path, change(letter)))
    subprocess.run(["git", "commit", "-qam", "改"], cwd=desk.root, check=True)


def units(desk: Desk, old: str, new: str) -> None:
    path = desk.root / BASE / "units.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    subprocess.run(["git", "commit", "-qam", "改单位"], cwd=desk.root, check=True)


# Half-sent and taken up again


def test_each_of_many_units_gets_exactly_one_over_a_crash_and_a_wrong_password(
    many: Desk, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed(many, server, "  per_connection: 30\n")
    server.faults = {BROKEN: CRASH}
    crashed = send_all(many)
    assert crashed.trouble is not None
    assert (len(server.taken), sum(each.remains for each in crashed.results)) == (40, 80)

    server.start()
    server.on_data[60] = lambda: setattr(server, "password", "changed meanwhile")
    locked_out = send_all(many)
    assert locked_out.trouble is not None
    assert "密码" in locked_out.trouble.message
    assert (len(server.taken), server.logins.count(False)) == (70, 1)

    monkeypatch.setenv("EDITORIAL_SMTP_PASSWORD", server.password)
    last = send_all(many)
    assert (last.trouble, any(each.remains for each in last.results)) == (None, False)
    assert received(server) == once(*range(1, MANY + 1))
    assert states(many) == {LetterState.SENT: MANY}


def killed(desk: Desk, server: MailServer, number: int, fault: str) -> None:
    """`letter send` as a process of its own, killed by the server at a DATA command."""
    command = [sys.executable, "-m", "editorial", "letter", "send", "--batch", BATCH]
    process = subprocess.Popen(command, cwd=desk.root, stdout=subprocess.DEVNULL)

    def kill() -> None:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    server.faults[number] = fault
    server.on_data[number] = kill
    assert process.wait() == -signal.SIGKILL


def test_killed_before_a_message_is_whole_nothing_is_in_doubt(
    few: Desk, server: MailServer, git: Git
) -> None:
    mailed(few, server)
    killed(few, server, 2, "")
    assert [last(few, n) for n in "123"] == [DeliveryState.PREPARED] * 3
    assert how(send_all(few)) == [("0001", "已发"), ("0002", "已发"), ("0003", "已发")]
    assert received(server) == once(1, 2, 3)
    assert git("status", "--porcelain") == ""


@pytest.mark.parametrize(("fault", "wish"), [(DROP_TAKEN, "sent"), (DROP_LOST, "resend")])
def test_killed_between_a_message_and_its_receipt_only_that_one_is_asked_about(
    few: Desk, server: MailServer, fault: str, wish: str
) -> None:
    mailed(few, server)
    killed(few, server, 2, fault)
    assert how(send_all(few)) == [("0001", "已发"), ("0002", "不明"), ("0003", "已发")]
    assert last(few, "2") is DeliveryState.UNSURE
    send_letter(few, "2", at=AT, wish=Wish(**{wish: True}))
    assert received(server) == once(1, 2, 3)
    assert states(few) == {LetterState.SENT: 3}


def test_one_in_doubt_is_not_sent_again_by_itself(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    server.faults = {1: DROP_TAKEN}
    send_all(few)
    (doubtful, *_) = send_all(few).results
    assert "不明" in doubtful.words
    assert "--sent" in doubtful.hint
    assert received(server) == once(1, 2, 3)


def test_a_second_copy_is_the_same_message(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    server.faults = {1: DROP_TAKEN}
    send_all(few)
    send_letter(few, "1", at=AT, wish=Wish(resend=True))
    first, second = (data for to, data in server.taken if to == [address(1)])
    assert first == second


def test_on_another_machine_a_letter_prepared_is_in_doubt(
    few: Desk, server: MailServer, tmp_path: Path
) -> None:
    mailed(few, server)
    killed(few, server, 1, "")
    subprocess.run(["git", "clone", "-q", str(few.root), str(tmp_path / "other")], check=True)
    other = open_desk(tmp_path / "other")
    assert all("没有那次的记录" in each.words for each in send_all(other).results)
    assert server.taken == []


def test_the_folder_of_sent_mail_settles_a_doubt(
    few: Desk, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ImapServer() as kept:
        kept.fresh()
        imap = f"{{host: 127.0.0.1, port: {kept.port}, security: none, user: {USER}"
        mailed(few, server, f"imap: {imap}, sent: {kept.folder}}}\n")
        monkeypatch.setenv("EDITORIAL_IMAP_PASSWORD", PASSWORD)
        server.faults = {1: DROP_TAKEN, 2: DROP_LOST}
        send_all(few)
        kept.put(server.taken[0][1])
        sent = send_letters(few, at=datetime.now(UTC), batch=BATCH)
    assert how(sent) == [("0001", "已发"), ("0002", "不明"), ("0003", "已发")]
    assert "查到1封，下落不明的还有1封" in sent.remarks[-1]


def test_two_do_not_send_at_once(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    with (
        sending(few.workspace, few.volume_id),
        pytest.raises(EditorialError, match="另一处正在发函"),
    ):
        send_all(few)
    assert server.taken == []


# What is kept


def test_the_message_kept_is_the_one_that_arrived(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    send_all(few)
    kept = (few.root / BASE / "letters/0001/message.eml").read_bytes()
    assert server.taken[0][1] == kept.replace(b"X-Unsent: 1\r\n", b"")
    delivery = find_letter(few, "1").deliveries[-1]
    assert delivery.sha256 == hashlib.sha256(kept).hexdigest()
    assert delivery.message_id.encode() in kept
    assert verify(few).problems == ()


def test_a_sending_is_two_commits(few: Desk, server: MailServer, git: Git) -> None:
    mailed(few, server)
    send_all(few)
    assert git("log", "-2", "--format=%s").splitlines() == [
        "函件：发出 示志函〔2020〕1号等（已发3封）",
        "函件：备发 示志函〔2020〕1号等3封",
    ]


def test_a_letter_that_was_tried_cannot_be_undone(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    server.stop()
    send_all(few)
    assert last(few) is DeliveryState.POSTPONED
    with pytest.raises(EditorialError, match="不能撤销“函件：发出"):
        undo(few, at=AT)


def test_a_letter_that_has_gone_does_not_go_again(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    send_all(few)
    assert how(send_all(few)) == [("0001", "已发"), ("0002", "已发"), ("0003", "已发")]
    assert received(server) == once(1, 2, 3)


def test_an_altered_paper_stops_only_its_own_letter(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    (few.root / BASE / "letters/0002/公函.docx").write_bytes(b"x")
    sent = send_all(few)
    assert how(sent) == [("0001", "已发"), ("0002", "签发"), ("0003", "已发")]
    assert "被改过" in sent.results[1].words


# What the server refuses


def test_an_address_refused_waits_until_it_is_mended(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    server.refused = {address(2): "550 no such user"}
    send_all(few)
    assert last(few, "2") is DeliveryState.REFUSED
    assert "上次被拒收" in send_all(few).results[1].words
    units(few, address(2), "right@example.org")
    assert send_all(few).results[1].state == "已发"
    assert received(server) == once(1, 3) + Counter(["right@example.org"])


def test_what_is_too_large_for_the_server_says_so(workspace: Path, server: MailServer) -> None:
    add_batch(workspace, 2, large=(1,))
    desk = open_desk(workspace)
    server.size = 1 << 20
    mailed(desk, server)
    sent = send_all(desk)
    assert how(sent) == [("0001", "被拒收"), ("0002", "已发")]
    assert "超过邮件服务器的限度1.0兆" in sent.results[0].words


def test_without_a_password_nothing_is_prepared(
    few: Desk, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed(few, server)
    monkeypatch.delenv("EDITORIAL_SMTP_PASSWORD")
    sent = send_all(few)
    assert sent.trouble is not None
    assert "EDITORIAL_SMTP_PASSWORD" in sent.trouble.hint
    assert (states(few), find_letter(few, "1").deliveries) == ({LetterState.APPROVED: 3}, ())


# Ways


def test_tries_that_never_reached_the_server_leave_one_line(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    server.stop()
    for _ in range(2):
        send_all(few)
    assert [each.state for each in find_letter(few, "1").deliveries] == [DeliveryState.POSTPONED]


def test_without_a_server_all_go_into_the_outbox_in_one_commit(few: Desk, git: Git) -> None:
    assert how(send_all(few)) == [("0001", "发件箱"), ("0002", "发件箱"), ("0003", "发件箱")]
    assert outbox(few, find_letter(few, "3")).read_bytes().startswith(b"From: ")
    assert git("log", "-1", "--format=%s") == "函件：放入发件箱，待寄出 示志函〔2020〕1号等3封"


def test_what_lies_in_the_outbox_is_said_not_to_have_gone_until_somebody_says_so(
    few: Desk,
) -> None:
    told = send_all(few).remarks
    assert [line.partition("：")[0] for line in told] == ["发件箱", "还没有寄出", "寄出以后记一笔"]
    assert told[-1].endswith(f"letter send --batch {BATCH} --sent")
    assert {standing(letter) for letter in letters(few)} == {"待寄出"}
    assert "还没有寄出的函3封" in waiting(few)[0]
    assert "待寄出" in register_of(few, 2020, AT.date()).sent[0].ways[0]
    assert how(send_letters(few, ("1",), at=AT, wish=Wish(sent=True))) == [("0001", "已发")]
    assert "还没有寄出的函2封" in waiting(few)[0]
    marked = send_letters(few, at=AT, everything=True, wish=Wish(sent=True))
    assert how(marked) == [("0002", "已发"), ("0003", "已发")]
    assert (waiting(few), last(few)) == ((), DeliveryState.SENT)
    assert {standing(letter) for letter in letters(few)} == {"发出"}


def test_what_lies_in_the_outbox_can_be_laid_out_again(few: Desk) -> None:
    send_all(few)
    outbox(few, find_letter(few, "1")).unlink()
    assert how(send_letters(few, ("1",), at=AT)) == [("0001", "待寄出")]
    assert outbox(few, find_letter(few, "1")).exists()


def test_what_was_sent_is_not_laid_out_again_unless_asked_for(few: Desk) -> None:
    send_all(few)
    send_letter(few, "1", at=AT, wish=Wish(sent=True))
    place = outbox(few, find_letter(few, "1"))
    place.unlink()
    told = send_letters(few, ("1",), at=AT)
    assert (how(told), told.remarks, place.exists()) == ([("0001", "已发")], (), False)
    assert told.results[0].words == "2020年3月5日已发出；对方没有收到的，写 --resend 再发一次"
    send_letter(few, "1", at=AT, wish=Wish(resend=True))
    assert (place.exists(), last(few)) == (True, DeliveryState.LAID_OUT)


@pytest.mark.parametrize("way", [None, Channel.PAPER])
def test_nothing_is_committed_when_nothing_can_be_laid_out(
    few: Desk, git: Git, way: Channel | None
) -> None:
    head = git("rev-parse", "HEAD")
    out = few.root / BASE / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.touch()
    with pytest.raises(EditorialError, match="没有写入任何内容"):
        send_all(few, channel=way)
    assert (git("rev-parse", "HEAD"), states(few)) == (head, {LetterState.APPROVED: 3})
    out.unlink()
    send_all(few, channel=way)
    assert states(few) == {LetterState.SENT: 3}


def test_what_was_committed_and_could_not_be_laid_out_is_told_with_the_remedy(few: Desk) -> None:
    blocked = outbox(few, find_letter(few, "2"))
    blocked.mkdir(parents=True)
    with pytest.raises(EditorialError, match="1号等3封已经记好，但要寄的文件没有全部放好") as told:
        send_all(few)
    assert "editorial letter send 0001 0002 0003" in told.value.hint
    assert {standing(letter) for letter in letters(few)} == {"待寄出"}
    blocked.rmdir()
    send_letters(few, ("1", "2", "3"), at=AT)
    assert blocked.read_bytes().startswith(b"From: ")


def test_the_list_is_asked_by_the_words_it_shows(few: Desk) -> None:
    send_all(few)
    send_letter(few, "1", at=AT, wish=Wish(sent=True))
    waits = wanted_letters(few, "状态:待寄出", AT.date())
    assert [each.id for each in waits] == ["0002", "0003"]
    assert len(wanted_letters(few, "状态:发出", AT.date())) == 3


def test_no_answer_comes_before_the_letter_went(few: Desk) -> None:
    send_all(few)
    with pytest.raises(EditorialError, match="2019年1月1日早于发出日期2020年3月5日") as refused:
        register_reply(few, "1", at=AT, on=date(2019, 1, 1), channel="电话")
    assert "--on" in refused.value.hint


def test_the_day_it_was_sent_by_hand_is_kept(few: Desk) -> None:
    send_all(few)
    later = AT + timedelta(days=3)
    send_letters(few, ("1",), at=later, wish=Wish(sent=True, on=later.date()))
    assert find_letter(few, "1").deliveries[-1].at.date() == later.date()
    with pytest.raises(EditorialError, match="早于签发日期"):
        send_letter(few, "2", at=later, wish=Wish(sent=True, on=date(2019, 1, 1)))


def test_a_day_before_one_was_signed_stops_only_that_one(few: Desk) -> None:
    day, later = AT.date() + timedelta(days=1), AT + timedelta(days=3)
    path = f"{BASE}/letters/0002/letter.yaml"
    signed = replace(find_letter(few, "2"), signed=later.date())
    (few.root / path).write_bytes(written(few.workspace.files, path, signed))
    subprocess.run(["git", "commit", "-qam", "补签"], cwd=few.root, check=True)
    send_all(few)
    sent = send_letters(few, at=later, batch=BATCH, wish=Wish(sent=True, on=day))
    assert [each.remains for each in sent.results] == [False, True, False]
    assert "早于签发日期" in sent.results[1].words
    gone = [find_letter(few, number).deliveries[-1].state for number in "123"]
    assert gone == [DeliveryState.SENT, DeliveryState.LAID_OUT, DeliveryState.SENT]


def test_an_answer_shows_that_it_was_sent(few: Desk) -> None:
    send_all(few)
    register_reply(few, "1", at=AT, on=AT.date(), channel="电话")
    assert "还没有寄出的函2封" in waiting(few)[0]


@pytest.mark.parametrize("way", [Channel.MAIL, Channel.CHAT])
def test_what_is_confidential_does_not_go_by_mail_or_chat(few: Desk, way: Channel) -> None:
    changed(few, "1", lambda letter: replace(letter, secrecy=Secrecy.CONFIDENTIAL))
    with pytest.raises(EditorialError, match="密级“秘密”") as refused:
        send_letter(few, "1", at=AT, wish=Wish(channel=way))
    assert "--by paper" in refused.value.hint
    assert "--by hand" in refused.value.hint


def test_what_is_confidential_goes_on_paper(few: Desk) -> None:
    changed(few, "1", lambda letter: replace(letter, secrecy=Secrecy.CONFIDENTIAL))
    send_letter(few, "1", at=AT, wish=Wish(channel=Channel.PAPER))
    queue = few.root / BASE / "out/print-queue"
    assert [path.name for path in sorted(queue.iterdir())] == ["0001 示例单位001 送文单.pdf"]


def test_what_is_given_by_hand_is_registered_with_who_and_when(few: Desk) -> None:
    wish = Wish(channel=Channel.HAND, to="王五（示例）", on=date(2020, 3, 6))
    send_letter(few, "1", at=AT + timedelta(days=2), wish=wish)
    letter = find_letter(few, "1")
    delivery = letter.deliveries[-1]
    assert (delivery.channel, delivery.to, delivery.at.date()) == (
        Channel.HAND,
        "王五（示例）",
        date(2020, 3, 6),
    )
    assert letter_state(letter) is LetterState.SENT


def test_nothing_is_given_on_a_day_to_come(few: Desk) -> None:
    with pytest.raises(EditorialError, match="3月6日还没有到"):
        send_letter(few, "1", at=AT, wish=Wish(channel=Channel.HAND, on=date(2020, 3, 6)))


def test_nothing_is_given_before_it_is_signed(few: Desk) -> None:
    with pytest.raises(EditorialError, match="早于签发日期"):
        send_letter(few, "1", at=AT, wish=Wish(channel=Channel.HAND, on=date(2020, 3, 4)))


@pytest.mark.parametrize(
    ("prefers", "state"), [("paper", "打印队列"), ("hand", "签发"), ("mail", "发件箱")]
)
def test_a_unit_is_served_as_it_prefers(few: Desk, prefers: str, state: str) -> None:
    units(few, f"mail: {address(2)}", f"mail: {address(2)}, channel: {prefers}")
    assert how(send_all(few))[1] == ("0002", state)


def test_a_contact_who_has_left_gets_nothing(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    units(few, f"mail: {address(2)}", f"mail: {address(2)}, to: 2020-03-04")
    sent = send_all(few)
    assert how(sent) == [("0001", "已发"), ("0002", "签发"), ("0003", "已发")]
    assert "没有有效的联络员" in sent.results[1].words


def test_a_unit_without_mail_is_named_and_the_others_go(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    units(few, f", mail: {address(2)}", "")
    sent = send_all(few)
    assert how(sent) == [("0001", "已发"), ("0002", "签发"), ("0003", "已发")]
    assert "没有邮箱" in sent.results[1].words


def test_a_draft_without_a_reader_goes_to_the_mail_found_since(
    few: Desk, server: MailServer
) -> None:
    units(few, f", mail: {address(2)}", "")
    send_letter(few, "2", at=AT)
    units(few, "{name: 联络员2}", f"{{name: 联络员2, mail: {address(2)}}}")
    mailed(few, server)
    assert "要程序现在发，写 --resend" in send_letter(few, "2", at=AT).message
    send_letter(few, "2", at=AT, wish=Wish(resend=True))
    assert (received(server), last(few, "2")) == (once(2), DeliveryState.SENT)


def test_a_second_way_is_one_more_delivery(few: Desk, server: MailServer) -> None:
    mailed(few, server)
    send_all(few)
    send_letter(few, "1", at=AT, wish=Wish(channel=Channel.PAPER))
    letter = find_letter(few, "1")
    assert [each.channel for each in letter.deliveries] == [Channel.MAIL, Channel.PAPER]
    assert [step.to for step in letter.history].count("sent") == 1


def test_a_dry_run_changes_nothing(few: Desk, server: MailServer, git: Git) -> None:
    mailed(few, server)
    head = git("rev-parse", "HEAD")
    told = send_letters(few, at=AT, everything=True, dry=True)
    assert how(told) == [("0001", "将发邮件"), ("0002", "将发邮件"), ("0003", "将发邮件")]
    assert (git("rev-parse", "HEAD"), git("status", "--porcelain"), server.taken) == (head, "", [])


def test_a_batch_nobody_made_is_named(few: Desk) -> None:
    with pytest.raises(EditorialError, match="没有“第二批”这一批函") as refused:
        send_letters(few, at=AT, batch="第二批")
    assert "第一批" in refused.value.hint


# The command


def test_the_command_tells_of_each_and_ends_with_1_when_some_remain(
    few: Desk, editorial: Callable[..., Any]
) -> None:
    units(few, f"mail: {address(2)}", f"mail: {address(2)}, channel: hand")
    said = editorial("letter", "send", "--all")
    assert said.code == 1
    assert "还有1封没有发出" in said.out
    assert "--by hand" in said.err


@pytest.mark.parametrize("words", [(), ("1", "--all"), ("1", "--resend", "--sent")])
def test_the_command_must_know_which_letters(
    few: Desk, editorial: Callable[..., Any], words: tuple[str, ...]
) -> None:
    assert editorial("letter", "send", *words).code == 2
    assert states(few) == {LetterState.APPROVED: 3}


def test_a_letter_there_is_not_is_told_with_the_nearest_only(many: Desk) -> None:
    with pytest.raises(EditorialError) as refused:
        find_letter(many, "999")
    assert refused.value.hint == f"现有：{'、'.join(f'{n:04}' for n in range(109, 121))}等120个"
