"""Times as people write them: ``3 days``, ``2hrs``, ``90m``, ``1h30``."""

import re
from collections.abc import Sequence

from salesflow.quantities.mistaken_numbers import NUMBER, TOO_LONG, meant_number, write, written

_WORDS = {
    "s": "s sec secs second seconds sek sekunde sekunden",
    "min": "min mins minute minutes minuten",
    "h": "h hr hrs hour hours std stunde stunden",
    "d": "d day days tag tage tagen",
    "w": "w wk wks week weeks woche wochen",
    "bh": "bh bhs businesshour businesshours workinghour workinghours officehour officehours",
    "bd": "bd bds businessday businessdays workingday workingdays workday workdays weekday "
    "weekdays arbeitstag arbeitstage werktag werktage",
    "month": "mo mon mos month months monat monate",
    "quarter": "q quarter quarters quartal quartale",
    "year": "y yr yrs year years a jahr jahre",
}
_SECONDS = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DAYS = {"month": 30, "quarter": 91, "year": 365}


def mistaken_time(text: str, units: Sequence[str]) -> str:
    """What to write; ``units`` are those that may stand here."""
    plain = text.strip().lower()
    if re.fullmatch(rf"[-−–]\s*{NUMBER}.*", plain):
        return "A time cannot be negative."
    clock = re.fullmatch(r"([0-9]{1,4}):([0-5][0-9])", plain)
    if clock:
        return _joined(int(clock[1]) * 3600 + int(clock[2]) * 60, units)
    one = re.fullmatch(rf"(?:about |ca\.? ?|~)?({NUMBER})[\s_-]*([a-zäöü][a-zäöü\s_-]*|)\.?", plain)
    if one:
        return _single(one[1], re.sub(r"[\s_-]", "", one[2]), units)
    return _several(plain, units)


def _single(digits: str, word: str, units: Sequence[str]) -> str:
    number = meant_number(digits)
    if number is None:
        return TOO_LONG
    shown = written(number)
    if not word:
        choices = [f"`{shown}{unit}`" for unit in units if unit != "s"][:3]
        return f"Say the unit: {', '.join(choices[:-1])} or {choices[-1]}."
    if word == "m":
        return _fitting(number, "min", units)[:-1] + " for minutes: `m` could also mean months."
    unit = next((unit for unit, words in _WORDS.items() if word in words.split()), None)
    if unit is None:
        example = "d" if "d" in units else "h"
        return f"Units are {', '.join(units)}: for example `{shown}{example}`."
    if unit in _DAYS:
        days = (
            f"write `{written(number * _DAYS[unit])}d`"
            if "d" in units
            else "write the hours of work"
        )
        return f"There is no unit for a {unit}: {days}."
    return _fitting(number, unit, units)


def _fitting(number: float, unit: str, units: Sequence[str]) -> str:
    """The advice for a time whose unit is clear, when that unit may not stand here either."""
    if unit in units:
        return write(f"{written(number)}{unit}")
    if "d" in units:
        return (
            f"No calendar counts here: write elapsed time, such as `{written(number)}{unit[-1]}`."
        )
    if unit == "bh":
        return write(f"{written(number)}h")
    hours = written(number * (40 if unit == "w" else 8))
    return f"Hands-on time is counted in s, min or h: `{hours}h` at 8 hours a day."


def _several(plain: str, units: Sequence[str]) -> str:
    """``1h30``, ``1h 30min``, ``1d 4h``: one number and one unit."""
    total, last = 0.0, ""
    rest = plain.replace("and", " ").strip()
    if not re.fullmatch(r"(?:[0-9]+(?:[.,][0-9]+)?\s*[a-z]*[\s,]*){2,4}", rest):
        return ""
    for digits, word in re.findall(r"([0-9]+(?:[.,][0-9]+)?)\s*([a-z]*)", rest):
        number = meant_number(digits)
        unit = _unit(word, after=last)
        if number is None or unit is None:
            return ""
        if unit in ("d", "w") and "d" not in units:
            return "Write one number and one unit, in hours of work: `12h`."
        total += number * _SECONDS[unit]
        last = unit
    return _joined(total, units)


def _unit(word: str, *, after: str) -> str | None:
    """The unit of a word; a number without one counts in the next smaller unit: 1h30."""
    if not word:
        return {"w": "d", "d": "h", "h": "min", "min": "s", "m": "s"}.get(after)
    if word == "m":
        return "min"
    return next((u for u in ("s", "min", "h", "d", "w") if word in _WORDS[u].split()), None)


def _joined(seconds: float, units: Sequence[str]) -> str:
    for unit in ("w", "d", "h", "min", "s"):
        if unit in units and seconds % _SECONDS[unit] == 0:
            return f"Write one number and one unit: `{written(seconds / _SECONDS[unit])}{unit}`."
    return "Write one number and one unit, such as `90min`."
