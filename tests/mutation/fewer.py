"""A pytest plugin: laws of hypothesis try ``$SALESFLOW_EXAMPLES`` examples at most, if that is set.

They are the same ones each time. So a fault costs seconds where all examples would take minutes;
what survives may still be noticed by all of them (``run.py --again``).
"""

import os
from typing import Any

from hypothesis import settings

EXAMPLES = "SALESFLOW_EXAMPLES"
_PUT = settings.__call__


def pytest_collection() -> None:
    """What laws say of themselves is read when their modules are imported: after this."""
    if not all_are_tried():
        settings.register_profile("fewer", _less(settings()))
        settings.load_profile("fewer")
        settings.__call__ = _put  # type: ignore[method-assign]


def all_are_tried() -> bool:
    """Whether laws try as many examples as they say: then some of each kind must be among them."""
    return EXAMPLES not in os.environ


def _put(said: settings, law: Any) -> Any:
    return _PUT(_less(said), law)


def _less(said: settings) -> settings:
    return settings(said, max_examples=min(said.max_examples, int(os.environ[EXAMPLES])))
