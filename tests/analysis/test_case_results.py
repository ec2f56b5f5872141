"""What a played case tells: each kind of failure, with the way, where it stands, and the deal there."""

from typing import Any

import pytest

from salesflow.analysis.case_result import CaseResult, Failure
from salesflow.analysis.cases import play
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.suite import Case
from tests.process.written import process_of

PROCESS = """salesflow: 1
process: smb
data:
  amount: {type: money}
  discount: {type: percent}
  vip: {type: yes_no}
  reason: {type: choice, values: [price, time]}
  contract: {type: document}
sources: {web: {start: call}, fair: {start: demo}}
steps:
  call: {captures: [amount, vip], next: {fit: demo, unfit: lost, again: {to: call, at_most: 2}}}
  demo:
    timeout: {after: 3d, result: quiet}
    next:
      agreed: {to: offer, set: {amount: amount * 1.2}}
      quiet: {to: lost, set: {reason: time}}
  offer:
    next:
      small: {to: won, when: amount < 60000}
      large: {to: papers, when: amount > 60000}
  papers:
    parallel:
      law: {steps: {draft: {captures: [contract], next: {ready: done, refused: leave}}}}
      buy: {when: discount > 20%, steps: {order: {next: done}}}
    next: {done: won, refused: {to: lost, set: {reason: price}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def played(process: Process, **asked: Any) -> CaseResult:
    maps = {name: FrozenMap(asked.pop(name, {})) for name in ("deal", "takes", "with_")}
    return play(process, Case(id="c", path="cases.c", node="c", **maps, **asked))


def told(result: CaseResult) -> list[str]:
    """``kind: message | way``, results in brackets, with their lines."""
    return [f"{f.kind}: {f.message(result.case)} | {way(f)}" for f in result.failures]


def way(failure: Failure) -> str:
    return " ".join(
        f"({stop.at}):{stop.span.line}" if stop.taken else f"{stop.at}:{stop.span.line}"
        for stop in failure.way
    )


SMB = process_of(PROCESS)
LARGE = {"source": "fair", "deal": {"amount": 80000}, "takes": {"demo": "agreed"}}


@pytest.mark.parametrize(
    ("asked", "failures"),
    [
        (
            {"source": "fair", "deal": {"amount": 10}, "ends": "won"},
            [
                "ends: It must end `won`, and it can end `lost`. | fair:9 (demo.quiet):16 lost:26",
            ],
        ),
        ({"source": "fair", "takes": {"demo": "quiet"}, "ends": "lost", "never": ("won",)}, []),
        (
            {"source": "fair", "takes": {"demo": "quiet"}, "never": ("lost", "demo")},
            [
                "never: It must never come to `demo`, and it can. | fair:9 demo:12",
                "never: It must never come to `lost`, and it can. | fair:9 (demo.quiet):16 lost:26",
            ],
        ),
        (
            {**LARGE, "never": ("papers", "papers.law", "papers.buy", "papers.law.draft.ready")},
            [
                "never: It must never come to `papers`, and it can. "
                "| fair:9 (demo.agreed):15 (offer.large):20 papers:21",
                "never: It must never come to `papers.law`, and it can. "
                "| fair:9 (demo.agreed):15 (offer.large):20 papers.law:23",
                "never: It must never come to `papers.law.draft.ready`, and it can. "
                "| fair:9 (demo.agreed):15 (offer.large):20 (papers.law.draft.ready):23",
            ],
        ),
        (
            {**LARGE, "deal": {"amount": 80000, "discount": "20.1%"}, "never": ("papers.buy",)},
            [
                "never: It must never come to `papers.buy`, and it can. "
                "| fair:9 (demo.agreed):15 (offer.large):20 papers.buy:24",
            ],
        ),
        (
            {
                "source": "fair",
                "takes": {"demo": "quiet"},
                "with_": {"reason": "price", "amount": 5, "vip": True, "contract": "filled"},
            },
            [
                "with: It must end with `reason: price`, and `reason` can be time at the end. "
                "| fair:9 (demo.quiet):16 lost:26",
                "with: It must end with `amount: 5`, and `amount` can be unfilled at the end. "
                "| fair:9 (demo.quiet):16 lost:26",
                "with: It must end with `vip: true`, and `vip` can be unfilled at the end. "
                "| fair:9 (demo.quiet):16 lost:26",
                "with: It must end with `contract: filled`, and `contract` can be unfilled at the "
                "end. | fair:9 (demo.quiet):16 lost:26",
            ],
        ),
        (
            {**LARGE, "deal": {"amount": 80000, "vip": False}, "with_": {"vip": True}},
            [
                "with: It must end with `vip: true`, and `vip` can be false at the end. "
                "| fair:9 (demo.agreed):15 (offer.large):20 (papers.law.draft.ready):23 "
                "(papers.done):25 won:26",
            ],
        ),
        (
            {**LARGE, "deal": {"amount": 80000, "vip": False}, "with_": {"vip": False}},
            [],
        ),
        ({**LARGE, "with_": {"amount": 96000}}, []),
        (
            {**LARGE, "takes": {"demo": "agreed", "papers": "done"}, "with_": {"amount": 95000}},
            [
                "with: It must end with `amount: 95000`, and `amount` can be 96000 at the end. "
                "| fair:9 (demo.agreed):15 (offer.large):20 (papers.law.draft.ready):23 "
                "(papers.done):25 won:26",
            ],
        ),
        (
            {**LARGE, "deal": {"amount": 50000}},
            [
                "stuck: It can get stuck at `offer`: no result is enabled there. "
                "The deal there: stuck at offer; amount 60000. | fair:9 (demo.agreed):15 offer:17",
            ],
        ),
        (
            {**LARGE, "takes": {"papers": "refused", "papers.law.draft": "ready", "demo": "agreed"}},
            [
                "no-way: No deal with `papers: refused, papers.law.draft: ready, demo: agreed` comes"
                " to an end: what the case takes cannot come together. | ",
            ],
        ),
        # a block that is named ends so: what would end it otherwise is none of the case's ways
        ({**LARGE, "takes": {"demo": "agreed", "papers": "refused"}, "ends": "lost"}, []),
        ({**LARGE, "takes": {"demo": "agreed", "papers": "done"}, "ends": "won"}, []),
        # a step that is to be timed out does not end before; one that is not is in time
        ({**LARGE, "takes": {"demo": "quiet"}, "ends": "lost"}, []),
        ({**LARGE, "deal": {"amount": 100}, "ends": "won"}, []),
        # a limit of a named result is part of the case: afterwards anything else may come
        (
            {
                "source": "web",
                "deal": {"amount": 10},
                "takes": {"call": "again", "demo": "quiet"},
                "never": ("demo",),
            },
            [
                "never: It must never come to `demo`, and it can. "
                "| web:9 (call.again):11 (call.again):11 (call.fit):11 demo:12",
            ],
        ),
    ],
)  # fmt: skip
def test_a_case_is_told(asked: dict[str, Any], failures: list[str]) -> None:
    assert told(played(SMB, **asked)) == failures


def small(steps: str, more: str = "") -> Process:
    return process_of(
        "salesflow: 1\nprocess: p\ndata: {vip: {type: yes_no}}\nsources: {web: {start: a}}\n"
        f"steps:\n{steps}outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}\n{more}"
    )


def test_a_deal_that_goes_round_for_ever() -> None:
    ring = small("  a: {next: {go: b, stop: won}}\n  b: {next: c}\n  c: {next: b}\n")
    assert told(played(ring)) == [
        "endless: It can go round for ever from `b` on: it comes to no outcome any more. "
        "| web:4 (a.go):6 b:7",
    ]
    assert told(played(ring, takes={"a": "stop"})) == []
    # who can leave may leave one day; who is kept by the case cannot
    left = small("  a: {next: {go: a, stop: won}}\n")
    assert told(played(left)) == []
    assert told(played(left, takes={"a": "go"})) == [
        "endless: It can go round for ever from `a` on: it comes to no outcome any more. "
        "| web:4 a:6",
    ]


def test_a_deal_that_waits_for_ever() -> None:
    alone = small("  a: {next: {one: b, other: c}}\n  b: {next: d}\n  c: {next: d}\n"
                  "  d: {wait_for: [b, c], next: won}\n")  # fmt: skip
    (failure,) = played(alone).failures
    assert failure.message(Case(id="c", path="", node="c")) == (
        "It can wait at `d` for an arrival that never comes. The deal there: from b before d."
    )
    assert way(failure) == "web:4 (a.one):6 (b.done):7 d:9"


@pytest.mark.parametrize(
    ("steps", "failures"),
    [
        (
            "  a: {next: {go: {to: [b, c]}}}\n  b: {next: d}\n  c: {next: d}\n  d: {next: won}\n",
            ["fault: `d` is open twice at once. | web:4 (a.go):6 (b.done):7 (c.done):8 d:9"],
        ),
        (
            "  a: {next: {go: {to: [b, c]}}}\n  b: {next: {x: d, y2: a}}\n  c: {next: d}\n"
            "  d: {wait_for: [b, c], next: won}\n",
            ["fault: `c` is open twice at once. | web:4 (a.go):6 (b.y2):7 (a.go):6 c:8"],
        ),
        (
            "  a: {next: {go: {to: [b, c]}}}\n  b: {next: {x: {to: [d, a2]}}}\n  a2: {next: b}\n"
            "  c: {next: d}\n  d: {wait_for: [b, c], next: won}\n",
            [
                "fault: `d` is reached a second time while the first arrival still waits. "
                "| web:4 (a.go):6 (b.x):7 (a2.done):8 (b.x):7 d:10"
            ],
        ),
        (
            "  a: {next: {go: {to: [b, c]}}}\n  b: {next: won}\n  c: {next: lost}\n",
            [
                "fault: `won` is reached while other work still runs. | web:4 (a.go):6 (b.done):7 won:9"
            ],
        ),
        (
            "  a: {parallel: {x: {steps: {s: {next: {out: leave}}}}}, next: {done: won}}\n",
            ["fault: `a.out` comes, and nobody names it. | web:4 (a.x.s.out):6"],
        ),
    ],
)
def test_what_goes_wrong_on_the_way_is_told_once(steps: str, failures: list[str]) -> None:
    assert told(played(small(steps))) == failures


def test_a_run_ends_as_the_case_names_it() -> None:
    inner = (
        "salesflow: 1\nprocess: inner\nsources: {in: {start: look}}\n"
        "steps: {look: {next: {fine: agreed, dear: refused}}}\n"
        "outcomes: {agreed: {kind: done}, refused: {kind: failed}}\n"
    )
    outer = process_of(
        "salesflow: 1\nprocess: p\nuse: [inner.yaml]\nsources: {web: {start: a}}\n"
        "steps: {a: {run: inner, next: {agreed: won, refused: lost}}}\n"
        "outcomes: {won: {kind: won}, lost: {kind: lost}}\n",
        inner=inner,
    )
    assert told(played(outer, takes={"a": "agreed"}, ends="won")) == []
    assert told(played(outer, takes={"a": "refused"}, ends="lost")) == []
    assert told(played(outer, ends="won")) == [
        "ends: It must end `won`, and it can end `lost`. | web:4 (a.look.dear):4 (a.refused):5 lost:6",
    ]
    assert told(played(outer, never=("a.refused",))) == [
        "never: It must never come to `a.refused`, and it can. "
        "| web:4 (a.look.dear):4 (a.refused):5",
    ]
    assert played(outer, takes={"a": "agreed"}).taken == {"a.look.fine", "a.agreed"}


def test_an_ending_of_a_run_that_nobody_names_is_told_where_other_work_still_runs() -> None:
    inner = (
        "salesflow: 1\nprocess: inner\nsources: {in: {start: look}}\n"
        "steps: {look: {next: {both: {to: [u, v]}}}, u: {next: agreed}, v: {next: refused}}\n"
        "outcomes: {agreed: {kind: done}, refused: {kind: failed}}\n"
    )
    outer = (
        "salesflow: 1\nprocess: p\nuse: [inner.yaml]\nsources: {web: {start: a}}\n"
        "steps: {a: {run: inner, next: {NAMED}}}\n"
        "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"
    )
    named = process_of(outer.replace("NAMED", "agreed: won, refused: lost"), inner=inner)
    said = "fault: `a.agreed` is reached while other work still runs. | web:4 (a.look.both):4 (a.u.done):4"
    assert told(played(named)) == [f"{said} (a.agreed):5"]
    # what is not written has no line of its own: it is that of the step
    other = process_of(outer.replace("NAMED", "refused: lost"), inner=inner)
    assert told(played(other)) == [f"{said} a.agreed:5"]


def test_a_block_that_is_done_at_once_can_end_otherwise_than_the_case_says_from_the_start() -> None:
    block = small(
        "  a: {parallel: {x: {when: vip, steps: {s: {next: {ok: done, out: leave}}}}}, "
        "next: {done: won, out: lost}}\n"
    )
    assert told(played(block, takes={"a": "out"})) == [
        "no-way: No deal with `a: out` comes to an end: what the case takes cannot come together. | "
    ]
    assert told(played(block, takes={"a": "done"}, ends="won")) == []


def test_arithmetic_that_is_not_followed_is_doubtful() -> None:
    grows = process_of(
        "salesflow: 1\nprocess: p\ndata: {amount: {type: money}}\nsources: {web: {start: a}}\n"
        "steps:\n  a: {captures: [amount], next: {go: {to: b, set: {amount: amount * 2}}}}\n"
        "  b: {next: {large: {to: won, when: amount > 100}, small: {to: lost, otherwise: true}}}\n"
        "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"
    )
    (failure,) = played(grows, ends="won").failures
    assert not failure.sure
    assert "it can perhaps end `lost`" in failure.message(Case(id="c", path="", node="c"))
    (failure,) = played(grows, deal={"amount": 10}, ends="won").failures  # 20: that is exact
    assert failure.sure
    assert played(grows, deal={"amount": 60}, ends="won").failures == ()


def test_the_first_source_is_meant_where_none_is_named() -> None:
    assert told(played(SMB, takes={"call": "unfit"}, ends="lost")) == []
    assert played(SMB, takes={"call": "unfit"}).taken == {"call.unfit"}


def test_what_is_only_filled_may_have_any_value() -> None:
    (failure, *_) = played(SMB, source="fair", deal={"amount": "filled"}, takes={"demo": "agreed"},
                           ends="won").failures  # fmt: skip
    assert failure.kind in ("ends", "stuck")
    assert told(played(SMB, source="fair", deal={"amount": "filled"}, with_={"amount": "filled"},
                       takes={"demo": "quiet"})) == []  # fmt: skip
