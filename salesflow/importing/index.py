"""One walk through a BPMN file: what elements of every process refer to."""

from collections.abc import Iterator

from salesflow.errors import LoadError
from salesflow.findings import syntax_finding
from salesflow.importing.ours import data_of
from salesflow.importing.remarks import Remarks, Thing
from salesflow.importing.vocabulary import BPMN, DATA, NODES, OURS, SILENT, spoken
from salesflow.source.xml import Tag, text_of
from salesflow.spans import Span

_OF_PICTURES = frozenset({
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    "http://bpmn.io/schema/bpmn/biocolor/1.0",
})  # fmt: skip
_EXPORT = "Export the diagram as BPMN 2.0 XML (a `.bpmn` file)."
MOST_NODES = 3_000  # steps, events, gateways: of 5,000 a tangle could take minutes
_PICTURE = ("/DI", "/DC", "/DD/")  # parts of the namespaces of pictures


class Index:
    """What stands in a file, by id; ``ours`` where salesflow wrote it."""

    def __init__(self, root: Tag) -> None:
        """Walk through the file."""
        self.remarks = Remarks()
        self.processes: list[Tag] = []
        self.pools: list[Tag] = []
        self.messages: list[Tag] = []  # message flows
        self.caught: set[int] = set()  # those that a step waits for, by identity
        self.errors: dict[str, str] = {}  # id -> code or name, of errors and escalations
        self.names: dict[str, str] = {}  # of data objects
        self.notes: dict[str, Tag] = {}  # text annotations
        self.noted: dict[str, list[str]] = {}  # an element -> the text annotations at it
        self.parents: dict[str, str] = {}  # a node -> its process
        self.foreign: dict[str, list[Tag]] = {}  # namespace -> extension elements
        self.seen: dict[str, int] = {}  # id -> how often a node has it
        self._ties: list[Tag] = []
        self._walk(root)
        self.ours = any(data_of(process) is not None for process in self.processes)
        self._tie()
        self._tell_foreign()

    def _walk(self, root: Tag) -> None:
        waiting = [(root, "")]
        while waiting:
            tag, process = waiting.pop()
            if tag.namespace not in BPMN:
                if tag.namespace != OURS and not any(p in tag.namespace for p in _PICTURE):
                    self.foreign.setdefault(tag.namespace, []).append(tag)
                continue
            for name in tag.attributes:
                namespace = name[1:].partition("}")[0] if name[:1] == "{" else ""
                if namespace and namespace not in _OF_PICTURES and namespace != OURS:
                    self.foreign.setdefault(namespace, []).append(tag)
            if tag.name == "process":
                process = tag.attributes.get("id", "")
            self._take(tag, process)
            waiting.extend((inner, process) for inner in reversed(tag.inside))

    def _take(self, tag: Tag, process: str) -> None:
        name, key = tag.name, tag.attributes.get("id", "")
        if name == "process":
            self.processes.append(tag)
        elif name == "participant":
            self.pools.append(tag)
        elif name == "messageFlow":
            self.messages.append(tag)
        elif name in ("error", "escalation"):
            code = tag.attributes.get("errorCode") or tag.attributes.get("escalationCode")
            self.errors[key] = code or tag.attributes.get("name") or key
        elif name in DATA:
            self.names[key] = tag.attributes.get("name", "")
        elif name == "textAnnotation":
            self.notes[key] = tag
        elif name == "association":
            self._ties.append(tag)
        if name in NODES or name == "boundaryEvent":
            self.parents.setdefault(key, process)

    def _tie(self) -> None:
        """Text annotations belong to what they are tied to; one that is not is told."""
        tied = set()
        for tie in self._ties:
            ends = [local(tie.attributes.get(end, "")) for end in ("sourceRef", "targetRef")]
            for note, other in (ends, reversed(ends)):
                if note in self.notes and other and other not in self.notes:
                    self.noted.setdefault(other, []).append(note_text(self.notes[note]))
                    tied.add(note)
        for key, tag in self.notes.items():
            if key not in tied:
                thing = Thing(key, note_text(tag), tag.line, "text annotation")
                self.remarks.lost(thing, "it is tied to nothing.")

    def _tell_foreign(self) -> None:
        """Count what is written for other programs, a line for each."""
        for namespace, tags in self.foreign.items():
            outermost = tags[0]
            what = "extensions" if len(tags) > 1 else "extension"
            thing = Thing("", namespace, outermost.line, f"{len(tags)} {what} of")
            self.remarks.lost(thing, "this is for another program.")

    def tell_messages(self) -> None:
        """Tell the message flows that no step waits for, once all processes are read."""
        for tag in self.messages:
            if id(tag) not in self.caught:
                what = "only a message that an event waits for is taken over."
                self.remarks.lost(thing_of(tag), what)

    def key(self, tag: Tag) -> str:
        """The id of a node, made different where two have the same."""
        key = tag.attributes.get("id") or f"{tag.name}_{tag.line}_{tag.column}"
        self.seen[key] = number = self.seen.get(key, 0) + 1
        if number == 1:
            return key
        thing = Thing(key, tag.attributes.get("name", ""), tag.line, spoken(tag.name))
        self.remarks.lost(thing, "another element has its id: flows lead to the first one.")
        return f"{key}#{number}"

    def unknown(self, tag: Tag) -> None:
        """Tell an element of a process that nothing is made of."""
        if tag.namespace in BPMN and tag.name not in SILENT:
            thing = thing_of(tag)
            self.remarks.lost(thing, "the language has nothing like it.")


def definitions(root: Tag, raw: bytes, file: str) -> Index:
    """The index of a BPMN file; LoadError where it is none, or has no process in it."""
    if root.name != "definitions" or root.namespace not in BPMN:
        message = f"This is XML, but no BPMN 2.0: its first element is `{root.name}`."
        if "xpdl" in root.namespace.lower() or root.name == "Package":
            message = "This is XPDL, not BPMN 2.0."
        _refuse(root, raw, file, message)
    index = Index(root)
    if not any(tag.name in NODES for process in index.processes for tag in process.inside):
        _refuse(root, raw, file, "There is no process in this file that anything happens in.")
    if sum(tag.name in NODES for tag in _every(root)) > MOST_NODES:
        message = f"There are more than {MOST_NODES:,} steps, events and gateways in this file."
        hint = "Export each process to a file of its own."
        _refuse(root, raw, file, message, rule="limit-exceeded", hint=hint)
    return index


def _every(root: Tag) -> Iterator[Tag]:
    waiting = [root]
    for tag in waiting:  # grows while it is walked
        waiting.extend(tag.inside)
        yield tag


def _refuse(
    root: Tag, raw: bytes, file: str, message: str, *, rule: str = "schema", hint: str = _EXPORT
) -> None:
    span = Span(file, root.line, root.column, root.line, root.column + len(root.name) + 1)
    finding = syntax_finding(rule, span, message, hint=hint)
    raise LoadError((finding,), {file: text_of(raw)})


def children(tag: Tag, *names: str) -> Iterator[Tag]:
    """The BPMN elements of some names directly inside."""
    return (inner for inner in tag.inside if inner.namespace in BPMN and inner.name in names)


def thing_of(tag: Tag) -> Thing:
    """An element for a remark."""
    attributes = tag.attributes
    return Thing(attributes.get("id", ""), attributes.get("name", ""), tag.line, spoken(tag.name))


def note_text(tag: Tag) -> str:
    """What a text annotation says."""
    return " ".join(inner.text for inner in children(tag, "text"))


def local(reference: str) -> str:
    """An id without the prefix of its namespace."""
    return reference.strip().rpartition(":")[2]
