"""Reads a page as a strict reader would: every tag is closed in order, every id is there once."""

from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from typing import Any

VOID = {"meta", "link", "input", "br", "path", "rect", "circle"}  # the last ones close themselves


class Read(HTMLParser):
    """What a page holds: ``ids``, ``links`` (href and src), ``tags`` with attributes, its texts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._seen(tag, attrs)
        if tag not in ("meta", "link", "input", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self._seen(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> was never opened"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.texts.append(data)

    def _seen(self, tag: str, attrs: Any) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        self.links += [found[name] for name in ("href", "src") if name in found]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [found for name, found in self.tags if name == tag]


def broken_links(pages: dict[str, str]) -> list[str]:
    """Links of a site that lead nowhere, or out of it."""
    read = {name: Read(text) for name, text in pages.items() if name.endswith(".html")}
    wrong = []
    for name, page in read.items():
        if name.startswith("explore/"):  # a page of its own, which makes its links as it runs
            continue
        for link in page.links:
            path, _, anchor = link.partition("#")
            target = normpath(join(dirname(name), path)) if path else name
            if ":" in link or link.startswith("/") or target not in pages:
                wrong.append(f"{name}: {link}")
            elif anchor and target in read and anchor not in read[target].ids:
                wrong.append(f"{name}: {link} (no such place)")
    return wrong
