"""What variants are of: put together, compiled and judged once for all files of a check."""

from salesflow.checking.run import judged
from salesflow.checking.select import Chosen
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.schema.assembly import Assembly


class Bases:
    """What files that are checked with the same texts and the same rules draw on."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.made: dict[str, Assembly] = {}  # as `assemble_file` keeps them
        self.compiled: dict[str, Process] = {}  # as `compile_document` keeps them
        self._judged: dict[int, tuple[Process, tuple[Finding, ...]]] = {}

    def judged(self, process: Process, *, chosen: Chosen) -> tuple[Finding, ...]:
        """What chosen rules, the same ones each time, find in the base of variants by itself."""
        if id(process) not in self._judged:
            found = tuple(judged(process, chosen=chosen))
            self._judged[id(process)] = (process, found)  # kept, so that the id stays its own
        return self._judged[id(process)][1]
