"""Variants laid over their base: what merges, what is replaced, and every way to miss."""

from textwrap import dedent
from typing import Any

import pytest

from salesflow.findings import Finding
from salesflow.schema.expand import expand
from salesflow.schema.overlay import overlay
from salesflow.source.located import Map, Seq, key_span, value_span
from salesflow.source.read import read

BASE = """\
salesflow: 1
process: smb
name: Small deals
version: 1.0.0
departments: {sales: {roles: {rep: {people: 3}}}, desk: {people: 2}}
stages: {early: {win_chance: 10%, crm: {salesforce: Early, hubspot: early}}}
sources:
  inbound:
    start: call
    arrivals: 30 per week
    gives: {amount: {median: 3000, p90: 9000}, region: {NORTH: 50%, SOUTH: rest}}
steps:
  call:
    by: rep
    effort: {min: 1h, usual: 2h, max: 4h}
    requires: [company]
    captures: [need, budget]
    sla: {within: 1bd, target: 90%}
    next: {interested: {to: papers, share: 40%}, not_a_fit: {to: lost, share: rest, set: {why: a}}}
  papers:
    parallel:
      legal: {steps: {draft: {by: desk, next: done}}}
      credit: {steps: {score: {next: {fine: done, bad: leave}}}}
    join: {at_least: 1}
    next: {done: won, bad: lost}
outcomes: {won: {kind: won}, lost: {kind: lost}}
locked: [steps.papers.parallel.legal]
objectives: {wins: {measure: win_rate, at_least: 20%}}
"""


def document(text: str, file: str) -> Map:
    """The data of a text that has nothing wrong with it."""
    reading = read(dedent(text), file)
    assert reading.findings == ()
    assert reading.data is not None
    return reading.data


def plain(value: Any) -> Any:
    """Located data as ordinary dicts and lists."""
    if isinstance(value, Map):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(item) for item in value] if isinstance(value, Seq) else value


def laid(body: str, *, kind: str = "variant") -> tuple[Map, tuple[Finding, ...]]:
    """BASE with a variant over it, whose ``change`` begins in line 5."""
    text = f"salesflow: 1\n{kind}: south\nof: base.yaml\n{dedent(body)}"
    base = expand(document(BASE, "base.yaml"))
    before = plain(base)
    result = overlay(base, document(text, "south.yaml"), binds_locks=kind == "variant")
    assert plain(base) == before
    return result


def changed(key: str, value: str) -> Any:
    """BASE as plain data with one change, which finds nothing."""
    data, findings = laid(f"change:\n  {key}: {value}\n")
    assert findings == ()
    return plain(data)


def shown(findings: tuple[Finding, ...]) -> list[str]:
    """Findings as text: place, rule, path, message, help and related place."""
    return [
        f"{f.file}:{f.line}:{f.column}: {f.rule} at {f.path}: {f.message} {f.help}"
        + "".join(f" [{r.path} {r.span.file}:{r.span.line}]" for r in f.related)
        for f in findings
    ]


def found(body: str, *, kind: str = "variant") -> list[str]:
    """What is found in a variant, as text."""
    return shown(laid(body, kind=kind)[1])


class TestMerging:
    """Maps of ids and elements merge."""

    def test_an_element_keeps_what_is_not_changed(self) -> None:
        call = changed("steps.call", "{by: desk, stage: early}")["steps"]["call"]
        assert call["by"] == "desk"
        assert call["stage"] == "early"
        assert call["sla"] == {"within": "1bd", "target": "90%"}

    def test_dotted_and_nested_say_the_same(self) -> None:
        dotted = changed("steps.call.next.interested.share", "30%")
        assert dotted == changed("steps", "{call: {next: {interested: {share: 30%}}}}")
        assert dotted == changed("steps.call", "{next: {interested: {share: 30%}}}")
        assert dotted == changed("steps", "{call.next.interested.share: 30%}")
        assert dotted == changed("steps", "{call.next: {interested.share: 30%}}")
        assert dotted["steps"]["call"]["next"]["interested"] == {"to": "papers", "share": "30%"}

    def test_a_new_element_comes_to_the_others(self) -> None:
        steps = changed("steps.visit", "{by: rep, next: papers}")["steps"]
        assert list(steps) == ["call", "papers", "visit"]
        assert steps["visit"] == {"by": "rep", "next": {"done": {"to": "papers"}}}

    def test_a_short_form_of_a_result_keeps_its_share(self) -> None:
        results = changed("steps.call.next.interested", "won")["steps"]["call"]["next"]
        assert results["interested"] == {"to": "won", "share": "40%"}

    def test_a_short_next_is_one_more_result(self) -> None:
        results = changed("steps.call.next", "won")["steps"]["call"]["next"]
        assert list(results) == ["interested", "not_a_fit", "done"]

    def test_a_branch_comes_to_the_others(self) -> None:
        papers = changed("steps.papers.parallel.works", "{steps: {a: {next: done}}}")["steps"]
        branches = papers["papers"]["parallel"]
        assert list(branches) == ["legal", "credit", "works"]
        assert branches["works"]["steps"]["a"]["next"] == {"done": {"to": "done"}}

    def test_a_step_deep_in_a_branch(self) -> None:
        data = changed("steps.papers.parallel.credit.steps.score.next.fine", "{at_most: 1}")
        score = data["steps"]["papers"]["parallel"]["credit"]["steps"]["score"]
        assert score["next"]["fine"] == {"to": "done", "at_most": 1}

    def test_fields_merge_one_by_one(self) -> None:
        gives = changed("sources.inbound.gives", "{region: {NORTH: 100%}, c: filled}")["sources"]
        assert gives["inbound"]["gives"] == {
            "amount": {"median": 3000, "p90": 9000},
            "region": {"NORTH": "100%"},
            "c": "filled",
        }
        result = changed("steps.call.next.not_a_fit.set", "{other: 3}")["steps"]["call"]["next"]
        assert result["not_a_fit"]["set"] == {"why": "a", "other": 3}

    def test_names_in_the_crm_merge(self) -> None:
        stages = changed("stages.early", "{crm: {hubspot: new}}")["stages"]
        assert stages["early"]["crm"] == {"salesforce": "Early", "hubspot": "new"}

    def test_people_are_changed_like_steps(self) -> None:
        data = changed("departments.sales.roles.rep.people", "4")
        assert data["departments"]["sales"] == {"roles": {"rep": {"people": 4}}}

    def test_an_empty_map_adds_an_element_and_never_empties_one(self) -> None:
        roles = changed("departments.sales.roles.boss", "{}")["departments"]["sales"]["roles"]
        assert roles == {"rep": {"people": 3}, "boss": {}}
        assert changed("steps.call", "{}") == changed("version", "1.0.0")


class TestReplacing:
    """Values, lists and scalars are replaced whole."""

    @pytest.mark.parametrize(
        ("key", "value", "expected"),
        [
            ("steps.call.effort", "{mean: 3h}", {"mean": "3h"}),
            ("steps.call.sla", "{within: 2bd}", {"within": "2bd"}),
            ("steps.call.requires", "[name]", ["name"]),
            ("steps.call.captures", "[name]", ["name"]),
            ("steps.papers.join", "all", "all"),
            ("sources.inbound.arrivals", "{every: 1w, batch: 3}", {"every": "1w", "batch": 3}),
            ("sources.inbound.arrivals", "9 per day", {"rate": "9 per day"}),
            ("sources.inbound.gives.amount", "{mean: 5}", {"mean": 5}),
            ("x-note", "{a: b}", {"a": "b"}),
        ],
    )
    def test_whole(self, key: str, value: str, expected: Any) -> None:
        node = changed(key, value)
        for part in key.split("."):
            node = node[part]
        assert node == expected

    def test_a_dotted_key_reaches_into_a_value(self) -> None:
        assert changed("steps.call.sla.within", "2bd")["steps"]["call"]["sla"] == {
            "within": "2bd",
            "target": "90%",
        }
        arrivals = changed("sources.inbound.arrivals.rate", "9 per day")["sources"]["inbound"]
        assert arrivals["arrivals"] == {"rate": "9 per day"}

    def test_a_list_of_captures_is_joined_by_a_map_of_captures(self) -> None:
        for key, value in (
            ("steps.call.captures", "{budget: {mean: 3}}"),
            ("steps.call.captures.budget", "{mean: 3}"),
        ):
            captures = changed(key, value)["steps"]["call"]["captures"]
            assert captures == {"need": "filled", "budget": {"mean": 3}}


class TestRemoving:
    """``remove`` takes elements, results, keys and fields away."""

    @pytest.mark.parametrize(
        "path",
        [
            "steps.call.next.interested",
            "steps.call.sla",
            "steps.call.sla.target",
            "steps.papers.parallel.credit",
            "outcomes.lost",
            "sources.inbound.gives.region",
            "objectives",
        ],
    )
    def test_it_is_gone_and_nothing_else(self, path: str) -> None:
        data, findings = laid(f"remove: [{path}]\n")
        expected = plain(laid("")[0])
        *way, last = path.split(".")
        node = expected
        for part in way:
            node = node[part]
        del node[last]
        assert findings == ()
        assert plain(data) == expected

    def test_one_field_of_a_list_of_captures(self) -> None:
        data, findings = laid("remove: [steps.call.captures.need]\n")
        assert findings == ()
        assert plain(data)["steps"]["call"]["captures"] == {"budget": "filled"}


class TestTheResult:
    """Whose id, words, locks and places."""

    def test_it_has_the_id_and_words_of_the_variant(self) -> None:
        data, findings = laid("name: South\nversion: 1.1.0\n")
        assert findings == ()
        assert (data["process"], data["name"], data["version"]) == ("south", "South", "1.1.0")
        assert value_span(data, "process")[:3] == ("south.yaml", 2, 10)
        assert "variant" not in data
        assert "of" not in data

    def test_words_it_does_not_give_are_those_of_the_base(self) -> None:
        data, _ = laid("")
        assert (data["name"], data["version"]) == ("Small deals", "1.0.0")

    def test_its_locks_come_to_those_of_the_base_and_bind_it_not(self) -> None:
        data, findings = laid("locked: [steps.call]\nchange: {steps.call.by: desk}\n")
        assert findings == ()
        assert plain(data["locked"]) == ["steps.papers.parallel.legal", "steps.call"]
        assert value_span(data["locked"], 0)[:2] == ("base.yaml", 27)
        assert value_span(data["locked"], 1)[:2] == ("south.yaml", 4)

    def test_a_lock_said_twice_is_one_lock(self) -> None:
        data, _ = laid("locked: [steps.papers.parallel.legal]\n")
        assert plain(data["locked"]) == ["steps.papers.parallel.legal"]

    def test_locks_of_a_base_without_any(self) -> None:
        base = document("salesflow: 1\nprocess: p\nsteps: {a: {}}\n", "base.yaml")
        variant = document("salesflow: 1\nvariant: v\nof: p\nlocked: [steps.a]\n", "v.yaml")
        data, _ = overlay(base, variant, binds_locks=True)
        assert plain(data["locked"]) == ["steps.a"]

    def test_what_a_scenario_expects_are_objectives(self) -> None:
        data, findings = laid(
            "expect: {wins: {measure: win_rate, at_least: 25%}, load: {measure: stuck}}\n",
            kind="scenario",
        )
        assert findings == ()
        assert plain(data["objectives"]) == {
            "wins": {"measure": "win_rate", "at_least": "25%"},
            "load": {"measure": "stuck"},
        }
        assert key_span(data["objectives"], "wins").file == "south.yaml"

    def test_expectations_over_a_base_without_objectives(self) -> None:
        base = document("salesflow: 1\nprocess: p\n", "base.yaml")
        scenario = document("salesflow: 1\nscenario: s\nof: p\nexpect: {a: {}}\n", "s.yaml")
        assert plain(overlay(base, scenario, binds_locks=False)[0]["objectives"]) == {"a": {}}

    def test_each_part_stands_where_it_was_written(self) -> None:
        data, _ = laid(
            """\
            change:
              steps.call.sla.within: 2bd
              steps.call.next.interested: {share: 30%}
              steps.visit: {next: won}
            """
        )
        call = data["steps"]["call"]
        places = [
            key_span(data["steps"], "call"),
            key_span(call, "by"),
            key_span(call, "sla"),
            value_span(call["sla"], "within"),
            value_span(call["sla"], "target"),
            value_span(call["next"]["interested"], "to"),
            value_span(call["next"]["interested"], "share"),
            key_span(data["steps"], "visit"),
            value_span(data["steps"]["visit"]["next"]["done"], "to"),
        ]
        assert [f"{span.file}:{span.line}:{span.column}" for span in places] == [
            "base.yaml:13:3",
            "base.yaml:14:5",
            "base.yaml:18:5",
            "south.yaml:5:26",
            "base.yaml:18:32",
            "base.yaml:19:29",
            "south.yaml:6:39",
            "south.yaml:7:3",
            "south.yaml:7:23",
        ]


class TestNothingThere:
    """A path that leads nowhere is found, with what was probably meant."""

    @pytest.mark.parametrize(
        ("key", "value", "expected"),
        [
            (
                "steps.cal.sla",
                "{within: 2bd}",
                "steps.cal.sla: `steps` has no `cal`, so this change hits nothing. "
                "Did you mean `call`?",
            ),
            (
                "steps.visit.sla",
                "{within: 2bd}",
                "steps.visit.sla: `steps` has no `visit`, so this change hits nothing. "
                "It has `call` and `papers`. To add `visit`, write `steps.visit: {…}`.",
            ),
            (
                "steps.papers.sla.within",
                "2bd",
                "steps.papers.sla.within: `steps.papers` has no `sla`, so this change hits "
                "nothing. It has `join`, `next` and `parallel`. "
                "To add `sla`, write `steps.papers.sla: {…}`.",
            ),
            (
                "steps.call.by.person",
                "x",
                "steps.call.by.person: `steps.call.by` is a single value and has no `person`, "
                "so this change hits nothing. Change it as a whole: `steps.call.by: …`.",
            ),
            (
                "steps.call.requires.company",
                "x",
                "steps.call.requires.company: `steps.call.requires` is a list and has no "
                "`company`, so this change hits nothing. "
                "Change it as a whole: `steps.call.requires: …`.",
            ),
            (
                "call.sla",
                "{within: 2bd}",
                "call.sla: `smb` has no `call`, so this change hits nothing. "
                "Write `steps.call.sla`.",
            ),
            (
                "call.interested.share",
                "50%",
                "call.interested.share: `smb` has no `call`, so this change hits nothing. "
                "Write `steps.call.next.interested.share`.",
            ),
            (
                "papers.credit.score.bad",
                "leave",
                "papers.credit.score.bad: `smb` has no `papers`, so this change hits nothing. "
                "Write `steps.papers.parallel.credit.steps.score.next.bad`.",
            ),
            (
                "rep.people",
                "4",
                "rep.people: `smb` has no `rep`, so this change hits nothing. "
                "Write `departments.sales.roles.rep.people`.",
            ),
            (
                "desk.people",
                "4",
                "desk.people: `smb` has no `desk`, so this change hits nothing. "
                "Write `departments.desk.people`.",
            ),
            (
                "lost.kind.x",
                "lost",
                "lost.kind.x: `smb` has no `lost`, so this change hits nothing. "
                "It has `departments`, `locked`, `name`, `objectives`, `outcomes`, `process`, "
                "`salesflow`, `sources` and 3 more. To add `lost`, write `lost: {…}`.",
            ),
            (
                "call.visit.share",
                "4",
                "call.visit.share: `smb` has no `call`, so this change hits nothing. "
                "It has `departments`, `locked`, `name`, `objectives`, `outcomes`, `process`, "
                "`salesflow`, `sources` and 3 more. To add `call`, write `call: {…}`.",
            ),
        ],
    )
    def test_a_change(self, key: str, value: str, expected: str) -> None:
        data, findings = laid(f"change:\n  {key}: {value}\n")
        assert shown(findings) == [f"south.yaml:5:3: change-hits-nothing at {expected}"]
        assert findings[0].family == "variants"
        assert findings[0].severity == "error"
        assert plain(data) == plain(laid("")[0])

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            (
                "steps.cal",
                "steps.cal: `steps` has no `cal`, so this removal hits nothing. "
                "Did you mean `call`?",
            ),
            (
                "call.interested",
                "call.interested: `smb` has no `call`, so this removal hits nothing. "
                "Write `steps.call.next.interested`.",
            ),
            (
                "steps.call.captures.other",
                "steps.call.captures.other: `steps.call.captures` is a list and has no "
                "`other`, so this removal hits nothing. "
                "Change it as a whole: `steps.call.captures: …`.",
            ),
            (
                "steps.call.timeout",
                "steps.call.timeout: `steps.call` has no `timeout`, so this removal hits "
                "nothing. It has `by`, `captures`, `effort`, `next`, `requires` and `sla`.",
            ),
        ],
    )
    def test_a_removal(self, path: str, expected: str) -> None:
        data, findings = laid(f"remove: [{path}]\n")
        assert shown(findings) == [f"south.yaml:4:10: change-hits-nothing at {expected}"]
        assert plain(data) == plain(laid("")[0])

    @pytest.mark.parametrize(
        ("key", "word", "removal"),
        [
            ("steps.call.next.interested", "remove", "steps.call.next.interested"),
            ("steps.call.next.interested.to", "delete", "steps.call.next.interested"),
            ("steps.call", "remove", "steps.call"),
        ],
    )
    def test_a_word_is_no_removal(self, key: str, word: str, removal: str) -> None:
        data, findings = laid(f"change:\n  {key}: {word}\n")
        assert [(f.line, f.column, f.message, f.help) for f in findings] == [
            (
                5,
                len(key) + 5,
                f"`{word}` takes nothing out: it would be the new value.",
                f"Write `remove: [{removal}]` beside `change`, and leave this line out.",
            )
        ]
        assert plain(data) == plain(laid("")[0])

    def test_a_step_of_that_name_may_be_led_to(self) -> None:
        change = (
            "change:\n  steps.delete: {by: x, next: lost}\n  steps.call.next.interested: delete\n"
        )
        assert laid(change)[1] == ()

    def test_in_an_empty_map(self) -> None:
        assert found("change: {steps.papers.parallel.credit.steps.score: {effort: 1h}}\n") == []
        base = document("salesflow: 1\nprocess: p\nsteps: {a: {}}\n", "base.yaml")
        variant = document("salesflow: 1\nvariant: v\nremove: [steps.a.by]\n", "v.yaml")
        assert shown(overlay(base, variant, binds_locks=True)[1]) == [
            "v.yaml:3:10: change-hits-nothing at steps.a.by: `steps.a` has no `by`, so this "
            "removal hits nothing. It is empty."
        ]
        variant = document("salesflow: 1\nvariant: v\nremove: [steps.a.by.c]\n", "v.yaml")
        assert len(overlay(base, variant, binds_locks=True)[1]) == 1


class TestLocks:
    """What is locked, all below it, and all that holds it."""

    LEGAL = "steps.papers.parallel.legal"

    def expected(self, line: int, column: int, path: str, does: str, held: str = "") -> str:
        """The one finding for a crossed lock."""
        held = held or f"`{self.LEGAL}` is"
        return (
            f"south.yaml:{line}:{column}: locked-change at {path}: This {does} `{path}`, but "
            f"{held} locked in `smb`. Take the change back, or have the lock lifted by whoever "
            f"owns the process. [{self.LEGAL} base.yaml:27]"
        )

    def test_a_change_below(self) -> None:
        path = f"{self.LEGAL}.steps.draft.effort"
        body = f"change:\n  {path}: 1h\n"
        assert found(body) == [self.expected(5, 3, path, "changes")]
        assert found(body, kind="scenario") == []

    def test_a_change_in_nested_form_is_found_once_where_it_gets_there(self) -> None:
        body = "change:\n  steps.papers.parallel: {legal: {start: draft, when: a > 1, steps: {}}}\n"
        assert found(body) == [self.expected(5, 27, self.LEGAL, "changes", "it is")]

    def test_the_lock_says_nothing_about_its_neighbours(self) -> None:
        assert found("change:\n  steps.papers.parallel.works: {steps: {a: {next: done}}}\n") == []
        assert found("change:\n  steps.papers.parallel: {legal: {}}\n") == []
        assert found("change:\n  steps.papers: {join: all}\n") == []

    @pytest.mark.parametrize("path", ["steps", "steps.papers", "steps.papers.parallel"])
    def test_whoever_removes_what_holds_it_removes_it(self, path: str) -> None:
        assert found(f"remove: [{path}]\n") == [self.expected(4, 10, path, "removes")]
        assert found(f"change:\n  {path}: gone\n") == [self.expected(5, 3, path, "changes")]

    def test_a_removal_at_and_below(self) -> None:
        assert found(f"remove: [{self.LEGAL}]\n") == [
            self.expected(4, 10, self.LEGAL, "removes", "it is")
        ]
        path = f"{self.LEGAL}.steps.draft"
        assert found(f"remove: [{path}]\n") == [self.expected(4, 10, path, "removes")]

    def test_locks_cannot_be_changed_away(self) -> None:
        hint = "A lock is lifted where it stands; a `locked:` at the top of a variant adds to them."
        assert found("change: {locked: []}\n") == [
            f"south.yaml:4:10: schema at locked: `locked` cannot be changed by a variant. {hint}"
        ]
        assert found("remove: [locked]\n", kind="scenario") == [
            f"south.yaml:4:10: schema at locked: `locked` cannot be changed by a scenario. {hint}"
        ]


class TestContradictions:
    """Two changes of one place, and changes of what is removed."""

    def test_a_path_and_one_below_it(self) -> None:
        body = """\
        change:
          steps.call.sla.within: 2bd
          steps.call: {by: desk}
        """
        assert found(body) == [
            "south.yaml:6:3: schema at steps.call: `steps.call` and `steps.call.sla.within` "
            "change the same place. Write it as one change. "
            "[steps.call.sla.within south.yaml:5]"
        ]

    def test_also_where_they_are_nested(self) -> None:
        body = "change:\n  steps.call: {sla.within: 2bd, sla: {within: 1bd}}\n"
        assert found(body) == [
            "south.yaml:5:33: schema at steps.call.sla: `steps.call.sla` and "
            "`steps.call.sla.within` change the same place. Write it as one change. "
            "[steps.call.sla.within south.yaml:5]"
        ]
        body = "change:\n  steps: {call: {sla: {within: 1bd}}}\n  steps.call.sla.within: 2bd\n"
        assert found(body) == [
            "south.yaml:6:3: schema at steps.call.sla.within: `steps.call.sla` and "
            "`steps.call.sla.within` change the same place. Write it as one change. "
            "[steps.call.sla south.yaml:5]"
        ]

    def test_a_nested_map_is_no_change_of_its_own(self) -> None:
        body = """\
        change:
          steps: {visit: {next: won}, call: {by: desk}, call.stage: early}
          steps.call.sla: {within: 2bd}
        """
        data, findings = laid(body)
        assert findings == ()
        call = plain(data)["steps"]["call"]
        assert (call["by"], call["stage"], call["sla"]) == ("desk", "early", {"within": "2bd"})

    def test_neighbours_do_not_contradict_each_other(self) -> None:
        body = """\
        change:
          steps.call.next.interested.share: 30%
          steps.call.next.inter: won
          steps.call_back: {next: won}
          steps.call.sla: {within: 2bd}
        """
        assert found(body) == []

    @pytest.mark.parametrize("path", ["steps.call", "steps.call.sla", "steps.call.sla.target"])
    def test_changing_what_is_removed(self, path: str) -> None:
        body = f"remove: [{path}]\nchange:\n  steps.call: {{sla: {{within: 2bd}}, by: desk}}\n"
        assert found(body)[0] == (
            "south.yaml:6:16: schema at steps.call.sla: `steps.call.sla` is changed, and "
            f"`{path}` is removed. Do one of the two. [{path} south.yaml:4]"
        )

    def test_removing_twice(self) -> None:
        assert found("remove: [steps.call.sla.target, steps.call.sla]\n") == [
            "south.yaml:4:33: schema at steps.call.sla: `steps.call.sla.target` goes with "
            "`steps.call.sla`, which is removed too. Remove it once. "
            "[steps.call.sla.target south.yaml:4]"
        ]
        data, _ = laid("remove: [steps.call.sla.target, steps.call.sla]\n")
        assert "sla" not in data["steps"]["call"]

    def test_the_id_and_the_language_stay(self) -> None:
        assert [line.split(": ")[1] for line in found("change: {process: x, salesflow: 2}\n")] == [
            "schema at process",
            "schema at salesflow",
        ]

    def test_a_path_has_a_limit(self) -> None:
        path = ".".join(["steps", *["a"] * 64])
        assert found(f"change: {{{path}: 1}}\n") == [
            "south.yaml:4:10: limit-exceeded at : This path has more than 64 parts. "
        ]
