"""What BPMN elements say: their documentation, events and times."""

from collections.abc import Iterable

from salesflow.importing.index import children
from salesflow.importing.vocabulary import BPMN
from salesflow.source.xml import Tag

GUESSED_TIME = "1w"  # where a diagram says none that can be read


def said(tag: Tag) -> list[str]:
    """The documentation of an element."""
    return [" ".join(inner.text.split()) for inner in children(tag, "documentation") if inner.text]


def in_sentences(texts: Iterable[str]) -> str:
    """Texts of several elements as one, each once and with an end."""
    different = [*dict.fromkeys(texts)]
    ended = [text if text[-1:] in ".!?…:;" else f"{text}." for text in different[:-1]]
    return " ".join([*ended, *different[-1:]])


def event_of(tag: Tag) -> tuple[str, Tag | None]:
    """What kind of event it is, ``timer``, ``message``; "" for none, or for no event at all."""
    for inner in tag.inside:
        if inner.namespace in BPMN and inner.name.endswith("EventDefinition"):
            return inner.name.removesuffix("EventDefinition"), inner
    return "", None


def timer_of(definition: Tag) -> tuple[str, str]:
    """How a timer says its time (``timeDuration``, ``timeDate``, ``timeCycle``), and the text."""
    for inner in children(definition, "timeDuration", "timeDate", "timeCycle"):
        return inner.name, " ".join(inner.text.split())
    return "", ""
