"""Fixed points in time for acts under test."""

from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
NOON = datetime(2020, 3, 5, 12, 0, tzinfo=BEIJING)
