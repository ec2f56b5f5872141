"""What events are about: what is thrown, and times.

Times are ISO 8601 where they are elapsed, and ours where a calendar counts.
"""

from salesflow.drawing.bpmn.data import NAMESPACE
from salesflow.drawing.bpmn.xml import Tag
from salesflow.quantities import Duration

_UNITS = (("D", 86_400_000), ("H", 3_600_000), ("M", 60_000))


def iso(time: Duration) -> str:
    """``P45D``, ``PT1H30M``, ``PT0.5S``. ValueError for business time."""
    rest = time.milliseconds
    parts: dict[str, str] = {}
    for letter, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts[letter] = f"{count}{letter}"
    if rest or not parts:
        parts["S"] = f"{rest / 1000:.3f}".rstrip("0").rstrip(".") + "S"
    days = parts.pop("D", "")
    return f"P{days}" + (f"T{''.join(parts.values())}" if parts else "")


def expression(tag: str, text: str, *, ours: bool) -> Tag:
    """A formal expression, in our language or as the standard has it."""
    attributes = {"xsi:type": "bpmn:tFormalExpression"}
    if ours:
        attributes["language"] = NAMESPACE
    return Tag(tag, attributes, text=text)


def caught(error: str) -> Tag:
    """What an error event throws or catches, by its whole XML id; "" for any error."""
    return Tag("bpmn:errorEventDefinition", {"errorRef": error} if error else {})


def once(time: Duration) -> Tag:
    """A timer that fires once."""
    return Tag("bpmn:timerEventDefinition", inside=(_time("timeDuration", time),))


def every(time: Duration) -> Tag:
    """A timer that fires again and again."""
    text = str(time) if time.business else f"R/{iso(time)}"
    cycle = expression("bpmn:timeCycle", text, ours=time.business)
    return Tag("bpmn:timerEventDefinition", inside=(cycle,))


def _time(tag: str, time: Duration) -> Tag:
    text = str(time) if time.business else iso(time)
    return expression(f"bpmn:{tag}", text, ours=time.business)
