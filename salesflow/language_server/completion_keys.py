"""Keys that may stand at a place, with what they mean; whole elements where an id begins one."""

from collections.abc import Iterator, Sequence
from typing import Any

from salesflow.language_server.hover import key_told
from salesflow.language_server.keys import records_at
from salesflow.language_server.offer import Offer
from salesflow.language_server.probe import PROBE, Probed
from salesflow.schema.language import KINDS, document
from salesflow.schema.said import written
from salesflow.schema.shapes import Id, Key, MapOf, Record, Shape, resolved
from salesflow.source.located import Map

_EVERYWHERE = ("name", "description", "owner", "was")  # offered last


def keys(place: Probed) -> Iterator[Offer]:
    """The keys that may stand where the probe is one; needed ones first, known ones left out."""
    sheet = place.sheet
    there = frozenset(place.holder) if isinstance(place.holder, Map) else frozenset()
    if sheet.kind == "":
        yield from _beginnings(place, there)
        return
    path = _path(place)
    found = [*_of(records_at(sheet.data, sheet.kind, path[:-1], place.holder), there, place)]
    found.sort(key=lambda offer: (not offer.needed, offer.label in _EVERYWHERE))
    yield from found


def path_keys(parts: Sequence[str]) -> Iterator[Offer]:
    """The words of the language in a path such as `steps.demo.next`, without what they hold."""
    for shape in records_at(Map(), "process", parts, None):
        if isinstance(shape, Record):
            for name in shape.keys:
                if name not in ("salesflow", "process", "use", "locked", "was"):
                    yield Offer(name, "word", name, shape.keys[name].title)


def _path(place: Probed) -> tuple[str, ...]:
    """The path of the probe's key, a dotted one taken apart."""
    last = place.path[-1]
    if place.sheet.kind in ("variant", "scenario") and place.path[0] == "change":
        return (*place.path[:-1], *last.split("."))
    return place.path


def _of(shapes: tuple[Shape, ...], there: frozenset[str], place: Probed) -> Iterator[Offer]:
    first = next((shape for shape in shapes if isinstance(shape, Record)), None)
    for shape in shapes:
        if isinstance(shape, Record):
            if shape is not first and not (there - {PROBE}) <= shape.keys.keys():
                continue  # what is said already belongs to another kind
            for name, key in shape.keys.items():
                decides = shape is first or key.required
                if name not in there and decides:
                    needed = key.required and shape is first
                    yield _key(name, key, place, needed=needed)
        elif isinstance(shape, MapOf) and isinstance(resolved(shape.key), Id):
            yield from _element(shape)


def _key(name: str, key: Key, place: Probed, *, needed: bool) -> Offer:
    about = f"{key.title} (needed)" if needed else key.title
    return Offer(name, "key", _text(name, key, place), about, key_told(name, key), needed=needed)


def _text(name: str, key: Key, place: Probed) -> str:
    """The key with its colon; where a map comes below, with the line it begins on."""
    if place.sheet.text[place.start + len(PROBE) : place.start + len(PROBE) + 2] == "::":
        return name
    inner = resolved(key.shape)
    opens = isinstance(inner, Record | MapOf) and not place.flow and "." not in place.path[-1]
    return f"{name}:\n{' ' * (place.indent + 2)}" if opens else f"{name}: "


def _element(shape: MapOf) -> Iterator[Offer]:
    """A whole element to begin with, from the example of the language."""
    value = resolved(shape.value)
    if not value.examples or not isinstance(value.examples[0], dict):
        return
    what = value.name.replace("_", " ") or "element"
    what = "step" if what in ("step", "work") else what
    stops = _stops(value.examples[0])
    yield Offer(
        f"new {what}",
        "snippet",
        f"${{1:{what.replace(' ', '_')}_id}}: {stops}",
        f"a {what} with an id of yours",
        f"```yaml\nmy_id: {written(value.examples[0])}\n```",
        snippet=True,
    )


def _stops(example: dict[str, Any]) -> str:
    """An example in flow style whose plain values are stops to fill in."""
    parts = []
    for number, (key, value) in enumerate(example.items(), 2):
        shown = written(value).replace("}", "\\}").replace("$", "\\$")
        parts.append(f"{key}: ${{{number}:{shown}}}")
    return f"{{{', '.join(parts)}}}"


def _beginnings(place: Probed, there: frozenset[str]) -> Iterator[Offer]:
    """What a file may begin with."""
    if len(place.chain) > 1:
        return
    if "salesflow" not in there:
        version = document("process").keys["salesflow"]
        yield Offer("salesflow", "key", "salesflow: 1\n", version.title, needed=True)
    for kind in KINDS:
        key = document(kind).keys[kind]
        yield Offer(kind, "key", f"{kind}: ", key.title, key_told(kind, key), needed=True)
