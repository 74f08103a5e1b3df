"""What a file becomes when the act that changed it is taken back.

Everything returns to what it was, except that histories are append-only: where an act
added steps, one more step back to the former state is added.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from editorial.store.records import rewritten
from editorial.store.schema import FlowMap
from editorial.store.yamlio import parse


def same_state(path: str, after: bytes | None, now: bytes | None) -> bool:
    """Whether a file still says what an act left in it.

    Later acts that were themselves taken back have only made its histories longer.
    """
    if after == now:
        return True
    was, is_ = _data(path, after), _data(path, now)
    return was is not None and is_ is not None and _same(was, is_)


def _data(path: str, data: bytes | None) -> dict[str, Any] | None:
    if data is None or not path.endswith(".yaml"):
        return None
    try:
        found, problems = parse(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError:
        return None
    return found if isinstance(found, dict) and not problems else None


def _same(was: Any, is_: Any) -> bool:
    if isinstance(was, dict) and isinstance(is_, dict):
        return was.keys() == is_.keys() and all(
            _returned(value, is_[key]) if key == "history" else _same(value, is_[key])
            for key, value in was.items()
        )
    if isinstance(was, list) and isinstance(is_, list):
        return len(was) == len(is_) and all(map(_same, was, is_))
    return bool(was == is_)


def _returned(was: Any, is_: Any) -> bool:
    if was == is_:
        return True
    if not (isinstance(was, list) and isinstance(is_, list) and was and was == is_[: len(was)]):
        return False
    return bool(is_[-1].get("undo")) and is_[-1]["to"] == was[-1]["to"]


def inverse(
    path: str,
    before: bytes | None,
    now: bytes | None,
    *,
    at: datetime,
    by: str,
    commit: str,
) -> bytes | None:
    """The new contents of `path`, which is in the state the act left; None: it had created it."""
    if now is None:
        return before
    old, new = _data(path, before), _data(path, now)
    if before is None or old is None or new is None:
        return before
    step = FlowMap(at=at, by=by, to="", note="撤销", undo=commit[:10])
    data = _back(old, new, step)
    return before if data == old else rewritten(now, data)


def step_back(
    path: str, after: bytes | None, now: bytes | None, *, at: datetime, by: str, commit: str
) -> bytes | None:
    """A record that a move added a step to, with one more step to where it was before.

    What people wrote into it before or with the move stays. None: nothing is left of it.
    """
    was, is_ = _data(path, after), _data(path, now)
    if was is None or is_ is None or now is None:
        return now
    before = was["history"][:-1]
    rest = {key: value for key, value in is_.items() if key != "history"}
    if not before:
        return rewritten(now, rest) if rest else None
    step = FlowMap(at=at, by=by, to=before[-1]["to"], note="撤销", undo=commit[:10])
    return rewritten(now, {**is_, "history": [*is_["history"], step]})


def _back(old: Any, new: Any, step: FlowMap) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {
            key: _history(value, new[key], step)
            if key == "history" and key in new
            else _back(value, new.get(key), step)
            for key, value in old.items()
        }
    if isinstance(old, list) and isinstance(new, list):
        pairs = zip(old, [*new, *[None] * len(old)], strict=False)
        return [_back(each, beside, step) for each, beside in pairs]
    return old


def _history(old: Any, new: Any, step: FlowMap) -> Any:
    if not isinstance(old, list) or not isinstance(new, list) or not old or len(new) <= len(old):
        return old
    return [*map(FlowMap, new), FlowMap(step, to=old[-1]["to"])]
