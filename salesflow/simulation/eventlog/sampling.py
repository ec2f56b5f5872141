"""Which deals a sampled log tells of: the same ones whatever happens to them."""

from hashlib import blake2b

_BYTES = 8


def kept(source_key: int, serial: int, share: float) -> bool:
    """Whether a share (0 to 1) of the deals takes in the ``serial``-th of a source.

    It hangs on nothing but the source and the number there, so that scenarios with other people or
    other steps tell of the same deals, and a larger share has all that a smaller one has.
    """
    if share >= 1:
        return True
    name = f"{source_key}/{serial}".encode()
    drawn = int.from_bytes(blake2b(name, digest_size=_BYTES).digest(), "big")
    return drawn < share * 256.0**_BYTES
