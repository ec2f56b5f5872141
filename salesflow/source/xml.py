"""From XML to a tree of tags that know where they stand. Nothing in a file can make it grow.

expat reads; a DOCTYPE is refused, and with it every entity. Namespaces are resolved, so prefixes
play no part. The tree is built without recursion.
"""

from typing import Any, NamedTuple, NoReturn
from xml.parsers import expat

from salesflow.errors import LoadError
from salesflow.findings import syntax_finding
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.spans import Span

MOST_NESTED = 256  # elements in elements
_APART = "\x1f"  # stands between namespace and name; no name has it
_ENDS_EARLY = (
    expat.errors.XML_ERROR_NO_ELEMENTS,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
    expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
)


class Tag(NamedTuple):
    """An element: its namespace and local name, attributes, tags inside, own text, its place.

    Attributes are named as elements are told here: ``name``, those of a namespace ``{uri}name``.
    """

    namespace: str
    name: str
    attributes: dict[str, str]
    inside: list["Tag"]
    texts: list[str]
    line: int
    column: int

    @property
    def text(self) -> str:
        """The text directly inside, without spaces at its ends."""
        return "".join(self.texts).strip()


def read_xml(raw: bytes, file: str, *, limits: Limits = DEFAULT_LIMITS) -> Tag:
    """The root of an XML file. LoadError says where it is no XML, or more than is read."""
    if len(raw) > limits.characters:
        message = "The file has more than 16 MB."
        _refuse(file, raw, (1, 1), "limit-exceeded", message, hint="Split it.")
    return _Tree(raw, file, limits).root()


class _Tree:
    """One reading: the tags that are open, outermost first."""

    def __init__(self, raw: bytes, file: str, limits: Limits) -> None:
        self.raw = raw
        self.file = file
        self.left = limits.nodes
        self.roots: list[Tag] = []  # one at last, or expat has refused the file
        self.open: list[Tag] = []
        self.parser = expat.ParserCreate(None, _APART)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def root(self) -> Tag:
        """Read everything."""
        try:
            self.parser.Parse(self.raw, True)
        except expat.ExpatError as problem:
            what = expat.ErrorString(problem.code)
            self._broken(what, problem.lineno, problem.offset + 1)
        except (LookupError, UnicodeError, ValueError):
            message = "The encoding that the file names is unknown."
            _refuse(self.file, self.raw, (1, 1), "syntax", message, hint="Save it as UTF-8.")
        return self.roots[0]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.left -= 1 + len(attributes)
        if self.left < 0:
            self._refuse("limit-exceeded", "The file has more elements than are read.", "Split it.")
        if len(self.open) >= MOST_NESTED:
            message = f"More than {MOST_NESTED} elements stand in each other here."
            self._refuse("limit-exceeded", message)
        namespace, local = _parted(name)
        named = {}
        for key, value in attributes.items():
            space, short = _parted(key)
            named[f"{{{space}}}{short}" if space else short] = value
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        tag = Tag(namespace, local, named, [], [], line, column)
        (self.open[-1].inside if self.open else self.roots).append(tag)
        self.open.append(tag)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].texts.append(text)

    def _doctype(self, *_: Any) -> None:
        message = "A document type (`<!DOCTYPE …>`) is not read: it could name entities and files."
        self._refuse("syntax", message, "Take the line out.")

    def _refuse(self, rule: str, message: str, hint: str = "") -> NoReturn:
        place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        _refuse(self.file, self.raw, place, rule, message, hint=hint)

    def _broken(self, what: str, line: int, column: int) -> NoReturn:
        """Say what expat found to somebody who did not write the file by hand."""
        hint = "Export the diagram once more; do not mend the file by hand."
        if not self.roots and what != expat.errors.XML_ERROR_UNBOUND_PREFIX:
            message = f"This is no XML: {what}."
            hint = "Export the diagram as BPMN 2.0 XML (a `.bpmn` file)."
        elif what in _ENDS_EARLY and self.open:
            tag = self.open[-1]
            message = f"The file ends before `{tag.name}` of line {tag.line} is closed."
        else:
            message = f"The XML is broken here: {what}."
        _refuse(self.file, self.raw, (line, column), "syntax", message, hint=hint)


def _parted(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition(_APART)
    return namespace, local


def _refuse(
    file: str, raw: bytes, place: tuple[int, int], rule: str, message: str, *, hint: str = ""
) -> NoReturn:
    line, column = place
    finding = syntax_finding(rule, Span(file, line, column, line, column + 1), message, hint=hint)
    raise LoadError((finding,), {file: text_of(raw)})


def text_of(raw: bytes) -> str:
    """What a file says, for an excerpt: the encoding is that of its first bytes."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    if raw[1:2] == b"\x00" or raw[:1] == b"\x00":
        return raw.decode("utf-16-le" if raw[1:2] == b"\x00" else "utf-16-be", "replace")
    return raw.decode("utf-8-sig", "replace")
