"""Which element of one version is which of another: by id, by what they say, by likeness."""

import json
from typing import Any

from salesflow.changes.matching.certain import certain
from salesflow.changes.matching.inferred import infer
from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.sheet import Sheet
from salesflow.nouns import FrozenMap


def match(old: Sheet, new: Sheet) -> Matching:
    """All pairs of elements that are one, in the order of the new sheet.

    ``match(new, old)`` has the same pairs the other way round. What has little in common is left
    unmatched: removed here and added there.
    """
    turned = _turned(old, new)
    pairing = certain(new, old) if turned else certain(old, new)
    infer(pairing)
    former = pairing.new_of if turned else pairing.old_of
    found: dict[str, Match] = {}
    for path in new:
        other = former.get(path)
        if other is not None:
            sure = pairing.inferred.get(other if turned else path, 1.0) if pairing.inferred else 1.0
            told = other != path and pairing.says_so(*((path, other) if turned else (other, path)))
            found[path] = Match(other, path, sure, told)
    return Matching(matches=FrozenMap(found))


def _turned(old: Sheet, new: Sheet) -> bool:
    """Whether to compare them the other way round: so both ways say the same, ties included."""
    if old.keys() != new.keys():
        return sorted(new) < sorted(old)
    for path in sorted(path for path, row in old.items() if row != new[path]):
        one, other = _text(old[path].data), _text(new[path].data)
        if one != other:
            return other < one
    return False


def _text(data: Any) -> str:
    """Data in an order of its own: lists may be sets."""
    if isinstance(data, dict):
        return json.dumps({key: _text(value) for key, value in sorted(data.items())})
    if isinstance(data, list):
        return json.dumps(sorted(map(_text, data)))
    return json.dumps(data)
