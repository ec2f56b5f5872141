"""The generator against its published answers, and what draws need of it: even, apart, repeatable."""

from collections import Counter
from math import sqrt
from statistics import correlation

import pytest

from salesflow.simulation.philox import (
    LARGEST_SEED,
    MASK,
    MULTIPLIER,
    ROUNDS,
    UNIT,
    WEYL,
    block,
    element_key,
    round_keys,
    uniforms,
)

MANY = 40_000
KEYS = round_keys(1, 0)
ELEMENT, SOURCE = element_key("smb:call"), element_key("smb:inbound")


def keys_of(key: int) -> tuple[int, ...]:
    """The keys of the rounds as the paper says: the Weyl constant added once a round."""
    return tuple((key + turn * WEYL) % 2**64 for turn in range(10))


def plain_block(first: int, second: int, key: int) -> tuple[int, int]:
    """Philox 2x64 written from the paper: rounds in a loop, the key bumped between them."""
    for turn in range(10):
        if turn:
            key = (key + 0x9E3779B97F4A7C15) % 2**64
        high, low = divmod(0xD2B74407B1CE6E93 * first, 2**64)
        first, second = high ^ key ^ second, low
    return first, second


# kat_vectors of Random123 1.14 (Salmon, Moraes, Dror & Shaw, SC 2011), lines philox2x64 10.
@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0), 0, (0xCA00A0459843D731, 0x66C24222C9A845B5)),
        ((MASK, MASK), MASK, (0x65B021D60CD8310F, 0x4D02F3222F86DF20)),
        (
            (0x243F6A8885A308D3, 0x13198A2E03707344),
            0xA4093822299F31D0,
            (0x0A5E742C2997341C, 0xB0F883D38000DE5D),
        ),
    ],
    ids=["zeros", "ones", "digits_of_pi"],
)
def test_the_answers_are_the_published_ones(
    counter: tuple[int, int], key: int, answer: tuple[int, int]
) -> None:
    assert plain_block(*counter, key) == answer
    assert block(*counter, keys_of(key)) == answer


def test_the_constants_are_those_of_the_paper() -> None:
    assert (MULTIPLIER, WEYL, ROUNDS) == (0xD2B74407B1CE6E93, 0x9E3779B97F4A7C15, 10)


@pytest.mark.parametrize("seed", [0, 1, LARGEST_SEED])
@pytest.mark.parametrize("replication", [0, 29, LARGEST_SEED])
def test_seed_and_replication_are_the_key(seed: int, replication: int) -> None:
    assert round_keys(seed, replication) == keys_of(seed * 2**32 + replication)


def test_a_block_gives_three_numbers_of_its_own_bits() -> None:
    one, other = plain_block(ELEMENT ^ SOURCE, 7 * 2**24 + 3, 1 * 2**32)
    third = 2**42
    expected = [one % third, other % third, (one // third + other // third * 2**22) % third]
    found = uniforms(ELEMENT, SOURCE, 7, 3, KEYS)
    assert [(value / UNIT - 0.5) for value in found] == expected


def test_neither_nought_nor_one_comes_out() -> None:
    assert 0 < 0.5 * UNIT < 1 - 0.5 * UNIT < 1  # the least and the greatest there can be
    assert (2**42 - 1 + 0.5) * UNIT == 1 - 0.5 * UNIT


def test_deals_visits_elements_sources_and_replications_draw_apart() -> None:
    drawn = [
        uniforms(element_key(f"smb:{element}"), element_key(f"smb:{source}"), deal, visit, keys)
        for element in ("call", "demo")
        for source in ("web", "fair")
        for deal in (0, 1, 2**20)
        for visit in (0, 1, 2)
        for keys in (KEYS, round_keys(1, 1), round_keys(2, 0))
    ]
    assert len(set(drawn)) == len(drawn) == 2 * 2 * 3 * 3 * 3


def test_what_is_drawn_hangs_on_nothing_else() -> None:
    alone = uniforms(ELEMENT, SOURCE, 5, 0, KEYS)
    for deal in range(10):
        uniforms(ELEMENT, SOURCE, deal, 1, KEYS)
    assert uniforms(ELEMENT, SOURCE, 5, 0, KEYS) == alone


def _columns() -> list[list[float]]:
    rows = [uniforms(ELEMENT, SOURCE, deal, 0, KEYS) for deal in range(MANY)]
    return [list(column) for column in zip(*rows, strict=True)]


# Bounds that a fair generator passes 999 times in 1,000; the seed is fixed, so they always hold.
CHI_SQUARE_255 = 330.5  # 99.9% of chi-square with 255 degrees of freedom
NORMAL = 3.29  # 99.9% of the normal distribution, both sides


def test_the_numbers_are_spread_evenly() -> None:
    for column in _columns():
        counts = Counter(int(value * 256) for value in column)
        chi_square = sum((counts[n] - MANY / 256) ** 2 for n in range(256)) / (MANY / 256)
        assert chi_square < CHI_SQUARE_255
        assert sum(column) / MANY == pytest.approx(0.5, abs=NORMAL / sqrt(12 * MANY))


def test_the_last_bits_are_spread_evenly_too() -> None:
    for column in _columns():
        counts = Counter(int(value / UNIT) % 256 for value in column)
        chi_square = sum((counts[n] - MANY / 256) ** 2 for n in range(256)) / (MANY / 256)
        assert chi_square < CHI_SQUARE_255


def test_numbers_of_a_block_of_neighbours_and_of_visits_do_not_hang_together() -> None:
    first, second, third = _columns()
    again = [uniforms(ELEMENT, SOURCE, deal, 1, KEYS)[0] for deal in range(MANY)]
    other = [uniforms(element_key("smb:demo"), SOURCE, deal, 0, KEYS)[0] for deal in range(MANY)]
    pairs = [
        (first, second),
        (first, third),
        (second, third),
        (first[1:], first[:-1]),
        (third[1:], third[:-1]),
        (first, again),
        (first, other),
    ]
    for one, two in pairs:
        assert abs(correlation(one, two)) < NORMAL / sqrt(len(one))


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("", 0xB4B2797457A0A6E4),
        ("smb:call", 0x5AA0E4E35418A86B),
        ("enterprise:contracting.legal.draft", 0x6D04377441809B00),
        ("enterprise:führung", 0xAD6D259EB56F8AC),
    ],
)
def test_keys_of_elements_are_the_same_for_ever(path: str, key: int) -> None:
    """`b2sum -l 64` of the path, read backwards; another key would give other numbers for a seed."""
    assert element_key(path) == key
