"""What a process file holds, read once for all of its items, and simulated once at most."""

import os
import pathlib
from functools import cached_property
from typing import Any

import pytest

from salesflow.api import simulate
from salesflow.checking.config import Settings, read_settings
from salesflow.errors import SalesflowError, UsageError
from salesflow.process.compile import Compiled, compile_document
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file
from salesflow.simulation.result import SimulationResult


class Contents:
    """One process file; ``config`` is that of pytest."""

    def __init__(self, path: pathlib.Path, config: pytest.Config) -> None:
        """Nothing is read yet."""
        self.path = path
        self.config = config
        self._played: SimulationResult | SalesflowError | None = None

    @property
    def file(self) -> str:
        """The file as people name it from where they are."""
        try:
            return os.path.relpath(self.path)
        except ValueError:  # on another drive
            return str(self.path)

    @cached_property
    def settings(self) -> Settings:
        """The configuration that speaks for this file. UsageError where it is wrong."""
        return read_settings(self.file)

    @cached_property
    def compiled(self) -> Compiled | None:
        """What the file is; None where it does not load.

        Why it does not is not kept: whoever checks the file comes across it again, and tells it.
        """
        try:
            compiled = compile_document(assemble_file(self.file, limits=self.settings.limits))
        except SalesflowError:
            return None
        return None if any(f.family == "syntax" for f in compiled.findings) else compiled

    def simulated(self, process: Process) -> SimulationResult:
        """What the process of this file comes to. Raises what the simulation raises.

        What goes wrong is kept too, so that each objective tells it and none tries again.
        """
        if self._played is None:
            try:
                self._played = self._play(process)
            except SalesflowError as problem:
                self._played = problem
        if isinstance(self._played, SalesflowError):
            raise self._played
        return self._played

    def _play(self, process: Process) -> SimulationResult:
        result = simulate(
            process,
            duration=self._setting("duration"),
            warmup=self._setting("warmup") or None,
            replications=self._number("replications"),
            seed=self._number("seed"),
        )
        if result.interrupted:
            raise KeyboardInterrupt  # it was meant for the whole run
        return result

    def _setting(self, name: str) -> str:
        value: Any = self.config.getini(f"salesflow_{name}")
        return str(value).strip()

    def _number(self, name: str) -> int:
        text = self._setting(name)
        if not (text.isascii() and text.isdecimal()):
            raise UsageError(f"The setting `salesflow_{name}` is a whole number, not `{text}`.")
        return int(text)
