"""Files → records, with every fault of every file kept until the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar, cast

from editorial.errors import BadData, Problem
from editorial.model.labels import Labelled
from editorial.model.volume import SCHEMA, Source, Step
from editorial.store.files import Files, blob_id
from editorial.store.parsed import shelf_of
from editorial.store.schema import Fault, decode
from editorial.store.yamlio import line_of, parse

T = TypeVar("T")


class Reader:
    """Reads records and keeps every problem met on the way."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.problems: list[Problem] = []

    def text(self, path: str) -> tuple[str, bytes] | None:
        """The file as text with its bytes; None (and a problem) when it is not UTF-8."""
        data = self.files.read(path)
        if data is None:
            self.problems.append(Problem(file=path, message="缺少这个文件"))
            return None
        text = self._text(path, data)
        return None if text is None else (text, data)

    def _text(self, path: str, data: bytes) -> str | None:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            message = "不是 UTF-8 编码，请在编辑器里另存为 UTF-8"
            self.problems.append(Problem(file=path, line=line, message=message))
            return None

    def record(self, kind: type[T], path: str, *, id: str = "") -> T | None:
        """One file as one value with its `source`, if the type has that field, and its `id`."""
        data = self.files.read(path)
        if data is None:
            self.problems.append(Problem(file=path, message="缺少这个文件"))
            return None
        blob = blob_id(data)
        value: Any = self.files.parsed.values.get((kind, blob)) or self._decoded(
            kind, path, data, blob
        )
        if value is not None and hasattr(value, "source"):
            named = {"id": id} if id else {}
            value = replace(value, source=Source(path=path, blob=blob), **named)
        return cast("T | None", value)

    def _decoded(self, kind: type[T], path: str, data: bytes, blob: str) -> T | None:
        raw = self.files.parsed.get(shelf_of(path), blob)
        if raw is None:
            text = self._text(path, data)  # of these bytes: the file may be another by now
            raw, problems = (None, ()) if text is None else parse(text, path)
            self.problems += problems
            if text is None or problems:
                return None
            raw = {} if raw in (None, "") else raw
            self.files.parsed.put(shelf_of(path), blob, raw)
        faults: list[Fault] = []
        value = decode(kind, raw, faults)
        schema = getattr(value, "schema", SCHEMA)
        if schema > SCHEMA:
            message = f"数据版本{schema}比本程序认识的{SCHEMA}新，请升级程序"
            faults.append(Fault(("schema",), message))
        elif schema < 1:
            faults.append(Fault(("schema",), f"没有数据版本{schema}，现行为{SCHEMA}"))
        if faults:
            self.fault(path, data.decode("utf-8-sig"), faults)
        else:
            self.files.parsed.values[kind, blob] = value
        return value

    def fault(self, path: str, text: str, faults: list[Fault]) -> None:
        for fault in faults:
            key = ".".join(str(step + 1 if isinstance(step, int) else step) for step in fault.path)
            line = line_of(text, fault.path, value=fault.at_value)
            self.problems.append(Problem(file=path, line=line, key=key, message=fault.message))

    def blame(self, path: str, keys: tuple[str | int, ...], message: str) -> None:
        """A fault found after decoding, put at its line."""
        read = self.text(path)
        if read is not None:
            self.fault(path, read[0], [Fault(keys, message)])

    def finish(self) -> None:
        self.files.parsed.flush()
        if self.problems:
            raise BadData(self.told(), hint="请按所列文件和行逐处改正后重试")

    def told(self) -> tuple[Problem, ...]:
        """Every problem once, by file and line."""
        return tuple(sorted(dict.fromkeys(self.problems), key=lambda p: (p.file, p.line)))

    def spare(self, faults: list[Problem]) -> frozenset[str]:
        """Instead of `finish`: what was found goes to `faults`, and the files it is in."""
        self.files.parsed.flush()
        faults += self.told()
        return frozenset(problem.file for problem in self.problems)


Keyed: TypeAlias = tuple[tuple[str | int, ...], str]


def read_own(
    files: Files, kind: type[T], path: str, faults_of: Callable[[T], Iterable[Keyed]] = lambda _: ()
) -> T | None:
    """A file that need not be there, read by itself; BadData names every fault in it."""
    if files.read(path) is None:
        return None
    reader = Reader(files)
    value = reader.record(kind, path)
    for keys, message in faults_of(value) if value is not None else ():
        reader.blame(path, keys, message)
    reader.finish()
    return value


def check_states(
    reader: Reader,
    path: str,
    keys: tuple[str | int, ...],
    history: tuple[Step, ...],
    states: type[Labelled],
) -> None:
    known = tuple(str(state.value) for state in states)
    for index, step in enumerate(history):
        if step.to not in known:
            names = "、".join(known)
            message = f"“{step.to}”不在可选值之内：{names}"
            reader.blame(path, (*keys, "history", index, "to"), message)
