"""For whoever writes rules: a rule's manual is its test."""

import os
from collections.abc import Iterable, Iterator
from tempfile import TemporaryDirectory

from salesflow.api import loads
from salesflow.checking.manual import Example, page
from salesflow.checking.plugins import ill_made, misfit
from salesflow.checking.rule import Rule
from salesflow.checking.run import checked
from salesflow.checking.select import Chosen, Selection
from salesflow.errors import LoadError
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap


def assert_rule(
    rule: Rule, *, wrong: str | Iterable[str] = (), right: str | Iterable[str] = ()
) -> None:
    """Hold that a rule finds what it should: in the examples of its manual, and in further ones.

    The manual is the docstring of the rule's module: a sentence, why it costs deals, a ``Wrong:``
    and a ``Right:`` example. In a wrong example ``# error: [rule-name]`` ends each line where the
    rule finds something, and nowhere else; in a right one it finds nothing. ``# file: name`` in a
    line of its own begins another file; the last one is checked. What other rules find there is of
    no matter. AssertionError that says what was expected; what the rule raises is let through.
    """
    __tracebackhide__ = True
    problem = ill_made(rule) or _manual_of(rule)
    if problem:
        raise AssertionError(f"`{rule.name}`: {problem}.")
    parts = page(rule)
    for example in (*parts.wrong, *_examples(wrong)):
        if not example.marked:
            raise AssertionError(f"No line ends with `# error: [{rule.name}]`:\n{example.text}")
        _judge(rule, example)
    for example in (*parts.right, *_examples(right)):
        _judge(rule, example)


def _examples(texts: str | Iterable[str]) -> Iterator[Example]:
    yield from map(Example, [texts] if isinstance(texts, str) else texts)


def _manual_of(rule: Rule) -> str:
    """What the manual lacks; "" for nothing."""
    parts = page(rule)
    if not parts.meaning:
        return f"the module `{rule.module}` has no docstring, which is the manual of the rule"
    if "Why it costs deals" not in [heading for heading, _ in parts.sections]:
        return "its manual has no paragraph `Why it costs deals`"
    missing = [name for name, some in (("Wrong", parts.wrong), ("Right", parts.right)) if not some]
    return f"its manual has no example `{missing[0]}:` with a block of ```yaml" if missing else ""


def _judge(rule: Rule, example: Example) -> None:
    __tracebackhide__ = True
    found = sorted({(os.path.basename(f.file), f.line) for f in _found(rule, example)})
    expected = sorted({(name, line) for name, line, _ in example.marked})
    others = sorted({name for _, _, name in example.marked} - {rule.name})
    if others:
        raise AssertionError(f"`{others[0]}` is marked, and the rule is `{rule.name}`.")
    if found != expected:
        missed = [_said(place, "it should") for place in expected if place not in found]
        extra = [_said(place, "it should not") for place in found if place not in expected]
        told = "\n".join([*missed, *extra])
        raise AssertionError(f"`{rule.name}` does not find what it should.\n{told}\n{example.text}")


def _said(place: tuple[str, int], what: str) -> str:
    return f"{place[0]}, line {place[1]}: {what} find something there."


def _found(rule: Rule, example: Example) -> tuple[Finding, ...]:
    """What the rule alone finds. AssertionError where an example does not load."""
    chosen = Chosen(rules=(rule,), selection=Selection(select=(rule.name,)), added=FrozenMap())
    with TemporaryDirectory() as folder:
        for name, text in example.files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as stream:
                stream.write(text)
        last = [*example.files][-1]
        try:
            process = loads(example.files[last], file=last, folder=folder)
        except LoadError as problem:
            raise AssertionError(f"An example does not load: {problem}\n{example.text}") from None
        found = checked(process, chosen)
    for finding in found:
        wrong = misfit(rule, finding)
        if wrong:
            raise AssertionError(f"`{rule.name}`: {wrong}.")
    return found
