"""What speaks for two elements being one, and how much: by what people see, how sure a rename is."""

from itertools import product
from random import Random
from typing import Any

import pytest

import salesflow as sf
from salesflow.changes.matching.certain import certain
from salesflow.changes.matching.likeness import likeness
from salesflow.changes.matching.match import match
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.matching.traits import Version
from salesflow.changes.sheet import sheet_of
from salesflow.process.model import Process
from tests.changes.matching.mutated import process, renamed, touch
from tests.changes.matching.test_match import Data, flow
from tests.process.written import process_of


def found(old: Process, new: Process) -> Matching:
    one, other = sheet_of(old), sheet_of(new)
    made = match(one, other)
    assert match(other, one) == made.mirrored()
    return made


def sure(old: Process, new: Process, path: str) -> float:
    """How sure it is that an element of the new version was one of the old; 0 for a new one."""
    one = found(old, new).matches.get(path)
    return 0.0 if one is None else one.confidence


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_same_from_both_sides(seed: int) -> None:
    random = Random(seed)
    data = process(20, random)
    names = random.sample(sorted(data["steps"]), 6)
    other = renamed(data, {name: f"x{name}" for name in names})
    for name in names[:4]:
        touch(other, f"x{name}", random)
    old, new = sheet_of(sf.load(data)), sheet_of(sf.load(other))
    pairing = certain(old, new)
    one = Version(old, pairing.open_old(), pairing.lying_old)
    two = Version(new, pairing.open_new(), pairing.lying_new)
    seen = set()
    for path, there in product(pairing.open_old(), pairing.open_new()):
        if old[path].what == new[there].what:
            pairs = pairing.new_of, pairing.old_of
            score = likeness(one.traits(path), two.traits(there), *pairs, said=False)
            back = likeness(two.traits(there), one.traits(path), *pairs[::-1], said=False)
            assert score == pytest.approx(back)
            assert 0 <= score < likeness(one.traits(path), two.traits(there), *pairs, said=True) < 1
            seen.add(score)
    assert len(seen) > 10


STEP: Data = {"by": "sales", "wait": "2d", "next": {"fine": "won"}}
PLACES: Data = {"departments": {"sales": {"people": 1}, "legal": {"people": 1}}}


def with_(name: str, /, **more: Any) -> Process:
    step = {key: value for key, value in {**STEP, **more}.items() if value is not None}
    return sf.load(flow({"call": {"next": name}, name: step}, **PLACES))


@pytest.mark.parametrize(
    ("key", "same", "other"),
    [
        ("effort", "3h", "5h"),
        ("wait", "2d", "9d"),
        ("description", "See the desk.", "Ask the bank."),
        ("by", "sales", "legal"),
    ],
)
@pytest.mark.parametrize("names", [("check", "xyz"), ("xyz", "check")])
def test_what_only_one_says_speaks_less_against_it_than_what_both_say_otherwise(
    names: tuple[str, str], key: str, same: str, other: str
) -> None:
    name, path = names[0], f"steps.{names[1]}"
    both = sure(with_(name, **{key: same}), with_(names[1], **{key: same}), path)
    more = sure(with_(name, **{key: None}), with_(names[1], **{key: same}), path)
    less = sure(with_(name, **{key: same}), with_(names[1], **{key: None}), path)
    unlike = sure(with_(name, **{key: same}), with_(names[1], **{key: other}), path)
    assert both > more == less > unlike > 0


@pytest.mark.parametrize(
    ("id_", "same"),
    [
        ("goat", True),  # two of the five pairs of letters of each: ^g go
        ("gift", False),
        ("goatee", False),  # two of five and seven
        ("goods", True),
        ("hood", True),
    ],
)
def test_of_one_result_that_became_two_none_is_the_former_one_unless_the_ids_say_so(
    id_: str, same: bool
) -> None:
    old = sf.load(flow({"call": {"next": {"good": "won"}}}))
    new = sf.load(flow({"call": {"next": {id_: "won", "bad": "lost"}}}))
    made = found(old, new)
    assert made.new_of.get("steps.call.next.good") == (f"steps.call.next.{id_}" if same else None)


def test_of_two_that_claim_one_past_one_is_believed_a_little() -> None:
    """It need not be as like it as one that claims nothing."""
    step: Data = {"by": "sales", "effort": "3h", "next": {"good": "won"}}
    one: Data = {"was": "call", "by": "sales", "wait": "3d", "next": {"fine": "write"}}
    two: Data = {"was": "call", "by": "legal", "wait": "9d", "next": {"fine": "won"}}
    old = sf.load(flow({"call": step}, **PLACES))
    new = sf.load(flow({"ring": one, "write": two}, **PLACES))
    made = found(old, new).matches["steps.ring"]
    assert (made.old, made.confidence, made.announced) == ("steps.call", 0.51, True)
    for step in (one, two):
        del step["was"]
    new = sf.load(flow({"ring": one, "write": two}, **PLACES))
    assert "steps.call" not in found(old, new).new_of


@pytest.mark.parametrize("name", ["First talk now", "first TALK now"])
def test_how_a_name_is_written_says_nothing(name: str) -> None:
    certainty = sure(with_("check", name="First Talk"), with_("xyz", name=name), "steps.xyz")
    assert certainty == sure(
        with_("check", name="first talk"), with_("xyz", name="first talk now"), "steps.xyz"
    )
    assert certainty > sure(
        with_("check", name="first talk"), with_("xyz", name="see the desk"), "steps.xyz"
    )


def test_the_order_of_what_a_field_may_be_says_nothing() -> None:
    def asked(name: str, *values: str) -> Process:
        fields = {name: {"type": "choice", "values": [*values]}}
        return sf.load(flow({"call": {"captures": [name], "next": "won"}}, data=fields))

    old = asked("region", "emea", "amer", "apac")
    same = sure(old, asked("xyz", "emea", "amer", "apac"), "data.xyz")
    assert same == sure(old, asked("xyz", "apac", "amer", "emea"), "data.xyz")
    assert same > sure(old, asked("xyz", "emea", "amer", "latam"), "data.xyz")


# ------------------------------------------------------------------------------- processes in it

HEAD = "salesflow: 1\nprocess: deals\noutcomes: {won: {kind: won}, lost: {kind: lost}}\n"
PEOPLE = "departments: {sales: {roles: {rep: {people: 2}, clerk: {people: 1}}}}\n"
INNER = "{ask: {by: rep, effort: 3h, next: rate}, rate: {by: clerk, wait: 2d, next: good}}"


def family(steps: str, inner: str = INNER, name: str = "credit", people: str = "") -> Process:
    credit = (
        f"salesflow: 1\nprocess: {name}\nsources: {{in: {{start: {inner[1:].partition(':')[0]}}}}}\n"
        f"outcomes: {{good: {{kind: done}}, bad: {{kind: failed}}}}\nsteps: {inner}"
    )
    start = steps[1:].partition(":")[0]
    head = f"{HEAD}use: [{name}.yaml]\n{people or PEOPLE}sources: {{inbound: {{start: {start}}}}}\nsteps: "
    return process_of(head + steps, **{name: credit})


def test_a_step_is_known_by_the_process_that_it_runs() -> None:
    steps = "{call: {next: %s}, %s: {run: credit, %s, next: {good: won, bad: lost}}}"
    old = family(steps % ("check", "check", "timeout: {after: 9d, result: bad}"))
    for name in ("xyz", "abc"):
        new = family(steps % (name, name, "description: Ask the bank"))
        assert sure(old, new, f"steps.{name}") == 0.8


@pytest.mark.parametrize("few", [150, 0])
def test_a_process_is_known_by_the_step_that_runs_it(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing in it is as it was; the step that runs it may have another name too; however
    many processes there are."""
    monkeypatch.setattr("salesflow.changes.matching.candidates._FEW", few)
    steps = "{call: {next: %s}, %s: {run: %s, next: {good: won, bad: lost}}}"
    old = family(steps % ("check", "check", "credit"))
    for name, certainty in (("check", 1.0), ("vet", 0.85)):
        new = family(steps % (name, name, "xyz"), "{dig: {wait: 4d, next: good}}", "xyz")
        assert sure(old, new, "runs.xyz") == 0.63
        assert sure(old, new, f"steps.{name}") == certainty


def test_a_step_is_none_of_another_process_however_alike() -> None:
    """A step goes here and one like it comes there, done by a role that has another name now."""
    dig = "by: %s, wait: 2d, effort: 3h, description: Ask the bank, next: {yes_please: %s}"
    steps = "{%s, check: {run: credit, next: {good: %s, bad: lost}}%s}"
    inner = "{%s: {%s}, rate: {by: clerk, next: good}}"
    old = family(
        steps % ("call: {next: check}", "dig", f", dig: {{{dig % ('rep', 'won')}}}"),
        inner % ("ask", "by: clerk, effort: 9h, next: {fine: good, odd: bad, maybe: rate}"),
    )
    new = family(
        steps
        % ("call: {next: vet}, vet: {by: clerk, effort: 9h, next: {a: lost, b: check}}", "won", ""),
        inner % ("delve", dig % ("agent", "rate")),
        people=PEOPLE.replace("rep:", "agent:"),
    )
    made = found(old, new)
    assert made.new_of["departments.sales.roles.rep"] == "departments.sales.roles.agent"
    assert "steps.dig" not in made.new_of
    assert "runs.credit.steps.delve" not in made.old_of
