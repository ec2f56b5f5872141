"""What an editor has on its desk: open texts, checked in the background, the newest ones count.

Nothing here knows the protocol. Texts come in as they are typed; a check begins once typing pauses,
runs in a thread of its own, and is given up between two files when a newer text has come.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from salesflow.checking.facts import Facts
from salesflow.findings import Finding
from salesflow.language_server.meanings import Meanings
from salesflow.language_server.mention import Name
from salesflow.language_server.sheets import Sheet
from salesflow.language_server.shelf import Shelf, Shown
from salesflow.language_server.verdicts import Look, Verdicts

PAUSE = 0.15  # seconds without typing after which a check begins
LONGEST_PAUSE = 0.6  # seconds after which it begins though somebody types on

# Findings by where files really lie, and how many texts had come when they were made.
Publish: TypeAlias = Callable[[dict[str, list[Finding]], bool], Awaitable[None]]


class Desk:
    """The texts of one editor, and what is known of them."""

    def __init__(self) -> None:
        """An empty desk."""
        self.shelf = Shelf()
        self.verdicts = Verdicts()
        self.only_open = False  # whether files that are not open are left unchecked
        self.renamed: dict[tuple[str, Name], str] = {}  # in this session: what was called otherwise
        self.found: dict[str, list[Finding]] = {}  # by where files lie, as last told
        self.changes = 0
        self._meanings = Meanings({})
        self._moved = asyncio.Event()

    def stir(self) -> None:
        """Something changed: check again."""
        self.changes += 1
        self._moved.set()

    def forget(self) -> None:
        """Files or configurations changed on the disk."""
        self.shelf.forget()
        self.verdicts.forget()
        self.stir()

    def meanings(self) -> Meanings:
        """What names stand for in the texts as they are now."""
        sheets = self.shelf.sheets()
        if sheets != self._meanings.sheets:
            self._meanings = Meanings(sheets)
        return self._meanings

    def facts(self, sheet: Sheet) -> Facts | None:
        """What is known of the process that a file belongs to, as it last loaded."""
        models = self.verdicts.models
        own = models.get(sheet.real) or models.get(sheet.of or "")
        if own is not None:
            return own
        looks = dict(self.verdicts.looks)  # another thread may check just now
        users = (real for real in sorted(looks) if sheet.real in looks[real].drawn)
        return next((models[real] for real in users if real in models), None)

    def roots(self, sheet: Sheet, findings: list[Finding]) -> list[str]:
        """The file, and those whose check made findings that the file's own check did not."""
        looks = dict(self.verdicts.looks)
        own: Look | None = looks.get(sheet.real)
        found = [sheet.file]
        for finding in findings:
            if own is not None and finding in own.findings:
                continue
            for real, look in sorted(looks.items()):
                other = self.shelf.sheet(real)
                if finding in look.findings and other is not None and other.file not in found:
                    found.append(other.file)
                    break
        return found

    async def work(self, publish: Publish) -> None:
        """Check whenever something changed, for ever."""
        while True:
            await self._moved.wait()
            await self._pause()
            try:
                await self._check(publish)
            except Exception:  # the next text may be a better one
                logging.getLogger(__name__).exception("The check failed")

    async def _pause(self) -> None:
        """Wait until typing pauses, but not for ever."""
        waited = 0.0
        while self._moved.is_set() and waited < LONGEST_PAUSE:
            self._moved.clear()
            await asyncio.sleep(PAUSE)
            waited += PAUSE
        self._moved.clear()

    async def _check(self, publish: Publish) -> None:
        """Open files first, then all; what is found is told after each."""
        now = self.changes
        shown = await asyncio.to_thread(self.shelf.shown)  # it may look into folders
        first = shown.open_ones()
        if not await self._checked(shown, first, now):
            return
        whole = self.only_open or len(first) == len(shown.roots)
        await publish(self._found(shown), whole)
        if not whole and await self._checked(shown, shown.roots, now):
            await publish(self._found(shown), True)

    async def _checked(self, shown: Shown, paths: list[str] | tuple[str, ...], now: int) -> bool:
        done = await asyncio.to_thread(
            self.verdicts.check, shown, paths, lambda: self.changes != now
        )
        self.shelf.keep(self.verdicts.fresh.items())
        return done and self.changes == now

    def _found(self, shown: Shown) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for file, findings in self.verdicts.findings(shown).items():
            real = os.path.realpath(file)
            if not self.only_open or real in shown.texts:
                found.setdefault(real, []).extend(findings)
        self.found = found
        return found
