"""Which file of the old version is which of the new one: by name, by process, by what they say."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from salesflow.changes.named import Place
from salesflow.schema.assembly import Assembly

ALIKE = 0.5  # share of lines in common from which on a file is taken for another one renamed
MOST_COMPARED = 40_000  # pairs of files


class Member(NamedTuple):
    """A file of one version: ``key`` is its path, comparable with the other version's."""

    key: str
    place: Place
    assembly: Assembly

    @property
    def named(self) -> tuple[str, str]:
        """What it calls itself: ``("process", "smb")``."""
        return (self.assembly.kind, self.assembly.id)


class Pair(NamedTuple):
    """Two versions of a file; None where one has none. ``note`` says how they were found."""

    old: Member | None
    new: Member | None
    note: str = ""

    @property
    def key(self) -> str:
        """The path in the new version, else in the old one."""
        member = self.new or self.old
        return member.key if member is not None else ""


def pairs_of(old: Iterable[Member], new: Iterable[Member]) -> list[Pair]:
    """Each file of both versions in one pair, in the order of their paths.

    Files of the same path are one; of those left, two that alone call themselves the same; of those
    left, the ones most alike, if half of their lines are the same.
    """
    before = {member.key: member for member in sorted(old, key=_key)}
    after = {member.key: member for member in sorted(new, key=_key)}
    found = [Pair(before.pop(key), after.pop(key)) for key in [*after] if key in before]
    for one, other in _unique(before.values(), after.values()):
        del before[one.key], after[other.key]
        found.append(Pair(one, other, f"`{one.place.shown}` is now `{other.place.shown}`."))
    for one, other in _alike([*before.values()], [*after.values()]):
        del before[one.key], after[other.key]
        note = f"`{one.place.shown}` is taken for `{other.place.shown}`: they say much the same."
        found.append(Pair(one, other, note))
    found += [Pair(member, None) for member in before.values()]
    found += [Pair(None, member) for member in after.values()]
    return sorted(found, key=lambda pair: (pair.key, pair.new is None))


def _key(member: Member) -> str:
    return member.key


def _unique(old: Iterable[Member], new: Iterable[Member]) -> list[tuple[Member, Member]]:
    """Members that call themselves the same, and nobody else on their side does."""
    before, after = _only(old, lambda m: m.named), _only(new, lambda m: m.named)
    return [(before[name], after[name]) for name in before if name in after]


def _only(members: Iterable[Member], name: Callable[[Member], Hashable]) -> dict[Hashable, Member]:
    found: dict[Hashable, list[Member]] = {}
    for member in members:
        found.setdefault(name(member), []).append(member)
    return {key: members[0] for key, members in found.items() if len(members) == 1}


def _alike(old: Sequence[Member], new: Sequence[Member]) -> list[tuple[Member, Member]]:
    """Members of a kind with most lines in common, the most alike first."""
    if len(old) * len(new) > MOST_COMPARED:
        return []
    after = [(member, _lines(member)) for member in new]
    scored: list[tuple[float, Member, Member]] = []
    for one in old:
        lines = _lines(one)
        for other, theirs in after:
            share = (lines & theirs).total() / max(lines.total(), theirs.total(), 1)
            if share >= ALIKE and one.assembly.kind == other.assembly.kind:
                scored.append((share, one, other))
    scored.sort(key=lambda each: (-each[0], each[1].key, each[2].key))
    taken: set[tuple[str, str]] = set()
    found = []
    for _, one, other in scored:
        ends = {("old", one.key), ("new", other.key)}
        if taken.isdisjoint(ends):
            taken |= ends
            found.append((one, other))
    return found


def _lines(member: Member) -> Counter[str]:
    """The lines that say something, of the file itself."""
    text = member.assembly.readings[member.assembly.file].text
    return Counter(line for line in map(str.strip, text.splitlines()) if line)
