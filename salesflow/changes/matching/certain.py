"""What is one element without a guess: the same id, or one says what it was.

In the same place a new ``was`` comes before the same id, or two elements could never change names.
One that both versions have is old news.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from salesflow.changes.matching.pairing import Pair, Pairing
from salesflow.changes.sheet import Sheet, last_id

# What keeps its id when it moves to another block, branch or department.
MOVABLE = frozenset({"step", "branch", "role"})


class _Claim(NamedTuple):
    """Two elements of which one says it was the other; ``rivals`` are those beside it that
    have the other's id, so that one would take them for that.
    """

    pair: Pair
    rival: str | None
    rival_is_new: bool


def certain(old: Sheet, new: Sheet) -> Pairing:
    """All pairs that need no guess."""
    pairing = Pairing(old, new, _same(old, new))
    settle(pairing, _open_places(pairing))
    while _elsewhere(pairing, last_id, last_id, alike=_alike):
        pass
    while _elsewhere(pairing, last_id, lambda path: new[path].was) or _elsewhere(
        pairing, lambda path: old[path].was, last_id
    ):
        pass
    return pairing


def _same(old: Sheet, new: Sheet) -> set[str]:
    """Equal paths of equal kinds all the way up, but for those that a new ``was`` is about."""
    disputed = _disputed(old, new) | _disputed(new, old)
    same = {""}
    for path, row in new.items():
        other = old.get(path)
        if (
            other is not None
            and row.parent in same
            and other.what == row.what
            and path not in disputed
        ):
            same.add(path)
    return same - {""}


def _disputed(told: Sheet, other: Sheet) -> set[str]:
    """Paths that a ``was`` of one version is about which the other does not have."""
    found: set[str] = set()
    for path, row in told.items():
        if "was" in row.data:
            counterpart = other.get(path)
            if counterpart is None or counterpart.was != row.was:
                found |= {path, f"{path.removesuffix(last_id(path))}{row.was}"}
    return found


def _open_places(pairing: Pairing) -> list[Pair]:
    """The matched parents below which something is open in both versions; "" is above all."""
    places = ((pairing.old_of.get(parent, ""), parent) for parent in pairing.lying_new)
    return sorted(
        (old, new) for old, new in places if old in pairing.lying_old and bool(old) == bool(new)
    )


def settle(pairing: Pairing, places: Iterable[Pair]) -> list[Pair]:
    """Match what is open below matched parents, and below what is matched so; all new pairs."""
    waiting = list(places)
    found: list[Pair] = []
    while waiting:
        parents = waiting.pop()
        for pair in _below(pairing, *parents):
            if pairing.free(*pair):
                pairing.add(*pair)
                found.append(pair)
                waiting.append(pair)
    return found


def _below(pairing: Pairing, old: str, new: str) -> Iterator[Pair]:
    """Pairs of what lies in matched parents: announced ones first, then those of the same id."""
    olds, news = pairing.lying_old.get(old), pairing.lying_new.get(new)
    if not olds or not news:
        return
    yield from _announced(pairing, olds, news)
    for key, path in olds.items():
        other = news.get(key)
        if other is not None:
            yield path, other


Ids = dict[tuple[str, str], str]


def _announced(pairing: Pairing, olds: Ids, news: Ids) -> list[Pair]:
    """What one of two says, unless both versions have the id that it had, or several claim it."""
    claims = [
        *_claims(pairing.new, news, pairing.old, olds, told_by_new=True),
        *_claims(pairing.old, olds, pairing.new, news, told_by_new=False),
    ]
    pairs = {claim.pair for claim in claims}
    while True:
        taken_old = Counter(old for old, _ in pairs)
        taken_new = Counter(new for _, new in pairs)
        kept = {
            claim.pair
            for claim in claims
            if claim.pair in pairs
            and taken_old[claim.pair[0]] == 1
            and taken_new[claim.pair[1]] == 1
            and (
                claim.rival is None
                or claim.rival in (taken_new if claim.rival_is_new else taken_old)
            )
        }
        if kept == pairs:
            return sorted(pairs)
        pairs = kept


def _claims(
    told: Sheet, tellers: Ids, other: Sheet, others: Ids, *, told_by_new: bool
) -> Iterator[_Claim]:
    for (what, name), path in tellers.items():
        was = told[path].was
        if not was or was == name:
            continue
        counterpart = others.get((what, name))
        former = others.get((what, was))
        if former is None or (counterpart is not None and other[counterpart].was == was):
            continue
        pair = (former, path) if told_by_new else (path, former)
        yield _Claim(pair, tellers.get((what, was)), told_by_new)


def _elsewhere(
    pairing: Pairing,
    name_old: Callable[[str], str],
    name_new: Callable[[str], str],
    *,
    alike: Callable[[Pairing, str, str], bool] = lambda *_: True,
) -> list[Pair]:
    """Match what moved: the only open ones of a name in the process, those least deep first."""
    olds = _only(pairing.old, pairing.open_old(), name_old, pairing.home_of_old)
    news = _only(pairing.new, pairing.open_new(), name_new, pairing.home_of_new)
    pairs = [
        (olds[key], news[key])
        for key in sorted(olds.keys() & news.keys())
        if alike(pairing, olds[key], news[key])
    ]
    depth = min((_depth(pair) for pair in pairs), default=0)
    found = [pair for pair in pairs if _depth(pair) == depth]
    for pair in found:
        pairing.add(*pair)
    settle(pairing, found)
    return found


def _depth(pair: Pair) -> int:
    return min(path.count(".") for path in pair)


def _only(
    sheet: Sheet, paths: list[str], name: Callable[[str], str], home: Callable[[str], str]
) -> dict[tuple[str, str, str], str]:
    """Kind, process and name -> path, of names that one path has."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for path in paths:
        what = sheet[path].what
        if what in MOVABLE and name(path) and home(path):
            found.setdefault((what, home(path), name(path)), []).append(path)
    return {key: paths[0] for key, paths in found.items() if len(paths) == 1}


def _alike(pairing: Pairing, old: str, new: str) -> bool:
    """Whether two elements of an id in different places may be one: none that are all different."""
    one, other = pairing.old[old].data, pairing.new[new].data
    if "by" not in one or "by" not in other:
        return True
    words = [set(_words(data)) for data in (one, other)]
    return not words[0].isdisjoint(words[1])


def _words(data: dict[str, Any]) -> Iterator[str]:
    for key in ("by", "name", "captures", "requires"):
        value = data.get(key, ())
        yield from [value] if isinstance(value, str) else value
