"""volumes/ and styles/ → values. Every fault of every file is found before anything is refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from editorial.errors import BadData, EditorialError, Problem
from editorial.model.drafts import Draft
from editorial.model.labels import Labelled, TaskState
from editorial.model.letters import Letter
from editorial.model.names import safe_name
from editorial.model.people import Editor, Unit
from editorial.model.proofs import ProofJob
from editorial.model.reviews import Opinion, Round
from editorial.model.style import DraftStyle, FontConfig, LetterStyle
from editorial.model.volume import (
    SCHEMA,
    Chapter,
    ChapterFile,
    Section,
    Source,
    Step,
    Volume,
    VolumeFile,
)
from editorial.model.workflow import Workflow, stages, unknown_guards
from editorial.store.files import Files, blob_id
from editorial.store.parsed import shelf_of
from editorial.store.schema import Fault, decode
from editorial.store.yamlio import line_of, parse

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsFile:
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFile:
    staff: tuple[Editor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """progress.yaml: the steps of the volume-level stages."""

    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})


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
        try:
            return data.decode("utf-8-sig"), data
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            message = "不是 UTF-8 编码，请在编辑器里另存为 UTF-8"
            self.problems.append(Problem(file=path, line=line, message=message))
            return None

    def record(self, kind: type[T], path: str) -> T | None:
        """One file as one value with its `source`, if the type has that field."""
        data = self.files.read(path)
        if data is None:
            self.problems.append(Problem(file=path, message="缺少这个文件"))
            return None
        blob = blob_id(data)
        value: Any = self.files.parsed.values.get((kind, blob)) or self._decoded(
            kind, path, data, blob
        )
        if value is not None and hasattr(value, "source"):
            value = replace(value, source=Source(path=path, blob=blob))
        return cast("T | None", value)

    def _decoded(self, kind: type[T], path: str, data: bytes, blob: str) -> T | None:
        raw = self.files.parsed.get(shelf_of(path), blob)
        if raw is None:
            read = self.text(path)
            raw, problems = parse(read[0], path) if read else (None, ())
            self.problems += problems
            if read is None or problems:
                return None
            raw = {} if raw in (None, "") else raw
            self.files.parsed.put(shelf_of(path), blob, raw)
        faults: list[Fault] = []
        value = decode(kind, raw, faults)
        if faults:
            self.fault(path, data.decode("utf-8-sig"), faults)
        else:
            self.files.parsed.values[kind, blob] = value
        return value

    def fault(self, path: str, text: str, faults: list[Fault]) -> None:
        for fault in faults:
            key = ".".join(str(step + 1 if isinstance(step, int) else step) for step in fault.path)
            line = line_of(text, fault.path)
            self.problems.append(Problem(file=path, line=line, key=key, message=fault.message))

    def blame(self, path: str, keys: tuple[str | int, ...], message: str) -> None:
        """A fault found after decoding, put at its line."""
        read = self.text(path)
        if read is not None:
            self.fault(path, read[0], [Fault(keys, message)])

    def finish(self) -> None:
        self.files.parsed.flush()
        if self.problems:
            order = sorted(dict.fromkeys(self.problems), key=lambda p: (p.file, p.line))
            raise BadData(tuple(order), hint="请按所列文件和行逐处改正后重试")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    volume: Volume
    workflow: Workflow


def load_volume(files: Files, volume_id: str) -> Loaded:
    """A volume with its workflow. BadData lists every problem of every file."""
    reader = Reader(files)
    base = f"volumes/{volume_id}"
    info = reader.record(VolumeFile, f"{base}/volume.yaml")
    units = reader.record(UnitsFile, f"{base}/units.yaml")
    staff = reader.record(StaffFile, f"{base}/staff.yaml")
    if info is None or units is None or staff is None:
        _load_chapters(reader, base, info)
        reader.finish()
    assert info is not None
    assert units is not None
    assert staff is not None
    chapters = _load_chapters(reader, base, info)
    progress, source = _progress(reader, base)
    workflow = _workflow(reader, base, info)
    volume = Volume(
        id=volume_id,
        info=info,
        units=units.units,
        staff=staff.staff,
        chapters=chapters,
        history=progress.history,
        source=source,
    )
    _check_schema(reader, f"{base}/volume.yaml", info.schema)
    _check_ids(reader, base, volume)
    if workflow is not None:
        _check_workflow(reader, workflow, info.workflow)
        _check_references(reader, volume, workflow)
        _check_stages(reader, source.path, volume.history, workflow, "volume")
    reader.finish()
    assert workflow is not None
    return Loaded(volume=volume, workflow=replace(workflow, id=info.workflow))


def _workflow(reader: Reader, base: str, info: VolumeFile) -> Workflow | None:
    if safe_name(info.workflow):
        return reader.record(Workflow, f"styles/workflows/{info.workflow}.yaml")
    message = f"“{info.workflow}”不能用作流程名（不得含“/”“..”等）"
    reader.blame(f"{base}/volume.yaml", ("workflow",), message)
    return None


def _progress(reader: Reader, base: str) -> tuple[Progress, Source]:
    path = f"{base}/progress.yaml"
    data = reader.files.read(path)
    if data is None:
        return Progress(), Source(path=path, blob="")
    return reader.record(Progress, path) or Progress(), Source(path=path, blob=blob_id(data))


def _load_chapters(reader: Reader, base: str, info: VolumeFile | None) -> tuple[Chapter, ...]:
    chapters = []
    for name in reader.files.names(f"{base}/chapters"):
        folder = f"{base}/chapters/{name}"
        if not reader.files.names(folder):
            continue  # a stray file of some system's file manager
        if not safe_name(name):
            message = "目录名不能用作篇目编号（不得含 \\ : * ? 等符号）"
            reader.problems.append(Problem(file=folder, message=message))
        elif (chapter := _load_chapter(reader, base, name)) is not None:
            chapters.append(chapter)
    return tuple(chapters)


def _load_chapter(reader: Reader, base: str, name: str) -> Chapter | None:
    folder = f"{base}/chapters/{name}"
    file = reader.record(ChapterFile, f"{folder}/chapter.yaml")
    if file is None:
        return None
    present = frozenset(reader.files.names(folder))
    seen: set[str] = set()
    groups = []
    plain = (("", ("sections",), file.sections),) if file.sections else ()
    titled = tuple(
        (group.title, ("groups", i, "sections"), group.sections)
        for i, group in enumerate(file.groups)
    )
    for title, keys, ids in (*plain, *titled):
        sections = []
        for index, section_id in enumerate(ids):
            place = (*keys, index)
            if _listed_well(reader, folder, place, section_id, seen, present):
                section = reader.record(Section, f"{folder}/{section_id}.yaml")
                if section is not None:
                    sections.append(replace(section, id=f"{name}/{section_id}"))
        groups.append((title, tuple(sections)))
    return Chapter(id=name, title=file.title, groups=tuple(groups))


def _listed_well(
    reader: Reader,
    folder: str,
    place: tuple[str | int, ...],
    section_id: str,
    seen: set[str],
    present: frozenset[str],
) -> bool:
    chapter = f"{folder}/chapter.yaml"
    if not safe_name(section_id):
        reader.blame(chapter, place, f"“{section_id}”不能用作分目编号（不得含“/”“..”等）")
        return False
    if section_id in seen:
        reader.blame(chapter, place, f"分目“{section_id}”列了两次")
        return False
    seen.add(section_id)
    missing = [name for name in (f"{section_id}.yaml", f"{section_id}.md") if name not in present]
    for name in missing:
        reader.blame(chapter, place, f"列有“{section_id}”，但没有文件 {folder}/{name}")
    return f"{section_id}.yaml" not in missing


def _check_schema(reader: Reader, path: str, schema: int) -> None:
    if schema > SCHEMA:
        reader.blame(path, ("schema",), f"数据版本{schema}比本程序认识的{SCHEMA}新，请升级程序")
    elif schema < 1:
        reader.blame(path, ("schema",), f"没有数据版本{schema}，现行为{SCHEMA}")


def _check_ids(reader: Reader, base: str, volume: Volume) -> None:
    groups: tuple[tuple[str, str, tuple[Unit | Editor, ...]], ...] = (
        ("units", "单位", volume.units),
        ("staff", "人员", volume.staff),
    )
    for key, what, things in groups:
        seen: set[str] = set()
        for index, thing in enumerate(things):
            if thing.id in seen:
                path = f"{base}/{key}.yaml"
                reader.blame(path, (key, index, "id"), f"{what}编号“{thing.id}”重复")
            seen.add(thing.id)


def _check_workflow(reader: Reader, workflow: Workflow, name: str) -> None:
    path = f"styles/workflows/{name}.yaml"
    if not stages(workflow):
        reader.blame(path, ("stages",), "没有一个逐分目推进的阶段（scope: section）")
    for index, guard in unknown_guards(workflow):
        reader.blame(path, ("stages", index, "guards"), f"没有叫“{guard}”的条件")
    seen: set[str] = set()
    for index, stage in enumerate(workflow.stages):
        if stage.id in seen:
            reader.blame(path, ("stages", index, "id"), f"阶段编号“{stage.id}”重复")
        seen.add(stage.id)


def _check_references(reader: Reader, volume: Volume, workflow: Workflow) -> None:
    units = frozenset(unit.id for unit in volume.units)
    staff = frozenset(editor.id for editor in volume.staff)
    for section in volume.sections:
        assert section.source is not None
        path = section.source.path
        for index, unit in enumerate(section.units):
            if unit not in units:
                reader.blame(path, ("units", index), f"units.yaml 里没有单位“{unit}”")
        if section.editor and section.editor not in staff:
            reader.blame(path, ("editor",), f"staff.yaml 里没有人员“{section.editor}”")
        _check_stages(reader, path, section.history, workflow, "section")
        for index, task in enumerate(section.tasks):
            if task.unit not in units:
                reader.blame(path, ("tasks", index, "unit"), f"units.yaml 里没有单位“{task.unit}”")
            _check_states(reader, path, ("tasks", index), task.history, TaskState)


def _check_stages(
    reader: Reader, path: str, history: tuple[Step, ...], workflow: Workflow, scope: str
) -> None:
    known = frozenset(stage.id for stage in stages(workflow, scope))
    whose = "全书" if scope == "volume" else "分目"
    for index, step in enumerate(history):
        if step.to not in known:
            reader.blame(path, ("history", index, "to"), f"流程里没有{whose}阶段“{step.to}”")


def _check_states(
    reader: Reader,
    path: str,
    keys: tuple[str | int, ...],
    history: tuple[Step, ...],
    states: type[Labelled],
) -> None:
    known = frozenset(str(state.value) for state in states)
    for index, step in enumerate(history):
        if step.to not in known:
            names = "、".join(known)
            message = f"“{step.to}”不在可选值之内：{names}"
            reader.blame(path, (*keys, "history", index, "to"), message)


def _records(reader: Reader, kind: type[T], folder: str, file: str) -> list[tuple[str, T]]:
    found = []
    for name in reader.files.names(folder):
        if "." not in name and reader.files.names(f"{folder}/{name}"):
            record = reader.record(kind, f"{folder}/{name}/{file}")
            if record is not None:
                found.append((name, record))
    return found


def load_letters(files: Files, volume_id: str) -> tuple[Letter, ...]:
    from editorial.model.labels import LetterState

    reader = Reader(files)
    folder = f"volumes/{volume_id}/letters"
    letters = tuple(
        replace(letter, id=name) for name, letter in _records(reader, Letter, folder, "letter.yaml")
    )
    for letter in letters:
        assert letter.source is not None
        _check_states(reader, letter.source.path, (), letter.history, LetterState)
    reader.finish()
    return letters


def load_rounds(files: Files, volume_id: str) -> tuple[Round, ...]:
    from editorial.model.labels import Disposition, RoundState

    reader = Reader(files)
    folder = f"volumes/{volume_id}/rounds"
    rounds = []
    for name, round_ in _records(reader, Round, folder, "round.yaml"):
        assert round_.source is not None
        _check_states(reader, round_.source.path, (), round_.history, RoundState)
        opinions = _opinions(reader, f"{folder}/{name}/opinions", name)
        for opinion in opinions:
            assert opinion.source is not None
            _check_states(reader, opinion.source.path, (), opinion.history, Disposition)
        rounds.append(replace(round_, id=name, opinions=opinions))
    reader.finish()
    return tuple(rounds)


def _opinions(reader: Reader, folder: str, round_id: str) -> tuple[Opinion, ...]:
    found = []
    for name in (each for each in reader.files.names(folder) if each.endswith(".yaml")):
        opinion = reader.record(Opinion, f"{folder}/{name}")
        if opinion is not None:
            found.append(replace(opinion, id=f"{round_id}/{name.removesuffix('.yaml')}"))
    return tuple(found)


def load_proofs(files: Files, volume_id: str) -> tuple[ProofJob, ...]:
    from editorial.model.labels import ProofState

    reader = Reader(files)
    folder = f"volumes/{volume_id}/proofs"
    jobs = tuple(
        replace(job, id=name) for name, job in _records(reader, ProofJob, folder, "proof.yaml")
    )
    for job in jobs:
        assert job.source is not None
        _check_states(reader, job.source.path, (), job.history, ProofState)
    reader.finish()
    return jobs


def load_drafts(files: Files, volume_id: str) -> tuple[Draft, ...]:
    reader = Reader(files)
    folder = f"volumes/{volume_id}/drafts"
    drafts = tuple(
        replace(draft, id=name) for name, draft in _records(reader, Draft, folder, "draft.yaml")
    )
    reader.finish()
    return drafts


def load_text(files: Files, volume_id: str, section_id: str) -> tuple[str, Source]:
    """The text of a section and where it lies."""
    path = text_path(volume_id, section_id)
    reader = Reader(files)
    read = reader.text(path)
    reader.finish()
    assert read is not None
    return read[0], Source(path=path, blob=blob_id(read[1]))


def text_path(volume_id: str, section_id: str) -> str:
    return f"volumes/{volume_id}/chapters/{section_id}.md"


def load_draft_style(files: Files, name: str) -> DraftStyle:
    return replace(_style(files, DraftStyle, "drafts", name, "稿样"), id=name)


def load_letter_style(files: Files, name: str) -> LetterStyle:
    style = _style(files, LetterStyle, "letters", name, "公函")
    reader = Reader(files)
    wording = reader.text(f"styles/letters/{name}.md")
    reader.finish()
    assert wording is not None
    return replace(style, id=name, wording=wording[0])


def load_fonts(files: Files) -> FontConfig:
    reader = Reader(files)
    config = reader.record(FontConfig, "styles/fonts.yaml")
    reader.finish()
    assert config is not None
    return config


def _style(files: Files, kind: type[T], folder: str, name: str, what: str) -> T:
    names = [
        each.removesuffix(".yaml")
        for each in files.names(f"styles/{folder}")
        if each.endswith(".yaml")
    ]
    if name not in names:
        hint = f"可用：{'、'.join(names)}"
        raise EditorialError(f"没有叫“{name}”的{what}样式（styles/{folder}）", hint=hint)
    reader = Reader(files)
    style = reader.record(kind, f"styles/{folder}/{name}.yaml")
    reader.finish()
    assert style is not None
    return style
