"""Results of simulations beside each other: each in its own money, and only of those that are here."""

import json
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.changes.variants import variants
from salesflow.reporting.variants.document import document
from salesflow.reporting.variants.markdown import markdown
from salesflow.reporting.variants.simulated import HEADING, simulated, with_results
from salesflow.reporting.variants.text import text

COUNTRIES = Path(__file__).parents[3] / "examples" / "countries"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Short runs of Japan and the United Kingdom, as files."""
    folder = tmp_path_factory.mktemp("results")
    for name in ("uk", "japan"):
        process = sf.load(COUNTRIES / name / f"{name}.salesflow.yaml")
        result = sf.simulate(process, duration="26w", warmup="26w", replications=3, engine="python")
        (folder / f"{name}.json").write_text(json.dumps(result.to_dict()), encoding="utf-8")
    return [str(folder / "uk.json"), str(folder / "japan.json")]


def test_each_country_has_its_figures_in_its_money(files: list[str]) -> None:
    found = with_results(variants(str(COUNTRIES)), files)
    rows = {label: cells for label, _, cells in simulated(found[0])}
    assert "JPY" in rows["worth of a won deal"]["japan"]
    assert "GBP" in rows["worth of a won deal"]["uk"]
    assert rows["worth of a won deal"]["brazil"] == ""
    for told in (text(found), markdown(found)):
        assert HEADING in told.replace("&#40;", "(").replace("&#41;", ")")
    kpis = document(found)["bases"][0]["simulated"]
    assert set(kpis) == {"japan", "uk"}
    assert set(kpis["uk"]["win_rate"]) == {"mean", "low", "high"}


def test_what_does_not_belong_here_is_refused(files: list[str], tmp_path: Path) -> None:
    found = variants(str(COUNTRIES))
    with pytest.raises(sf.UsageError, match="Two results are of `uk`"):
        with_results(found, [files[0], files[0]])
    smb = sf.load(COUNTRIES.parent / "smb" / "smb.salesflow.yaml")
    result = sf.simulate(smb, duration="1w", warmup="1w", replications=2, engine="python")
    other = tmp_path / "smb.json"
    other.write_text(json.dumps(result.to_dict()), encoding="utf-8")
    with pytest.raises(sf.UsageError, match="is of `smb`, and here are `brazil`"):
        with_results(found, [str(other)])
    with pytest.raises(sf.UsageError, match=r"none\.json"):
        with_results(found, ["none.json"])
