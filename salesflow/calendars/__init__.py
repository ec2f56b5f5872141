"""When people work: weekly hours in a time zone, holidays, and counting in open time.

Instants are integers: milliseconds since 1970-01-01 00:00 UTC.
"""

from salesflow.calendars.calendar import DAYS, Calendar, Common, Problem, accepting, common
from salesflow.calendars.hours import parse_hours
from salesflow.calendars.open_time import (
    add_open_time,
    add_stretch,
    intersection,
    next_open,
    open_intervals,
    open_time_between,
)
from salesflow.calendars.reading import parse_calendar
from salesflow.calendars.zones import known_timezone, like_timezones

__all__ = [
    "DAYS",
    "Calendar",
    "Common",
    "Problem",
    "accepting",
    "add_open_time",
    "add_stretch",
    "common",
    "intersection",
    "known_timezone",
    "like_timezones",
    "next_open",
    "open_intervals",
    "open_time_between",
    "parse_calendar",
    "parse_hours",
]
