"""Handoffs against an oracle that walks every way step by step, and each sentence of the language."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.analysis import handoffs as module
from salesflow.analysis.handoffs import MOST_ENTRIES, Threads, handoffs
from salesflow.process.model import Process
from salesflow.process.steps import Block, Run, Step
from salesflow.source.read import read
from salesflow.testing import families

ORGANIZATION: dict[str, Any] = {
    "sales": {},
    "legal": {"roles": {"counsel": {}, "paralegal": {}}},
    "success": {},
    "buyer": {"external": True},
}
ROLES = ["sales", "counsel", "paralegal", "success", "buyer", None]


# ------------------------------------------------------------------ an oracle that walks every way


class Held(NamedTuple):
    """Who let go of the deal last."""

    department: str
    node: str
    via: str
    entered: bool = False  # it let go before the run began in which the deal is now


class Seen(NamedTuple):
    giver: Held
    receiver: str
    at: str
    place: str  # the step of the outermost process
    depth: int


def department_of(process: Process, step: Step) -> str | None:
    name = process.department_of(step)
    return None if name is None or process.departments[name].external else name


def walk(process: Process) -> set[Seen]:
    """Every handoff, by following the language's words with one deal in the hand at a time."""
    seen: set[Seen] = set()
    for source in process.sources.values():
        held = None
        if source.department and not process.departments[source.department].external:
            held = Held(source.department, source.id, source.id)
        explore(process, "", process.steps, source.start, held, seen, "", 0)
    return seen


def explore(
    process: Process,
    prefix: str,
    steps: Any,
    start: str,
    held: Held | None,
    seen: set[Seen],
    place: str,
    depth: int,
) -> set[tuple[str, Held | None]]:
    """The exits of a scope (outcome, ``done`` or the result of a ``leave``) with who holds then."""
    by_node = {step.node: step for step in steps.values()}
    # What is drawn and not reached gives too, with nobody holding the deal before.
    waiting: list[tuple[str, Held | None]] = [(start, held), *((node, None) for node in by_node)]
    known = set(waiting)
    exits: set[tuple[str, Held | None]] = set()
    while waiting:
        node, holder = waiting.pop()
        step = by_node[node]
        where = place or step.node
        for result, after in ended(process, prefix, step, holder, seen, where, depth):
            for target in step.next[result].targets if result in step.next else ():
                if target in ("done", "leave"):
                    exits.add((result if target == "leave" else "done", after))
                elif target in process.outcomes:
                    exits.add((target, after))
                elif (target, after) not in known:
                    known.add((target, after))
                    waiting.append((target, after))
    return exits


def ended(
    process: Process,
    prefix: str,
    step: Step,
    holder: Held | None,
    seen: set[Seen],
    place: str,
    depth: int,
) -> Iterator[tuple[str, Held | None]]:
    """The results of a step that is entered so, with who holds the deal then."""
    if isinstance(step, Block):
        for branch in step.branches.values():
            outer = place if depth else ""
            yield from explore(
                process, prefix, branch.steps, branch.start, holder, seen, outer, depth
            )
        if all(branch.when is not None for branch in step.branches.values()):
            yield "done", holder
    elif isinstance(step, Run):
        inner = process.runs[step.process]
        source = next(iter(inner.sources.values()))
        inside = f"{prefix}{step.node}."
        entering = holder._replace(entered=True) if holder is not None else None
        for result, after in explore(
            inner, inside, inner.steps, source.start, entering, seen, place, depth + 1
        ):
            yield result, after._replace(entered=False) if after is not None else None
    else:
        department = department_of(process, step)
        if department is not None:
            if holder is not None and holder.department != department:
                seen.add(Seen(holder, department, prefix + step.node, place, depth))
            for result in step.next:
                yield result, Held(department, prefix + step.node, result)
        else:
            for result in step.next:
                yield result, holder
    if isinstance(step, Block | Run) and step.timeout is not None:
        yield step.timeout.result, holder


# ------------------------------------------------------------------------------------------ the law


@st.composite
def staffed(draw: Any) -> Process:
    """A process that may run another, whose steps are done by somebody, nobody or the buyer."""
    files = draw(families(steps=3, depth=1))
    inner, main = files["inner.salesflow.yaml"], files["main.salesflow.yaml"]
    texts = {}
    for name, data in (("inner", inner), ("main", main)):
        waiting = [data["steps"]]
        while waiting:
            for step in waiting.pop().values():
                role = draw(st.sampled_from(ROLES))
                if role is not None and not step.keys() & {"parallel", "run"}:
                    step["by"] = role
                waiting.extend(branch["steps"] for branch in step.get("parallel", {}).values())
        for source in data["sources"].values():
            if draw(st.booleans()):
                source["department"] = draw(st.sampled_from(["sales", "success", "buyer"]))
        data["departments"] = ORGANIZATION
        data.pop("use", None)
        texts[name] = data
    return compiled(texts["main"], texts["inner"])


def compiled(main: Any, inner: Any) -> Process:
    """The two compiled together without files."""
    import tempfile
    from pathlib import Path

    from salesflow.source.write import emit

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "inner.salesflow.yaml").write_text(emit(inner), encoding="utf-8")
        main = {**main, "use": ["inner.salesflow.yaml"]}
        Path(folder, "main.salesflow.yaml").write_text(emit(main), encoding="utf-8")
        return api.load(Path(folder, "main.salesflow.yaml"))


@settings(max_examples=60)
@given(staffed())
def test_the_table_is_what_a_walk_finds(process: Process) -> None:
    walked = {seen for seen in walk(process) if seen.depth == 0 or seen.giver.entered}
    table = handoffs(process)
    pairs = {(h.giver, h.receiver, h.place) for h in table}
    assert pairs == {(s.giver.department, s.receiver, s.place) for s in walked}
    plain = {
        (h.giver, h.giver_node, h.via, h.receiver, h.at) for h in table if not inside(process, h)
    }
    assert plain == {
        (s.giver.department, s.giver.node, s.giver.via, s.receiver, s.at)
        for s in walked
        if s.depth == 0 and s.giver.node in {*process.nodes, *process.sources}
    }
    outer = {*process.nodes, *process.sources}
    into_runs = {
        (h.giver, h.giver_node, h.via, h.receiver, h.at)
        for h in table
        if h.at not in process.nodes and h.giver_node in outer
    }
    assert into_runs == {
        (s.giver.department, s.giver.node, s.giver.via, s.receiver, s.at)
        for s in walked
        if s.depth > 0 and s.giver.node in outer
    }


@settings(max_examples=60)
@given(staffed())
def test_what_happens_is_what_a_walk_finds_anywhere(process: Process) -> None:
    walked = walk(process)
    threads = Threads(process)
    for giver in ORGANIZATION:
        for receiver in ORGANIZATION:
            met = any(s.giver.department == giver and s.receiver == receiver for s in walked)
            assert threads.happens(giver, receiver, None) == met


def inside(process: Process, handoff: Any) -> bool:
    """Whether one end lies within a run."""
    return handoff.at not in process.nodes or handoff.giver_node not in {
        *process.nodes,
        *process.sources,
    }


# --------------------------------------------------------------------- the sentences of the language

HEAD = """salesflow: 1
process: deal
departments: {marketing: {}, sales: {}, legal: {}, security: {}, buyer: {external: true}}
data: {quote: {type: document}}
sources: {inbound: {department: marketing, start: offer}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def passes(steps: str, touchpoints: str = "") -> list[tuple[str, ...]]:
    """Giver, receiver, giving step, its result, receiving step of each handoff."""
    process = api.loads(f"{HEAD}steps:\n{steps}{touchpoints}")
    return [(h.giver, h.receiver, h.giver_node, h.via, h.at) for h in handoffs(process)]


def test_a_source_gives_where_no_step_of_ours_came_before() -> None:
    assert passes("  offer: {by: sales, next: won}\n") == [
        ("marketing", "sales", "inbound", "inbound", "offer")
    ]


def test_the_buyer_and_decisions_are_looked_through() -> None:
    steps = """  offer: {by: sales, next: {sent: think}}
  think: {by: buyer, next: {yes_please: choose, never: lost}}
  choose: {next: {paper: contract, handshake: won}}
  contract: {by: legal, next: won}
"""
    assert ("sales", "legal", "offer", "sent", "contract") in passes(steps)
    assert len(passes(steps)) == 2


def test_a_move_within_a_department_is_none() -> None:
    steps = "  offer: {by: sales, next: again}\n  again: {by: sales, next: won}\n"
    assert [row[:2] for row in passes(steps)] == [("marketing", "sales")]


BLOCK = """  offer: {by: sales, next: papers}
  papers:
    parallel:
      legal:
        start: draft
        steps:
          draft: {by: legal, next: sign}
          sign: {by: buyer, next: {signed: done, refused: leave}}
      security: {steps: {review: {by: security, next: done}}}
    timeout: {after: 30d, result: late}
    next: {done: close, refused: talk, late: chase}
  close: {by: sales, next: won}
  talk: {by: sales, next: lost}
  chase: {by: security, next: lost}
"""


def test_branches_begin_with_who_entered_and_all_give_after_the_join() -> None:
    rows = passes(BLOCK)
    assert ("sales", "legal", "offer", "done", "papers.legal.draft") in rows
    assert ("sales", "security", "offer", "done", "papers.security.review") in rows
    assert ("legal", "sales", "papers.legal.draft", "done", "close") in rows
    assert ("security", "sales", "papers.security.review", "done", "close") in rows


def test_after_a_leave_only_the_leaving_thread_gives() -> None:
    rows = [row for row in passes(BLOCK) if row[4] == "talk"]
    assert rows == [("legal", "sales", "papers.legal.draft", "done", "talk")]


def test_after_the_timeout_of_a_block_who_entered_it_gives() -> None:
    rows = [row for row in passes(BLOCK) if row[4] == "chase"]
    assert rows == [("sales", "security", "offer", "done", "chase")]


def test_where_no_branch_needs_to_run_who_entered_may_give_after_the_join() -> None:
    steps = """  offer: {by: sales, captures: [quote], next: papers}
  papers:
    parallel: {legal: {when: filled(quote), steps: {draft: {by: legal, next: done}}}}
    next: close
  close: {by: security, next: won}
"""
    assert ("sales", "security", "offer", "done", "close") in passes(steps)


@pytest.mark.parametrize(
    ("at", "covered"),
    [
        ("", True),
        (", at: papers.legal.draft", True),
        (", at: papers.legal", True),
        (", at: papers", True),
        (", at: papers.security", False),
        (", at: offer", False),
    ],
)
def test_at_narrows_a_touchpoint_to_a_step_branch_or_block(at: str, covered: bool) -> None:
    contract = f"touchpoints: {{papers_please: {{from: sales, to: legal{at}}}}}\n"
    process = api.loads(f"{HEAD}steps:\n{BLOCK}{contract}")
    (row,) = [h for h in handoffs(process) if h.receiver == "legal"]
    assert row.covered_by == (("papers_please",) if covered else ())
    touchpoint = process.touchpoints["papers_please"]
    assert Threads(process).happens("sales", "legal", touchpoint.at) == covered


def test_the_table_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_HANDOFFS", 2)
    assert len(passes(BLOCK)) == 2


# ------------------------------------------------------------------------------ into a run

SORTING = """salesflow: 1
process: inner
departments: {sales: {}, legal: {}, security: {}}
sources: {case: {start: sort}}
steps:
  sort: {next: {HEADS}}
STEPSoutcomes: {agreed: {kind: done}}
"""


def into_a_run(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Who takes over in a run that begins with any of these steps, and where."""
    inner = SORTING.replace("HEADS", ", ".join(f"to_{name}: {name}" for name, _ in steps))
    rows = "".join(f"  {name}: {{by: {by}, next: agreed}}\n" for name, by in steps)
    main = HEAD.replace("process: deal\n", "process: deal\nuse: [inner.salesflow.yaml]\n")
    main += (
        "steps:\n  offer: {by: sales, next: papers}\n  papers: {run: inner, next: {agreed: won}}\n"
    )
    texts = (data_of(main), data_of(inner.replace("STEPS", rows)))
    return [(h.receiver, h.at) for h in handoffs(compiled(*texts)) if h.giver == "sales"]


def data_of(text: str) -> dict[str, Any]:
    """A text as plain data."""
    data = read(text, "text").data
    assert data is not None
    return data


def test_a_run_names_every_place_where_it_may_begin() -> None:
    steps = (("review", "security"), ("sign", "legal"), ("draft", "legal"), ("price", "sales"))
    assert into_a_run(*steps) == [
        ("legal", "papers.draft"),
        ("legal", "papers.sign"),
        ("security", "papers.review"),
    ]


def test_a_run_that_may_begin_anywhere_names_some_places() -> None:
    steps = tuple((f"step_{number:03}", "legal") for number in range(MOST_ENTRIES + 5))
    assert into_a_run(*steps) == [
        ("legal", f"papers.step_{number:03}") for number in range(MOST_ENTRIES)
    ]
