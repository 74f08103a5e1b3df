"""公函 from 拟稿 to 办结: numbers without gaps or doubles, papers that nobody alters."""

from __future__ import annotations

import email
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from editorial.desk.drafting import new_letter
from editorial.desk.letter_register import make_register, register_of
from editorial.desk.letters import (
    check_letter,
    close_letter,
    find_letter,
    late_letters,
    letters,
    register_reply,
    void_letter,
    wanted_letters,
)
from editorial.desk.move import move
from editorial.desk.office import Act, Desk, open_desk
from editorial.desk.outbox import outbox
from editorial.desk.overview import overview
from editorial.desk.send_plan import Wish
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letter
from editorial.desk.tray import waiting
from editorial.desk.undo import undo
from editorial.desk.verify import verify
from editorial.errors import EditorialError, Refused
from editorial.model.labels import Channel, DeliveryState, LetterKind, LetterState
from editorial.model.letters import Delivery, LetterItem, letter_state
from editorial.store.records import written

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
DUE = date(2020, 3, 20)
PINGTAI = "01-keji/02-pingtai"
FOLDER = "volumes/xiao-2019/letters"
LETTER = ("公函.pdf", "公函.docx", "回执.pdf", "回执.docx")
EXTRACT = ("稿件摘录.docx",)


@pytest.fixture(autouse=True)
def _signed_text(workspace: Path, git: Git) -> None:
    """The joint section says whose its entry is: only that goes out with a letter."""
    text = workspace / f"volumes/xiao-2019/chapters/{PINGTAI}.md"
    text.write_text(text.read_text("utf-8") + "\n（深圳科创局　陈甲）\n", encoding="utf-8")
    git("commit", "-qam", "署名")


def draft(desk: Desk, *, kind: LetterKind = LetterKind.REVISE, unit: str = "深圳科创局") -> str:
    items = (LetterItem(section=PINGTAI, place="第3页", request="请补充2018年数据"),)
    return new_letter(desk, kind=kind, unit=unit, items=items, due=DUE, at=AT)[0].id


def approve(desk: Desk, letter: str) -> str:
    approve_letter(desk, letter, at=AT)
    return find_letter(desk, letter).number


def state(desk: Desk, letter: str = "0001") -> LetterState:
    return letter_state(find_letter(desk, letter))


def paper(desk: Desk, name: str, letter: str = "0001") -> Path:
    return desk.root / FOLDER / letter / name


def laid_out(desk: Desk) -> Path:
    return outbox(desk, find_letter(desk, "1"))


def register(desk: Desk, *papers: Path, close: bool = False) -> Act:
    return register_reply(
        desk, "1", at=AT, on=date(2020, 3, 18), channel="邮件", papers=papers, close=close
    )


@pytest.fixture
def signed(desk: Desk) -> Desk:
    """A desk with one letter that is signed and has its papers."""
    approve(desk, draft(desk))
    return desk


@pytest.fixture
def sent(signed: Desk) -> Desk:
    send_letter(signed, "1", at=AT)
    return signed


def test_a_draft_is_one_record_in_its_own_folder(desk: Desk, git: Git) -> None:
    draft(desk)
    assert git("show", "--format=", "--name-only") == f"{FOLDER}/0001/letter.yaml"
    letter = find_letter(desk, "1")
    assert (letter.unit, letter.contact, letter.number) == ("sz-kcj", "zhouwen", "")
    assert letter.title == "关于商请修改补充《小年鉴2019》内容的函"
    assert state(desk) is LetterState.DRAFT


def test_drafts_are_numbered_in_turn(desk: Desk) -> None:
    assert [draft(desk) for _ in range(3)] == ["0001", "0002", "0003"]


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_can_be_drafted_signed_and_sent(desk: Desk, kind: LetterKind) -> None:
    draft(desk, kind=kind)
    assert approve(desk, "1") == "示志函〔2020〕1号"
    assert send_letter(desk, "1", at=AT).commit


def test_the_number_and_the_papers_are_taken_in_one_commit(signed: Desk, git: Git) -> None:
    letter = find_letter(signed, "0001")
    assert (letter.number, letter.signed, letter.signatory) == (
        "示志函〔2020〕1号",
        date(2020, 3, 5),
        "周文",
    )
    assert [p.name for p in letter.papers] == [*LETTER, *EXTRACT]
    for each in letter.papers:
        data = paper(signed, each.name).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (each.sha256, each.size)
    assert len(git("show", "--format=", "--name-only").splitlines()) == 6
    assert git("status", "--porcelain") == ""


def test_numbers_run_on_over_all_volumes_of_the_workspace(desk: Desk, workspace: Path) -> None:
    shutil.copytree(workspace / "volumes/xiao-2019", workspace / "volumes/xiao-2020")
    for args in (("add", "-A"), ("commit", "-qm", "又一卷")):
        subprocess.run(["git", *args], cwd=workspace, check=True)
    other = open_desk(workspace, volume="xiao-2020")
    numbers = [approve(each, draft(each)) for each in (desk, other, desk)]
    assert numbers == ["示志函〔2020〕1号", "示志函〔2020〕2号", "示志函〔2020〕3号"]


def test_two_people_signing_at_once_do_not_take_one_number(desk: Desk, git: Git) -> None:
    call = [sys.executable, "-m", "editorial", "letter", "approve"]
    people = [
        subprocess.Popen([*call, draft(desk)], cwd=desk.root, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [person.wait() for person in people] == [0, 0]
    assert sorted(x.number[-2:] for x in letters(desk)) == ["1号", "2号"]
    assert git("status", "--porcelain") == ""


def test_a_void_letter_keeps_its_number(desk: Desk) -> None:
    approve(desk, draft(desk))
    void_letter(desk, "1", at=AT, note="发错单位")
    assert (state(desk), approve(desk, draft(desk))) == (LetterState.VOID, "示志函〔2020〕2号")


def test_a_signature_cannot_be_undone(signed: Desk) -> None:
    with pytest.raises(EditorialError, match="不能撤销“函件：签发") as refused:
        undo(signed, at=AT)
    assert "letter void" in refused.value.hint
    assert state(signed) is LetterState.APPROVED


def test_a_draft_can_be_undone_and_its_folder_is_used_again(desk: Desk) -> None:
    draft(desk)
    undo(desk, at=AT)
    assert (letters(desk), draft(desk)) == ((), "0001")


def test_a_check_can_be_undone_twice_over(desk: Desk) -> None:
    draft(desk)
    for _ in range(2):
        check_letter(desk, "1", at=AT)
        undo(desk, at=AT)
    assert state(desk) is LetterState.DRAFT


def test_a_letter_without_an_office_code_is_not_numbered(desk: Desk, git: Git) -> None:
    path = desk.root / "volumes/xiao-2019/volume.yaml"
    path.write_text(path.read_text("utf-8").replace("  code: 示志函\n", ""), encoding="utf-8")
    draft(desk)
    with pytest.raises(EditorialError, match="机关代字"):
        approve_letter(desk, "1", at=AT)
    assert git("status", "--porcelain") == " M volumes/xiao-2019/volume.yaml"


def separate(desk: Desk) -> None:
    path = desk.root / "volumes/xiao-2019/volume.yaml"
    text = path.read_text("utf-8").replace("code: 示志函", "code: 示志函\n  separate_check: true")
    path.write_text(text, encoding="utf-8")


def test_a_separate_check_is_asked_for_where_the_office_wants_it(desk: Desk) -> None:
    separate(desk)
    draft(desk)
    with pytest.raises(EditorialError, match="现为“拟稿”，不能签发"):
        approve_letter(desk, "1", at=AT)
    with pytest.raises(EditorialError, match="核稿人不能是拟稿人"):
        check_letter(desk, "1", at=AT)
    check_letter(open_desk(desk.root, by="苏静"), "1", at=AT)
    assert approve(desk, "1") == "示志函〔2020〕1号"


def test_the_message_opens_as_a_draft_with_all_papers(sent: Desk) -> None:
    message = email.message_from_bytes(laid_out(sent).read_bytes(), policy=default)
    assert (message["X-Unsent"], message["To"]) == ("1", "chenjia@example.invalid")
    assert message["Subject"].endswith("（示志函〔2020〕1号）[xiao-2019/0001]")
    assert [x.get_filename() for x in message.iter_attachments()] == [*LETTER, *EXTRACT]


def test_the_very_message_is_kept_with_the_letter(sent: Desk, git: Git) -> None:
    kept = paper(sent, "message.eml").read_bytes()
    assert laid_out(sent).read_bytes() == kept
    assert find_letter(sent, "1").papers[-1].sha256 == hashlib.sha256(kept).hexdigest()
    assert git("status", "--porcelain") == ""


def test_sending_again_lays_out_the_same_message_and_commits_nothing(sent: Desk, git: Git) -> None:
    head = git("rev-parse", "HEAD")
    laid_out(sent).unlink()
    send_letter(sent, "1", at=datetime(2021, 1, 1, tzinfo=UTC))
    assert laid_out(sent).read_bytes() == paper(sent, "message.eml").read_bytes()
    assert git("rev-parse", "HEAD") == head


@pytest.mark.parametrize("name", ["公函.pdf", "公函.docx", "稿件摘录.docx"])
def test_a_paper_altered_since_it_was_signed_is_not_sent(signed: Desk, name: str) -> None:
    paper(signed, name).write_bytes(paper(signed, name).read_bytes() + b" ")
    with pytest.raises(EditorialError, match="签发之后文件被改过") as refused:
        send_letter(signed, "1", at=AT)
    assert "git checkout" in refused.value.hint
    assert state(signed) is LetterState.APPROVED
    assert [p.message for p in verify(signed).problems] == [
        "文件与登记的不符，签发或收到之后被改过"
    ]


def test_a_paper_that_is_gone_is_not_sent(signed: Desk) -> None:
    paper(signed, "公函.pdf").unlink()
    with pytest.raises(EditorialError, match="签发的文件不见了"):
        send_letter(signed, "1", at=AT)
    (problem,) = verify(signed).problems
    assert problem.message.startswith("登记的文件不见了；误删的，用 git checkout HEAD -- ")


@pytest.mark.parametrize("damage", ["gone", "altered"])
def test_a_kept_message_that_is_not_the_one_sent_is_not_sent_again(sent: Desk, damage: str) -> None:
    kept = paper(sent, "message.eml")
    kept.unlink() if damage == "gone" else kept.write_bytes(b"X")
    with pytest.raises(EditorialError, match="不能发出"):
        send_letter(sent, "1", at=AT)


def test_a_letter_sent_cannot_be_undone_or_voided(sent: Desk) -> None:
    with pytest.raises(EditorialError, match="不能撤销"):
        undo(sent, at=AT)
    send_letter(sent, "1", at=AT, wish=Wish(sent=True))
    with pytest.raises(EditorialError, match="现为“发出”，不能作废"):
        void_letter(sent, "1", at=AT, note="误")


def test_what_waits_in_the_outbox_has_not_gone_and_can_be_made_void(signed: Desk) -> None:
    send_letter(signed, "1", at=AT)
    place = laid_out(signed)
    with pytest.raises(EditorialError, match="现为“待寄出”，不能办结") as refused:
        close_letter(signed, "1", at=AT)
    assert "letter send 0001 --sent" in refused.value.hint
    act = void_letter(signed, "1", at=AT, note="发错单位")
    assert act.remarks == (f"已从发件箱取走：{place}",)
    assert (state(signed), place.exists(), verify(signed).problems) == (LetterState.VOID, False, ())
    (entry,) = register_of(signed, 2020, AT.date()).sent
    assert (entry.state, entry.sent, entry.ways) == ("作废", None, ("2020-03-05 邮件（待寄出）",))


def test_what_went_once_and_was_laid_out_again_has_gone(sent: Desk) -> None:
    send_letter(sent, "1", at=AT, wish=Wish(sent=True))
    send_letter(sent, "1", at=AT, wish=Wish(resend=True))
    with pytest.raises(EditorialError, match="不能作废") as refused:
        void_letter(sent, "1", at=AT, note="误")
    assert "以前发出过或可能发出过，不能作废" in refused.value.hint
    assert laid_out(sent).exists()


def test_a_mail_that_lies_in_the_outbox_no_longer_is_told(sent: Desk) -> None:
    laid_out(sent).unlink()
    (told,) = void_letter(sent, "1", at=AT, note="不发了").remarks
    assert told.startswith("发件箱里没有找到这一封")


def twice(desk: Desk) -> None:
    """Two letters signed under one number, as after a merge."""
    for unit in ("深圳科创局", "省发改"):
        approve(desk, draft(desk, unit=unit))
    record = desk.root / FOLDER / "0002/letter.yaml"
    record.write_text(record.read_text("utf-8").replace("〕2号", "〕1号"), encoding="utf-8")
    subprocess.run(["git", "commit", "-qam", "合并"], cwd=desk.root, check=True)


def test_of_two_under_one_number_one_is_not_sent_until_the_other_is_void(desk: Desk) -> None:
    twice(desk)
    with pytest.raises(EditorialError, match="〔2020〕1号编了两次，函件0001也是这个号") as refused:
        send_letter(desk, "2", at=AT)
    remedy = "0001留着，作废0002：editorial letter void 0002 --note"
    assert refused.value.hint.startswith(remedy)
    assert any(remedy in each for each in waiting(desk))
    assert remedy in verify(desk).problems[0].message
    made = make_register(desk, 2020, today=AT.date())
    assert made.remarks[0].startswith("文号编了两次：示志函〔2020〕1号")
    send_letter(desk, "1", at=AT)
    void_letter(desk, "2", at=AT, note="文号与0001重了")
    assert verify(desk).problems == ()
    assert approve(desk, draft(desk)) == "示志函〔2020〕2号"


def test_of_two_that_went_out_under_one_number_the_later_can_still_be_void(desk: Desk) -> None:
    twice(desk)
    record = desk.root / FOLDER / "0002/letter.yaml"
    both = record.read_text("utf-8")
    record.write_text(both.replace("〕1号", "〕2号"), encoding="utf-8")
    for letter in ("2", "1"):
        send_letter(desk, letter, at=AT, wish=Wish(channel=Channel.PAPER))
    record.write_text(record.read_text("utf-8").replace("〕2号", "〕1号"), encoding="utf-8")
    assert "另拟一函，说明以新的文号为准" in verify(desk).problems[0].message
    with pytest.raises(EditorialError, match="现为“发出”，不能作废"):
        void_letter(desk, "1", at=AT, note="误")
    assert late_letters(letters(desk), date(2020, 4, 1)) == {"0001", "0002"}
    void_letter(desk, "2", at=AT, note="文号与0001重了")
    assert verify(desk).problems == ()
    assert late_letters(letters(desk), date(2020, 4, 1)) == {"0001"}


def renumbered(desk: Desk, old: int, new: int) -> None:
    record = desk.root / FOLDER / "0002/letter.yaml"
    text = record.read_text("utf-8").replace(f"〕{old}号", f"〕{new}号")
    record.write_text(text, encoding="utf-8")
    subprocess.run(["git", "commit", "-qam", "改号"], cwd=desk.root, check=True)


def test_what_only_lies_in_the_outbox_yields_its_number_to_what_went(desk: Desk) -> None:
    twice(desk)
    send_letter(desk, "1", at=AT)
    renumbered(desk, 1, 2)
    send_letter(desk, "2", at=AT + timedelta(days=1), wish=Wish(channel=Channel.PAPER))
    renumbered(desk, 2, 1)
    (problem,) = verify(desk).problems
    assert "0002留着，作废0001" in problem.message
    assert "照样另拟一函" in problem.message
    for wish in (Wish(), Wish(resend=True), Wish(channel=Channel.PAPER)):
        with pytest.raises(EditorialError, match="编了两次，函件0002也是这个号，不能发出"):
            send_letter(desk, "1", at=AT, wish=wish)
    send_letter(desk, "1", at=AT, wish=Wish(sent=True))  # it went all the same
    assert "说明以新的文号为准" in verify(desk).problems[0].message


@pytest.mark.parametrize("close", [False, True])
def test_of_two_under_one_number_one_that_was_answered_can_be_void(
    desk: Desk, *, close: bool
) -> None:
    twice(desk)
    renumbered(desk, 1, 2)
    for letter in ("1", "2"):
        send_letter(desk, letter, at=AT, wish=Wish(channel=Channel.PAPER))
    register_reply(desk, "2", at=AT, on=AT.date(), channel="邮件", close=close)
    with pytest.raises(EditorialError, match="不能作废"):
        void_letter(desk, "2", at=AT, note="误")
    renumbered(desk, 2, 1)
    void_letter(desk, "2", at=AT, note="文号与0001重了")
    assert verify(desk).problems == ()


def test_a_number_given_twice_is_told_once_with_the_book(desk: Desk) -> None:
    twice(desk)
    shutil.copytree(desk.root / "volumes/xiao-2019", desk.root / "volumes/xiao-2020")
    shutil.rmtree(desk.root / "volumes/xiao-2020/letters")
    for args in (("add", "-A"), ("commit", "-qm", "又一卷")):
        subprocess.run(["git", *args], cwd=desk.root, check=True)
    for volume in ("xiao-2019", "xiao-2020"):
        told = [p.message for p in verify(open_desk(desk.root, volume=volume)).problems]
        (message,) = [each for each in told if "编了两次" in each]
        assert "editorial letter void 0002 --volume xiao-2019 --note" in message


def test_a_reply_is_registered_with_its_papers(sent: Desk, tmp_path: Path, git: Git) -> None:
    came = tmp_path / "回复 表.docx"
    came.write_bytes(b"reply")
    register(sent, came)
    letter = find_letter(sent, "1")
    assert letter.reply is not None
    (kept,) = letter.reply.papers
    assert (state(sent), kept.sha256) == (LetterState.REPLIED, hashlib.sha256(b"reply").hexdigest())
    assert paper(sent, kept.name).read_bytes() == b"reply"
    assert (git("status", "--porcelain"), verify(sent).problems) == ("", ())


def test_no_paper_received_takes_the_place_of_another(sent: Desk, tmp_path: Path) -> None:
    """Two of one name in one reply, a third of that name in the next."""
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "表.docx").write_bytes(folder.encode())
    register(sent, tmp_path / "a/表.docx", tmp_path / "b/表.docx")
    register(sent, tmp_path / "c/表.docx")
    reply = find_letter(sent, "1").reply
    assert reply is not None
    assert [paper(sent, p.name).read_bytes() for p in reply.papers] == [b"a", b"b", b"c"]
    assert verify(sent).problems == ()


def test_a_letter_is_found_as_its_token_names_it(sent: Desk) -> None:
    assert find_letter(sent, "xiao-2019/0001").id == "0001"


@pytest.mark.parametrize("state", [DeliveryState.UNSURE, DeliveryState.PREPARED])
def test_what_may_have_gone_is_not_voided(signed: Desk, state: DeliveryState) -> None:
    letter = find_letter(signed, "1")
    tried = Delivery(at=AT, channel=Channel.MAIL, state=state, to="a@b.invalid")
    path = f"{FOLDER}/0001/letter.yaml"
    data = written(signed.workspace.files, path, replace(letter, deliveries=(tried,)))
    (signed.root / path).write_bytes(data)
    with pytest.raises(EditorialError, match="可能已经发出"):
        void_letter(signed, "1", at=AT, note="不发了")


def test_a_reply_may_close_the_letter_at_once(sent: Desk) -> None:
    register(sent, close=True)
    assert state(sent) is LetterState.CLOSED


def test_a_letter_answered_is_closed(sent: Desk) -> None:
    register(sent)
    close_letter(sent, "示志函〔2020〕1号", at=AT)
    assert state(sent) is LetterState.CLOSED
    with pytest.raises(EditorialError, match="现为“办结”，不能办结"):
        close_letter(sent, "1", at=AT)


def test_a_reply_whose_file_is_missing_is_refused(sent: Desk, tmp_path: Path, git: Git) -> None:
    with pytest.raises(EditorialError, match="没有这个文件"):
        register(sent, tmp_path / "没有.docx")
    with pytest.raises(EditorialError, match="这是目录"):
        register(sent, tmp_path)
    assert git("status", "--porcelain") == ""


def test_no_reply_comes_to_what_was_not_sent(signed: Desk) -> None:
    with pytest.raises(EditorialError, match="现为“签发”，不能回函"):
        register(signed)


def test_an_open_letter_keeps_its_sections_from_settling(sent: Desk) -> None:
    move(sent, (PINGTAI,), "总纂", at=AT, note="先走", force=True)
    with pytest.raises(Refused) as refused:
        move(open_desk(sent.root, by="周文"), (PINGTAI,), "终审", at=AT)
    assert ("letters_closed", "函件未办结：示志函〔2020〕1号（深圳科创局，发出）") in [
        (b.guard, b.message) for b in refused.value.blockers
    ]


def test_the_board_counts_letters_and_those_overdue(sent: Desk) -> None:
    chapter = overview(sent, DUE).volume.rows[0]
    assert (chapter.letters.label, chapter.letters.done, chapter.letters.total) == ("发出", 0, 1)
    late = overview(sent, date(2020, 3, 21)).volume.rows[0].overdue
    assert late == overview(sent, DUE).volume.rows[0].overdue + 1


@pytest.mark.parametrize("name", ["", "0002", "2", "../0001", "0001/../0001", "〔2020〕", "x"])
def test_a_letter_that_is_none_is_refused(desk: Desk, name: str) -> None:
    draft(desk)
    with pytest.raises(EditorialError, match="没有函件"):
        void_letter(desk, name, at=AT, note="误")


def test_a_void_needs_its_reason(desk: Desk) -> None:
    draft(desk)
    with pytest.raises(EditorialError, match="作废须写原因"):
        void_letter(desk, "1", at=AT, note="")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unit": "某局"}, "“某局”"),
        ({"unit": ""}, "单位“”"),
        ({"unit": "../x"}, "单位"),
        ({"items": ()}, "缺少事项"),
        ({"items": (LetterItem(section="01-keji", request="改"),)}, "不是分目"),
        ({"items": (LetterItem(section=PINGTAI, request=" "),)}, "没有写要求"),
        ({"items": (LetterItem(section="没有", request="改"),)}, "没有叫“没有”"),
        ({"contact": "张三"}, "staff.yaml 里没有“张三”"),
        ({"due": date(2020, 3, 4)}, "已经过去"),
    ],
)
def test_a_letter_that_lacks_something_is_not_drafted(
    desk: Desk, git: Git, change: dict[str, object], words: str
) -> None:
    wish: dict[str, Any] = {
        "kind": LetterKind.REVISE,
        "unit": "sz-kcj",
        "items": (LetterItem(section=PINGTAI, request="改"),),
        "due": DUE,
        "at": AT,
    }
    head = git("rev-parse", "HEAD")
    with pytest.raises(EditorialError, match=words):
        new_letter(desk, **wish | change)
    assert (git("rev-parse", "HEAD"), git("status", "--porcelain")) == (head, "")


def test_an_unknown_placeholder_in_the_wording_is_told(desk: Desk) -> None:
    path = desk.root / "styles/letters/revise.md"
    path.write_text("请见{没有}。\n", encoding="utf-8")
    with pytest.raises(EditorialError, match="不认识的空位") as refused:
        draft(desk)
    assert refused.value.where == "styles/letters/revise.md"


@pytest.mark.parametrize("told", ["请回电 020-1234-5678", "邮箱 a@example.invalid", "13800138000"])
def test_what_is_registered_names_no_number_and_no_address(sent: Desk, told: str) -> None:
    with pytest.raises(EditorialError, match="不写电话和邮箱"):
        register_reply(sent, "1", at=AT, on=AT.date(), channel="电话", note=told)


def test_the_first_number_follows_those_used_on_paper(desk: Desk) -> None:
    _used(desk, "[示志函〔2020〕37号, 示志函〔2019〕90号]")
    draft(desk)
    assert approve(desk, "1") == "示志函〔2020〕38号"
    assert [each for each in verify(desk).problems if "缺号" in each.message] == []


def test_a_last_number_written_wrong_is_named_with_its_file(desk: Desk) -> None:
    _used(desk, "[示志函(2020)37号]")
    draft(desk)
    with pytest.raises(EditorialError, match="不是发文字号") as refused:
        approve(desk, "1")
    assert refused.value.where == "volumes/xiao-2019/volume.yaml"


def _used(desk: Desk, numbers: str) -> None:
    path = desk.root / "volumes/xiao-2019/volume.yaml"
    line = f"  code: 示志函\n  last_numbers: {numbers}\n"
    path.write_text(path.read_text("utf-8").replace("  code: 示志函\n", line), "utf-8")


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("", ["0001", "0002"]),
        ("单位:深圳 状态:已发", ["0001"]),
        ("状态:拟稿", ["0002"]),
        ("逾期", ["0001"]),
        ("-逾期", ["0002"]),
        ("种类:修改补充 文号:示志函", ["0001"]),
        ("广州", ["0002"]),
        ("单位:广州 逾期", []),
    ],
)
def test_letters_are_found_by_the_terms_typed(sent: Desk, where: str, found: list[str]) -> None:
    draft(sent, unit="广州科技局")
    assert [each.id for each in wanted_letters(sent, where, date(2020, 4, 1))] == found


def test_a_term_there_is_not_names_those_there_are(sent: Desk) -> None:
    with pytest.raises(EditorialError, match="没有“编辑”这一项") as refused:
        wanted_letters(sent, "编辑:林清", AT.date())
    assert "逾期" in refused.value.hint
