"""When two written values mean the same: ``60min`` and ``1h``, ``rest`` and what it comes to."""

from collections.abc import Mapping
from typing import Any

from salesflow.quantities import decimal_text, parse_duration, parse_share

# Keys whose texts are words of people: never read as anything else.
WORDS = frozenset({"name", "description", "owner", "goal", "version", "was", "master"})
_REST = "rest"
_UNORDERED = frozenset({"wait_for", "to"})  # a rename sorts these otherwise


def same(key: str, old: Any, new: Any) -> bool:
    """Whether two values of one key of an element mean the same."""
    if old == new and type(old) is type(new):
        return True
    if old is None or new is None or key in WORDS:
        return False
    if key in _UNORDERED and isinstance(old, list) and isinstance(new, list):
        return sorted(old) == sorted(new)
    return bool(meaning(old) == meaning(new))


def meaning(value: Any) -> Any:
    """A value in a form that is equal for all ways to write it."""
    if isinstance(value, Mapping):
        shares = _whole(value)
        return {_text(name): meaning(inner) for name, inner in shares.items()}
    if isinstance(value, list | tuple):
        return [meaning(inner) for inner in value]
    return _text(value) if isinstance(value, str) else value


def _text(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    duration = parse_duration(text)
    if duration is None:
        return text
    if duration.business:
        return f"{decimal_text(duration.amount)}{duration.unit}"
    return f"{duration.milliseconds}ms"


def _whole(value: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Shares of values with the ``rest`` worked out."""
    if _REST not in value.values():
        return value
    given = [parse_share(str(share)) for share in value.values() if share != _REST]
    if any(share is None for share in given):
        return value
    rest = 1 - sum(share for share in given if share is not None)
    text = f"{decimal_text(float(f'{rest * 100:.12g}'))}%"
    return {name: text if share == _REST else share for name, share in value.items()}
