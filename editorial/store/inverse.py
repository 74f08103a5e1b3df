"""What a file becomes when the act that changed it is taken back, or done again.

Everything returns to what it was, except that histories are append-only: where an act
added steps, one more step to the former state is added. Keys of a record that only others
changed since stay as they are.
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
    was, is_ = data_of(path, after), data_of(path, now)
    return was is not None and is_ is not None and _same(was, is_)


def data_of(path: str, data: bytes | None) -> dict[str, Any] | None:
    """A record as plain data; None for what is none or cannot be read."""
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


def still_stands(
    path: str, before: bytes | None, after: bytes | None, now: bytes | None, *, only: str = ""
) -> bool:
    """Whether all that an act changed in a file (or `only` that key) is as the act left it."""
    if same_state(path, after, now):
        return True
    was, is_ = data_of(path, after), data_of(path, now)
    if was is None or is_ is None:
        return False
    own = {only} if only else _own(path, before, was)
    return all(_same({key: was.get(key)}, {key: is_.get(key)}) for key in own)


def last_step(path: str, data: bytes | None) -> dict[str, Any] | None:
    """The newest line of a record's history."""
    found = data_of(path, data)
    history = found.get("history") if found else None
    return history[-1] if isinstance(history, list) and history else None


def _own(path: str, before: bytes | None, was: dict[str, Any]) -> frozenset[str]:
    """The keys an act changed."""
    old = data_of(path, before) or {}
    return frozenset(key for key in {**old, **was} if old.get(key) != was.get(key))


def back_step(at: datetime, by: str, commit: str) -> FlowMap:
    """The step an undo of `commit` adds."""
    return FlowMap(at=at, by=by, to="", note="撤销", undo=commit[:10])


def again_step(at: datetime, by: str) -> FlowMap:
    """The step that doing an act again adds: the old one, by whom and when it is now."""
    return FlowMap(at=at, by=by)


def inverse(
    path: str, before: bytes | None, after: bytes | None, now: bytes | None, step: FlowMap
) -> bytes | None:
    """The new contents of `path`, in which what the act did still stands; None: it had made it."""
    if now is None:
        return before
    old, was, new = data_of(path, before), data_of(path, after), data_of(path, now)
    if before is None or old is None or new is None:
        return before
    if was is not None and not same_state(path, after, now):
        own = _own(path, before, was)
        old = {k: v for k, v in new.items() if k not in own} | {
            k: v for k, v in old.items() if k in own
        }
    data = _back(old, new, step)
    return rewritten(now, data) if data != data_of(path, before) else before


def step_back(path: str, after: bytes | None, now: bytes | None, step: FlowMap) -> bytes | None:
    """A record that a move added a step to, with one more step to where it was before.

    What people wrote into it before or with the move stays. None: nothing is left of it.
    """
    was, is_ = data_of(path, after), data_of(path, now)
    if was is None or is_ is None or now is None:
        return now
    before = was["history"][:-1]
    rest = {key: value for key, value in is_.items() if key != "history"}
    if not before:
        return rewritten(now, rest) if rest else None
    back = FlowMap(step, to=before[-1]["to"])
    return rewritten(now, {**is_, "history": [*is_["history"], back]})


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
    if new[-1].get("to") == old[-1].get("to"):  # others came and went in between
        return [*map(FlowMap, new)]
    added = FlowMap(step, to=old[-1]["to"]) if "undo" in step else _once_more(old[-1], step)
    return [*map(FlowMap, new), added]


def _once_more(last: dict[str, Any], step: FlowMap) -> FlowMap:
    """A step as it was, `forced` written as a truth and not as a word."""
    forced = {"forced": True} if last.get("forced") == "true" else {}
    return FlowMap(last | forced | step)
