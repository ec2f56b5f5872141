"""Random numbers that depend on nothing but what they are for.

Philox 2x64-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011)
turns a key and a counter into 128 bits. The key is (seed, replication), the counter says for which
deal, at which element, at which visit. So a draw never depends on what was drawn before it: a step
that is added draws numbers of its own and leaves all others as they were, and looking draws none.
"""

from hashlib import blake2b

MULTIPLIER = 0xD2B74407B1CE6E93
WEYL = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
ROUNDS = 10
LARGEST_SEED = (1 << 32) - 1

THIRD = (1 << 42) - 1  # a block gives three uniforms of 42 bits
UNIT = 2.0**-42
HALF_UNIT = 2.0**-43

RoundKeys = tuple[int, int, int, int, int, int, int, int, int, int]


def round_keys(seed: int, replication: int) -> RoundKeys:
    """The keys of the ten rounds; ``seed`` and ``replication`` are below 2^32."""
    key = seed << 32 | replication
    k = [(key + turn * WEYL) & MASK for turn in range(ROUNDS)]
    return (k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], k[8], k[9])


def block(first: int, second: int, keys: RoundKeys) -> tuple[int, int]:
    """The two 64-bit words for a counter of two 64-bit words."""
    for key in keys:
        product = MULTIPLIER * first
        first, second = (product >> 64) ^ key ^ second, product & MASK
    return first, second


def uniforms(
    element: int, source: int, deal: int, visit: int, keys: RoundKeys
) -> tuple[float, float, float]:
    """Three numbers evenly spread in (0, 1), each of 42 bits.

    ``element`` and ``source`` are element keys, ``deal`` counts the source's deals and ``visit``
    the deal's visits of the element, both from 0. 0.5 is added before scaling: neither 0 nor 1 can
    come out. The rounds of ``block`` are written out, for speed.
    """
    k0, k1, k2, k3, k4, k5, k6, k7, k8, k9 = keys
    multiplier, mask = MULTIPLIER, MASK
    first, second = element ^ source, deal << 24 | visit & 0xFFFFFF
    product = multiplier * first
    first, second = (product >> 64) ^ k0 ^ second, product & mask
    product = multiplier * first
    first, second = (product >> 64) ^ k1 ^ second, product & mask
    product = multiplier * first
    first, second = (product >> 64) ^ k2 ^ second, product & mask
    product = multiplier * first
    first, second = (product >> 64) ^ k3 ^ second, product & mask
    product = multiplier * first
    first, second = (product >> 64) ^ k4 ^ second, product & mask
    product = multiplier * first
    first, second = (product >> 64) ^ k5 ^ second, product & mask
    product = multiplier * first
    first, second = (product >> 64) ^ k6 ^ second, product & mask
    product = multiplier * first
    first, second = (product >> 64) ^ k7 ^ second, product & mask
    product = multiplier * first
    first, second = (product >> 64) ^ k8 ^ second, product & mask
    product = multiplier * first
    one, other = (product >> 64) ^ k9 ^ second, product & mask
    return (
        ((one & THIRD) + 0.5) * UNIT,
        ((other & THIRD) + 0.5) * UNIT,
        ((one >> 42 | other >> 42 << 22) & THIRD) * UNIT + HALF_UNIT,
    )


def element_key(path: str) -> int:
    """64 bits that stand for an element, the same on every machine and in every version."""
    return int.from_bytes(blake2b(path.encode(), digest_size=8).digest(), "little")
