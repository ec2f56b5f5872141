"""A file with all that it uses and is of, and everything wrong in any of them."""

from textwrap import dedent
from typing import Any

import pytest

from salesflow.findings import Finding, syntax_finding
from salesflow.schema.assemble import MOST_DEPTH, Assembly, assemble
from salesflow.schema.assemble import __name__ as room
from salesflow.source.located import Map, Seq, key_span
from salesflow.source.read import Reading, read
from salesflow.spans import NOWHERE

ORGANIZATION = """\
salesflow: 1
organization: acme
currency: EUR
calendars: {emea: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}}}
departments:
  sales: {calendar: emea, roles: {rep: {people: 3}}}
data:
  amount: {type: money}
"""

PROCESS = """\
salesflow: 1
process: smb
use: [acme.yaml]
sources: {inbound: {start: call}}
steps:
  call: {by: rep, next: {interested: demo, gone: lost}}
  demo: {by: rep, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
locked: [steps.call]
"""

SUB = """\
salesflow: 1
process: procurement
sources: {request: {start: form}}
steps: {form: {next: {ok: approved, gone: refused}}}
outcomes: {approved: {kind: done}, refused: {kind: failed}}
"""

VARIANT = """\
salesflow: 1
variant: south
of: smb.yaml
change:
  steps.demo.effort: 1h
"""


class Files:
    """Files by name; remembers which were read."""

    def __init__(self, **texts: str) -> None:
        """Name the files without their ending."""
        self.texts = {f"{name}.yaml": dedent(text) for name, text in texts.items()}
        self.read: list[str] = []

    def __call__(self, reference: str, relative_to: str) -> Reading | Finding:
        """Read a file as ``assemble`` wants it."""
        assert relative_to in self.texts
        if reference not in self.texts:
            return syntax_finding("unknown-name", NOWHERE, f"There is no file `{reference}`.")
        self.read.append(reference)
        return read(self.texts[reference], reference)

    def assembled(self, name: str) -> Assembly:
        """The assembly of one of the files."""
        return assemble(read(self.texts[f"{name}.yaml"], f"{name}.yaml"), read=self)


def plain(value: Any) -> Any:
    """Located data as ordinary dicts and lists."""
    if isinstance(value, Map):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(item) for item in value] if isinstance(value, Seq) else value


def shown(assembly: Assembly) -> list[str]:
    """Findings as text: place, rule, path, message, help and related place."""
    return [
        f"{f.file}:{f.line}:{f.column}: {f.rule} at {f.path}: {f.message} {f.help}".rstrip()
        + "".join(f" [{r.path} {r.span.file}:{r.span.line}]" for r in f.related)
        for f in assembly.findings
    ]


class TestProcess:
    """A process with its organization and what it runs."""

    def test_alone(self) -> None:
        assembly = Files(sub=SUB).assembled("sub")
        assert shown(assembly) == []
        assert (assembly.kind, assembly.id, assembly.file) == ("process", "procurement", "sub.yaml")
        assert dict(assembly.runs) == {}
        assert assembly.base is None
        assert list(assembly.readings) == ["sub.yaml"]
        assert assembly.data["steps"]["form"]["next"]["ok"] == {"to": "approved"}

    def test_its_organization_is_merged_in_with_its_places(self) -> None:
        assembly = Files(acme=ORGANIZATION, smb=PROCESS).assembled("smb")
        assert shown(assembly) == []
        data = assembly.data
        assert data["currency"] == "EUR"
        assert list(data["departments"]) == ["sales"]
        assert key_span(data, "departments")[:3] == ("acme.yaml", 5, 1)
        assert key_span(data["departments"], "sales")[:3] == ("acme.yaml", 6, 3)
        assert key_span(data["steps"], "call")[:3] == ("smb.yaml", 6, 3)
        assert sorted(assembly.readings) == ["acme.yaml", "smb.yaml"]

    def test_its_own_organization_keys_come_to_those_it_uses(self) -> None:
        own = PROCESS + "departments: {desk: {people: 1}}\ndata: {amount: {type: money}}\n"
        data = Files(acme=ORGANIZATION, smb=own).assembled("smb").data
        assert sorted(data["departments"]) == ["desk", "sales"]
        assert list(data["data"]) == ["amount"]

    def test_the_processes_it_uses_can_be_run(self) -> None:
        files = Files(
            acme=ORGANIZATION, sub=SUB, smb=PROCESS.replace("[acme.yaml]", "[sub.yaml, acme.yaml]")
        )
        assembly = files.assembled("smb")
        assert shown(assembly) == []
        assert list(assembly.runs) == ["procurement"]
        assert assembly.runs["procurement"].file == "sub.yaml"
        assert "departments" not in assembly.runs["procurement"].data

    def test_each_file_is_read_once(self) -> None:
        sub = SUB.replace("sources:", "use: [acme.yaml]\nsources:")
        process = PROCESS.replace("[acme.yaml]", "[sub.yaml, acme.yaml]")
        files = Files(acme=ORGANIZATION, sub=sub, smb=process, south=VARIANT)
        assembly = files.assembled("south")
        assert shown(assembly) == []
        assert sorted(assembly.readings) == ["acme.yaml", "smb.yaml", "south.yaml", "sub.yaml"]

    def test_an_organization_of_its_own(self) -> None:
        assembly = Files(acme=ORGANIZATION).assembled("acme")
        assert (assembly.kind, assembly.id) == ("organization", "acme")
        assert shown(assembly) == []


class TestWrongUse:
    """What ``use`` may not name."""

    @pytest.mark.parametrize(
        ("use", "expected"),
        [
            ("[none.yaml]", "3:7: unknown-name at use: There is no file `none.yaml`."),
            (
                "[t.yaml]",
                "3:7: schema at use: `use` lists organizations and processes, and `t.yaml` is a "
                "tests file.",
            ),
            (
                "[s.yaml]",
                "3:7: schema at use: `use` lists organizations and processes, and `s.yaml` is a "
                "scenario.",
            ),
            (
                "[sub.yaml, sub2.yaml]",
                "3:17: schema at use: `sub.yaml` and `sub2.yaml` are both called `procurement`. "
                "Rename one of the two processes, or use only one.",
            ),
            (
                "[smb.yaml]",
                "3:7: schema at use: `smb.yaml` refers to itself. "
                "Move what both need into a file of its own, best an organization.",
            ),
        ],
    )
    def test_it_is_found_at_the_reference(self, use: str, expected: str) -> None:
        files = Files(
            smb=PROCESS.replace("[acme.yaml]", use),
            sub=SUB,
            sub2=SUB,
            t="salesflow: 1\ntests: t\nof: sub.yaml\ncases: {a: {ends: approved}}\n",
            s="salesflow: 1\nscenario: s\nof: sub.yaml\n",
        )
        assert shown(files.assembled("smb")) == [f"smb.yaml:{expected}"]

    def test_a_circle_names_its_files(self) -> None:
        files = Files(
            a=SUB.replace("sources:", "use: [b.yaml]\nsources:"),
            b=SUB.replace("sources:", "use: [c.yaml]\nsources:").replace("procurement", "b"),
            c=SUB.replace("sources:", "use: [b.yaml]\nsources:").replace("procurement", "c"),
        )
        assert shown(files.assembled("a")) == [
            "c.yaml:3:7: schema at use: These files refer to each other in a circle: "
            "`b.yaml` → `c.yaml` → `b.yaml`. "
            "Move what both need into a file of its own, best an organization."
        ]

    def test_what_is_wrong_in_a_used_file_is_found_there(self) -> None:
        files = Files(acme=ORGANIZATION + "colour: red\n", smb=PROCESS)
        (finding,) = files.assembled("smb").findings
        assert (finding.rule, finding.file, finding.line) == ("unknown-key", "acme.yaml", 9)

    def test_a_file_that_says_nothing(self) -> None:
        files = Files(acme="", smb=PROCESS)
        assert {finding.file for finding in files.assembled("smb").findings} == {"acme.yaml"}


class TestContradictions:
    """The same thing declared twice."""

    def test_alike_is_fine(self) -> None:
        process = PROCESS.replace("[acme.yaml]", "[acme.yaml, other.yaml]")
        files = Files(acme=ORGANIZATION, other=ORGANIZATION, smb=process)
        assert shown(files.assembled("smb")) == []

    @pytest.mark.parametrize(
        ("own", "expected"),
        [
            (
                "currency: USD",
                "11: schema at currency: Amounts are in `USD` here and in `EUR` there: a process "
                "has one currency. Convert the amounts and drop one of the two. "
                "[currency acme.yaml:3]",
            ),
            (
                "departments: {sales: {people: 3}}",
                "15: schema at departments.sales: The department `sales` is declared twice, and "
                "not alike. Keep one of the two declarations. [departments.sales acme.yaml:6]",
            ),
            (
                "data: {amount: {type: number}}",
                "8: schema at data.amount: The field `amount` is declared twice, and not alike. "
                "Keep one of the two declarations. [data.amount acme.yaml:8]",
            ),
            (
                'calendars: {emea: {timezone: UTC, hours: {mon-fri: "09:00-18:00"}}}',
                "13: schema at calendars.emea: The calendar `emea` is declared twice, and not "
                "alike. Keep one of the two declarations. [calendars.emea acme.yaml:4]",
            ),
        ],
    )
    def test_differently_is_found(self, own: str, expected: str) -> None:
        files = Files(acme=ORGANIZATION, smb=f"{PROCESS}{own}\n")
        assert shown(files.assembled("smb")) == [f"smb.yaml:10:{expected}"]

    def test_in_two_organizations(self) -> None:
        process = PROCESS.replace("[acme.yaml]", "[acme.yaml, other.yaml]")
        other = ORGANIZATION.replace("people: 3", "people: 4")
        files = Files(acme=ORGANIZATION, other=other, smb=process)
        assert shown(files.assembled("smb")) == [
            "acme.yaml:6:3: schema at departments.sales: The department `sales` is declared "
            "twice, and not alike. Keep one of the two declarations. "
            "[departments.sales other.yaml:6]"
        ]


class TestVariant:
    """Variants of processes and of variants, scenarios."""

    def files(self, **texts: str) -> Files:
        """The usual files and some more."""
        return Files(
            **{"acme": ORGANIZATION, "smb": PROCESS, "sub": SUB, "south": VARIANT, **texts}
        )

    def test_it_amounts_to_a_process(self) -> None:
        assembly = self.files().assembled("south")
        assert shown(assembly) == []
        assert (assembly.kind, assembly.id, assembly.data["process"]) == ("variant", "south") + (
            "south",
        )
        assert assembly.data["steps"]["demo"]["effort"] == "1h"
        assert assembly.base is not None
        assert assembly.base.id == "smb"
        assert "effort" not in assembly.base.data["steps"]["demo"]

    def test_a_chain_of_variants(self) -> None:
        deep = """\
            salesflow: 1
            variant: deep
            of: south.yaml
            change: {steps.demo.wait: 1d, departments.sales.roles.rep.people: 4}
            """
        assembly = self.files(deep=deep).assembled("deep")
        assert shown(assembly) == []
        demo = plain(assembly.data["steps"]["demo"])
        assert (demo["effort"], demo["wait"]) == ("1h", "1d")
        assert assembly.data["departments"]["sales"]["roles"]["rep"]["people"] == 4
        assert assembly.base is not None
        assert assembly.base.base is not None
        assert assembly.base.base.data["departments"]["sales"]["roles"]["rep"]["people"] == 3

    def test_locks_of_the_process_and_of_variants_bind_what_follows(self) -> None:
        locking = VARIANT + "locked: [steps.demo]\n"
        deep = """\
            salesflow: 1
            variant: deep
            of: south.yaml
            change: {steps.demo.wait: 1d, steps.call.wait: 1d}
            """
        assembly = self.files(south=locking, deep=deep).assembled("deep")
        hint = "Take the change back, or have the lock lifted by whoever owns the process."
        assert shown(assembly) == [
            "deep.yaml:4:10: locked-change at steps.demo.wait: This changes `steps.demo.wait`, "
            f"but `steps.demo` is locked in `south`. {hint} [steps.demo south.yaml:6]",
            "deep.yaml:4:31: locked-change at steps.call.wait: This changes `steps.call.wait`, "
            f"but `steps.call` is locked in `south`. {hint} [steps.call smb.yaml:9]",
        ]
        assert all(finding.family == "variants" for finding in assembly.findings)

    def test_scenarios_are_not_bound(self) -> None:
        scenario = "salesflow: 1\nscenario: s\nof: south.yaml\nchange: {steps.call.wait: 1d}\n"
        assembly = self.files(s=scenario).assembled("s")
        assert shown(assembly) == []
        assert (assembly.kind, assembly.data["process"]) == ("scenario", "s")

    def test_what_a_change_says_is_judged_where_it_stands(self) -> None:
        variant = VARIANT + "  steps.demo.colour: red\n  steps.demo.next.buys: {at_most: some}\n"
        places = [
            (f.rule, f.path, f.file, f.line, f.column)
            for f in self.files(south=variant).assembled("south").findings
        ]
        assert places == [
            ("unknown-key", "steps.demo.colour", "south.yaml", 6, 3),
            ("schema", "steps.demo.next.buys.at_most", "south.yaml", 7, 35),
        ]

    def test_what_a_removal_leaves_undone_is_found_at_the_removal(self) -> None:
        variant = "salesflow: 1\nvariant: south\nof: smb.yaml\nremove: [outcomes.won.kind]\n"
        (finding,) = self.files(south=variant).assembled("south").findings
        assert (finding.rule, finding.path) == ("schema", "outcomes.won")
        assert (finding.file, finding.line, finding.column) == ("south.yaml", 4, 10)
        assert [(other.span.file, other.span.line) for other in finding.related] == [
            ("smb.yaml", 8)
        ]

    def test_it_may_use_more(self) -> None:
        variant = (
            VARIANT + "  use: [sub.yaml]\n  steps.buy: {run: procurement, next: {done: won}}\n"
        )
        assembly = self.files(south=variant).assembled("south")
        assert shown(assembly) == []
        assert list(assembly.runs) == ["procurement"]

    def test_a_process_may_run_a_variant(self) -> None:
        files = self.files(
            quick=VARIANT.replace("smb", "sub").replace("demo", "form").replace("south", "quick"),
            smb=PROCESS.replace("[acme.yaml]", "[acme.yaml, quick.yaml]"),
        )
        assembly = files.assembled("smb")
        assert shown(assembly) == []
        assert list(assembly.runs) == ["quick"]

    @pytest.mark.parametrize(
        ("of", "expected"),
        [
            ("none.yaml", ["unknown-name at of: There is no file `none.yaml`."]),
            (
                "acme.yaml",
                [
                    "schema at of: `of` names a process or a variant, and `acme.yaml` is an "
                    "organization."
                ],
            ),
            (
                "s.yaml",
                ["schema at of: `of` names a process or a variant, and `s.yaml` is a scenario."],
            ),
            (
                "south.yaml",
                [
                    "schema at of: `south.yaml` refers to itself. "
                    "At the end of `of` there has to be a process."
                ],
            ),
        ],
    )
    def test_of_names_a_process_or_a_variant(self, of: str, expected: list[str]) -> None:
        scenario = "salesflow: 1\nscenario: s\nof: smb.yaml\n"
        files = self.files(south=VARIANT.replace("smb.yaml", of), s=scenario)
        assembly = files.assembled("south")
        assert shown(assembly) == [f"south.yaml:3:5: {line}" for line in expected]
        assert (assembly.base, assembly.kind, assembly.id) == (None, "variant", "south")

    def test_a_base_that_is_no_variant_of_anything(self) -> None:
        deep = VARIANT.replace(": south", ": deep").replace("smb.yaml", "south.yaml")
        files = self.files(south=VARIANT.replace("smb.yaml", "none.yaml"), deep=deep)
        assert shown(files.assembled("deep")) == [
            "south.yaml:3:5: unknown-name at of: There is no file `none.yaml`."
        ]


class TestFollowing:
    """One mistake is found once, also where others depend on it."""

    def test_a_change_of_what_was_not_understood(self) -> None:
        process = PROCESS.replace("demo: {by: rep", "demo: {sla: soon, by: rep")
        files = Files(
            acme=ORGANIZATION,
            smb=process,
            south="salesflow: 1\nvariant: south\nof: smb.yaml\nchange: {steps.demo.sla.within: 1d}",
        )
        assert [(f.file, f.path) for f in files.assembled("south").findings] == [
            ("smb.yaml", "steps.demo.sla")
        ]

    def test_the_findings_of_base_and_variant_come_together(self) -> None:
        process = PROCESS.replace("demo: {by: rep", "demo: {colour: red, by: rep")
        variant = VARIANT + "  steps.dem.effort: 1h\n  steps.demo.size: 3\n"
        files = Files(acme=ORGANIZATION, smb=process, south=variant)
        assert [(f.file, f.line, f.path) for f in files.assembled("south").findings] == [
            ("smb.yaml", 7, "steps.demo.colour"),
            ("south.yaml", 6, "steps.dem.effort"),
            ("south.yaml", 7, "steps.demo.size"),
        ]


class TestLocksThatHoldNothing:
    """A lock names something that exists."""

    def test_in_a_process_and_in_a_variant(self) -> None:
        files = Files(
            acme=ORGANIZATION,
            smb=PROCESS.replace("[steps.call]", "[steps.cal, call.gone]"),
            south=VARIANT + "locked: [steps.demo.effort, steps.demo.wait]\n",
        )
        assert shown(files.assembled("south")) == [
            "smb.yaml:9:10: unknown-name at locked: `steps` has no `cal`, so this lock holds "
            "nothing. Did you mean `call`?",
            "smb.yaml:9:21: unknown-name at locked: `smb` has no `call`, so this lock holds "
            "nothing. Write `steps.call.next.gone`.",
            "south.yaml:6:29: unknown-name at locked: `steps.demo` has no `wait`, so this lock "
            "holds nothing. It has `by`, `effort` and `next`.",
        ]

    def test_not_where_the_thing_was_not_understood(self) -> None:
        process = PROCESS.replace("call: {by: rep", "call: {sla: soon, by: rep").replace(
            "[steps.call]", "[steps.call.sla]"
        )
        files = Files(acme=ORGANIZATION, smb=process)
        assert [f.path for f in files.assembled("smb").findings] == ["steps.call.sla"]


class TestTests:
    """A tests file."""

    def test_it_comes_with_what_it_is_of(self) -> None:
        tests = "salesflow: 1\ntests: t\nof: south.yaml\ncases: {a: {ends: won}}\n"
        files = Files(acme=ORGANIZATION, smb=PROCESS, south=VARIANT, t=tests)
        assembly = files.assembled("t")
        assert shown(assembly) == []
        assert (assembly.kind, assembly.id) == ("tests", "t")
        assert plain(assembly.data["cases"]) == {"a": {"ends": "won"}}
        assert assembly.base is not None
        assert assembly.base.data["process"] == "south"
        assert sorted(assembly.readings) == ["acme.yaml", "smb.yaml", "south.yaml", "t.yaml"]


class TestLimits:
    """How much may belong together."""

    def chain(self, length: int) -> Files:
        """Processes of which each uses the next."""
        texts = {}
        for place in range(length):
            text = SUB.replace("procurement", f"p{place}")
            if place < length - 1:
                text = text.replace("sources:", f"use: [p{place + 1}.yaml]\nsources:")
            texts[f"p{place}"] = text
        return Files(**texts)

    def test_depth(self) -> None:
        assert shown(self.chain(MOST_DEPTH + 1).assembled("p0")) == []
        assert shown(self.chain(MOST_DEPTH + 2).assembled("p0")) == [
            f"p{MOST_DEPTH}.yaml:3:7: limit-exceeded at use: "
            f"More than {MOST_DEPTH} files refer to each other in a row."
        ]

    def test_files(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(f"{room}.MOST_FILES", 3)
        assert shown(self.chain(3).assembled("p0")) == []
        assert shown(self.chain(4).assembled("p0")) == [
            "p2.yaml:3:7: limit-exceeded at use: More than 3 files belong together here. "
            "Split the process."
        ]

    def test_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(f"{room}.MOST_CHARACTERS", 2 * len(SUB) + 30)
        assert shown(self.chain(2).assembled("p0")) == []
        (finding,) = self.chain(3).assembled("p0").findings
        assert (finding.rule, finding.file) == ("limit-exceeded", "p1.yaml")
