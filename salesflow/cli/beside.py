"""What ``show --variants`` does once its options are understood."""

import json
import shutil
import sys

from salesflow.changes.variants import for_department, variants
from salesflow.cli.output import write_out

_WIDTH = 100  # columns where nobody looks at a terminal


def show_variants(
    path: str, as_: str, department: str | None, results: tuple[str, ...] = ()
) -> int:
    """Show the processes at a path beside their variants, all or what concerns a department."""
    found = variants(path)
    if results:
        from salesflow.reporting.variants.simulated import with_results  # slow to import

        found = with_results(found, results)
    if department is not None:
        found = for_department(found, department)
    if as_ == "json":
        from salesflow.reporting.variants.document import document

        write_out(json.dumps(document(found), indent=2) + "\n")
    elif as_ == "markdown":
        from salesflow.reporting.variants.markdown import markdown

        write_out(markdown(found))
    else:
        from salesflow.reporting.variants.text import text

        columns = shutil.get_terminal_size((_WIDTH, 1)).columns if sys.stdout.isatty() else _WIDTH
        write_out(text(found, columns=columns))
    return 0
