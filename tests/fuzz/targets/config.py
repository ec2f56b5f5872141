"""salesflow.toml and pyproject.toml: settings and levels of changes, or a sentence with the file."""

import os
from collections.abc import Iterator

from salesflow.changes.levels import read_levels
from salesflow.checking.config import read_settings
from salesflow.errors import UsageError
from tests.fuzz.documents import ROOT
from tests.fuzz.worlds import folder, put

SAID = (
    b'select = ["structure"]\nseverity = {no-owner = "error"}\nfail-on = "warning"\n',
    b'limits = {nodes = 4000000}\npatience = 10\nbaseline = "a.json"\npreset = "all"\n',
    b'[diff]\nfail-on = "check"\nlevels = {step-removed = "safe"}\n',
    b'[[diff.accept]]\nrule = "step-removed"\npath = "steps.demo"\nreason = "x"\nuntil = 2026-12-31\n',
    b"plugins = 1\nselect = 3\n", b"a = " + b"[" * 2000, b"a = 1e999\nb = nan\n", b"\xff", b"diff = 1\n",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    yield from SAID
    yield from (file.read_bytes() for file in sorted((ROOT / "examples").rglob("*.toml")))
    yield (ROOT / "pyproject.toml").read_bytes()


def run(data: bytes) -> None:
    for name in ("salesflow.toml", "pyproject.toml"):
        file = put(name, data)
        for read in (read_settings, read_levels):
            try:
                read(folder())
            except UsageError as problem:
                assert file in str(problem), problem
        os.unlink(file)
