"""Plans: what may be asked of a study."""

import pytest

from salesflow.api import loads
from salesflow.errors import UsageError
from salesflow.simulation.plan import Plan, expected_deals, plan_of


def test_what_is_not_said() -> None:
    assert plan_of() == Plan()
    plan = plan_of(duration="1h", warmup="0d", precision="2.5%", seed=2**32 - 1, workers=4)
    assert plan.duration.milliseconds == 3_600_000
    assert plan.warmup is not None
    assert plan.warmup.milliseconds == 0
    assert (plan.precision, plan.seed, plan.workers) == (0.025, 2**32 - 1, 4)
    assert plan_of(precision=0.1).precision == 0.1


def test_as_many_deals_as_come_while_it_lasts() -> None:
    text = (
        "salesflow: 1\nprocess: p\nsources: {web: {start: call, arrivals: 30 per week}, "
        "fair: {start: call, arrivals: {every: 2w, batch: 20}}, friends: {start: call}}\n"
        "steps: {call: {next: won}}\noutcomes: {won: {kind: won}}\n"
    )
    process = loads(text)
    for plan, deals in (
        (plan_of(duration="10w", warmup="5w"), 40 * 15),
        (plan_of(duration="10w", warmup="0d"), 40 * 10),
        (plan_of(duration="10w"), 40 * 20),  # the warm-up may be as long again
        (plan_of(duration="12h", warmup="12h"), 40 / 7),
    ):
        assert expected_deals([process], plan) == pytest.approx(deals)
        assert expected_deals([process, process], plan) == pytest.approx(2 * deals)
        assert expected_deals([], plan) == 0


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"duration": "26"}, "The duration must be a time such as `26w` or `90d`, elapsed and not open time, not `26`."),
        ({"duration": 26}, "The duration must be a time such as `26w` or `90d`, elapsed and not open time, not `26`."),
        ({"duration": "5bd"}, "The duration must be a time such as `26w` or `90d`, elapsed and not open time, not `5bd`."),
        ({"warmup": "soon"}, "The warm-up must be a time such as `26w` or `90d`, elapsed and not open time, not `soon`."),
        ({"duration": "59min"}, "The duration must be from an hour to a hundred years, not `59min`."),
        ({"warmup": "36501d"}, "The warm-up must be from zero to a hundred years, not `36501d`."),
        ({"replications": 1}, "The replications must be a whole number from 2 to 100000, not `1`."),
        ({"replications": 2.5}, "The replications must be a whole number from 2 to 100000, not `2.5`."),
        ({"seed": -1}, "The seed must be a whole number from 0 to 4294967295, not `-1`."),
        ({"seed": True}, "The seed must be a whole number from 0 to 4294967295, not `True`."),
        ({"precision": "2"}, "The precision must be a share such as `2%`, not `2`."),
        ({"precision": 0}, "The precision must be a share such as `2%`, not `0`."),
        ({"precision": "100%"}, "The precision must be a share such as `2%`, not `100%`."),
    ],
)  # fmt: skip
def test_plans_that_cannot_be(asked: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        plan_of(**asked)  # type: ignore[arg-type]
    assert str(caught.value) == message
