"""Sentences about the way of a deal: each is true, and what there is to say is said."""

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.matching.match import match
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import node_of, sheet_of
from salesflow.changes.statements.statements import statements
from salesflow.process.model import Process
from salesflow.testing import processes, sound_processes
from tests.changes.statements.arranged import arranged
from tests.changes.statements.oracle import Oracle, TooLarge

Data = dict[str, Any]


def dotted(sentence: str) -> str:
    """With results as they are identified, ``call.go``, and not as they are read: ``call (go)``."""
    return re.sub(r" \((\w+)\)", r".\1", sentence)


def told(old: Data, new: Data) -> tuple[str, ...]:
    """The sentences, each looked up in both versions."""
    one, other = sf.load(old), sf.load(new)
    matching = match(sheet_of(one), sheet_of(other))
    found = tuple(map(dotted, statements(one, other, matching)))
    for sentence in found:
        judge(sentence, one, other, matching)
    return found


# ------------------------------------------------------------------------------- what they claim

WITHOUT = re.compile(r"A deal can now be won without (.*): (.*)\.")
THROUGH = re.compile(r"Every deal that is won now goes through (.*), which (?:is|are) new\.")
NO_MORE = re.compile(r"No deal is won any more without (.*); before, one could be: (.*)\.")
NEVER = re.compile(r"No deal can be won any more; before, one could be: (.*)\.")
EVER = re.compile(r"A deal can now be won, which none could be: (.*)\.")
SKIPPED = re.compile(r"`(.*)` can now be done without `(.*)`: (.*)\.")
ROW = re.compile(r"(.*) now run one after another(?:: (.*))?; they used to run in parallel\.")
CROWD = re.compile(r"(.*) now run in parallel; they used to run one after another(?:: (.*))?\.")
APART = re.compile(r"(.*) no longer runs? in parallel with (.*?)(?:: (.*) comes? (first|last))?\.")
TOGETHER = re.compile(
    r"(.*) now runs? in parallel with (.*?)(?:; (.*) used to come (first|last))?\."
)
TURNED = re.compile(
    r"(.*) now comes (before|after) (.*); it used to come (?:before|after) (?:it|them)\."
)
OFTEN = re.compile(r"A deal can now come back to (.*): (.*)\.")
ONCE = re.compile(r"A deal no longer comes back to (.*); before, it could: (.*)\.")
LOST = re.compile(r"A deal can (now|no longer) be (lost|disqualified) at (.*)\.")


def ids(text: str) -> list[str]:
    return re.findall(r"`([^`]*)`", text)


class Judge:
    """Both versions, asked by the names of the new one."""

    def __init__(self, old: Process, new: Process, matching: Matching) -> None:
        self.old, self.new = Oracle(old), Oracle(new)
        self.old_of = {node_of(path): node_of(was) for path, was in matching.old_of.items()}

    def was(self, name: str) -> str:
        return self.old_of.get(name, name)


def judge(sentence: str, old: Process, new: Process, matching: Matching) -> None:
    """Fails if the sentence is not true of all runs of both versions."""
    judged = Judge(old, new, matching)
    claims = list(_claims(sentence, judged))
    assert claims, sentence
    assert all(claims), (sentence, claims)


def _claims(sentence: str, judged: Judge) -> Iterator[bool]:
    yield from _of_won(sentence, judged)
    yield from _of_parallel(sentence, judged)
    if found := TURNED.fullmatch(sentence):
        (one,) = ids(found[1])
        for other in ids(found[3]):
            first, then = (one, other) if found[2] == "before" else (other, one)
            yield judged.new.first(first, then)
            yield judged.old.first(judged.was(then), judged.was(first))
    elif found := OFTEN.fullmatch(sentence):
        for name in ids(found[1]):
            yield judged.new.twice(name)
            yield not judged.old.twice(judged.was(name))
    elif found := ONCE.fullmatch(sentence):
        for name in ids(found[1]):
            yield not judged.new.twice(name)
            yield judged.old.twice(judged.was(name))
    elif found := LOST.fullmatch(sentence):
        for name in ids(found[3]):
            now = judged.new.lost_at(name, found[2])
            before = judged.old.lost_at(judged.was(name), found[2])
            yield (now, before) == (found[1] == "now", found[1] != "now")


def _of_won(sentence: str, judged: Judge) -> Iterator[bool]:
    old, new = judged.old, judged.new
    if found := WITHOUT.fullmatch(sentence):
        for name in ids(found[1]):
            known = name in new.net.layout.nodes or name in new.net.layout.lanes
            yield new.won_without(name if known else None)
            yield not old.won_without(judged.was(name))
        yield from _shown(found[2], new)
    elif found := THROUGH.fullmatch(sentence):
        for name in ids(found[1]):
            yield not new.won_without(name)
    elif found := NO_MORE.fullmatch(sentence):
        for name in ids(found[1]):
            yield not new.won_without(name)
            yield old.won_without(judged.was(name))
        yield from _shown(found[2], old)
    elif found := NEVER.fullmatch(sentence):
        yield old.won_without(None)
        yield not new.won_without(None)
    elif found := EVER.fullmatch(sentence):
        yield new.won_without(None)
        yield not old.won_without(None)
    elif found := SKIPPED.fullmatch(sentence):
        yield new.done_without(found[1], found[2])
        yield not old.done_without(judged.was(found[1]), judged.was(found[2]))


def _shown(run: str, oracle: Oracle) -> Iterator[bool]:
    if "…" not in run:
        yield oracle.runs(run.split(" → "))


def _of_parallel(sentence: str, judged: Judge) -> Iterator[bool]:
    if found := ROW.fullmatch(sentence) or CROWD.fullmatch(sentence):
        names = ids(found[1])
        pairs = [(a, b) for n, a in enumerate(names) for b in names[n + 1 :]]
        row = ids(found[2] or "")
        apart = bool(ROW.fullmatch(sentence))
    elif found := APART.fullmatch(sentence) or TOGETHER.fullmatch(sentence):
        ones, others = ids(found[1]), ids(found[2])
        pairs = [(a, b) for a in ones for b in others]
        row = []
        if found[3]:
            row = [*ones, *others] if found[4] == "first" or len(others) == 1 else []
        apart = bool(APART.fullmatch(sentence))
        ordered = pairs if row else []
        yield from _ordered(ordered, judged, new=apart)
        row = []
    else:
        return
    for one, other in pairs:
        now = judged.new.both_open(one, other)
        before = judged.old.both_open(judged.was(one), judged.was(other))
        yield (now, before) == (not apart, apart)
    yield from _ordered(list(pairwise(row)), judged, new=apart)


def _ordered(pairs: list[tuple[str, str]], judged: Judge, *, new: bool) -> Iterator[bool]:
    for one, other in pairs:
        if new:
            yield judged.new.never_turned(one, other)
        else:
            yield judged.old.never_turned(judged.was(one), judged.was(other))


# ------------------------------------------------------------------------------- what is said


def flow(steps: Data, **more: Any) -> Data:
    """A process that starts at its first step."""
    return {
        "salesflow": 1,
        "process": "flow",
        "sources": {"inbound": {"start": next(iter(steps))}},
        "steps": steps,
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
        **more,
    }


def row(*names: str, **more: Any) -> Data:
    """Steps one after the other, with what some say besides."""
    following = [*names[1:], "won"]
    return flow(
        {
            name: {"next": {"go": to}, **more.get(name, {})}
            for name, to in zip(names, following, strict=True)
        }
    )


def block(*branches: str, join: str = "all", **more: Any) -> Data:
    """A block of branches with one step each of the same name and ``_it``."""
    return {
        "parallel": {
            name: {"steps": {f"{name}_it": {"next": "done"}}, **more.get(name, {})}
            for name in branches
        },
        "join": join,
        "next": {"done": "won"},
    }


AMOUNT: Data = {"data": {"amount": {"type": "money"}}}


def test_nothing_changed() -> None:
    data = row("a", "b", "c")
    assert told(data, data) == ()


def test_a_step_is_bypassed() -> None:
    new = row("call", "validate", "propose", call={"next": {"go": "validate", "fast": "propose"}})
    assert told(row("call", "validate", "propose"), new) == (
        "A deal can now be won without `validate`: inbound → call.fast → propose.go → won.",
    )
    assert told(new, row("call", "validate", "propose")) == (
        "No deal is won any more without `validate`; before, one could be: "
        "inbound → call.fast → propose.go → won.",
    )


def test_a_step_is_gone_and_another_new() -> None:
    old = row("call", "security", "sign", security={"by": "security", "effort": "9h"})
    new = row("call", "sign", "report", report={"by": "finance", "wait": "3d"})
    assert told(old, new) == (
        "A deal can now be won without `security`: inbound → call.go → sign.go → report.go → won.",
        "Every deal that is won now goes through `report`, which is new.",
    )


def test_nobody_wins_any_more() -> None:
    new = row("a", "b")
    new["steps"]["b"]["next"] = {"go": "lost"}
    del new["outcomes"]["won"]
    new["outcomes"]["won"] = {"kind": "won"}
    first, *_ = told(row("a", "b"), new)
    assert first == (
        "No deal can be won any more; before, one could be: inbound → a.go → b.go → won."
    )
    first, *_ = told(new, row("a", "b"))
    assert first == "A deal can now be won, which none could be: inbound → a.go → b.go → won."


def test_a_branch_may_be_left_out() -> None:
    old = flow({"ask": {"captures": ["amount"], "next": "papers"}, "papers": block("law", "tech")})
    new = deepcopy(old) | AMOUNT
    new["steps"]["papers"]["parallel"]["tech"]["when"] = "amount >= 100"
    assert told(old | AMOUNT, new) == (
        "A deal can now be won without `papers.tech`: "
        "inbound → ask.done → papers.law.law_it.done → papers.done → won.",
    )


def test_a_branch_of_a_block_off_the_way_may_be_left_out() -> None:
    old = flow(
        {
            "ask": {"captures": ["amount"], "next": {"small": "won", "large": "papers"}},
            "papers": block("law", "tech"),
        },
        **AMOUNT,
    )
    new = deepcopy(old)
    new["steps"]["papers"]["join"] = "any"
    assert told(old, new) == (
        "`papers` can now be done without `papers.law`: "
        "inbound → ask.large → papers.tech → papers.tech.tech_it.done → papers.done.",
        "`papers` can now be done without `papers.tech`: "
        "inbound → ask.large → papers.law → papers.law.law_it.done → papers.done.",
    )


def threads(*names: str) -> Data:
    return flow(
        {
            "split": {"next": {"go": list(names)}},
            **{name: {"next": {"go": "meet"}} for name in names},
            "meet": {"wait_for": list(names), "next": {"go": "won"}},
        }
    )


def test_two_threads_become_a_row() -> None:
    old, new = threads("legal", "security"), row("split", "security", "legal", "meet")
    assert told(old, new) == (
        "`security` no longer runs in parallel with `legal`: `security` comes first.",
    )
    assert told(new, old) == (
        "`security` now runs in parallel with `legal`; `security` used to come first.",
    )


def test_three_threads_become_a_row() -> None:
    old, new = threads("a", "b", "c"), row("split", "c", "a", "b", "meet")
    assert told(old, new) == (
        "`c`, `a` and `b` now run one after another: `c`, then `a`, then `b`; "
        "they used to run in parallel.",
    )
    assert told(new, old) == (
        "`c`, `a` and `b` now run in parallel; "
        "they used to run one after another: `c`, then `a`, then `b`.",
    )


def test_a_block_is_taken_apart() -> None:
    old = flow({"papers": block("law", "tech", "bank")})
    new = row("law_it", "tech_it", "bank_it")
    assert told(old, new) == (
        "`law_it`, `tech_it` and `bank_it` now run one after another: "
        "`law_it`, then `tech_it`, then `bank_it`; they used to run in parallel.",
    )


def test_two_steps_change_places() -> None:
    assert told(row("a", "b", "c", "d"), row("a", "c", "b", "d")) == (
        "`c` now comes before `b`; it used to come after it.",
    )


def test_one_step_passes_many() -> None:
    assert told(row("a", "b", "c", "d", "e"), row("e", "a", "b", "c", "d")) == (
        "`e` now comes before `a`, `b`, `c` and `d`; it used to come after them.",
    )


def test_a_step_can_be_repeated() -> None:
    old = row("a", "b")
    new = row("a", "b", b={"next": {"go": "won", "back": "a"}})
    assert told(old, new) == ("A deal can now come back to `a` and `b`: a.go → b.back → a.",)
    assert told(new, old) == (
        "A deal no longer comes back to `a` and `b`; before, it could: a.go → b.back → a.",
    )


def test_a_block_can_be_repeated() -> None:
    old = flow({"papers": block("law", "tech")})
    new = deepcopy(old)
    new["steps"]["papers"]["next"]["done"] = "check"
    new["steps"]["check"] = {"next": {"fine": "won", "again": "papers"}}
    assert told(old, new)[-1] == (
        "A deal can now come back to `papers`: papers.done → check.again → papers."
    )


def test_a_deal_can_be_lost_somewhere_else() -> None:
    old = row("a", "b", b={"next": {"go": "won", "nope": "lost"}})
    new = row("a", "b", a={"next": {"go": "b", "nope": "lost"}})
    assert told(old, new) == (
        "A deal can now be lost at `a`.",
        "A deal can no longer be lost at `b`.",
    )


def test_limits_and_conditions_are_kept() -> None:
    """The way round is drawn, but no deal can go it."""
    old = row("a", "b", "c", a={"captures": ["amount"]}) | AMOUNT
    new = deepcopy(old)
    new["steps"]["a"]["next"] = {
        "go": {"to": "b"},
        "fast": {"to": "c", "when": "amount > 5 and amount < 3"},
    }
    assert told(old, new) == ()
    new["steps"]["a"]["next"]["fast"]["when"] = "amount > 5"
    assert told(old, new) == ("A deal can now be won without `b`: inbound → a.fast → c.go → won.",)


def test_a_run_is_looked_into(tmp_path: Any) -> None:
    from salesflow.source.write import emit

    inner: Data = {
        "salesflow": 1,
        "process": "credit",
        "sources": {"arrives": {"start": "ask"}},
        "steps": {"ask": {"next": "rate"}, "rate": {"next": {"good": "okay", "bad": "nope"}}},
        "outcomes": {"okay": {"kind": "done"}, "nope": {"kind": "failed"}},
    }
    quick = deepcopy(inner)
    quick["steps"]["ask"]["next"] = {"done": "rate", "known": "okay"}
    main = flow({"check": {"run": "credit", "next": {"okay": "won", "nope": "lost"}}})
    main["use"] = ["inner.salesflow.yaml"]
    versions = []
    for name, data in (("old", inner), ("new", quick)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "salesflow.toml").write_text("")
        (folder / "inner.salesflow.yaml").write_text(emit(data))
        (folder / "main.salesflow.yaml").write_text(emit(main))
        versions.append(sf.load(folder / "main.salesflow.yaml"))
    old, new = versions
    found = tuple(map(dotted, statements(old, new, match(sheet_of(old), sheet_of(new)))))
    assert found == (
        "A deal can now be won without `check.rate`: inbound → check.ask.known → check.okay → won.",
    )


def test_names_are_those_of_the_new_version() -> None:
    new = row("begin", "talk", "sign", begin={"next": {"go": "talk", "fast": "sign"}})
    new["steps"]["begin"]["was"] = "a"
    new["steps"]["talk"]["was"] = "b"
    new["steps"]["sign"]["was"] = "c"
    assert told(row("a", "b", "c"), new) == (
        "A deal can now be won without `talk`: inbound → begin.fast → sign.go → won.",
    )
    assert told(new, row("a", "b", "c")) == (
        "No deal is won any more without `b`; before, one could be: "
        "inbound → begin.fast → sign.go → won.",
    )


def test_a_block_is_put_around_what_was_there() -> None:
    """Its steps are mandatory as before: the block and its branches are not worth a word."""
    new = flow({"papers": block("law", "tech")})
    old = row("law_it", "tech_it")
    assert told(old, new) == (
        "`papers.law.law_it` now runs in parallel with `papers.tech.tech_it`; "
        "`papers.law.law_it` used to come first.",
    )


def test_many_are_counted() -> None:
    names = [f"t{n}" for n in range(7)]
    (sentence,) = told(threads(*names), row("split", *names, "meet"))
    assert sentence == (
        "`t0`, `t1`, `t2`, `t3` and 3 more now run one after another: "
        "`t0`, then `t1`, …, then `t6`; they used to run in parallel."
    )


def test_not_more_than_a_few_sentences_of_a_kind() -> None:
    names = [f"s{n:02d}" for n in range(20)]
    pairs = [name for n in range(0, 20, 2) for name in (names[n + 1], names[n])]
    found = told(row(*names), row(*pairs))
    assert len(found) == 4
    two = {f"p{n}": threads(f"p{n}_a", f"p{n}_b")["steps"] for n in range(7)}
    one: Data = {}
    for n, steps in enumerate(two.values()):
        following = f"split_{n + 1}" if n < 6 else "won"
        one[f"split_{n}"] = steps["split"]
        one |= {name: {"next": f"meet_{n}"} for name in (f"p{n}_a", f"p{n}_b")}
        one[f"meet_{n}"] = {**steps["meet"], "next": following}
    row_ = deepcopy(one)
    for n in range(7):
        row_[f"split_{n}"]["next"] = f"p{n}_a"
        row_[f"p{n}_a"]["next"] = f"p{n}_b"
        del row_[f"meet_{n}"]["wait_for"]
    assert len(told(flow(one), flow(row_))) == 5


def test_what_is_too_large_is_left_unsaid() -> None:
    names = [f"t{n}" for n in range(160)]
    one, other = sf.load(threads(*names)), sf.load(row("split", *names, "meet"))
    assert statements(one, other, match(sheet_of(one), sheet_of(other))) == ()
    many: Data = {}
    for n in range(60):
        many[f"split_{n}"] = {"next": {"go": [f"a{n}", f"b{n}"]}}
        many |= {f"{kind}{n}": {"next": f"meet_{n}"} for kind in "ab"}
        following = f"split_{n + 1}" if n < 59 else "won"
        many[f"meet_{n}"] = {"wait_for": [f"a{n}", f"b{n}"], "next": following}
    back = deepcopy(many)
    back["meet_59"]["next"] = {"go": "won", "back": "split_0"}
    one, other = sf.load(flow(many)), sf.load(flow(back))
    assert statements(one, other, match(sheet_of(one), sheet_of(other))) == ()


def test_what_costs_too_much_is_left_unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded: Data = {"captures": ["amount"], "next": {"go": "b", "fast": {"to": "c"}}}
    guarded["next"]["fast"]["when"] = "amount > 5"
    quick = row("a", "b", "c", a=guarded, c={"next": {"go": "won", "back": "a"}}) | AMOUNT
    slow = row("a", "b", "c", a={"captures": ["amount"], "next": "b"}) | AMOUNT
    assert len(told(slow, quick)) == 2
    monkeypatch.setattr("salesflow.changes.statements.versions._BUDGET", 0)
    assert len(told(slow, quick)) == 1
    monkeypatch.setattr("salesflow.changes.statements.versions._MOST_POINTS", 0)
    assert told(slow, quick) == told(quick, slow) == ()


def test_a_dead_step_did_not_change_places() -> None:
    """Behind a condition that nothing meets: what never happens has no order."""
    dead: Data = {"captures": ["amount"], "next": {"go": "won", "odd": {"to": "x"}}}
    dead["next"]["odd"]["when"] = "amount > 5 and amount < 3"
    old = row("a", "x", "z", a=dead, x={"next": "z"}) | AMOUNT
    new = row("a", "x", "z", a=deepcopy(dead), z={"next": "x"}, x={"next": "won"}) | AMOUNT
    new["steps"]["a"]["next"]["odd"]["to"] = "z"
    assert told(old, new) == ()


def test_threads_that_come_to_one_step_come_to_it_twice() -> None:
    one = threads("a", "b")
    one["steps"]["a"]["next"] = {"go": {"to": "meet"}, "ask": {"to": "extra"}}
    one["steps"]["b"]["next"] = {"go": {"to": "meet"}, "ask": {"to": "extra"}}
    one["steps"]["extra"] = {"next": "lost"}
    two = deepcopy(one)
    two["steps"]["extra"]["next"] = {"on_it": "lost", "again": "extra"}
    assert told(one, two) == ()


@pytest.mark.parametrize(("gone", "left"), [("a", "b"), ("b", "a")])
def test_every_thread_that_meets_is_mandatory(gone: str, left: str) -> None:
    assert told(threads("a", "b"), row("split", left, "meet")) == (
        f"A deal can now be won without `{gone}`: inbound → split.go → {left}.go → meet.go → won.",
    )


def test_what_is_started_again_and_again_is_no_news() -> None:
    old = flow(
        {
            "split": {"next": {"go": {"to": ["a", "loop"]}}},
            "a": {"next": {"go": "lost"}},
            "loop": {"next": {"again": "split", "stop": "lost"}},
        }
    )
    new = deepcopy(old)
    new["steps"]["a"]["next"]["again"] = "a"
    assert told(old, new) == ()


def test_only_what_is_passed_twice_is_come_back_to() -> None:
    old = row("a", "b", a={"next": {"go": {"to": "b", "at_most": 1}, "on_it": "won"}})
    new = deepcopy(old)
    new["steps"]["b"]["next"] = {"go": "a"}
    assert told(old, new) == ("A deal can now come back to `a`: a.go → b.go → a.",)


def test_what_comes_behind_a_block_comes_behind_all_its_branches() -> None:
    papers = block("law", "tech")
    papers["parallel"]["law"]["steps"]["law_it"]["next"] = {"fine": "done", "refused": "leave"}
    papers["next"]["refused"] = "call"
    new = flow({"papers": papers, "call": {"next": {"go": "won"}}})
    found = told(threads("call", "tech_it"), new)
    assert (
        "`papers.tech.tech_it` no longer runs in parallel with `call`: "
        "`papers.tech.tech_it` comes first."
    ) in found


def test_what_nothing_leads_to_any_more_has_no_order_and_runs_beside_nothing() -> None:
    never = "amount > 5 and amount < 3"
    ask: Data = {"captures": ["amount"], "next": {"go": "won", "odd": "x"}}
    old = row("a", "x", "z", a=ask) | AMOUNT
    new = row("a", "x", "z", a=deepcopy(ask), z={"next": "x"}, x={"next": "won"}) | AMOUNT
    new["steps"]["a"]["next"]["odd"] = {"to": "z", "when": never}
    assert not [sentence for sentence in told(old, new) if "comes" in sentence]
    beside = flow(
        {"ask": {"captures": ["amount"], "next": "papers"}, "papers": block("law", "tech")},
        **AMOUNT,
    )
    beside["steps"]["papers"]["parallel"]["tech"]["when"] = never
    lone = row("ask", "law_it", "tech_it") | AMOUNT
    assert not [sentence for sentence in told(lone, beside) if "parallel" in sentence]


def test_what_is_plain_costs_no_game_of_what_is_not() -> None:
    """15 pairs are plain to see; that of a branch with a condition is played out."""
    names = [f"a{number}" for number in range(6)]
    crowd, papers = block(*names), block("x", "z", z={"when": "amount >= 100"})
    crowd["next"]["done"] = "papers"
    ask: Data = {"captures": ["amount"]}
    steps = [f"{name}_it" for name in (*names, "x", "z")]
    one = sf.load(row("ask", *steps, ask=ask) | AMOUNT)
    parts = {"ask": {**ask, "next": "crowd"}, "crowd": crowd, "papers": papers}
    other = sf.load(flow(parts, **AMOUNT))
    found = statements(one, other, match(sheet_of(one), sheet_of(other)))
    assert [sentence for sentence in found if "now run" in sentence][1:] == [
        "`papers.x.x_it` now runs in parallel with `papers.z.z_it`; "
        "`papers.x.x_it` used to come first."
    ]


# ------------------------------------------------------------------------------- laws


@pytest.mark.parametrize(
    ("strategy", "least"), [(processes(steps=4, depth=1), 5), (sound_processes(depth=2), 20)]
)
def test_every_sentence_is_true(strategy: st.SearchStrategy[Data], least: int) -> None:
    counted: dict[str, int] = {}

    @given(strategy, st.integers(0, 1_000_000))
    @settings(max_examples=100)
    def check(data: Data, seed: int) -> None:
        random = Random(seed)
        new = deepcopy(data)
        for _ in range(random.randint(1, 3)):
            _mutate(new, random)
        try:
            sf.load(new)
        except sf.LoadError:
            assume(False)
        try:
            for sentence in told(data, new):
                kind = re.sub(r"`[^`]*`(, `[^`]*`)*|: .*", "", sentence)
                counted[kind] = counted.get(kind, 0) + 1
        except TooLarge:
            assume(False)

    check()
    assert sum(counted.values()) > least, counted


@given(st.integers(0, 1_000_000))
@settings(max_examples=60)
def test_the_same_steps_arranged_anew(seed: int) -> None:
    random = Random(seed)
    names = [f"s{n}" for n in range(random.randint(2, 5))]
    try:
        told(arranged(names, random), arranged(names, random))
    except TooLarge:
        assume(False)


def _mutate(data: Data, random: Random) -> None:
    scopes = list(_scopes(data["steps"]))
    steps = random.choice(scopes)
    exits = ["won", "lost"] if steps is data["steps"] else ["done"]
    step = steps[random.choice(sorted(steps))]
    ways = [way for way in step["next"].values() if isinstance(way, dict)]
    targets = [name for name in steps if "wait_for" not in steps[name]]
    kind = random.randrange(5)
    if kind == 0 and ways:
        random.choice(ways)["to"] = random.choice([*targets, *exits])
    elif kind == 1 and "parallel" not in step:
        step["next"]["extra"] = {"to": random.choice([*targets, *exits])}
    elif kind == 2 and ways:
        random.choice(ways).pop("when", None)
    elif kind == 3 and "parallel" in step:
        step["join"] = random.choice(["all", "any"])
        branch = random.choice(sorted(step["parallel"]))
        step["parallel"][branch].pop("when", None)
        if random.random() < 0.5:
            step["parallel"][branch]["when"] = "vip"
    elif kind == 4 and len(targets) > 1 and ways:
        random.choice(ways)["to"] = sorted(random.sample(targets, 2))


def _scopes(steps: Data) -> Iterator[Data]:
    yield steps
    for step in steps.values():
        for branch in step.get("parallel", {}).values():
            yield from _scopes(branch["steps"])


def test_ways_are_written_as_everywhere() -> None:
    old = {
        "salesflow": 1,
        "process": "p",
        "sources": {"inbound": {"start": "a"}},
        "steps": {"a": {"next": {"go": "b"}}, "b": {"next": {"go": "won"}}},
        "outcomes": {"won": {"kind": "won"}},
    }
    new = {
        **old,
        "steps": {"a": {"next": {"go": "b", "fast": "won"}}, "b": {"next": {"go": "won"}}},
    }
    one, other = sf.load(old), sf.load(new)
    found = statements(one, other, match(sheet_of(one), sheet_of(other)))
    assert found == ("A deal can now be won without `b`: inbound → a (fast) → won.",)


def test_what_leaves_a_block_and_loses_is_no_new_way_to_lose_outside_of_it() -> None:
    block = {
        "parallel": {"x": {"steps": {"audit": {"next": {"passed": "done", "failed": "leave"}}}}},
        "next": {"done": "won", "failed": "lost"},
    }
    old = {
        "salesflow": 1,
        "process": "p",
        "sources": {"inbound": {"start": "papers"}},
        "steps": {"papers": block},
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }
    new = {
        **old,
        "sources": {"inbound": {"start": "audit"}},
        "steps": {"audit": {"next": {"passed": "won", "failed": "lost"}}},
    }
    assert not [sentence for sentence in told(old, new) if "lost at" in sentence]
