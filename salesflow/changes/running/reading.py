"""The file of deals under way."""

from salesflow.errors import UsageError

_MOST = 1 << 28  # bytes


def read_deals(file: str) -> bytes:
    """What a file of deals holds. UsageError where it cannot be read or is too large."""
    try:
        with open(file, "rb") as stream:
            content = stream.read(_MOST + 1)
    except (OSError, ValueError) as problem:
        why = (getattr(problem, "strerror", "") or "this is no file name").lower()
        raise UsageError(f"`{file}` cannot be read: {why}.") from None
    if len(content) > _MOST:
        raise UsageError(f"`{file}` has more than {_MOST >> 20} MB: split it.")
    return content
