"""The report of one department."""

import pytest

import salesflow as sf
from salesflow.changes.catalogue.example import BASE
from salesflow.reporting.changed.one_department import for_department
from salesflow.reporting.changed.text import text

NEW = BASE.replace("requires: [quote]\n    returns", "requires: [quote, company]\n    returns").replace(
    "people: 1, cost_per_hour: 110", "people: 2, cost_per_hour: 110"
)  # fmt: skip


def changes() -> sf.Diff:
    return sf.diff(sf.loads(BASE), sf.loads(NEW))


def test_only_what_concerns_it_is_told() -> None:
    report = text(for_department([changes()], "legal"))
    assert "touchpoint-requires-more" in report
    assert "role-people-more" not in report
    assert "Sales" not in report.partition("Details")[0]
    assert "role-people-more" in text([changes()])


def test_a_department_nobody_has_is_refused_with_what_was_meant() -> None:
    with pytest.raises(sf.UsageError, match="Did you mean `legal`"):
        for_department([changes()], "lega")
    assert for_department([], "lega") == ()
