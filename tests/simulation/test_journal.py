"""The journal: what it keeps, what it refuses, and that a run that is killed loses nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from salesflow.errors import UsageError
from salesflow.simulation import engines
from salesflow.simulation.journal import Identity, Journal, _line, open_journal
from salesflow.simulation.tally import Tally
from tests.simulation.small import program

PROGRAM = program(weeks=2)
TALLIES = [engines.play("python", PROGRAM, 1, replication) for replication in range(4)]
IDENTITY = Identity(
    version="1.2.3",
    seed=1,
    duration="26w",
    warmup="",
    programs={"`small`": PROGRAM.digest, "the scenario `more`": "sha256:2"},
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(*tallies: Tally, identity: Identity = IDENTITY) -> bytes:
    with open_journal("run.jsonl", identity) as journal:
        for tally in tallies:
            journal.add(PROGRAM.digest, tally)
    return Path("run.jsonl").read_bytes()


def known(identity: Identity = IDENTITY) -> dict[tuple[str, int], Tally]:
    with open_journal("run.jsonl", identity) as journal:
        return journal.known


def test_what_is_written_comes_back_the_same() -> None:
    written(*TALLIES[:3])
    found = known()
    assert found == {(PROGRAM.digest, tally.replication): tally for tally in TALLIES[:3]}
    assert repr(list(found.values())) == repr(TALLIES[:3])  # types too, to the last bit
    assert all(type(tally) is Tally for tally in found.values())
    written(TALLIES[3])
    assert list(known().values()) == TALLIES


def test_wherever_it_is_torn_whole_lines_count_and_the_rest_is_written_again() -> None:
    whole = written(*TALLIES)
    lines = whole.splitlines(keepends=True)
    ends = [sum(map(len, lines[: at + 1])) for at in range(len(lines))]
    draw = Random(1)
    cuts = {0, 1, *ends, *(end - 1 for end in ends), *(end + 1 for end in ends[:-1])}
    for cut in sorted(cuts | {draw.randrange(len(whole)) for _ in range(40)}):
        Path("run.jsonl").write_bytes(whole[:cut])
        kept = max(sum(end <= cut for end in ends) - 1, 0)
        with open_journal("run.jsonl", IDENTITY) as journal:
            assert list(journal.known.values()) == TALLIES[:kept], cut
            for tally in TALLIES[kept:]:
                journal.add(PROGRAM.digest, tally)
        assert Path("run.jsonl").read_bytes() == whole, cut


def test_a_line_that_was_changed_counts_for_nothing() -> None:
    whole = written(*TALLIES)
    lines = whole.splitlines(keepends=True)
    for damage in (
        lines[2].replace(b"1", b"2", 1),
        lines[2].replace(b"[", b"\xff", 1),
        b"\x00" * len(lines[2]) + b"\n",
        b"\n",
        b"{}\n",
    ):
        Path("run.jsonl").write_bytes(b"".join([*lines[:2], damage, *lines[3:]]))
        assert list(known().values()) == [TALLIES[0], *TALLIES[2:]]


@pytest.mark.parametrize(
    "body",
    [
        "{}", "[]", "1", "null", '{"tally":1}', '{"program":1,"tally":[]}', "[" * 5000, "9" * 5000,
        '{"program":"x","tally":[[],1,2]}', '{"program":"x","tally":{"replication":"a"}}',
    ],
)  # fmt: skip
def test_a_right_checksum_on_something_else_counts_for_nothing(body: str) -> None:
    lines = written(*TALLIES).splitlines(keepends=True)
    Path("run.jsonl").write_bytes(b"".join([*lines[:2], _line(body).encode(), *lines[3:]]))
    assert list(known().values()) == [TALLIES[0], *TALLIES[2:]]
    Path("run.jsonl").write_bytes(_line(body).encode())
    with pytest.raises(UsageError, match="is no journal"):
        known()


def test_a_tally_with_texts_for_numbers_is_played_again() -> None:
    lines = written(*TALLIES).splitlines(keepends=True)
    body = json.loads(lines[2])["line"]
    body["tally"][0] = "many"
    Path("run.jsonl").write_bytes(lines[0] + _line(json.dumps(body)).encode())
    assert known() == {}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seed": 2}, "seed `1` there, `2` here"),
        ({"version": "2.0.0"}, "salesflow `1.2.3` there, `2.0.0` here"),
        ({"warmup": "8w"}, "warm-up not given there, `8w` here"),
        ({"duration": "52w", "seed": 3}, "seed `1` there, `3` here; duration `26w` there, `52w` here"),
        ({"programs": {"`small`": "sha256:9", "the scenario `more`": "sha256:2"}}, "`small` has changed"),
        ({"programs": {"`small`": PROGRAM.digest}}, "the scenario `more` is only in it"),
        (
            {"programs": {**IDENTITY.programs, "the scenario `less`": "sha256:3"}},
            "the scenario `less` is not in it",
        ),
    ],
)  # fmt: skip
def test_the_journal_of_another_run_says_what_differs(
    changes: dict[str, object], message: str
) -> None:
    before = written(*TALLIES)
    with pytest.raises(UsageError) as caught:
        known(IDENTITY.replace(**changes))
    assert str(caught.value) == (
        f"`run.jsonl` is the journal of another run: {message}. Name a new file, or simulate the "
        "same again."
    )
    assert Path("run.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    "content",
    ["salesflow: 1\nprocess: a\n", "\n", "{}", "[]\n", '{"sum":"', "x" * 100, '{"version": 1}\n'],
)
def test_a_file_that_is_no_journal_stays_as_it_is(content: str) -> None:
    Path("run.jsonl").write_text(content)
    if IDENTITY.text.startswith(content):  # the very beginning of a journal, torn
        assert known() == {}
        return
    with pytest.raises(UsageError, match=r"`run\.jsonl` is no journal of a simulation"):
        known()
    assert Path("run.jsonl").read_text() == content


def test_a_place_that_cannot_be_written() -> None:
    Path("folder").mkdir()
    for path, why in (("folder", "is a directory"), ("no/such/run.jsonl", "no such file")):
        with (
            pytest.raises(UsageError, match=f"The journal `{path}` cannot be written: {why}"),
            open_journal(path, IDENTITY),
        ):
            pass


FULL = """
import resource, sys
from tests.simulation.test_journal import *
with open_journal("run.jsonl", IDENTITY) as journal:
    for tally in TALLIES:
        journal.add(PROGRAM.digest, tally)
        if tally is TALLIES[0]:  # as if the disk were full in the middle of the line after the next
            size = os.path.getsize("run.jsonl")
            line = size - len(IDENTITY.text)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + line + line // 2, -1))
"""


def test_a_full_disk_is_said_and_nothing_is_lost() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    kept = len(known())
    assert 1 <= kept < len(TALLIES)
    assert done.stderr.splitlines()[-1] == (
        "salesflow.errors.UsageError: The journal `run.jsonl` cannot be written: file too large. "
        f"{kept} replication{'s are' if kept > 1 else ' is'} kept in it: make room and run the same again."
    )
    written(*TALLIES[kept:])
    assert list(known().values()) == TALLIES


def test_half_a_line_that_was_written_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(descriptor: int, content: bytes) -> int:
        if len(content) < 3000:
            raise OSError(28, "No space left on device")
        return write(descriptor, content[:-2000])

    before, write = written(TALLIES[0]), os.write
    with open_journal("run.jsonl", IDENTITY) as journal:
        monkeypatch.setattr(os, "write", half)
        with pytest.raises(UsageError) as caught:
            journal.add(PROGRAM.digest, TALLIES[1])
    assert str(caught.value) == (
        "The journal `run.jsonl` cannot be written: no space left on device. 1 replication is "
        "kept in it: make room and run the same again."
    )
    assert Path("run.jsonl").read_bytes() == before


def test_the_disk_is_asked_to_keep_it_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", asked.append)
    with open_journal("run.jsonl", IDENTITY) as journal:
        assert isinstance(journal, Journal)
        for _ in range(40):
            journal.add(PROGRAM.digest, TALLIES[0])
        assert len(asked) == 2
    assert len(asked) == 3
