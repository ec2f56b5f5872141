"""How values with units are written, as regular expressions without anchors.

They use only what Python's ``re`` and ECMA 262 (JSON Schema) read alike, each is one group, and
each must match the whole text. The number of digits is bounded: a time always fits into 63 bits of
milliseconds, and no text takes long to read.
"""

_NUMBER = r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,12})?"

DURATION_PATTERN = rf"(?:{_NUMBER}(?:s|min|h|d|w))"
"""Elapsed time: ``45min``."""

BUSINESS_PATTERN = rf"(?:{_NUMBER}(?:bh|bd))"
"""Open time of a calendar: ``2bd``."""

ANY_DURATION_PATTERN = rf"(?:{_NUMBER}(?:s|min|h|d|w|bh|bd))"
"""Elapsed or business time."""

EFFORT_PATTERN = rf"(?:{_NUMBER}(?:s|min|h))"
"""Hands-on time: ``3h``."""

SHARE_PATTERN = r"(?:(?:[1-9]?[0-9](?:\.[0-9]{1,12})?|100(?:\.0{1,12})?)%)"
"""A share from 0% to 100%."""

PERCENT_PATTERN = rf"(?:-?{_NUMBER}%)"
"""The value of a percent field, also below 0% and above 100%."""

RATE_PATTERN = rf"(?:{_NUMBER} per (?:hour|day|week|month|year))"
"""How often: ``30 per week``."""

_LONG = r"(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT = r"(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_FEBRUARY = r"02-(?:0[1-9]|1[0-9]|2[0-8])"
# 1900 and 2100 are no leap years, 2000 is.
_LEAP_DAY = r"(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"

DATE_PATTERN = rf"(?:(?:19|20|21)[0-9]{{2}}-(?:{_LONG}|{_SHORT}|{_FEBRUARY})|{_LEAP_DAY})"
"""A day that exists, from 1900 to 2199: ``2026-12-25``."""
