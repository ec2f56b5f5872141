"""Deals drawn somewhere on their way: real ones, of every sort."""

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.testing import deals, sound_processes

EXAMPLES = Path(__file__).parents[2] / "examples"
ENTERPRISE = sf.load(EXAMPLES / "enterprise" / "enterprise.salesflow.yaml")
SMB = sf.load(EXAMPLES / "smb" / "smb.salesflow.yaml")


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(deals(SMB))
def test_what_is_drawn_can_be_kept_and_read_again(deal: sf.Deal) -> None:
    assert deal.process == SMB
    assert sf.Deal.from_dict(SMB, deal.to_dict()) == deal
    results = {result.node for step in SMB.nodes.values() for result in step.next.values()}
    assert {taken.result for taken in deal.taken} <= results


def test_they_come_everywhere() -> None:
    ends: Counter[str | None] = Counter()
    passed: Counter[str] = Counter()

    @settings(max_examples=250, database=None, suppress_health_check=list(HealthCheck))
    @given(deals(ENTERPRISE))
    def meet(deal: sf.Deal) -> None:
        ends[deal.ended] += 1
        passed.update(taken.result for taken in deal.taken)
        passed.update(deal.at)

    meet()
    assert {*ends} == {None, *ENTERPRISE.outcomes}
    results = [r.node for step in ENTERPRISE.nodes.values() for r in step.next.values()]
    assert sum(passed[result] > 0 for result in results) > len(results) / 2


def test_at_most_as_many_results_as_asked_for() -> None:
    lengths: set[int] = set()

    @settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck))
    @given(deals(SMB, most=2))
    def meet(deal: sf.Deal) -> None:
        lengths.add(len(deal.taken))

    meet()
    assert lengths == {0, 1, 2}


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(st.data(), sound_processes(depth=2))
def test_a_sound_process_always_has_deals(data: st.DataObject, written: dict[str, object]) -> None:
    process = sf.load(written)
    deal = data.draw(deals(process, most=5))
    assert sf.Deal.from_dict(process, deal.to_dict()) == deal
