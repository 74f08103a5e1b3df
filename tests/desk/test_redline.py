"""花脸稿: three reviews by three people, each change with its author and ink."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from editorial.desk.assemble import assemble
from editorial.desk.draft import DraftMade, make_draft
from editorial.desk.keep import keep
from editorial.desk.move import move
from editorial.desk.office import Desk, loaded
from editorial.desk.past import Unchanged, find_then
from editorial.desk.redline import marked_since
from editorial.desk.rounds import open_round
from editorial.errors import EditorialError
from editorial.model.book import Book, Imprint
from editorial.model.document import Figure
from editorial.model.drafts import Draft
from editorial.model.redline import Redline
from editorial.model.selection import Selection
from editorial.model.settling import accepted, printed, rejected
from editorial.store.looks import load_draft_style
from tests.desk.moments import NOON

Git = Callable[..., str]
CHAPTERS = "volumes/xiao-2019/chapters"
JICHANG = "02-jichu/02-jichang"
PEOPLE = {"林清": "linqing", "苏静": "sujing", "周文": "zhouwen", "梁述": "liangshu"}


class Office:
    """People who take turns at one desk; every act happens an hour after the one before."""

    def __init__(self, desk: Desk, patch: pytest.MonkeyPatch) -> None:
        self.desk, self.patch, self.at = desk, patch, NOON
        self.start = self._git("rev-parse", "HEAD")

    def _git(self, *args: str) -> str:
        done = subprocess.run(
            ["git", *args], cwd=self.desk.root, check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout.strip()

    def by(self, name: str) -> Desk:
        self.at += timedelta(hours=1)
        for role in ("AUTHOR", "COMMITTER"):
            self.patch.setenv(f"GIT_{role}_NAME", name)
            self.patch.setenv(f"GIT_{role}_EMAIL", f"{PEOPLE[name]}@example.org")
            self.patch.setenv(f"GIT_{role}_DATE", self.at.isoformat())
        return self.desk

    def moves(self, name: str, stage: str, node: str = JICHANG) -> None:
        desk = self.by(name)
        move(desk, (node,), stage, at=self.at, force=True, note="示例")

    def writes(self, name: str, old: str, new: str, node: str = JICHANG) -> None:
        desk = self.by(name)
        self.types(old, new, node)
        keep(desk, "改稿")

    def types(self, old: str, new: str, node: str = JICHANG) -> None:
        path = self.desk.root / CHAPTERS / f"{node}.md"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def marked(self, since: str = "", nodes: tuple[str, ...] = ()) -> Book:
        return marked(self.desk, since or self.start, self.at, nodes)


def book_of(desk: Desk, nodes: tuple[str, ...] = ()) -> Book:
    volume = loaded(desk).volume
    style = load_draft_style(desk.workspace.files, "review")
    imprint = Imprint(title="", label="", edition=1, date=NOON.date(), office="", commit="")
    return assemble(desk, volume, style, imprint, nodes)[0]


def marked(desk: Desk, since: str, at: datetime, nodes: tuple[str, ...] = ()) -> Book:
    style = load_draft_style(desk.workspace.files, "review")
    draft = Draft(style="review", edition=2, date=at.date(), by="", commit="", nodes=nodes)
    then = find_then(desk, since, draft)
    return marked_since(desk, style, book_of(desk, nodes), draft, then, at)


@pytest.fixture
def office(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(desk, monkeypatch)


def redline_of(book: Book) -> Redline:
    assert book.redline is not None
    return book.redline


def marks(book: Book) -> list[tuple[str, str, str, str]]:
    """(kind, words, author, ink) of all that changed inside blocks, in reading order."""
    return [
        (each.change.kind, each.run.text, each.change.author, each.change.ink)
        for _, change in sorted(redline_of(book).blocks.items())
        for stretches in change.texts.values()
        for each in stretches
        if each.change
    ]


def wholes(book: Book) -> dict[tuple[str, int], tuple[str, str, str]]:
    """(kind, author, move) of blocks put in or taken out."""
    return {
        place: (change.change.kind, change.change.author, change.change.move)
        for place, change in redline_of(book).blocks.items()
        if change.change
    }


def test_each_review_marks_in_its_own_ink(office: Office) -> None:
    office.moves("林清", "初审")
    office.writes("林清", "1200万", "1300万")
    office.moves("苏静", "复审")
    office.writes("苏静", "人次", "人次，居全省前列")
    office.moves("周文", "终审")
    office.writes("周文", "2018年，", "")
    assert marks(office.marked()) == [
        ("delete", "2018年，", "终审　周文", "green"),
        ("delete", "1200", "初审　林清", "red"),
        ("insert", "1300", "初审　林清", "red"),
        ("insert", "，居全省前列", "复审　苏静", "blue"),
    ]


def test_the_time_is_that_of_the_commit(office: Office) -> None:
    office.writes("林清", "1200万", "1300万")
    when = office.at
    office.writes("苏静", "人次", "人", JICHANG)
    (change,) = redline_of(office.marked()).blocks.values()
    times = {each.change.author: each.change.at for each in change.texts["runs"] if each.change}
    assert times["编辑加工　林清"] == when


def test_of_two_hands_in_one_sentence_each_is_told(office: Office) -> None:
    office.moves("林清", "初审")
    office.writes("林清", "人次。", "人次，比上年增长百分之三，居全省前列。")
    office.moves("苏静", "复审")
    office.writes("苏静", "百分之三", "3%")
    assert marks(office.marked()) == [
        ("insert", "，比上年增长", "初审　林清", "red"),
        ("insert", "3%", "复审　苏静", "blue"),
        ("insert", "，居全省前列", "初审　林清", "red"),
    ]


def test_what_was_changed_and_changed_back_is_no_change(office: Office) -> None:
    office.writes("林清", "1200万", "1300万")
    office.writes("苏静", "1300万", "1200万")
    with pytest.raises(Unchanged):
        office.marked()


def test_edits_not_kept_are_those_of_whoever_prints(office: Office) -> None:
    office.moves("林清", "初审")
    office.by("周文")
    office.types("1200万", "1300万")
    assert marks(office.marked())[1] == ("insert", "1300", "初审　周文", "red")


def test_what_was_kept_for_another_is_the_others(office: Office) -> None:
    desk = replace(office.by("林清"), by="苏静")
    office.types("1200万", "1300万")
    keep(desk, "代录")
    assert {author for _, _, author, _ in marks(office.marked())} == {"编辑加工　苏静"}


def test_edits_outside_the_three_reviews_are_violet(office: Office) -> None:
    office.moves("梁述", "总纂")
    office.writes("梁述", "1200万", "1300万")
    assert marks(office.marked())[0] == ("delete", "1200", "总纂　梁述", "violet")


def test_a_paragraph_moved_to_another_section_is_a_move(office: Office) -> None:
    line = "全市铁路客运枢纽改造工程（示例）全部完工。\n"
    office.writes("林清", "210千米。\n", "210千米。\n" + line, "02-jichu/01-gaikuang")
    since = office._git("rev-parse", "HEAD")
    office.by("苏静")
    office.types(line, "", "02-jichu/01-gaikuang")
    office.types("人次。\n", "人次。\n" + line)
    keep(office.desk, "调整")
    found = wholes(office.marked(since))
    assert [(kind, move) for kind, _, move in found.values()] == [("delete", "1"), ("insert", "1")]


def test_a_new_section_shifts_the_numbers_after_it(office: Office) -> None:
    folder = office.desk.root / CHAPTERS / "01-keji"
    table = ':::table{title="新表（示例）"}\n| 甲 | 1 |\n:::\n'
    (folder / "00-xin.md").write_text(f"【新事】　示例。\n{table}", encoding="utf-8")
    (folder / "00-xin.yaml").write_text("title: 新事\n", encoding="utf-8")
    listed = (folder / "chapter.yaml").read_text("utf-8")
    (folder / "chapter.yaml").write_text(listed.replace("- 01-", "- 00-xin\n- 01-"), "utf-8")
    keep(office.by("周文"), "增设分目")
    book = office.marked()
    change = redline_of(book).parts["01-keji/00-xin"].change
    assert change is not None
    assert (change.kind, change.author) == ("insert", "周文")
    number = redline_of(book).blocks["01-keji/02-pingtai", 1].texts["number"]
    told = [(each.run.text, each.change and each.change.author) for each in number]
    assert told == [("表1-", None), ("1", "周文"), ("2", "周文")]


def test_a_new_title_is_told_with_whoever_gave_it(office: Office) -> None:
    path = office.desk.root / CHAPTERS / "01-keji/03-rencai.yaml"
    path.write_text("title: 人才工作\n", encoding="utf-8")
    keep(office.by("苏静"), "改题")
    title = redline_of(office.marked()).parts["01-keji/03-rencai"].texts["title"]
    told = [(each.run.text, each.change and each.change.author) for each in title]
    assert told == [("人才", None), ("工作", "苏静")]


def test_settled_either_way_it_is_the_book_of_then_or_of_now(office: Office) -> None:
    before = book_of(office.desk)
    office.writes("林清", "120个", "132个", "01-keji/01-gaikuang")
    office.writes("苏静", "| 实验室 | 10 | 15 |", "| 中心 | 3 | 4 |", "01-keji/02-pingtai")
    office.writes("周文", "300人", "300人，其中博士30人", "01-keji/03-rencai")
    book = office.marked()
    assert [p.blocks for p in accepted(book).parts] == [
        p.blocks for p in printed(book_of(office.desk)).parts
    ]
    assert [p.blocks for p in rejected(book).parts] == [p.blocks for p in printed(before).parts]


def test_two_branches_merged_keep_their_authors(office: Office) -> None:
    office._git("checkout", "-q", "-b", "fu")
    office.writes("苏静", "2018年，", "2018年度，")
    office._git("checkout", "-q", "main")
    office.writes("林清", "人次。", "人次。\n\n全年起降10万架次（示例）。")
    office.by("周文")
    path = office.desk.root / CHAPTERS / f"{JICHANG}.md"
    subprocess.run(["git", "merge", "-q", "fu"], cwd=office.desk.root, check=False)
    path.write_text(
        "【机场】　2018年度，示例机场旅客吞吐量1200万人次。\n\n全年起降10万架次（示例）。\n",
        encoding="utf-8",
    )
    office._git("add", "-A")
    office._git("commit", "-q", "-m", "合并")
    assert {author for _, _, author, _ in marks(office.marked())} == {"编辑加工　苏静"}
    assert {author for _, author, _ in wholes(office.marked()).values()} == {"编辑加工　林清"}


def test_a_picture_exchanged_under_its_name_is_out_and_in(office: Office) -> None:
    folder = office.desk.root / CHAPTERS / "02-jichu/figures"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"one")
    figure = ':::figure{src="figures/a.png" title="示例图"}\n'
    office.writes("林清", "人次。\n", f"人次。\n\n{figure}")
    since = office._git("rev-parse", "HEAD")
    (folder / "a.png").write_bytes(b"two")
    keep(office.by("苏静"), "换图")
    book = office.marked(since)
    (part,) = (part for part in book.parts if part.id == JICHANG)
    pictures = [part.images[block.src] for block in part.blocks if isinstance(block, Figure)]
    assert [path.read_bytes() for path in pictures] == [b"one", b"two"]


def make(desk: Desk, at: datetime, **wish: Any) -> DraftMade:
    return make_draft(desk, at=at, **{"formats": ("docx",), **wish})


def test_the_paper_says_what_it_is_compared_with(office: Office) -> None:
    make(office.by("林清"), office.at)
    office.writes("林清", "1200万", "1300万")
    made = make(office.by("林清"), office.at, since="第1稿", formats=("pdf", "docx"))
    names = ["小年鉴2019评议稿第2稿花脸稿（对第1稿）" + kind for kind in (".pdf", ".docx")]
    assert [path.name for path in made.files] == names


def test_the_same_comparison_gives_the_same_bytes(office: Office) -> None:
    office.writes("林清", "1200万", "1300万")
    first = make(office.by("林清"), office.at, since=office.start).files[0].read_bytes()
    again = make(office.by("苏静"), office.at, since=office.start).files[0].read_bytes()
    assert first == again


@pytest.mark.parametrize(
    ("name", "label"),
    [("评议会", "评议会"), ("1", "评议会"), ("2020-03-05", "2020年3月5日"), ("main~1", "main~1")],
)
def test_a_time_may_be_told_in_many_ways(office: Office, name: str, label: str) -> None:
    open_round(office.by("林清"), "评议会", at=office.at)
    office.at += timedelta(days=1)
    office.writes("林清", "1200万", "1300万")
    assert redline_of(office.marked(name)).since == label


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("第7稿", "没有登记过第7稿"),
        ("去年", "没有找到“去年”这个时点"),
        ("2001-01-01", "2001-01-01 之前还没有任何提交"),
    ],
)
def test_a_time_that_never_was_is_refused_in_words(office: Office, name: str, message: str) -> None:
    with pytest.raises(EditorialError, match=message):
        office.marked(name)


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ({"readers": "readers.yaml"}, "花脸稿不出编号本"),
        ({"selection": Selection(beside=True)}, "不能同时附上年的文字"),
    ],
)
def test_what_does_not_go_with_a_comparison_is_refused(
    office: Office, wish: Mapping[str, Any], message: str
) -> None:
    with pytest.raises(EditorialError, match=message):
        make(office.desk, office.at, since=office.start, **wish)


def test_a_draft_of_text_not_kept_cannot_be_compared_with(office: Office) -> None:
    office.by("林清")
    office.types("1200万", "1300万")
    make(office.desk, office.at)
    with pytest.raises(EditorialError, match="没有留存的文字"):
        make(office.desk, office.at, since="第1稿")


def test_an_old_state_that_does_not_read_is_told_with_its_file(office: Office) -> None:
    path = office.desk.root / CHAPTERS / "02-jichu/chapter.yaml"
    good = path.read_text("utf-8")
    path.write_text("title: [", encoding="utf-8")
    office._git("commit", "-qam", "坏")
    path.write_text(good, encoding="utf-8")
    office._git("commit", "-qam", "好")
    with pytest.raises(EditorialError, match=r"时的书稿读不出来：.*02-jichu/chapter\.yaml"):
        office.marked("HEAD~1")


def test_nothing_changed_is_said_plainly_and_nothing_is_made(
    office: Office, editorial: Callable[..., Any]
) -> None:
    said = editorial("draft", "--since", office.start)
    assert (said.code, said.out) == (0, f"与{office.start[:10]}相比没有改动，没有出花脸稿\n")
    assert not (office.desk.root / "volumes/xiao-2019/out").exists()
