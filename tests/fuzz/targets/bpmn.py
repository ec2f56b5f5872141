"""XML of strangers: process files that load, or findings; entities and DOCTYPE refused."""

import os
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

import salesflow as sf
from salesflow.errors import LoadError
from salesflow.importing.bpmn import import_bpmn
from salesflow.importing.text import text_of
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import ROOT

HARD = (
    b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>', b"<x>&#27;[31m</x>",
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', b"<a>" * 300, b'<x a="1" a="2"/>',
    '<?xml version="1.0" encoding="utf-16"?><x/>'.encode("utf-16"), b"<x>]]></x>", b"<x><!-- -- --></x>",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    yield from (b"\0" + text for text in (*_diagrams(), *HARD))
    yield from (bytes([1, each]) + spread(each, 60) for each in range(40))


def run(data: bytes) -> None:
    raw = data[1:] if data[:1] != b"\1" else _edited(Choices(data[1:]))
    try:
        imported = import_bpmn(raw, "a.bpmn")
    except LoadError as problem:
        assert problem.findings
        return
    texts = {
        each.file: text_of(each.data, "a.bpmn", imported.remarks) for each in imported.documents
    }
    alone = [text for text in texts.values() if not any(name in text for name in texts)]
    for text in alone:
        assert text.isprintable() or not set(text) & set("\x1b\x00\u202e\r")
        sf.loads(text, file="b.yaml")


def _edited(choices: Choices) -> bytes:
    """A diagram with elements moved, removed, doubled, and attributes exchanged."""
    root = ET.fromstring(choices.one_of(_diagrams()))
    for _ in range(1 + choices.below(12)):
        parents = [each for each in root.iter() if len(each)]
        if not parents or choices.left <= 0:
            break
        parent, other = choices.one_of(parents), choices.one_of(list(root.iter()))
        child = parent[choices.below(len(parent))]
        change = choices.below(5)
        if change == 0:
            parent.remove(child)
        elif change == 1:
            parent.append(child)
        elif change == 2 and child not in other.iter() and other not in child.iter():
            other.append(child)
        elif change == 3 and child.attrib and other.attrib:
            name = choices.one_of(sorted(child.attrib))
            child.attrib[name] = choices.one_of([*other.attrib.values(), choices.text()])
        elif change == 4:
            child.tag = other.tag
            child.text = choices.one_of((child.text, other.text, "x > 1", "P1D", "R3/PT1H"))
    return ET.tostring(root)


@cache
def _diagrams() -> tuple[bytes, ...]:
    folder = ROOT / "tests" / "importing" / "diagrams"
    ours = sf.draw(sf.load(os.path.join(ROOT, "examples/smb/smb.salesflow.yaml")), "bpmn")
    return (*(file.read_bytes() for file in sorted(folder.glob("*.bpmn"))), ours.encode())
