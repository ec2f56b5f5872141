"""A process is written out in one form, which says all that it is and nothing that goes without."""

from typing import Any

import pytest

from salesflow import api
from salesflow.process.dump import dump
from salesflow.source.write import emit
from tests.process.everything import INNER, TEXT
from tests.process.written import process_of


def test_every_word_of_the_language_is_written_out_as_it_was() -> None:
    process = process_of(TEXT, inner=INNER)
    assert emit(dump(process)) == TEXT
    assert process_of(emit(dump(process)), inner=INNER) == process


def test_short_forms_are_written_out_and_what_goes_without_saying_is_not() -> None:
    process = api.loads(
        "salesflow: 1\nprocess: p\n"
        "sources: {web: {start: call}}\n"
        "steps:\n"
        "  call: {by: sales, facing: internal, captures: [], next: papers}\n"
        "  papers: {parallel: {law: {steps: {draft: {by: legal, next: done}}}}, join: all, next: won}\n"
        "outcomes: {won: {kind: won}}\n"
        "policies: {}\n"
    )
    assert dump(process) == {
        "salesflow": 1,
        "process": "p",
        "start_date": "2026-01-05",
        "sources": {"web": {"start": "call"}},
        "steps": {
            "call": {"by": "sales", "next": {"done": {"to": "papers"}}},
            "papers": {
                "parallel": {
                    "law": {
                        "start": "draft",
                        "steps": {"draft": {"by": "legal", "next": {"done": {"to": "done"}}}},
                    }
                },
                "join": "all",
                "next": {"done": {"to": "won"}},
            },
        },
        "outcomes": {"won": {"kind": "won"}},
    }


def test_departments_without_anything_stay_declared() -> None:
    text = "salesflow: 1\nprocess: p\ndepartments: {}\nsources: {a: {start: s}}\nsteps: {s: {next: won}}\noutcomes: {won: {kind: won}}\n"
    process = api.loads(text)
    assert process.people.declared
    assert dump(process)["departments"] == {}
    assert api.load(dump(process)) == process


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("48h", "2d"),
        ("90min", "1.5h"),
        ("1w", "7d"),
        ("1s", "0.000277778h"),
        ("150d", "150d"),
    ],
)
def test_the_bound_of_an_objective_is_shown_in_days_or_hours(written: str, shown: str) -> None:
    process = _with_objective(f"{{measure: time, at_most: {written}}}")
    data: dict[str, Any] = dump(process)
    assert data["objectives"]["a"]["at_most"] == shown
    assert api.load(data) == process


def _with_objective(objective: str) -> Any:
    return api.loads(
        "salesflow: 1\nprocess: p\nsources: {a1: {start: s}}\nsteps: {s: {next: won}}\n"
        f"outcomes: {{won: {{kind: won}}}}\nobjectives: {{a: {objective}}}\n"
    )


def test_use_is_looked_up_from_the_folder_of_the_text(tmp_path: Any) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "inner.salesflow.yaml").write_text(INNER)
    main = tmp_path / "parts" / "main.salesflow.yaml"
    (tmp_path / "pyproject.toml").write_text("")
    main.write_text(
        "salesflow: 1\nprocess: main\nuse: [../inner.salesflow.yaml]\n"
        "sources: {s0: {start: buy}}\n"
        "steps: {buy: {run: inner, next: {agreed: won, refused: lost}}}\n"
        "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"
    )
    process = api.load(main)
    assert dump(process)["use"] == ["../inner.salesflow.yaml"]
    again = api.loads(api.dumps(process), folder=main.parent)
    assert again == process
    assert dump(again)["use"] == ["../inner.salesflow.yaml"]
