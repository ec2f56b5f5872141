"""An editor of our own: speaks the protocol over pipes, byte by byte, without the server's library.

It counts characters in UTF-16 by encoding them, and makes edits by itself, so that nothing it says
rests on what the server believes.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, unquote

PATIENCE = 120  # seconds: machines of CI are busy


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def position(text: str, offset: int) -> dict[str, int]:
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line = before.rpartition("\n")[2]
    return {"line": before.count("\n"), "character": units(line)}


def offset(text: str, place: dict[str, int]) -> int:
    lines = text.replace("\r\n", "\0\n").replace("\r", "\n").split("\n")
    start = sum(len(line) + 1 for line in lines[: place["line"]])
    row = lines[place["line"]].rstrip("\0") if place["line"] < len(lines) else ""
    wanted = place["character"]
    for at in range(len(row) + 1):
        if units(row[:at]) >= wanted:
            return start + at
    return start + len(row)


def edited(text: str, edits: list[dict[str, Any]]) -> str:
    placed = [
        (offset(text, edit["range"]["start"]), offset(text, edit["range"]["end"]), edit["newText"])
        for edit in edits
    ]
    for start, end, new in sorted(placed, key=lambda one: one[:2])[::-1]:
        text = text[:start] + new + text[end:]
    return text


def uri_of(path: Path | str) -> str:
    return "file://" + quote(str(path))


class Refused(Exception):
    """An error answer: its message, and the whole of it."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.error = error


class Editor:
    """One editor with one server: ``folder`` is its workspace."""

    def __init__(
        self,
        folder: Path | None,
        *,
        encodings: tuple[str, ...] = (),
        options: dict[str, Any] | None = None,
        folders: tuple[Path, ...] = (),
        capabilities: dict[str, Any] | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "salesflow", "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.errors: list[bytes] = []
        self.notes: list[dict[str, Any]] = []
        self.told: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.number = 0
        self.waiting: dict[int, dict[str, Any]] = {}
        self.readers = [
            threading.Thread(target=self._read, daemon=True),
            threading.Thread(target=self._listen, daemon=True),
        ]
        for reader in self.readers:
            reader.start()
        places = [folder, *folders] if folder is not None else []
        self.ready = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": uri_of(folder) if folder is not None else None,
                "workspaceFolders": [
                    {"uri": uri_of(one), "name": one.name} for one in places if one is not None
                ],
                "initializationOptions": options,
                "capabilities": {
                    "general": {"positionEncodings": list(encodings)} if encodings else {},
                    "textDocument": {
                        "completion": {"completionItem": {"snippetSupport": True}},
                        "publishDiagnostics": {"relatedInformation": True},
                    },
                    **(capabilities or {}),
                },
            },
        )
        self.tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self.process.poll() is None:
                self.ask("shutdown", None)
                self.tell("exit", None)
                self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            for reader in self.readers:
                reader.join(PATIENCE)
            for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
                assert pipe is not None
                pipe.close()

    @property
    def log(self) -> str:
        return b"".join(self.errors).decode()

    def _read(self) -> None:
        pipe = self.process.stdout
        assert pipe is not None
        while True:
            length = 0
            while (line := pipe.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            body = pipe.read(length) if length else b""
            if not body:
                self.answers.put({"closed": True})
                return
            self.answers.put(json.loads(body))

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors.append(line)

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        return self.answer(self.begin(method, params))

    def begin(self, method: str, params: Any) -> int:
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        return self.number

    def answer(self, number: int) -> Any:
        while number not in self.waiting:
            self._take()
        message = self.waiting.pop(number)
        if "error" in message:
            raise Refused(message["error"])
        return message["result"]

    def _take(self) -> None:
        message = self.answers.get(timeout=PATIENCE)
        assert "closed" not in message, f"the server has gone: {self.log}"
        if "method" not in message:
            self.waiting[message["id"]] = message
        elif "id" in message:
            self.notes.append(message)
            self.send({"id": message["id"], "result": None})
        elif message["method"] == "textDocument/publishDiagnostics":
            self.told[unquote(message["params"]["uri"])] = message["params"]
        else:
            self.notes.append(message)

    def open(self, path: Path | str, text: str, language: str = "yaml") -> str:
        uri = path if isinstance(path, str) else uri_of(path)
        self.texts[uri], self.versions[uri] = text, 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def type(self, uri: str, text: str) -> None:
        self.versions[uri] += 1
        self.texts[uri] = text
        self.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri, "version": self.versions[uri]},
                "contentChanges": [{"text": text}],
            },
        )

    def close(self, uri: str) -> None:
        del self.texts[uri]
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What is told of the newest version of an open text."""
        key = unquote(uri)
        while self.told.get(key, {}).get("version") != self.versions[uri]:
            self._take()
        return list(self.told[key]["diagnostics"])

    def until(self, uri: str, wanted: Any) -> list[dict[str, Any]]:
        """What is told of a text once it is as wanted."""
        key = unquote(uri)
        while key not in self.told or not wanted(self.told[key]["diagnostics"]):
            self._take()
        return list(self.told[key]["diagnostics"])

    def at(self, method: str, uri: str, offset: int, **more: Any) -> Any:
        place = {
            "textDocument": {"uri": uri},
            "position": position(self.texts[uri], offset),
            **more,
        }
        return self.ask(f"textDocument/{method}", place)

    def said(self, uri: str, place: dict[str, Any]) -> str:
        """The text of a range."""
        text = self.texts[uri]
        return text[offset(text, place["start"]) : offset(text, place["end"])]
