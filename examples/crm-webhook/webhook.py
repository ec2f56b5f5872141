"""A CRM asks the process: a small web service that keeps a deal for each opportunity.

    python webhook.py PROCESS.salesflow.yaml --port 8080 --deals FOLDER

The CRM posts what happens (its automations can: Salesforce calls it an HTTP callout, HubSpot a
webhook). What the process allows is kept, what it forbids is answered with 422 and the reasons, in
words that can be shown to whoever moved the deal. Only the standard library and salesflow.

    POST /deals/ID           {"source": "website", "data": {…}}    a deal begins
    POST /deals/ID/results   {"result": "call_booked", "data": {…}, "person": "ada"}
    POST /deals/ID/stage     {"stage": "Proposal", "data": {…}}    as the CRM calls it
    GET  /deals/ID                    where it is, what it may do
    GET  /overdue                     what should have happened by now, of all deals

Each request carries `X-Signature`, the HMAC-SHA256 of its body (of its path, for GET) with the
secret in the environment variable WEBHOOK_SECRET.
"""

import argparse
import hashlib
import hmac
import json
import os
import re
import sys
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any

import salesflow as sf

DEAL = re.compile(r"/deals/([A-Za-z0-9_-]{1,64})(?:/(results|stage))?")
MOST = 1_000_000  # bytes of a request


class NotFound(Exception):
    """There is no such deal."""


class Unreadable(Exception):
    """The record of a deal is broken, or of another version of the process."""


class Deals:
    """The deals of one process, a JSON file for each."""

    def __init__(self, process: sf.Process, folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.lock = Lock()  # one event after the other
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> sf.Deal:
        """A deal as it was kept, with the timers that have run out since."""
        try:
            record = json.loads((self.folder / f"{name}.json").read_text())
            return sf.Deal.from_dict(self.process, record).elapse(datetime.now(UTC))
        except FileNotFoundError:
            raise NotFound(f"There is no deal {name}.") from None
        except (sf.UsageError, ValueError) as wrong:
            raise Unreadable(f"The record of deal {name} cannot be read: {wrong}") from None

    def keep(self, name: str, deal: sf.Deal) -> None:
        """Write a deal whole or not at all."""
        part = self.folder / f"{name}.partial"
        part.write_text(json.dumps(deal.to_dict(), indent=1))
        part.replace(self.folder / f"{name}.json")

    def begin(self, name: str, asked: dict[str, Any]) -> sf.Deal:
        """A deal begins; asked again it is the same one, as CRMs repeat their calls."""
        if (self.folder / f"{name}.json").exists():
            return self.read(name)
        now = datetime.now(UTC)
        return sf.Deal.start(self.process, asked.get("source"), asked.get("data"), at=now)

    def move(self, name: str, asked: dict[str, Any]) -> sf.Deal:
        """A result is taken at one of the steps where the deal is."""
        deal = self.read(name)
        result, data, person = asked.get("result"), asked.get("data"), asked.get("person")
        return deal.take(str(result), data, at=datetime.now(UTC), person=person)

    def follow(self, name: str, asked: dict[str, Any]) -> sf.Deal:
        """The stage was changed in the CRM: the one result that leads there is taken."""
        deal = self.read(name)
        stage = self._stage(str(asked.get("stage")))
        if deal.stage == stage:
            return deal
        ways = [o.path for o in deal.options() if stage in map(self._stage_of, o.leads_to)]
        if len(ways) != 1:
            which = f"say which: {', '.join(ways)}" if ways else "no result leads there"
            raise sf.UsageError(f"From {', '.join(deal.at)} to stage {stage}: {which}.")
        return deal.take(ways[0], asked.get("data"), at=datetime.now(UTC))

    def _stage(self, called: str) -> str:
        """The stage's id, whatever it is called in a CRM (`crm:` in the process)."""
        for stage in self.process.stages.values():
            if called in (stage.id, stage.name, *stage.crm.values()):
                return stage.id
        raise sf.UsageError(f"There is no stage {called!r}.")

    def _stage_of(self, step: str) -> str | None:
        known = self.process.nodes.get(step)
        return known.stage if known is not None else None

    def overdue(self) -> list[dict[str, Any]]:
        """What should have happened by now, of all deals, the longest due first."""
        now = datetime.now(UTC)
        names = sorted(file.stem for file in self.folder.glob("*.json"))
        late, broken = [], []
        for name in names:
            try:
                late += [(name, each) for each in self.read(name).overdue(now)]
            except Unreadable as wrong:  # one broken record must not hide what all others owe
                broken.append({"deal": name, "error": str(wrong)})
        told = [{"deal": name} | each.to_dict() for name, each in sorted(late, key=_due)]
        return told + broken


def _due(late: tuple[str, Any]) -> tuple[datetime, str]:
    name, overdue = late
    return overdue.due, name


def told(deal: sf.Deal) -> dict[str, Any]:
    """What the CRM shows: where the deal is, and what is missing for each next result."""
    options = [option.to_dict() for option in deal.options(at=datetime.now(UTC))]
    return {"at": deal.at, "stage": deal.stage, "ended": deal.ended, "options": options}


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    deals: Deals
    secret: bytes

    def do_GET(self) -> None:
        self.answer(self.path.encode(), self.get)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if 0 <= length <= MOST else b""
        self.answer(body, lambda: self.post(body))

    def get(self) -> Any:
        if self.path == "/overdue":
            return self.deals.overdue()
        return told(self.deals.read(self.name()[0]))

    def post(self, body: bytes) -> Any:
        asked = json.loads(body)
        if not isinstance(asked, dict):
            raise sf.UsageError("A request is a JSON object.")
        name, what = self.name()
        act = {"results": self.deals.move, "stage": self.deals.follow, None: self.deals.begin}[what]
        with self.deals.lock:
            deal = act(name, asked)
            self.deals.keep(name, deal)
        return told(deal)

    def name(self) -> tuple[str, str | None]:
        match = DEAL.fullmatch(self.path)
        if match is None:
            raise NotFound("There is /deals/ID, /deals/ID/results, /deals/ID/stage and /overdue.")
        return match[1], match[2]

    def answer(self, signed: bytes, work: Any) -> None:
        """Do what is asked if the signature is right; say what went wrong."""
        right = hmac.new(self.secret, signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right, self.headers.get("X-Signature") or ""):
            self.send(401, {"error": "The signature is missing or wrong."})
            return
        try:
            self.send(200, work())
        except sf.Refused as refused:
            reasons = [reason.to_dict() for reason in refused.reasons]
            self.send(422, {"error": str(refused), "reasons": reasons})
        except NotFound as missing:
            self.send(404, {"error": str(missing)})
        except Unreadable as wrong:
            self.send(500, {"error": str(wrong)})
        except (sf.UsageError, json.JSONDecodeError, UnicodeDecodeError) as wrong:
            self.send(400, {"error": str(wrong)})

    def send(self, status: int, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing of a customer's goes into a log."""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Keep deals by a process, for a CRM.")
    parser.add_argument("process")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--deals", type=Path, default=Path("deals"))
    asked = parser.parse_args()
    secret = os.environ.get("WEBHOOK_SECRET", "")
    if not secret:
        sys.exit("Set WEBHOOK_SECRET to the secret that the CRM signs with.")
    Handler.deals = Deals(sf.load(asked.process), asked.deals)
    Handler.secret = secret.encode()
    server = ThreadingHTTPServer(("127.0.0.1", asked.port), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
