"""The command ``salesflow``; also ``python -m salesflow``."""

import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:  # answered before anything slow is imported
        from salesflow import __version__

        sys.stdout.write(f"salesflow {__version__}\n")
        return
    verb, *paths = sys.argv[1:] or [""]
    if verb == "check" and all(path == "-" or not path.startswith("-") for path in paths):
        # As editors, hooks and CI call it: there are no options, so nothing has to parse them.
        import gc

        gc.disable()  # one short run: looking for garbage costs more than it frees
        from salesflow.cli.outcome import guarded
        from salesflow.cli.verdict import check_plainly

        code = guarded(lambda: check_plainly(paths), traceback=False)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # all is written; taking a large process apart would take as long as a rule
    from salesflow.cli.command import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
