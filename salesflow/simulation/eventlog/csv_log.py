"""A log as CSV: a row for each activity, with a column for each instant of it."""

import csv
from collections.abc import Iterator
from typing import TextIO

from salesflow.simulation.eventlog.cases import Activity, Case, Moment
from salesflow.simulation.eventlog.naming import Naming, Value, number

COLUMNS = (
    "case",
    "activity",
    "kind",
    "ready",
    "start",
    "worked",
    "complete",
    "resource",
    "with",
    "role",
    "department",
    "result",
    "how",
    "stage",
    "process",
    "source",
    "outcome",
)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a table program would work these out


class CsvLog:
    """Writes cases to a stream; the columns are told in docs/design/event-log.md."""

    def __init__(self, stream: TextIO, naming: Naming) -> None:
        """Write the head."""
        self.naming = naming
        self.rows = csv.writer(stream, lineterminator="\n")
        self.rows.writerow([*COLUMNS, *(f"deal.{name}" for name in naming.fields)])

    def write(self, case: Case) -> None:
        """All rows of a deal: how it came, every visit in the order of entry, how it ended."""
        naming = self.naming
        outcome = naming.outcomes[case.outcome] if case.ended is not None else ""
        about = [naming.process(case), naming.sources[case.source], outcome]
        name = naming.case(case)
        rows = [(self._arrival(case), case.given)]
        # What goes on when all stops has no values of its own: the deal's last ones.
        rows += [(self._visit(each), each.values or case.values) for each in case.activities]
        if case.ended is not None:
            rows.append((self._end(case), case.values))
        for row, values in rows:
            cells = [_safe(cell) for cell in (name, *row, *about)]
            self.rows.writerow([*cells, *self._fields(case, values)])

    def close(self) -> None:
        """Nothing is left to write."""

    def _arrival(self, case: Case) -> list[str]:
        at = self.naming.instant(case.arrived.now)
        source = self.naming.sources[case.source]
        return [source, "source", at, at, "", at, "", "", "", "", "", "completed", ""]

    def _end(self, case: Case) -> list[str]:
        at = self._instant(case.ended)
        naming = self.naming
        name, kind = naming.outcomes[case.outcome], naming.ends[case.outcome]
        stage = naming.stages[case.stage]
        return [name, "outcome", at, at, "", at, "", "", "", "", kind, "completed", stage]

    def _visit(self, each: Activity) -> list[str]:
        naming = self.naming
        doers = naming.doers(each)
        return [
            naming.activities[each.node],
            naming.kinds[each.node],
            naming.instant(each.ready.now),
            self._instant(each.started or each.over),
            self._instant(each.worked),
            self._instant(each.over),
            doers.resource,
            "; ".join(doers.others),
            doers.role,
            doers.department,
            naming.results[each.way] if each.way >= 0 else "",
            each.how,
            naming.stages[each.stage],
        ]

    def _instant(self, moment: Moment | None) -> str:
        return "" if moment is None else self.naming.instant(moment.now)

    def _fields(self, case: Case, values: tuple[float, ...]) -> Iterator[str]:
        known = self.naming.values(case, values)
        return (_cell(known.get(name)) for name in self.naming.fields)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return _safe(value) if isinstance(value, str) else number(value)


def _safe(text: str) -> str:
    """A text that no table program takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
