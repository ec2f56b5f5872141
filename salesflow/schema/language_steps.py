"""What a step says: work, a block of branches, or the run of another process."""

from functools import cache

from salesflow.schema.language_head import common, key
from salesflow.schema.language_results import inner_results, results
from salesflow.schema.language_step_keys import (
    next_key,
    people_keys,
    step_keys,
    time_keys,
)
from salesflow.schema.language_values import count, expression, known_id, new_id, word
from salesflow.schema.rules import NeededWhenSeveral, Needs
from salesflow.schema.shapes import Either, Later, MapOf, Option, Record

_WORK_KEYS = ("by", "with", "facing", "captures", "effort", "wait", "escalate")


@cache
def steps() -> MapOf:
    """Steps by id."""
    return MapOf(
        name="steps",
        expected="a map of steps by their ids",
        key=new_id(),
        value=Later(make=step),
        keep=True,
        examples=({"call": {"by": "sales", "next": {"interested": "demo"}}},),
    )


@cache
def step() -> Either:
    """A step: a block if it has `parallel`, a run if it has `run`, else work."""
    return Either(
        name="step",
        expected="a step such as `{by: sales, next: {interested: demo}}`",
        description="Work, a block of parallel branches (`parallel`), or the run of another "
        "process (`run`).",
        options=(
            Option(kind="map", having=("parallel",), shape=block()),
            Option(kind="map", having=("run",), shape=run()),
            Option(kind="map", shape=work()),
        ),
        examples=({"by": "sales", "next": {"interested": "demo", "not_a_fit": "lost"}},),
    )


@cache
def work() -> Record:
    """A step that people do, that takes time, or that only decides."""
    return Record(
        name="work",
        expected="a step",
        description="A step that people do, that only takes time, or that decides.",
        keys={
            **common(),
            **people_keys(),
            **time_keys(),
            **step_keys(),
            "next": next_key(results()),
        },
        rules=(
            Needs(
                key="with",
                other="by",
                why="`with` names who helps: say in `by` who does the step.",
            ),
            Needs(
                key="escalate",
                other="by",
                why="Work can only be passed on if somebody has it: say in `by` who does the step.",
            ),
        ),
        elsewhere={
            "join": "`join` belongs to a block: a step with `parallel`.",
            "when": "A step always runs once a deal arrives: write `when` in the result that "
            "leads here, or in a branch.",
            "to": "Write it in `next`: `next: {done: {to: …}}`.",
            "start": "`start` belongs to a source or to a branch of a block.",
        },
        examples=({"by": "account_executive", "effort": "3h", "next": "propose"},),
    )


@cache
def block() -> Record:
    """Branches side by side."""
    branches = MapOf(
        name="branches",
        expected="a map of branches by their ids",
        key=new_id(),
        value=Later(make=branch),
        keep=True,
        least=1,
        examples=({"legal": {"steps": {"draft": {"by": "counsel", "next": "done"}}}},),
    )
    inside = "A block does no work itself: write it in a step of one of its branches."
    return Record(
        name="block",
        expected="a block",
        description="Branches that run side by side, and where the deal goes afterwards.",
        keys={
            **common(),
            "parallel": key(
                branches,
                "Parallel branches",
                says="The branches that run side by side, each with steps of its own.",
                like={"legal": {"steps": {"draft": {"by": "counsel", "next": "done"}}}},
                required=True,
            ),
            "join": key(
                _join(),
                "Join",
                says="When the block is done: all branches (if left out), any of them, or a "
                "number of them. What still runs is then withdrawn.",
                like={"at_least": 2},
            ),
            **step_keys(),
            "next": next_key(inner_results()),
        },
        elsewhere={
            **dict.fromkeys(_WORK_KEYS, inside),
            "run": "A block cannot run a process itself: write it in a step of a branch.",
        },
    )


@cache
def _join() -> Either:
    number = Record(
        expected="a number of branches such as `{at_least: 2}`",
        keys={
            "at_least": key(
                count(1),
                "At least",
                says="How many branches must be done.",
                like=2,
                required=True,
            )
        },
    )
    return Either(
        expected="`all`, `any` or `{at_least: 2}`",
        options=(
            Option(kind="text", shape=word("all", "any")),
            Option(kind="map", shape=number),
        ),
        examples=("all", {"at_least": 2}),
    )


@cache
def branch() -> Record:
    """One branch of a block."""
    inside = "A branch does no work itself: write it in one of its `steps`."
    return Record(
        name="branch",
        expected="a branch such as `{steps: {draft: {by: counsel, next: done}}}`",
        description="One branch of a block, with steps of its own.",
        keys={
            **common(),
            "start": key(
                known_id(),
                "First step",
                says="The step where the branch starts. Needed when it has several steps.",
                like="draft",
            ),
            "when": key(
                expression(),
                "Only when",
                says="The branch runs only for deals of which this is true when the block is "
                "entered.",
                like="amount >= 100000",
            ),
            "steps": key(
                steps().replace(name="branch_steps", least=1),
                "Steps",
                says="The branch's steps. They lead to each other, to `done` or to `leave`.",
                like={"draft": {"by": "counsel", "effort": "1h", "next": "done"}},
                required=True,
            ),
        },
        rules=(
            NeededWhenSeveral(
                key="start",
                of="steps",
                why="the branch has several steps; say where it begins.",
            ),
        ),
        elsewhere={
            **dict.fromkeys((*_WORK_KEYS, "next", "run", "parallel"), inside),
            "stage": "Steps of a branch carry no stage: write it in the block.",
        },
    )


@cache
def run() -> Record:
    """The run of another process."""
    return Record(
        name="run",
        expected="a step that runs a process",
        description="A step that runs another process; its outcomes are this step's results.",
        keys={
            **common(),
            "run": key(
                known_id(),
                "Process to run",
                says="The process that is run on this deal's data; name its file under `use`.",
                like="procurement",
                required=True,
            ),
            **step_keys(),
            "next": next_key(inner_results()),
        },
        elsewhere={
            **dict.fromkeys(
                _WORK_KEYS,
                "The work is done in the process that is run: write it "
                "there, or in a step before or behind.",
            ),
            "join": "`join` belongs to a block: a step with `parallel`.",
        },
    )
