"""What an assistant can read by address: the language, the rules."""

from typing import NamedTuple

from salesflow.changes.catalogue.explained import explained
from salesflow.errors import UsageError
from salesflow.mcp_server.tool import near
from salesflow.mcp_server.tools.reading_matter import told

RULE_URI = "salesflow://rules/"


class Resource(NamedTuple):
    """A text with an address; ``topic`` is what it is called in ``reading_matter``."""

    topic: str
    title: str
    meaning: str
    kind: str = "text/markdown"

    @property
    def uri(self) -> str:
        """Its address."""
        return f"salesflow://{self.topic}"


RESOURCES = (
    Resource("guide", "How to write a process", "Read this before you write or change a process."),
    Resource("keys", "Keys of the language", "Every key, its meaning, an example."),
    Resource("example", "A whole process", "Level 4, checks clean, simulates.", "text/yaml"),
    Resource("schema", "JSON Schema", "Of all kinds of files.", "application/schema+json"),
    Resource("rules", "All rules", "By family, a line each; salesflow://rules/NAME explains one."),
)


def read(uri: str) -> tuple[str, str]:
    """The kind and the text of what lies at an address. UsageError, with what is near, for none."""
    for resource in RESOURCES:
        if resource.uri == uri:
            return resource.kind, told(resource.topic)
    if uri.startswith(RULE_URI):
        return "text/markdown", explained(uri.removeprefix(RULE_URI))
    uris = (*(resource.uri for resource in RESOURCES), f"{RULE_URI}NAME")
    raise UsageError(f"There is no resource `{uri[:200]}`. {near(uri[:200], uris)}")
