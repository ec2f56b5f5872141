"""Which element is which: by id, by what they say, by likeness."""

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.matching.match import match
from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.sheet import Sheet, sheet_of
from salesflow.testing import families, processes, sound_processes
from tests.changes.matching.mutated import (
    insert,
    neighbours,
    process,
    remove,
    renamed,
    touch,
)

Data = dict[str, Any]


def sheet(data: Data) -> Sheet:
    return sheet_of(sf.load(data))


def matched(old: Data, new: Data) -> Matching:
    one, other = sheet(old), sheet(new)
    found = match(one, other)
    assert match(other, one) == found.mirrored()
    return found


def pair(found: Matching, old: str) -> str | None:
    return found.new_of.get(old)


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


PAPERS: Data = {
    "parallel": {
        "legal": {
            "start": "draft",
            "steps": {
                "draft": {"by": "counsel", "effort": "3h", "next": "review"},
                "review": {"by": "counsel", "effort": "1h", "next": "done"},
            },
        },
        "security": {"steps": {"check": {"by": "security", "next": "done"}}},
    },
    "next": {"done": "won"},
}
CALLS: Data = flow(
    {
        "call": {"by": "sales", "effort": "1h", "next": {"fits": "demo", "not_now": "lost"}},
        "demo": {"by": "presales", "effort": "3h", "next": {"buys": "papers", "passes": "lost"}},
        "papers": PAPERS,
    }
)


def changed(data: Data, *path: str, to: Any) -> Data:
    """A copy with one value changed, or taken away."""
    new = deepcopy(data)
    place = new
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return new


# ------------------------------------------------------------------------------- the same id


def test_what_is_equal_is_matched_whole() -> None:
    found = matched(CALLS, CALLS)
    assert found.matches == {path: Match(path, path) for path in sheet(CALLS)}
    assert list(found.matches) == list(sheet(CALLS))


def test_the_same_id_in_the_same_place_is_the_same_whatever_it_says() -> None:
    new = changed(CALLS, "steps", "papers", to={"by": "counsel", "next": "won"})
    assert pair(matched(CALLS, new), "steps.papers") == "steps.papers"


def test_two_kinds_are_never_one() -> None:
    new = deepcopy(CALLS)
    new["outcomes"]["call"] = {"kind": "lost"}
    new["steps"]["ring"] = new["steps"].pop("call")
    new["steps"]["demo"]["next"]["passes"] = "call"
    new["sources"]["inbound"]["start"] = "ring"
    found = matched(CALLS, new)
    assert pair(found, "steps.call") == "steps.ring"
    assert "outcomes.call" not in found.old_of


def test_a_step_moves_out_of_a_block() -> None:
    new = changed(CALLS, "steps", "papers", "parallel", "security", to=None)
    new["steps"]["demo"]["next"]["buys"] = "check"
    new["steps"]["check"] = {"by": "security", "next": "papers"}
    found = matched(CALLS, new)
    old = "steps.papers.parallel.security.steps.check"
    assert found.matches["steps.check"] == Match(old, "steps.check")
    assert pair(found, f"{old}.next.done") == "steps.check.next.done"
    assert pair(found, "steps.papers.parallel.security") is None


def test_a_block_moves_with_all_that_lies_in_it() -> None:
    new = changed(
        CALLS,
        "steps",
        "papers",
        to={"parallel": {"both": {"steps": {"papers": _inside()}}}, "next": {"done": "won"}},
    )
    # The id stands in the same place, so what is new is the block around.
    found = matched(CALLS, new)
    assert pair(found, "steps.papers") == "steps.papers"
    moved = changed(CALLS, "steps", "papers", to=None)
    moved["steps"]["closing"] = {
        "parallel": {"both": {"steps": {"papers": _inside()}}},
        "next": {"done": "won"},
    }
    moved["steps"]["demo"]["next"]["buys"] = "closing"
    found = matched(CALLS, moved)
    inner = "steps.closing.parallel.both.steps.papers"
    for path in sheet(CALLS):
        if path.startswith("steps.papers"):
            assert pair(found, path) == path.replace("steps.papers", inner, 1)


def _inside() -> Data:
    return changed(PAPERS, "next", "done", to="done")


def test_an_id_that_several_places_have_is_not_taken_for_moved() -> None:
    old = deepcopy(CALLS)
    old["steps"]["papers"]["parallel"]["security"]["steps"] = {
        "review": {"by": "security", "effort": "9h", "next": "done"}
    }
    new = deepcopy(old)
    for branch in ("legal", "security"):
        del new["steps"]["papers"]["parallel"][branch]["steps"]["review"]
    new["steps"]["papers"]["parallel"]["legal"]["steps"]["draft"]["next"] = "done"
    new["steps"]["papers"]["parallel"]["security"]["steps"]["ask"] = {"next": "done"}
    new["steps"]["review"] = {"by": "security", "effort": "9h", "next": "papers"}
    new["steps"]["demo"]["next"]["buys"] = "review"
    found = matched(old, new)
    assert pair(found, "steps.papers.parallel.legal.steps.review") is None


def test_a_role_moves_to_another_department() -> None:
    people = {
        "sales": {"roles": {"desk": {"people": 2}, "ae": {}}},
        "finance": {"roles": {"c": {}}},
    }
    moved = {"sales": {"roles": {"ae": {}}}, "finance": {"roles": {"c": {}, "desk": {"people": 3}}}}
    steps: Data = {"call": {"by": "desk", "next": "won"}}
    found = matched(flow(steps, departments=people), flow(steps, departments=moved))
    assert found.matches["departments.finance.roles.desk"] == Match(
        "departments.sales.roles.desk", "departments.finance.roles.desk"
    )


# ------------------------------------------------------------------------------- what they say


def test_what_an_element_was_is_believed_whatever_it_is_like() -> None:
    steps: Data = {"call": {"by": "sales", "effort": "1h", "next": "won"}}
    other: Data = {"meet": {"was": "call", "by": "legal", "next": {"bad": "lost"}}}
    found = matched(flow(steps), flow(other))
    assert found.matches["steps.meet"] == Match("steps.call", "steps.meet", 1.0, announced=True)


def test_two_steps_change_names() -> None:
    old = flow({"a": {"by": "x", "next": "b"}, "b": {"by": "q", "next": "won"}})
    new = flow({"a": {"was": "b", "by": "q", "next": "won"}, "b": {"was": "a", "next": "a"}})
    found = matched(old, new)
    assert pair(found, "steps.a") == "steps.b"
    assert pair(found, "steps.b") == "steps.a"
    assert found.matches["steps.a"].announced


def test_three_steps_hand_on_their_names() -> None:
    old = flow({"a": {"next": "b"}, "b": {"next": "c"}, "c": {"next": "won"}})
    new = flow(
        {
            "b": {"was": "a", "next": "c"},
            "c": {"was": "b", "next": "d"},
            "d": {"was": "c", "next": "won"},
        }
    )
    found = matched(old, new)
    assert [pair(found, f"steps.{name}") for name in "abc"] == ["steps.b", "steps.c", "steps.d"]


def test_a_was_that_both_versions_have_is_old_news() -> None:
    step: Data = {"was": "call", "by": "sales", "next": "won"}
    new = {"meet": {**step, "next": "call"}, "call": {"by": "legal", "next": "won"}}
    found = matched(flow({"meet": step}), flow(new))
    assert pair(found, "steps.meet") == "steps.meet"
    assert "steps.call" not in found.old_of


def test_an_id_that_stays_is_nobody_elses_former_one() -> None:
    old = flow({"a": {"by": "x", "next": "b"}, "b": {"by": "q", "next": "won"}})
    new = flow({"a": {"by": "x", "was": "b", "next": "b"}, "b": {"by": "q", "next": "won"}})
    found = matched(old, new)
    assert pair(found, "steps.a") == "steps.a"
    assert pair(found, "steps.b") == "steps.b"


def test_of_two_that_claim_one_past_the_more_alike_has_it() -> None:
    old = flow({"call": {"by": "sales", "effort": "3h", "next": "won"}})
    new = flow(
        {
            "ring": {"was": "call", "by": "sales", "effort": "3h", "next": "write"},
            "write": {"was": "call", "by": "legal", "effort": "9h", "next": "won"},
        }
    )
    found = matched(old, new)
    assert pair(found, "steps.call") == "steps.ring"
    assert found.matches["steps.ring"].announced


def test_one_moves_and_says_what_it_was() -> None:
    new = changed(CALLS, "steps", "papers", "parallel", "security", to=None)
    new["steps"]["demo"]["next"]["buys"] = "audit"
    new["steps"]["audit"] = {"was": "check", "by": "legal", "next": {"ok": "papers"}}
    found = matched(CALLS, new)
    assert pair(found, "steps.papers.parallel.security.steps.check") == "steps.audit"


@pytest.mark.parametrize("key", ["stages", "data", "departments", "objectives", "touchpoints"])
def test_every_kind_may_say_what_it_was(key: str) -> None:
    one: Data = {
        "stages": {"a": {"win_chance": "10%"}},
        "data": {"a": {"type": "text"}},
        "departments": {"a": {"external": True}},
        "objectives": {"a": {"measure": "win_rate", "at_least": "10%"}},
        "touchpoints": {"a": {"from": "x", "to": "q"}},
    }
    other: Data = {
        "stages": {"b": {"was": "a", "win_chance": "90%"}},
        "data": {"b": {"was": "a", "type": "money"}},
        "departments": {"b": {"was": "a", "people": 2}},
        "objectives": {"b": {"was": "a", "measure": "throughput", "at_most": 9}},
        "touchpoints": {"b": {"was": "a", "from": "q", "to": "x"}},
    }
    both = {"x": {}, "q": {}}
    people = {"departments": both} if key == "touchpoints" else {}
    steps: Data = {"call": {"next": "won"}}
    found = matched(
        flow(steps, **people, **{key: one[key]}), flow(steps, **people, **{key: other[key]})
    )
    assert pair(found, f"{key}.a") == f"{key}.b"


# ------------------------------------------------------------------------------- what they are like


def test_what_has_little_in_common_was_removed_and_added() -> None:
    new = deepcopy(CALLS)
    del new["steps"]["demo"]
    new["steps"]["contract_check"] = {
        "by": "counsel",
        "effort": "8h",
        "wait": "3d",
        "next": {"ok": "papers", "refused": "lost"},
    }
    new["steps"]["call"]["next"]["fits"] = "contract_check"
    assert pair(matched(CALLS, new), "steps.demo") is None


def test_a_step_is_known_by_its_content_and_neighbours() -> None:
    new = renamed(_long(CALLS), {"demo": "show_it"})
    found = matched(CALLS, new)
    assert found.matches["steps.show_it"].old == "steps.demo"
    assert 0.5 <= found.matches["steps.show_it"].confidence < 1
    assert not found.matches["steps.show_it"].announced
    assert pair(found, "steps.demo.next.buys") == "steps.show_it.next.buys"


def _long(data: Data) -> Data:
    """With every target written in full."""
    new = deepcopy(data)
    for step in new["steps"].values():
        ways = step["next"] if isinstance(step["next"], dict) else {"done": step["next"]}
        step["next"] = {name: {"to": to} for name, to in ways.items()}
    return new


def test_a_result_is_known_by_where_it_leads() -> None:
    new = changed(CALLS, "steps", "call", "next", to={"interested": "demo", "not_now": "lost"})
    assert pair(matched(CALLS, new), "steps.call.next.fits") == "steps.call.next.interested"
    new = changed(CALLS, "steps", "call", "next", to={"fits": "demo", "gone": "papers"})
    assert pair(matched(CALLS, new), "steps.call.next.not_now") is None


def test_a_block_is_known_by_what_lies_in_it() -> None:
    found = matched(CALLS, renamed(_long(CALLS), {"papers": "closing"}))
    for path in sheet(CALLS):
        if path.startswith("steps.papers"):
            assert pair(found, path) == path.replace("papers", "closing", 1)


def test_a_branch_and_its_steps_are_known_by_theirs() -> None:
    new = deepcopy(CALLS)
    parallel = new["steps"]["papers"]["parallel"]
    parallel["lawyers"] = parallel.pop("legal")
    found = matched(CALLS, new)
    assert pair(found, "steps.papers.parallel.legal") == "steps.papers.parallel.lawyers"
    assert pair(found, "steps.papers.parallel.legal.steps.draft.next.done") == (
        "steps.papers.parallel.lawyers.steps.draft.next.done"
    )


PEOPLE: Data = {
    "departments": {
        "sales": {"roles": {"ae": {"people": 5, "cost_per_hour": 90}, "sdr": {"people": 2}}},
        "law": {"people": 2},
    },
    "data": {
        "amount": {"type": "money"},
        "region": {"type": "choice", "values": ["dach", "amer"]},
        "contract": {"type": "document"},
    },
    "stages": {"lead": {"win_chance": "5%"}, "offer": {"win_chance": "50%"}},
    "touchpoints": {"to_law": {"from": "sales", "to": "law", "requires": ["amount"]}},
    "policies": {"once": {"at_most_once": "offer"}},
    "objectives": {"rate": {"measure": "win_rate", "at_least": "20%"}},
    "calendars": {"eu": {"timezone": "Europe/Berlin", "hours": {"mon-fri": "09:00-18:00"}}},
}
FULL: Data = flow(
    {
        "call": {"by": "sdr", "stage": "lead", "captures": ["amount"], "next": "offer"},
        "offer": {
            "by": "ae",
            "stage": "offer",
            "requires": ["amount"],
            "captures": ["region"],
            "next": "sign",
        },
        "sign": {"by": "law", "captures": ["contract"], "next": {"good": "won", "bad": "lost"}},
    },
    **PEOPLE,
)


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("departments.sales", "revenue"),
        ("departments.law", "legal"),
        ("departments.sales.roles.ae", "closer"),
        ("data.amount", "volume"),
        ("data.region", "territory"),
        ("data.contract", "paper"),
        ("stages.lead", "first"),
        ("sources.inbound", "web"),
        ("outcomes.lost", "gone"),
        ("touchpoints.to_law", "papers"),
        ("policies.once", "not_twice"),
        ("objectives.rate", "wins"),
        ("calendars.eu", "berlin"),
        ("steps.call", "first_call"),
        ("steps.sign.next.good", "signed"),
    ],
)
def test_every_kind_is_known_again_under_another_id(path: str, new: str) -> None:
    one = sheet(FULL)
    other = {_renamed(place, path, new): row for place, row in one.items()}
    old_id = path.rpartition(".")[2]
    other = {
        place: row._replace(
            parent=_renamed(row.parent, path, new), data=_said(row.data, old_id, new)
        )
        for place, row in other.items()
    }
    found = match(one, other)
    assert found.new_of == {place: _renamed(place, path, new) for place in one}
    assert match(other, one) == found.mirrored()


def _renamed(place: str, path: str, new: str) -> str:
    changed_path = f"{path.rpartition('.')[0]}.{new}"
    if place == path or place.startswith(f"{path}."):
        return changed_path + place[len(path) :]
    return place


def _said(data: Any, old: str, new: str) -> Any:
    if isinstance(data, dict):
        return {
            _said(key, old, new): value if key == "kind" else _said(value, old, new)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [_said(value, old, new) for value in data]
    return new if data == old else data


def test_a_name_that_people_read_says_more_than_an_id() -> None:
    step: Data = {"name": "First talk", "by": "sdr", "next": "won"}
    other: Data = {"name": "Proof of concept", "by": "ae", "next": "won"}
    old = flow({"start": {"next": {"a": "one", "b": "two"}}, "one": step, "two": other})
    new = flow({"start": {"next": {"a": "zwei", "b": "eins"}}, "eins": step, "zwei": other})
    found = matched(old, new)
    assert pair(found, "steps.one") == "steps.eins"
    assert pair(found, "steps.two") == "steps.zwei"


def test_lists_that_are_sets_have_no_order() -> None:
    one = sheet(FULL)
    other = dict(one)
    row = one["data.region"]
    other["data.region"] = row._replace(data={**row.data, "values": ["amer", "dach"]})
    assert match(one, other) == match(other, one).mirrored() == match(one, one)


def test_two_renames_side_by_side_help_each_other() -> None:
    names = {"call": "ring", "offer": "quote", "sign": "ink"}
    full = changed(FULL, "policies", to={})
    found = matched(full, renamed(_long(full), names))
    for old, new in names.items():
        assert pair(found, f"steps.{old}") == f"steps.{new}"


def test_a_process_that_is_run_is_known_again(tmp_path: Any) -> None:
    inner: Data = {
        "salesflow": 1,
        "process": "credit",
        "sources": {"in": {"start": "ask"}},
        "steps": {"ask": {"next": {"good": "okay", "bad": "nope"}}},
        "outcomes": {"okay": {"kind": "done"}, "nope": {"kind": "failed"}},
    }
    sheets = []
    for name in ("credit", "solvency"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "salesflow.toml").write_text("")
        (folder / "inner.salesflow.yaml").write_text(sf.dumps(sf.load({**inner, "process": name})))
        main = flow({"check": {"run": name, "next": {"okay": "won", "nope": "lost"}}})
        main["use"] = ["inner.salesflow.yaml"]
        file = folder / "main.salesflow.yaml"
        from salesflow.source.write import emit

        file.write_text(emit(main))
        sheets.append(sheet_of(sf.load(file)))
    found = match(*sheets)
    assert found.new_of == {path: path.replace("credit", "solvency") for path in sheets[0]}


# ------------------------------------------------------------------------------- laws


@given(processes(), processes())
@settings(max_examples=60)
def test_any_two_processes(one: Data, other: Data) -> None:
    old, new = sheet(one), sheet(other)
    found = match(old, new)
    _sane(found, old, new)
    assert match(new, old) == found.mirrored()


@given(families(), families())
@settings(max_examples=30)
def test_any_two_families(tmp_path_factory: Any, one: Any, other: Any) -> None:
    from salesflow.source.write import emit

    sheets = []
    for family in (one, other):
        folder = tmp_path_factory.mktemp("family")
        (folder / "salesflow.toml").write_text("")
        for name, data in family.items():
            (folder / name).write_text(emit(data))
        sheets.append(sheet_of(sf.load(folder / "main.salesflow.yaml")))
    old, new = sheets
    found = match(old, new)
    _sane(found, old, new)
    assert match(new, old) == found.mirrored()


def _sane(found: Matching, old: Sheet, new: Sheet) -> None:
    assert found.matches["process"] == Match("process", "process")
    assert list(found.matches) == [path for path in new if path in found.matches]
    assert len(found.new_of) == len(found.matches)
    for path, one in found.matches.items():
        assert path == one.new
        assert old[one.old].what == new[path].what
        assert 0 < one.confidence <= 1
        assert one.confidence == round(one.confidence, 2)
        if old[one.old].what == "result":
            assert found.old_of[new[path].parent] == old[one.old].parent
        if one.old != path and one.old.rpartition(".")[2] != path.rpartition(".")[2]:
            assert one.announced or one.confidence < 1
    for path in old.keys() & new.keys():
        if found.new_of.get(old[path].parent) == new[path].parent and "was" not in old[path].data:
            same = old[path].what == new[path].what and "was" not in new[path].data
            assert not same or found.new_of[path] == path


@given(sound_processes(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_keys_means_nothing(data: Data, random: Random) -> None:
    new = renamed(data, {name: f"x{name}" for name in list(data["steps"])[::2]})
    found = match(sheet(data), sheet(new))
    assert match(sheet(_shuffled(data, random)), sheet(_shuffled(new, random))) == found


def _shuffled(data: Any, random: Random) -> Any:
    if not isinstance(data, dict):
        return data
    keys = list(data)
    random.shuffle(keys)
    return {key: _shuffled(data[key], random) for key in keys}


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_edits_of_all_kinds_keep_the_laws(seed: int) -> None:
    random = Random(seed)
    old = process(30, random)
    new = _edited(old, random)
    one, other = sheet(old), sheet(new)
    found = match(one, other)
    _sane(found, one, other)
    assert match(other, one) == found.mirrored()


def _edited(data: Data, random: Random) -> Data:
    names = random.sample(sorted(data["steps"]), 6)
    new = renamed(data, {name: f"x{name}" for name in names[:3]})
    for name in names[3:]:
        touch(new, name, random)
    insert(new, "extra", names[-1], random)
    if random.random() < 0.5:
        new["steps"]["extra"]["was"] = names[0]
    remove(new, names[3])
    return new


# ------------------------------------------------------------------------------- how well


@pytest.mark.parametrize("seed", [1, 2])
def test_renames_among_a_thousand_steps_are_found(seed: int) -> None:
    """5% renamed without a word, their neighbours changed too, others removed and added."""
    random = Random(seed)
    old = process(1_000, random)
    chosen = random.sample(sorted(old["steps"]), 50)
    names = {name: f"other_{number}" for number, name in enumerate(chosen)}
    new = renamed(old, names)
    for name in names.values():
        touch(new, name, random)
        for other in neighbours(new, name):
            if random.random() < 0.5:
                touch(new, other, random)
    for name in random.sample(sorted(new["steps"].keys() & old["steps"].keys()), 20):
        remove(new, name)
    for number in range(20):
        insert(new, f"extra_{number}", random.choice(sorted(new["steps"])), random)
    told = dict(_told(match(sheet(old), sheet(new))))
    right = {old for old, new in told.items() if names.get(old) == new}
    assert len(right) >= 0.97 * len(names)
    assert len(right) >= 0.97 * len(told)


def _told(found: Matching) -> Iterator[tuple[str, str]]:
    for old, new in found.new_of.items():
        if old != new and old.startswith("steps.") and old.count(".") == 1:
            yield old[6:], new[6:]


def test_all_names_of_a_large_process_change() -> None:
    random = Random(3)
    old = process(300, random)
    names = {name: f"other_{number}" for number, name in enumerate(sorted(old["steps"]))}
    told = dict(_told(match(sheet(old), sheet(renamed(old, names)))))
    assert sum(names[old] == new for old, new in told.items()) >= 0.97 * len(names)


# ------------------------------------------------------------------------------- hostile


def _row(names: list[str]) -> Data:
    following = [*names[1:], "won"]
    return flow(
        {name: {"next": {"go": {"to": to}}} for name, to in zip(names, following, strict=True)}
    )


def test_a_long_row_of_equal_steps_is_told_from_its_ends() -> None:
    old = [f"a{n:03d}" for n in range(300)]
    new = [f"z{n * 7 % 300:03d}" for n in range(300)]
    found = matched(_row(old), _row(new))
    assert [pair(found, f"steps.{name}") for name in old] == [f"steps.{name}" for name in new]


def _threads(names: list[str]) -> Data:
    return flow(
        {
            "split": {"next": {"go": {"to": names}}},
            **{name: {"next": "meet"} for name in names},
            "meet": {"wait_for": names, "next": "won"},
        }
    )


@pytest.mark.parametrize("count", [3, 40])
def test_threads_all_alike(count: int) -> None:
    old = [f"a{n:02d}" for n in range(count)]
    new = [f"z{n:02d}" for n in range(count)]
    found = matched(_threads(old), _threads(new))
    unsure = [one for one in found.matches.values() if one.confidence < 1]
    assert all(one.confidence < 0.7 for one in unsure)


def test_nothing_in_common() -> None:
    new = flow({"x": {"run": "r"}} | {"z": {"by": "q", "next": {"u": "lost"}}})
    new["steps"].pop("x")
    new["sources"] = {"other": {"start": "z", "cost": 9}}
    new["process"] = "else"
    found = matched(FULL, new)
    assert "steps.z" not in found.old_of
    assert "sources.other" not in found.old_of
