"""A format that is none is refused in the same words of every paper, before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from editorial.desk.archive import make_archive_list
from editorial.desk.digest import make_digest
from editorial.desk.draft import make_draft
from editorial.desk.letter_register import make_register
from editorial.desk.office import Desk
from editorial.desk.press_papers import make_press_sheet
from editorial.desk.proof_return import proof_papers
from editorial.errors import EditorialError

Make = Callable[[Desk, tuple[str, ...]], object]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
TODAY = AT.date()
MADE: Sequence[tuple[Make, str]] = (
    (lambda desk, kinds: make_draft(desk, at=AT, formats=kinds), "pdf,docx"),
    (lambda desk, kinds: make_digest(desk, TODAY, today=TODAY, formats=kinds), "pdf,docx"),
    (lambda desk, kinds: make_register(desk, 2020, today=TODAY, formats=kinds), "xlsx,docx"),
    (lambda desk, kinds: make_archive_list(desk, today=TODAY, formats=kinds), "xlsx,docx,txt"),
    (lambda desk, kinds: make_press_sheet(desk, today=TODAY, formats=kinds), "pdf,docx,xlsx"),
    (lambda desk, kinds: proof_papers(desk, "1", today=TODAY, formats=kinds), "pdf,docx,xlsx,csv"),
)


@pytest.mark.parametrize(("make", "known"), MADE)
@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("docx", "odt"), "没有“odt”格式"),
        (("odt", "rtf"), "没有“odt、rtf”格式"),
        (("",), "没有写要什么格式"),
        ((), "没有写要什么格式"),
    ],
)
def test_a_format_there_is_not(
    desk: Desk, make: Make, known: str, kinds: tuple[str, ...], said: str
) -> None:
    with pytest.raises(EditorialError) as refused:
        make(desk, kinds)
    assert (refused.value.message, refused.value.hint) == (said, f"可用：{known}")
