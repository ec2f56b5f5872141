import pytest

from salesflow.errors import LoadError
from salesflow.source.limits import Limits
from salesflow.source.xml import MOST_NESTED, Tag, read_xml, text_of


def told(raw: bytes, **limits: int) -> str:
    with pytest.raises(LoadError) as caught:
        read_xml(raw, "x.bpmn", limits=Limits(**limits))
    return str(caught.value)


def test_tags_know_their_names_places_and_texts() -> None:
    root = read_xml(
        b"<a xmlns='u' xmlns:z='w'>\n  <z:b q='1' z:r='2'/>\r\n  x <c/>\xc3\xa4</a>", "x"
    )
    assert root[:3] == ("u", "a", {})
    assert root.text == "x ä"
    assert [(tag.namespace, tag.name, tag.line, tag.column) for tag in root.inside] == [
        ("w", "b", 2, 3),
        ("u", "c", 3, 5),
    ]
    assert root.inside[0].attributes == {"q": "1", "{w}r": "2"}


@pytest.mark.parametrize(
    "raw",
    [
        "<a n='ä'/>".encode(),
        "\ufeff<a n='ä'/>".encode(),
        "<a n='ä'/>".encode("utf-16"),
        "\ufeff<?xml version='1.0' encoding='UTF-16'?><a n='ä'/>".encode("utf-16-be"),
        "<?xml version='1.0' encoding='UTF-16'?><a n='ä'/>".encode("utf-16-le"),
        "<?xml version='1.0' encoding='windows-1252'?><a n='ä'/>".encode("cp1252"),
        "<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<a n='ä'/>".encode("latin-1"),
    ],
)
def test_encodings(raw: bytes) -> None:
    assert read_xml(raw, "x").attributes == {"n": "ä"}
    assert "<a n='ä'/>" in text_of(raw) or b"\xe4" in raw


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "1:1: This is no XML: no element found."),
        (b"hello", "1:1: This is no XML: syntax error."),
        (b"PK\x03\x04", "1:3: This is no XML: not well-formed (invalid token)."),
        (b"<a>\n  <b>", "2:6: The file ends before `b` of line 2 is closed."),
        (b"<a>\n<b c='", "2:1: The file ends before `a` of line 1 is closed."),
        (b"<a><b></a>", "1:9: The XML is broken here: mismatched tag."),
        (b"<a/><b/>", "1:5: The XML is broken here: junk after document element."),
        (b"<q:a/>", "1:1: The XML is broken here: unbound prefix."),
        (b"<a>&x;</a>", "1:4: The XML is broken here: undefined entity."),
        (
            b"<?xml version='1.0' encoding='klingon'?><a/>",
            "1:1: The encoding that the file names is unknown.",
        ),
    ],
)
def test_what_is_broken_is_said_with_its_place(raw: bytes, message: str) -> None:
    assert told(raw) == f"x.bpmn:{message} [syntax]"


def test_entities_are_refused_with_the_document_type() -> None:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 9))
    bomb = f"<!DOCTYPE a [<!ENTITY l0 'ha'>{laughs}]><a>&l8;</a>".encode()
    file = b"<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'file:///etc/passwd'>\n<a/>"
    assert told(bomb).startswith("x.bpmn:1:13: A document type (`<!DOCTYPE …>`) is not read")
    assert told(file).startswith("x.bpmn:2:")


def test_limits() -> None:
    deep = b"<a>" * MOST_NESTED + b"</a>" * MOST_NESTED
    assert read_xml(deep, "x").name == "a"
    assert "More than 256 elements stand in each other here." in told(b"<a>" * 50_000)
    assert "more elements than are read" in told(b"<a><b/><b c='' d=''/></a>", nodes=4)
    assert read_xml(b"<a><b/><b c='' d=''/></a>", "x", limits=Limits(nodes=5)).inside
    assert "more than 16 MB" in told(b"<a></a>", characters=6)


def test_many_elements_are_read_without_recursion() -> None:
    root = read_xml(b"<a>" + b"<b/>" * 100_000 + b"</a>", "x")
    assert len(root.inside) == 100_000
    assert isinstance(root.inside[-1], Tag)
