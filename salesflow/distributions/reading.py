"""From the forms of the language to a distribution, or to what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.distributions.any_of import AnyOf
from salesflow.distributions.constant import Constant
from salesflow.distributions.family import keep
from salesflow.distributions.forms import FORMS, Read
from salesflow.distributions.part import KINDS, Part, read_part, shown
from salesflow.distributions.problem import Problem
from salesflow.distributions.sharing import read_shares
from salesflow.quantities import explain, parse_share

_KEYS = ("mean", "sd", "median", "p90", "min", "usual", "max")
_HINT = (
    "A distribution is {mean}, {mean, sd}, {median, p90}, {min, usual, max}, {min, max} "
    "or {any_of}."
)
_BASES = {"elapsed": "elapsed time", "bh": "open hours", "bd": "open days"}


def parse_distribution(data: Any, kind: str, *, values: Sequence[str] = ()) -> Read:
    """Read a distribution of a kind, or say everything that is wrong with it.

    ``kind`` is ``duration``, ``effort`` (only s min h), ``number``, ``money``, ``percent``,
    ``choice`` (one of ``values``; any word where none are given) or ``yes_no``.
    ``data`` is plain language data: ``45min``, ``{median: 3d, p90: 10d}``, ``60000``, ``25%``,
    ``{DACH: 50%, AMER: rest}``, ``30%`` or ``true`` for yes/no. ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"no kind of value: {kind!r}")
    if kind == "yes_no":
        return _yes_no(data)
    if not isinstance(data, Mapping):
        part = read_part(data, kind, choices=values)
        if isinstance(part, Problem):
            return (part,)
        return Constant(basis=part.basis, written=part.written, value=part.value)
    if set(data) == {"any_of"} and isinstance(data["any_of"], Mapping):
        return _any_of(data["any_of"], kind, values, wrapped=True)
    if kind == "choice":
        return _any_of(data, kind, values, wrapped=False)
    return _form(data, kind)


def _yes_no(data: Any) -> Read:
    if isinstance(data, bool):
        return Constant(basis="yes_no", written=data, value=data)
    share = parse_share(data) if isinstance(data, str) else None
    if share is None:
        hint = explain("share", shown(data)) or "Write `true`, `false` or the share of yes: `30%`."
        return (Problem("", f"`{shown(data)}` is neither yes/no nor a share of yes.", hint),)
    shares = (round(1 - share, 15), share)
    return AnyOf(basis="yes_no", written=data, values=(False, True), shares=shares)


def _form(data: Mapping[str, Any], kind: str) -> Read:
    """One of the forms with named parts."""
    known = [key for key in data if key in _KEYS]
    strange = [key for key in data if key not in _KEYS]
    build = FORMS.get(frozenset(known))
    if strange and (build or not known):
        key = "any_of" if "any_of" in data else strange[0]
        return (Problem(key, f"`{shown(key)}` does not belong here.", _HINT),)
    if build is None:
        names = " and ".join(f"`{key}`" for key in known) or "An empty map"
        return (Problem("", f"{names} alone: that is no whole distribution.", _HINT),)
    read = {key: read_part(data[key], kind) for key in known}
    wrong = tuple(p._replace(key=key) for key, p in read.items() if isinstance(p, Problem))
    parts = {key: p for key, p in read.items() if isinstance(p, Part)}
    return wrong or _one_basis(parts) or build(parts)


def _any_of(entries: Mapping[str, Any], kind: str, values: Sequence[str], *, wrapped: bool) -> Read:
    """Values with shares; in ``any_of`` problems stand at that key, else at each value's."""
    read = {key: read_part(key, kind, choices=values) for key in entries}
    wrong = [p._replace(key=key) for key, p in read.items() if isinstance(p, Problem)]
    parts = {key: p for key, p in read.items() if isinstance(p, Part)}
    shares, unshared = read_shares(entries)
    wrong += unshared
    wrong += _one_basis(parts) or _twice(parts)
    if wrong:
        return tuple(p._replace(key="any_of") if wrapped else p for p in wrong)
    pairs = sorted(zip((p.value for p in parts.values()), shares, strict=True), key=_value)
    shared = keep(
        dict(zip((str(p.written) for p in parts.values()), entries.values(), strict=True))
    )
    return AnyOf(
        basis=next(iter(parts.values())).basis,
        written=keep({"any_of": shared} if wrapped else shared),
        values=tuple(value for value, _ in pairs),
        shares=tuple(share for _, share in pairs),
    )


def _value(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _one_basis(parts: Mapping[str, Part]) -> tuple[Problem, ...]:
    """Elapsed time, open hours and open days do not mix in one distribution."""
    first = next(iter(parts), None)
    for key, part in parts.items():
        if first is not None and part.basis != parts[first].basis:
            message = (
                f"{part.written} is {_BASES[part.basis]}, but "
                f"{parts[first].written} is {_BASES[parts[first].basis]}."
            )
            return (Problem(key, message, "Write all times of a distribution in one of the two."),)
    return ()


def _twice(parts: Mapping[str, Part]) -> tuple[Problem, ...]:
    first: dict[Any, Any] = {}
    for key, part in parts.items():
        if part.value in first:
            message = f"{part.written} and {first[part.value]} are the same value."
            return (Problem(key, message, "Write it once, with the sum of the shares."),)
        first[part.value] = part.written
    return ()
