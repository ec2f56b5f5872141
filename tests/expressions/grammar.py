"""Expressions as people write them, drawn at random, and a second opinion on what they mean."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from salesflow.expressions import FieldType, Scope, tree
from salesflow.expressions.types import ONLY_FILLED

FIELDS = {
    "amount": FieldType("money"),
    "fee": FieldType("money"),
    "employees": FieldType("number"),
    "seats": FieldType("number"),
    "discount": FieldType("percent"),
    "margin": FieldType("percent"),
    "region": FieldType("choice", ("DACH", "NORDICS", "AMER", "fee")),  # `fee` is a field too
    "territory": FieldType("choice", ("DACH", "APAC")),
    "loss_reason": FieldType("choice", ("price", "timing")),
    "reference": FieldType("yes_no"),
    "pilot": FieldType("yes_no"),
    "company": FieldType("text"),
    "close_date": FieldType("date"),
    "champion": FieldType("person"),
    "contract": FieldType("document"),
}
SCOPE = Scope(
    FIELDS,
    steps=("discovery", "paper_process.legal.draft"),
    results=("discovery.fit", "discovery.no_fit", "paper_process.done"),
)
MONEY, NUMBER, PERCENT = ("amount", "fee"), ("employees", "seats"), ("discount", "margin")
ORDERS = ("<", "<=", ">", ">=", "==", "!=")

plain = st.sampled_from(["0", "1", "3", "10", "0.5", "2.25", "100000"])
percent = st.sampled_from(["0%", "20%", "12.5%", "100%"])


@st.composite
def arithmetic(draw: Callable[..., Any], fields: tuple[str, ...], literal: Any, depth: int) -> str:
    """A number of one kind."""
    shape = draw(st.integers(0, 6 if depth else 1))
    deeper = arithmetic(fields, literal, depth - 1)
    if shape == 0:
        return str(draw(literal))
    if shape == 1:
        return str(draw(st.sampled_from(fields)))
    if shape == 2:
        return f"{draw(deeper)} {draw(st.sampled_from('+-'))} {draw(deeper)}"
    if shape == 3:
        return f"-({draw(deeper)})"
    if shape == 4:
        return f"({draw(deeper)}) / {draw(st.sampled_from(['2', '-4', '0.25', '(1 + 2)']))}"
    factor = draw(st.sampled_from(["2", "-1", "1.5", "0", "(3 - 1)"]))
    if shape == 5 and literal is plain:
        factor = draw(percent)
    pair = [f"({draw(deeper)})", factor]
    return " * ".join(pair if draw(st.booleans()) else reversed(pair))


def atoms(depth: int) -> st.SearchStrategy[str]:
    """A comparison or another condition without ``and``, ``or`` and ``not``."""

    def compared(fields: tuple[str, ...], literal: Any) -> st.SearchStrategy[str]:
        side = arithmetic(fields, literal, depth)
        return st.tuples(side, st.sampled_from(ORDERS), side).map(" ".join)

    equal = st.sampled_from(["==", "!="])
    choice = st.sampled_from(["region", "territory", "DACH"])
    return st.one_of(
        compared(MONEY, plain),
        compared(NUMBER, plain),
        compared(PERCENT, percent),
        st.tuples(st.just("region"), equal, choice).map(" ".join),
        st.tuples(choice, equal, st.just("territory")).map(" ".join),
        st.tuples(
            st.sampled_from(["reference", "pilot", "true"]),
            equal,
            st.sampled_from(["pilot", "true", "false"]),
        ).map(" ".join),
        st.sampled_from(["reference", "pilot", "true", "false", "fee == 2", "region == fee"]),
        st.sampled_from(sorted(FIELDS)).map(lambda name: f"filled({name})"),
        st.sampled_from(sorted(SCOPE.steps)).map(lambda name: f"visited( {name} )"),
        st.tuples(
            st.sampled_from(sorted(SCOPE.results)), st.sampled_from(ORDERS), st.integers(0, 3)
        ).map(lambda parts: f"times({parts[0]}) {parts[1]} {parts[2]}"),
    )


@st.composite
def conditions(draw: Callable[..., Any], depth: int = 3, numbers: int = 2) -> str:
    """A condition that compiles in ``SCOPE``."""
    shape = draw(st.integers(0, 5)) if depth else 0
    if shape <= 1:
        return str(draw(atoms(numbers)))
    inner = conditions(depth - 1, numbers)
    if shape == 2:
        return f"not ({draw(inner)})"
    if shape == 3:
        return f"( {draw(inner)})"
    word = draw(st.sampled_from(["and", "or"]))
    left, right = draw(inner), draw(inner)
    return f"({left}) {word} {right}" if draw(st.booleans()) else f"{left} {word} ({right})"


numbers = st.one_of(
    st.sampled_from([0, 1, -1, 3, 10, 0.5, 0.2, 0.1, 0.125, 2.25, 100000, 99999.99, 1e-7]),
    st.integers(-20, 20),
    st.fractions(-5, 5, max_denominator=8),
    st.floats(-1e6, 1e6),
)


def value_of(field: FieldType) -> st.SearchStrategy[Any]:
    """A filled value of a field."""
    if field.kind == "choice":
        return st.sampled_from(field.values)
    if field.kind == "yes_no":
        return st.booleans()
    return st.just("something") if field.kind in ONLY_FILLED else numbers


deals = st.fixed_dictionaries(
    {name: st.one_of(st.none(), value_of(field)) for name, field in FIELDS.items()}
)
visits = st.sets(st.sampled_from(sorted(SCOPE.steps)))
counts = st.dictionaries(st.sampled_from(sorted(SCOPE.results)), st.integers(0, 4))


def as_fraction(value: Any) -> Any:
    """A number as a Fraction: a float is the decimal it shows."""
    if isinstance(value, bool | str):
        return value
    return Fraction(str(value))


def source(node: tree.Node) -> str:
    """Python for a checked tree; a comparison is a call that looks after unfilled fields."""
    match node:
        case tree.Number():
            text = str(node)
            return f"F('{text[:-1]}') / 100" if node.percent else f"F('{text}')"
        case tree.Truth():
            return repr(node.value)
        case tree.Choice():
            return repr(node.value)
        case tree.Field():
            return f"D[{node.name!r}]"
        case tree.Filled():
            return f"(D[{node.name!r}] is not None)"
        case tree.Visited():
            return f"({node.step!r} in V)"
        case tree.Times():
            return f"C.get({node.result!r}, 0)"
        case tree.Minus():
            return f"(-({source(node.value)}))"
        case tree.Chain():
            more = "".join(f" {sign} ({source(part)})" for sign, part in node.rest)
            return f"(({source(node.first)}){more})"
        case tree.Not():
            return f"(not {judged(node.condition)})"
        case tree.Several():
            word = " and " if isinstance(node, tree.And) else " or "
            return "(" + word.join(judged(part) for part in node.parts) + ")"
        case tree.Compare():
            return f"(({source(node.left)}) {node.sign} ({source(node.right)}))"
    raise AssertionError(node)


def judged(node: tree.Node) -> str:
    """Python for a condition."""
    if isinstance(node, tree.Compare | tree.Field):
        text = source(node)
        return f"atom(lambda: {text}, {text!r})"
    return source(node)


def second_opinion(
    root: tree.Node, deal: Mapping[str, Any], visited: set[str], times: Mapping[str, int]
) -> tuple[bool, set[str]]:
    """What Python says about a condition, and the fields it found unfilled."""
    missed: set[str] = set()
    data = {name: None if v is None else as_fraction(v) for name, v in deal.items()}

    def atom(judge: Callable[[], bool], text: str) -> bool:
        missing = {name for name, v in data.items() if v is None and f"D[{name!r}]" in text}
        missed.update(missing)
        return False if missing else judge()

    names = {"F": Fraction, "D": data, "V": visited, "C": times, "atom": atom}
    return eval(judged(root), names), missed
