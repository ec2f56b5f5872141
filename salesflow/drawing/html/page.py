"""A page as one file: nothing is fetched, and only the style and the script it came with run."""

from salesflow.drawing.html.data import data
from salesflow.drawing.html.nouns import Page, View
from salesflow.drawing.html.parts import script, style
from salesflow.drawing.svg.markup import escaped
from salesflow.drawing.svg.picture import fragment
from salesflow.drawing.svg.style import DEFS


def page(page: Page) -> str:
    """A whole HTML document. The same page gives the same text."""
    rules, code = style(), script()
    title = escaped(page.title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(rules, code)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{rules}</style>\n</head>\n<body>\n"
        f"{_bar(title)}\n<main>\n{_stage(page)}\n"
        '<aside class="panel" id="panel" aria-label="Details"></aside>\n</main>\n'
        '<div class="live" aria-live="polite"></div>\n'
        f'<script type="application/json" id="page-data">{data(page)}</script>\n'
        f"<script>{code}</script>\n</body>\n</html>\n"
    )


def _policy(rules: str, code: str) -> str:
    return (
        f"default-src 'none'; style-src '{_digest(rules)}'; script-src '{_digest(code)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    """As a policy names an element by its text."""
    from base64 import b64encode
    from hashlib import sha256

    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _bar(title: str) -> str:
    """The head of the page; the script fills it with what the page can do."""
    return (
        f'<header class="bar">\n<h1>{title}</h1>\n<nav class="views" aria-label="Views"></nav>\n'
        '<div class="finding" role="search"></div>\n'
        '<div class="tools" role="group" aria-label="Tools"></div>\n</header>'
    )


def _stage(page: Page) -> str:
    pictures = "\n".join(_picture(view) for view in page.views)
    return (
        '<section class="stage" aria-label="Picture">\n'
        f'<svg class="defs" width="0" height="0" aria-hidden="true"><defs>{DEFS}</defs></svg>\n'
        f'<div class="pane">\n{pictures}\n</div>\n</section>'
    )


def _picture(view: View) -> str:
    wide, high = f"{view.scene.width:g}", f"{view.scene.height:g}"
    return (
        f'<svg class="picture" data-view="{escaped(view.id)}" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}" role="img" aria-label="{escaped(view.label)}">'
        f"{fragment(view.scene)}</svg>"
    )
