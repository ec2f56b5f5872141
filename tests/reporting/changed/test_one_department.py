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


GUARD = BASE.replace("20000", "30000")
COUNTS = BASE.replace("bad_lead: {kind: disqualified}", "bad_lead: {kind: lost}")


@pytest.mark.parametrize(
    ("text_of_new", "said"),
    [
        (GUARD, "but not the same deals take them: conditions or data that decide have changed."),
        (COUNTS, "• They count otherwise: `bad_lead` is `lost` now."),
    ],
)
def test_what_it_is_not_told_of_still_qualifies_what_deals_can_do(
    text_of_new: str, said: str
) -> None:
    diff = sf.diff(sf.loads(BASE), sf.loads(text_of_new))
    (security,) = for_department([diff], "marketing")
    report = text([security.replace(edits=changes().edits)])  # none, and there is nothing to tell
    assert said in " ".join(report.split())
    assert "exactly" not in report


def test_a_department_nobody_has_is_refused_with_what_was_meant() -> None:
    with pytest.raises(sf.UsageError, match="Did you mean `legal`"):
        for_department([changes()], "lega")
    assert for_department([], "lega") == ()
