"""Organizations merged into the process that uses them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from salesflow.findings import Finding, Related
from salesflow.source.located import Map, copied, key_span, put, value_span
from salesflow.spans import Span

_MAPS = ("calendars", "departments", "data")
_NAMES = {"calendars": "calendar", "departments": "department", "data": "field"}


class Part(NamedTuple):
    """An organization, written out, and its file."""

    file: str
    data: Map


def merge_organizations(
    process: Map, organizations: Iterable[Part]
) -> tuple[Map, tuple[Finding, ...]]:
    """The process with the keys of its organizations, and where they contradict each other.

    The same thing may be declared in several files if it is declared alike. The inputs stay.
    """
    merged = process
    findings: list[Finding] = []
    for organization in organizations:
        merged = _with(merged, organization.data, findings)
    return merged, tuple(findings)


def _with(process: Map, organization: Map, findings: list[Finding]) -> Map:
    merged = copied(process)
    if "currency" in organization:
        if "currency" not in merged:
            put(
                merged, "currency", organization["currency"], like=organization, like_key="currency"
            )
        elif merged["currency"] != organization["currency"]:
            findings.append(_two_currencies(merged, organization))
    for kind in _MAPS:
        theirs: Any = organization.get(kind)
        if not isinstance(theirs, Map):
            continue
        ours: Any = merged.get(kind)
        if not isinstance(ours, Map):
            put(merged, kind, theirs, like=organization, like_key=kind)
            continue
        both = copied(ours)
        for name, declared in theirs.items():
            if name not in ours:
                put(both, name, declared, like=theirs, like_key=name)
            elif ours[name] != declared:
                findings.append(_two_declarations(kind, name, ours, theirs))
        put(merged, kind, both, like=merged, like_key=kind)
    return merged


def _two_currencies(ours: Map, theirs: Map) -> Finding:
    message = (
        f"Amounts are in `{ours['currency']}` here and in `{theirs['currency']}` there: "
        "a process has one currency."
    )
    one, other = value_span(ours, "currency"), value_span(theirs, "currency")
    return _finding("currency", one, message, other, "Convert the amounts and drop one of the two.")


def _two_declarations(kind: str, name: str, ours: Map, theirs: Map) -> Finding:
    message = f"The {_NAMES[kind]} `{name}` is declared twice, and not alike."
    one, other = key_span(ours, name), key_span(theirs, name)
    return _finding(f"{kind}.{name}", one, message, other, "Keep one of the two declarations.")


def _finding(path: str, span: Span, message: str, other: Span, hint: str) -> Finding:
    related = (Related(path, other, "the other one"),)
    return Finding("schema", "syntax", "error", path, span, message, hint, related=related)
