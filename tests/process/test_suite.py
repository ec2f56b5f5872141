"""Tests files: every name is looked up in the process that they are of."""

from typing import Any

import pytest

from salesflow.process.compile import compile_document
from salesflow.process.suite import Suite
from salesflow.schema.assemble import assemble
from salesflow.source.read import read
from tests.process.written import mistakes

BASE = """\
salesflow: 1
process: base
data:
  amount: {type: money}
  rate: {type: percent}
  region: {type: choice, values: [DACH, AMER]}
  vip: {type: yes_no}
  note: {type: text}
sources: {web: {start: call}, fair: {start: call}}
steps:
  call: {by: sales, next: {fit: papers, unfit: lost}}
  papers:
    parallel:
      law: {steps: {draft: {by: legal, next: done}}}
      buy: {steps: {order: {by: buyer, next: done}}}
    next: won
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
HEAD = "salesflow: 1\ntests: some\nof: base.yaml\ncases:\n"


def suite(case: str, base: str = BASE) -> Suite:
    compiled = compile_document(
        assemble(
            read(f"{HEAD}  {case}\n", "t.yaml"), read=lambda reference, _: read(base, reference)
        )
    )
    assert compiled.suite is not None, compiled.findings
    return compiled.suite


def test_a_case_is_what_it_says() -> None:
    built = suite(
        "big: {name: A big deal, source: web, deal: {note: filled, vip: true, rate: 5%, amount: 1.5, "
        "region: DACH}, takes: {call: fit, papers.law.draft: done}, "
        "never: [papers.buy, call.unfit, lost, papers.buy.order], ends: won, "
        "with: {amount: filled, source: web}}"
    )
    case = built.cases["big"]
    deal: dict[str, Any] = dict(case.deal)
    assert (built.id, built.of, built.span[:3]) == ("some", "base", ("t.yaml", 2, 8))
    assert (case.name, case.source, case.ends, case.path) == (
        "A big deal",
        "web",
        "won",
        "cases.big",
    )
    assert deal == {"note": "filled", "vip": True, "rate": "5%", "amount": 1.5, "region": "DACH"}
    assert case.takes == {"call": "fit", "papers.law.draft": "done"}
    assert case.never == ("call.unfit", "lost", "papers.buy", "papers.buy.order")
    assert case.with_ == {"amount": "filled", "source": "web"}


def test_where_there_is_one_source_a_case_need_not_name_it() -> None:
    one = BASE.replace(", fair: {start: call}", "")
    assert suite("small: {ends: won}", one).cases["small"].source is None


@pytest.mark.parametrize(
    ("case", "finding"),
    [
        (
            "a: {deal: {amount: 5}}",
            "5:3 schema `base` has several sources: say where this deal comes from. | Add `source: web`.",
        ),
        (
            "a: {source: weeb}",
            "5:15 unknown-name There is no source called `weeb`. | Did you mean `web`?",
        ),
        (
            "a: {source: web, ends: wonn}",
            "5:26 unknown-name There is no outcome called `wonn`. | Did you mean `won`?",
        ),
        (
            "a: {source: web, deal: {amout: 5}}",
            "5:27 unknown-name There is no field called `amout`. | Did you mean `amount`?",
        ),
        (
            "a: {source: web, deal: {amount: big}}",
            "5:35 schema `amount` is of type money, and `big` is not. | Write for example `amount: 40000`.",
        ),
        (
            "a: {source: web, deal: {amount: true}}",
            "5:35 schema `amount` is of type money, and `true` is not. | Write for example `amount: 40000`.",
        ),
        (
            "a: {source: web, deal: {rate: 5}}",
            "5:33 schema `rate` is of type percent, and `5` is not. | Write for example `rate: 5%`.",
        ),
        (
            "a: {source: web, deal: {region: DAHC}}",
            "5:35 unknown-name There is no value of `region` called `DAHC`. | Did you mean `DACH`?",
        ),
        (
            "a: {source: web, deal: {vip: maybe}}",
            "5:32 schema `vip` is of type yes_no, and `maybe` is not. | Write for example `vip: true`.",
        ),
        (
            "a: {source: web, with: {source: wbe}}",
            "5:35 unknown-name There is no value of `source` called `wbe`. | Did you mean `web`?",
        ),
        (
            "a: {source: web, takes: {cal: fit}}",
            "5:28 unknown-name There is no step called `cal`. | Did you mean `call`?",
        ),
        (
            "a: {source: web, takes: {call: fitt}}",
            "5:34 unknown-name There is no result of `call` called `fitt`. | Did you mean `fit`?",
        ),
        (
            "a: {source: web, takes: {papers.law: done}}",
            "5:28 unknown-name There is no step called `papers.law`. | Did you mean `papers.law.draft`?",
        ),
        (
            "a: {source: web, never: [lost, papers.by]}",
            "5:34 unknown-name There is no step, branch, result or outcome called `papers.by`. | "
            "Did you mean `papers.buy`?",
        ),
        (
            "a: {source: web, never: papers.buy}",
            "5:27 schema `never` must be a list of steps, branches or results, not `papers.buy`. | "
            "Write a list: `never: [papers.buy]`.",
        ),
    ],
)
def test_each_wrong_name_is_one_finding(case: str, finding: str) -> None:
    assert mistakes(f"{HEAD}  {case}\n", base=BASE) == [finding]
