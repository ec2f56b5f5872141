"""A valid document after some edits: checked, the same twice, shown in every format, harmless."""

import json
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import salesflow as sf
from salesflow.checking.report import CheckReport
from salesflow.errors import LoadError
from salesflow.reporting.full import full
from salesflow.reporting.gitlab import gitlab
from salesflow.reporting.junit import junit
from salesflow.reporting.markdown import markdown
from salesflow.reporting.plain import as_json, concise, github
from salesflow.reporting.sarif import sarif
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import document, documents, written
from tests.fuzz.harmless import harmless
from tests.fuzz.targets.reader import OURS
from tests.fuzz.worlds import folder


def seeds() -> Iterator[bytes]:
    for number in range(len(documents())):
        yield bytes([number % 256, number // 256, number % 10]) + spread(number * 31, 60)


def run(data: bytes) -> None:
    text = written(document(Choices(data)))
    findings = _findings(text)
    if len(data) % 4 == 0:
        assert findings == _findings(text), "another verdict on the same text"
    report = CheckReport(files=("a.yaml",), findings=findings, texts={"a.yaml": text})
    for shown in (full(report, colour=False), concise(report), markdown(report)):
        harmless(shown)
    harmless(github(report), ours=OURS)
    for shown in (as_json(report), sarif(report), gitlab(report)):
        json.loads(harmless(shown))
    ET.fromstring(harmless(junit(report)))


def _findings(text: str) -> tuple[sf.Finding, ...]:
    try:
        process = sf.loads(text, file="a.yaml", folder=folder())
    except LoadError as problem:
        assert problem.findings
        return problem.findings
    if len(text) % 4 == 0:
        assert sf.loads(sf.dumps(process), file="a.yaml", folder=folder()) == process
    return sf.check(process)
