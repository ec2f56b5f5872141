"""The words of BPMN 2.0: namespaces, and what its elements are to us."""

BPMN = frozenset({
    "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "http://www.omg.org/spec/BPMN/2.0/MODEL",  # some tools read the year off the specification
    "http://schema.omg.org/spec/BPMN/2.0",  # the drafts of 2009 and 2010
    "http://www.omg.org/bpmn20",
})  # fmt: skip
OURS = "https://salesflow.dev/bpmn/1"

TASKS = frozenset({
    "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask",
    "receiveTask",
})  # fmt: skip
PARTS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
CALLS = frozenset({"callActivity"})
ACTIVITIES = TASKS | PARTS | CALLS
GATEWAYS = {
    "exclusiveGateway": "choice",
    "eventBasedGateway": "race",
    "parallelGateway": "fork",
    "inclusiveGateway": "some",
    "complexGateway": "some",
}
CATCHING = frozenset({"intermediateCatchEvent", "receiveTask"})
EVENTS = frozenset({"intermediateCatchEvent", "intermediateThrowEvent", "intermediateEvent"})
NODES = ACTIVITIES | GATEWAYS.keys() | EVENTS | {"startEvent", "endEvent"}

DATA = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})
# Said elsewhere, or of no matter to what happens: an engine's business, or the picture's.
SILENT = frozenset({
    "laneSet", "documentation", "extensionElements", "incoming", "outgoing", "ioSpecification",
    "property", "auditing", "monitoring", "association", "textAnnotation", "sequenceFlow",
    "boundaryEvent", "dataInput", "dataOutput", "standardLoopCharacteristics",
    "multiInstanceLoopCharacteristics", "dataInputAssociation", "dataOutputAssociation",
    "inputSet", "outputSet", "supports", "rendering", "correlationSubscription",
    "completionCondition", "ioBinding",
})  # fmt: skip

# What people call an element when they talk about a diagram.
SPOKEN = {
    "subProcess": "sub-process",
    "adHocSubProcess": "ad-hoc sub-process",
    "callActivity": "call activity",
    "exclusiveGateway": "exclusive gateway",
    "eventBasedGateway": "event-based gateway",
    "parallelGateway": "parallel gateway",
    "inclusiveGateway": "inclusive gateway",
    "complexGateway": "complex gateway",
    "startEvent": "start event",
    "endEvent": "end event",
    "boundaryEvent": "boundary event",
    "intermediateCatchEvent": "event",
    "intermediateThrowEvent": "event",
    "intermediateEvent": "event",
    "sequenceFlow": "flow",
    "messageFlow": "message flow",
    "dataObjectReference": "data object",
    "dataStoreReference": "data store",
    "dataObject": "data object",
    "textAnnotation": "text annotation",
    "participant": "pool",
}


def spoken(tag: str) -> str:
    """What people call an element: ``exclusive gateway``, ``user task``."""
    if tag in SPOKEN:
        return SPOKEN[tag]
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in tag)
    return words.strip()
