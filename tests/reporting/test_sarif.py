"""SARIF as the published schema and code hosts want it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from salesflow import api
from salesflow.checking.report import CheckReport
from salesflow.reporting.fingerprints import fingerprints
from salesflow.reporting.sarif import sarif
from tests.reporting.reports import ROOT, broken, commands, evil

SCHEMA = json.loads((ROOT / "tests/reporting/schemas/sarif-2.1.0.json").read_text())

TEXT = """\
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def run_of(report: CheckReport) -> dict[str, Any]:
    text = sarif(report)
    assert text.isascii()
    assert not commands(text)
    log = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    (run,) = log["runs"]
    return dict(run)


@pytest.mark.parametrize("report", [CheckReport(files=(), findings=()), evil()])
def test_any_report_fits_the_published_schema(report: CheckReport) -> None:
    assert len(run_of(report)["results"]) == len(report.findings)


def test_the_broken_example() -> None:
    report = broken()
    run = run_of(report)
    for finding, result in zip(report.findings, run["results"], strict=True):
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] == finding.rule
        assert rule["help"]["markdown"].startswith(f"# {finding.rule}\n")
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        file = run["artifacts"][physical["artifactLocation"]["index"]]["location"]
        assert file == {"uri": finding.file, "uriBaseId": "%SRCROOT%"}
        assert physical["region"]["startLine"] == finding.line
        logical = [each["fullyQualifiedName"] for each in location.get("logicalLocations", [])]
        assert logical == ([finding.path] if finding.path else [])
        assert len(result.get("relatedLocations", [])) == len(finding.related)
        assert ("fixes" in result) == (finding.fix is not None)
    prints = [tuple(r["partialFingerprints"].values()) for r in run["results"]]
    assert len(set(prints)) == len(prints)


def test_a_witness_is_a_flow_through_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.salesflow.yaml"
    file.write_text(TEXT)
    run = run_of(api.check_paths([str(file)], ways=True))
    (result,) = [each for each in run["results"] if "codeFlows" in each]
    (flow,) = result["codeFlows"][0]["threadFlows"]
    told = [
        (
            step["location"]["message"]["text"],
            step["location"]["physicalLocation"]["region"]["startLine"],
            step["location"]["physicalLocation"]["region"]["startColumn"],
        )
        for step in flow["locations"]
    ]
    assert told == [("inbound", 3, 11), ("call (interested)", 5, 28), ("demo", 6, 3)]


def test_every_place_of_a_way_is_known_but_a_result_that_nobody_names() -> None:
    report = broken(fixes=False)
    assert any(len(way) > 2 for way in report.ways.values())
    for finding, way in report.ways.items():
        unknown = [n for n, place in zip(finding.witness, way, strict=True) if place is None]
        named = finding.rule != "unhandled-result"
        assert unknown == ([] if named else [finding.witness[-1]])


def test_fingerprints_survive_moved_lines_and_longer_ways() -> None:
    before = api.check(api.loads(TEXT))
    moved = TEXT.replace("steps:\n", "\n\nsteps:\n  first: {by: sales, next: call}\n")
    after = api.check(api.loads(moved.replace("start: call", "start: first")))
    assert [f.line for f in before] != [f.line for f in after]
    assert [p for _, p in fingerprints(before)] == [p for _, p in fingerprints(after)]


def test_files_are_relative_or_honest(tmp_path: Path) -> None:
    file = tmp_path / "mit Leerzeichen é.salesflow.yaml"
    file.write_text(TEXT)
    run = run_of(api.check_paths([str(file)]))
    (artifact,) = run["artifacts"]
    assert artifact["location"]["uri"].startswith("file:///")
    assert artifact["location"]["uri"].endswith("/mit%20Leerzeichen%20%C3%A9.salesflow.yaml")
    assert "uriBaseId" not in artifact["location"]
