"""Whether what an import made loads; what does not is taken out and told."""

from copy import deepcopy
from typing import Any

from salesflow.errors import LoadError
from salesflow.findings import Finding, syntax_finding
from salesflow.process.loaded import process_of
from salesflow.schema.assemble import assemble
from salesflow.source.read import Reading, read
from salesflow.source.write import emit
from salesflow.spans import NOWHERE

_ROUNDS = 12
_BESIDE = frozenset({
    "touchpoints", "policies", "objectives", "stages", "locked", "calendars", "value", "goal",
    "version", "owner", "currency", "start_date", "description", "name", "was",
})  # fmt: skip


def mended(
    documents: dict[str, dict[str, Any]],
) -> tuple[dict[str, dict[str, Any]] | None, list[str]]:
    """The documents, by file, without what beside the flow does not fit it; and what that was.

    None where the flow itself does not load; then the reason is told.
    """
    documents = deepcopy(documents)
    told: list[str] = []
    for _ in range(_ROUNDS):
        wrong = _findings(documents)
        if not wrong:
            return documents, told
        taken = False
        for file, finding in wrong:
            if _take_out(documents.get(file, {}), finding.path):
                told.append(f"`{finding.path}`: {finding.message}")
                taken = True
        if not taken:
            return None, [f"{wrong[0][1].message} (`{wrong[0][1].path}`)"]
    return None, ["too much of it does not fit."]


def _findings(documents: dict[str, dict[str, Any]]) -> list[tuple[str, Finding]]:
    """What is wrong in the documents when they are loaded, by file."""
    texts = {file: emit(data) for file, data in documents.items()}
    readings = {file: read(text, file) for file, text in texts.items()}

    def look(reference: str, _: str) -> Reading | Finding:
        found = readings.get(reference)
        return found or syntax_finding("unknown-name", NOWHERE, f"There is no `{reference}`.")

    wrong: dict[tuple[str, Finding], None] = {}
    for reading in readings.values():
        try:
            process_of(assemble(reading, read=look))
        except LoadError as problem:
            wrong.update(((finding.file, finding), None) for finding in problem.findings)
    return [*wrong]


def _take_out(data: dict[str, Any], path: str) -> bool:
    """Take out the element of a path if it stands beside the flow."""
    first, *others = path.split(".")
    if first not in data or first not in _BESIDE:
        return False
    inside = data[first]
    if others and isinstance(inside, dict) and others[0] in inside:
        del inside[others[0]]
    else:
        del data[first]
    return True
