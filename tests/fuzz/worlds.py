"""A small project on disk for targets whose documents refer to other files."""

import os
import tempfile
from functools import cache

from tests.fuzz.documents import ROOT

BASE = "base.salesflow.yaml"
SUB = "sub.salesflow.yaml"


@cache
def folder() -> str:
    """The folder of a project: an enterprise process, what it uses, and a file outside of it."""
    import atexit
    import shutil

    outside = tempfile.mkdtemp(prefix="salesflow-fuzz-")
    atexit.register(shutil.rmtree, outside, ignore_errors=True)
    inside = os.path.join(outside, "project")
    shutil.copytree(ROOT / "examples" / "enterprise", inside)
    with open(os.path.join(outside, "outside.yaml"), "w") as stream:
        stream.write("salesflow: 1\norganization: secret_of_others\n")
    for link, to in (("link.yaml", "../outside.yaml"), ("loop.yaml", "loop.yaml")):
        os.symlink(to, os.path.join(inside, link))
    return inside


@cache
def base() -> str:
    """The text of the process that variants and scenarios are of."""
    with open(os.path.join(folder(), "enterprise.salesflow.yaml"), encoding="utf-8") as stream:
        return stream.read()


def put(name: str, content: bytes) -> str:
    """Write a file into the project; its path."""
    path = os.path.join(folder(), name)
    with open(path, "wb") as stream:
        stream.write(content)
    return path
