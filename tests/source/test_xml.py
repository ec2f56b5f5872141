import pytest

from salesflow.errors import LoadError
from salesflow.findings import Finding
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


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"<a/>", "<a/>"),
        (b"\xef\xbb\xbf<a/>", "<a/>"),
        (b"<\xe4/>", "<\ufffd/>"),
        (b"\xff\xfe<\x00\xe4\x00", "<ä"),
        (b"\xfe\xff\x00<\x00\xe4", "<ä"),
        (b"<\x00\xe4\x00", "<ä"),
        (b"\x00<\x00\xe4", "<ä"),
        (b"<\x00\xe4", "<\ufffd"),
        (b"\x00<\x00", "<\ufffd"),
        (b"\xff\xfe<", "\ufffd"),
        (b"ab\x00", "ab\x00"),
        (b"", ""),
    ],
)
def test_an_excerpt_is_shown_in_the_encoding_of_the_first_bytes(raw: bytes, text: str) -> None:
    assert text_of(raw) == text


def refused(raw: bytes, **limits: int) -> tuple[Finding, str]:
    with pytest.raises(LoadError) as caught:
        read_xml(raw, "x.bpmn", limits=Limits(**limits))
    [finding] = caught.value.findings
    assert finding.end_line == finding.line
    assert finding.end_column == finding.column + 1
    assert finding.file == "x.bpmn"
    return finding, caught.value.texts["x.bpmn"]


@pytest.mark.parametrize(
    ("raw", "limits", "rule", "place", "help_"),
    [
        (b"text", {}, "syntax", (1, 1), "Export the diagram as BPMN 2.0 XML (a `.bpmn` file)."),
        (b"<q:a/>", {}, "syntax", (1, 1), "Export the diagram once more; do not mend the file by hand."),
        (b"<a>\n <b></a>", {}, "syntax", (2, 7),
         "Export the diagram once more; do not mend the file by hand."),
        (b"<a>\n <b>\n", {}, "syntax", (3, 1),
         "Export the diagram once more; do not mend the file by hand."),
        (b"\n<!DOCTYPE a>\n<a/>", {}, "syntax", (2, 12), "Take the line out."),
        (b"<?xml version='1.0' encoding='x'?>\n<a/>", {}, "syntax", (1, 1), "Save it as UTF-8."),
        (b"<a>\n<b/></a>", {"nodes": 1}, "limit-exceeded", (2, 1), "Split it."),
        (b"<a>\n<b c=''/></a>", {"nodes": 2}, "limit-exceeded", (2, 1), "Split it."),
        (b"<a></a>", {"characters": 6}, "limit-exceeded", (1, 1), "Split it."),
        (b"<a>" * 257, {}, "limit-exceeded", (1, 769), ""),
    ],
)  # fmt: skip
def test_what_to_do_is_said(
    raw: bytes, limits: dict[str, int], rule: str, place: tuple[int, int], help_: str
) -> None:
    finding, text = refused(raw, **limits)
    assert (finding.rule, (finding.line, finding.column), finding.help) == (rule, place, help_)
    assert text == raw.decode()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"<a>\n<b/><c>\xc3", "The file ends before `c` of line 2 is closed."),
        (b"<a><![CDATA[x", "The file ends before `a` of line 1 is closed."),
        (b"<a>x</b>", "The XML is broken here: mismatched tag."),
        (b"<a/>\n<", "The XML is broken here: unclosed token."),
        (b"<a b='1' b='2'/>", "This is no XML: duplicate attribute."),
        (b"<a><b b='1' b='2'/></a>", "The XML is broken here: duplicate attribute."),
        (b"<!-- only -->", "This is no XML: no element found."),
    ],
)
def test_how_a_file_may_be_broken(raw: bytes, message: str) -> None:
    assert refused(raw)[0].message == message


def test_at_each_limit_a_file_is_read() -> None:
    assert read_xml(b"<a b='' c=''>" + b"<b/>" * 3 + b"</a>", "x", limits=Limits(nodes=6)).inside
    assert refused(b"<a b='' c=''>" + b"<b/>" * 3 + b"</a>", nodes=5)[0].rule == "limit-exceeded"
    assert read_xml(b"<a></a>", "x", limits=Limits(characters=7)).name == "a"
    deep = b"<a>" * 257 + b"</a>" * 257
    assert refused(deep)[0].message == "More than 256 elements stand in each other here."


def test_texts_are_those_directly_inside() -> None:
    root = read_xml(b"<a> one <b>two</b>\n<![CDATA[<three>]]>&amp;&#228; <b> </b></a>", "x")
    assert root.text == "one \n<three>&ä"
    assert [tag.text for tag in root.inside] == ["two", ""]
    assert [tag.column for tag in root.inside] == [9, 32]


def test_names_without_a_namespace_have_none() -> None:
    root = read_xml(b"<z:a xmlns:z='u:v' b='1' z:b='2' xml:lang='de'><c/></z:a>", "x")
    assert (root.namespace, root.name, root.inside[0].namespace) == ("u:v", "a", "")
    assert root.attributes == {
        "b": "1",
        "{u:v}b": "2",
        "{http://www.w3.org/XML/1998/namespace}lang": "de",
    }
