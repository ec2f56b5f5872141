"""The report as a comment on a pull request."""

import re
from pathlib import Path

from salesflow.nouns import FrozenMap
from salesflow.reporting.simulated.markdown import markdown
from tests.reporting.simulated_results import part, result, role, step
from tests.reporting.test_simulated_text import everything

GOLDEN = Path(__file__).parent / "simulated"
ODD = "<script>alert(1)</script> ` | [x](http://e) @team #1 \u202e\n| a"


def test_the_whole_report() -> None:
    assert markdown(everything()) == (GOLDEN / "enterprise.md").read_text(encoding="utf-8")


def test_a_name_is_no_markup() -> None:
    report = markdown(
        result(
            processes=FrozenMap(
                {"p": part(title=ODD, steps=FrozenMap({ODD: step(ODD, 5, stuck=2)}))}
            ),
            roles=FrozenMap({ODD: role(ODD, "legal", 1, 0.95, queue=3, waits=90)}),
            warnings=(ODD,),
        )
    )
    for piece in ("<script", "](http", "@team", " #1", "\u202e"):
        assert piece not in report


def test_every_row_of_a_table_has_as_many_cells() -> None:
    report = markdown(result(roles=FrozenMap({"a|b": role("a|b", "legal", 1, 0.2)})))
    for table in re.findall(r"(?:^\|.*\n)+", report, re.MULTILINE):
        assert len({row.count("|") for row in table.splitlines()}) == 1


def test_long_tables_are_cut() -> None:
    steps = FrozenMap({f"s{n}": step(f"s{n}", 5) for n in range(100)})
    report = markdown(result(processes=FrozenMap({"p": part(steps=steps)})))
    assert "| s59 |" in report
    assert "| s60 |" not in report
    assert "And 40 more." in report
