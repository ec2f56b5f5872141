"""Rows of a result: flat, of one shape, and data frames take them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pytest

from salesflow.simulation.rows import TABLES, rows
from tests.simulation.test_results import with_scenario

RESULT = with_scenario()


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_flat_and_of_one_shape(table: str) -> None:
    found = rows(RESULT, table)
    assert found
    for row in found:
        assert [*row] == [*found[0]]
        assert all(isinstance(value, (str, int, float, type(None))) for value in row.values())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_data_frames_take_them(table: str, frame: Callable[[Any], Any]) -> None:
    found = rows(RESULT, table)
    made = frame(found)
    assert made.shape == (len(found), len(found[0]))
    assert [*made.columns] == [*found[0]]


def test_an_estimate_is_three_columns() -> None:
    (kept,) = (row for row in rows(RESULT, "steps") if row["step"] == "call")
    estimate = RESULT.steps["call"].attainment
    assert estimate is not None
    assert (kept["attainment"], kept["attainment_low"], kept["attainment_high"]) == estimate
    assert (kept["missing"], kept["missing_low"], kept["missing_high"]) == (None, None, None)


def test_columns_are_what_they_say() -> None:
    frame = pd.DataFrame(rows(RESULT, "roles")).set_index("role")
    assert frame.loc["seller", "utilization"] == pytest.approx(0.5)
    assert frame.loc["seller", "people"] == 2
    kpis = pl.DataFrame(rows(RESULT, "kpis"))
    assert kpis.filter(pl.col("kpi") == "throughput")["value"][0] == 4.0


def test_each_thing_has_its_row() -> None:
    part = RESULT.process
    assert [row["kpi"] for row in rows(RESULT, "kpis")] == [*part.kpis]
    assert [row["deals"] for row in rows(RESULT, "deals")] == [*part.deals]
    assert [row["step"] for row in rows(RESULT, "steps")] == [*part.steps]
    assert [row["stage"] for row in rows(RESULT, "stages")] == [*part.stages]
    assert [row["touchpoint"] for row in rows(RESULT, "touchpoints")] == [*part.touchpoints]
    assert [row["objective"] for row in rows(RESULT, "objectives")] == [
        o.name for o in part.objectives
    ]
    assert [(row["step"], row["result"]) for row in rows(RESULT, "results")] == [
        ("call", "fit"), ("call", "unfit"), ("draft", "done"),
    ]  # fmt: skip
    assert {row["scenario"] for row in rows(RESULT, "scenarios")} == {"same"}


def test_another_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no table `people`: there are deals, kpis, steps"):
        rows(RESULT, "people")
