"""The example of a CRM's webhook, as a CRM calls it: a real server, real requests."""

import hashlib
import hmac
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SECRET = "a secret"


class Crm:
    """Calls the webhook as a CRM does."""

    def __init__(self, address: str, deals: Path) -> None:
        self.address = address
        self.deals = deals

    def call(self, path: str, content: Any = None, *, secret: str = SECRET) -> tuple[int, Any]:
        body = None if content is None else json.dumps(content).encode()
        signed = path.encode() if body is None else body
        signature = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        headers = {"X-Signature": signature}
        request = urllib.request.Request(self.address + path, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crm]:
    yield from served(tmp_path_factory.mktemp("deals"), "smb/smb.salesflow.yaml")


def served(deals: Path, process: str) -> Iterator[Crm]:
    program = [
        sys.executable,
        str(ROOT / "examples/crm-webhook/webhook.py"),
        str(ROOT / "examples" / process),
        "--port=0",
        f"--deals={deals}",
    ]
    environment = os.environ | {"WEBHOOK_SECRET": SECRET}
    with subprocess.Popen(program, stdout=subprocess.PIPE, env=environment, text=True) as server:
        assert server.stdout is not None
        yield Crm(server.stdout.readline().strip(), deals)
        server.kill()


LEAD = {"source": "website", "data": {"shop": "Salon Ida", "staff_count": 3, "yearly_fee": 900}}


def test_a_deal_goes_through_the_process(crm: Crm) -> None:
    status, told = crm.call("/deals/1", LEAD)
    assert (status, told["at"]) == (200, ["answer"])
    status, told = crm.call("/deals/1/results", {"result": "call_booked"})
    assert status == 422
    assert told["error"] == "`old_system` is not filled: `answer` is done once it is."
    assert told["reasons"][0]["field"] == "old_system"
    asked = {"result": "call_booked", "data": {"old_system": "paper"}, "person": "ada"}
    assert crm.call("/deals/1/results", asked)[1]["at"] == ["demo"]
    assert crm.call("/deals/1", LEAD)[1]["at"] == [
        "demo"
    ]  # a call that is repeated changes nothing
    asked = {"result": "wants_offer", "data": {"data_export": "no"}}
    assert crm.call("/deals/1/results", asked)[1]["at"] == ["offer"]
    asked = {"result": "signed", "data": {"contract": "https://files/1"}}
    assert crm.call("/deals/1/results", asked)[1]["at"] == ["move_data"]
    status, told = crm.call("/deals/1")
    assert [(o["path"], o["allowed"]) for o in told["options"]] == [
        ("move_data.needed", False),
        ("move_data.not_needed", True),
    ]
    assert json.loads((crm.deals / "1.json").read_text())["at"] == ["move_data"]


def test_what_is_wrong_is_answered(crm: Crm) -> None:
    assert crm.call("/deals/2", LEAD, secret="guessed")[0] == 401
    assert crm.call("/deals/2")[0] == 404
    assert crm.call("/deals/..%2Fetc", LEAD)[0] == 404
    assert crm.call("/deals/2", ["no object"])[0] == 400
    assert crm.call("/deals/2", {"source": "web"}) == (
        400,
        {"error": "`smb` has no source `web`. Did you mean `website`?"},
    )
    assert not (crm.deals / "2.json").exists()


def test_stages_of_the_crm_lead_to_results(tmp_path: Path) -> None:
    for crm in served(tmp_path, "enterprise/enterprise.salesflow.yaml"):
        lead = {"source": "website", "data": {"company": "Acme", "amount": 90_000}}
        assert crm.call("/deals/1", lead)[1]["stage"] == "lead"
        asked = {"stage": "Qualification", "data": {"contact": "Ada"}}
        assert crm.call("/deals/1/stage", asked)[1]["at"] == ["discovery"]
        status, told = crm.call("/deals/1/stage", {"stage": "Contracting"})
        assert (status, told["error"]) == (
            400,
            "From discovery to stage contracting: no result leads there.",
        )
        assert crm.call("/overdue") == (200, [])


def test_a_broken_record_is_named_and_hides_nothing(crm: Crm) -> None:
    assert crm.call("/deals/kept", LEAD)[0] == 200
    (crm.deals / "broken.json").write_text("{")
    (crm.deals / "strange.json").write_text('{"version": 1}')
    try:
        status, told = crm.call("/deals/broken")
        assert status == 500
        assert told["error"].startswith("The record of deal broken cannot be read: ")
        status, told = crm.call("/overdue")
        assert status == 200
        assert [late["deal"] for late in told if "error" in late] == ["broken", "strange"]
        assert crm.call("/deals/kept")[0] == 200
    finally:
        (crm.deals / "broken.json").unlink()
        (crm.deals / "strange.json").unlink()


@pytest.mark.parametrize("data", [[1], "x", 5, {"shop": {"deep": [1]}}])
def test_data_that_is_none_is_answered(crm: Crm, data: Any) -> None:
    status, told = crm.call("/deals/odd", {"source": "website", "data": data})
    assert status == 400
    assert told["error"]
