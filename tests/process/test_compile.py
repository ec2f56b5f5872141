"""Processes that run each other, files of each kind, and no flood of mistakes."""

import pytest

from salesflow import api
from salesflow.errors import LoadError
from salesflow.process.compile import MOST_SHOWN, compile_document
from salesflow.schema.assemble import assemble
from salesflow.source.read import read
from tests.process.written import mistakes, process_of

INNER = """\
salesflow: 1
process: inner
data: {}
sources: {a: {start: look}}
steps: {look: {by: buyer, next: {fine: agreed, dear: refused}}}
outcomes: {agreed: {kind: done}, refused: {kind: failed}}
"""
MAIN = """\
salesflow: 1
process: main
use: [inner.yaml]
data: {amount: {type: money}}
sources: {a: {start: buy}}
steps: {buy: {run: inner, next: {agreed: won, refused: lost}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
CIRCLE = "A process cannot run inside itself: model the repetition as a loop."


def test_a_process_comes_with_those_that_it_runs() -> None:
    process = process_of(MAIN, inner=INNER)
    assert process.runs.keys() == {"inner"}
    assert process.runs["inner"].file == "inner.yaml"
    assert set(process.texts) == {"main.yaml", "inner.yaml"}


def test_what_is_used_but_not_run_is_no_part_of_it() -> None:
    main = MAIN.replace("[inner.yaml]", "[inner.yaml, other.yaml]")
    other = INNER.replace("process: inner", "process: other")
    assert process_of(main, inner=INNER, other=other).runs.keys() == {"inner"}


def test_fields_declared_alike_are_one() -> None:
    inner = INNER.replace("data: {}", "data: {amount: {type: money}}")
    assert process_of(MAIN, inner=inner).runs["inner"].data["amount"].type == "money"


@pytest.mark.parametrize(
    ("main", "inner", "finding"),
    [
        (
            MAIN,
            INNER.replace("{a: {start: look}}", "{a: {start: look}, b: {start: look}}"),
            "6:20 schema `inner` has 2 sources; a process that is run has exactly one. | "
            "Split it, or keep one source.",
        ),
        (
            MAIN,
            INNER.replace("data: {}", "data: {amount: {type: number}}"),
            "6:20 schema `amount` is declared differently here and in `inner`. | "
            "A run works on this deal's data: declare the field alike, best in one organization "
            "file that both `use`.",
        ),
        (
            MAIN,
            INNER.replace("fine: agreed", "fine: agred"),
            "inner.yaml5:40 unknown-name There is no step or outcome called `agred`. | "
            "Did you mean `agreed`?",
        ),
        (
            MAIN.replace("run: inner", "run: iner"),
            INNER,
            "6:20 unknown-name There is no process called `iner`. | Name its file under `use:`.",
        ),
        (
            MAIN.replace("run: inner", "run: main"),
            INNER,
            f"6:20 schema Processes run each other in a circle: main → main. | {CIRCLE}",
        ),
    ],
)
def test_each_mistake_of_running_is_one_finding(main: str, inner: str, finding: str) -> None:
    assert mistakes(main, inner=inner) == [finding]


def test_a_circle_of_processes_is_found_where_it_closes() -> None:
    inner = INNER.replace("data: {}", "use: [main.yaml]").replace("by: buyer", "run: main")
    found = mistakes(MAIN, inner=inner, main=MAIN)
    assert (
        f"inner.yaml5:21 schema Processes run each other in a circle: main → inner → main. | {CIRCLE}"
        in found
    )
    assert not any("unknown-name" in one for one in found)


def test_a_name_in_a_circle_hides_no_other_mistake() -> None:
    steps = "steps: {buy: {by: main, next: {agreed: won, refused: lost}}}"
    main = MAIN.replace("data:", "departments: {sales: {}}\ndata:")
    main = main.replace("steps: {buy: {run: inner, next: {agreed: won, refused: lost}}}", steps)
    (found,) = mistakes(main, inner=INNER)
    assert found.startswith("7:19 unknown-name There is no role called `main`.")


def test_an_organization_alone_is_judged_and_is_no_process() -> None:
    compiled = compile_document(
        assemble(
            read("salesflow: 1\norganization: o\ndepartments: {a: {calendar: x}}\n", "o.yaml"),
            read=lambda reference, _: read("", reference),
        )
    )
    assert (compiled.kind, compiled.process, compiled.suite) == ("organization", None, None)
    (finding,) = compiled.findings
    assert (finding.rule, finding.path) == ("unknown-name", "departments.a.calendar")


def test_tests_of_a_process_that_does_not_load_say_why() -> None:
    base = INNER.replace("fine: agreed", "fine: agred")
    tests = "salesflow: 1\ntests: t\nof: base.yaml\ncases: {c: {source: zz}}\n"
    assert mistakes(tests, base=base) == [
        "4:21 unknown-name There is no source called `zz`. | Known here: `a`.",
        "base.yaml5:40 unknown-name There is no step or outcome called `agred`. | "
        "Did you mean `agreed`?",
    ]


def test_what_the_schema_explains_is_not_also_to_be_quoted() -> None:
    found = mistakes("salesflow: 1\norganization: o\ndepartments: {a: {people: 1_000}}\n")
    assert [one.split()[1] for one in found] == ["schema"]


def test_of_many_mistakes_the_first_hundred_are_shown() -> None:
    steps = "".join(f"  s{n}: {{by: sales, next: nowhere{n}}}\n" for n in range(150))
    found = mistakes(
        "salesflow: 1\nprocess: p\nsources: {a: {start: s0}}\n"
        f"steps:\n{steps}outcomes: {{won: {{kind: won}}}}\n"
    )
    assert len(found) == MOST_SHOWN + 1
    assert found[-1] == (
        "105:27 unknown-name And 50 more mistakes in this file. | "
        "They come to light when those above are mended."
    )


def test_a_field_of_unknown_type_is_one_mistake() -> None:
    text = """\
salesflow: 1
process: p
sources: {i: {start: a}}
data: {amount: {type: moony}}
steps: {a: {next: {big: {to: won, when: amount > 10}, small: {to: lost, otherwise: true}}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    with pytest.raises(LoadError) as caught:
        api.loads(text)
    assert [(f.rule, f.line, f.column) for f in caught.value.findings] == [("schema", 4, 23)]


def test_in_a_hopeless_file_names_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    text = """\
salesflow: 1
process: p
sources: {i: {start: a}}
steps: {a: {efort: 1h, wait: 3 days, next: nowhere}}
outcomes: {won: {kind: won}}
"""
    with pytest.raises(LoadError) as every:
        api.loads(text)
    monkeypatch.setattr("salesflow.process.compile.HOPELESS", 1)
    with pytest.raises(LoadError) as some:
        api.loads(text)
    assert [f.rule for f in every.value.findings] == ["unknown-key", "bad-unit", "unknown-name"]
    assert [f.rule for f in some.value.findings] == ["unknown-key", "bad-unit"]
