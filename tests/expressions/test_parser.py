"""Text to tree and back, limits, and texts nobody would write."""

import pickle
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesflow.expressions import compile_expression
from salesflow.expressions.parser import parse
from salesflow.expressions.tree import every

from .grammar import FIELDS, MONEY, SCOPE, arithmetic, conditions, plain

PIECES = st.sampled_from(
    [*"()[]{}<>=!+-*/%,.&|'\"“”#@$€ \n\t\x00é", "and", "or", "not", "AND", "in", "is", "between"]
    + ["equals", "filled", "visited", "times", "filled(", "amount", "region", "DACH", "company"]
    + ["true", "20%", "5", "1,000", "10k", "1e999", "2026-01-05", "9" * 19, "==", "<=", "fee"]
    + ["discovery.fit", "reference", "discount", "not in", "is not", "0", "\ud800", "²", "٣"]
)


@given(conditions())
def test_the_text_of_a_tree_gives_the_tree(text: str) -> None:
    node, problems = parse(text)
    assert not problems
    assert parse(str(node)) == (node, ())
    expression, _ = compile_expression(text, SCOPE)
    again, _ = compile_expression(str(expression), SCOPE)
    assert again == expression
    assert hash(again) == hash(expression)
    assert str(again) == str(expression)
    assert again is not None
    assert expression is not None
    assert (again.literals, again.results) == (expression.literals, expression.results)
    assert (again.mentions, again.reads, again.steps) == (
        expression.mentions,
        expression.reads,
        expression.steps,
    )


@given(arithmetic(MONEY, plain, 3))
def test_the_text_of_a_value_gives_the_value(text: str) -> None:
    first, problems = compile_expression(text, SCOPE, wanted=FIELDS["amount"])
    assert not problems
    again, _ = compile_expression(str(first), SCOPE, wanted=FIELDS["amount"])
    assert again == first


@given(conditions())
def test_places_lie_inside_those_above(text: str) -> None:
    node, _ = parse(text)
    for part in every(node):
        assert 0 <= part.start < part.end <= len(text)
        assert text[part.start : part.end].strip() == text[part.start : part.end]
        own, problems = parse(text[part.start : part.end])
        assert not problems
        assert own == part


def test_spelling_makes_no_difference() -> None:
    one, _ = compile_expression("amount>=100000 and(not(reference))", SCOPE)
    other, _ = compile_expression("((amount >= 100000.00)) and\n not reference", SCOPE)
    assert one == other
    assert one is not None
    assert other is not None
    assert one.text != other.text
    assert str(one) == "amount >= 100000 and not reference"
    assert pickle.loads(pickle.dumps(one)) == one
    assert one != compile_expression("amount >= 100001 and not reference", SCOPE)[0]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("(reference and pilot) and (true and false)", "reference and pilot and true and false"),
        ("reference or pilot and true", "reference or pilot and true"),
        ("(reference or pilot) and true", "(reference or pilot) and true"),
        ("not reference == true", "not reference == true"),
        ("not (not reference)", "not not reference"),
        ("not (reference and pilot)", "not (reference and pilot)"),
        ("(amount + fee) + 1 > 0", "amount + fee + 1 > 0"),
        ("amount + (fee + 1) > 0", "amount + (fee + 1) > 0"),
        ("amount - (fee - 1) > 0", "amount - (fee - 1) > 0"),
        ("(amount * 2) / 4 > 0", "amount * 2 / 4 > 0"),
        ("amount * (2 / 4) > 0", "amount * (2 / 4) > 0"),
        ("-(amount + fee) * 2 > --3", "-(amount + fee) * 2 > 3"),
        ("- - amount > - 3.50", "--amount > -3.5"),
        ("discount < 12.50%", "discount < 12.5%"),
        ("discount < 0.000000000000001%", "discount < 0.000000000000001%"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    expression, problems = compile_expression(text, SCOPE)
    assert not problems
    assert str(expression) == canonical


def test_what_an_expression_reads() -> None:
    text = (
        "filled(company) and amount * 2 > 3 * fee or visited(discovery) and "
        "(3 <= times(discovery.fit) or times(discovery.fit) > 1.5 or times(discovery.no_fit) > -2)"
        " and 2 * discount + 10% > 50% and 100000 < amount and amount == -0.5 and fee - fee > 1"
    )
    expression, problems = compile_expression(text, SCOPE)
    assert not problems
    assert expression is not None
    assert expression.type == "condition"
    assert expression.constant is None
    assert expression.mentions == {"company", "amount", "fee", "discount"}
    assert expression.reads == {"amount", "fee", "discount"}
    assert expression.steps == {"discovery"}
    assert expression.results == {"discovery.fit": 3, "discovery.no_fit": 0}
    shown = {name: [str(cut) for cut in cuts] for name, cuts in expression.literals.items()}
    assert shown == {"amount": ["-1/2", "100000"], "discount": ["1/5"]}


@pytest.mark.parametrize(
    ("text", "field", "constant"),
    [
        ("DACH", "region", "DACH"),
        ("true", "reference", True),
        ("(2 + 3) * 1.5 - 1", "amount", 6.5),
        ("25%", "discount", 0.25),
        ("amount", "fee", None),
        ("pilot", "reference", None),
    ],
)
def test_constants(text: str, field: str, constant: object) -> None:
    expression, problems = compile_expression(text, SCOPE, wanted=FIELDS[field])
    assert not problems
    assert expression is not None
    assert expression.type == FIELDS[field].kind
    assert expression.constant == constant


@pytest.mark.parametrize("wrap", ["not {}", "({})", "--{}", "2 * ({} + amount)", "(true or {})"])
def test_depth_is_limited(wrap: str) -> None:
    text = "amount" if "-" in wrap or "*" in wrap else "reference"
    tail = " > 0" if text == "amount" else ""
    per_level = 2 if "-" in wrap else 1
    for _ in range(32 // per_level):
        text = wrap.format(text)
    expression, problems = compile_expression(text + tail, SCOPE)
    assert not problems
    assert compile_expression(str(expression), SCOPE)[0] == expression
    assert pickle.loads(pickle.dumps(expression)) == expression
    _, problems = compile_expression(wrap.format(text) + tail, SCOPE)
    assert [problem.rule for problem in problems] == ["limit-exceeded"]
    assert "32 deep" in problems[0].message


@pytest.mark.parametrize("piece", ["(", "not ", "-", "-(", "not(", "(true or 1 < 1 + 2 * "])
def test_endless_nesting_is_refused(piece: str) -> None:
    _, problems = compile_expression(piece * (4096 // len(piece)), SCOPE)
    assert "limit-exceeded" in {problem.rule for problem in problems}


def test_long_rows_are_fine() -> None:
    row = " and ".join(["reference"] * 290)
    assert compile_expression(row, SCOPE)[1] == ()
    sums = "amount > " + "+".join(["1"] * 2000)
    expression, _ = compile_expression(sums, SCOPE)
    assert expression is not None
    assert expression.literals["amount"] == (2000,)


def test_size_is_limited() -> None:
    text = "amount > 5" + " " * 4086
    assert compile_expression(text, SCOPE)[1] == ()
    expression, (problem,) = compile_expression(text + " ", SCOPE)
    assert expression is None
    assert problem.rule == "limit-exceeded"
    assert problem.message == "An expression has at most 4096 characters, this has 4097."


def test_at_most_twenty_problems() -> None:
    _, problems = compile_expression("amuont > 1 and " * 200 + "true", SCOPE)
    assert len(problems) == 20


def test_numbers_of_arithmetic_stay_exact_however_long() -> None:
    factors = " * ".join(["999999999999999999"] * 190)
    expression, problems = compile_expression(f"amount > {factors}", SCOPE)
    assert not problems
    assert expression is not None
    assert expression.literals["amount"] == (999999999999999999**190,)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map(" ".join)))
@example("filled(((")
@example("amount in [")
@example("amount not in")
@example("not in")
@example("times.")
@example("visited(a.)")
@example("$$$$")
def test_any_text_gives_an_expression_or_problems(text: str) -> None:
    for wanted in (None, *FIELDS.values()):
        expression, problems = compile_expression(text, SCOPE, wanted=wanted)
        assert (expression is None) == bool(problems)
        assert list(problems) == sorted(problems, key=lambda one: (one.start, one.end))
        for problem in problems:
            assert 0 <= problem.start <= problem.end <= len(text)
            assert problem.message.endswith(".")
            assert not problem.hint or problem.hint.endswith((".", "?"))
            assert "?" in text or "?" not in problem.message + problem.hint[:-1]


@given(st.lists(PIECES, max_size=25).map("".join))
@example("é2026-01-0520%")
def test_any_text_without_spaces_too(text: str) -> None:
    expression, problems = compile_expression(text, SCOPE)
    assert (expression is None) == bool(problems)


def test_an_empty_scope_still_gives_messages() -> None:
    from salesflow.expressions import Scope

    text = "amount > 5 and visited(a) and times(a.b) > 1 and filled(x)"
    _, problems = compile_expression(text, Scope({}))
    assert [problem.hint for problem in problems] == [
        "Fields are declared under `data`.",
        "There are no steps.",
        "There are no results.",
        "Fields are declared under `data`.",
    ]


def test_start_up_imports_nothing_slow() -> None:
    code = (
        "import sys; before = set(sys.modules); import salesflow.expressions as e;"
        "e.compile_expression('amount >= 5', e.Scope({'amount': e.FieldType('money')}));"
        "print(sorted({'fractions', 'decimal', 'difflib', 'dataclasses'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
