"""The verdict on two versions against all their runs, enumerated in a game of its own."""

from typing import Any

from hypothesis import HealthCheck, given, settings

import salesflow as sf
from salesflow.changes.behaviour.judge import behaviour
from salesflow.changes.matching.match import match
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import sheet_of
from tests.changes.edited import versions
from tests.process.naive_game import NaiveGame

CUTS = {"TWICE", "PILE", "UNFINISHED", "UNHANDLED"}
LONGEST, MOST = 5, 12_000  # words of a run, deals looked at


def runs(process: sf.Process) -> set[tuple[str, ...]] | None:
    """All runs of up to LONGEST words, in the process's own ids; None where there are too many."""
    game = NaiveGame(process)
    found: set[tuple[str, ...]] = set()
    seen: set[str] = set()
    waiting: list[tuple[tuple[str, ...], Any]] = []

    def note(before: tuple[str, ...], words: tuple[str, ...], deal: Any) -> None:
        ended = [token[1] for token in deal["M"] if token[0] == "end"]
        run = (*before, *words, *deal["taken"], *ended)
        cut = any(flag[0] in CUTS for flag in deal["flags"])
        if cut:
            run = tuple(word for word in run if word not in ended)
        found.update(run[:size] for size in range(1, min(len(run), LONGEST) + 1))
        key = f"{run} {sorted(map(str, deal['M']))} {deal['D']} {deal['C']} {deal['V']}"
        if len(run) < LONGEST and not cut and not ended and key not in seen:
            seen.add(key)
            waiting.append((run, deal))

    for source, deal in game.starts():
        note((), (source,), deal)
    for run, deal in waiting:  # grows while it is walked
        if len(waiting) > MOST:
            return None
        for _, _, after in game.moves(deal):
            note(run, (), after)
    return found


def pairs(old: sf.Process, new: sf.Process) -> Matching:
    return match(sheet_of(old), sheet_of(new))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(versions())
def test_the_verdict_is_that_of_all_runs(pair: tuple[sf.Process, sf.Process]) -> None:
    old, new = pair
    known = behaviour(old, new, pairs(old, new))
    before, after = runs(old), runs(new)
    if before is None or after is None:
        return
    for run in known.only_old:
        assert len(run) > LONGEST or (run in before and run not in after)
    for run in known.only_new:
        assert len(run) > LONGEST or (run in after and run not in before)
    if known.verdict == "unknown":
        return
    lost, won = before - after, after - before
    if lost:
        assert known.verdict in ("less", "different")
        assert len(known.only_old[0]) == min(map(len, lost))
    if won:
        assert known.verdict in ("more", "different")
        assert len(known.only_new[0]) == min(map(len, won))
    if known.verdict == "same":
        assert before == after


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(versions(depth=2))
def test_backwards_it_is_the_other_way_round(pair: tuple[sf.Process, sf.Process]) -> None:
    old, new = pair
    there, back = behaviour(old, new, pairs(old, new)), behaviour(new, old, pairs(new, old))
    turned = {"more": "less", "less": "more"}
    assert back.verdict == turned.get(there.verdict, there.verdict)
    assert (back.only_old, back.only_new) == (there.only_new, there.only_old)
