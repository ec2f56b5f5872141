"""Variants and scenarios of one process that are called alike: a copy that kept its id."""

import os
from collections.abc import Iterator

from salesflow.findings import Finding, Related
from salesflow.schema.assembly import Assembly
from salesflow.source.located import Map, value_span
from salesflow.spans import Span


class Twins:
    """The ids that variants and scenarios of each process have, as one file follows the other."""

    def __init__(self) -> None:
        """None yet."""
        self.known: dict[tuple[str, str], Assembly] = {}

    def of(self, assembly: Assembly) -> Iterator[Finding]:
        """A finding where a file has the id of an earlier one that varies the same process."""
        if assembly.kind not in ("variant", "scenario") or assembly.base is None or not assembly.id:
            return
        root = assembly.root
        other = self.known.setdefault((os.path.realpath(root.file), assembly.id), assembly)
        if os.path.realpath(other.file) == os.path.realpath(assembly.file):
            return
        yield Finding(
            "schema",
            "syntax",
            "error",
            assembly.kind,
            _id_span(assembly),
            f"`{other.file}` and `{assembly.file}` are both called `{assembly.id}`, and both vary "
            f"`{root.id}`.",
            "Give each an id of its own: reports, results and baselines tell them apart by it.",
            related=(Related(other.kind, _id_span(other), "the other one"),),
        )


def _id_span(assembly: Assembly) -> Span:
    data = assembly.readings[assembly.file].data
    return value_span(data, assembly.kind) if isinstance(data, Map) else Span(assembly.file)
