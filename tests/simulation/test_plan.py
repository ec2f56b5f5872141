"""Plans: what may be asked of a study."""

import pytest

from salesflow.errors import UsageError
from salesflow.simulation.plan import Plan, plan_of


def test_what_is_not_said() -> None:
    assert plan_of() == Plan()
    plan = plan_of(duration="1h", warmup="0d", precision="2.5%", seed=2**32 - 1, workers=4)
    assert plan.duration.milliseconds == 3_600_000
    assert plan.warmup is not None
    assert plan.warmup.milliseconds == 0
    assert (plan.precision, plan.seed, plan.workers) == (0.025, 2**32 - 1, 4)
    assert plan_of(precision=0.1).precision == 0.1


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
