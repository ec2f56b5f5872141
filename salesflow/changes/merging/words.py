"""What a merge did, or why it did not, in sentences: ids and values in backticks."""

from collections.abc import Iterator, Mapping
from typing import Any

from salesflow.changes.merging.merge import Merge
from salesflow.changes.merging.places import GONE, same
from salesflow.changes.merging.three_way import Clash, Taken
from salesflow.source.write import one_line

MOST = 10  # clashes that are told
_NAMED, _LONGEST = 6, 60  # changes that are named; characters of a value


def told(made: Merge, *, path: str) -> Iterator[str]:
    """The sentences about a merge of the file at ``path``, one a line."""
    if made.clean:
        if made.taken:
            yield merged(made.taken, path=path)
        return
    yield f"`{path}` was not merged:"
    reasons = [*_reasons(made)]
    yield from (f"  {reason}" for reason in reasons[:MOST])
    if len(reasons) > MOST:
        yield f"  and {len(reasons) - MOST:,} more."
    yield _what_to_do(made, path)


def merged(taken: tuple[Taken, ...], *, path: str) -> str:
    """What came from theirs; a new id is told as such, and not that it says so."""
    plain = tuple(t for t in taken if isinstance(t.after, Mapping) or not t.path.endswith(".was"))
    taken = plain or taken
    named = ", ".join(map(_change, taken[:_NAMED]))
    rest = len(taken) - _NAMED
    more = f" and {rest:,} more" if rest > 0 else ""
    changes = "1 change" if len(taken) == 1 else f"{len(taken):,} changes"
    return f"Merged `{path}`: {changes} from theirs: {named}{more}."


def clash(clash_: Clash) -> str:
    """Why a place could not be merged."""
    path, base, ours, theirs, note = clash_
    if note and ours is GONE:
        return f"`{path}`: {note}."
    if note:
        return f"`{path}`: {note}: ours is `{ours}`, theirs `{theirs}`."
    if ours is GONE:
        return f"`{path}`: ours removed it, theirs changed {_what_changed(base, theirs)}."
    if theirs is GONE:
        return f"`{path}`: theirs removed it, ours changed {_what_changed(base, ours)}."
    said = f"ours says {_value(ours)}, theirs {_value(theirs)}"
    if base is GONE:
        return f"`{path}`: both sides added it: {said}."
    return f"`{path}`: {said}; it was {_value(base)}."


def _reasons(made: Merge) -> Iterator[str]:
    if made.why:
        yield f"{made.why[:1].upper()}{made.why[1:]}."
    for each in sorted(made.clashes, key=lambda clash: clash.path):
        yield clash(each)
    for finding in made.errors:
        message = finding.message
        yield f"Both sides are fine alone, but together: {message} [{finding.rule}]"


def _what_to_do(made: Merge, path: str) -> str:
    if made.text is None:
        return f"Git has both versions: `git checkout --ours {path}` or `--theirs`, then `git add`."
    return (
        f"Both versions are marked in the file: choose, run `salesflow check {path}`, `git add` it."
    )


def _change(taken: Taken) -> str:
    path, before, after = taken
    if before is GONE:
        return f"`{path}` is new"
    if after is GONE:
        return f"`{path}` is gone"
    if isinstance(before, str) and isinstance(after, str) and path.endswith(f".{before}"):
        return f"`{path}` is now `{after}`"
    return f"`{path}`"


def _what_changed(old: Any, new: Any) -> str:
    """Which keys of an element, or that it is another one altogether."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return f"it to {_value(new)}"
    keys = [key for key in {**old, **new} if not same(old.get(key, GONE), new.get(key, GONE))]
    named = ", ".join(f"`{key}`" for key in keys[:3])
    return f"its {named}{' and more' if len(keys) > 3 else ''}"


def _value(value: Any) -> str:
    """A value as it is written, clipped."""
    text = one_line(value)
    return f"`{text}`" if len(text) <= _LONGEST else f"`{text[: _LONGEST - 1]}…`"
