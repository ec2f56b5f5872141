"""Numbers as people write them: decimal commas, thousands, leading zeros."""

import re

from salesflow.quantities.values import decimal_text

LONGEST = 80  # characters; whoever writes more has not mistyped a unit
NUMBER = r"(?:[0-9]+(?:[.,'_ ][0-9]{3})*(?:[.,][0-9]+)?|[.,][0-9]+)"


def meant_number(text: str) -> float | None:
    """The number of a text that matches NUMBER; None for more digits than the language takes.

    One comma is a decimal comma, except before exactly three digits: ``1,5`` is 1.5, ``1,500`` is
    1500.
    """
    plain = re.sub("['_ ]", "", text)
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if number < 1e9 else None


def written(number: float) -> str:
    """The number as the language writes it, to 6 decimals."""
    return decimal_text(round(number, 6))


def write(text: str) -> str:
    """The usual advice."""
    return f"Write `{text}`."


TOO_LONG = "A number has at most 9 digits before the decimal point and 12 after it."
