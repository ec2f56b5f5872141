"""From text to data: a loop over YAML events, without recursion, that keeps every place.

PyYAML's C parser gives the events. Its loader is not used: it loses places, resolves words by the
rules of YAML 1.1 (``no`` is false, ``9:30`` is 570), follows aliases without end, and crashes the
interpreter on deeply nested text.
"""

import gc
from typing import Any, NamedTuple

import yaml

from salesflow.findings import Finding, Related
from salesflow.source.ignores import Ignore, find_ignores
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.located import Map, Seq, Text, key_span, packed
from salesflow.source.mistakes import Mistakes
from salesflow.source.scalars import Doubtful, doubtful_key, plain_value

try:
    from yaml.cyaml import CParser as Parser  # type: ignore[attr-defined]
except ImportError:  # PyYAML was built without libyaml: slower, the same events
    from yaml.loader import SafeLoader as Parser  # type: ignore[assignment]


class Reading(NamedTuple):
    """What a text says: ``data`` is None where nothing could be read."""

    data: Map | None
    findings: tuple[Finding, ...]
    ignores: tuple[Ignore, ...]
    text: str
    file: str


def read(text: str, file: str, *, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read one document; whatever is wrong with it is in ``findings``, nothing is raised."""
    text = text.removeprefix("\ufeff")
    mistakes = Mistakes(Text(file, text), limits)
    if not mistakes.small_enough():
        return Reading(None, mistakes.findings(), (), text, file)
    clean = mistakes.without_strange()
    loop = _Loop(mistakes, keep_scalars="salesflow" in text and "#" in text)
    collecting = gc.isenabled()
    gc.disable()  # tens of thousands of young containers, none of them garbage
    try:
        data = loop.run(clean)
    finally:
        if collecting:
            gc.enable()
    ignores, unclear = find_ignores(mistakes.text, loop.scalars) if loop.keep_scalars else ((), ())
    mistakes.add(unclear)
    return Reading(data, mistakes.findings(), ignores, text, file)


class _Stop(Exception):
    """Reading cannot go on: a limit is passed."""


class _Loop:
    """The state of one reading: the open containers and the key that waits for its value."""

    def __init__(self, mistakes: Mistakes, *, keep_scalars: bool) -> None:
        self.mistakes = mistakes
        self.text = mistakes.text
        self.keep_scalars = keep_scalars
        self.scalars: list[tuple[int, int]] = []  # where `#` starts no comment
        self.root: Any = None
        self.documents = 0
        self.nodes = 0
        self.most_nodes = mistakes.limits.nodes
        # End of the last scalar or bracket: a block ends there, not at the next token.
        self.last = 0
        # The same words come again and again: plain scalar -> value, and keys that are in order.
        self.values: dict[str, Any] = {}
        self.good_keys: set[str] = set()
        # One open container a row: the container, its start, its waiting key (None: none), the
        # offsets of that key, whether its value is to be thrown away, whether the container itself
        # is, and the keys whose value could not be read (None: none).
        self.open: list[Any] = []

    def run(self, content: str) -> Map | None:
        """Read all events of the text; the document's map, None where there is none.

        ``content`` is the text with blanks for characters that YAML does not allow.
        """
        strange = content != self.text.content
        try:
            self._events(content)
        except yaml.YAMLError as problem:
            if not strange:  # else the blank may be to blame, and there is a finding already
                self.mistakes.unreadable(problem)
            return None
        except _Stop:
            return None
        if self.root is None and not self.mistakes.found:
            self.mistakes.empty()
        elif self.root is not None and not isinstance(self.root, Map):
            self.mistakes.no_map()
        return self.root if isinstance(self.root, Map) and not strange else None

    def _events(self, content: str) -> None:
        events = iter(Parser(content).get_event, None)
        scalar_event, map_start, seq_start = (
            yaml.ScalarEvent,
            yaml.MappingStartEvent,
            yaml.SequenceStartEvent,
        )
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        for event in events:
            kind = type(event)
            if kind is scalar_event:
                self._scalar(event)
            elif kind is map_start:
                self._start(event, Map)
            elif kind is seq_start:
                self._start(event, Seq)
            elif kind in ends:
                self._end(event)
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                self._document(event)
            elif kind is yaml.StreamEndEvent:
                return

    def _document(self, event: Any) -> None:
        self.documents += 1
        start = event.start_mark.index
        if event.version or event.tags:
            self.mistakes.refused(start, event.end_mark.index, "directive")
        if self.documents > 1:
            self.mistakes.refused(start, start + 3, "second document")
            raise _Stop

    def _too_many(self, event: Any) -> None:
        self.mistakes.too_many_nodes(event.start_mark.index)
        raise _Stop

    def _scalar(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > self.most_nodes:
            self._too_many(event)
        start, end = event.start_mark.index, event.end_mark.index
        self.last = end
        text, style = event.value, event.style
        if style:
            if self.keep_scalars and "#" in text:
                self.scalars.append((start, end))
            if style in "|>":  # its last line break and the empty lines below are not part of it
                end = self.last = start + len(self.text.content[start:end].rstrip())
        if event.anchor is not None or event.tag is not None:
            self.mistakes.refused(start, end, "anchor" if event.anchor is not None else "tag")
        top = self.open[-1] if self.open else None
        if top is not None and type(top[0]) is Map and top[2] is None:
            if style or text in top[0] or text not in self.good_keys or top[7] is not None:
                self._key(top, text, style, start, end)
            else:  # nearly always
                top[2], top[3], top[4] = text, start, end
            return
        if style:
            self._add(text, start, end)
        elif text == "":
            self._nothing(top, start)
        else:
            self._add(self._plain(text, start, end), start, end)

    def _plain(self, text: str, start: int, end: int) -> Any:
        value = self.values.get(text)
        if value is None:
            value = self.values[text] = plain_value(text)
        if type(value) is not Doubtful:
            return value
        if not self.mistakes.full():
            self.mistakes.doubtful(value, start, end, self._path())
        return text

    def _key(self, top: list[Any], text: str, style: str | None, start: int, end: int) -> None:
        if style or text not in self.good_keys:
            self._judge_key(top, text, style, start, end)
        if text in top[0] or (top[7] is not None and text in top[7]):
            self._duplicate(top[0], text, start, end)
            top[5] = True
        top[2], top[3], top[4] = text, start, end

    def _judge_key(
        self, top: list[Any], text: str, style: str | None, start: int, end: int
    ) -> None:
        if len(text) > self.mistakes.limits.key:
            self.mistakes.too_long(start, end)
        elif style:
            return
        elif text == "<<":
            self.mistakes.refused(start, end, "merge key")
            top[2], top[5] = text, True
        else:
            doubt = doubtful_key(text) if text else None
            if doubt is None:
                self.good_keys.add(text)
            elif text not in top[0]:
                self.mistakes.doubtful(doubt, start, end, self._path(text))

    def _duplicate(self, data: Map, key: str, start: int, end: int) -> None:
        if self.mistakes.full():
            return
        first: tuple[Related, ...] = ()
        if key in data:  # else its value could not be read
            first = (Related(self._path(key), key_span(data, key), "the first one"),)
        self.mistakes.duplicate(key, start, end, self._path(key), first)

    def _nothing(self, top: list[Any] | None, start: int) -> None:
        if top is None:
            return
        if type(top[0]) is Map:
            self.mistakes.nothing(top[2], top[3], top[4], self._path(top[2]))
            _lose(top)
            top[2], top[5] = None, False
        else:
            self.mistakes.nothing("", start, start + 1, self._path())

    def _add(self, value: Any, start: int, end: int) -> None:
        if not self.open:
            self.root = value
            return
        top = self.open[-1]
        data = top[0]
        if type(data) is Map:
            key = top[2]
            if not top[5]:
                data[key] = value
                data.marks[key] = ((top[3] << 24 | top[4]) << 24 | start) << 24 | end
            top[2], top[5] = None, False
        else:
            data.append(value)
            data.marks.append(start << 24 | end)

    def _start(self, event: Any, kind: Any) -> None:
        self.nodes += 1
        if self.nodes > self.most_nodes:
            self._too_many(event)
        start = event.start_mark.index
        if len(self.open) >= self.mistakes.limits.depth:
            self.mistakes.too_deep(start)
            raise _Stop
        if event.anchor is not None or event.tag is not None:
            what = "anchor" if event.anchor is not None else "tag"
            told = self.text.content[start : event.end_mark.index].rstrip()
            self.mistakes.refused(start, start + len(told), what)
        top = self.open[-1] if self.open else None
        if top is not None and type(top[0]) is Map and top[2] is None:
            self.mistakes.refused(start, event.end_mark.index, "map or list as a key")
            top[2], top[3], top[4], top[5] = "", start, start, True
            self.open.append([kind(text=self.text), start, None, 0, 0, False, True, None])
            return
        self.open.append([kind(text=self.text), start, None, 0, 0, False, False, None])

    def _end(self, event: Any) -> None:
        row = self.open.pop()
        data, start = row[0], row[1]
        end = event.end_mark.index
        if event.start_mark.index == end:  # a block has no closing bracket
            end = max(self.last, start)
        self.last = end
        data.mark = packed(start, end)
        if row[7] is not None:
            data.unread = tuple(row[7])
        if not row[6]:  # a container in the place of a key is thrown away; its value comes next
            self._add(data, start, end)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self.last = end
        self.mistakes.refused(start, end, "alias")
        top = self.open[-1] if self.open else None
        if top is None or type(top[0]) is not Map:
            return
        if top[2] is None:
            top[2], top[3], top[4], top[5] = "", start, end, True
            return
        _lose(top)
        top[2], top[5] = None, False

    def _path(self, *more: str) -> str:
        """The element path of what is being read."""
        parts = [
            str(row[2]) if type(row[0]) is Map else str(len(row[0]))
            for row in self.open
            if row[2] is not None or type(row[0]) is Seq
        ]
        if more and self.open and self.open[-1][2] is not None:
            parts = parts[:-1]
        return ".".join([*parts, *more])


def _lose(top: list[Any]) -> None:
    """Remember a key whose value could not be read."""
    if top[7] is None:
        top[7] = {}
    top[7][top[2]] = None
