"""A record saved over what people wrote: what they did not change stays as they wrote it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from editorial.model.drafts import Copy, Draft
from editorial.model.volume import Section, Step
from editorial.store.files import DiskFiles
from editorial.store.parsed import Parsed
from editorial.store.reader import Reader
from editorial.store.records import written

STEP = Step(at=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), by="linqing", to="editing")
LINE = "- {at: 2020-01-02T03:04:05+00:00, by: linqing, to: editing}"
HEAD = "title: 甲\n"
PAST = "history:\n- {at: 2019-10-08T09:00:00+08:00, by: linqing, to: drafting}\n"


@pytest.fixture
def files(tmp_path: Path) -> DiskFiles:
    return DiskFiles(tmp_path, Parsed())


def moved(files: DiskFiles, text: str | bytes) -> bytes:
    """The file after one more step of its history."""
    (files.root / "a.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    section = Reader(files).record(Section, "a.yaml")
    assert section is not None
    return written(files, "a.yaml", replace(section, history=(*section.history, STEP)))


@pytest.mark.parametrize(
    "middle",
    [
        "editor:\ndue:\nunits: []\n",
        'editor: ""   # 待定\n',
        "target: 0\n",
        "due: 20200305\n",
        "due: ~\n",
        "tasks:\n- unit: sz\n  due:\n  extended:   # 未延期\n",
        "tasks:\n- {unit: sz, due: 20200305}\n",
        "tasks:\n- unit: sz\n  history:\n  - {at: 2019-10-08T09:00+08, by: a, to: x, forced: 否}\n",
        "units: [ sz,gz ]   # 次序已定\n",
        "units:\n  - sz\n  # 广州在后\n  - gz\n",
    ],
)
def test_what_people_spelled_their_own_way_stays_so(files: DiskFiles, middle: str) -> None:
    text = HEAD + middle + PAST
    assert moved(files, text).decode() == text + LINE + "\n"


def test_a_step_with_microseconds_keeps_them(files: DiskFiles) -> None:
    text = HEAD + "history:\n- {at: '2019-10-08T09:00:00.123456+08:00', by: a, to: drafting}\n"
    assert moved(files, text).decode() == text + LINE + "\n"


def test_windows_line_ends_stay(files: DiskFiles) -> None:
    text = (HEAD + PAST).replace("\n", "\r\n")
    assert moved(files, text).decode() == text + LINE + "\r\n"


def test_a_byte_order_mark_stays(files: DiskFiles) -> None:
    text = "\ufeff" + HEAD + PAST
    assert moved(files, text).decode() == text + LINE + "\n"


def test_a_new_file_is_written_in_declared_order(files: DiskFiles) -> None:
    section = Section(title="甲", history=(STEP,), due=date(2020, 3, 5), units=("sz", "gz"))
    assert written(files, "new.yaml", section).decode() == (
        f"title: 甲\nunits: [sz, gz]\ndue: 2020-03-05\nhistory:\n{LINE}\n"
    )


def test_a_value_set_back_to_its_default_leaves_the_file(files: DiskFiles) -> None:
    (files.root / "a.yaml").write_text(HEAD + "editor: x\n" + PAST, encoding="utf-8")
    section = Reader(files).record(Section, "a.yaml")
    assert section is not None
    assert written(files, "a.yaml", replace(section, editor="")).decode() == HEAD + PAST


def test_numbers_beside_what_changed_are_not_put_in_quotes(files: DiskFiles) -> None:
    copies = tuple(Copy(number=n, reader="林清", file="a.pdf", sha256="ab", size=9) for n in (1, 2))
    draft = Draft(
        id="01", style="review", edition=1, date=date(2020, 1, 2), by="", commit="a", copies=copies
    )
    (files.root / "d.yaml").write_bytes(written(files, "d.yaml", draft))
    changed = replace(draft, copies=(replace(copies[0], sha256="cd"), copies[1]))
    assert b"{number: 1, reader: \xe6\x9e\x97" in written(files, "d.yaml", changed)
    assert b"'1'" not in written(files, "d.yaml", changed)
