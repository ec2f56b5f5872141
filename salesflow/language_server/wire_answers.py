"""Answers to what an editor asks, in the shapes of the protocol."""

from collections.abc import Iterable

from lsprotocol import types

from salesflow.checking.fixes.propose import mendable
from salesflow.errors import LoadError
from salesflow.findings import Finding
from salesflow.language_server import wire_shapes as shapes
from salesflow.language_server.completion import complete
from salesflow.language_server.figures import in_hundred
from salesflow.language_server.former import former_id
from salesflow.language_server.hover import hover as hovered
from salesflow.language_server.meanings import Where
from salesflow.language_server.mending import Cure, cures, mended_text
from salesflow.language_server.mention import FILES
from salesflow.language_server.outline import found_by, outline
from salesflow.language_server.rename import Replaced, changed, renamable, rename
from salesflow.language_server.sheets import Sheet
from salesflow.language_server.wire_server import Server


def hover(server: Server, sheet: Sheet, offset: int) -> types.Hover | None:
    """What stands at a place."""
    found = hovered(server.desk.meanings(), sheet, offset, server.desk.facts(sheet))
    if found is None:
        return None
    place = shapes.range_of(server.ruler(sheet), found.start, found.end)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, found.markdown), place)


def definition(server: Server, sheet: Sheet, offset: int) -> list[types.Location]:
    """Where that is said which an id stands for; the file, for the name of one."""
    mention = sheet.mentions.at(offset)
    if mention is None:
        return []
    meanings = server.desk.meanings()
    if mention.name.space == FILES:
        real = sheet.files.get(mention.name.id)
        start = types.Range(types.Position(0, 0), types.Position(0, 0))
        return [types.Location(server.uri(real), start)] if real else []
    places = meanings.defined(sheet, meanings.meant(sheet, mention))
    others = [one for one in places if one != Where(sheet, mention)]
    return _locations(server, others or places)


def references(server: Server, sheet: Sheet, offset: int, *, own: bool) -> list[types.Location]:
    """Every place that names the same thing; ``own``: also where it is said."""
    places = _alike(server, sheet, offset)
    return _locations(server, [one for one in places if own or not one.mention.defines])


def highlights(server: Server, sheet: Sheet, offset: int) -> list[types.DocumentHighlight]:
    """The places in the same text that name the same thing."""
    ruler = server.ruler(sheet)
    return [
        types.DocumentHighlight(
            shapes.range_of(ruler, one.mention.start, one.mention.end),
            types.DocumentHighlightKind.Write
            if one.mention.defines
            else types.DocumentHighlightKind.Read,
        )
        for one in _alike(server, sheet, offset)
        if one.sheet.real == sheet.real
    ]


def outlined(server: Server, sheet: Sheet) -> list[types.DocumentSymbol]:
    """The outline of a text."""
    return shapes.symbols(outline(sheet), server.ruler(sheet))


def workspace_symbols(server: Server, query: str) -> list[types.WorkspaceSymbol]:
    """The elements of all files that a query may mean."""
    found = []
    for where in found_by(server.desk.meanings(), query):
        kind = shapes.symbol_kind(where.mention.what)
        found.append(
            types.WorkspaceSymbol(
                location=_location(server, where),
                name=where.mention.name.id,
                kind=kind,
                container_name=where.sheet.id,
            )
        )
    return found


def links(server: Server, sheet: Sheet) -> list[types.DocumentLink]:
    """The names of files, as links."""
    ruler = server.ruler(sheet)
    return [
        types.DocumentLink(
            range=shapes.range_of(ruler, one.start, one.end),
            target=server.uri(sheet.files[one.name.id]),
        )
        for one in sheet.references
        if one.name.id in sheet.files
    ]


def hints(server: Server, sheet: Sheet) -> list[types.InlayHint]:
    """Behind each step how often deals come there, for editors that asked for it."""
    facts = server.desk.facts(sheet) if server.hints and sheet.kind == "process" else None
    if facts is None or facts.chain.all is None:
        return []
    ruler = server.ruler(sheet)
    visits = facts.chain.all.visits
    return [
        types.InlayHint(
            position=types.Position(*ruler.spot(one.end)),
            label=f"{in_hundred(visits['.'.join(one.name.path)])} in 100 deals",
            padding_left=True,
        )
        for one in sheet.mentions.all
        if one.defines and one.what == "step" and ".".join(one.name.path) in visits
    ]


def completion(server: Server, sheet: Sheet, offset: int) -> types.CompletionList | None:
    """What may be written at a place."""
    found = complete(server.desk.meanings(), sheet, offset)
    if found is None:
        return None
    ruler = server.ruler(sheet)
    return shapes.completions(found, ruler, snippets=server.snippets)


def may_rename(server: Server, sheet: Sheet, offset: int) -> types.PrepareRenamePlaceholder:
    """Whether the id at a place can be renamed. Refusal with a reason where it cannot."""
    mention = renamable(server.desk.meanings(), sheet, offset)
    place = shapes.range_of(server.ruler(sheet), mention.start, mention.end)
    return types.PrepareRenamePlaceholder(place, mention.name.id)


def renamed(server: Server, sheet: Sheet, offset: int, *, new: str) -> types.WorkspaceEdit:
    """The edits that rename what stands at a place. Refusal where it cannot be renamed."""
    meanings = server.desk.meanings()
    edits = rename(meanings, sheet, offset, new)
    name = meanings.meant(sheet, renamable(meanings, sheet, offset))
    for real, old in meanings.points(sheet, name):
        later = old._replace(path=(*old.path[:-1], new))
        first = server.desk.renamed.pop((real, old), old.id)
        server.desk.renamed[real, later] = first
    uris = {one.real: server.uri(one.real) for one in edits}
    return shapes.workspace_edit(edits, uris, server.units)


def formatted(server: Server, sheet: Sheet) -> list[types.TextEdit]:
    """The edit that lays a text out as `salesflow fmt` does; none where it cannot be read."""
    from salesflow.formatting.files import laid_out

    try:
        text = laid_out(sheet.text, file=sheet.file)
    except LoadError:
        return []
    edit = changed(sheet.text, text)
    if edit is None:
        return []
    place = shapes.range_of(server.ruler(sheet), edit.start, edit.end)
    return [types.TextEdit(place, edit.text)]


def actions(
    server: Server, sheet: Sheet, *, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """What can be done at a place: mend, ignore, remember a former id, mend all that is safe."""
    only = params.context.only
    start = server.offset(sheet, params.range.start)
    end = server.offset(sheet, params.range.end)
    found = []
    if _wants(only, types.CodeActionKind.QuickFix):
        found += _cures(server, sheet, _findings(server, sheet, start, end))
    if _wants(only, types.CodeActionKind.RefactorRewrite):
        found += _former(server, sheet, start)
    # Unasked, it is offered where something can be mended anyway.
    near = (start, end) if only is None else (0, len(sheet.text))
    some = _findings(server, sheet, *near)
    if _wants(only, types.CodeActionKind.SourceFixAll) and any(map(mendable, some)):
        kind = types.CodeActionKind.SourceFixAll
        found.append(
            types.CodeAction(
                "Mend all that is safe (salesflow)", kind=kind, data=server.uri(sheet.real)
            )
        )
    return found


def resolved(server: Server, sheet: Sheet, *, action: types.CodeAction) -> types.CodeAction:
    """The edits of an action that takes long to work out."""
    desk = server.desk
    findings = _findings(server, sheet, 0, len(sheet.text))
    text = mended_text(
        sheet,
        roots=desk.roots(sheet, findings),
        opened=desk.shelf.shown().opened,
        settings=desk.verdicts.settings(sheet.file),
    )
    edit = changed(sheet.text, text)
    if edit is not None:
        action.edit = _edit(server, sheet, (edit,))
    return action


def _alike(server: Server, sheet: Sheet, offset: int) -> tuple[Where, ...]:
    mention = sheet.mentions.at(offset)
    meanings = server.desk.meanings()
    return () if mention is None else meanings.alike(sheet, meanings.meant(sheet, mention))


def _locations(server: Server, places: Iterable[Where]) -> list[types.Location]:
    return [_location(server, where) for where in places]


def _location(server: Server, where: Where) -> types.Location:
    sheet, mention = where
    ruler = server.ruler(sheet)
    return types.Location(
        server.uri(sheet.real), shapes.range_of(ruler, mention.start, mention.end)
    )


def _wants(only: Iterable[str] | None, kind: str) -> bool:
    return only is None or any(kind == one or kind.startswith(f"{one}.") for one in only)


def _findings(server: Server, sheet: Sheet, start: int, end: int) -> list[Finding]:
    """The findings of a stretch of a text."""
    found = []
    for finding in server.desk.found.get(sheet.real, ()):
        first, last = sheet.ruler.stretch(finding.span)
        if first <= end and last >= start:
            found.append(finding)
    return found


def _cures(server: Server, sheet: Sheet, findings: list[Finding]) -> list[types.CodeAction]:
    desk = server.desk
    if not findings:
        return []
    found = cures(
        sheet,
        findings,
        roots=desk.roots(sheet, findings),
        opened=desk.shelf.shown().opened,
        settings=desk.verdicts.settings(sheet.file),
    )
    return [_action(server, sheet, cure) for cure in found]


def _action(server: Server, sheet: Sheet, cure: Cure) -> types.CodeAction:
    ruler = server.ruler(sheet)
    folders = server.desk.shelf.folders
    told = None
    if cure.finding is not None:
        place = shapes.span_range(sheet, ruler, cure.finding)
        told = [shapes.diagnostic(cure.finding, place, (), folders)]
    return types.CodeAction(
        cure.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=told,
        is_preferred=(cure.safe and not cure.ignores) or None,
        edit=_edit(server, sheet, cure.edits),
    )


def _former(server: Server, sheet: Sheet, offset: int) -> list[types.CodeAction]:
    """Write down the id that an element had before it was renamed in this session."""
    found = former_id(sheet, offset, server.desk.renamed)
    if found is None:
        return []
    old, edit = found
    kind = types.CodeActionKind.RefactorRewrite
    title = f"Write `was: {old}`, so that comparisons know the former id"
    return [types.CodeAction(title, kind=kind, edit=_edit(server, sheet, (edit,)))]


def _edit(server: Server, sheet: Sheet, edits: tuple[Replaced, ...]) -> types.WorkspaceEdit:
    uris = {sheet.real: server.uri(sheet.real)}
    return shapes.workspace_edit({sheet: edits}, uris, server.units)
