"""Shares and percents as people write them: ``0.3``, ``30``, ``30 percent``, ``1/3``."""

import re

from salesflow.quantities.mistaken_numbers import NUMBER, TOO_LONG, meant_number, write, written

_REST = ("remaining", "remainder", "else", "other", "others", "otherwise", "the rest")


def mistaken_share(text: str, kind: str) -> str:
    """What to write for a ``share``, ``share_or_rest`` or ``percent``."""
    plain = text.strip().lower()
    if plain == "rest" and kind == "share":
        return "`rest` cannot stand here: write the share, such as `30%`."
    if kind == "share_or_rest" and (plain == "rest" or plain in _REST):
        return write("rest")
    fraction = re.fullmatch(r"([0-9]{1,6})\s*(?:/|of|in|out of)\s*([0-9]{1,6})", plain)
    if fraction and int(fraction[2]) >= max(int(fraction[1]), 1):
        return write(f"{written(round(int(fraction[1]) / int(fraction[2]) * 100, 1))}%")
    match = re.fullmatch(rf"([-−–]?)\s*({NUMBER})\s*(%|percent|per cent|pct|prozent|)\.?", plain)
    if not match:
        return ""
    number = meant_number(match[2])
    if number is None:
        return TOO_LONG
    if match[1] and kind != "percent":
        return "A share is not below 0%."
    if number > 100 and kind != "percent":
        return "A share is at most 100%."
    if not match[3]:
        return _without_sign(match[1], number, re.search("[.,]", match[2]) is not None)
    return write(f"{match[1] and '-'}{written(number)}%")


def _without_sign(minus: str, number: float, fraction: bool) -> str:
    sign = minus and "-"
    if number == 1 and not fraction:
        return f"Write `{sign}1%`, or `{sign}100%` if all is meant."
    if number <= 1 and fraction:
        return write(f"{sign}{written(number * 100)}%")
    return write(f"{sign}{written(number)}%")
