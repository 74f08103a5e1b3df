"""Saved filters: a file somebody damaged is told of, never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest

from editorial.desk.office import Desk
from editorial.desk.saved_filters import FILE, SavedFilter, save_filter, saved_filters
from editorial.errors import EditorialError
from editorial.store.personal import state_folder

LATE = SavedFilter(number=2, name="逾期的", text="逾期")


@pytest.fixture(autouse=True)
def _own(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "own"))


@pytest.mark.parametrize(
    "kept", [5, None, "逾期", {"number": 1}, [5], [None], [{"number": "一"}], [{"number": 1}]]
)
def test_what_is_no_list_of_filters_is_told(desk: Desk, kept: Any) -> None:
    path = state_folder() / FILE
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({desk.by: {"分目": kept}}), encoding="utf-8")
    with pytest.raises(EditorialError, match="存好的筛选读不懂"):
        saved_filters(desk, "分目")
    with pytest.raises(EditorialError, match="存好的筛选读不懂"):
        save_filter(desk, "分目", LATE)
    assert saved_filters(desk, "函件") == ()
