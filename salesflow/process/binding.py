"""Names and what they mean: the one place that knows every id of a process while it is built."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from salesflow.expressions import Expression, FieldType, Scope, compile_expression
from salesflow.findings import Finding, Related, syntax_finding
from salesflow.names import listed, nearest
from salesflow.quantities import decimal_text
from salesflow.source.located import Map, Seq, key_span, value_span
from salesflow.spans import Span

MOST_GUESSES = 100
_MOST_COMPARED = 50_000  # names, over all guesses: comparing two takes some 10 microseconds
_POOL = 5000  # of so many known names the nearest is sought
SOURCE_FIELD = "source"  # the choice field that every deal has


class Names(Collection[str]):
    """Several collections of names as one, without copying: a process may have 100,000."""

    def __init__(self, *parts: Collection[str]) -> None:
        """Keep the parts."""
        self._parts = parts

    def __contains__(self, name: object) -> bool:
        """Whether one of the parts knows it."""
        return any(name in part for part in self._parts)

    def __iter__(self) -> Iterator[str]:
        """The names of all parts, one that several parts know several times."""
        return chain.from_iterable(self._parts)

    def __len__(self) -> int:
        """How many there are."""
        return sum(map(len, self._parts))


class Binder:
    """What is known while a process is built, and the findings made on the way."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self.findings: list[Finding] = []
        self.fields: dict[str, FieldType] = {}
        self.nodes: dict[str, Map] = {}  # step node -> its data
        self.branches: set[str] = set()
        self.results: set[str] = set()
        self.outcomes: set[str] = set()
        self.touchpoints: set[str] = set()
        self.told: set[str] = set()  # ids whose own mistake is told: looking for them is no other
        self.lost: set[str] = set()  # kinds ("stage") of which none could be read
        self._scope: Scope | None = None
        self._guesses = 0
        self._compared = 0
        self._compiled: dict[tuple[str, FieldType | None], Expression | None] = {}

    def wrong(
        self, span: Span, message: str, *, path: str, hint: str = "", rule: str = "schema"
    ) -> None:
        """Note something that the language forbids."""
        self.findings.append(syntax_finding(rule, span, message, path=path, hint=hint))

    def clash(self, span: Span, message: str, *, path: str, first: Span, other: str) -> None:
        """Note one id used for two things."""
        related = (Related(other, first, "the other one"),)
        hint = "Rename one of them."
        self.findings.append(
            Finding("schema", "syntax", "error", path, span, message, hint, related=related)
        )

    def unknown(
        self, what: str, name: str, known: Collection[str], *, span: Span, path: str, hint: str = ""
    ) -> None:
        """Note a name that stands for nothing, with the name that was probably meant."""
        if name in self.told or self.lost.intersection(what.replace(",", " ").split()):
            return
        near = self._guess(name, known)
        if "step" in what and "outcome" not in what and name in self.outcomes:
            hint = f"`{name}` is an outcome: name a step."
        elif near:
            hint = f"Did you mean `{near}`?"
        elif not hint and known and self._guesses <= MOST_GUESSES:
            hint = f"Known here: {listed(sorted(known))}."
        self.wrong(
            span, f"There is no {what} called `{name}`.", path=path, hint=hint, rule="unknown-name"
        )

    def _guess(self, name: str, known: Collection[str]) -> str | None:
        """The known name that was probably meant, while guessing has not cost too much."""
        self._guesses += 1
        self._compared += min(len(known), _POOL)
        if self._guesses > MOST_GUESSES or self._compared > _MOST_COMPARED:
            return None
        return nearest(name, known)

    def known(
        self, what: str, name: str, known: Collection[str], *, span: Span, path: str, hint: str = ""
    ) -> bool:
        """Whether the name is known; a finding if not."""
        if name in known:
            return True
        self.unknown(what, name, known, span=span, path=path, hint=hint)
        return False

    def field_names(self, data: Mapping[str, Any], key: str, *, path: str) -> tuple[str, ...]:
        """The known fields of a list such as ``requires``, sorted; findings for the others."""
        names = data.get(key)
        if not isinstance(names, Seq):
            return ()
        kept = set()
        for place, name in enumerate(names):
            if name in self.fields:
                kept.add(name)
            else:  # only now is a place worked out: that is what takes the time
                self.is_field(name, span=value_span(names, place), path=f"{path}.{key}")
        return tuple(sorted(kept))

    def is_field(self, name: str, *, span: Span, path: str) -> bool:
        """Whether the name is a field of the deal; a finding if not."""
        hint = f"Declare it: `data: {{{name}: {{type: text}}}}`."
        return self.known("field", name, self.fields, span=span, path=path, hint=hint)

    def expression(
        self, data: Map, key: str, *, path: str, wanted: FieldType | None = None
    ) -> Expression | None:
        """The compiled expression that stands at ``data[key]``; None, and findings, if wrong."""
        if key not in data:
            return None
        if self._scope is None:
            self._scope = Scope(fields=self.fields, steps=self.nodes, results=self.results)
        value = data[key]
        text = written(value)
        if (text, wanted) in self._compiled:  # `no_decision` stands at many results
            return self._compiled[text, wanted]
        expression, problems = compile_expression(text, self._scope, wanted=wanted)
        if not problems:
            self._compiled[text, wanted] = expression
            return expression
        span = value_span(data, key)
        quote = span.end_column - span.column - len(text) == 2 and isinstance(value, str)
        for problem in problems:
            if problem.rule == "unknown-name" and "field" in self.lost:
                continue
            place = span.within(problem.start + quote, problem.end + quote)
            family = "guards" if problem.rule == "type-mismatch" else "syntax"
            # An expression does not know what the field is called that it is set to.
            message = problem.message.replace("The field ", f"`{key}` ", 1)
            self.findings.append(
                Finding(problem.rule, family, "error", path, place, message, problem.hint)
            )
        return expression


def written(value: Any) -> str:
    """A scalar of the data as it would be written in an expression."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return decimal_text(value)
    return str(value)


def common(parent: Map, key: str, *, path: str, node: str) -> dict[str, Any]:
    """The fields that every element has, for the element that stands at ``parent[key]``."""
    data = parent[key]
    fields: dict[str, Any] = {
        "id": key,
        "path": path,
        "node": node,
        "span": key_span(parent, key),
    }
    if isinstance(data, Map):
        for name in ("name", "description", "owner", "was"):
            if name in data:
                fields[name] = str(data[name])
    return fields
