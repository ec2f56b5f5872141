"""Pages to look at, and a page read as HTML by a parser that knows nothing of how it was written."""

import base64
import json
import zlib
from html.parser import HTMLParser
from typing import Any

from salesflow.drawing.diagram import Diagram, Figure
from salesflow.drawing.html.nouns import (
    Card,
    Edit,
    Heat,
    Line,
    Page,
    Rate,
    Remark,
    Section,
    Stage,
    Versions,
    View,
)
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.scene import Scene
from salesflow.nouns import FrozenMap
from tests.drawing.svg.drawn import diagram

VOID = {"meta", "br", "hr", "input", "link", "img"}


def filled(text: str = "Call") -> Page:
    """A page that has everything, and the text wherever a text can stand."""
    rows = (Line(text=text, value=text, to="steps.call", tone="won"), Line(text=text))
    sections = (Section(title=text, lines=rows),)
    figure = Figure(text=text, level=0.5)
    return Page(
        title=text,
        views=(
            View(id="flow", label=text, scene=layout(diagram(text)), closed=("both",)),
            View(id="stages", label=text, scene=layout(empty(text))),
        ),
        about=sections,
        cards=(Card(path="steps.call", lead=text, sections=sections),),
        stages=(Stage(id="lead", label=text),),
        heats=(Heat(id="waiting", label=text, figures=FrozenMap({"steps.call": figure})),),
        remarks=(
            Remark(
                path="steps.call",
                severity="error",
                rule=text,
                text=text,
                help=text,
                related=rows,
                way=("sources.web", "steps.call"),
                place=text,
            ),
        ),
        rates=FrozenMap({"sources.web": Rate(week=2.5, hours=8.0, waiting=1.25)}),
        rated=text,
        versions=Versions(
            old=text,
            new=text,
            verdict=text,
            edits=(
                Edit(
                    path="steps.call", kind="added", text=text, level="check", audience=("sales",)
                ),
            ),
        ),
    )


def empty(title: str) -> Diagram:
    """A diagram of nothing."""
    return Diagram(title=title, lanes=(), nodes=(), edges=())


class Read(HTMLParser):
    """Elements in order (tag, attributes, text right inside), and whether all were closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.elements[self.open[-1]][0] != tag:
            self.wrong.append(tag)
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.elements[self.open[-1]][2].append(data)

    def texts(self, tag: str, **wanted: str) -> list[str]:
        """The text right inside each element of a tag with these attributes."""
        return [
            "".join(inside)
            for name, attributes, inside in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]


def held(read: Read) -> dict[str, Any]:
    """The data of the page, packed or not."""
    plain = read.texts("script", id="page-data")
    text = plain[0] if plain else unpacked(read)["data"]
    found: dict[str, Any] = json.loads(text)
    return found


def unpacked(read: Read) -> dict[str, Any]:
    """What a large page has packed."""
    [packed] = read.texts("script", id="page-packed")
    found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed)))
    return found


def large(scene: Scene) -> Page:
    """The same scene so often that the page is packed."""
    views = tuple(View(id=f"view{n}", label="View", scene=scene) for n in range(60))
    return Page(title="Large", views=views)
