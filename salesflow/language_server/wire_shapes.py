"""Findings, symbols, offers and edits in the shapes of the protocol."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from lsprotocol import types

from salesflow.checking.catalogue import family_of, told_by
from salesflow.findings import Finding
from salesflow.language_server.completion import Offers
from salesflow.language_server.offer import Offer
from salesflow.language_server.outline import SECTION, Symbol
from salesflow.language_server.rename import Replaced
from salesflow.language_server.ruler import Ruler
from salesflow.language_server.sheets import Sheet
from salesflow.language_server.verdicts import Mistake
from salesflow.reporting.words import way
from salesflow.visible import visible

_PAGES = "https://github.com/salesflow/salesflow/blob/main/docs/reference/rules/{}.md"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_UNNECESSARY = frozenset(
    {"unused-definition", "unused-result", "unused-ignore", "unused-touchpoint", "dead-result"}
    | {"dead-step", "unreachable-step", "duplicate-transition", "superfluous-step"}
)
_SYMBOLS = {
    SECTION: types.SymbolKind.Namespace,
    "step": types.SymbolKind.Function,
    "result": types.SymbolKind.EnumMember,
    "branch": types.SymbolKind.Package,
    "source": types.SymbolKind.Event,
    "outcome": types.SymbolKind.Constant,
    "stage": types.SymbolKind.Enum,
    "department": types.SymbolKind.Module,
    "role": types.SymbolKind.Class,
    "field": types.SymbolKind.Field,
    "calendar": types.SymbolKind.Object,
    "touchpoint": types.SymbolKind.Interface,
    "policy": types.SymbolKind.Operator,
    "objective": types.SymbolKind.Number,
    "case": types.SymbolKind.Method,
}
_OFFERED = {
    "key": types.CompletionItemKind.Property,
    "element": types.CompletionItemKind.Reference,
    "word": types.CompletionItemKind.EnumMember,
    "value": types.CompletionItemKind.Value,
    "file": types.CompletionItemKind.File,
    "function": types.CompletionItemKind.Function,
    "snippet": types.CompletionItemKind.Snippet,
}
_STOP = re.compile(r"\$\{\d+:((?:\\.|[^}])*)\}|\$\d+")


def symbol_kind(what: str) -> types.SymbolKind:
    """The editor's sign for a kind of element."""
    return _SYMBOLS.get(what, types.SymbolKind.File)


def range_of(ruler: Ruler, start: int, end: int) -> types.Range:
    """A stretch of a text, given by offsets."""
    return types.Range(types.Position(*ruler.spot(start)), types.Position(*ruler.spot(end)))


def span_range(sheet: Sheet, ruler: Ruler, finding: Finding) -> types.Range:
    """Where a finding stands; one without a width gets the word that begins there."""
    start, end = sheet.ruler.stretch(finding.span)
    if end == start:
        word = re.compile(r"\w+").match(sheet.text, start)
        end = word.end() if word else end
    return range_of(ruler, start, end)


def mistake_range(mistake: Mistake, units: str) -> types.Range:
    """Where a configuration is wrong; its first character where that is not known."""
    if mistake.place is None:
        return types.Range(types.Position(0, 0), types.Position(0, 1))
    return range_of(Ruler(mistake.text, units), *mistake.place)


def diagnostic(
    finding: Finding,
    place: types.Range,
    related: Iterable[types.DiagnosticRelatedInformation],
    folders: Iterable[str],
) -> types.Diagnostic:
    """A finding: message, what to do, the way a deal gets there; its rule with its page."""
    message = visible(_relative(finding.message, folders))
    if finding.help:
        message = f"{message}\n{visible(_relative(finding.help, folders))}"
    if finding.witness and "A deal gets there by" not in finding.message:
        message = f"{message}\nWay: {visible(way(finding.witness))}"
    rule = told_by(finding.rule)
    page = types.CodeDescription(_PAGES.format(quote(rule))) if family_of(rule) else None
    tags = [types.DiagnosticTag.Unnecessary] if finding.rule in _UNNECESSARY else None
    return types.Diagnostic(
        range=place,
        message=message,
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=page,
        source="salesflow",
        tags=tags,
        related_information=[*related] or None,
    )


def _relative(text: str, folders: Iterable[str]) -> str:
    """A message with files named from the folder of the workspace on."""
    for folder in sorted(folders, key=len, reverse=True):
        text = text.replace(f"`{folder.rstrip('/')}/", "`")
    return text


def symbols(found: Iterable[Symbol], ruler: Ruler) -> list[types.DocumentSymbol]:
    """An outline."""
    return [
        types.DocumentSymbol(
            name=symbol.name,
            detail=visible(symbol.about) or (symbol.what if symbol.what != SECTION else None),
            kind=symbol_kind(symbol.what),
            range=range_of(ruler, symbol.start, max(symbol.whole, symbol.end)),
            selection_range=range_of(ruler, symbol.start, symbol.end),
            children=symbols(symbol.inner, ruler) or None,
        )
        for symbol in found
        if symbol.name
    ]


def completions(found: Offers, ruler: Ruler, *, snippets: bool) -> types.CompletionList:
    """Offers in their order."""
    place = range_of(ruler, found.start, found.end)
    items = [_item(offer, at, place, snippets) for at, offer in enumerate(found.offers)]
    return types.CompletionList(is_incomplete=False, items=items)


def _item(offer: Offer, at: int, place: types.Range, snippets: bool) -> types.CompletionItem:
    stops = offer.snippet and snippets
    text = offer.text if stops or not offer.snippet else _plain(offer.text)
    told = types.MarkupContent(types.MarkupKind.Markdown, offer.told) if offer.told else None
    return types.CompletionItem(
        label=offer.label,
        kind=_OFFERED.get(offer.kind),
        detail=visible(offer.about) or None,
        documentation=told,
        sort_text=f"{at:05}",
        insert_text_format=(
            types.InsertTextFormat.Snippet if stops else types.InsertTextFormat.PlainText
        ),
        text_edit=types.TextEdit(place, text),
        preselect=offer.needed or None,
    )


def _plain(text: str) -> str:
    """A snippet without its stops."""
    return _STOP.sub(lambda match: (match[1] or "").replace("\\}", "}"), text)


def workspace_edit(
    edits: Mapping[Sheet, Iterable[Replaced]], uris: Mapping[str, str], units: str
) -> types.WorkspaceEdit:
    """Edits of several files."""
    changes: dict[str, list[types.TextEdit]] = {}
    for sheet, own in edits.items():
        ruler = sheet.ruler.counting(units)
        changes[uris[sheet.real]] = [
            types.TextEdit(range_of(ruler, edit.start, edit.end), edit.text) for edit in own
        ]
    return types.WorkspaceEdit(changes=changes)
