"""Fixes that add what is missing or take out what is too much."""

import re
from collections.abc import Iterator
from typing import Any

from salesflow.checking.fixes.site import Site, entry_of
from salesflow.findings import Finding, Fix
from salesflow.source.located import Entry, Map, Seq, entries

_LEFT = re.compile(r"can (?:be left|end) with `([^`]+)`")
_NEXT = re.compile(r"`(next: [^`]+)`")
_HANDOFF = re.compile(r"`([^`]+)` takes over from `([^`]+)`")
_NOTHING = re.compile(r"(?:Nothing here is found by|There is no rule or family) `([^`]+)`")
_LOSING = ("lost", "disqualified", "failed")
_RULES = re.compile(r"(ignore[ \t]*\[)([^\]]*)(\])")


def result_named(finding: Finding, site: Site) -> Iterator[Fix]:
    """Let a result that nobody names lead to a lost outcome, with what is written there else."""
    left = _LEFT.search(finding.message)
    step = _step(finding, site)
    if left is None or step is None:
        return
    next_ = entry_of(step.value, "next")
    for target in _losing(site, next_):
        way = f"{left[1]}: {target}"
        if next_ is not None and isinstance(next_.value, str):
            old = site.text[next_.start : next_.end]
            edit = site.replaced(next_.start, next_.end, f"{{done: {old}, {way}}}")
            yield Fix((edit,), safe=False)
        elif next_ is not None and isinstance(next_.value, Map):
            yield from _added(site, next_, way, safe=False)


def otherwise_added(finding: Finding, site: Site) -> Iterator[Fix]:
    """Let deals that fulfil no condition go to a lost outcome."""
    step = _step(finding, site)
    next_ = entry_of(step.value, "next") if step else None
    if next_ is None or not isinstance(next_.value, Map):
        return
    if any(isinstance(v, Map) and "otherwise" in v for v in next_.value.values()):
        return
    name = _free("other", next_.value)
    for target in _losing(site, next_):
        body = target[1:-1] if target.startswith("{") else f"to: {target}"
        yield from _added(site, next_, f"{name}: {{{body}, otherwise: true}}", safe=False)


def way_on_added(finding: Finding, site: Site) -> Iterator[Fix]:
    """Give a dead end the way on that its help names."""
    written = _NEXT.search(finding.help)
    chain = site.chain(finding.span)
    if written and chain and isinstance(chain[-1].value, Map) and "next" not in chain[-1].value:
        yield from _added(site, chain[-1], written[1], safe=False)


def rest_given(finding: Finding, site: Site) -> Iterator[Fix]:
    """Give the one result without a share what the others leave."""
    chain = site.chain(finding.span)
    if len(chain) < 3 or "share: rest" not in finding.help:
        return
    result, results, step = chain[-1], chain[-2].value, chain[-3]
    if not isinstance(results, Map) or _without_share(results, step) != [result.key]:
        return
    if isinstance(result.value, Map):
        yield from _added(site, result, "share: rest", safe=True)
        return
    old = site.text[result.start : result.end]
    if isinstance(result.value, str) or (isinstance(result.value, Seq) and old.startswith("[")):
        edit = site.replaced(result.start, result.end, f"{{to: {old}, share: rest}}")
        yield Fix((edit,))


def rest_taken(finding: Finding, site: Site) -> Iterator[Fix]:
    """Let the last result take what the others leave, where shares add up to too little."""
    chain = site.chain(finding.span)
    next_ = entry_of(chain[-1].value, "next") if chain else None
    if "is missing" not in finding.message or next_ is None or not isinstance(next_.value, Map):
        return
    shares = [entry_of(entry.value, "share") for entry in entries(next_.value)]
    given = [share for share in shares if share is not None]
    if given and all(share.value != "rest" for share in given):
        edit = site.replaced(given[-1].start, given[-1].end, "rest")
        yield Fix((edit,), safe=False)


def touchpoint_added(finding: Finding, site: Site) -> Iterator[Fix]:
    """Declare the touchpoint of a handoff, still without what it promises."""
    handoff = _HANDOFF.search(finding.message)
    declared = entry_of(site.data, "touchpoints")
    if handoff is None or declared is None or not isinstance(declared.value, Map):
        return
    receiver, giver = handoff[1], handoff[2]
    name = _free(f"{giver}_to_{receiver}"[:60], declared.value)
    yield from _added(site, declared, f"{name}: {{from: {giver}, to: {receiver}}}", safe=True)


def taken_out(finding: Finding, site: Site) -> Iterator[Fix]:
    """Remove a definition that nothing uses, or a result that repeats another."""
    edit = site.removed(site.chain(finding.span))
    if edit is not None:
        yield Fix((edit,), safe=False)


def comment_removed(finding: Finding, site: Site) -> Iterator[Fix]:
    """Remove an ignore comment, or the one name in it, that hides nothing."""
    idle = _NOTHING.search(finding.message)
    start, end = site.lines.offsets(finding.span)
    comment = site.text[start:end]
    rules = _RULES.search(comment)
    if idle is None or rules is None:
        return
    names = [name.strip() for name in rules[2].split(",") if name.strip()]
    kept = [name for name in names if name != idle[1]]
    if kept and len(kept) < len(names):
        inside = start + rules.start(2)
        edit = site.replaced(inside, start + rules.end(2), ", ".join(kept))
        yield Fix((edit,))
        return
    first = site.lines.line_start(start)
    before = site.text[first:start]
    if before.strip():
        yield Fix((site.replaced(first + len(before.rstrip()), end, ""),))
        return
    end = site.lines.line_end(end)
    end += 2 if site.text.startswith("\r\n", end) else int(end < len(site.text))
    yield Fix((site.replaced(first, end, ""),))


def _step(finding: Finding, site: Site) -> Entry | None:
    """The step of the process itself at which a finding stands; inside a block there is no lost."""
    chain = site.chain(finding.span)
    found = chain[-1] if chain else None
    top = finding.path.count(".") == 1
    return found if top and found is not None and isinstance(found.value, Map) else None


def _losing(site: Site, next_: Entry | None) -> Iterator[str]:
    """Where a lost deal goes: the outcome's id, then what a sibling that leads there says."""
    outcomes = site.data.get("outcomes")
    if not isinstance(outcomes, Map):
        return
    kinds = {name: data.get("kind") for name, data in outcomes.items() if isinstance(data, Map)}
    lost = next((n for kind in _LOSING for n, known in kinds.items() if known == kind), None)
    if lost is None:
        return
    yield lost
    for entry in entries(next_.value) if next_ and isinstance(next_.value, Map) else ():
        told = site.text[entry.start : entry.end]
        flow = told.startswith("{") and "\n" not in told
        if flow and entry.value.keys() == {"to", "set"} and entry.value["to"] == lost:
            yield told
            return


def _without_share(results: Map, step: Entry) -> list[str]:
    """The results that can be chosen and have no share; all of them where one has the rest."""
    timer = step.value.get("timeout") if isinstance(step.value, Map) else None
    by_timer = timer.get("result") if isinstance(timer, Map) else None
    shares: dict[str, Any] = {
        name: data.get("share") if isinstance(data, Map) else None
        for name, data in results.items()
        if name != by_timer and not (isinstance(data, Map) and "otherwise" in data)
    }
    if "rest" in shares.values():
        return []
    return [name for name, share in shares.items() if share is None]


def _added(site: Site, parent: Entry, text: str, *, safe: bool) -> Iterator[Fix]:
    edit = site.added(parent, text)
    if edit is not None:
        yield Fix((edit,), safe=safe)


def _free(name: str, taken: Map) -> str:
    """The name, with a number behind it where it is taken."""
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free
