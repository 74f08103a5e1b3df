"""A registered draft set again from its commit: the same pages and the same words, or a refusal."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from editorial.desk.draft import DraftMade, make_draft
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinion_pages import PageText, draft_pages
from editorial.desk.opinion_typed import sent_lines
from editorial.errors import EditorialError

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
TEXT = "chapters/02-jichu/02-jichang.md"


def lost(made: DraftMade) -> DraftMade:
    """Its files are gone."""
    for path in made.files:
        path.unlink()
    return made


def words(page: PageText) -> str:
    return "".join(text for _, text in page.lines)


def test_drafts_of_two_books_made_of_one_commit_have_each_their_own_pages(
    desk: Desk, git: Git
) -> None:
    shutil.copytree(desk.root / "volumes/xiao-2019", desk.root / "volumes/da-2019")
    for volume, count in (("xiao-2019", 1300), ("da-2019", 1400)):
        path = desk.root / f"volumes/{volume}/{TEXT}"
        path.write_text(f"【机场】　示例机场旅客{count}万人次。\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "两部书")
    found = []
    for volume in ("xiao-2019", "da-2019"):
        own = open_desk(desk.root, volume=volume)
        draft = lost(make_draft(own, ("02-jichu/02-jichang",), at=AT, formats=("pdf",))).draft
        found.append("".join(map(words, draft_pages(own, draft).values())))
    assert [("1300万" in text, "1400万" in text) for text in found] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("read", [draft_pages, sent_lines])
def test_a_draft_of_words_that_were_never_kept_is_not_set_again(
    desk: Desk, read: Callable[..., object]
) -> None:
    (desk.root / f"volumes/xiao-2019/{TEXT}").write_text("【机场】　没有留存。\n", encoding="utf-8")
    made = lost(make_draft(desk, at=AT, formats=("docx",)))
    assert made.draft.dirty
    with pytest.raises(EditorialError, match="第1稿印的是没有留存的文字"):
        read(desk, made.draft)


def test_the_pages_of_a_draft_made_for_a_round_are_read_and_set_alike(desk: Desk) -> None:
    made = make_draft(
        desk, ("02-jichu/02-jichang",), at=AT, formats=("pdf",), review="评议会（示例）"
    )
    sent = draft_pages(desk, made.draft)
    lost(made)
    assert sent
    assert draft_pages(desk, made.draft) == sent
