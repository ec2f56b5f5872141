"""Where a place in a text lies in what the text says: the keys around it, innermost last."""

from typing import Any, NamedTuple

from salesflow.language_server.entries import entries
from salesflow.source.located import Entry, Map, Seq


class Located(NamedTuple):
    """The entries around a place; ``in_key`` where it is the last one's key, not its value."""

    chain: tuple[Entry, ...]
    in_key: bool

    @property
    def path(self) -> tuple[str, ...]:
        """The keys, and the numbers of items."""
        return tuple(entry.key for entry in self.chain)

    def holder(self, data: Map) -> Any:
        """The map or list that the last entry stands in."""
        return self.chain[-2].value if len(self.chain) > 1 else data


def locate(data: Map, offset: int) -> Located:
    """The entries around an offset, the outermost first."""
    chain: list[Entry] = []
    node: Any = data
    while isinstance(node, Map | Seq):
        found = _around(node, offset)
        if found is None:
            break
        chain.append(found)
        if found.begin < found.key_end and offset <= found.key_end:
            return Located(tuple(chain), in_key=True)
        node = found.value
    return Located(tuple(chain), in_key=False)


def _around(node: Any, offset: int) -> Entry | None:
    """The entry that holds the offset; of two that touch it the one that begins there."""
    found = [one for one in entries(node) if one.begin <= offset <= max(one.end, one.key_end)]
    return found[-1] if found else None
