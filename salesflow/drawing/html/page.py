"""A page as one file: nothing is fetched, and only the style and the script it came with run.

A small page holds its pictures as they are, so that they show even where no script runs. A large
one is packed: it would be many times the size.
"""

from salesflow.drawing.html.data import data
from salesflow.drawing.html.nouns import Page, View
from salesflow.drawing.html.parts import script, style
from salesflow.drawing.svg.markup import escaped, number
from salesflow.drawing.svg.picture import fragment
from salesflow.drawing.svg.style import DEFS

_KEYS = "Picture. Arrow keys go from step to step, Enter tells about one, O lists all of them."
_LARGE = 400_000  # letters of pictures and data from which on they are packed


def page(page: Page) -> str:
    """A whole HTML document. The same page gives the same text."""
    rules, code = style(), script()
    title = escaped(page.title)
    pictures, told = [fragment(view.scene) for view in page.views], data(page)
    packed = sum(map(len, pictures)) + len(told) > _LARGE
    held = _packed(pictures, told) if packed else _plain(told)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(rules, code)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{rules}</style>\n</head>\n<body>\n"
        f"{_bar(title)}\n<main>\n{_stage(page, [] if packed else pictures)}\n"
        '<aside class="panel" id="panel" aria-label="Details"></aside>\n</main>\n'
        '<div class="live" aria-live="polite"></div>\n'
        f"{held}\n<script>{code}</script>\n</body>\n</html>\n"
    )


def _plain(told: str) -> str:
    return f'<script type="application/json" id="page-data">{told}</script>'


def _packed(pictures: list[str], told: str) -> str:
    """Deflated and in base64; ``unpack.js`` reads it."""
    from base64 import b64encode
    from json import dumps
    from zlib import compress

    both = dumps({"pictures": pictures, "data": told}, ensure_ascii=False)
    text = b64encode(compress(both.encode(), 9)).decode()
    return (
        f'<script type="text/plain" id="page-packed">{text}</script>\n'
        '<noscript><p class="no-script">This page is large and packed: it needs JavaScript.</p>'
        "</noscript>"
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


def _stage(page: Page, pictures: list[str]) -> str:
    shown = "\n".join(map(_picture, page.views, pictures or [""] * len(page.views)))
    return (
        f'<section class="stage" role="application" tabindex="0" aria-label="{_KEYS}">\n'
        f'<svg class="defs" width="0" height="0" aria-hidden="true"><defs>{DEFS}</defs></svg>\n'
        f'<div class="pane"><div class="world">\n{shown}\n</div></div>\n</section>'
    )


def _picture(view: View, inside: str) -> str:
    wide, high = number(view.scene.width), number(view.scene.height)
    return (
        f'<svg class="picture" data-view="{escaped(view.id)}" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}" role="img" aria-label="{escaped(view.label)}">'
        f"{inside}</svg>"
    )
