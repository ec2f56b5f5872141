"""What an unquoted scalar is, against PyYAML's rules (YAML 1.1) and those of the YAML 1.2 spec."""

import re
from itertools import product

import pytest
import yaml

from salesflow.source.read import read
from salesflow.source.scalars import Doubtful, PlainDate, doubtful_key, plain_value

# The tables of section 10.3.2 (core schema) of the YAML 1.2.2 specification.
CORE = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)"
    r"|\.nan|\.NaN|\.NAN"
)
PYYAML = yaml.SafeLoader("")


def is_text_to_all(word: str) -> bool:
    tag = PYYAML.resolve(yaml.ScalarNode, word, (True, False))
    return tag == "tag:yaml.org,2002:str" and not CORE.fullmatch(word)


def test_what_any_reader_takes_for_something_else_is_no_text_to_us() -> None:
    words = {
        "".join(signs).strip()
        for length, alphabet in ((2, "0189+-._:eEoxXbNn~yYfT "), (4, "018-._:ex"), (5, "07.e"))
        for signs in product(alphabet, repeat=length)
    } - {""}
    assert len(words) > 7000
    strict = {word for word in words if not is_text_to_all(word)}
    assert len(strict) > 500
    assert not [word for word in strict if type(plain_value(word)) is str]


KINDS = {
    "boolean": "y Y yes Yes YES n N no No NO True TRUE False FALSE on On ON off Off OFF",
    "empty value": "~ null Null NULL",
    "number in base 16": "0x1F 0X1f -0xa_b +0x0 0x1d 0XdD",
    "number in base 2": "0b1 0B0 -0b1_0 +0b11",
    "number in base 8": "0o17 017 00 -07 +0_7",
    "number in base 60": "1:30 9:5 1:30:59 -1:00 +1:2.5 190:20:30.15 1_0:30",
    "number": "+5 08 1_000 -1_0 .5 5. 1.5e3 1E-5 .5e1 . -.inf .Inf +.INF .nan .NaN .NAN 12e+3 1_0.5",
    "date": "2026-1-5 2026-01-05T10:00 2026-01-05t10:00:00.5Z 2026-1-05 2026-12-1",
}


@pytest.mark.parametrize(("kind", "words"), KINDS.items())
def test_the_doubt_has_a_name(kind: str, words: str) -> None:
    for word in words.split():
        assert plain_value(word) == Doubtful(word, kind)
        if kind != "date":
            assert doubtful_key(word) == Doubtful(word, kind)
    assert plain_value("2026-01-05 10:00:00") == Doubtful("2026-01-05 10:00:00", "date")
    assert plain_value("2026-01-05 \t10:00") == Doubtful("2026-01-05 \t10:00", "date")


@pytest.mark.parametrize("word", ["5", "-1.5", "2026-01-05", "text", "30%", "a:b"])
def test_numbers_and_dates_are_names_where_a_key_stands(word: str) -> None:
    assert doubtful_key(word) is None


def test_a_date_is_a_text_that_knows_it_was_not_quoted() -> None:
    data = read("a: 2026-12-25\nb: '2026-12-25'\nc: 2026-12-25x\n", "f").data
    assert data is not None
    assert data["a"] == data["b"] == "2026-12-25"
    assert [type(each) for each in data.values()] == [PlainDate, str, str]
    assert not hasattr(PlainDate("2026-12-25"), "__dict__")


def test_true_and_false_are_the_only_booleans() -> None:
    assert (plain_value("true"), plain_value("false")) == (True, False)
    assert doubtful_key("true") == Doubtful("true", "boolean")
    assert doubtful_key("false") == Doubtful("false", "boolean")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("9" * 18, 18),
        ("-" + "9" * 18, 18),
        ("1." + "5" * 17, 18),
        ("0." + "5" * 18, 19),
        ("9" * 19, 19),
    ],
)
def test_a_number_has_eighteen_digits(text: str, digits: int) -> None:
    value = plain_value(text)
    if digits > 18:
        assert value == Doubtful(text, "too long")
    else:
        assert value == (float(text) if "." in text else int(text))


def test_what_is_longer_than_any_number_is_text() -> None:
    longest = "1" + "_" * 4094 + "1"
    assert plain_value(longest) == Doubtful(longest, "number")
    assert plain_value(longest + "1") == longest + "1"
