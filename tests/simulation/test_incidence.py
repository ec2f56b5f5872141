"""Deals that are still open at the end are taken into account, not left out."""

from random import Random
from typing import NamedTuple, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from salesflow.simulation.estimates import sample_of_jackknife
from salesflow.simulation.incidence import WHOLE, followed, followed_without_each
from salesflow.simulation.measures.cohort import Cohort
from salesflow.simulation.result import Estimate
from salesflow.simulation.tally import ProbeTally, Spread, bucket_of

KINDS = ("won", "lost", "gone")

Aged: TypeAlias = tuple[str, int]  # what became of a deal, at what age


def spread(values: list[int]) -> Spread:
    buckets: dict[int, int] = {}
    for value in values:
        buckets[bucket_of(value)] = buckets.get(bucket_of(value), 0) + 1
    return Spread(len(values), sum(values), tuple(sorted(buckets.items())))


def probe(deals: list[Aged]) -> ProbeTally:
    """The probe of deals (kind, age): ``open`` ones are as old as that at the end."""
    of = {kind: [age for each, age in deals if each == kind] for kind in (*KINDS, "open")}
    won, lost, gone, still_open = (spread(of[kind]) for kind in (*KINDS, "open"))
    kinds = (won.number, lost.number, gone.number, 0, 0)
    everything = spread([age for kind, age in deals if kind != "open"])
    return ProbeTally(kinds, everything, won, lost, gone, still_open)


def incidence(deals: list[Aged]) -> dict[str, float]:
    """Aalen and Johansen's own recursion, deal by deal; ages below 256 have buckets of their own."""
    reached = dict.fromkeys(KINDS, 0.0)
    surviving = 1.0
    for age in sorted({age for _, age in deals}):
        at_risk = sum(1 for _, other in deals if other >= age)
        ends = {kind: sum(1 for each in deals if each == (kind, age)) for kind in KINDS}
        for kind in KINDS:
            reached[kind] += surviving * ends[kind] / at_risk
        surviving *= 1 - sum(ends.values()) / at_risk
    return reached


aged = st.tuples(st.sampled_from((*KINDS, "open")), st.integers(0, 60))


@given(st.lists(st.lists(aged, max_size=12), min_size=1, max_size=4))
def test_the_weights_give_aalen_and_johansens_shares(replications: list[list[Aged]]) -> None:
    everybody = [deal for deals in replications for deal in deals]
    expected = incidence(everybody)
    weighted = followed([probe(deals) for deals in replications])
    for kind, each in zip(KINDS, weighted, strict=True):
        assert abs(each.number / WHOLE - expected[kind] * len(everybody)) < 1e-3


@given(st.lists(st.lists(aged.filter(lambda deal: deal[0] != "open"), max_size=12), min_size=1))
def test_where_no_deal_is_open_nothing_changes(replications: list[list[Aged]]) -> None:
    everybody = [deal for deals in replications for deal in deals]
    for kind, each in zip(KINDS, followed([*map(probe, replications)]), strict=True):
        plain = spread([age for other, age in everybody if other == kind])
        assert each.number == plain.number * WHOLE
        assert each.total == plain.total * WHOLE
        assert each.buckets == tuple((b, n * WHOLE) for b, n in plain.buckets)


@given(st.lists(st.lists(aged, max_size=12), min_size=2, max_size=4))
def test_what_is_left_out_is_as_if_it_had_never_been(replications: list[list[Aged]]) -> None:
    probes = [*map(probe, replications)]
    for at, each in enumerate(followed_without_each(probes)):
        assert each == followed([*probes[:at], *probes[at + 1 :]])


def observed(dice: Random, share: float, until: int) -> Aged:
    """A deal that comes somewhere in the time: won late with this share, else lost early."""
    age = until - dice.randrange(until)
    won = dice.random() < share
    takes = dice.randrange(80, 180) if won else dice.randrange(1, 40)
    return ("won" if won else "lost", takes) if takes <= age else ("open", age)


def win_rate(probes: list[ProbeTally]) -> Estimate:
    """What is estimated from replications."""
    others = [deals.win_rate for deals in followed_without_each(probes)]
    sample = sample_of_jackknife(followed(probes).win_rate, others)
    assert sample is not None
    return sample.estimate


def test_quick_losses_do_not_hide_slow_wins() -> None:
    dice = Random(4)
    replications = [probe([observed(dice, 0.3, 200) for _ in range(300)]) for _ in range(30)]
    estimate = win_rate(replications)
    assert estimate.low < 0.3 < estimate.high
    assert estimate.high - estimate.low < 0.03
    won = sum(each.kinds[0] for each in replications)
    assert won / (won + sum(each.kinds[1] for each in replications)) < 0.2  # the ended ones alone


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    dice = Random(5)
    held = 0
    for _ in range(400):
        replications = [probe([observed(dice, 0.3, 200) for _ in range(40)]) for _ in range(20)]
        estimate = win_rate(replications)
        held += estimate.low <= 0.3 <= estimate.high
    assert 0.92 <= held / 400 <= 0.98, held


def test_times_to_win_are_not_cut_short() -> None:
    dice = Random(6)
    deals = followed([probe([observed(dice, 0.3, 200) for _ in range(3000)]) for _ in range(10)])
    assert abs(deals.won.total / deals.won.number - 129.5) < 1.5


class Watched(NamedTuple):
    """As much of a tally as a cohort looks at."""

    probes: tuple[ProbeTally, ...]


class Few(NamedTuple):
    """Replications as a cohort takes them."""

    tallies: tuple[Watched, ...]


def cohort(*replications: list[Aged]) -> Cohort:
    return Cohort(Few(tuple(Watched((probe(deals),)) for deals in replications)), 0)  # type: ignore[arg-type]


def test_what_nobody_saw_end_is_undecided() -> None:
    # Two deals are won, two lost, one is disqualified; one is older than all of them.
    deals = cohort(
        [("won", 10), ("lost", 20)], [("won", 10), ("lost", 20), ("gone", 5), ("open", 30)]
    )
    assert deals.undecided == 1 / 5
    rate = deals.win_rate()
    assert rate is not None
    assert rate.estimate.mean == 0.5
    widest = deals.widest(Estimate(0.5, 0.45, 0.6))
    assert [round(each, 9) for each in widest] == [0.5, 0.36, 0.68]


def test_what_was_followed_to_its_end_is_not() -> None:
    assert cohort([("won", 10), ("open", 5)], [("lost", 30)]).undecided == 0
    assert cohort([("won", 10)], [("lost", 30)]).undecided == 0
