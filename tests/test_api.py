"""The verbs in Python: what they take, what they give, and what they say when they cannot."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import salesflow as sf
from salesflow import api
from salesflow.checking.config import Settings

TEXT = """\
salesflow: 1
process: tiny
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {fit: demo, unfit: lost}}
  demo: {by: sales}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
DATA = {
    "salesflow": 1,
    "process": "tiny",
    "sources": {"inbound": {"start": "call"}},
    "steps": {
        "call": {"by": "sales", "next": {"fit": "demo", "unfit": "lost"}},
        "demo": {"by": "sales"},
    },
    "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
}
ORGANIZATION = "salesflow: 1\norganization: acme\ndepartments: {sales: {}}\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tiny.salesflow.yaml").write_text(TEXT)


def test_a_file_a_text_and_a_mapping_give_equal_processes() -> None:
    process = sf.load("tiny.salesflow.yaml")
    assert process == sf.load(Path("tiny.salesflow.yaml")) == sf.loads(TEXT) == sf.load(DATA)
    assert (process.file, process.span[1:3]) == ("tiny.salesflow.yaml", (2, 10))
    assert sf.loads(TEXT, file="mine").file == "mine"


def test_a_missing_file_is_usage() -> None:
    with pytest.raises(sf.UsageError, match="nothere"):
        sf.load("nothere.salesflow.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT.replace("fit: demo", "fit: demoo"), "There is no step or outcome called `demoo`."),
        (ORGANIZATION, "This file holds `organization: acme`, not a process."),
        (
            "salesflow: 1\ntests: t\nof: tiny.salesflow.yaml\ncases: {a: {ends: won}}\n",
            "This file holds `tests: t`, not a process.",
        ),
    ],
)
def test_what_does_not_load_says_where_and_why(text: str, message: str) -> None:
    with pytest.raises(sf.LoadError) as caught:
        sf.loads(text, file="wrong.yaml")
    (finding,) = caught.value.findings
    assert finding.message == message
    assert finding.file == "wrong.yaml"
    assert caught.value.texts["wrong.yaml"] == text


def test_a_mapping_that_is_no_document_is_refused() -> None:
    with pytest.raises(sf.LoadError):
        sf.load({})
    with pytest.raises(TypeError):
        sf.load({"salesflow": 1, "process": None})


def test_check_selects_rules_and_families() -> None:
    process = sf.load(DATA)
    found = {finding.rule for finding in sf.check(process)}
    assert "dead-end" in found
    assert {f.rule for f in sf.check(process, select=["dead-end"])} == {"dead-end"}
    assert {f.family for f in sf.check(process, select=["structure"])} == {"structure"}
    assert "dead-end" not in {f.rule for f in sf.check(process, ignore=["dead-end"])}
    with pytest.raises(sf.UsageError, match="dead-edn"):
        sf.check(process, select=["dead-edn"])


def test_a_file_stands_for_itself_and_a_folder_for_its_processes() -> None:
    Path("acme.salesflow.yaml").write_text(ORGANIZATION)
    assert api.processes_at("tiny.salesflow.yaml") == ("tiny.salesflow.yaml",)
    assert [Path(each).name for each in api.processes_at(".")] == ["tiny.salesflow.yaml"]
    Path("other.salesflow.yaml").write_text(TEXT.replace("process: tiny", "process: other"))
    found = [Path(each).name for each in api.processes_at(".")]
    assert found == ["other.salesflow.yaml", "tiny.salesflow.yaml"]


def test_what_another_file_runs_is_no_process_of_the_folder() -> None:
    main = TEXT.replace("process: tiny", "process: main\nuse: [tiny.salesflow.yaml]")
    main = main.replace("demo: {by: sales}", "demo: {run: tiny, next: {won: won, lost: lost}}")
    Path("main.salesflow.yaml").write_text(main)
    assert [Path(each).name for each in api.processes_at(".")] == ["main.salesflow.yaml"]


def test_a_folder_without_a_process_is_usage(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(sf.UsageError, match="There is no process in `empty`"):
        api.processes_at("empty")
    with pytest.raises(sf.UsageError, match=r"There are no \*\.salesflow\.yaml files in `empty`"):
        api.check_paths(["empty"])


def test_check_paths_takes_files_folders_and_standard_input() -> None:
    report = api.check_paths([".", "tiny.salesflow.yaml", "-"], stdin=TEXT.encode())
    assert len(report.files) == len(set(report.files))
    assert report.files[-1] == "<stdin>"
    assert report.processes.keys() == {"tiny"}
    assert {finding.rule for finding in report.findings} >= {"dead-end"}
    chosen = Settings().overridden(
        select=("dead-end",), ignore=(), preset=None, fail_on=None, baseline=None
    )
    assert {f.rule for f in api.check_paths(["."], settings=chosen).findings} == {"dead-end"}


def test_draw_says_what_it_cannot_do() -> None:
    process = sf.load(DATA)
    assert "flowchart LR" in sf.draw(process)
    assert "dead-end" in sf.draw(process, "mermaid", findings=sf.check(process))
    assert "flowchart LR" in sf.draw(process, view="departments")
    with pytest.raises(sf.UsageError, match="The format `gif` is unknown"):
        sf.draw(process, "gif")
    with pytest.raises(sf.UsageError, match="The view `stage` is unknown"):
        sf.draw(process, view="stage")


def test_draw_gives_text_or_the_bytes_of_a_png() -> None:
    process = sf.load(DATA)
    assert sf.draw(process, "svg").startswith("<svg")
    assert sf.draw(process, "png").startswith(b"\x89PNG")
    assert sf.draw(process, "bpmn").startswith("<?xml")


def test_draw_takes_processes_names_and_results() -> None:
    process = sf.load(DATA)
    path: Any = "tiny.salesflow.yaml"
    with pytest.raises(sf.UsageError) as caught:
        sf.draw(path)
    assert str(caught.value) == "What is drawn are processes: `draw(load(PATH))`."
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"against": path}, "`against` is a process: `load(PATH)`."),
        ({"findings": True}, "`findings` are those of a check: `check(process)`."),
        ({"findings": ["x"]}, "`findings` are those of a check: `check(process)`."),
        ({"only": [3]}, "`only` takes names of steps, stages or departments."),
        ({"only": None}, "`only` takes names of steps, stages or departments."),
    ]
    for given, said in wrong:
        with pytest.raises(sf.UsageError) as caught:
            sf.draw(process, "svg", **given)
        assert str(caught.value) == said
    part = sf.draw(process, only="call", around=0)
    assert part == sf.draw(process, only=iter(["call"]), around=0)
    assert part != sf.draw(process)
    with pytest.raises(sf.UsageError, match="`result` is that of `simulate"):
        sf.draw(process, result=3)  # type: ignore[call-overload]
    with pytest.raises(sf.UsageError, match=r"`r\.json` cannot be read"):
        sf.draw(process, result=Path("r.json"))


def test_a_result_is_drawn_as_it_is_and_from_its_file() -> None:
    result = simulated()
    process = sf.load("simulated.salesflow.yaml")
    Path("r.json").write_text(json.dumps(result.to_dict()))
    drawn = sf.draw(process, "svg", result=result, heat="load")
    assert drawn == sf.draw(process, "svg", result="r.json", heat="load")
    assert drawn == sf.draw(process, "svg", result=Path("r.json"), heat="load")
    assert drawn != sf.draw(process, "svg", result=result)
    with pytest.raises(sf.UsageError, match="The result is of `simulated`, not of `tiny`"):
        sf.draw(sf.load(DATA), result=result)


def test_a_flow_too_large_to_draw_comes_as_departments() -> None:
    steps = {f"s{n}": {"by": "sales", "next": {"a": f"s{n + 1}", "b": "lost"}} for n in range(260)}
    steps["s260"] = {"by": "legal", "next": {"a": "won"}}
    text = sf.draw(sf.load({**DATA, "sources": {"inbound": {"start": "s0"}}, "steps": steps}))
    assert "%% 522 transitions are more than Mermaid draws: departments are shown." in text
    assert text.count("-->") == 1


def test_what_is_public_is_there_and_nothing_else() -> None:
    assert set(sf.__all__) <= set(dir(sf))
    assert all(getattr(sf, name) for name in sf.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = sf.nothing  # type: ignore[attr-defined]


def test_tests_are_run_from_python() -> None:
    folder = Path(__file__).parents[1] / "examples" / "enterprise"
    report = sf.run_tests(folder)
    assert report.passed
    assert report == sf.run_tests([str(folder / "enterprise_tests.salesflow.yaml")])
    assert report.to_dict()["summary"]["passed"] == len(report.suites[0].cases)


# ------------------------------------------------------------------------------------ simulate

SIMULATED = """\
salesflow: 1
process: simulated
departments: {sales: {people: 2}}
sources: {inbound: {start: call, arrivals: 30 per week}}
steps:
  call: {by: sales, effort: {mean: 2h}, next: {fit: {to: won, share: 40%}, unfit: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
ONE_MORE = "salesflow: 1\nscenario: one_more\nof: simulated.salesflow.yaml\nchange: {departments.sales.people: 3}\n"


def simulated(**options: Any) -> sf.SimulationResult:
    Path("simulated.salesflow.yaml").write_text(SIMULATED)
    Path("one_more.salesflow.yaml").write_text(ONE_MORE)
    process = options.pop("process", None) or sf.load("simulated.salesflow.yaml")
    chosen = {"duration": "2w", "warmup": "1w", "replications": 3, "engine": "python", **options}
    return sf.simulate(process, **chosen)


def test_simulate_gives_estimates_that_show_themselves() -> None:
    told: list[tuple[float, float]] = []
    result = simulated(progress=lambda done, total: told.append((done, total)))
    win_rate = result.kpis["win_rate"]
    assert win_rate is not None
    assert win_rate.low <= 0.4 <= win_rate.high
    assert (result.seed, result.replications, result.duration, result.warmup) == (1, 3, "2w", "1w")
    assert result.to_dict()["process"] == "simulated"
    assert '<section class="sf-report">' in result._repr_html_()  # type: ignore[attr-defined]
    assert told[-1] == (3, 3)


def test_simulate_takes_scenarios_in_every_form_and_settings() -> None:
    by_file = simulated(scenario="one_more.salesflow.yaml").scenarios
    assert by_file == simulated(scenario=Path("one_more.salesflow.yaml")).scenarios
    assert by_file == simulated(scenario=[sf.load("one_more.salesflow.yaml")]).scenarios
    mapping = {
        "salesflow": 1,
        "scenario": "one_more",
        "of": "simulated.salesflow.yaml",
        "change": {"departments.sales.people": 3},
    }
    assert by_file == simulated(scenario=mapping).scenarios
    both = simulated(scenario=(mapping,), settings=["departments.sales.people=3"]).scenarios
    assert list(both) == ["one_more", "set"]
    assert both["set"].kpis == both["one_more"].kpis == by_file["one_more"].kpis


def test_simulate_goes_on_where_it_was_and_takes_executors_and_several_processes() -> None:
    expected = simulated(replications=4)
    simulated(resume=Path("run.jsonl"))
    assert simulated(resume="run.jsonl", replications=4) == expected
    with ThreadPoolExecutor(2) as threads:
        assert simulated(executor=threads, replications=4) == expected
    other = sf.loads(SIMULATED.replace("process: simulated", "process: other"))
    alone = sf.loads(SIMULATED)
    assert list(simulated(process=(alone, other)).processes) == ["simulated", "other"]


def test_simulate_says_what_is_missing_or_wrong() -> None:
    with pytest.raises(sf.LoadError, match="people"):
        simulated(process=sf.loads(SIMULATED.replace("{people: 2}", "{}")))
    with pytest.raises(sf.LoadError, match="has no `salez`"):
        simulated(settings=["departments.salez.people=3"])
    with pytest.raises(sf.UsageError, match="The duration must be"):
        simulated(duration="half a year")
    with pytest.raises(sf.UsageError, match="there is no such file"):
        simulated(scenario="nowhere.salesflow.yaml")
    with pytest.raises(sf.UsageError, match="There is no process to simulate"):
        simulated(process=iter(()))


def test_simulate_takes_processes_not_paths_and_one_setting_alone() -> None:
    for wrong in ("simulated.salesflow.yaml", [Path("simulated.salesflow.yaml")]):
        with pytest.raises(sf.UsageError, match=r"processes: `simulate\(load\(PATH\)\)`"):
            simulated(process=wrong)
    setting = "departments.sales.people=3"
    assert simulated(settings=setting).scenarios == simulated(settings=[setting]).scenarios


def test_what_is_checked_is_a_process() -> None:
    with pytest.raises(sf.UsageError) as caught:
        sf.check("smb.salesflow.yaml")  # type: ignore[arg-type]
    assert str(caught.value) == "What is checked are processes: `check(load(PATH))`."
