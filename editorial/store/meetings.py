"""rounds/NN/meeting.yaml and appraisals.yaml, styles/reviews/scores.yaml."""

from __future__ import annotations

from editorial.model.meeting import (
    DEFAULT_RULES,
    Appraisals,
    Meeting,
    ScoreRules,
    rule_faults,
)
from editorial.store.files import Files
from editorial.store.reader import read_own

RULES = "styles/reviews/scores.yaml"


def meeting_path(volume_id: str, round_id: str) -> str:
    return f"volumes/{volume_id}/rounds/{round_id}/meeting.yaml"


def appraisals_path(volume_id: str, round_id: str) -> str:
    return f"volumes/{volume_id}/rounds/{round_id}/appraisals.yaml"


def load_meeting(files: Files, volume_id: str, round_id: str) -> Meeting | None:
    """The meeting of a round; None when none is on record."""
    return read_own(files, Meeting, meeting_path(volume_id, round_id))


def load_appraisals(files: Files, volume_id: str, round_id: str) -> Appraisals:
    return read_own(files, Appraisals, appraisals_path(volume_id, round_id)) or Appraisals()


def load_score_rules(files: Files) -> ScoreRules:
    """The rules; a workspace without the file goes by the six aspects of a 志稿 review."""
    return read_own(files, ScoreRules, RULES, rule_faults) or DEFAULT_RULES


def load_meetings(files: Files, volume_id: str) -> tuple[Meeting | Appraisals, ...]:
    """Every record of a meeting or of readers' appraisals of a volume."""
    rounds = files.names(f"volumes/{volume_id}/rounds")
    meetings = (load_meeting(files, volume_id, each) for each in rounds)
    return (
        *(meeting for meeting in meetings if meeting is not None),
        *(load_appraisals(files, volume_id, each) for each in rounds),
    )
