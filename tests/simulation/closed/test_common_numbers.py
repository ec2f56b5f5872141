"""Two scenarios share their random numbers: what a change does not touch stays as it was."""

from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.events import ENDED, STARTED, WORKED, Event
from salesflow.simulation.program import Program
from tests.simulation.closed.playing import Seen, program, tried

Lives = dict[int, list[tuple[str, int, str]]]

STEPS = """{
  qualify: {by: rep, effort: {mean: 20min}, next: {fit: {to: demo, share: 60%}, no_fit: {to: lost, share: rest}}},
  demo:    {by: rep, effort: {median: 1h, p90: 3h}, next: {liked: {to: offer, share: 50%}, again: {to: demo, share: 30%}, walked: {to: lost, share: rest}}},
  offer:   {by: rep, effort: {min: 1h, usual: 2h, max: 6h}, next: {signed: {to: won, share: SHARE}, walked: {to: lost, share: rest}}}}"""


def text(people: int = 3, share: str = "40%", steps: str = STEPS, deals: str = "300") -> str:
    return tried(
        steps.replace("SHARE", share),
        roles=f"{{rep: {{people: {people}}}}}",
        arrivals=f"{{every: 500w, batch: {deals}}}",
    )


def lives(played: Program) -> tuple[Seen, Lives]:
    """Of each deal: the visits that ended, how long each took, and its result."""
    begun: dict[tuple[int, int], int] = {}
    worked: dict[tuple[int, int], int] = {}
    found: Lives = {}

    def watch(event: Event) -> None:
        at = event.deal, event.node
        if event.what == STARTED:
            begun[at] = event.now
        elif event.what == WORKED:
            worked[at] = event.now - begun[at]
        elif event.what == ENDED:
            path, way = played.nodes[event.node].path, played.ways[event.way].path
            found.setdefault(event.deal, []).append((path, worked.pop(at, 0), way))

    tally = play(played, 7, 0, watch=watch)
    return Seen(played, tally), found


def test_another_person_changes_when_but_never_what() -> None:
    few, lived = lives(program(text(3), hours=24 * 60))
    more, again = lives(program(text(4), hours=24 * 60))
    assert few.deals.open == more.deals.open == 0
    assert lived == again
    assert few.won() - more.won() == 0
    assert few.cycle() > more.cycle()


def test_another_person_changes_no_deal_that_ends_either_way() -> None:
    """The same while deals keep coming, some of which are open at the end."""
    flow = text(3).replace("{every: 500w, batch: 300}", "1 per hour")
    few, lived = lives(program(flow, hours=24 * 30))
    more, again = lives(program(flow.replace("people: 3", "people: 9"), hours=24 * 30))
    assert few.deals.open > more.deals.open
    assert few.deals.arrived == more.deals.arrived
    for deal, life in lived.items():
        assert again[deal][: len(life)] == life


def test_a_step_in_between_leaves_the_others_their_draws() -> None:
    longer = STEPS.replace("{to: offer, share: 50%}", "{to: check, share: 50%}").replace(
        "  offer:", "  check: {by: rep, effort: {mean: 3h}, next: {fine: offer}},\n  offer:"
    )
    _, lived = lives(program(text(3), hours=24 * 90))
    _, again = lives(program(text(3, steps=longer), hours=24 * 90))
    for deal, life in lived.items():
        rest = [visit for visit in again[deal] if visit[0] != "tried:check"]
        assert [(path, spent) for path, spent, _ in rest] == [
            (path, spent) for path, spent, _ in life
        ]
        ways = [(way.replace("check", "offer")) for _, _, way in rest]
        assert ways == [way for _, _, way in life]
    assert any(visit[0] == "tried:check" for life in again.values() for visit in life)


def test_another_share_changes_only_the_deals_it_decides() -> None:
    """With 50% instead of 40% one offer in ten is signed that was not; no other deal is different."""
    before, lived = lives(program(text(3, "40%", deals="1500"), hours=24 * 600))
    after, again = lives(program(text(3, "50%", deals="1500"), hours=24 * 600))
    changed = [deal for deal in lived if lived[deal] != again[deal]]
    for deal in changed:
        *same, (step, spent, way) = lived[deal]
        assert again[deal][:-1] == same
        assert (way, again[deal][-1]) == ("tried:offer.walked", (step, spent, "tried:offer.signed"))
    assert len(changed) == after.deals.kinds[0] - before.deals.kinds[0]
    offers = before.node("offer").ended
    assert abs(len(changed) - offers / 10) < 3.3 * (offers * 0.09) ** 0.5


def test_another_source_leaves_the_deals_of_the_first() -> None:
    both = text(3).replace(
        "sources: {web:", "sources: {fair: {start: demo, arrivals: {every: 500w, batch: 40}}, web:"
    )
    _, lived = lives(program(text(3), hours=24 * 90))
    _, again = lives(program(both, hours=24 * 90))
    assert len(again) == len(lived) + 40
    # Sources go by id: the deals of the fair are the first ones.
    assert lived == {deal - 40: life for deal, life in again.items() if deal >= 40}


def test_another_seed_or_replication_is_another_run() -> None:
    played = program(text(3), hours=24 * 60)
    runs = [play(played, seed, number) for seed in (1, 2) for number in (0, 1)]
    assert len({run.parts[0].effort for run in runs}) == 4
    assert runs[0] == play(played, 1, 0)
