"""The report as one page: nothing is fetched, no script runs, links show what concerns whom."""

from collections.abc import Sequence

from salesflow.changes.difference import Diff
from salesflow.reporting.changed.cards import audiences, cards, class_of
from salesflow.reporting.changed.repeats import Telling, tellings
from salesflow.reporting.changed.sections import head, sections
from salesflow.reporting.changed.style import BODY, CSS, filters
from salesflow.reporting.changed.verdict import of_several
from salesflow.reporting.simulated.page import prose
from salesflow.reporting.simulated.plots.canvas import safe
from salesflow.reporting.simulated.style import CSS as EVERY_REPORT


def page(diffs: Sequence[Diff]) -> str:
    """A whole HTML document."""
    told, others = tellings(diffs)
    title = safe(f"{told[0].diff.id}: changes" if len(told) == 1 else _verdict(told, others))
    shown = [one.shown for one in told]
    style = BODY + EVERY_REPORT + CSS + filters(map(class_of, audiences(shown)))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{_report(told, others, linked=True)}\n</body>\n</html>\n"
    )


def notebook(diff: Diff, picture: str = "") -> str:
    """What a notebook shows: the report as one element that brings its style along.

    A ``picture`` (HTML) stands below the verdict.
    """
    told, others = tellings([diff])
    report = _report(told, others, linked=False, picture=picture)
    return f"<div>\n<style>{EVERY_REPORT}{CSS}</style>\n{report}\n</div>"


def _policy(style: str) -> str:
    """Only this style, and nothing else, whatever stands in the page."""
    from base64 import b64encode  # only for a page
    from hashlib import sha256

    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _verdict(told: Sequence[Telling], others: Sequence[Diff]) -> str:
    return of_several([one.diff for one in told], others)


def _report(
    told: Sequence[Telling], others: Sequence[Diff], *, linked: bool, picture: str = ""
) -> str:
    parts = [f'<section class="sf-report sf-diff{"" if linked else " alone"}">']
    alone = told[0] if len(told) == 1 and not others else None
    if alone is not None:
        parts += head(alone, "h1")
    else:
        parts.append(f"<h1>{prose(_verdict(told, others))}</h1>")
    parts += [picture] if picture else []
    parts += cards([one.shown for one in told], linked=linked)
    for one in (each for each in told if not each.folded):
        parts.append('<div class="process">')
        if alone is None:
            parts += head(one, "h2")
        parts += [*sections(one.shown), "</div>"]
    if told and others:
        names = ", ".join(f"<code>{safe(diff.id)}</code>" for diff in others)
        parts.append(f'<p class="note">Unchanged: {names}.</p>')
    parts.append("</section>")
    return "\n".join(parts)
