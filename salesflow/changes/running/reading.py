"""The file of deals under way."""

from salesflow.errors import UsageError
from salesflow.source.files import content_of

_MOST = 1 << 28  # bytes


def read_deals(file: str) -> bytes:
    """What a file of deals holds. UsageError where it cannot be read or is too large."""
    content = content_of(file, _MOST + 1)
    if len(content) > _MOST:
        raise UsageError(f"`{file}` has more than {_MOST >> 20} MB: split it.")
    return content
