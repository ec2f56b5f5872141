"""``salesflow server``: a language server for editors, over standard input and output."""

from importlib.util import find_spec

import click

from salesflow.errors import UsageError

_NEEDED = ("pygls", "lsprotocol")


@click.command("server")
def command() -> int:
    """Speak the Language Server Protocol over standard input and output.

    Editors start it: findings as you type, what a step does, names, completion, fixes. It needs
    `pip install 'salesflow[lsp]'`.
    """
    if not all(map(find_spec, _NEEDED)):
        raise UsageError(
            "The language server needs a library that is not installed.",
            "Install it: pip install 'salesflow[lsp]'",
        )
    from salesflow.language_server.wire import serve  # loads the protocol

    return 0 if serve() else 1
