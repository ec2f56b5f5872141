"""The language server: each request of the protocol is handed to a plain function.

What is registered here is what an editor is told that the server can do.
"""

import asyncio
import logging
import os
import sys
from contextlib import redirect_stdout
from functools import partial

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.uris import to_fs_path

from salesflow.language_server import wire_answers as answers
from salesflow.language_server.wire_server import Server

_TRIGGERS = [".", ":", " ", "{", "[", ",", "("]
_WATCHED = ("**/*.salesflow.yaml", "**/salesflow.toml", "**/pyproject.toml")
_ACTIONS = [
    types.CodeActionKind.QuickFix,
    types.CodeActionKind.SourceFixAll,
    types.CodeActionKind.RefactorRewrite,
]


def serve() -> bool:
    """Serve one editor over standard input and output, until it leaves; whether it took leave.

    Nothing else can write between the messages: what is printed goes to standard error.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # it would call each refusal an error
    server = make_server()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as channel, redirect_stdout(sys.stderr):
        server.start_io(stdout=channel)
    return server.left


def make_server() -> Server:
    """A server that knows all its answers."""
    server = Server()
    _texts(server)
    _workspace(server)
    _folders(server)
    _places(server)
    _writing(server)
    return server


def _texts(server: Server) -> None:
    """Texts are opened, typed, saved and closed."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        text = params.text_document
        server.put(text.uri, text.version, text.text, text.language_id)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        text = params.text_document
        server.put(text.uri, text.version, server.workspace.get_text_document(text.uri).source)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_params: types.DidSaveTextDocumentParams) -> None:
        server.desk.forget()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.take(params.text_document.uri)


def _workspace(server: Server) -> None:
    """The editor comes, says what it wants, and takes leave."""

    @server.feature(types.INITIALIZE)
    def begins(params: types.InitializeParams) -> None:
        wanted = params.initialization_options
        if isinstance(wanted, dict):
            server.desk.only_open = wanted.get("check") == "open"
            server.hints = wanted.get("inlayHints") is True
        folders = [one.uri for one in params.workspace_folders or ()]
        if not folders and params.root_uri:
            folders = [params.root_uri]
        server.desk.shelf.folders = tuple(filter(None, map(to_fs_path, folders)))

    @server.feature(types.INITIALIZED)
    async def began(_params: types.InitializedParams) -> None:
        server.task = asyncio.create_task(server.desk.work(server.publish))
        server.desk.stir()
        await _watch(server)

    @server.feature(types.SHUTDOWN)
    def ends(_params: None) -> None:
        server.left = True
        server.desk.changes += 1  # what is being checked is no longer wanted
        if server.task is not None:
            server.task.cancel()


def _folders(server: Server) -> None:
    """The folders of the workspace, and what lies in them."""

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def moved(_params: types.DidChangeWatchedFilesParams) -> None:
        server.desk.forget()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        gone = {to_fs_path(one.uri) for one in params.event.removed}
        more = [to_fs_path(one.uri) for one in params.event.added]
        kept = [one for one in server.desk.shelf.folders if one not in gone]
        server.desk.shelf.folders = tuple(filter(None, [*kept, *more]))
        server.desk.forget()

    @server.feature(types.WORKSPACE_SYMBOL)
    async def by_name(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        return await asyncio.to_thread(answers.workspace_symbols, server, params.query)


async def _watch(server: Server) -> None:
    """Ask to be told when files change on the disk, if the editor can."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace is not None else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(glob_pattern=glob) for glob in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    asked = types.Registration(id="salesflow-files", method=method, register_options=options)
    try:
        await server.client_register_capability_async(types.RegistrationParams([asked]))
    except JsonRpcException:  # an editor that refuses is one that tells nothing of the disk
        logging.getLogger(__name__).warning("The editor does not watch files")


def _places(server: Server) -> None:
    """What the editor asks about a place, or a whole text."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        return await server.at(params, answers.hover)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        return await server.at(params, answers.definition)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location] | None:
        own = params.context.include_declaration
        return await server.at(params, partial(answers.references, own=own))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def marked(
        params: types.DocumentHighlightParams,
    ) -> list[types.DocumentHighlight] | None:
        return await server.at(params, answers.highlights)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def outline(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        return await server.ask(params.text_document.uri, partial(answers.outlined, server))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    async def links(params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
        return await server.ask(params.text_document.uri, partial(answers.links, server))

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def hints(params: types.InlayHintParams) -> list[types.InlayHint] | None:
        return await server.ask(params.text_document.uri, partial(answers.hints, server))


def _writing(server: Server) -> None:
    """What the editor asks in order to write."""

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_TRIGGERS)
    )
    async def complete(params: types.CompletionParams) -> types.CompletionList | None:
        return await server.at(params, answers.completion)

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def may_rename(
        params: types.PrepareRenameParams,
    ) -> types.PrepareRenamePlaceholder | None:
        return await server.at(params, answers.may_rename)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        return await server.at(params, partial(answers.renamed, new=params.new_name))

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    async def lay_out(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        return await server.ask(params.text_document.uri, partial(answers.formatted, server))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=_ACTIONS, resolve_provider=True),
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        return await server.ask(
            params.text_document.uri, partial(answers.actions, server, params=params)
        )

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(params: types.CodeAction) -> types.CodeAction:
        uri = str(params.data or "")
        return await server.ask(uri, partial(answers.resolved, server, action=params)) or params
