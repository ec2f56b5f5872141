"""Scenarios: what they change, where; and what is said of changes that cannot be."""

from pathlib import Path

import pytest

import salesflow as sf
from salesflow.errors import LoadError, UsageError
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.simulation.scenario import Scenario, read_scenarios

ORGANIZATION = """\
salesflow: 1
organization: acme
departments:
  sales: {people: 2}
  legal: {roles: {counsel: {people: 1}}}
data: {amount: {type: money}}
"""
FIRST = """\
salesflow: 1
process: first
use: [acme.salesflow.yaml]
sources: {inbound: {start: call, arrivals: 5 per week}}
steps:
  call: {by: sales, effort: 1h, next: {fit: {to: draft, share: 40%}, unfit: {to: lost, share: rest}}}
  draft: {by: counsel, effort: {mean: 2h}, next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
objectives: {wins: {measure: win_rate, at_least: 20%}}
"""
SECOND = """\
salesflow: 1
process: second
use: [acme.salesflow.yaml]
sources: {renewals: {start: call, arrivals: 1 per week}}
steps:
  call: {by: sales, effort: 30min, next: review}
  review: {by: counsel, effort: 3h, next: won}
outcomes: {won: {kind: won}}
"""
THIRD_COUNSEL = """\
# More lawyers
salesflow: 1
scenario: more
of: first.salesflow.yaml
name: Two more lawyers
change:
  departments.legal.roles.counsel.people: 3
  steps: {call: {effort: {min: 10min, max: 20min}, next: {fit: {share: 50%}}}}
  steps.check: {by: sales, effort: 5min, next: draft}
  steps.call.next.fit.to: check
remove: [departments.sales.people]
expect: {fast: {measure: time, at_most: 5d}}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.salesflow.yaml").write_text(ORGANIZATION)
    Path("first.salesflow.yaml").write_text(FIRST)
    Path("second.salesflow.yaml").write_text(SECOND)


def first() -> Process:
    return sf.load("first.salesflow.yaml")


def scenario(text: str, name: str = "more.salesflow.yaml") -> str:
    Path(name).write_text(text)
    return name


def set_to(*settings: str, processes: tuple[Process, ...] = ()) -> Scenario:
    (made,) = read_scenarios(processes or (first(),), settings=settings)
    return made


def wrong(*settings: str) -> list[str]:
    with pytest.raises(LoadError) as caught:
        set_to(*settings)
    assert all(finding.file == "--set" for finding in caught.value.findings)
    assert caught.value.texts["--set"].splitlines() == list(settings)
    return [
        f"{f.line}:{f.column}-{f.end_column} {f.message} {f.help}" for f in caught.value.findings
    ]


def test_a_scenario_file_changes_the_process_and_says_so_in_its_own_words() -> None:
    text = THIRD_COUNSEL.replace("remove: [departments.sales.people]\n", "")
    (made,) = read_scenarios([first()], [scenario(text)])
    (process,) = made.processes
    assert (made.name, made.title, made.file) == (
        "more",
        "Two more lawyers",
        "more.salesflow.yaml",
    )
    assert made.changes == (
        "departments.legal.roles.counsel.people: 3",
        "steps.call.effort: {min: 10min, max: 20min}",
        "steps.call.next.fit.share: 50%",
        "steps.check: {by: sales, effort: 5min, next: draft}",
        "steps.call.next.fit.to: check",
    )
    assert process.roles["counsel"].people == 3
    assert process.steps["call"].next["fit"].share == 0.5
    assert list(process.objectives) == ["wins", "fast"]
    # It is played under the name of what it is of: random numbers are keyed by that.
    assert process.id == "first"


def test_what_is_removed_is_said() -> None:
    (made,) = read_scenarios([first()], [scenario(THIRD_COUNSEL)])
    assert made.changes[-1] == "departments.sales.people: removed"
    assert made.processes[0].roles["sales"].people is None


def test_a_loaded_scenario_and_a_mapping_are_scenarios_too() -> None:
    path = scenario(THIRD_COUNSEL)
    (from_file,) = read_scenarios([first()], [path])
    (from_process,) = read_scenarios([first()], [sf.load(path)])
    assert from_file == from_process
    mapping = {
        "salesflow": 1,
        "scenario": "two",
        "of": "first.salesflow.yaml",
        "change": {"departments": {"legal": {"roles": {"counsel": {"people": 2}}}}},
    }
    (from_mapping,) = read_scenarios([first()], [mapping])
    assert from_mapping.changes == ("departments.legal.roles.counsel.people: 2",)
    assert from_mapping.processes[0].roles["counsel"].people == 2


def test_the_process_is_changed_as_it_was_loaded_whatever_its_file_says_now() -> None:
    process = first()
    Path("first.salesflow.yaml").write_text(FIRST.replace("40%", "90%"))
    path = scenario(THIRD_COUNSEL.replace(", next: {fit: {share: 50%}}", ""))
    (made,) = read_scenarios([process], [path])
    assert made.processes[0].steps["call"].next["fit"].share == 0.4


@pytest.mark.parametrize("name", ["<text>", "elsewhere/first.yaml"])
def test_a_process_from_a_text_can_be_changed(name: str) -> None:
    process = sf.loads(FIRST, file=name)
    made = set_to("departments.legal.roles.counsel.people=4", processes=(process,))
    assert made.processes[0].roles["counsel"].people == 4


def test_a_process_that_was_made_otherwise_can_be_changed() -> None:
    process = first()
    larger = process.replace(steps=process.steps, goal="Grow")
    made = set_to("departments.legal.roles.counsel.people=4", processes=(larger,))
    assert made.processes[0].goal == "Grow"
    assert made.processes[0].roles["counsel"].people == 4


def test_of_a_variant() -> None:
    Path("variant.salesflow.yaml").write_text(
        "salesflow: 1\nvariant: small\nof: first.salesflow.yaml\n"
        "locked: [steps.call]\nchange: {steps.call.effort: 2h}\n"
    )
    process = sf.load("variant.salesflow.yaml")
    made = set_to("steps.call.by=counsel", processes=(process,))  # locks bind no scenario
    assert made.processes[0].steps["call"].by == "counsel"
    text = THIRD_COUNSEL.replace("of: first", "of: variant")
    (made,) = read_scenarios([process], [scenario(text)])
    assert made.processes[0].id == "small"
    with pytest.raises(UsageError) as caught:
        read_scenarios([process], [scenario(THIRD_COUNSEL)])
    assert str(caught.value) == (
        "`more.salesflow.yaml` is a scenario of `first.salesflow.yaml`, and what is simulated is "
        "`variant.salesflow.yaml`."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FIRST, "holds `process: first`, not a scenario"),
        (ORGANIZATION, "holds `organization: acme`, not a scenario"),
    ],
)
def test_what_is_no_scenario(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_scenarios([first()], [scenario(text)])


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("counsel.people", "lawyer.people", "7:3", "has no `lawyer`, so this change hits nothing"),
        ("people: 3", "people: many", "7:43", "`people` must be a whole number"),
        ("to: check", "to: chekc", "10:27", "There is no step or outcome called `chekc`."),
        ("of: first", "of: frist", "4:5", "There is no file `frist.salesflow.yaml` here."),
        ("change:", "change: [", "8:8", "no second colon can stand there"),
    ],
)
def test_a_scenario_that_breaks_the_process(old: str, new: str, place: str, message: str) -> None:
    with pytest.raises(LoadError) as caught:
        read_scenarios([first()], [scenario(THIRD_COUNSEL.replace(old, new))])
    finding = caught.value.findings[0]
    assert message in finding.message
    assert f"{finding.line}:{finding.column}" == place
    assert finding.file == "more.salesflow.yaml"
    assert "more.salesflow.yaml" in caught.value.texts


def test_two_scenarios_of_one_name() -> None:
    paths = [scenario(THIRD_COUNSEL), scenario(THIRD_COUNSEL, "other.salesflow.yaml")]
    with pytest.raises(UsageError) as caught:
        read_scenarios([first()], paths)
    assert str(caught.value) == (
        "Two scenarios are called `more`: `more.salesflow.yaml` and `other.salesflow.yaml`. "
        "Rename one."
    )


def test_settings_make_one_scenario() -> None:
    made = set_to(
        "departments.legal.roles.counsel.people=3",
        "steps.draft.effort = {mean: 30min}",
        "steps.call.next.fit.share=50%",
        "sources.inbound.arrivals=9 per week",
        'name="A, B: C"',
    )
    (process,) = made.processes
    assert (made.name, made.file) == ("set", "--set")
    assert made.changes == (
        "departments.legal.roles.counsel.people: 3",
        "steps.draft.effort: {mean: 30min}",
        "steps.call.next.fit.share: 50%",
        "sources.inbound.arrivals: 9 per week",
        'name: "A, B: C"',
    )
    assert made.title == ", ".join(made.changes)
    assert process.roles["counsel"].people == 3
    assert process.steps["call"].next["fit"].share == 0.5
    assert process.id == "first"
    assert set_to("steps.draft.by=sales", "steps.draft.by=sales").changes == (
        "steps.draft.by: sales",
    )


def test_settings_that_hit_nothing_say_what_was_meant() -> None:
    assert wrong("departments.legal.roles.consel.people=3") == [
        "1:1-38 `departments.legal.roles` has no `consel`, so this change hits nothing. Did you mean `counsel`?"
    ]
    assert wrong("draft.by=sales", "counsel.people=2") == [
        "1:1-9 `first` has no `draft`, so this change hits nothing. Write `steps.draft.by`.",
        "2:1-15 `first` has no `counsel`, so this change hits nothing. Write `departments.legal.roles.counsel.people`.",
    ]
    assert wrong("steps.draft.efort=2h") == [
        "1:1-18 `efort` is no key of a step. Did you mean `effort`?"
    ]


def test_settings_that_contradict_each_other() -> None:
    assert wrong("steps.draft.by=sales", "steps.draft.by=counsel") == [
        "2:1-15 `steps.draft.by` is set twice: to `sales` and to `counsel`. Set it once."
    ]
    assert wrong("steps.draft.by=sales", "steps.draft.effort=2h", "steps.draft={by: counsel}") == [
        "3:1-12 `steps.draft` and `steps.draft.by` change the same place. Write it as one change.",
        "3:1-12 `steps.draft` and `steps.draft.effort` change the same place. Write it as one change.",
    ]


def test_values_that_cannot_be_read() -> None:
    assert wrong("steps.draft.effort={mean: 2h")[0].startswith(
        "1:29-29 The map that starts with `{` is not closed"
    )
    assert wrong("steps.draft.effort={mean: 2x}") == [
        "1:27-29 `mean` must be hands-on time such as `30min` or `3h`, not `2x`. Units are s, min, h: for example `2h`."
    ]
    assert wrong("departments.sales.people=yes")[0].startswith("1:26-29 `yes` is text to some")
    assert wrong("steps.draft.effort=")[0].startswith("1:1-19 ")
    assert wrong("steps.draft.by=*counsel")[0].startswith("1:16-24 Aliases")
    assert wrong("steps.draft.by=nobody")[0].startswith("1:16-22 There is no role called `nobody`.")
    assert wrong("use=[acme.salesflow.yaml]") == [
        "1:6-25 No file can be used here. Write it into the process."
    ]
    assert wrong("process=other")[0].startswith("1:1-8 `process` cannot be changed by a scenario.")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("steps.draft", "`--set steps.draft` says nothing to change: write --set PATH=VALUE"),
        ("=3", "`--set =3` says nothing to change"),
        ("steps draft=3", "`steps draft` is no path"),
        ("a: b\nc=3", "is no path"),
        ("steps.draft.by=a\nb: c", "must stand on one line"),
    ],
)
def test_settings_that_are_none(setting: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        set_to(setting)
    assert message in str(caught.value)


def both() -> tuple[Process, Process]:
    return first(), sf.load("second.salesflow.yaml")


def test_processes_that_share_people_share_their_changes() -> None:
    made = set_to("departments.legal.roles.counsel.people=3", processes=both())
    assert [process.roles["counsel"].people for process in made.processes] == [3, 3]
    assert [process.id for process in made.processes] == ["first", "second"]
    (made,) = read_scenarios(both(), [scenario(THIRD_COUNSEL)])
    one, other = made.processes
    assert [p.roles["counsel"].people for p in (one, other)] == [3, 3]
    assert [p.roles["sales"].people for p in (one, other)] == [None, None]
    assert "check" in one.steps
    assert other.steps == both()[1].steps


def test_a_setting_of_one_of_several_processes() -> None:
    made = set_to("steps.review.effort=1h", processes=both())
    assert made.processes[0] == first()
    assert made.processes[1].steps["review"].effort != both()[1].steps["review"].effort
    with pytest.raises(UsageError) as caught:
        set_to("steps.call.effort=1h", processes=both())
    assert str(caught.value) == (
        "`--set steps.call.effort=…` could be meant for `first` and `second`. Write a scenario "
        "file that is `of:` one of them."
    )
    with pytest.raises(LoadError, match="`first` has no `nothere`"):
        set_to("nothere.effort=1h", processes=both())
    Path("third.salesflow.yaml").write_text(FIRST)
    with pytest.raises(UsageError, match="is a scenario of `third"):
        read_scenarios(both(), [scenario(THIRD_COUNSEL.replace("of: first", "of: third"))])


def test_nothing_given_is_no_scenario() -> None:
    assert read_scenarios([first()]) == ()


def test_a_process_that_keeps_no_text_is_written_out() -> None:
    made = set_to(
        "departments.legal.roles.counsel.people=4",
        processes=(first().replace(texts=FrozenMap(), goal="Grow"),),
    )
    assert (made.processes[0].goal, made.processes[0].roles["counsel"].people) == ("Grow", 4)


def test_who_does_not_have_what_is_changed_stays_as_it_is() -> None:
    own = sf.loads(
        SECOND.replace("use: [acme.salesflow.yaml]", "departments: {sales: {people: 2}}").replace(
            "by: counsel", "by: sales"
        )
    )
    (made,) = read_scenarios(
        [first(), own],
        [scenario(THIRD_COUNSEL.replace("remove: [departments.sales.people]\n", ""))],
    )
    assert made.processes[0].roles["counsel"].people == 3
    assert made.processes[1] == own


def test_what_a_setting_breaks_elsewhere_is_shown_there() -> None:
    Path("first.salesflow.yaml").write_text(FIRST.replace("sources:", "value: amount\nsources:"))
    with pytest.raises(LoadError) as caught:
        set_to("data.amount.type=text")
    (finding,) = caught.value.findings
    assert {finding.file, *(other.span.file for other in finding.related)} & {
        "first.salesflow.yaml"
    }


def test_a_mapping_that_only_changes_is_told_what_is_missing() -> None:
    with pytest.raises(UsageError, match=r"For a single change write `settings="):
        read_scenarios([first()], [{"departments.sales.people": 3}])
