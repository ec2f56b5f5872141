"""Which report goes to which file: pairs of ``--format`` and ``-o``, in the order written."""

import click


class ReportCommand(click.Command):
    """A command whose ``-o FILE`` belongs to the ``--format`` before it.

    ``--format full --format json -o report.json`` shows one report and writes the other. The pairs
    are read off the arguments, because click keeps the values of two options apart.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Pair formats with files, then parse as ever."""
        ctx.obj = pair_formats(args)
        return super().parse_args(ctx, args)


def pair_formats(args: list[str]) -> tuple[tuple[str, str | None], ...]:
    """The (format, file) pairs of the arguments; file None means standard output."""
    pairs: list[tuple[str, str | None]] = []
    waiting = iter(_split(args))
    for name in waiting:
        if name == "--":
            break
        if name == "--format":
            pairs.append((next(waiting, ""), None))
        elif name in ("-o", "--output"):
            file = next(waiting, "")
            open_pair = pairs.pop() if pairs and pairs[-1][1] is None else ("", None)
            pairs.append((open_pair[0], file))
    return tuple(pairs)


def _split(args: list[str]) -> list[str]:
    """``--format=json`` and ``-ofile`` as two words."""
    words: list[str] = []
    for arg in args:
        name, equals, value = arg.partition("=")
        if equals and name in ("--format", "--output"):
            words += [name, value]
        elif arg.startswith("-o") and not arg.startswith("--") and len(arg) > 2:
            words += ["-o", arg[2:].removeprefix("=")]
        else:
            words.append(arg)
    return words
