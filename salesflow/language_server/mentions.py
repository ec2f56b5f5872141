"""A walk over a file of any kind that writes down every id in it, with what it may stand for.

The walk follows the shape of the language; what does not have that shape is passed over.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from salesflow.language_server.entries import aligned, entries, path_entry, word_at
from salesflow.language_server.entries import key_at as key_place
from salesflow.language_server.mention import FLOW, Leaving, Mention, Mentions, Name, Path, Run
from salesflow.language_server.mentions_words import words
from salesflow.source.located import Entry, Map, Seq

Handler: TypeAlias = Callable[["Walk", Entry, Path], None]


class Walk:
    """One walk; ``dotted`` while keys may be paths, ``defining`` while keys say what there is."""

    def __init__(self, content: str, *, dotted: bool = False) -> None:
        """Nothing found yet."""
        self.content = content
        self.dotted = dotted
        self.defining = True
        self.found: list[Mention] = []
        self.runs: list[Run] = []
        self.leaving: list[Leaving] = []

    def result(self) -> Mentions:
        """What was found, by place."""
        found = sorted(self.found, key=lambda one: (one.start, one.end))
        return Mentions(tuple(found), tuple(self.runs), tuple(self.leaving))

    def inside(self, at: Entry, table: Mapping[str, Handler], path: Path) -> None:
        """Follow the keys of a record that the table knows."""
        for entry in entries(at.value, dotted=self.dotted):
            handler = table.get(entry.key)
            if handler is not None:
                handler(self, entry, path)

    def each(self, at: Entry, what: str, space: str, path: Path, inner: Handler | None) -> None:
        """A map of elements by id: each key is one, ``inner`` follows what it says."""
        for entry in entries(at.value, dotted=self.dotted):
            self.element(entry, what, Name(space, (*path, entry.key)))
            if inner is not None:
                inner(self, entry, (*path, entry.key))

    def element(self, entry: Entry, what: str, name: Name) -> None:
        """The key of an element."""
        start, end = key_place(self.content, entry)
        self.found.append(
            Mention(
                (name,),
                start,
                end,
                what,
                defines=self.defining,
                whole=max(entry.end, end),
                value=entry.value,
                key=True,
                alone=not self.dotted,
            )
        )

    def key(self, entry: Entry, what: str, *names: Name) -> None:
        """A key that names what stands elsewhere."""
        start, end = key_place(self.content, entry)
        self.found.append(Mention(names, start, end, what, key=True))

    def known(self, entry: Entry, what: str, *names: Name, note: str = "") -> None:
        """A value that is an id, or may become one."""
        if isinstance(entry.value, str):
            start, end = word_at(self.content, entry)
            self.found.append(Mention(names, start, end, what, note=note))

    def list_of(self, entry: Entry, what: str, space: str, path: Path = ()) -> None:
        """A list of ids."""
        if isinstance(entry.value, Seq):
            for item in entries(entry.value):
                if isinstance(item.value, str):
                    self.known(item, what, Name(space, (*path, item.value)))

    def short_path(self, entry: Entry, what: str, *others: str, under: Path = ()) -> None:
        """A short path in a value, such as `contracting.legal`: each of its ids is a mention.

        ``others`` are spaces that a single id may lie in rather.
        """
        if not isinstance(entry.value, str):
            return
        start, _ = word_at(self.content, entry)
        self._parts(entry.value, start, what, others, under)

    def path_key(self, entry: Entry, what: str) -> None:
        """A short path that stands as a key."""
        self._parts(entry.key, key_place(self.content, entry)[0], what, (), (), key=True)

    def _parts(
        self,
        text: str,
        start: int,
        what: str,
        others: tuple[str, ...],
        under: Path,
        *,
        key: bool = False,
    ) -> None:
        path: list[str] = [*under]
        parts = text.split(".")
        for part in parts:
            path.append(part)
            names = [Name(FLOW, tuple(path))]
            if len(parts) == 1:
                names[:0] = [Name(space, (part,)) for space in others]
            end = start + len(part)
            found = Mention(tuple(names), start, end, what, key=key, alone=len(parts) == 1)
            self.found.append(found._replace(note="path") if key else found)
            start = end + 1

    def full_paths(self, entry: Entry, table: Mapping[str, Handler]) -> None:
        """A list of paths from the top, such as `steps.nurture.next.re_engaged`."""
        if not isinstance(entry.value, Seq):
            return
        before = self.dotted, self.defining
        self.dotted, self.defining = True, False
        for item in entries(entry.value):
            if isinstance(item.value, str):
                made = path_entry(entry.value, item)
                self.inside(item._replace(value=made), table, ())
        self.dotted, self.defining = before

    def expression(self, entry: Entry, field: str = "") -> None:
        """The ids of a condition or, of a ``field``, of what it is set to."""
        if not isinstance(entry.value, str):
            return
        start, end = entry.start, entry.end
        if self.content[start : start + 1] in ("'", '"'):
            start, end = word_at(self.content, entry)
        places = aligned(entry.value, self.content, start, end)
        if places is None:
            return
        if not entry.value.strip():
            names = (Name("data", ("",)),)
            self.found.append(Mention(names, end, end, "field", alone=False, note="expression"))
        for word in words(entry.value, field=field):
            self.found.append(
                Mention(
                    word.names,
                    places[word.start],
                    places[word.end - 1] + 1,
                    word.what,
                    alone=False,
                    note=word.asked or "expression",
                )
            )

    def targets(self, entry: Entry, result: Path) -> None:
        """Where a result leads: one target or several, in the scope of its step."""
        scope = result[:-2]
        values = entries(entry.value) if isinstance(entry.value, Seq) else (entry,)
        for each in values:
            if not isinstance(each.value, str):
                continue
            if each.value == "leave" and len(scope) >= 2:
                self.leaving.append(Leaving(result, (*scope[:-1], result[-1])))
            self.known(each, "step or outcome", Name(FLOW, (*scope, each.value)), note="target")


def value_of(data: Any, key: str) -> Any:
    """The value of a key of a map, None for anything else."""
    return data.get(key) if isinstance(data, Map) else None
