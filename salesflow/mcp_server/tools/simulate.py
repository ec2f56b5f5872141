"""The tool ``simulate``: what a process will do, within a bound on work and on time."""

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow import api
from salesflow.errors import UsageError
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground
from salesflow.mcp_server.shapes import SIMULATED
from salesflow.mcp_server.sources import PATH, TEXT, hold_files, processes
from salesflow.mcp_server.tool import Parameter, Tell, Tool
from salesflow.process.model import Process
from salesflow.simulation.plan import Plan, expected_deals, plan_of

MOST_DEALS = 3_000_000  # over all replications and scenarios: minutes with the slower engine

FOR = Parameter("duration", "Time that is measured: `26w`, `90d`.", default="26w")
WARMUP = Parameter("warmup", "Time simulated before it: `8w`. Left out: found.")
REPLICATIONS = Parameter(
    "replications",
    "Runs; more make narrower intervals.",
    "integer",
    default=30,
    least=2,
    most=1000,
)
SEED = Parameter("seed", "All chance comes from it.", "integer", default=1, least=0, most=2**32 - 1)


def _run(asked: Mapping[str, Any], ground: Ground, tell: Tell) -> Answer:
    played = processes(asked["path"], asked["text"], ground)
    scenarios = hold_files(asked["scenarios"] or (), ground)
    hold_deals(played, planned(asked), 1 + len(scenarios) + bool(asked["set"]))
    result = api.simulate(
        played,
        duration=asked["duration"],
        warmup=asked["warmup"],
        replications=asked["replications"],
        seed=asked["seed"],
        scenario=scenarios,
        settings=asked["set"] or (),
        progress=tell,
    )
    from salesflow.reporting.simulated.text import text

    return Answer(text(result), result.to_dict())


def planned(asked: Mapping[str, Any]) -> Plan:
    """How long, how often and from which seed. UsageError for what cannot be."""
    return plan_of(**{name: asked[name] for name in ("duration", "warmup", "replications", "seed")})


def hold_deals(played: Sequence[Process], plan: Plan, times: int) -> None:
    """Hold that no more deals are to be played than an assistant waits for."""
    deals = expected_deals(played, plan) * plan.replications * times
    if deals > MOST_DEALS:
        raise UsageError(
            f"About {deals:,.0f} deals would be played, and {MOST_DEALS:,} is the most here. Ask "
            "for fewer `replications` or a shorter `duration`, or run `salesflow simulate` in a "
            "terminal."
        )


TOOL = Tool(
    name="simulate",
    title="Simulate a process",
    meaning="What a process will do: deals won, win rate, cycle times, who is the bottleneck, "
    "whether objectives are met, each with a 95% interval. `set` and `scenarios` are what-ifs, "
    "compared with the process as it is. Needs shares, arrivals and effort (level 3).",
    parameters=(
        PATH,
        TEXT,
        FOR,
        WARMUP,
        REPLICATIONS,
        SEED,
        Parameter(
            "set",
            "A what-if, PATH=VALUE each: `departments.legal.roles.counsel.people=3`.",
            "strings",
        ),
        Parameter("scenarios", "Scenario files, each a what-if.", "strings"),
    ),
    run=_run,
    shape=SIMULATED,
)
