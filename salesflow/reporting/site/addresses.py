"""Where in the site each thing has its place: files are named by ids, anchors by element paths.

Ids are lower case, so names are unique where case does not count; what Windows keeps for devices
gets a dash, which no id has.
"""

import re
from collections.abc import Collection
from posixpath import dirname, relpath

from salesflow.nouns import Noun

INDEX = "index.html"
DATA = "data.html"
FINDINGS = "findings.html"
WORDS = "words.html"
STYLE = "site.css"
SCRIPT = "site.js"
SEARCH = "search.js"

_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_OF_STEPS = "steps."


def process_page(process: str) -> str:
    """The page of a process."""
    return f"processes/{_named(process)}.html"


def steps_page(process: str) -> str:
    """The page with all steps of a process."""
    return f"steps/{_named(process)}.html"


def explore_page(process: str) -> str:
    """The picture of a process to explore."""
    return f"explore/{_named(process)}.html"


def department_page(department: str) -> str:
    """The page of a department."""
    return f"departments/{_named(department)}.html"


def touchpoint_page(process: str, touchpoint: str) -> str:
    """The page of a touchpoint: each process has its own."""
    return f"touchpoints/{_named(process)}.{touchpoint}.html"


def field(name: str) -> str:
    """The place of a field in the data dictionary."""
    return f"{DATA}#data.{name}"


def _named(name: str) -> str:
    return f"{name}-" if _DEVICE.fullmatch(name) else name


def href(here: str, to: str) -> str:
    """The relative link from a page to an address, which may have an anchor; "" for none."""
    page, mark, anchor = to.partition("#")
    if not to or (page == here and not anchor):
        return "#" if to else ""
    return f"{'' if page == here else relpath(page, dirname(here) or '.')}{mark}{anchor}"


class Places(Noun):
    """Where the elements of one process are told of; ``steps`` are the paths of its steps,
    ``results`` those of their results.
    """

    process: str
    steps: Collection[str]
    results: Collection[str]

    def of(self, path: str) -> str:
        """The address of an element path; that of the nearest thing above it, or of the process."""
        home, _, rest = path.partition(".")
        name = rest.partition(".")[0]
        if home == "departments" and name:
            return department_page(name)
        if home == "touchpoints" and name:
            return touchpoint_page(self.process, name)
        if home == "data" and name:
            return field(name)
        if home in ("sources", "outcomes", "stages", "policies", "objectives") and name:
            return f"{process_page(self.process)}#{home}.{name}"
        return self._step(path) if path.startswith(_OF_STEPS) else process_page(self.process)

    def _step(self, path: str) -> str:
        while path and path not in self.steps and path not in self.results:
            path = path.rpartition(".")[0]
        return f"{steps_page(self.process)}#{path}" if path else process_page(self.process)
