"""BPMN written by tests: a process of few words, and random ones."""

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

SPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def diagram(*elements: str, flows: Sequence[str] = (), before: str = "") -> bytes:
    """A file with one process: elements as XML, flows as ``a>b`` or ``a>b?condition``."""
    lines = [*elements, *(flow(number, text) for number, text in enumerate(flows))]
    inside = "\n".join(f"    {line}" for line in lines)
    text = f'<definitions xmlns="{SPACE}">\n{before}  <process id="p">\n{inside}\n  </process>\n</definitions>\n'
    return text.encode()


def flow(number: int, text: str) -> str:
    """A sequence flow; its id is ``f`` and the number."""
    ends, _, condition = text.partition("?")
    start, _, end = ends.partition(">")
    said = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="f{number}" sourceRef={quoteattr(start)} targetRef={quoteattr(end)}>{said}</sequenceFlow>'


NODES = (
    "<task id={} name={}/>",
    "<userTask id={} name={}/>",
    "<exclusiveGateway id={} name={}/>",
    "<parallelGateway id={} name={}/>",
    "<inclusiveGateway id={} name={}/>",
    "<eventBasedGateway id={} name={}/>",
    "<complexGateway id={} name={}/>",
    "<startEvent id={} name={}/>",
    "<endEvent id={} name={}/>",
    "<endEvent id={} name={}><terminateEventDefinition/></endEvent>",
    "<endEvent id={} name={}><errorEventDefinition errorRef='e1'/></endEvent>",
    "<intermediateCatchEvent id={} name={}><timerEventDefinition><timeDuration>P2D</timeDuration></timerEventDefinition></intermediateCatchEvent>",
    "<intermediateCatchEvent id={} name={}><messageEventDefinition/></intermediateCatchEvent>",
    "<intermediateThrowEvent id={} name={}/>",
    "<intermediateThrowEvent id={} name={}><linkEventDefinition name='l'/></intermediateThrowEvent>",
    "<intermediateCatchEvent id={} name={}><linkEventDefinition name='l'/></intermediateCatchEvent>",
    "<callActivity id={} name={} calledElement='p'/>",
    "<receiveTask id={} name={}><standardLoopCharacteristics/></receiveTask>",
)
NAMES = (
    "",
    "Call",
    "Offer sent?",
    "yes",
    "no",
    "won",
    "Deal lost",
    "next",
    "done",
    "法務",
    "70 %",
    "a'<&\n\u202e",
)
CONDITIONS = (
    "",
    "",
    "",
    "amount > 100",
    "${vip}",
    "region == 'dach'",
    "x.y(",
    "not done",
    "= a &amp;&amp; b",
)
BORDERS = (
    "<timerEventDefinition><timeDuration>PT3H</timeDuration></timerEventDefinition>",
    "<timerEventDefinition><timeDate>2026-01-01</timeDate></timerEventDefinition>",
    "<errorEventDefinition errorRef='e1'/>",
    "<errorEventDefinition/>",
    "<messageEventDefinition/>",
    "<escalationEventDefinition/>",
    "<compensateEventDefinition/>",
)


@st.composite
def diagrams(draw: st.DrawFn, *, depth: int = 2) -> bytes:
    """Any diagram at all: most of them mean nothing."""
    body = _body(draw, "n", depth)
    before = '  <error id="e1" errorCode="deadlock"/>\n'
    return f'<definitions xmlns="{SPACE}">\n{before}<process id="p">\n{body}\n</process>\n</definitions>'.encode()


def _body(draw: st.DrawFn, prefix: str, depth: int) -> str:
    count = draw(st.integers(1, 9))
    keys = [f"{prefix}{number}" for number in range(count)]
    lines = []
    for key in keys:
        name = quoteattr(draw(st.sampled_from(NAMES)))
        if depth and draw(st.integers(0, 7)) == 0:
            loop = draw(st.sampled_from(("", "<multiInstanceLoopCharacteristics/>")))
            inner = _body(draw, f"{key}_", depth - 1)
            lines.append(f"<subProcess id='{key}' name={name}>{loop}{inner}</subProcess>")
        else:
            lines.append(draw(st.sampled_from(NODES)).format(f"'{key}'", name))
    for number in range(draw(st.integers(0, 2))):
        host, ends = draw(st.sampled_from(keys)), draw(st.sampled_from(("true", "false")))
        event = draw(st.sampled_from(BORDERS))
        border = f"{prefix}b{number}"
        lines.append(
            f"<boundaryEvent id='{border}' attachedToRef='{host}' cancelActivity='{ends}'>{event}</boundaryEvent>"
        )
        keys.append(border)
    for number in range(draw(st.integers(0, 14))):
        start, end = draw(st.sampled_from(keys)), draw(st.sampled_from(keys))
        name = quoteattr(draw(st.sampled_from(NAMES)))
        condition = draw(st.sampled_from(CONDITIONS))
        said = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        lines.append(
            f"<sequenceFlow id='{prefix}f{number}' name={name} sourceRef='{start}' targetRef='{end}'>{said}</sequenceFlow>"
        )
    return "\n".join(lines)
