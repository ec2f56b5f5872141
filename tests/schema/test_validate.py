"""What is found in documents that say what the language does not allow, where, and what is left."""

import copy
from typing import Any

import pytest

from salesflow.findings import Finding
from salesflow.schema.validate import kind_of_document, validate
from salesflow.source.located import Map, key_span, value_span
from tests.schema.written import ALL, PROCESS, SMALL, located, plain


def findings(text: str) -> tuple[Finding, ...]:
    """What is found in a text."""
    return validate(located(text))[1]


def in_small(change: str, path: str = "steps.call") -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """What is left of, and found in, the small process with one part replaced."""
    data = located(SMALL)
    *way, last = path.split(".")
    holder: Any = data
    for key in way:
        holder = holder[key]
    holder[last] = located(f"it: {change}")["it"]
    return validate(data)


def only(found: tuple[Finding, ...]) -> Finding:
    """The one finding."""
    assert len(found) == 1, [(f.path, f.message) for f in found]
    return found[0]


def rest(finding: Finding) -> tuple[str, str, str]:
    """Rule, path and help of a finding."""
    return finding.rule, finding.path, finding.help


@pytest.mark.parametrize("name", ALL)
def test_right_documents(name: str) -> None:
    """Nothing is found in documents that use every form."""
    data = located(ALL[name])
    left, found = validate(data)
    assert found == ()
    assert "x-" not in str(left)
    if "x-" not in ALL[name]:
        assert left is data


def test_metadata_is_left_out_and_the_rest_stays() -> None:
    """Free keys may hold anything, at every depth, and nobody further on sees them."""
    expected = plain(PROCESS)
    del expected["x-board"], expected["departments"]["security"]["x-note"]
    assert validate(located(PROCESS))[0] == expected
    text = SMALL.replace("call: {by", "x-note: {to: [1]}\n  call: {x-b: 5, by")
    left, found = validate(located(text))
    assert (left, found) == (plain(SMALL), ())


def test_the_document_itself_is_never_changed() -> None:
    """Judging leaves what it was given as it was."""
    data = located(SMALL.replace("by: sales", "by: [sales], strange: 1"))
    before = copy.deepcopy(dict(data))
    left, found = validate(data)
    assert len(found) == 4
    assert data == before
    assert left != before


def test_wrong_value_is_shown_at_the_value_and_left_out() -> None:
    """The step, its other keys and all places stay."""
    text = SMALL.replace("demo: {by: sales,", "demo: {by: sales, effort: 3 days,")
    data = located(text)
    left, found = validate(data)
    finding = only(found)
    assert (finding.rule, finding.path) == ("bad-unit", "steps.demo.effort")
    assert finding.span == value_span(data["steps"]["demo"], "effort")
    assert (finding.file, finding.line, finding.column) == ("a.yaml", 7, 29)
    assert finding.end_column == 35
    assert "`3 days`" in finding.message
    assert left == plain(SMALL)
    for key in left["steps"]:
        assert key_span(left["steps"], key) == key_span(data["steps"], key)
        assert value_span(left["steps"], key) == value_span(data["steps"], key)
    assert value_span(left["steps"]["demo"], "by") == value_span(data["steps"]["demo"], "by")


def test_unknown_key_is_shown_at_the_key() -> None:
    """With the key that was meant."""
    data = located(SMALL.replace("by: sales, next: {int", "by: sales, ower: me, next: {int"))
    finding = only(validate(data)[1])
    assert rest(finding) == ("unknown-key", "steps.call.ower", "Did you mean `owner`?")
    assert finding.span == key_span(data["steps"]["call"], "ower")


@pytest.mark.parametrize(
    ("step", "path", "help_"),
    [
        ("{owner_role: x}", "owner_role", "Did you mean `owner`?"),
        ("{roles: {}}", "roles", "`roles` belongs to a department."),
        ("{next: {a: {to: b, sla: {}}}}", "next.a.sla", "It belongs to the step itself, beside `next`."),
        ("{join: all}", "join", "`join` belongs to a block: a step with `parallel`."),
        ("{sla: {within: 1d, qqqq: 1}}", "sla.qqqq",
         "Its keys: `within` and `target`. Keys of your own start with `x-`."),
        ("{qqqq: 1}", "qqqq", "Keys of your own start with `x-`."),
        ("{parallel: {a: {steps: {b: {}}}}, by: x}", "by",
         "A block does no work itself: write it in a step of one of its branches."),
        ("{parallel: {a: {steps: {b: {stage: x}}}}}", None, ""),
        ("{parallel: {a: {stage: x, steps: {b: {}}}}}", "parallel.a.stage",
         "Steps of a branch carry no stage: write it in the block."),
    ],
)  # fmt: skip
def test_keys_that_belong_elsewhere(step: str, path: str | None, help_: str) -> None:
    """The help says where a key would be right."""
    _, found = in_small(step)
    if path is None:
        assert found == ()
        return
    finding = only(found)
    assert rest(finding) == ("unknown-key", f"steps.call.{path}", help_)


@pytest.mark.parametrize(
    ("step", "rule", "path", "said"),
    [
        ("{by: [a, b]}", "schema", "by", "not a list"),
        ("{by: 5}", "schema", "by", "not `5`"),
        ("{with: sales, by: x}", "schema", "with", "must be a list"),
        ("{facing: customers}", "schema", "facing", "`customer` or `internal`"),
        ("{effort: 3}", "bad-unit", "effort", "not `3`"),
        ("{effort: 2d}", "bad-unit", "effort", "hands-on time"),
        ("{effort: {average: 3h}}", "schema", "effort", "not a map"),
        ("{effort: true}", "schema", "effort", "not `true`"),
        ("{effort: {min: 1h, max: 3}}", "bad-unit", "effort.max", "not `3`"),
        ("{effort: {any_of: {1h: 30%, 5h: half}}}", "bad-unit", "effort.any_of.5h", "`rest`"),
        ("{effort: {any_of: {5d: rest}}}", "bad-unit", "effort.any_of.5d", "cannot be a key"),
        ("{effort: {min: 1h}}", "schema", "effort", "no `max`"),
        ("{effort: {min: 1h, median: 2h}}", "unknown-key", "effort.min", "no key"),
        ("{sla: 1bd}", "schema", "sla", "must be a service level"),
        ("{sla: {target: 90%}}", "schema", "sla", "no `within`"),
        ("{sla: {within: 1bd, target: 90}}", "bad-unit", "sla.target", "a share"),
        ("{timeout: {after: soon, result: x}}", "bad-unit", "timeout.after", "`soon`"),
        ("{wait_for: []}", "schema", "wait_for", "is empty"),
        ("{requires: [a, b, a]}", "schema", "requires", "`a` stands twice"),
        ("{name: 2026}", "schema", "name", "must be text"),
        ("{next: {}}", "schema", "next", "is empty"),
        ("{next: {a: {share: 5%}}}", "schema", "next.a", "no `to`"),
        ("{next: {a: {to: b, share: 101%}}}", "bad-unit", "next.a.share", "`101%`"),
        ("{next: {a: {to: b, at_most: 0}}}", "schema", "next.a.at_most", "1 or more"),
        ("{next: {a: {to: b, at_most: 1.5}}}", "schema", "next.a.at_most", "whole number"),
        ("{next: {a: {to: b, otherwise: false}}}", "schema", "next.a.otherwise", "`true`"),
        ("{next: {a: {to: b, otherwise: true, when: x}}}", "schema", "next.a.when", "`otherwise`"),
        ("{next: {a: {to: [b]}}}", "schema", "next.a.to", "it has 1"),
        ("{next: {a: {to: [b, leave]}}}", "schema", "next.a.to", "`leave`"),
        ("{next: {leave: b}}", "schema", "next.leave", "word of the language"),
        ("{next: {a: {to: b, set: [c]}}}", "schema", "next.a.set", "not a list"),
        ("{with: [a]}", "schema", "with", "needs `by`"),
        ("{parallel: {}}", "schema", "parallel", "is empty"),
        ("{parallel: {a: {steps: {}}}}", "schema", "parallel.a.steps", "is empty"),
        ("{parallel: {a: {}}}", "schema", "parallel.a", "no `steps`"),
        ("{parallel: {a: {steps: {b: {}, c: {}}}}}", "schema", "parallel.a", "`start` is missing"),
        ("{parallel: {a: {steps: {b: {}}}}, join: some}", "schema", "join", "`all` or `any`"),
        ("{parallel: {a: {steps: {b: {}}}}, next: {done: {to: x, share: 5%}}}", "unknown-key",
         "next.done.share", "no key"),
        ("{run: p, effort: 3h}", "unknown-key", "effort", "no key"),
    ],
)  # fmt: skip
def test_mistakes_in_steps(step: str, rule: str, path: str, said: str) -> None:
    """Each is one finding, at its path, with what was expected."""
    left, found = in_small(step)
    finding = only(found)
    assert (finding.rule, finding.path) == (rule, f"steps.call.{path}")
    assert said in finding.message
    assert finding.family == "syntax"
    assert set(validate(left)[1]) <= set(found)  # what is left raises nothing new


@pytest.mark.parametrize(
    ("path", "value", "rule", "at", "said"),
    [
        ("salesflow", "2", "not-a-language-version", "salesflow", "not `2`"),
        ("salesflow", '"1"', "not-a-language-version", "salesflow", "must be 1"),
        ("salesflow", "true", "not-a-language-version", "salesflow", "not `true`"),
        ("version", "1.2", "schema", "version", "three numbers"),
        ("start_date", "2026-02-30", "bad-unit", "start_date", "`2026-02-30`"),
        ("use", "acme.yaml", "schema", "use", "a list of files"),
        ("currency", "Euro", "schema", "currency", "`EUR`"),
        ("organization", "acme", "unknown-key", "organization", "no key of a process"),
        ("change", "{}", "unknown-key", "change", "no key of a process"),
        ("steps", "[]", "schema", "steps", "a map of steps"),
        ("data", "{a: {type: choice}}", "schema", "data.a.type", "needs `values`"),
        ("data", "{a: {type: text, values: [b]}}", "schema", "data.a.values", "`type: choice`"),
        ("data", "{a: {type: choice, values: [any_of]}}", "schema", "data.a.values", "`any_of`"),
        ("data", "{source: {type: text}}", "schema", "data.source", "word of the language"),
        ("departments", "{a: {people: two}}", "schema", "departments.a.people", "`two`"),
        ("departments", "{a: {people: 1, roles: {}}}", "unknown-key", "departments.a.people", ""),
        ("departments", "{a: {max_open_deals: 5}}", "schema", "departments.a.max_open_deals",
         "needs `keeps_deal`"),
        ("departments", "{a: {available: 0%}}", "bad-unit", "departments.a.available", "above 0%"),
        ("calendars", "{a: {hours: {mon: '9-17'}, timezone: UTC}}", "schema",
         "calendars.a.hours.mon", "09:00-18:00"),
        ("calendars", "{a: {hours: {monday: '09:00-17:00'}, timezone: UTC}}", "schema",
         "calendars.a.hours.monday", "cannot be a key"),
        ("sources.inbound.arrivals", "30", "bad-unit", "sources.inbound.arrivals", "`30`"),
        ("sources.inbound.arrivals", "{batch: 3}", "schema", "sources.inbound.arrivals", "`every`"),
        ("sources.inbound.arrivals", "{rate: 3 per day, every: 2d}", "unknown-key",
         "sources.inbound.arrivals.every", "no key"),
        ("sources.inbound.cost", "-1", "schema", "sources.inbound.cost", "0 or more"),
        ("outcomes.won.kind", "win", "schema", "outcomes.won.kind", "`won`"),
        ("policies", "{a: {}}", "schema", "policies.a", "is missing"),
        ("policies", "{a: {never: b, at_most_once: c}}", "schema", "policies.a.at_most_once",
         "together"),
        ("policies", "{a: {response: [b]}}", "schema", "policies.a.response", "it has 1"),
        ("objectives", "{a: {measure: time}}", "schema", "objectives.a", "bound is missing"),
        ("objectives", "{a: {measure: time, at_most: 3 days}}", "bad-unit", "objectives.a.at_most",
         "`3 days`"),
        ("policies", "{a: {never: Sign.Signed}}", "schema", "policies.a.never", "no path"),
        ("touchpoints", "{a: {from: sales}}", "schema", "touchpoints.a", "no `to`"),
    ],
)  # fmt: skip
def test_mistakes_elsewhere(path: str, value: str, rule: str, at: str, said: str) -> None:
    """Each is one finding, at its path."""
    left, found = in_small(value, path)
    finding = only(found)
    assert (finding.rule, finding.path) == (rule, at)
    assert said in finding.message
    assert set(validate(left)[1]) <= set(found)


def test_missing_keys_of_a_document() -> None:
    """Each says what the key is for; they are shown at the whole document."""
    found = findings("process: smb\n")
    assert [f.rule for f in found] == ["not-a-language-version", "schema", "schema", "schema"]
    assert "Start it with the line `salesflow: 1`." in found[0].help
    assert [f.message.split("`")[1] for f in found[1:]] == ["sources", "steps", "outcomes"]
    assert "where deals come from" in found[1].message
    assert "sources: {inbound: {start: call}}" in found[1].help
    assert {f.line for f in found} == {1}


def test_missing_key_is_shown_at_the_name_of_the_map_that_lacks_it() -> None:
    """Not at the whole map, which may be long."""
    data = located(SMALL)
    del data["sources"]["inbound"]["start"]
    assert only(validate(data)[1]).span == key_span(data["sources"], "inbound")


def test_a_misspelled_needed_key_is_one_finding() -> None:
    """Not also a missing one."""
    _, found = in_small("{starts: call}", "sources.inbound")
    assert rest(only(found)) == ("unknown-key", "sources.inbound.starts", "Did you mean `start`?")


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("objectives", "{a: {measure: time, at_mosst: 3d}}", "objectives.a.at_mosst"),
        ("data", "{a: {type: chioce, values: [b]}}", "data.a.type"),
        ("data", "{a: {type: choice, valeus: [b]}}", "data.a.valeus"),
        ("steps.call", "{bye: sales, with: [legal]}", "steps.call.bye"),
        ("steps.call", "{parallel: {a: {strat: b, steps: {b: {}, c: {}}}}}",
         "steps.call.parallel.a.strat"),
    ],
)  # fmt: skip
def test_a_misspelling_breaks_no_rule(path: str, value: str, at: str) -> None:
    """One fault is one finding."""
    assert only(in_small(value, path)[1]).path == at


def test_keys_that_could_not_be_read_are_not_missing() -> None:
    """The reader has reported them."""
    data = located(SMALL)
    del data["sources"]["inbound"]["start"]
    data["sources"]["inbound"].unread = ("start",)
    data["objectives"] = Map({"a": Map({"measure": "time"})})
    data["objectives"]["a"].unread = ("at_most",)
    assert validate(data)[1] == ()


def test_file_of_no_kind() -> None:
    """Says the kinds, and which one was probably meant."""
    left, found = validate(located("salesflow: 1\nproces: a\n"))
    finding = only(found)
    assert left == {}
    assert (finding.rule, finding.path, finding.line) == ("schema", "", 1)
    assert finding.help == "Did you mean `process:`?"
    assert only(findings("salesflow: 1\na: 1")).help == "For example `process: enterprise`."
    assert only(findings("a: 1")).help.startswith("If it is a file of another tool,")
    assert kind_of_document({"a": 1}) is None


def test_the_kind_may_be_told() -> None:
    """For a document whose kind key does not count."""
    data = located(SMALL)
    assert validate(data, kind="process") == (data, ())
    assert validate(data, kind="organization")[1][0].path == "process"


@pytest.mark.parametrize(
    ("name", "said", "help_"),
    [
        ("Discovery", "no id", "Write `discovery`."),
        ("techDemo", "no id", "Write `tech_demo`."),
        ("tech-demo", "no id", "Write `tech_demo`."),
        ("tech demo", "no id", "Write `tech_demo:`, and below it `name: tech demo`."),
        ("2nd_call", "no id", ""),
        ("a.b", "no id", "Write `a_b`."),
        ("Next", "no id", ""),
        ("next", "word of the language", "Choose another, for example `my_next`."),
        ("done", "word of the language", "They end a branch: only a single target may be one."),
        ("саll", "`с` (U+0441, cyrillic small letter es)", "Type it as `call`."),
        ("ｃall", "fullwidth latin small letter c", "Type it as `call`."),
        ("größe", "latin small letter o with diaeresis", "Type it as `grosse`."),
        ("call 🎉", "`🎉` (U+1F389, party popper)", "Type it as `call`."),
        ("café", "latin small letter e with acute", "Type it as `cafe`."),
        ("ca\u200bll", "U+200B, zero width space", "Type it in a to z."),
        ("日本", "cjk unified ideograph-65e5", "Type it in a to z."),
        ("a" * 65, "longer than 64", "Choose a shorter id and write the rest as `name`."),
    ],
)
def test_ids(name: str, said: str, help_: str) -> None:
    """What is wrong with an id, and the right one; the step and what it says stay."""
    data = located(SMALL)
    data["steps"][name] = Map({"by": "sales"})
    left, found = validate(data)
    finding = only(found)
    assert said in finding.message
    assert finding.help == help_
    assert finding.path == f"steps.{name}"
    assert left["steps"][name] == {"by": "sales"}


def test_wholly_wrong_elements_stay_empty_at_their_place() -> None:
    """So that whoever names them finds them; values are left out."""
    text = SMALL.replace("demo: {by: sales, next: {buys: won, passes: lost}}", "demo: now")
    data = located(text)
    left, found = validate(data)
    assert only(found).path == "steps.demo"
    assert left["steps"]["demo"] == {}
    assert value_span(left["steps"], "demo") == value_span(data["steps"], "demo")
    left, _ = in_small("{next: {a: 5, b: won}, captures: {c: [], d: filled}}")
    assert left["steps"]["call"] == {"next": {"a": {}, "b": "won"}, "captures": {"d": "filled"}}


def test_lists_lose_only_wrong_items_and_keep_places() -> None:
    """A set without its wrong members."""
    data = located(SMALL.replace("call: {by: sales,", "call: {by: sales, requires: [a, B, c, a],"))
    left, found = validate(data)
    assert len(found) == 2
    requires = left["steps"]["call"]["requires"]
    assert requires == ["a", "c"]
    origin = data["steps"]["call"]["requires"]
    assert [value_span(requires, 0), value_span(requires, 1)] == [
        value_span(origin, 0),
        value_span(origin, 2),
    ]
    assert found[1].span == value_span(origin, 3)


def test_values_in_several_keys_go_as_a_whole() -> None:
    """Half a distribution or half its shares would only raise more findings."""
    left, _ = in_small("{effort: {min: 1h, max: 3}, wait: {any_of: {1d: 30%, 2d: x}}}")
    assert left["steps"]["call"] == {}


def test_whole_numbers_may_be_written_with_a_point() -> None:
    """2.0 is the number 2, as in JSON Schema, and is handed on as such."""
    left, found = in_small("{people: 2.0}", "departments")
    assert found != ()
    left, found = in_small("{a: {people: 2.0}}", "departments")
    assert found == ()
    assert type(left["departments"]["a"]["people"]) is int


def test_plain_mappings_are_judged_too() -> None:
    """Without places, which nothing has that was never read."""
    data: Any = plain(SMALL)
    assert validate(data) == (data, ())
    data["steps"]["call"] = {"by": [], "requires": ["A", "b"], "next": 5}
    data["steps"]["demo"] = 5
    left, found = validate(data)
    assert {f.file for f in found} == {""}
    assert left["steps"] == {"call": {"requires": ["b"]}, "demo": {}}
    assert validate({})[1][0].line == 1  # type: ignore[arg-type]


def test_every_mistake_is_found_in_one_go() -> None:
    """Twenty thousand wrong steps are twenty thousand findings, each its own."""
    data: Any = plain(SMALL)
    data["steps"] = {f"s{n}": {f"efort{n}": 1, "effort": "3 days"} for n in range(10_000)}
    left, found = validate(data)
    assert len({f.path for f in found}) == 20_000
    assert left["steps"] == {f"s{n}": {} for n in range(10_000)}
    assert found[1].help == found[-1].help != ""


def test_long_and_nested_values_are_cut_in_messages() -> None:
    """A message stays short."""
    found = in_small("{effort: " + "x" * 5000 + "}")[1]
    assert len(only(found).message) < 300
    data = located(SMALL)
    data["steps"]["call"]["k" * 5000] = 1
    _, found = validate(data)
    assert len(only(found).message) < 300


def test_deep_blocks() -> None:
    """Blocks within blocks, as deep as the reader lets them be; a mistake at the bottom is found."""
    step: dict[str, Any] = {"effort": "soon"}
    for _ in range(15):
        step = {"parallel": {"a": {"steps": {"b": step}}}}
    data: Any = plain(SMALL)
    data["steps"]["deep"] = step
    left, found = validate(data)
    assert only(found).path == "steps.deep" + ".parallel.a.steps.b" * 15 + ".effort"
    assert validate(left)[1] == ()
