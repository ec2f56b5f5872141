"""Results of a simulation made by hand: figures as the enterprise example has them."""

from salesflow.nouns import FrozenMap
from salesflow.simulation.result import (
    Difference,
    Estimate,
    ObjectiveResult,
    PartResult,
    RoleResult,
    ScenarioResult,
    SimulationResult,
    StageResult,
    StepResult,
    Times,
    TouchpointResult,
)

DAY = 24.0
NOTHING = Estimate(0.0, 0.0, 0.0)


def about(mean: float, half: float = 0.0) -> Estimate:
    return Estimate(mean, mean - half, mean + half)


def step(
    title: str,
    visits: float,
    *,
    waits: float | None = None,
    work: float | None = None,
    takes: float | None = None,
    results: dict[str, float] | None = None,
    kept: float | None = None,
    stuck: float = 0.0,
    missing: float | None = None,
    wasted: float = 0.0,
    department: str | None = "sales",
) -> StepResult:
    return StepResult(
        title=title,
        department=department,
        visits=about(visits, visits / 40),
        waiting=None if waits is None else about(waits, waits / 12),
        effort=None if work is None else about(work, work / 50),
        elapsed=None if takes is None else about(takes, takes / 30),
        results=FrozenMap({way: about(of, of / 25) for way, of in (results or {}).items()}),
        attainment=None if kept is None else about(kept, 0.013),
        stuck=about(stuck, stuck / 2),
        missing=None if missing is None else about(missing, missing / 5),
        withdrawn_effort=about(wasted, wasted / 6),
    )


def role(
    title: str,
    department: str,
    people: int,
    busy: float | None,
    *,
    queue: float = 0.0,
    waits: float | None = None,
    sells: float | None = None,
    wasted: float = 0.0,
    offered: float | None = None,
) -> RoleResult:
    week = tuple(
        round(people * (busy or 0) * (1.1 - 0.03 * abs(hour % 24 - 12)), 3)
        if 9 <= hour % 24 < 18
        else 0.0
        for hour in range(168)
    )
    return RoleResult(
        title=title,
        department=department,
        people=people,
        utilization=None if busy is None else about(busy, 0.016),
        waiting=None if waits is None else about(waits, waits / 10),
        queue=about(queue, queue / 8),
        selling_time=None if sells is None else about(sells, 0.009),
        offered=offered,
        withdrawn_effort=about(wasted, wasted / 6),
        week=tuple(0.0 if hour >= 120 else at_work for hour, at_work in enumerate(week)),
    )


STEPS = {
    "qualify": step(
        "Qualify the lead", 792, waits=4.1, work=1.4, takes=88, kept=0.81,
        results={"no_customer": 0.53, "meeting_booked": 0.26, "not_now": 0.17, "unreachable": 0.04},
    ),
    "nurture": step("Keep in touch", 172, waits=2.2, work=0.1, takes=1740, results={"quiet": 0.87, "woke_up": 0.13}),
    "discovery": step("Discovery", 268, waits=9.4, work=4.9, takes=202, results={"real_need": 0.45, "no_need": 0.35, "later": 0.2}),
    "solution": step("Demo and solution outline", 124, waits=51, work=12.1, takes=460, kept=0.64, wasted=22, results={"wants_quote": 0.61, "stalled": 0.31, "new_need": 0.08}),
    "pricing": step("Check the price", 96, waits=3, work=0.33, takes=3.5, stuck=0.4, department="finance", results={"within_limits": 0.63, "to_director": 0.2, "to_finance": 0.17}),
    "pilot": step("Pilot with the customer's data", 88, waits=38, work=24.5, takes=520, wasted=41.5, department="presales", results={"convinced": 0.54, "unconvinced": 0.3, "once_more": 0.1, "abandoned": 0.06}),
    "contracting.legal.draft": step("Draft", 51, waits=74.4, work=3, takes=81, missing=0.02, department="legal", results={"done": 1.0}),
    "contracting.legal.redline": step("Redline", 66, waits=70, work=4, takes=76, department="legal", wasted=3, results={"returned": 0.96, "deadlock": 0.04}),
    "close": step("Signed, booked and handed over", 42, takes=0.0, department=None, results={"done": 1.0}),
}  # fmt: skip

ROLES = {
    "sdr": role("Sales development", "marketing", 3, 0.62, queue=1.1, waits=4.1, sells=0.52, offered=0.61),
    "account_executive": role("account executive", "sales", 9, 0.58, queue=0.3, waits=1.2, sells=0.213, wasted=12, offered=0.6),
    "solution_engineer": role("solution engineer", "presales", 7, 0.87, queue=0.42, waits=45, sells=0.81, wasted=61, offered=0.88),
    "counsel": role("counsel", "legal", 2, 0.91, queue=2.3, waits=74.4, wasted=3, offered=0.93),
    "deal_desk": role("deal desk", "finance", 1, 0.22, queue=0.02, waits=3.0, offered=None),
}  # fmt: skip

TOUCHPOINTS = {
    "leads": TouchpointResult(title="leads", crossings=about(251, 7), accept_time=about(9.4, 0.6), attainment=about(0.97, 0.004), missing=about(0.0)),
    "contract_request": TouchpointResult(title="contract request", crossings=about(51, 2.1), accept_time=about(74.4, 6), attainment=about(0.612, 0.031), missing=about(0.0)),
    "ask_presales": TouchpointResult(title="ask presales", crossings=about(124, 4), accept_time=about(51, 4), attainment=about(0.77, 0.02), missing=None),
    "handover_refused": TouchpointResult(title="handover refused", crossings=about(6.2, 0.8), accept_time=None, attainment=None, missing=None),
}  # fmt: skip

STAGES = {
    "lead": StageResult(title="lead", time=about(96, 2), beyond=about(0.021, 0.003)),
    "contracting": StageResult(title="contracting", time=about(49 * DAY, 30), beyond=about(0.12, 0.014)),
}  # fmt: skip

OBJECTIVES = (
    ObjectiveResult(name="win_rate", title="win rate", measure="win_rate", bound="at_least 14%", value=about(0.171, 0.009), unit="share", verdict="met", counted="from discovery"),
    ObjectiveResult(name="six_months", title="six months", measure="time", bound="at_most 240d", value=about(238 * DAY, 8 * DAY), unit="hours", verdict="unsure", needed=480, counted="p90, from discovery to won"),
    ObjectiveResult(name="lawyers", title="lawyers", measure="utilization", bound="at_most 80%", value=about(0.91, 0.016), unit="share", verdict="missed"),
    ObjectiveResult(name="renewals", title="renewals", measure="time", bound="at_most 5d", value=None, unit="hours", verdict="unsure", why="no deal came to `renewal`"),
)  # fmt: skip

DISTRIBUTION = tuple(
    (5 * DAY * n, 5 * DAY * (n + 1), round(56 * 2.72 ** -(((n - 33) / (9 if n < 33 else 13)) ** 2)))
    for n in range(78)
)  # the longest ones stand alone, as they do


def part(**changes: object) -> PartResult:
    made = PartResult(
        id="enterprise",
        title="enterprise",
        deals=FrozenMap(
            {
                "arrived": about(744, 11),
                "won": about(31.2, 1.9),
                "lost": about(201, 6),
                "disqualified": about(390, 8),
                "done": NOTHING,
                "failed": NOTHING,
                "open": about(121.4, 3.8),
                "stuck": about(0.4, 0.2),
            }
        ),
        kpis=FrozenMap(
            {
                "win_rate": about(0.171, 0.009),
                "wins": about(1.52, 0.08),
                "win_value": about(147_812, 11_420),
                "value_per_won": about(97_240, 4_810),
                "throughput": about(26.4, 0.5),
                "cycle_time": about(41 * DAY, 25),
                "cycle_time_won": about(182 * DAY, 6.1 * DAY),
                "cost_per_won": about(13_870, 640),
                "rework": about(0.214, 0.012),
                "open_deals": about(132, 4),
                "stuck": about(0.0005, 0.0003),
            }
        ),
        cycle_time=Times(about(41 * DAY, 25), about(8 * DAY, 4), about(130 * DAY, 70)),
        cycle_time_won=Times(
            about(182 * DAY, 6.1 * DAY), about(171 * DAY, 5 * DAY), about(262 * DAY, 13 * DAY)
        ),
        steps=FrozenMap(STEPS),
        touchpoints=FrozenMap(TOUCHPOINTS),
        stages=FrozenMap(STAGES),
        objectives=OBJECTIVES,
        flow=FrozenMap(
            {
                f"{node}.{way}": about(one.visits.mean * of.mean)
                for node, one in STEPS.items()
                for way, of in one.results.items()
            }
        ),
        distribution=DISTRIBUTION,
        exact_win_rate=0.194,
        flow_efficiency=about(0.043, 0.002),
        win_rate_by_value=about(0.182, 0.012),
        unfinished=NOTHING,
    )
    return made.replace(**changes)


def result(**changes: object) -> SimulationResult:
    made = SimulationResult(
        program="sha256:0f",
        seed=1,
        replications=30,
        duration="26w",
        warmup="8w",
        warmup_found=False,
        currency="EUR",
        zone="Europe/Berlin",
        processes=FrozenMap({"enterprise": part()}),
        roles=FrozenMap(ROLES),
        scenarios=FrozenMap({}),
        warnings=(),
        instances=512_340,
    )
    return made.replace(**changes)


def difference(mean: float, half: float, value: float, *, sure: bool = True) -> Difference:
    return Difference(about(value, abs(half)), about(mean, half), sure)


def scenarios() -> FrozenMap[str, ScenarioResult]:
    base = result()
    lawyer = ScenarioResult(
        name="third_counsel",
        title="a third counsel",
        changes=("departments.legal.roles.counsel.people: 3",),
        kpis=FrozenMap(
            {
                "enterprise": FrozenMap(
                    {
                        "win_rate": difference(0.0, 0.0, 0.171, sure=False),
                        "cycle_time_won": difference(-6.1 * DAY, 0.9 * DAY, 175.9 * DAY),
                        "win_value": difference(2_410, 3_300, 150_200, sure=False),
                        "cost_per_won": difference(-212, 61, 13_658),
                        "throughput": difference(0.03, 0.05, 26.4, sure=False),
                    }
                )
            }
        ),
        roles=FrozenMap({"counsel": difference(-0.302, 0.012, 0.608)}),
        objectives=(OBJECTIVES[1].replace(value=about(221 * DAY, 7 * DAY), verdict="met", needed=None),),
        result=base,
    )  # fmt: skip
    slower = ScenarioResult(
        name="set_1",
        title="steps.solution.effort: 20h",
        changes=("steps.solution.effort: 20h",),
        kpis=FrozenMap(
            {
                "enterprise": FrozenMap(
                    {
                        "win_rate": difference(-0.021, 0.006, 0.15),
                        "cycle_time_won": difference(31 * DAY, 4 * DAY, 213 * DAY),
                        "win_value": difference(-21_400, 6_300, 126_400),
                        "cost_per_won": difference(1_912, 361, 15_782),
                        "throughput": difference(-1.31, 0.21, 25.1),
                    }
                )
            }
        ),
        roles=FrozenMap({}),
        objectives=(),
        result=base,
    )
    return FrozenMap({"third_counsel": lawyer, "set_1": slower})
