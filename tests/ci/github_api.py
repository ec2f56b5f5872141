"""A small GitHub: issue comments over HTTP, with pages, rights and faults; nothing else answers."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs, urlsplit

LISTED = re.compile(r"/repos/acme/sales/issues/(\d+)/comments")
ONE = re.compile(r"/repos/acme/sales/issues/comments/(\d+)")


class Api(Protocol):
    """A service: it gets method, target, token and content, and gives a code and what to say."""

    url: str

    def answer(self, method: str, target: str, token: str, content: Any) -> tuple[int, Any]: ...


Service = TypeVar("Service", bound=Api)


class GitHub:
    """``comments`` are those of pull request 7, the oldest first; ``calls`` what was asked."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.refuses: int | None = None  # the code for whoever wants to write
        self.faults = 0  # so many answers are 502
        self.url = ""

    def add(self, body: str, *, kind: str = "User", association: str = "NONE") -> dict[str, Any]:
        about = {"type": kind, "login": "somebody"}
        comment = {"id": 1000 + len(self.comments), "body": body, "user": about}
        self.comments.append({**comment, "author_association": association})
        return self.comments[-1]

    def answer(self, method: str, target: str, token: str, content: Any) -> tuple[int, Any]:
        self.calls.append(f"{method} {target}")
        if self.faults:
            self.faults -= 1
            return 502, {"message": "Bad gateway"}
        if token != "Bearer secret":
            return 401, {"message": "Bad credentials"}
        url = urlsplit(target)
        listed, one = LISTED.fullmatch(url.path), ONE.fullmatch(url.path)
        if method == "GET" and listed and listed[1] == "7":
            asked = parse_qs(url.query)
            size, page = min(int(asked["per_page"][0]), 100), int(asked["page"][0])
            return 200, self.comments[(page - 1) * size : page * size]
        if self.refuses is not None:
            return self.refuses, {"message": "Resource not accessible by integration"}
        if method == "POST" and listed and listed[1] == "7":
            return 201, self.add(content["body"], kind="Bot")
        if method == "PATCH" and one:
            found = [each for each in self.comments if each["id"] == int(one[1])]
            if found:
                found[0]["body"] = content["body"]
                return 200, found[0]
        return 404, {"message": "Not Found"}


@contextmanager
def served(there: Service) -> Iterator[Service]:
    """A service on this machine, over HTTP."""

    class Answering(BaseHTTPRequestHandler):
        def reply(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token = self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN") or ""
            content = json.loads(raw) if raw else None
            code, told = there.answer(self.command, self.path, token, content)
            data = json.dumps(told).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *said: object) -> None:
            pass

    for method in ("GET", "POST", "PATCH", "PUT"):
        setattr(Answering, f"do_{method}", Answering.reply)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    there.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
