"""Immutable values with named fields, cheap to declare.

The compiled process has some thirty kinds of things. ``dataclass(frozen=True)`` writes and compiles
code for each when the program starts, over a millisecond apiece, which is a fifth of the time a
whole ``salesflow check`` may take. A ``Noun`` behaves the same (type checkers see dataclasses) and
costs next to nothing to declare.
"""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any, ClassVar, NoReturn, Self, TypeVar, dataclass_transform

K = TypeVar("K")
V = TypeVar("V")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Noun:
    """A frozen value: keyword arguments in, equality by fields, ``repr`` that shows them.

    Fields are the annotations of the class and its bases; a class attribute is the default.
    Names in ``unequal`` (places, texts) take no part in equality, hash and ``repr``.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _compared: ClassVar[tuple[str, ...]] = ()
    _needed: ClassVar[frozenset[str]] = frozenset()
    unequal: ClassVar[frozenset[str]] = frozenset()
    _known: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        """Read the fields off the annotations."""
        own = [
            name
            for name, kind in cls.__dict__.get("__annotations__", {}).items()  # noqa: RUF063 - inspect is slow
            if not str(kind).startswith("typing.ClassVar")
        ]
        cls._fields = (*cls._fields, *(name for name in own if name not in cls._fields))
        cls._known = frozenset(cls._fields)
        cls._compared = tuple(name for name in cls._fields if name not in cls.unequal)
        cls._needed = frozenset(name for name in cls._fields if not hasattr(cls, name))

    def __init__(self, **values: Any) -> None:
        """Take the fields by name; TypeError for one that is missing or unknown."""
        if not self._needed.issubset(values):
            missing = ", ".join(sorted(self._needed - values.keys()))
            raise TypeError(f"{type(self).__name__} needs {missing}")
        if not self._known.issuperset(values):
            unknown = ", ".join(sorted(values.keys() - self._known))
            raise TypeError(f"{type(self).__name__} has no {unknown}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse: a noun never changes."""
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse: a noun never changes."""
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        """Equal when of one class and all compared fields are equal."""
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._compared)

    def __hash__(self) -> int:
        """By the compared fields."""
        return hash((type(self), *(getattr(self, name) for name in self._compared)))

    def __repr__(self) -> str:
        """Show the fields that differ from their default."""
        shown = [
            f"{name}={getattr(self, name)!r}"
            for name in self._compared
            if name in self._needed or getattr(self, name) != getattr(type(self), name)
        ]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __getstate__(self) -> dict[str, Any]:
        """Only the fields: what was worked out from them is worked out again."""
        return {name: self.__dict__[name] for name in self._fields if name in self.__dict__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the fields back."""
        self.__dict__.update(state)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return type(self)(**(self.__getstate__() | changes))


class FrozenMap(Mapping[K, V]):
    """A map that never changes, in the order written; equal whatever the order; hashable.

    Rules walk over thousands of them: what ``Mapping`` would do in Python is left to the dict.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        """Copy the items."""
        self._items = dict(items or {})

    def __getitem__(self, key: K) -> V:
        """The value of the key."""
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        """The keys in the order written."""
        return iter(self._items)

    def __len__(self) -> int:
        """How many keys."""
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        """Whether the key is there."""
        return key in self._items

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of the key, or the default."""
        return self._items.get(key, default)

    def keys(self) -> KeysView[K]:
        """The keys in the order written."""
        return self._items.keys()

    def values(self) -> ValuesView[V]:
        """The values in the order written."""
        return self._items.values()

    def items(self) -> ItemsView[K, V]:
        """The pairs in the order written."""
        return self._items.items()

    def __hash__(self) -> int:
        """By the items, whatever their order."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """As a dict."""
        return f"FrozenMap({self._items!r})"
