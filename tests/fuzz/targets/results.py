"""The JSON of a result: read as what it was, or refused in a sentence; what is read can be told."""

import json
from collections.abc import Iterator
from functools import cache

from salesflow.errors import UsageError
from salesflow.reporting.simulated.markdown import markdown
from salesflow.reporting.simulated.text import text
from salesflow.simulation.result_reading import read_result
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import edited
from tests.fuzz.harmless import harmless
from tests.fuzz.worlds import put
from tests.reporting.simulated_results import result

HARD = (
    b"",
    b"{}",
    b"[" * 5000,
    b"NaN",
    b'{"version": 1e999}',
    b'"\\ud800"',
    b"1" * 5000,
    b"\xff\xfe{}",
)


def seeds() -> Iterator[bytes]:
    yield from (b"\0" + each for each in (*HARD, json.dumps(_whole()).encode()))
    yield from (b"\1" + spread(each, 60) for each in range(40))


def run(data: bytes) -> None:
    content = data[1:]
    if data[:1] == b"\1":
        content = json.dumps(edited(_whole(), Choices(data[1:]))).encode()
    file = put("result.json", content)
    try:
        found = read_result(file)
    except UsageError as problem:
        assert file in str(problem), problem
        return
    harmless(text(found))
    harmless(markdown(found))


@cache
def _whole() -> dict[str, object]:
    whole: dict[str, object] = json.loads(json.dumps(result().to_dict()))
    return whole
