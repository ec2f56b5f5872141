"""The old version under new ids: nothing but names changes, and no two things get one."""

import re
from typing import Any

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.sheet import HEADER, last_id, sheet_of
from salesflow.changes.translation import translated as translated_with_paths
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.simulation.compile import written_program
from salesflow.testing.sound import sound_processes
from salesflow.testing.wild import processes

TEXT = """\
salesflow: 1
process: small
departments: {sales: {roles: {rep: {people: 2}}}, legal: {people: 1}}
sources: {inbound: {start: call}}
steps:
  call: {by: rep, next: {fit: papers, unfit: lost}}
  papers:
    parallel:
      law: {steps: {draft: {by: legal, next: {ready: done}}}}
      price: {steps: {quote: {by: rep, next: {ready: done}}}}
    next: {done: sign}
  sign: {by: rep, next: {signed: won, walked: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def pairs(**paths: str) -> Matching:
    """Old paths, with ``__`` for dots, to new ones."""
    matches = [Match(old.replace("__", "."), new) for old, new in paths.items()]
    return Matching(matches=FrozenMap({match.new: match for match in matches}))


def translated(old: Process, matching: Matching) -> Process:
    found = translated_with_paths(old, matching)
    assert {*found.paths.values()} == ids(found.process)
    assert [*found.paths] == [*sheet_of(old)]
    return found.process


def ids(process: Process) -> set[str]:
    return {*sheet_of(process)}


def test_what_nothing_is_called_otherwise_in_is_left_alone() -> None:
    old = sf.loads(TEXT)
    assert translated(old, pairs(steps__call="steps.call")) is old


def test_a_block_and_what_lies_in_it_are_renamed_together() -> None:
    found = translated(
        sf.loads(TEXT),
        pairs(
            steps__papers="steps.contracting",
            steps__papers__parallel__law="steps.contracting.parallel.terms",
            steps__papers__parallel__law__steps__draft="steps.contracting.parallel.terms.steps.write",
        ),
    )
    assert "steps.contracting.parallel.terms.steps.write.next.ready" in ids(found)
    assert found.steps["call"].next["fit"].targets == ("contracting",)
    assert found == sf.loads(
        TEXT.replace("papers", "contracting").replace("law", "terms").replace("draft", "write")
    )


def test_ids_change_places() -> None:
    found = translated(sf.loads(TEXT), pairs(steps__call="steps.sign", steps__sign="steps.call"))
    assert found == sf.loads(
        TEXT.replace("call", "#").replace("sign:", "call:").replace("done: sign", "done: call").replace("#", "sign")
    )  # fmt: skip


def test_what_is_gone_gives_up_an_id_that_is_taken() -> None:
    """Also to another kind of node: a source and a step cannot have one id."""
    found = translated(sf.loads(TEXT), pairs(steps__sign="steps.call"))
    assert {"steps.call", "steps.call_before"} <= ids(found)
    assert found.steps["call"].next["signed"].targets == ("won",)
    found = translated(
        sf.loads(TEXT), pairs(steps__sign="steps.inbound", departments__legal="departments.rep")
    )
    assert {"sources.inbound_before", "steps.inbound", "departments.rep"} <= ids(found)
    assert "departments.sales.roles.rep_before" in ids(found)


def test_what_moves_does_not_take_the_id_of_what_stays() -> None:
    """In the new version `call` lies in the block, as `sign`; the old `sign` stays outside."""
    found = translated(
        sf.loads(TEXT),
        pairs(
            steps__call="steps.papers.parallel.law.steps.sign",
            steps__papers="steps.papers",
            steps__papers__parallel__law="steps.papers.parallel.law",
            steps__sign="steps.sign",
        ),
    )
    assert {"steps.sign", "steps.sign_before"} <= ids(found)
    assert found.steps["sign"].next["signed"].targets == ("won",)


@settings(max_examples=20)
@given(sound_processes(depth=2), st.data())
def test_only_names_change(document: Any, data: st.DataObject) -> None:
    """Whatever is renamed to whatever, the flow has the same shape, and going back is the same."""
    old = sf.load(document)
    paths = [path for path in sheet_of(old) if path != HEADER]
    chosen = data.draw(st.lists(st.sampled_from(paths), unique=True, max_size=6))
    names = data.draw(st.permutations([f"new{number}" for number in range(len(chosen))]))
    matches = {
        path: f"{path.rpartition('.')[0]}.{name}" for path, name in zip(chosen, names, strict=True)
    }
    matches = {old: new for old, new in matches.items() if "." in new}
    matching = Matching(matches=FrozenMap({new: Match(old, new) for old, new in matches.items()}))
    found = translated(old, matching)
    assert len(sheet_of(found)) == len(sheet_of(old))
    assert nx.faster_could_be_isomorphic(nx.DiGraph(old.graph), nx.DiGraph(found.graph))
    assert {last_id(new) for new in matches.values()} <= {last_id(path) for path in ids(found)}


IDS = st.sampled_from(("steps", "next", "parallel", "data", "roles", "sources", "outcomes"))
WORDS = ("won", "lost", "done", "failed")  # what an id may be and a text says otherwise too


@settings(max_examples=25)
@given(st.one_of(sound_processes(depth=2), processes(steps=4, depth=2)), st.sets(IDS, min_size=1))
def test_what_is_only_renamed_is_the_same_program(document: Any, kinds: set[str]) -> None:
    """Steps, results, branches, fields, roles, sources or outcomes get other ids, in another order."""
    old = sf.load(document)
    text = sf.dumps(old)
    names: dict[str, str] = {}
    for path in sheet_of(old):
        parts = path.split(".")
        if len(parts) > 1 and parts[-2] in kinds and parts[-1] not in WORDS:
            names.setdefault(parts[-1], f"{'zyxwv'[len(names) % 5]}{len(names)}_new")
    for name, other in names.items():
        text = re.sub(rf"\b{name}\b", other, text)
    new = sf.loads(text)
    found = [
        Match(path, ".".join(names.get(part, part) for part in path.split(".")))
        for path in sheet_of(old)
    ]
    assert {match.new for match in found} == ids(new)
    was = translated(old, Matching(matches=FrozenMap({match.new: match for match in found})))
    programs = [written_program([each], duration=10, warmup=0) for each in (was, new)]
    assert programs[0].digest == programs[1].digest
