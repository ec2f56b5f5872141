"""What people read about running deals, for each thing that can happen to them."""

from salesflow.changes.running.bridge import Bridge
from salesflow.changes.running.carry import Carrying
from salesflow.process.model import Process
from tests.changes.running.pairs import HEAD, at, judged, matched, process, told
from tests.process.written import process_of

NO_STEP = "gone in the new version; deals there have no step to stand on."
CUT = "however they go on, work is left over or a step begins a second time."
WRITE = "Write the steps of these deals, several separated by `|`."

CALL = "call: {next: {fit: legal, misfit: lost}}"
ONE = process(f"{{{CALL}, legal: {{next: sign}}, sign: {{next: won}}}}")
SHORT = process("{call: {next: {fit: sign, misfit: lost}}, sign: {next: won}}")
BLOCK = process(
    "{call: {next: {fit: papers, misfit: lost}}, sign: {next: won}, papers: {next: sign, parallel: "
    "{law: {steps: {draft: {next: done}}}, safe: {steps: {assess: {next: done}}}}}}"
)


def test_a_step_that_is_gone() -> None:
    assert told(at(ONE, SHORT, "legal")) == (
        f"stranded / `legal` is {NO_STEP} / Move them to `sign`, where deals go now instead."
    )
    assert told(at(ONE, BLOCK, "legal")) == (
        f"stranded / `legal` is {NO_STEP} / Move them to `papers`, where deals go now instead."
    )
    assert told(at(ONE, SHORT, "sign")) == "fine"
    assert told(at(ONE, SHORT, "call")) == "fine"


def test_a_step_that_is_gone_and_whose_place_nobody_took() -> None:
    new = process("{call: {next: {fit: won, misfit: lost}}, sign: {next: won}}")
    assert told(at(ONE, new, "legal")) == (
        f"stranded / `legal` is {NO_STEP} / Move them to `sign`, the next step that is still there."
    )
    new = process("{call: {next: {fit: won, misfit: lost}}}")
    assert told(at(ONE, new, "legal")) == (
        f"stranded / `legal` is {NO_STEP} / "
        "Move them to `call`, the step before, which is still there."
    )


def test_a_first_step_that_is_gone() -> None:
    new = process("{meet: {next: legal}, legal: {next: sign}, sign: {next: won}}")
    assert told(at(ONE, new, "call")) == (
        f"stranded / `call` is {NO_STEP} / Move them to `meet`, where deals go now instead."
    )


def test_nothing_is_advised_that_does_not_lead_on() -> None:
    new = process("{call: {next: {fit: sign, misfit: won}}, sign: {next: {round: sign}}}")
    assert told(at(ONE, new, "legal")) == (
        f"stranded / `legal` is {NO_STEP} / "
        "Move them to `call`, the step before, which is still there."
    )
    new = process("{call: {next: {fit: sign, misfit: lost}}, sign: {next: {round: sign}}}")
    assert told(at(ONE, new, "legal")) == f"stranded / `legal` is {NO_STEP}"
    new = process("{call: {next: {fit: sign}}, sign: {next: {round: sign}}}")
    assert told(at(ONE, new, "legal")) == f"stranded / `legal` is {NO_STEP}"


def test_a_step_renamed_or_moved_is_still_there() -> None:
    new = process(f"{{{CALL.replace('legal', 'law')}, law: {{next: sign}}, sign: {{next: won}}}}")
    assert told(at(ONE, new, "legal", renamed={"steps.legal": "steps.law"})) == "fine"
    into = {"steps.legal": "steps.papers.parallel.law.steps.draft"}
    assert told(at(ONE, BLOCK, "legal", renamed=into)) == "fine"


def test_a_block_that_is_gone() -> None:
    gone = f"stranded / `papers` is {NO_STEP} / Move them to `legal`, where deals go now instead."
    assert told(at(BLOCK, ONE, "papers")) == gone
    assert told(at(BLOCK, ONE, "papers.law")) == gone
    assert told(at(BLOCK, ONE, "papers.law.draft", "papers.safe.assess")) == gone


def test_a_branch_that_is_gone_or_new() -> None:
    law = "{law: {steps: {draft: {next: done}}}}"
    rest = "call: {next: {fit: papers, misfit: lost}}, sign: {next: won}"
    new = process(f"{{{rest}, papers: {{parallel: {law}, next: sign}}}}")
    gone = (
        f"stranded / `papers.safe` is {NO_STEP} / "
        "Take them out of `papers.safe`: the rest of `papers` goes on."
    )
    assert told(at(BLOCK, new, "papers.safe.assess")) == gone
    assert told(at(BLOCK, new, "papers.law.draft", "papers.safe.assess")) == gone
    assert told(at(BLOCK, new, "papers.law.draft")) == "fine"
    assert told(at(new, BLOCK, "papers.law")) == (
        "fine / `papers.safe` does not begin for deals that are in `papers` already."
    )


def test_a_branch_that_nobody_has_begun_begins_as_the_new_version_says() -> None:
    def papers(safe: str) -> Process:
        law = "law: {steps: {draft: {next: done}}}"
        rest = "call: {next: papers}, sign: {next: won}"
        return process(f"{{{rest}, papers: {{parallel: {{{law}, safe: {safe}}}, next: sign}}}}")

    old = papers("{start: one, steps: {one: {next: two}, two: {next: done}}}")
    new = papers("{start: intake, steps: {intake: {next: two}, two: {next: done}}}")
    assert told(at(old, new, "papers.law.draft")) == "fine"
    assert told(at(old, new, "papers.law.draft", "papers.safe.two")) == "fine"
    assert told(at(old, new, "papers.safe.one")) == (
        f"stranded / `papers.safe.one` is {NO_STEP} / "
        "Move them to `papers.safe.intake`, where deals go now instead."
    )
    round_about = papers("{start: one, steps: {one: {next: {again: one}}, two: {next: done}}}")
    assert at(old, round_about, "papers.law.draft").verdict == "ambiguous"


def test_what_has_met_goes_on_where_nobody_waits_any_more() -> None:
    bridge = Bridge(SPLIT, LINE, matched(SPLIT, LINE))
    here, there = bridge.old.layout.nodes, bridge.new.layout.nodes
    met = tuple(here["commit"].waiting.values())
    (plan,) = Carrying(bridge).carried(met, frozenset()).plans
    assert plan.begins == (there["commit"],)
    (plan,) = Carrying(bridge).carried((met[0], here["price"].active), frozenset()).plans
    assert plan.begins == (there["price"],)


def test_a_block_of_which_enough_branches_have_finished_is_done() -> None:
    new = process(
        "{call: {next: {fit: papers, misfit: lost}}, sign: {next: won}, papers: {next: sign, "
        "join: any, parallel: {law: {steps: {draft: {next: done}}}, "
        "safe: {steps: {assess: {next: {never: {to: done, when: vip}}}}}}}}",
        data="{vip: {type: yes_no}}",
    )
    assert at(BLOCK, new, "papers.safe.assess").verdict == "fine"


SPLIT = process(
    "{call: {next: {fit: {to: [price, pilot]}, misfit: lost}}, price: {next: commit}, "
    "pilot: {next: commit}, commit: {wait_for: [price, pilot], next: won}}"
)
LINE = process(
    "{call: {next: {fit: price, misfit: lost}}, price: {next: pilot}, pilot: {next: commit}, "
    "commit: {next: won}}"
)


def test_a_meeting_point_at_which_one_never_comes() -> None:
    assert told(at(LINE, SPLIT, "pilot")) == (
        "waiting / `commit` waits for `price`, which can no longer come. / "
        "Have `price` done for them as well."
    )
    assert told(at(LINE, SPLIT, "commit")) == "fine"


def test_a_meeting_point_in_a_branch_at_which_one_never_comes() -> None:
    def papers(safe: str) -> Process:
        law = "law: {steps: {draft: {next: done}}}"
        return process(
            f"{{call: {{next: papers}}, papers: {{parallel: {{{law}, safe: {safe}}}, next: won}}}}"
        )

    ends = "three: {next: four}, four: {"
    line = papers(
        f"{{start: one, steps: {{one: {{next: two}}, two: {{next: three}}, {ends}next: done}}}}}}"
    )
    split = papers(
        f"{{start: one, steps: {{one: {{next: {{go: {{to: [two, three]}}}}}}, two: {{next: four}}, "
        f"{ends}wait_for: [two, three], next: done}}}}}}"
    )
    assert told(at(line, split, "papers.safe.two", "papers.law.draft")) == (
        "waiting / `papers.safe.four` waits for `papers.safe.three`, which can no longer come. / "
        "Have `papers.safe.three` done for them as well."
    )
    assert told(at(line, split, "papers.law.draft")) == "fine"


def test_steps_that_are_no_longer_done_side_by_side() -> None:
    assert told(at(SPLIT, LINE, "pilot", "price")) == (
        f"stranded / `pilot` and `price` are not done side by side in the new version: {CUT} / "
        "Keep them at `price` only: the others come after it now."
    )
    assert told(at(SPLIT, LINE, "price")) == (
        "ambiguous / It hangs on where they are: those at `pilot` cannot go on. "
        f"`pilot` and `price` are not done side by side in the new version: {CUT} / {WRITE}"
    )


def test_a_field_that_nobody_has_filled() -> None:
    data = "{segment: {type: choice, values: [mid, large]}}"
    old = process("{call: {next: quote}, quote: {next: won}}", data=data)
    new = process(
        "{call: {captures: [segment], next: quote}, quote: {next: {small: {to: won, when: "
        "segment == mid}, big: {to: lost, when: segment == large}}}}",
        data=data,
    )
    assert told(at(old, new, "quote")) == (
        "stranded / Deals get stuck at `quote`, where they can take no result: "
        "`segment` is not filled. / "
        "Fill in `segment` for them before the new version goes live."
    )
    assert told(at(old, new, "call")) == "fine"
    assert told(at(old, new, "quote", column="segment", cell="mid")) == "fine"


AMOUNT = "{amount: {type: money}}"
CAPTURED = "{call: {captures: [amount], next: quote}, quote: "


def test_a_field_that_the_file_does_not_tell() -> None:
    old = process(f"{CAPTURED}{{next: won}}}}", data=AMOUNT)
    new = process(f"{CAPTURED}{{next: {{big: {{to: won, when: amount >= 100}}}}}}}}", data=AMOUNT)
    assert told(at(old, new, "quote")) == (
        "ambiguous / It hangs on `amount`, which the file does not tell. "
        "Deals get stuck at `quote`, where they can take no result. / "
        "Add a column `amount` to the file."
    )
    assert told(at(new, new, "quote", column="amount", cell="50")) == (
        "stranded / Deals get stuck at `quote`, where they can take no result. "
        "It was so in the old version."
    )


def test_a_thread_that_has_not_begun() -> None:
    start = "{call: {next: {fit: {to: [price, pilot]}}}, pilot: {next: commit}, "
    meets = "commit: {wait_for: [price, pilot], next: won}}"
    old = process(f"{start}price: {{next: commit}}, {meets}")
    new = process(f"{start}price: {{next: {{ok: price, maybe: commit}}}}, {meets}")
    assert told(at(old, new, "pilot")) == "fine"
    new = process(
        f"{start}price: {{next: {{ok: price, maybe: {{to: commit, when: vip}}}}}}, {meets}",
        data="{vip: {type: yes_no}}",
    )
    assert told(at(old, new, "pilot")) == (
        "ambiguous / It hangs on where they are: those at `price` cannot go on. "
        f"From there no outcome can be reached: deals go round for ever. / {WRITE}"
    )


def test_where_a_thread_led_before() -> None:
    start = (
        "{call: {next: {fit: {to: [price, pilot]}}}, price: {next: {ok: commit, dear: review}}, "
    )
    meets = "{wait_for: [price, pilot], next: won}"
    ends = f"commit: {meets}, review: {meets}}}"
    old = process(f"{start}pilot: {{next: {{good: commit, bad: review}}}}, {ends}")
    new = process(
        f"{start}pilot: {{next: {{good: commit, bad: {{to: review, when: vip}}}}}}, {ends}",
        data="{vip: {type: yes_no}}",
    )
    assert told(at(old, new, "pilot")) == (
        "ambiguous / It hangs on what was done before: those cannot go on for which `price` led to "
        "`review`. `commit` and `review` wait for `price` and `pilot`, which can no longer come. / "
        "Look these deals up before the new version goes live."
    )


def test_a_limit_that_may_be_spent() -> None:
    old = process("{call: {next: {again: call, go: quote}}, quote: {next: won}}")
    rest = "quote: {next: {round: quote}}}"
    new = process(f"{{call: {{next: {{again: {{to: won, at_most: 1}}, go: quote}}}}, {rest}")
    assert told(at(old, new, "call")) == (
        "ambiguous / It hangs on what they did before, which the file does not tell. "
        "From there no outcome can be reached: deals go round for ever."
    )
    old = process("{call: {next: {go: quote}}, quote: {next: won}}")
    assert at(old, new, "call").verdict == "fine"


def test_deals_that_have_ended_are_fine() -> None:
    assert told(at(ONE, SHORT, "won")) == "fine / These deals have ended."
    assert told(at(ONE, SHORT, "Lost")) == "fine / These deals have ended."


def test_places_that_no_deal_can_be_at() -> None:
    assert told(at(ONE, ONE, "call", "sign")) == (
        "unknown / No deal can be at `call` and `sign` at once."
    )
    dead = process("{call: {next: won}, island: {next: won}}")
    assert (
        told(at(dead, dead, "island")) == "unknown / No deal of the old version comes to `island`."
    )
    assert (
        told(at(dead, process("{call: {next: won}}"), "island"))
        == f"stranded / `island` is {NO_STEP}"
    )


def test_names_that_neither_version_has() -> None:
    assert (
        told(at(ONE, SHORT, "legl"))
        == "unknown / Neither version has `legl`. / Did you mean `legal`?"
    )
    assert told(at(BLOCK, ONE, "draft")) == (
        "unknown / Neither version has `draft`. / Did you mean `papers.law.draft`?"
    )
    assert told(at(ONE, SHORT, "xyz", "calls", "signs")) == (
        "unknown / Neither version has `calls`, `signs` and `xyz`. / "
        "Did you mean `call` for `calls`, `sign` for `signs`?"
    )


def test_places_that_only_the_new_version_has() -> None:
    assert told(at(ONE, BLOCK, "papers.law.draft")) == "fine"
    assert told(at(ONE, BLOCK, "legal", "papers.law.draft")) == (
        "unknown / `papers.law.draft` is only in the new version, the other places are not."
    )


STAGES = "stages: {lead: {name: New lead, crm: {salesforce: Open Lead}}, deal: {}, closing: {}}"
STAGED = process(
    "{call: {stage: lead, next: quote}, quote: {stage: deal, next: {ok: price, later: call}}, "
    "price: {next: sign}, sign: {stage: closing, next: won}}",
    more=STAGES,
)


def test_deals_known_by_their_stage() -> None:
    new = process(
        "{call: {stage: lead, next: quote}, quote: {stage: deal, next: {ok: sign, later: call}}, "
        "sign: {stage: closing, next: won}}",
        more=STAGES,
    )
    for name in ("lead", "New Lead", "open lead", "closing"):
        assert told(at(STAGED, new, name)) == "fine"
    gone = f"`price` is {NO_STEP}"
    assert told(at(STAGED, new, "deal")) == (
        f"ambiguous / It hangs on where they are: those at `price` cannot go on. {gone} / {WRITE}"
    )
    assert told(at(STAGED, new, "deal", "price")) == (
        f"stranded / {gone} / Move them to `sign`, where deals go now instead."
    )


def test_a_meeting_point_shows_its_stage_once_all_have_come() -> None:
    ends = "meet: {stage: closing, next: won}}"
    split = (
        "{call: {stage: lead, next: {go: {to: [one, two]}}}, one: {next: meet}, two: {next: meet}, "
        + ends.replace("{stage", "{wait_for: [one, two], stage")
    )
    stages = "stages: {lead: {}, closing: {}}"
    old = process(split, more=stages)
    new = process(f"{{call: {{stage: lead, next: one}}, one: {{next: meet}}, {ends}", more=stages)
    assert told(at(old, new, "closing")) == "fine"
    assert at(old, new, "lead").verdict == "ambiguous"
    assert told(at(old, new, "two")).startswith(f"stranded / `two` is {NO_STEP}")


def test_a_stage_that_is_gone() -> None:
    new = process(
        "{call: {stage: lead, next: quote}, quote: {stage: lead, next: {ok: price, later: call}}, "
        "price: {next: sign}, sign: {stage: closing, next: won}}",
        more=STAGES.replace("deal: {}, ", ""),
    )
    assert told(at(STAGED, new, "deal")) == (
        "fine / `deal` is no stage of the new version. What was in it shows `lead`. / "
        "Set their stage to `lead`."
    )
    new = process(
        "{call: {next: quote}, quote: {next: {ok: price, later: call}}, price: {next: sign}, sign: {next: won}}"
    )
    assert told(at(STAGED, new, "deal")) == (
        "fine / `deal` is no stage of the new version. / Give them one of its stages."
    )


def test_an_id_of_a_step_and_a_stage_is_a_stage_where_all_others_are() -> None:
    both = process(
        "{lead: {stage: lead, next: call}, call: {stage: lead, next: sign}, "
        "sign: {stage: closing, next: won}}",
        more="stages: {lead: {}, closing: {}}",
    )
    new = process(
        "{lead: {stage: lead, next: sign}, sign: {stage: closing, next: won}}",
        more="stages: {lead: {}, closing: {}}",
    )
    deals = judged(both, new, "deal,at\nD-1,lead\nD-2,closing\n")
    assert [(g.at, g.verdict) for g in deals.groups] == [
        (("lead",), "ambiguous"),
        (("closing",), "fine"),
    ]
    assert deals.notes == (
        "`lead` is a step and a stage: read as a stage, like all other places in the file.",
    )
    deals = judged(both, new, "deal,at\nD-1,lead\nD-2,call\n")
    assert [(g.at, g.verdict) for g in deals.groups] == [
        (("call",), "stranded"),
        (("lead",), "fine"),
    ]
    assert deals.notes == ()


def running(inner: str, steps: str) -> Process:
    credit = (
        "salesflow: 1\nprocess: credit\nsources: {in: {start: ask}}\n"
        "outcomes: {good: {kind: done}, bad: {kind: failed}}\nsteps: " + inner
    )
    head = f"{HEAD}use: [credit.yaml]\nsources: {{inbound: {{start: call}}}}\nsteps: "
    return process_of(head + steps, credit=credit)


RUN = "{call: {next: check}, check: {run: credit, next: {good: won, bad: lost}}}"


def test_deals_in_a_process_that_is_run() -> None:
    old = running("{ask: {next: judge}, judge: {next: {pass: good, fail: bad}}}", RUN)
    new = running("{ask: {next: {pass: good, fail: bad}}}", RUN)
    gone = (
        f"stranded / `check.judge` is {NO_STEP} / "
        "Move them to `check.ask`, the step before, which is still there."
    )
    assert told(at(old, new, "check.judge")) == gone
    assert told(at(old, new, "credit.judge")) == gone
    assert told(at(old, new, "credit.ask")) == "fine"
    assert (
        told(
            at(
                old,
                running("{ask: {next: good}}", "{call: {next: check}, check: {next: won}}"),
                "check.judge",
            )
        )
        == "fine / Deals in `check` begin there anew: it is built otherwise now."
    )


def test_conditions_on_what_a_deal_did_before() -> None:
    """What the old version never asked is found out all the same."""
    start = "{call: {next: {fit: demo, skip: quote, again: call}}, demo: {next: quote}, quote: "
    old = process(f"{start}{{next: won}}}}")
    for asked in ("visited(demo)", "times(call.again) < 1", "times(call.again) >= 2"):
        new = process(f"{start}{{next: {{ok: {{to: won, when: {asked}}}}}}}}}")
        assert told(at(old, new, "quote")) == (
            "ambiguous / It hangs on what they did before, which the file does not tell. "
            "Deals get stuck at `quote`, where they can take no result."
        )
        before = "ambiguous" if "< 1" in asked else "fine"
        assert at(old, new, "call").verdict == before
    old = process(f"{start.replace(', skip: quote', '')}{{next: won}}}}")
    new = process(f"{start}{{next: {{ok: {{to: won, when: visited(demo)}}}}}}}}")
    assert at(old, new, "quote").verdict == "fine"


def test_an_arrival_goes_where_its_result_leads_now() -> None:
    start = "{call: {next: {fit: {to: [price, pilot]}}}, price: {next: commit}, pilot: {next: "
    old = process(f"{start}commit}}, commit: {{wait_for: [price, pilot], next: won}}}}")
    proof = "proven: {next: commit}, commit: {wait_for: [price, proven], next: won}}"
    assert told(at(old, process(f"{start}proven}}, {proof}"), "price")) == "fine"
    waits = proof.replace("proven: {", "proven: {wait_for: [pilot], ")
    assert told(at(old, process(f"{start}proven}}, {waits}"), "price")) == "fine"
    wrong = process(f"{start}{{ok: {{to: lost}}, meh: {{to: proven}}}}}}, {proof}")
    assert told(at(old, wrong, "price")) == (
        "ambiguous / It hangs on where they are: those at `price` alone cannot go on. "
        f"`commit` waits for `proven`, which can no longer come. / {WRITE}"
    )


def test_several_steps_that_are_gone_at_once() -> None:
    new = process(
        "{call: {next: {fit: {to: [cost, trial]}, misfit: lost}}, cost: {next: commit}, "
        "trial: {next: commit}, commit: {wait_for: [cost, trial], next: won}}"
    )
    found = told(at(SPLIT, new, "pilot", "price"))
    assert found.startswith(
        "stranded / `pilot` and `price` are gone in the new version; "
        "deals there have no step to stand on. / Move them from `pilot` to `"
    )


def test_a_branch_that_is_gone_beside_one_that_leads_nowhere() -> None:
    law = "{law: {steps: {draft: {next: {round: draft}}}}}"
    rest = "call: {next: {fit: papers, misfit: lost}}, sign: {next: won}"
    new = process(f"{{{rest}, papers: {{parallel: {law}, next: sign}}}}")
    assert told(at(BLOCK, new, "papers.law.draft", "papers.safe.assess")) == (
        f"stranded / `papers.safe` is {NO_STEP}"
    )


def test_what_hangs_on_exact_values() -> None:
    data = "{amount: {type: money}, budget: {type: money}}"
    start = "{call: {captures: [amount, budget], next: ask}, ask: {next: "
    old = process(f"{start}won}}}}", data=data)
    new = process(f"{start}{{ok: {{to: won, when: amount <= budget}}}}}}}}", data=data)
    assert told(at(old, new, "ask")) == (
        "ambiguous / Some of these deals cannot go on, the file does not say which. "
        "Whether they can go on hangs on exact values that the files do not tell."
    )


def test_a_deal_that_has_ended_and_still_stands_somewhere() -> None:
    assert told(at(ONE, ONE, "sign", "won")) == (
        "unknown / No deal can be at `sign` and `won` at once."
    )


def test_a_document_that_is_there() -> None:
    data = "{paper: {type: document}}"
    old = process("{call: {next: ask}, ask: {next: won}}", data=data)
    new = process(
        "{call: {next: ask}, ask: {next: {ok: {to: won, when: filled(paper)}}}}", data=data
    )
    assert at(old, new, "ask", column="paper", cell="offer.pdf").verdict == "fine"
    assert told(at(old, new, "ask")).startswith("stranded / Deals get stuck at `ask`")


def test_a_file_with_deals_in_several_places_is_taken_at_its_word() -> None:
    start = "{call: {next: {fit: {to: [price, pilot]}}}, pilot: {next: commit}, "
    meets = "commit: {wait_for: [price, pilot], next: won}}"
    old = process(f"{start}price: {{next: commit}}, {meets}")
    new = process(
        f"{start}price: {{next: {{ok: price, maybe: {{to: commit, when: vip}}}}}}, {meets}",
        data="{vip: {type: yes_no}}",
    )

    def verdict(text: str) -> str:
        return next(g.verdict for g in judged(old, new, text).groups if g.at == ("pilot",))

    assert verdict("deal,at\nA,pilot\n") == "ambiguous"
    assert verdict("deal,at\nA,pilot\nB,pilot|price\n") == "fine"
