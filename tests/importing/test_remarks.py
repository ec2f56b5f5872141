"""What an import has no place for is told, a line for each."""

from tests.importing.drawn import diagram
from tests.importing.imported import read, steps, told

POOLS = """<collaboration>
  <participant id="us" name="Vendor" processRef="p"/>
  <participant id="them" name="Customer"/>
  <messageFlow id="out" name="offer" sourceRef="send" targetRef="them"/>
  <messageFlow id="in" sourceRef="them" targetRef="answer"/>
  <messageFlow id="in2" sourceRef="them" targetRef="e"/>
</collaboration>
"""
FLOWS = ["s>send", "send>answer", "answer>e"]
START, END = '<startEvent id="s"/>', '<endEvent id="e" name="won"/>'
SEND = '<task id="send" name="Send it"/>'
ANSWER = '<intermediateCatchEvent id="answer" name="Answer"><messageEventDefinition/></intermediateCatchEvent>'


def test_messages_that_nothing_waits_for_are_told() -> None:
    raw = diagram(START, SEND, ANSWER, END, flows=FLOWS, before=POOLS)
    assert [line for line in told(raw) if "message flow" in line] == [
        "line 5: not imported: message flow `out` ‘offer’: only a message that an event waits for"
        " is taken over.",
        "line 7: not imported: message flow `in2`: only a message that an event waits for is taken"
        " over.",
    ]
    assert steps(raw)["answer"]["by"] == "customer"


def test_data_that_no_step_takes_or_gives_is_told() -> None:
    objects = [
        '<dataObjectReference id="r" name="CRM record [new]" dataObjectRef="o"/>',
        '<dataObject id="o"/>',
        '<dataStoreReference id="store" name="ERP"/>',
        '<dataObjectReference id="used" name="Offer" dataObjectRef="o2"/>',
        '<dataObject id="o2" name="Offer"/>',
    ]
    task = (
        '<task id="send"><dataInputAssociation><sourceRef>used</sourceRef></dataInputAssociation>'
        "</task>"
    )
    raw = diagram(START, task, END, *objects, flows=["s>send", "send>e"])
    assert [line for line in told(raw) if "data" in line] == [
        "line 6: not imported: data object `r` ‘CRM record [new]’: no data flow leads from it or"
        " to it.",
        "line 8: not imported: data store `store` ‘ERP’: no data flow leads from it or to it.",
    ]
    assert [*read(raw).documents[0].data["data"]] == ["offer"]


def test_data_that_a_block_gives_is_told() -> None:
    part = (
        '<subProcess id="part"><task id="t"/><dataOutputAssociation><targetRef>r</targetRef>'
        '</dataOutputAssociation></subProcess><dataObjectReference id="r" name="Contract"/>'
    )
    raw = diagram(START, part, END, flows=["s>part", "part>e"])
    assert any("captures no data: not `contract`" in line for line in told(raw))


def test_a_note_and_a_question_are_two_sentences() -> None:
    note = '<textAnnotation id="n"><text>Remember the champion</text></textAnnotation>'
    tie = '<association id="a" sourceRef="send" targetRef="n"/>'
    gateway = '<exclusiveGateway id="x" name="Fits?"/>'
    lost = '<endEvent id="l" name="lost"/>'
    raw = diagram(
        START, SEND, gateway, END, lost, note, tie, flows=["s>send", "send>x", "x>e", "x>l"]
    )
    assert steps(raw)["send_it"]["description"] == "Remember the champion. Fits?"


def test_a_step_whose_name_begins_with_a_number_has_the_rest_as_its_id() -> None:
    raw = diagram(
        START, '<task id="Task_1" name="2 Wochen warten"/>', END, flows=["s>Task_1", "Task_1>e"]
    )
    assert steps(raw)["wochen_warten"]["name"] == "2 Wochen warten"
