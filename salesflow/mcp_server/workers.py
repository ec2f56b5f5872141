"""Processes that do the work: kept warm, and ended where somebody cancels or the time is up."""

import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from anyio import (
    BrokenResourceError,
    CancelScope,
    CapacityLimiter,
    IncompleteRead,
    fail_after,
    open_process,
)
from anyio.abc import Process
from anyio.streams.buffered import BufferedByteReceiveStream

from salesflow.mcp_server.answer import MOST_CHARACTERS
from salesflow.mcp_server.work import too_long

_AT_A_TIME = 2  # calls; further ones wait
_LONGEST_LINE = 20 * MOST_CHARACTERS

Hear = Callable[[float, float], Awaitable[None]]  # how much is done, how much is to be done


class Workers:
    """Starts a process where none is idle; each answers one call at a time."""

    def __init__(self, roots: tuple[str, ...], seconds: float) -> None:
        """For calls about files in ``roots``, of so many seconds at most. Starts nothing yet."""
        self.roots = roots
        self.seconds = seconds
        self._idle: list[_Worker] = []
        self._free = CapacityLimiter(_AT_A_TIME)

    async def ask(self, tool: str, arguments: Mapping[str, Any], hear: Hear) -> dict[str, Any]:
        """The answer of a tool, or an error; see ``work``. Cancelled, it ends the process."""
        request = {"tool": tool, "arguments": dict(arguments), "seconds": self.seconds}
        async with self._free:
            worker = await self._ready()
            try:
                with fail_after(self.seconds):
                    message = await worker.answer(request, hear)
            except TimeoutError:
                await worker.end()
                return {"error": too_long(self.seconds)}
            except (BrokenResourceError, IncompleteRead, OSError):
                await worker.end()
                return {"error": "The work ended without an answer, perhaps for want of memory."}
            except BaseException:
                await worker.end()
                raise
            self._idle.append(worker)
            return message

    async def _ready(self) -> "_Worker":
        while self._idle:
            worker = self._idle.pop()
            if worker.process.returncode is None:
                return worker
            await worker.end()
        return await self._started()

    async def _started(self) -> "_Worker":
        words = [sys.executable, "-m", "salesflow.mcp_server.work", *self.roots]
        return _Worker(await open_process(words, stderr=None))

    async def close(self) -> None:
        """End all processes."""
        while self._idle:
            await self._idle.pop().end()


class _Worker:
    """A process with the lines that it writes."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101 - both are pipes
        self.process, self.stdin = process, process.stdin
        self.lines = BufferedByteReceiveStream(process.stdout)

    async def answer(self, request: Mapping[str, Any], hear: Hear) -> dict[str, Any]:
        """Its last word on a request; what it says on the way is heard."""
        await self.stdin.send(json.dumps(request).encode() + b"\n")
        while True:
            line = await self.lines.receive_until(b"\n", _LONGEST_LINE)
            message: dict[str, Any] = json.loads(line)
            if "progress" not in message:
                return message
            await hear(*message["progress"])

    async def end(self) -> None:
        """End the process, whatever it does."""
        with CancelScope(shield=True):
            if self.process.returncode is None:
                self.process.kill()
            await self.process.aclose()
