"""Fixes that write a word in another way: typos, quotes, units."""

import re
from collections.abc import Iterator

from salesflow.checking.fixes.site import Site
from salesflow.findings import Edit, Finding, Fix

_MEANT = re.compile(r"Did you mean `([^`]+)`\?")
_UNIT = re.compile(r"Write `([^`]+)`\.")
_LIST = re.compile(r"Write a list: `[^:`]+: (\[[^`]*\])`\.")
_TRUTH = re.compile(r"must be `true`(?: or `false`)?,")
_TRUTHS = {
    **dict.fromkeys(("yes", "y", "on", "true"), "true"),
    **dict.fromkeys(("no", "n", "off", "false"), "false"),
}
_ALIKE = 0.8  # of 1: below, the word may as well have been meant
_QUOTES = ('"', "'")


def respelled(finding: Finding, site: Site) -> Iterator[Fix]:
    """Write the known name instead of a mistyped one, safe where the two are much alike."""
    meant = _MEANT.search(finding.help)
    if meant is None:
        return
    wrong, start, end = _word(finding, site)
    if wrong and f"`{wrong}`" in finding.message:
        from difflib import SequenceMatcher  # only where something is mended

        alike = SequenceMatcher(None, wrong.lower(), meant[1].lower()).ratio()
        yield _replace(site, start, end, meant[1], safe=alike >= _ALIKE)


def quoted(finding: Finding, site: Site) -> Iterator[Fix]:
    """Put an ambiguous value in quotes: it is what salesflow takes it for anyway."""
    wrong, start, end = _word(finding, site)
    if wrong and not wrong.startswith(_QUOTES):
        yield _replace(site, start, end, f'"{wrong}"')


def unit_written(finding: Finding, site: Site) -> Iterator[Fix]:
    """Write a time, share or rate as the language has it, where there is no doubt."""
    meant = _UNIT.fullmatch(finding.help)
    if meant is not None:
        _, start, end = _word(finding, site)
        yield _replace(site, start, end, meant[1])


def shaped(finding: Finding, site: Site) -> Iterator[Fix]:
    """``yes`` for ``true``, a list of one, a space after a colon, a mistyped word."""
    wrong, start, end = _word(finding, site)
    truth = _TRUTHS.get(wrong.lower())
    if truth and _TRUTH.search(finding.message):
        yield _replace(site, start, end, truth)
    listed = _LIST.fullmatch(finding.help)
    if listed is not None:
        yield _replace(site, *site.lines.offsets(finding.span), listed[1])
    spaced = _UNIT.fullmatch(finding.help)
    if spaced is not None and finding.message.startswith("A space is missing"):
        yield _replace(site, start, end, spaced[1])
    yield from respelled(finding, site)


def _word(finding: Finding, site: Site) -> tuple[str, int, int]:
    """The word at a finding without its quotes, and where it stands; "" where it is no word."""
    start, end = site.lines.offsets(finding.span)
    text = site.text[start:end]
    if len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0]:
        start, end, text = start + 1, end - 1, text[1:-1]
    return ("" if "\n" in text or "\r" in text else text), start, end


def _replace(site: Site, start: int, end: int, text: str, *, safe: bool = True) -> Fix:
    edit: Edit = site.replaced(start, end, text)
    return Fix((edit,), safe=safe)
