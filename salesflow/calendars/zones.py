"""Time zones by their IANA names, and how far their clocks are from UTC."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

_DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SYSTEM_ZONES = "/usr/share/zoneinfo"


def known_timezone(name: str) -> bool:
    """Whether this machine knows a time zone of this exact name, such as ``Europe/Berlin``."""
    return _is_system_zone(name) or _zone(name) is not None


def like_timezones(name: str) -> tuple[str, ...]:
    """Up to three known names that may have been meant; none if the machine knows no zones."""
    from difflib import get_close_matches  # slow to import, for mistakes only
    from zoneinfo import available_timezones  # slow, for mistakes only

    known = sorted(available_timezones())
    wanted = "_".join(name[:80].lower().split())
    same = [zone for zone in known if wanted in (zone.lower(), zone.rpartition("/")[2].lower())]
    if same:
        return tuple(same[:3])
    cities = {zone.rpartition("/")[2].lower(): zone for zone in known}
    near = get_close_matches(wanted, [zone.lower() for zone in known], n=3, cutoff=0.75)
    near_city = get_close_matches(wanted.rpartition("/")[2], cities, n=3, cutoff=0.75)
    full = {zone.lower(): zone for zone in known}
    return tuple(dict.fromkeys([full[z] for z in near] + [cities[c] for c in near_city]))[:3]


def any_timezone_known() -> bool:
    """Whether this machine has time zone data at all."""
    from zoneinfo import available_timezones  # slow, for mistakes only

    return bool(available_timezones())


def utc_offsets(timezone: str, start_ms: int, end_ms: int) -> Iterator[tuple[int, int, int]]:
    """The range as stretches ``(start, end, offset)`` with one offset each, all in milliseconds.

    Local wall time is UTC plus offset. ValueError for a zone that this machine does not know.
    A change is looked for from day to day and then narrowed down to its second; no zone has ever
    changed its clocks there and back within a day.
    """
    zone = _zone(timezone)
    if zone is None:
        raise ValueError(f"this machine does not know the time zone {timezone}")
    start, offset = start_ms, _offset(zone, start_ms // 1000)
    second = start_ms // 1000
    while start < end_ms:
        later = min(second + _DAY, -(-end_ms // 1000))
        if _offset(zone, later) == offset:
            second = later
        else:
            second = _change(zone, second, later)
            if second * 1000 < end_ms:
                yield start, second * 1000, offset * 1000
                start, offset = second * 1000, _offset(zone, second)
                continue
        if second * 1000 >= end_ms:
            yield start, end_ms, offset * 1000
            return


def _change(zone: tzinfo, before: int, after: int) -> int:
    """The first second with another offset than ``before`` has."""
    offset = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: tzinfo, second: int) -> int:
    there = (_EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    return 0 if there is None else round(there.total_seconds())


def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # slow to import

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None  # unknown, no name at all, or a folder of zones


def _is_system_zone(name: str) -> bool:
    """A shortcut that spares most machines the import of zoneinfo when files are only checked."""
    if not all(
        part.replace("-", "").replace("_", "").replace("+", "").isalnum()
        for part in name.split("/")
    ):
        return False
    try:
        with open(f"{_SYSTEM_ZONES}/{name}", "rb") as file:
            return file.read(4) == b"TZif"
    except (OSError, ValueError):
        return False
