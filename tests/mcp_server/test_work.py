"""Work is done apart: it is told of, ended when its time is up, and never says nothing."""

import sys
import time
from pathlib import Path
from typing import Any

import anyio
import pytest

from salesflow.api import loads
from salesflow.errors import LoadError
from salesflow.findings import Finding
from salesflow.mcp_server import work
from salesflow.mcp_server.ground import Ground
from salesflow.mcp_server.workers import Workers, _Worker

ASKED: dict[str, Any] = {"tool": "rule", "arguments": {"name": "dead-end"}, "seconds": 60}


async def nobody(done: float, total: float) -> None:
    pass


def quiet(done: float, total: float) -> None:
    pass


def findings_of(text: str) -> tuple[Finding, ...]:
    with pytest.raises(LoadError) as problem:
        loads(text)
    return problem.value.findings


def test_an_answer_is_data_and_text(ground: Ground) -> None:
    message = work.answered(ASKED, ground, quiet)
    assert message["answer"]["text"].startswith("dead-end")
    picture = {"tool": "draw", "arguments": {"path": "hello", "format": "png"}, "seconds": 60}
    assert work.answered(picture, ground, quiet)["answer"]["picture"].startswith("iVBOR")


def test_whatever_goes_wrong_is_told(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {**ASKED, "arguments": {"name": "x"}}
    assert "There is no rule `x`" in work.answered(wrong, ground, quiet)["error"]
    unloaded = {"tool": "show", "arguments": {"text": "]"}, "seconds": 60}
    assert "Mend this first" in work.answered(unloaded, ground, quiet)["error"]
    many = "salesflow: 1\nprocess: many\n" + "".join(f"wrong_{n}: 1\n" for n in range(50))
    told = work.answered({**unloaded, "arguments": {"text": many}}, ground, quiet)["error"]
    assert told.endswith(f"… and {len(findings_of(many)) - 20} more findings.\n")

    def fails(*of: Any) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(work, "call", fails)
    told = work.answered(ASKED, ground, quiet)["error"]
    assert told.startswith("A fault of salesflow itself, not of your files: ZeroDivisionError")


def test_work_that_is_nearly_out_of_time_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    said: list[Any] = []
    monkeypatch.setattr(work, "_write", said.append)
    tell = work._telling(10)
    tell(1, 30)
    now = 101.0
    tell(2, 30)
    assert said == [{"progress": [2, 30]}]
    now = 108.5
    with pytest.raises(KeyboardInterrupt):
        tell(3, 30)


def test_what_says_nothing_is_ended_when_the_time_is_up(folder: Path) -> None:
    """Even a start takes longer than a hundredth of a second."""

    async def run() -> None:
        workers = Workers((str(folder),), seconds=0.01)
        message = await workers.ask("check", {}, nobody)
        assert "took longer than 0.01 seconds and was ended" in message["error"]
        workers.seconds = 60
        message = await workers.ask("rule", {"name": "dead-end"}, nobody)
        assert "answer" in message
        await workers.close()

    anyio.run(run)


def test_an_idle_worker_that_has_died_is_replaced(folder: Path) -> None:
    async def run() -> None:
        workers = Workers((str(folder),), seconds=60)
        await workers.ask("rule", {}, nobody)
        workers._idle[0].process.kill()
        await workers._idle[0].process.wait()
        assert "answer" in await workers.ask("rule", {}, nobody)
        await workers.close()

    anyio.run(run)


def test_a_worker_that_dies_at_work_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dying(self: Workers) -> _Worker:
        return _Worker(await anyio.open_process([sys.executable, "-c", "input()"]))

    async def run() -> None:
        workers = Workers((str(folder),), seconds=60)
        with monkeypatch.context() as patch:
            patch.setattr(Workers, "_started", dying)
            message = await workers.ask("rule", {}, nobody)
        assert "ended without an answer" in message["error"]
        assert "answer" in await workers.ask("rule", {}, nobody)
        await workers.close()

    anyio.run(run)
