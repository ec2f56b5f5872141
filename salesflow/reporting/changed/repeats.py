"""What was told of one process already: a variant repeats what changed in the one it is of."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.checking.words import named
from salesflow.nouns import FrozenMap
from salesflow.reporting.changed.once import key, told
from salesflow.reporting.changed.verdict import besides, counted, ranked
from salesflow.reporting.changed.ways import kept

_Thing = TypeVar("_Thing")


_ALIKE = 3  # variants that have nothing of their own to tell, from which on they share a line


class Telling(NamedTuple):
    """A comparison, what of it is ``shown``, and the id of the process that it is ``like``.

    ``missing`` are edits of that one which do not reach this one. Where many say nothing but that
    they are alike, that one names them (``same_in``), and they are ``folded``.
    """

    diff: Diff
    shown: Diff
    like: str = ""
    missing: tuple[Edit, ...] = ()
    same_in: tuple[str, ...] = ()
    folded: bool = False

    @property
    def only_alike(self) -> bool:
        """Whether it says nothing but that it is like another one."""
        more = self.missing or told(self.shown.edits) or besides(self.shown)
        return bool(self.like) and not more

    @property
    def about(self) -> tuple[str, ...]:
        """The sentences after its headline."""
        return tuple(filter(None, [*self._counts(), *besides(self.shown)]))

    def _counts(self) -> Iterator[str]:
        number, left = len(told(self.diff.edits)), len(told(self.shown.edits))
        if self.like and not left:
            if not self.missing:
                yield f"The same changes as in `{self.like}`."
                return
            whole = f"{number + len(self.missing):,} changes in `{self.like}`"
            yield f"{number:,} of the {whole} {'reach' if number > 1 else 'reaches'} it."
            more = f" And {len(self.missing) - 1:,} more." if len(self.missing) > 1 else ""
            yield f"Not this, as it has its own: {self.missing[0].message}{more}"
            return
        yield counted(self.diff)
        if self.same_in:
            yield f"Its variants {named(self.same_in)} have the same changes and no others."
        if self.like:
            others = "the other one is" if left == 1 else "the others are"
            yield f"{number - left:,} of them are those of `{self.like}`; only {others} told here."


def tellings(diffs: Sequence[Diff]) -> tuple[tuple[Telling, ...], tuple[Diff, ...]]:
    """Those that there is something to tell of, the worst first, and the unchanged ones.

    Where half of the changes of one are those of one before it, only the others are shown.
    """
    changed, others = ranked(diffs)
    first: dict[object, Diff] = {}  # what an edit says -> the first comparison that says it
    found = []
    for diff in changed:
        sayings = dict.fromkeys(key(edit) for edit in told(diff.edits))
        earlier = [first[saying] for saying in sayings if saying in first]
        found.append(_telling(diff, earlier, len(sayings)))
        for saying in sayings:
            first.setdefault(saying, diff)
    return tuple(_folded(found)), others


def _folded(found: Sequence[Telling]) -> Iterator[Telling]:
    """Those that only say that they are like another one, named there if there are many."""
    alike: dict[str, list[str]] = {}
    for one in found:
        if one.only_alike:
            alike.setdefault(one.like, []).append(one.diff.id)
    many = {name: tuple(ids) for name, ids in alike.items() if len(ids) >= _ALIKE}
    for one in found:
        folded = one.only_alike and one.like in many
        yield one._replace(folded=folded, same_in=many.get(one.diff.id, ()))


def _telling(diff: Diff, earlier: Sequence[Diff], number: int) -> Telling:
    counts: dict[str, int] = {}
    by_id = {one.id: one for one in earlier}
    for one in earlier:
        counts[one.id] = counts.get(one.id, 0) + 1
    most = min(counts, key=lambda name: (-counts[name], name), default="")
    if not most or counts[most] * 2 < number:
        return Telling(diff, diff)
    own = {key(edit) for edit in diff.edits}
    missing = tuple(edit for edit in told(by_id[most].edits) if key(edit) not in own)
    return Telling(diff, _without(diff, by_id[most]), most, missing)


def _without(diff: Diff, base: Diff) -> Diff:
    """What only ``diff`` says."""
    known = {key(edit) for edit in base.edits}
    left = tuple(edit for edit in diff.edits if key(edit) not in known)
    same = diff.behaviour == base.behaviour
    return diff.replace(
        edits=left,
        departments=FrozenMap(dict(_departments(diff, base))),
        behaviour=None if same else kept(diff.behaviour, diff.edits, left),
        introduced=_others(diff.introduced, base.introduced),
        repaired=_others(diff.repaired, base.repaired),
        impact=None if diff.impact == base.impact else diff.impact,
        notes=_others(diff.notes, base.notes),
    )


def _others(things: Sequence[_Thing], known: Sequence[_Thing]) -> tuple[_Thing, ...]:
    return tuple(thing for thing in things if thing not in known)


def _departments(diff: Diff, base: Diff) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Their lines after the one that sums them up, without those that the other one has."""
    for name, lines in diff.departments.items():
        known = base.departments.get(name, ())
        rest = _others(lines[1:], known)
        if len(lines) == 1:  # it says all there is
            if not any(lines[0] == line or lines[0].endswith(f". {line}") for line in known):
                yield name, lines
        elif rest:
            yield name, (f"Besides: {rest[0]}", *(rest if len(rest) > 1 else ()))
