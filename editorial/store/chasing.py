"""styles/chasing.yaml and volumes/ID/chase/: the rules of 催报 and the log of every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from editorial.errors import Problem
from editorial.model.chasing import Chasing, DayLog, chasing_faults
from editorial.store.files import Files
from editorial.store.reader import Reader, read_own

RULES = "styles/chasing.yaml"


def load_chasing(files: Files) -> Chasing:
    """The rules; a workspace without the file goes by the default ladder."""
    return read_own(files, Chasing, RULES, chasing_faults) or Chasing()


def load_day_logs(files: Files, volume_id: str) -> tuple[DayLog, ...]:
    """The logs in the order of their days. BadData: an entry of another day, a name no day."""
    reader, folder = Reader(files), f"volumes/{volume_id}/chase"
    logs = []
    for name in (each for each in files.names(folder) if each.endswith(".yaml")):
        day = _day(name.removesuffix(".yaml"))
        log = reader.record(DayLog, f"{folder}/{name}")
        if day is None:
            message = "文件名应是日期，如 2020-03-05.yaml"
            reader.problems.append(Problem(file=f"{folder}/{name}", message=message))
        elif log is not None:
            _check(reader, f"{folder}/{name}", log, day)
            logs.append(replace(log, day=day))
    reader.finish()
    return tuple(sorted(logs, key=lambda log: log.day))


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name) if len(name) == 10 else None
    except ValueError:
        return None


def _check(reader: Reader, path: str, log: DayLog, day: date) -> None:
    dates = (
        ("checkins", [each.date for each in log.checkins]),
        ("callbacks", [each.date for each in log.callbacks]),
    )
    for key, written in dates:
        for index, on in enumerate(written):
            if on != day:
                message = f"这是{day}的记录，不能写{on}"
                reader.blame(path, (key, index, "date"), message)


def log_path(volume_id: str, day: date) -> str:
    return f"volumes/{volume_id}/chase/{day.isoformat()}.yaml"
