"""A baseline of known findings: read, and written again the same, or refused in a sentence."""

import json
from collections.abc import Iterator

from salesflow.checking.baseline import read_baseline
from salesflow.errors import UsageError
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import edited
from tests.fuzz.worlds import put

ENTRY = {"file": "a.yaml", "path": "steps.demo", "rule": "dead-end", "count": 2}
WHOLE = {"version": 1, "findings": [ENTRY, {**ENTRY, "path": "steps.b", "count": 1}]}
HARD = (
    b"",
    b"[]",
    b"[" * 5000,
    b'{"version": 1}',
    b'{"findings": [1]}',
    b"\xff",
    b"9" * 5000,
    b"NaN",
)


def seeds() -> Iterator[bytes]:
    yield from (b"\0" + each for each in (*HARD, json.dumps(WHOLE).encode()))
    yield from (b"\1" + spread(each, 40) for each in range(30))


def run(data: bytes) -> None:
    content = data[1:]
    if data[:1] == b"\1":
        content = json.dumps(edited(WHOLE, Choices(data[1:]))).encode()
    file = put("baseline.json", content)
    try:
        known = read_baseline(file)
    except UsageError as problem:
        assert file in str(problem), problem
        return
    assert read_baseline(put("again.json", known.text().encode())).counts == known.counts
    assert known.left(())[0] == ()
