"""The command ``salesflow``; also ``python -m salesflow``."""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:  # answered before anything slow is imported
        from salesflow import __version__

        sys.stdout.write(f"salesflow {__version__}\n")
        return
    from salesflow.cli.command import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
