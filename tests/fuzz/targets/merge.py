"""Three versions of a file: merged into one that reads, or a conflict that loses no side."""

from collections.abc import Iterator

from salesflow.changes.merging.merge import merge
from salesflow.changes.merging.words import told
from salesflow.source.read import read
from salesflow.source.write import emit
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import document, documents, edited, texts
from tests.fuzz.harmless import harmless
from tests.fuzz.worlds import folder


def seeds() -> Iterator[bytes]:
    for number, text in enumerate(texts()[:30]):
        yield b"\0\x05\x90\x08" + text.encode()
        yield b"\1" + bytes([number, 0]) + spread(number * 23, 60)
    assert documents()


def run(data: bytes) -> None:
    choices = Choices(data[1:])
    sides = choices.parts(3)
    if data[:1] == b"\1":
        base = document(Choices(bytes([choices.below(256), choices.below(256)])))
        sides = [_bytes(each) for each in (base, edited(base, choices), edited(base, choices))]
    made = merge(*sides, path=f"{folder()}/a.salesflow.yaml")
    harmless("".join(f"{row!r}\n" for row in told(made, path="a.salesflow.yaml")))
    if made.text is None:
        assert any(b"\0" in side for side in sides)
    elif not made.clean:
        assert all(row in made.text for side in sides[1:] for row in _added(side, sides[0]))
    elif made.by_element:
        assert read(made.text.decode(), "a").data is not None


def _bytes(data: dict[str, object]) -> bytes:
    try:
        return emit(data).encode()
    except TypeError:  # what the language has no word for, such as null
        return repr(data).encode()


def _added(side: bytes, base: bytes) -> set[bytes]:
    """The lines that only a side has."""
    return set(side.splitlines()) - set(base.splitlines())
