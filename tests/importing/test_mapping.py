"""What each part of BPMN becomes, one by one, on diagrams of a few elements."""

import pytest

from salesflow.importing.conditions import Conditions
from salesflow.importing.naming import Names, plain_id, speaks
from salesflow.importing.outcomes import guessed_kind
from salesflow.importing.timers import duration, every
from tests.importing.drawn import diagram
from tests.importing.imported import read, steps, told

S, E = '<startEvent id="s"/>', '<endEvent id="e" name="won"/>'
LOST = '<endEvent id="l" name="lost"/>'


def task(name: str) -> str:
    return f'<task id="{name}" name="{name}"/>'


def gateway(kind: str, key: str, more: str = "") -> str:
    return f'<{kind}Gateway id="{key}" {more}/>'


@pytest.mark.parametrize(
    ("elements", "flows", "made"),
    [
        pytest.param([task("a")], ["s>a", "a>e"], {"a": {"next": "won"}}, id="one step"),
        pytest.param(
            [task("a"), task("b"), gateway("exclusive", "x"), LOST],
            ["s>a", "a>x", "x>b", "x>l", "b>a"],
            {"a": {"next": {"to_b": "b", "to_lost": "lost"}}, "b": {"next": "a"}},
            id="a choice is folded into the step before, a loop is a loop",
        ),
        pytest.param(
            [task("a"), gateway("exclusive", "x", 'default="f3"'), LOST],
            ["s>a", "a>x", "x>e?amount &gt; 5", "x>l"],
            {
                "a": {
                    "next": {
                        "to_won": {"to": "won", "when": "amount > 5"},
                        "to_lost": {"to": "lost", "otherwise": True},
                    }
                }
            },
            id="a condition and a default",
        ),
        pytest.param(
            [task("a"), task("b"), gateway("parallel", "x"), gateway("parallel", "y")],
            ["s>x", "x>a", "x>b", "a>y", "b>y", "y>e"],
            {
                "side_by_side": {
                    "parallel": {
                        "a": {"steps": {"a": {"next": "done"}}},
                        "b": {"steps": {"b": {"next": "done"}}},
                    },
                    "next": "won",
                }
            },
            id="a split and a meeting are a block",
        ),
        pytest.param(
            [task("a"), task("b"), gateway("exclusive", "m")],
            ["s>a", "a>m", "m>b", "b>e"],
            {"a": {"next": "b"}, "b": {"next": "won"}},
            id="a gateway that does nothing is nothing",
        ),
        pytest.param(
            [
                task("a"),
                '<intermediateCatchEvent id="t" name="wait"><timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition></intermediateCatchEvent>',
            ],
            ["s>a", "a>t", "t>e"],
            {"a": {"next": "wait"}, "wait": {"wait": "3d", "next": "won"}},
            id="a timer is a wait",
        ),
        pytest.param(
            [
                task("a"),
                LOST,
                '<boundaryEvent id="b" name="late" attachedToRef="a"><timerEventDefinition><timeDuration>PT36H</timeDuration></timerEventDefinition></boundaryEvent>',
            ],
            ["s>a", "a>e", "b>l"],
            {
                "a": {
                    "timeout": {"after": "36h", "result": "late"},
                    "next": {"done": "won", "late": "lost"},
                }
            },
            id="a timer on the border is a timeout",
        ),
        pytest.param(
            [
                task("a"),
                task("b"),
                '<intermediateThrowEvent id="t"><linkEventDefinition name="L"/></intermediateThrowEvent>',
                '<intermediateCatchEvent id="c"><linkEventDefinition name="L"/></intermediateCatchEvent>',
            ],
            ["s>a", "a>t", "c>b", "b>e"],
            {"a": {"next": "b"}, "b": {"next": "won"}},
            id="links are flows",
        ),
        pytest.param(
            [gateway("parallel", "x"), gateway("parallel", "y"), task("a")],
            ["s>x", "x>a", "x>y", "a>y", "y>e"],
            {
                "side_by_side": {
                    "parallel": {"work": {"steps": {"a": {"next": "done"}}}},
                    "next": "won",
                }
            },
            id="an empty branch is none",
        ),
        pytest.param(
            [
                task("a"),
                task("b"),
                gateway("exclusive", "x"),
                gateway("parallel", "y"),
                gateway("parallel", "j"),
                task("c"),
            ],
            ["s>y", "y>a", "y>b", "a>x", "x>j", "x>c", "c>j", "b>j", "j>e"],
            {
                "side_by_side": {"next": {"done": {"to": ["a", "b"]}}},
                "a": {"next": {"to_j": "j", "to_c": "c"}},
                "b": {"next": "j"},
                "c": {"next": "j"},
                "j": {"wait_for": ["a", "c", "b"], "next": "won"},
            },
            id="a meeting with two flows of one branch waits for both, as BPMN has it",
        ),
    ],
)
def test_flow(elements: list[str], flows: list[str], made: object) -> None:
    assert steps(diagram(S, E, *elements, flows=flows)) == made


def test_the_first_event_decides() -> None:
    raw = diagram(
        S, E, LOST, task("a"), '<eventBasedGateway id="g"/>',
        '<receiveTask id="r" name="Answer"/>',
        '<intermediateCatchEvent id="t" name="two weeks"><timerEventDefinition><timeDuration>P2W</timeDuration></timerEventDefinition></intermediateCatchEvent>',
        flows=["s>a", "a>g", "g>r", "g>t", "r>e", "t>l"],
    )  # fmt: skip
    assert (
        steps(raw)["wait_for_answer_or_two_weeks"]
        == {
            "name": "Wait for Answer or two weeks",
            "timeout": {"after": "2w", "result": "two_weeks"},
            "next": {"answer": {"name": "Answer", "to": "won"}, "two_weeks": "lost"},
        }
        or steps(raw)["wait_for_answer_or_two_weeks"]["next"]["two_weeks"] == "lost"
    )


def test_whatever_is_left_out_is_told() -> None:
    raw = diagram(
        S, E, task("a"),
        '<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><messageEventDefinition/></boundaryEvent>',
        task("beside"),
        '<subProcess id="v" triggeredByEvent="true"><startEvent id="v1"/></subProcess>',
        '<task id="k" isForCompensation="true"/>', '<choreographyTask id="c"/>', '<endEvent id="e"/>',
        flows=["s>a", "a>e", "b>beside", "a>gone"],
    )  # fmt: skip
    assert told(raw) == [
        "line 4: guessed: end event `e` ‘won’: it is the outcome `won` of the kind won.",
        "line 6: not imported: boundary event `b`: nothing like a message event without ending it can hang on a step here.",
        "line 7: not imported: task `beside` ‘beside’: only an event that is not imported leads to it.",
        "line 8: not imported: sub-process `v`: an event sub-process (1 elements in it) has no place in the language.",
        "line 9: not imported: task `k`: what only makes good for something else is left out.",
        "line 10: not imported: choreography task `c`: the language has nothing like it.",
        "line 11: not imported: end event `e`: another element has its id: flows lead to the first one.",
        "line 11: guessed: end event `e#2`: it is the outcome `finished` of the kind done.",
        "line 15: not imported: flow `f3`: it starts or ends at `gone`, which is not here.",
    ]


def test_processes_that_call_each_other_in_a_circle() -> None:
    def process(name: str, calls: str) -> str:
        return (
            f'<process id="{name}"><startEvent id="{name}s"/><callActivity id="{name}c" name="call {calls}" calledElement="{calls}"/>'
            f'<endEvent id="{name}e" name="ok"/><sequenceFlow id="{name}1" sourceRef="{name}s" targetRef="{name}c"/>'
            f'<sequenceFlow id="{name}2" sourceRef="{name}c" targetRef="{name}e"/></process>'
        )

    space = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    inside = process("one", "two") + process("two", "three") + process("three", "one")
    imported = read(f'<definitions xmlns="{space}">{inside}</definitions>'.encode())
    assert len(imported.documents) == 3
    runs = [step.get("run") for each in imported.documents for step in each.data["steps"].values()]
    assert runs.count(None) == 1
    assert any("no file of its own" in remark.message for remark in imported.remarks)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("P3D", "3d"), ("PT36H", "36h"), ("P1DT12H", "36h"), ("P2W", "2w"), ("PT90M", "90min"), ("P1M", "30d"),
        ("P1Y", "365d"), ("PT0.5H", "30min"), ('"P10D"', "10d"), ("= P10D", "10d"), ("P7D", "1w"), ("P0D", None),
        ("PT", None), ("${days}", None), ("2026-01-01", None), ("P1.2.3D", None), ("P99999999999D", None),
    ],
)  # fmt: skip
def test_durations(text: str, written: str | None) -> None:
    assert duration(text) == written


def test_cycles() -> None:
    assert every("R/P1W") == "1w"
    assert every("R5/2026-01-05T08:00:00Z/PT2H") == "2h"
    assert every("0 0 9 * * MON") is None
    assert every("P1W") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Deal won", "won"), ("ClosedWon", "won"), ("Contract signed", "won"), ("Auftrag gewonnen", "won"),
        ("Closed Lost", "lost"), ("Offer rejected", "lost"), ("Not interested", "lost"), ("Deal not won", "lost"),
        ("Disqualified", "disqualified"), ("Lead not qualified", "disqualified"), ("Spam", "disqualified"),
        ("Error", "failed"), ("", "done"), ("Wonderful", "done"), ("Glossary", "done"),
    ],
)  # fmt: skip
def test_kinds_of_outcomes(name: str, kind: str) -> None:
    assert guessed_kind(name, "", part=False) == kind
    assert guessed_kind(name, "", part=True) == ("done" if kind in ("done", "won") else "failed")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("${amount > 1000}", "amount > 1000"),
        ("= deal.amount >= 1000 and not blocked", "deal_amount >= 1000 and not blocked"),
        ("#{region == 'DACH' || region == \"AMER\"}", "region == DACH or region == AMER"),
        ("${approved == 'true'}", "approved == true"),
        ("${loanAmount * 2 < 10}", "loan_amount * 2 < 10"),
        ("discount > 10 %", "discount > 10%"),
        ("yes", None),
        ("the amount is high", None),
        ("${list.size() > 2}", None),
        ("x in [1, 2]", None),
        ("a == 'not one word'", None),
        ("(" * 100, None),
        ("", None),
    ],
)
def test_conditions(text: str, written: str | None) -> None:
    conditions = Conditions({}, Names())
    conditions.add(text)
    assert conditions.translated(text) == written


def test_a_field_that_is_used_in_two_ways_is_not_guessed() -> None:
    conditions = Conditions({}, Names())
    for text in ("size > 3", "size == big", "vip == true"):
        conditions.add(text)
    assert conditions.translated("size == big") is None
    assert conditions.translated("vip == true") == "vip == true"


def test_ids() -> None:
    names = Names()
    assert [plain_id(text) for text in ("Send Offer", "ÄÖÜ ß", "callBack", "2nd", "法務", "a" * 90)] == [
        "send_offer", "aou_ss", "call_back", "", "", "a" * 48,
    ]  # fmt: skip
    assert [names.give(text, otherwise="step") for text in ("Offer", "offer", "", "next", "???")] == [
        "offer", "offer_2", "step", "step_next", "step_2",
    ]  # fmt: skip
    assert speaks("check_price")
    assert speaks("check_company")
    assert not any(map(speaks, ("Activity_0abc1de", "sid-1", "Task_1", "", "_12", "Id_7")))
