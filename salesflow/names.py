"""Names in messages: the one that was meant, and those that there are."""

from collections.abc import Collection

_LONGEST = 100  # characters of a mistyped name that are compared
_POOL = 5000  # known names that are compared


def nearest(name: str, known: Collection[str], *, most: int = _POOL) -> str | None:
    """The known name that a mistyped one most resembles, whatever the capitals.

    At most ``most`` names are compared.
    """
    from difflib import get_close_matches  # only when something is wrong

    spelled = {other.lower(): other for other in sorted(known)[:most]}
    near = get_close_matches(name[:_LONGEST].lower(), spelled, 1, 0.6)
    return spelled[near[0]] if near else None


def listed(names: Collection[str], *, most: int = 8) -> str:
    """Names for a sentence, in the order given: `a`, `b` and 3 more."""
    shown = [f"`{name}`" for name in list(names)[:most]]
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")
