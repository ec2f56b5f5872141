"""Conditions: compiled or refused at a place within; judged alike on a deal and on its ranges."""

from collections.abc import Iterator

from salesflow.expressions import compile_expression
from salesflow.expressions.cells import cell_holding, cells_of, evaluate_cells
from salesflow.expressions.evaluate import evaluate
from tests.expressions.grammar import FIELDS, SCOPE
from tests.expressions.test_wrong import ENTRIES
from tests.fuzz.choices import Choices
from tests.fuzz.documents import under

NUMBERS = (0, 1, -1, 20_000, 100_000, 0.2, 0.125, 10**17, 0.1 + 0.2)
WORDS = (
    *FIELDS, "and", "or", "not", "filled(", "visited(discovery)", "times(discovery.fit)", "(", ")",
    "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "20%", "100000", "0.5", "DACH", "true",
    "is", "in", "[", "]", "between", "=", "&&", "||", "!", "'", '"', "then", "0", ",", "€", "1e5",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    yield from (b"\0" * 8 + entry.split("\n")[0].encode() for entry in ENTRIES)
    yield from (b"\0" * 8 + str(text).encode() for text in under("when"))
    yield from (b"\1" * 8 + bytes(range(each, each + 40)) for each in range(0, 200, 7))


def run(data: bytes) -> None:
    head, rest = Choices(data[:8]), Choices(data[8:])
    wanted = head.one_of((None, None, *FIELDS.values()))
    text = rest.data.decode("utf-8", "replace")
    if head.below(2):
        text = " ".join(rest.one_of(WORDS) for _ in range(min(len(data) - 8, 60)))
    expression, problems = compile_expression(text, SCOPE, wanted=wanted)
    assert (expression is None) == bool(problems)
    for problem in problems:
        assert 0 <= problem.start <= problem.end <= len(text) + 1
        assert problem.message
    if expression is None:
        return
    again, _ = compile_expression(str(expression), SCOPE, wanted=wanted)
    assert again == expression, str(expression)
    deal = _deal(head)
    outcome, missed = evaluate(expression, deal, visited={"discovery"}, times={"discovery.fit": 1})
    assert missed <= expression.mentions
    if wanted is None and not expression.results:
        assert outcome in (True, False)
        cells = {
            name: cell_holding(cells_of(FIELDS[name], expression.literals.get(name, ())), value)
            for name, value in deal.items()
            if name in expression.mentions
        }
        verdict = evaluate_cells(expression, cells, visited={"discovery"})
        assert outcome in verdict.outcomes, (text, deal)
        assert missed <= verdict.unfilled, (text, deal)


def _deal(head: Choices) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, field in FIELDS.items():
        if head.below(3):
            numbers = {"choice": field.values, "yes_no": (True, False)}.get(field.kind, NUMBERS)
            found[name] = head.one_of(numbers)
    return found
