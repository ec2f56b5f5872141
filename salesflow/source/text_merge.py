"""Git's own merge of texts, line by line: it runs ``git merge-file``."""

import os
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.source.git import program

LABELS = ("ours", "base", "theirs")


class TextMerge(NamedTuple):
    """What git makes of three texts; ``clean``: without a conflict."""

    text: bytes
    clean: bool


def text_merge(
    base: bytes, ours: bytes, theirs: bytes, *, marker_size: int = 7
) -> TextMerge | None:
    """Merge line by line, conflicts marked as the repository around likes it.

    None where there is no git, or it cannot merge (binary content).
    """
    import subprocess  # slow to start, and only merges need it
    import tempfile

    with tempfile.TemporaryDirectory(prefix="salesflow-") as folder:
        files = [os.path.join(folder, name) for name in LABELS]
        for file, content in zip(files, (ours, base, theirs), strict=True):
            with open(file, "wb") as stream:
                stream.write(content)
        labels = [word for label in LABELS for word in ("-L", label)]
        command = ["merge-file", "-p", f"--marker-size={marker_size}", *labels]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, no shell
                [program(), *command, *files], capture_output=True, check=False
            )
        except (OSError, UsageError):
            return None
    if not 0 <= done.returncode <= 127:
        return None
    return TextMerge(done.stdout, done.returncode == 0)
