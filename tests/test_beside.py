"""Work beside the main thread."""

from __future__ import annotations

from threading import Event, current_thread, main_thread

import pytest

from editorial.beside import beside


def test_it_is_done_meanwhile_elsewhere() -> None:
    go = Event()

    def make() -> object:
        assert go.wait(10)
        return current_thread()

    made = beside(make)
    go.set()
    assert made() is not main_thread()


def test_what_goes_wrong_is_told_where_it_is_asked_for() -> None:
    made = beside(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        made()
