"""Which fixes to try for a finding; none of them is shown before it has been tried out."""

from collections.abc import Callable, Iterator

from salesflow.checking.fixes import mistyped, reshaped
from salesflow.checking.fixes.site import Site
from salesflow.findings import Finding, Fix

_PROPOSALS: dict[str, Callable[[Finding, Site], Iterator[Fix]]] = {
    "ambiguous-scalar": mistyped.quoted,
    "schema": mistyped.shaped,
    "unknown-key": mistyped.respelled,
    "unknown-name": mistyped.respelled,
    "bad-unit": mistyped.unit_written,
    "type-mismatch": mistyped.respelled,
    "unused-result": mistyped.respelled,
    "dead-end": reshaped.way_on_added,
    "unused-definition": reshaped.taken_out,
    "duplicate-transition": reshaped.taken_out,
    "unhandled-result": reshaped.result_named,
    "uncovered-guard": reshaped.otherwise_added,
    "undeclared-touchpoint": reshaped.touchpoint_added,
    "shares-not-whole": reshaped.rest_taken,
    "share-missing": reshaped.rest_given,
    "unused-ignore": reshaped.comment_removed,
}


def mendable(finding: Finding) -> bool:
    """Whether there is a fix to try for findings of this rule."""
    return finding.rule in _PROPOSALS


def proposals(finding: Finding, site: Site) -> Iterator[Fix]:
    """Fixes to try, the best one first; they may turn out to be wrong."""
    propose = _PROPOSALS.get(finding.rule)
    if propose is not None and finding.span.file == site.lines.file:
        yield from propose(finding, site)
