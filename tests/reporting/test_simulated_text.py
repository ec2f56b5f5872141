"""The report for a terminal, whole and in the cases that the example does not have."""

from pathlib import Path

import pytest

from salesflow.nouns import FrozenMap
from salesflow.reporting.simulated.text import bar, text
from salesflow.reporting.widths import cut, left, right, width, wrapped
from salesflow.simulation.result import SimulationResult, Times
from tests.reporting.simulated_results import (
    NOTHING,
    OBJECTIVES,
    ROLES,
    STEPS,
    about,
    part,
    result,
    role,
    scenarios,
    step,
)

GOLDEN = Path(__file__).parent / "simulated"
WARNING = "`counsel` is asked for 93% of its time: small changes make deals wait long."


def everything() -> SimulationResult:
    return result(scenarios=scenarios(), warnings=(WARNING,))


def test_the_whole_report() -> None:
    assert text(everything()) == (GOLDEN / "enterprise.txt").read_text(encoding="utf-8")


def test_what_an_objective_counts_has_a_column_where_one_does_not_count_all() -> None:
    some, whole = result(), tuple(one.replace(counted="") for one in OBJECTIVES)
    alike = result(processes=FrozenMap({"enterprise": part(objectives=whole)}))
    rows = [
        [" ".join(row.split()) for row in text(each).partition("\nObjectives\n")[2].splitlines()]
        for each in (some, alike)
    ]
    assert rows[0][0] == "verdict objective measured asked for value 95% interval"
    assert rows[0][1] == "met win_rate from discovery at least 14% 17.1% 16.2 to 18.0"
    assert rows[1][0] == "verdict objective asked for value 95% interval"
    assert rows[1][1] == "met win_rate at least 14% 17.1% 16.2 to 18.0"


def test_colours_change_nothing_but_colour() -> None:
    plain, coloured = text(everything()), text(everything(), colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31mcounsel is the bottleneck\x1b[0m: busy 91%" in coloured
    for code in ("1", "2", "32", "33", "1;31", "1;33", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


def test_sentences_are_no_wider_than_a_hundred_columns() -> None:
    sentences = text(everything()).partition("\nObjectives\n")[0]
    assert max(map(width, sentences.splitlines())) <= 100


def test_columns_line_up_with_wide_letters() -> None:
    roles = {"法务顾问": role("法务顾问", "legal", 2, 0.5), "ae": role("ae", "sales", 9, 0.25)}
    rows = text(result(roles=FrozenMap(roles))).partition("\nRoles\n")[2].splitlines()[1:]
    ends = {width(row[: row.index("%")]) for row in rows}
    assert len(ends) == 1


def test_nothing_in_a_name_moves_the_cursor_or_commands_a_ci_system() -> None:
    odd = "\x1b[2J\u202e::error::x"
    report = text(
        result(
            processes=FrozenMap(
                {"p": part(title=f"::error::{odd}", steps=FrozenMap({odd: step(odd, 5, stuck=2)}))}
            ),
            roles=FrozenMap({odd: role(odd, "legal", 1, 0.95, queue=3, waits=90)}),
            warnings=(odd,),
        )
    )
    assert "\x1b" not in report
    assert "\u202e" not in report
    assert not any(row.lstrip().startswith(("::", "##[")) for row in report.splitlines())


def test_nothing_came_nothing_was_seen() -> None:
    none = Times(None, None, None)
    empty = part(
        deals=FrozenMap(dict.fromkeys(part().deals, NOTHING)),
        kpis=FrozenMap(dict.fromkeys(part().kpis)),
        cycle_time=none,
        cycle_time_won=none,
        steps=FrozenMap({"call": step("call", 0)}),
        touchpoints=FrozenMap(),
        stages=FrozenMap(),
        objectives=(),
        distribution=(),
        exact_win_rate=None,
        flow_efficiency=None,
        win_rate_by_value=None,
    )
    report = text(result(processes=FrozenMap({"enterprise": empty}), roles=FrozenMap()))
    assert "  No deal was won or lost: there is no win rate to tell.\n" in report
    assert "✓ No role is a bottleneck: nobody of ours works on these deals.\n" in report
    assert "  came        0       –\n" in report
    assert "Objectives" not in report


def test_what_is_won_may_have_come_before() -> None:
    none = Times(None, None, None)
    kpis = FrozenMap({**part().kpis, "win_rate": None})
    slow = part(kpis=kpis, cycle_time_won=none)
    report = text(result(processes=FrozenMap({"p": slow})))
    assert "  20 deals won a quarter" in report
    assert "  No deal that came in this time was won or lost: there is no win rate" in report
    assert "  No deal that came in this time was won: there is no time to tell.\n" in report


def test_what_takes_no_time_is_not_said_thrice() -> None:
    nothing = Times(NOTHING, NOTHING, NOTHING)
    report = text(result(processes=FrozenMap({"p": part(cycle_time_won=nothing)})))
    assert "  0 hours to win a deal.\n" in report


def test_processes_that_share_people() -> None:
    both = {"enterprise": part(), "smb": part(id="smb", title="Small business")}
    report = text(result(processes=FrozenMap(both)))
    assert report.startswith("enterprise and Small business  26 weeks after")
    assert "\nSmall business\n  20 deals won a quarter" in report
    assert report.count("With customers:") == 1
    assert "\nTogether\n  With customers: solution engineer 81%" in report
    assert "smb: win_rate" in report
    assert "\nSteps of Small business\n" in report
    assert report.count("\nRoles\n") == 1
    assert "! Small business: Check the price (pricing) is a dead end: 0.4" in report


@pytest.mark.parametrize(
    ("share", "shown"),
    [(1.0, "█" * 10), (0.5, "█" * 5), (0.0, ""), (0.1125, "█▏"), (7.0, "█" * 10)],
)
def test_a_bar(share: float, shown: str) -> None:
    assert bar(share) == shown


def test_widths() -> None:
    assert [width("abc"), width("法务"), width("e\u0301")] == [3, 4, 1]
    assert [left("法", 4), right("法", 4)] == ["法  ", "  法"]
    assert [cut("counsel", 7), cut("counsel", 4), cut("法务顾问", 5)] == [
        "counsel",
        "cou…",
        "法务…",
    ]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("one two three", ["one two", "three"]),
        ("one", ["one"]),
        ("", [""]),
        ("incomprehensibilities are long", ["incomprehensibilities", "are long"]),
        ("a incomprehensibilities", ["a", "incomprehensibilities"]),
        ("法务法务 法务法务", ["法务法务", "法务法务"]),
    ],
)
def test_wrapping_breaks_at_blanks(content: str, rows: list[str]) -> None:
    assert wrapped(content, 9) == rows
    assert " ".join(wrapped(content, 9)) == content


def test_the_warm_up_that_was_found_is_said() -> None:
    assert "a warm-up of 8 weeks, found by itself, 30 replications" in text(
        result(warmup_found=True)
    )
    assert "1 day after a warm-up of 36 hours" in text(result(duration="1d", warmup="36h"))
    assert text(result(warmup="0d")).startswith("enterprise  26 weeks, 30 replications, seed 1;")


def test_roles_that_nobody_is_busy_in() -> None:
    assert "the busiest, deal desk (deal_desk)" not in text(result())
    calm = result(roles=FrozenMap({"deal_desk": ROLES["deal_desk"]}))
    assert "No role is a bottleneck: the busiest, deal desk, works 22% of its time." in text(calm)


def test_a_queue_at_idle_people_is_told_apart() -> None:
    idle = role("account executive", "sales", 9, 0.31, queue=2.0, waits=40)
    told = text(result(roles=FrozenMap({"account_executive": idle})))
    assert (
        "! account executive is the bottleneck: 2.0 deals wait on average, each 40 hours, "
        "though it is busy only 31% of its time." in told.replace("\n  ", " ")
    )
    unknown = idle.replace(utilization=None)
    told = text(result(roles=FrozenMap({"account_executive": unknown})))
    assert (
        "! account executive is the bottleneck: 2.0 deals wait on average, each 40 hours." in told
    )


def test_what_is_left_behind_and_unfilled_is_told() -> None:
    told = text(result(processes=FrozenMap({"enterprise": part(unfinished=about(1.4, 0.3))})))
    assert "! Work is left behind: 1.4 times while a deal was already done." in told


def test_work_for_nothing_is_told_with_where() -> None:
    steps = FrozenMap(STEPS | {"pilot": step("Pilot", 80, work=20, wasted=400)})
    told = text(result(processes=FrozenMap({"enterprise": part(steps=steps)}))).replace("\n  ", " ")
    assert "• 7.1% of the work is for nothing: 425 hours in 26 weeks are broken off" in told
    assert "by time-outs and lost deals, 400 of them at Pilot." in told


def test_a_second_queue_is_told_after_the_bottleneck() -> None:
    roles = ROLES | {"desk": role("desk", "finance", 1, 0.75, queue=0.9, waits=30)}
    told = text(result(roles=FrozenMap(roles)))
    assert "• desk makes deals wait: busy 75% of its time, 0.90 on average, each 30 hours." in told


def test_a_handoff_may_be_late_before_it_is_ever_accepted() -> None:
    late = part().touchpoints["ask_presales"].replace(accept_time=None)
    told = text(result(processes=FrozenMap({"p": part(touchpoints=FrozenMap({"ask": late}))})))
    assert "accepted late: 77% in time; 29 come too late in 26 weeks." in told


def test_long_lists_of_late_steps_are_cut() -> None:
    steps = {f"s{n}": step(f"s{n}", 10 + n, takes=40, kept=0.5) for n in range(6)}
    told = text(result(processes=FrozenMap({"enterprise": part(steps=FrozenMap(steps | STEPS))})))
    assert "5 more steps miss their sla: see the table below." in told


def test_a_chain_that_is_not_exact_is_about_so() -> None:
    report = text(
        result(processes=FrozenMap({"p": part(exact_win_rate=None, chain_win_rate=0.25)}))
    )
    report = report.replace("\n  ", " ")
    assert "The shares alone give about 25.0%: time-outs and limits make the difference." in report
    exact = text(result(processes=FrozenMap({"p": part()}))).replace("\n  ", " ")
    assert "The shares alone give 19.4%: time-outs and limits make the difference." in exact
    by_chance = text(result(processes=FrozenMap({"p": part(exact_win_rate=0.187)})))
    assert "The shares alone give 18.7%: no sure difference." in by_chance.replace("\n  ", " ")
    unknown = text(result(processes=FrozenMap({"p": part(exact_win_rate=None)})))
    assert "The shares alone" not in unknown


def test_a_night_is_no_bottleneck() -> None:
    role_ = role("desk", "finance", 1, 0.2, queue=2.0, waits=14)
    assert "No role is a bottleneck" in text(result(roles=FrozenMap({"desk": role_})))


def test_the_chain_and_the_simulation_may_agree() -> None:
    agrees = text(result(processes=FrozenMap({"enterprise": part(exact_win_rate=0.174)})))
    assert "The shares alone give 17.4%: no sure difference." in agrees.replace("\n  ", " ")
