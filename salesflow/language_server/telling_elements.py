"""What fields, outcomes, sources, stages, touchpoints, policies and objectives are, as Markdown."""

from collections.abc import Iterable

from salesflow.analysis.chain import Chain
from salesflow.analysis.data_use import Use, filled, needed
from salesflow.language_server.figures import of_hundred
from salesflow.language_server.telling import code, codes, heading, some
from salesflow.process.model import Objective, Outcome, Policy, Process, Source, Stage, Touchpoint
from salesflow.process.people import Field
from salesflow.quantities import decimal_text, format_share
from salesflow.reporting.words import spread

_MOST = 8
_POLICIES = {
    "precedence": "{1} never happens unless {0} has happened before.",
    "response": "Whenever {0} happens, {1} follows.",
    "not_both": "A deal never has both {0} and {1}.",
    "different_person": "{0} and {1} are never done by the same person.",
    "never": "{0} never happens.",
    "at_most_once": "{0} happens at most once for a deal.",
}


def field_told(process: Process, field: Field) -> str:
    """A field of a deal: its type, who fills it, who needs it."""
    kind = f"field, {field.type.replace('_', '/')}"
    currency = process.people.currency
    if field.type == "money" and currency:
        kind = f"{kind} in {currency}"
    parts = [heading(field, kind)]
    if field.values:
        parts.append(f"One of {codes(field.values)}.")
    if field.sensitive:
        parts.append("Personal or confidential.")
    if field.master:
        parts.append(f"The true value is in {code(field.master)}.")
    fills = [use for use in filled(process) if use.field == field.id]
    needs = [use for use in needed(process) if use.field == field.id]
    parts.append(f"Filled by {_places(fills)}." if fills else "Nothing fills it.")
    parts.append(f"Needed by {_places(needs)}." if needs else "Nothing needs it.")
    if process.value == field.id:
        parts.append("It is what a deal is worth.")
    return "\n\n".join(parts)


def outcome_told(process: Process, outcome: Outcome, chain: Chain) -> str:
    """An outcome: how it counts, what it needs, how many deals end so."""
    parts = [heading(outcome, f"outcome, counts as {outcome.kind}")]
    if outcome.requires:
        parts.append(f"Requires {codes(outcome.requires)}.")
    leading = process.leading.get(outcome.id, ())
    if leading:
        parts.append(f"Deals come from {some((step.node for step in leading), _MOST)}.")
    if chain.all is not None:
        share = chain.all.outcomes.get(outcome.id, 0.0)
        parts.append(f"*Of 100 deals {of_hundred(share)} end so.*")
    return "\n\n".join(parts)


def source_told(source: Source, chain: Chain) -> str:
    """A source: where its deals start, how many come, what they bring."""
    parts = [heading(source, "source"), f"Deals start at {code(source.start)}."]
    arrivals = source.arrivals
    if arrivals is not None:
        many = arrivals.rate or f"{arrivals.batch} every {arrivals.every}"
        open_ = f" while {code(arrivals.calendar)} is open" if arrivals.calendar else ""
        parts.append(f"{many} come{open_}.")
    if source.gives:
        brings = [
            f"{code(name)} ({spread(drawn)})" if drawn is not None else code(name)
            for name, drawn in source.gives.items()
        ]
        parts.append(f"They bring {', '.join(brings)}.")
    deals = chain.sources.get(source.id)
    if deals is not None:
        parts.append(f"*Of 100 of its deals {of_hundred(deals.won)} are won.*")
    return "\n\n".join(parts)


def stage_told(process: Process, stage: Stage, chain: Chain) -> str:
    """A stage: what the CRM expects, and what the shares say."""
    parts = [heading(stage, "stage")]
    steps = [step.node for step in process.nodes.values() if step.stage == stage.id]
    if steps:
        parts.append(f"Deals enter it at {some(steps, _MOST)}.")
    if stage.max_age is not None:
        parts.append(f"A deal should stay {stage.max_age} at most.")
    crm = [f"{code(name)} as {code(shown)}" for name, shown in stage.crm.items()]
    if crm:
        parts.append(f"Shown in {', '.join(crm)}.")
    odds = chain.all.stages.get(stage.id) if chain.all is not None else None
    if stage.win_chance is not None:
        parts.append(f"Chance to win, as written: {format_share(stage.win_chance)}.")
    if odds is not None:
        parts.append(
            f"*Of 100 deals {of_hundred(odds.reached)} come into it; of 100 of those "
            f"{of_hundred(odds.win_chance)} are won.*"
        )
    return "\n\n".join(parts)


def touchpoint_told(touchpoint: Touchpoint) -> str:
    """A touchpoint: between whom, what is brought, owed, and how soon work begins."""
    at = f", at {code(touchpoint.at)}" if touchpoint.at else ""
    way = f"From {code(touchpoint.giver)} to {code(touchpoint.receiver)}{at}."
    parts = [heading(touchpoint, "touchpoint"), way]
    if touchpoint.requires:
        parts.append(f"A deal brings {codes(touchpoint.requires)}.")
    if touchpoint.returns:
        parts.append(f"{code(touchpoint.receiver)} owes {codes(touchpoint.returns)}.")
    if touchpoint.accept_within is not None:
        share = f" for {format_share(touchpoint.target)} of deals" if touchpoint.target else ""
        parts.append(f"Work begins within {touchpoint.accept_within}{share}.")
    return "\n\n".join(parts)


def policy_told(policy: Policy) -> str:
    """A policy as a sentence."""
    sentence = _POLICIES[policy.kind].format(*map(code, policy.events))
    when = f"It binds only deals for which {code(str(policy.when))}." if policy.when else ""
    return "\n\n".join(part for part in (heading(policy, "policy"), sentence, when) if part)


def objective_told(objective: Objective) -> str:
    """An objective as a sentence."""
    bound = "at least" if objective.bound == "at_least" else "at most"
    limit = {
        "share": format_share(objective.limit),
        "hours": f"{decimal_text(round(objective.limit / 24, 2))} days",
    }.get(objective.unit, decimal_text(objective.limit))
    statistic = f"{objective.statistic} of " if objective.statistic != "mean" else ""
    of = f" of {code(objective.of)}" if objective.of else ""
    start = f" from {code(objective.start)}" if objective.start else ""
    to = f" to {code(objective.to)}" if objective.to else ""
    measure = objective.measure.replace("_", " ")
    return "\n\n".join(
        [heading(objective, "objective"), f"{statistic}{measure}{of}{start}{to}: {bound} {limit}."]
    )


def _places(uses: Iterable[Use]) -> str:
    return some((use.at or use.element.node for use in uses), _MOST)
