"""Variants of one process have people of their own: what is said when they are played together."""

from pathlib import Path

import pytest

import salesflow as sf
from salesflow.errors import SimulationError

COUNTRIES = Path(__file__).parents[2] / "examples" / "countries"


def test_countries_with_people_of_their_own_are_told_apart_in_one_sentence() -> None:
    files = ["new_hospital", "uk/uk", "dach/switzerland"]
    processes = [sf.load(COUNTRIES / f"{name}.salesflow.yaml") for name in files]
    with pytest.raises(SimulationError) as caught:
        sf.simulate(processes, duration="1w", warmup="1w", replications=2)
    (finding,) = caught.value.findings
    assert finding.rule == "variants-apart"
    assert "`new_hospital` and `" in finding.message
    assert "salesflow show PATH --variants --result" in finding.help


def test_a_variant_with_the_same_people_is_played_with_its_base(tmp_path: Path) -> None:
    base = (COUNTRIES.parent / "smb" / "smb.salesflow.yaml").read_text(encoding="utf-8")
    (tmp_path / "smb.salesflow.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "uk.salesflow.yaml").write_text(
        "salesflow: 1\nvariant: uk\nof: smb.salesflow.yaml\n", encoding="utf-8"
    )
    both = [sf.load(tmp_path / f"{name}.salesflow.yaml") for name in ("smb", "uk")]
    result = sf.simulate(both, duration="1w", warmup="1w", replications=2)
    assert list(result.processes) == ["smb", "uk"]
