"""The log as XES: every line of a small one, and its structure as the standard asks for it."""

from collections import Counter, defaultdict
from io import StringIO
from pathlib import Path
from typing import Any
from xml.parsers.expat import ParserCreate

import salesflow as sf
from salesflow.simulation.compile import program_of
from salesflow.simulation.eventlog.cases import Cases
from salesflow.simulation.eventlog.naming import Naming
from salesflow.simulation.eventlog.write import write_log
from salesflow.simulation.eventlog.xes_log import XesLog
from salesflow.simulation.events import ARRIVED, Event
from tests.simulation.eventlog.logged import program
from tests.simulation.eventlog.test_csv_log import DAY, ENTERPRISE, rows_of

ATTRIBUTES = {"string", "date", "int", "float", "boolean"}
INSIDE = {
    "": {"log"},
    "log": {"extension", "global", "classifier", "trace"} | ATTRIBUTES,
    "global": ATTRIBUTES,
    "trace": {"event"} | ATTRIBUTES,
    "event": ATTRIBUTES,
}
LIFECYCLES = {  # of one visit, in order
    ("schedule",),
    ("schedule", "withdraw"),
    ("schedule", "start"),
    ("schedule", "start", "complete"),
    ("schedule", "start", "ate_abort"),
    ("start",),
    ("start", "complete"),
    ("start", "ate_abort"),
    ("complete",),
}


class Read:
    """What a strict reader finds: events by case, each as key -> value."""

    def __init__(self, text: bytes) -> None:
        self.open = [""]
        self.order: list[str] = []
        self.about: dict[str, str] = {}
        self.cases: dict[str, list[dict[str, str]]] = {}
        self.traces: list[dict[str, str]] = []
        self.extensions: set[str] = set()
        parser = ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._between
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(text, True)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        around = self.open[-1]
        assert tag in INSIDE[around], (around, tag)
        self.open.append(tag)
        if tag == "log":
            assert given["xes.version"] == "1849-2016"
        elif tag == "extension":
            self.extensions.add(given["prefix"])
        elif tag == "trace":
            self.traces.append({})
        elif tag == "event":
            self.cases.setdefault(self.traces[-1]["concept:name"], []).append({})
        elif tag in ATTRIBUTES:
            self._attribute(around, tag, given)
        if around == "log":
            self.order.append("attribute" if tag in ATTRIBUTES else tag)

    def _attribute(self, around: str, tag: str, given: dict[str, str]) -> None:
        assert given.keys() == {"key", "value"}
        key = given["key"]
        assert ":" not in key or key.partition(":")[0] in self.extensions, key
        if tag == "float":
            float(given["value"])
        if tag == "boolean":
            assert given["value"] in ("true", "false")
        if around == "global":
            return
        if around == "log":
            target = self.about
        elif around == "trace":
            target = self.traces[-1]
        else:
            target = self.cases[self.traces[-1]["concept:name"]][-1]
        assert key not in target
        target[key] = given["value"]

    def _end(self, tag: str) -> None:
        assert self.open.pop() == tag

    def _between(self, text: str) -> None:
        assert not text.strip()

    def _doctype(self, *_: Any) -> None:
        raise AssertionError("a DOCTYPE")


def logged(tmp_path: Path, played: Any) -> Read:
    path = tmp_path / "log.xes"
    write_log(str(path), played, 1)
    return Read(path.read_bytes())


def test_a_deal_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    write_log(str(path), program(16), 1)
    text = path.read_text("utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016"')
    assert text.endswith("  </trace>\n</log>\n")
    event = """\
    <event>
      <string key="concept:name" value="call"/>
      <string key="lifecycle:transition" value="complete"/>
      <date key="time:timestamp" value="2026-03-27T09:30:00.000Z"/>
      <string key="concept:instance" value="call 1"/>
      <string key="org:role" value="rep"/>
      <string key="org:group" value="sales"/>
      <string key="kind" value="step"/>
      <string key="stage" value="talking"/>
      <string key="org:resource" value="rep 1"/>
      <string key="with" value="lead 1"/>
      <string key="result" value="fit"/>
      <string key="how" value="completed"/>
      <date key="worked" value="2026-03-27T09:00:00.000Z"/>
      <float key="deal.amount" value="1500"/>
      <string key="deal.region" value="dach"/>
      <boolean key="deal.vip" value="true"/>
    </event>
"""
    assert event in text
    first = Read(text.encode()).cases["web 1"]
    told = [
        (e["time:timestamp"][11:16], e["concept:name"], e["lifecycle:transition"]) for e in first
    ]
    assert told == [
        ("00:00", "web", "complete"),
        ("00:00", "call", "schedule"),
        ("08:00", "call", "start"),
        ("09:30", "call", "complete"),
        ("09:30", "deal", "start"),
        ("09:30", "deal.buyer.think", "schedule"),
        ("09:30", "deal.buyer.think", "start"),
        ("09:30", "deal.legal.draft", "schedule"),
        ("09:30", "deal.legal.draft", "start"),
        ("11:30", "deal.legal.draft", "complete"),
        ("11:30", "deal.buyer.think", "ate_abort"),
        ("11:30", "deal", "complete"),
        ("11:30", "sign", "schedule"),
        ("11:30", "sign", "start"),
        ("15:30", "sign", "ate_abort"),
        ("15:30", "lost", "complete"),
    ]


def test_what_never_began_is_withdrawn(tmp_path: Path) -> None:
    events = logged(tmp_path, program(20)).cases["web 3"]
    sign = [e for e in events if e["concept:name"] == "sign"]
    assert [e["lifecycle:transition"] for e in sign] == ["schedule", "withdraw"]
    assert (sign[1]["result"], sign[1]["how"]) == ("late", "timed_out")


def test_the_structure_is_that_of_the_standard(tmp_path: Path) -> None:
    played = program_of([sf.load(ENTERPRISE)], duration=60 * DAY, warmup=0)
    read = logged(tmp_path, played)
    ranks = {"extension": 0, "global": 1, "classifier": 2, "attribute": 3, "trace": 4}
    assert [ranks[tag] for tag in read.order] == sorted(ranks[tag] for tag in read.order)
    assert read.extensions == {"concept", "lifecycle", "time", "org"}
    assert read.about["lifecycle:model"] == "standard"
    assert len(read.traces) == len({trace["concept:name"] for trace in read.traces})
    for events in read.cases.values():
        assert all(
            {"concept:name", "lifecycle:transition", "time:timestamp"} <= e.keys() for e in events
        )
        times = [e["time:timestamp"] for e in events]
        assert times == sorted(times)
        lives: dict[str, list[str]] = defaultdict(list)
        for event in events:
            name = event.get("concept:instance", event["concept:name"])
            lives[name].append(event["lifecycle:transition"])
        assert {tuple(life) for life in lives.values()} <= LIFECYCLES


def test_it_tells_what_the_csv_tells(tmp_path: Path) -> None:
    played = program_of([sf.load(ENTERPRISE)], duration=60 * DAY, warmup=0)
    read = logged(tmp_path, played)
    write_log(str(tmp_path / "log.csv"), played, 1)
    rows = rows_of(tmp_path / "log.csv")
    keys = {"activity": "concept:name", "complete": "time:timestamp", "resource": "org:resource"}
    keys |= {"role": "org:role", "department": "org:group", "deal.amount": "deal.amount"}
    keys |= {name: name for name in ("kind", "result", "worked", "with", "deal.discount", "stage")}
    last = {"complete", "withdraw", "ate_abort"}
    assert Counter(
        (case, *(event.get(key, "") for key in keys.values()))
        for case, events in read.cases.items()
        for event in events
        if event["lifecycle:transition"] in last
    ) == Counter((r["case"], *(r[name] for name in keys)) for r in rows if r["complete"])
    outcomes = {trace["concept:name"]: trace.get("outcome", "") for trace in read.traces}
    assert outcomes == {row["case"]: row["outcome"] for row in rows}


def test_any_text_is_xml() -> None:
    played = program(1)
    hostile = [
        "<a b='c'>&amp;\"",
        "tab\tline\nreturn\r",
        "\x00\x08\x0b\x1f\ufffe",
        "\ud800",
        "日本 🚀 \u202e",
        "]]>",
    ]
    readable = ["<a b='c'>&amp;\"", "tab\tline\nreturn\r", "", "", "日本 🚀 \u202e", "]]>"]
    fields = tuple(
        field._replace(values=tuple(hostile)) if field.type == "choice" else field
        for field in played.fields
    )
    played = played.replace(fields=fields)
    at = [field.type for field in fields].index("choice")
    stream = StringIO()
    log = XesLog(stream, Naming(played))
    cases = Cases(played, log.write)
    for number in range(len(hostile)):
        values = [float("nan")] * len(fields)
        values[at] = float(number)
        cases(Event(ARRIVED, 0, number, 0, values=tuple(values)))
    cases.finish()
    log.close()
    read = Read(stream.getvalue().encode())
    assert [trace["deal.region"] for trace in read.traces] == readable
