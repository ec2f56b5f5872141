"""SARIF 2.1.0, which code hosts and editors show on the lines: witnesses as code flows, fixes.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; section numbers are of that page.
"""

import json
import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from salesflow import __version__
from salesflow.checking.catalogue import family_of
from salesflow.checking.manual import markdown_of, page
from salesflow.checking.report import CheckReport
from salesflow.checking.rule import Rule
from salesflow.checking.words import transition
from salesflow.findings import Finding, Fix
from salesflow.reporting.elsewhere import elsewhere
from salesflow.reporting.fingerprints import fingerprints
from salesflow.reporting.repository import from_root
from salesflow.reporting.visible import visible
from salesflow.spans import Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_HOME = "https://github.com/salesflow/salesflow"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_KINDS = {"error": "error", "warning": "warning", "info": "recommendation"}
_ROOT = "%SRCROOT%"


def sarif(report: CheckReport) -> str:
    """One run with all findings; keys in a fixed order, ASCII only."""
    return json.dumps(_Log(report).run(), indent=2) + "\n"


class _Log:
    def __init__(self, report: CheckReport) -> None:
        self.report = report
        self.rules = list(dict.fromkeys(finding.rule for finding in report.findings))
        named = [other.span.file for f in report.findings for other in f.related]
        named += [place.file for way in report.ways.values() for place in way if place]
        found = [finding.file for finding in report.findings]
        self.files = list(dict.fromkeys([*report.files, *found, *named]))

    def run(self) -> dict[str, Any]:
        """The whole log."""
        driver = {
            "name": "salesflow",
            "version": __version__,
            "semanticVersion": __version__,
            "informationUri": _HOME,
            "rules": [*map(_descriptor, self._weighed())],
        }
        run = {
            "tool": {"driver": driver},
            "automationDetails": {"id": "salesflow/"},
            "invocations": [{"executionSuccessful": True}],
            "artifacts": [self._artifact(file) for file in self.files],
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": [self._result(f, key) for f, key in fingerprints(self.report.findings)],
        }
        return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}

    def _weighed(self) -> list[tuple[str, Rule | None]]:
        added: Mapping[str, Rule] = {}
        foreign = [name for name in self.rules if family_of(name) is None]
        if foreign:
            from salesflow.checking.plugins import told_of  # only where plugins found a fault

            added = told_of(foreign)
        from salesflow.checking.catalogue import built_in

        return [
            (name, built_in(name) if family_of(name) is not None else added.get(name))
            for name in self.rules
        ]

    def _artifact(self, file: str) -> dict[str, Any]:
        target = {"roles": ["analysisTarget"]} if file in self.report.files else {}
        return {"location": _uri(file), "sourceLanguage": "yaml", **target}

    def _result(self, finding: Finding, fingerprint: str) -> dict[str, Any]:
        parts = (finding.message, finding.help, elsewhere(self.report, finding))
        text = "\n".join(part for part in parts if part)
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": self.rules.index(finding.rule),
            "level": _LEVELS[finding.severity],
            "message": {"text": _message(text)},
            "locations": [self._location(finding.span, path=finding.path)],
            "partialFingerprints": {"salesflowElement/v1": fingerprint},
        }
        flow = self._flow(finding)
        if flow:
            result["codeFlows"] = [{"threadFlows": [{"locations": flow}]}]
        if finding.related:
            result["relatedLocations"] = [
                {"id": number, **self._location(o.span, path=o.path, message=o.message)}
                for number, o in enumerate(finding.related, 1)
            ]
        if finding.fix is not None:
            result["fixes"] = [self._fix(finding.fix, finding)]
        return result

    def _flow(self, finding: Finding) -> list[dict[str, Any]]:
        places = self.report.ways.get(finding, ())
        return [
            {"location": self._location(place, path=node, message=transition(node))}
            for node, place in zip(finding.witness, places, strict=False)
            if place is not None
        ]

    def _location(self, span: Span, *, path: str, message: str = "") -> dict[str, Any]:
        place: dict[str, Any] = {
            "physicalLocation": {
                "artifactLocation": self._indexed(span.file),
                "region": _region(span),
            }
        }
        if path:
            name = path.rpartition(".")[2]
            place["logicalLocations"] = [
                {"name": visible(name), "fullyQualifiedName": visible(path), "kind": "element"}
            ]
        if message:
            place["message"] = {"text": _message(message)}
        return place

    def _indexed(self, file: str) -> dict[str, Any]:
        return {**_uri(file), **({"index": self.files.index(file)} if file in self.files else {})}

    def _fix(self, fix: Fix, finding: Finding) -> dict[str, Any]:
        changes: dict[str, list[dict[str, Any]]] = {}
        for edit in fix.edits:
            replacement = {
                "deletedRegion": _region(edit.span),
                "insertedContent": {"text": edit.text},
            }
            changes.setdefault(edit.span.file, []).append(replacement)
        about = finding.help or finding.message
        return {
            "description": {"text": _message(about if fix.safe else f"{about} (not always right)")},
            "artifactChanges": [
                {"artifactLocation": self._indexed(file), "replacements": replacements}
                for file, replacements in changes.items()
            ],
        }


def _descriptor(named: tuple[str, Rule | None]) -> dict[str, Any]:
    name, rule = named
    if rule is None:
        return {"id": name}
    meaning = page(rule).meaning or rule.name
    tags = [rule.family, f"preset:{rule.preset}"]
    return {
        "id": name,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": _message(meaning)},
        "fullDescription": {"text": _message(meaning)},
        "help": {"text": _plain(rule.manual) or meaning, "markdown": markdown_of(rule)},
        **_page_of(name),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": tags, "problem.severity": _KINDS[rule.severity]},
    }


def _page_of(name: str) -> dict[str, str]:
    """Where the page of a built-in rule stands; those of plugins have none that is known."""
    if family_of(name) is None:
        return {}
    return {"helpUri": f"{_HOME}/blob/main/docs/reference/rules/{quote(name)}.md"}


def _plain(manual: str) -> str:
    return "\n".join(line.rstrip() for line in manual.splitlines())


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _uri(file: str) -> dict[str, str]:
    """The file relative to the source root, its repository's; as it was named where it has none."""
    name = from_root(file)
    if os.path.isabs(name):
        return {"uri": f"file://{'' if name.startswith('/') else '/'}{_quoted(name)}"}
    if name.startswith("../"):
        return {"uri": _quoted(name)}
    return {"uri": _quoted(name.removeprefix("./")), "uriBaseId": _ROOT}


def _quoted(name: str) -> str:
    return quote(name.encode("utf-8", "surrogateescape"), safe="/")


def _message(text: str) -> str:
    """A message without what viewers take for a link: ``[words](1)`` (3.11.6)."""
    shown = "\n".join(visible(part) for part in text.split("\n"))
    return re.sub(r"\](?=\()", r"\\]", shown)
