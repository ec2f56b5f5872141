"""One editor's connection: how it names files and counts characters, and what it was told."""

import asyncio
import logging
import os
import re
from collections.abc import Callable
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.uris import from_fs_path, to_fs_path

from salesflow import __version__
from salesflow.findings import Finding
from salesflow.language_server import wire_shapes as shapes
from salesflow.language_server.desk import Desk
from salesflow.language_server.rename import Refusal
from salesflow.language_server.ruler import Ruler
from salesflow.language_server.sheets import Sheet
from salesflow.source.project import ENDING
from salesflow.spans import Span

_OURS = re.compile(r"^salesflow[ \t]*:", re.MULTILINE)
_REFUSED = -32803  # RequestFailed: the editor shows the message
T = TypeVar("T")


class Talk(LanguageServerProtocol):
    """The protocol as its library speaks it, save that every request gets an answer."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message read; a request that is wrong in form is answered, not only passed over."""
        try:
            return super().structure_message(data)
        except JsonRpcException as problem:
            if "id" in data and "method" in data:
                told = types.ResponseError(problem.code, f"`{data['method']}`: wrong parameters.")
                self._send_response(data["id"], error=told)
            raise

    def handle_message(self, message: Any) -> None:
        """Hand a message on; a request after leave was taken is refused."""
        if self._shutdown and hasattr(message, "method") and hasattr(message, "id"):
            told = types.ResponseError(types.ErrorCodes.InvalidRequest, "The server was shut down.")
            self._send_response(message.id, error=told)
            return
        super().handle_message(message)


class Server(LanguageServer):
    """One editor's server: its desk, and how the editor names and counts."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        super().__init__(
            "salesflow",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=Talk,
        )
        self.desk = Desk()
        self.uris: dict[str, str] = {}  # of open texts, by where they lie
        self.versions: dict[str, int | None] = {}
        self.told: dict[str, list[types.Diagnostic]] = {}  # what the editor was last told, by uri
        self.told_versions: dict[str, int | None] = {}
        self.hints = False  # whether the editor asked for figures behind steps
        self.left = False  # whether the editor took leave
        self.task: asyncio.Task[None] | None = None

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What goes wrong here is written to the log, never shown in the editor."""
        if isinstance(error, JsonRpcException):
            return  # a refusal is an answer
        logging.getLogger(__name__).error("%s (%s)", error, getattr(source, "__name__", source))

    @property
    def units(self) -> str:
        """How the editor counts within a line."""
        units = self.workspace.position_encoding or "utf-16"
        return str(getattr(units, "value", units))

    @property
    def snippets(self) -> bool:
        """Whether the editor takes texts with stops to fill in."""
        asked = self.client_capabilities.text_document
        item = asked.completion.completion_item if asked and asked.completion else None
        return bool(item and item.snippet_support)

    def path(self, uri: str) -> str:
        """The path of a text; one that was never saved would lie in the first folder."""
        path = to_fs_path(uri)
        if path:
            return path
        name = re.sub(r"[^\w.-]+", "_", uri.partition(":")[2]) or "untitled"
        folder = (self.desk.shelf.folders or (os.getcwd(),))[0]
        return os.path.join(folder, name if name.endswith(ENDING) else f"{name}{ENDING}")

    def uri(self, real: str) -> str:
        """The name that the editor knows a file by."""
        return self.uris.get(real) or str(from_fs_path(real))

    def put(self, uri: str, version: int | None, text: str, language: str = "") -> None:
        """A text is opened or changed; what is none of ours is passed over."""
        path = self.path(uri)
        real = os.path.realpath(path)
        named = (to_fs_path(uri) or "").endswith(ENDING) or language == "salesflow"
        if real in self.uris or named or _OURS.search(text):
            self.uris[real], self.versions[uri] = uri, version
            self.desk.shelf.put(path, text)
            self.desk.stir()

    def take(self, uri: str) -> None:
        """A text is closed."""
        path = self.path(uri)
        if self.uris.pop(os.path.realpath(path), None) is not None:
            self.versions.pop(uri, None)
            self.desk.shelf.take(path)
            self.desk.stir()

    def sheet(self, uri: str) -> Sheet | None:
        """An open text."""
        real = os.path.realpath(self.path(uri))
        return self.desk.shelf.sheet(self.path(uri)) if real in self.uris else None

    def ruler(self, sheet: Sheet) -> Ruler:
        """A text as the editor counts in it."""
        return sheet.ruler.counting(self.units)

    def offset(self, sheet: Sheet, position: types.Position) -> int:
        """The offset of a position."""
        return self.ruler(sheet).offset(position.line, position.character)

    async def at(self, params: Any, answer: Callable[["Server", Sheet, int], T]) -> T | None:
        """The answer of a function about a place in a text."""

        def placed(sheet: Sheet) -> T:
            return answer(self, sheet, self.offset(sheet, params.position))

        return await self.ask(params.text_document.uri, placed)

    async def ask(self, uri: str, answer: Callable[[Sheet], T]) -> T | None:
        """The answer of a function about a text, in a thread; None where it fails."""
        sheet = self.sheet(uri)
        if sheet is None:
            return None
        try:
            return await asyncio.to_thread(answer, sheet)
        except Refusal as why:
            raise JsonRpcException(str(why), _REFUSED) from None
        except Exception:  # whatever a text does, the editor gets no traceback
            logging.getLogger(__name__).exception("No answer")
            return None

    async def publish(self, found: dict[str, list[Finding]], whole: bool) -> None:
        """Tell the editor what is found; what is no longer found is cleared.

        ``whole``: everything was looked at; else files that are not open stay as they were told.
        """
        fresh: dict[str, list[types.Diagnostic]] = {}
        for real, findings in found.items():
            sheet = self.desk.shelf.sheet(real)
            if sheet is not None:
                fresh[self.uri(real)] = [self._told(sheet, finding) for finding in findings]
        for real, mistake in self.desk.verdicts.mistakes.items():
            place = shapes.mistake_range(mistake, self.units)
            fresh[self.uri(real)] = [types.Diagnostic(place, mistake.message, source="salesflow")]
        open_ = [*self.uris.values()]
        for uri in dict.fromkeys([*open_, *fresh, *self.told]) if whole else open_:
            self._send(uri, fresh.get(uri, []))

    def _send(self, uri: str, told: list[types.Diagnostic]) -> None:
        version = self.versions.get(uri)
        if self.told.get(uri, []) == told and self.told_versions.get(uri) == version:
            return
        self.told[uri], self.told_versions[uri] = told, version
        params = types.PublishDiagnosticsParams(uri=uri, diagnostics=told, version=version)
        self.text_document_publish_diagnostics(params)

    def _told(self, sheet: Sheet, finding: Finding) -> types.Diagnostic:
        place = shapes.span_range(sheet, self.ruler(sheet), finding)
        related = [(other.span, other.message) for other in finding.related]
        way = zip(finding.witness, self.desk.verdicts.way(finding), strict=False)
        related += [(span, f"way: {name}") for name, span in way if span is not None]
        told = [self._related(span, message) for span, message in related]
        folders = (*self.desk.shelf.folders, os.path.dirname(sheet.file))
        return shapes.diagnostic(finding, place, filter(None, told), folders)

    def _related(self, span: Span, message: str) -> types.DiagnosticRelatedInformation | None:
        sheet = self.desk.shelf.sheet(span.file)
        if sheet is None:
            return None
        start, end = sheet.ruler.stretch(span)
        place = shapes.range_of(self.ruler(sheet), start, end)
        location = types.Location(self.uri(sheet.real), place)
        return types.DiagnosticRelatedInformation(location, message)
