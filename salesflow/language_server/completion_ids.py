"""Ids that may be written at a place: those known there, of the kind that the place asks for."""

from collections.abc import Iterator, Mapping

from salesflow.language_server.meanings import Meanings, Where
from salesflow.language_server.mention import CHOICES, DATA, FLOW, PEOPLE, Mention, Name
from salesflow.language_server.mentions import value_of
from salesflow.language_server.offer import Offer
from salesflow.language_server.probe import PROBE, Probed
from salesflow.source.located import Map, Seq

_TARGETS = frozenset({"step", "outcome"})
_FUNCTIONS = (
    ("filled", "filled($1)", "whether a field is filled"),
    ("visited", "visited($1)", "whether the deal ever entered a step"),
    ("times", "times($1)", "how often the deal took a result: `times(step.result)`"),
)
_JOINING = ("and", "or", "not", "true", "false")


def ids(meanings: Meanings, place: Probed) -> Iterator[Offer]:
    """The ids that fit, values of choices first in a condition."""
    mentions = place.mentions
    if not mentions:
        return
    known = meanings.definitions(place.sheet)
    taken = _beside(place)
    for mention in mentions:
        for name in mention.names:
            for other, where in known.items():
                if _fits(mention, name, other, where) and other.id not in taken:
                    yield _offer(other, where)
        if mention.what == "result" and place.as_key:
            yield from _happening(meanings, place, mention, taken)
        if mention.names[0].space == PEOPLE and not _declared(known):
            yield from _undeclared(meanings, place)
        if mention.note == "target" and len(mention.name.path) > 2:
            yield Offer("done", "word", "done", "the branch is finished")
            yield Offer("leave", "word", "leave", "the block is left with this result")
        if mention.note == "expression":
            yield from _expression()
        if mention.note == "takes":
            yield from _implied(mention, known)


def _fits(mention: Mention, name: Name, other: Name, where: Where) -> bool:
    """Whether a known name may stand where a mention has the probe."""
    same = other.space == name.space and len(other.path) == len(name.path)
    if not same or other.path[:-1] != name.path[:-1] or other.id == PROBE:
        return False
    what = where.mention.what
    if mention.note == "target":
        return what in _TARGETS
    if name.space == FLOW:
        return _in_flow(mention, what)
    if mention.what == "role":
        return what == "role" or not _has_roles(where)
    return mention.what != "department" or what == "department"


def _in_flow(mention: Mention, what: str) -> bool:
    """Whether a kind of element of the flow may stand at a mention."""
    if mention.note in ("step", "outcome", "source", "result"):
        return what == mention.note
    if mention.note == "visited" or (mention.note == "path" and mention.alone):
        return what == "step"
    if mention.key and mention.note == "":  # an element of what is varied
        return what == mention.what
    return what != "source"


def _has_roles(where: Where) -> bool:
    return bool(value_of(where.mention.value, "roles"))


def _declared(known: Mapping[Name, Where]) -> bool:
    return any(name.space == PEOPLE for name in known)


def _undeclared(meanings: Meanings, place: Probed) -> Iterator[Offer]:
    """Departments that are named though none is declared."""
    names = {name.id for name in meanings.known(place.sheet) if name.space == PEOPLE}
    yield from (Offer(name, "element", name, "department") for name in sorted(names - {PROBE}))


def _beside(place: Probed) -> frozenset[str]:
    """The ids that stand in the same list, or as keys of the same map."""
    holder = place.holder
    if isinstance(holder, Seq):
        return frozenset(str(value) for value in holder)
    if place.as_key and isinstance(holder, Map):
        return frozenset(holder)
    return frozenset()


def _offer(name: Name, where: Where) -> Offer:
    called = value_of(where.mention.value, "name")
    what = where.mention.what
    if name.space == DATA:
        what = f"field, {value_of(where.mention.value, 'type') or 'of no type'}"
    if name.space == CHOICES:
        what = f"value of `{name.path[0]}`"
    about = f"{called} ({what})" if isinstance(called, str) and called else what
    return Offer(name.id, "element", name.id, about)


def _expression() -> Iterator[Offer]:
    for label, text, about in _FUNCTIONS:
        yield Offer(label, "function", text, about, snippet=True)
    for word in _JOINING:
        yield Offer(word, "word", word)


def _happening(
    meanings: Meanings, place: Probed, mention: Mention, taken: frozenset[str]
) -> Iterator[Offer]:
    """Results that come from inside: by `leave`, by a time limit, from the process that is run."""
    step, sheet = mention.name.path[:-1], place.sheet
    found = {
        one.of_block[-1]: "leaves the block"
        for one in sheet.mentions.leaving
        if one.of_block[:-1] == step
    }
    timed = (one for one in sheet.mentions.all if one.note == "result")
    found.update(
        (one.name.id, "when the time is over") for one in timed if one.name.path[:-1] == step
    )
    started = {run.process for run in sheet.mentions.runs if run.step == step}
    for real in sheet.used if started else ():
        other = meanings.sheets.get(real)
        if other is not None and other.id in started:
            ends = (one for one in other.mentions.all if one.defines and one.what == "outcome")
            found.update((one.name.id, f"outcome of `{other.id}`") for one in ends)
    if any(one.what == "branch" and one.name.path[:-1] == step for one in sheet.mentions.all):
        found["done"] = "the branches are done"
    yield from (
        Offer(name, "element", f"{name}: ", about)
        for name, about in found.items()
        if name not in taken
    )


def _implied(mention: Mention, known: Mapping[Name, Where]) -> Iterator[Offer]:
    """`done`, of a step that says only where it leads."""
    step = mention.name.path[:-1]
    if not any(name.space == FLOW and name.path[:-1] == step for name in known):
        yield Offer("done", "word", "done", "the only result")
