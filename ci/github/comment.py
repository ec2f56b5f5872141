"""Keeps one comment on a pull request up to date: written at first, replaced at each later push.

Where nothing changed and there is no comment yet, none is written. Where the token may not comment,
as on pull requests from forks, that is said and no fault: the summary of the job has the report.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

MARKER = "<!-- salesflow diff"
MOST = 65_000  # characters; GitHub takes 65,536
PAGE = 100
TRIES = 3
OURS = ("OWNER", "MEMBER", "COLLABORATOR")  # others could put the mark above words of their own


class RefusedError(Exception):
    """GitHub said no; ``code`` is that of HTTP, 0 where it was not reached."""

    def __init__(self, code: int, why: str) -> None:
        """Keep both."""
        super().__init__(why)
        self.code = code


def main() -> int:
    """Write or replace the comment; 1 where GitHub fails."""
    with open(os.environ["SALESFLOW_COMMENT"], encoding="utf-8") as stream:
        body = marked(stream.read(), os.environ.get("SALESFLOW_COMMENT_NAME", "").strip())
    with open(os.environ["GITHUB_EVENT_PATH"], encoding="utf-8") as stream:
        number = int(json.load(stream)["pull_request"]["number"])
    place = f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    try:
        known = find(f"{place}/{number}/comments", body.splitlines()[0])
        if known is not None:
            ask("PATCH", f"{place}/comments/{known}", {"body": body})
            say("notice", "The comment on the pull request is up to date.")
        elif os.environ.get("SALESFLOW_LEVEL") != "none":
            ask("POST", f"{place}/{number}/comments", {"body": body})
            say("notice", "The pull request has a comment that says what changes.")
    except RefusedError as problem:
        if problem.code in (401, 403, 404):
            say(
                "warning",
                "This job may not comment on the pull request; the comparison is in the summary of "
                "the job. From a fork that is as it should be. Otherwise give the job "
                "`permissions: {contents: read, pull-requests: write}`.",
            )
            return 0
        say("error", f"The comment on the pull request could not be written: {problem}")
        return 1
    return 0


def marked(report: str, name: str) -> str:
    """The comment: its first line is the mark by which it is found again."""
    first, _, rest = report.partition("\n")
    kept = "".join(letter for letter in name if letter.isalnum() or letter in " _.-")
    mark = f"{MARKER}: {kept} -->" if kept else first
    text = f"{mark}\n{rest}"
    if len(text) <= MOST:
        return text
    return text[:MOST].rpartition("\n")[0] + "\n\nThe rest is in the summary of the job.\n"


def find(place: str, mark: str) -> int | None:
    """The comment that begins with the mark and is by somebody who may write here."""
    for comment in comments(place):
        lines = (comment.get("body") or "").splitlines()
        bot = comment.get("user", {}).get("type") == "Bot"
        if lines[:1] == [mark] and (bot or comment.get("author_association") in OURS):
            return int(comment["id"])
    return None


def comments(place: str) -> Iterator[dict[str, Any]]:
    """All comments, page by page."""
    number = 1
    while True:
        page = ask("GET", f"{place}?per_page={PAGE}&page={number}")
        yield from page
        if len(page) < PAGE:
            return
        number += 1


def ask(method: str, place: str, content: object = None) -> Any:
    """Ask GitHub. A fault of its own is asked again twice; RefusedError where it says no."""
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(api + place, data=data, method=method)
    request.add_header("Accept", "application/vnd.github+json")
    request.add_header("Content-Type", "application/json")
    request.add_header("X-GitHub-Api-Version", "2022-11-28")
    # Never handed on to where an answer might lead.
    request.add_unredirected_header("Authorization", f"Bearer {os.environ['SALESFLOW_TOKEN']}")
    for left in reversed(range(1 if method == "POST" else TRIES)):  # no comment comes twice
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as problem:
            told = problem.read(10_000).decode("utf-8", "replace")
            if problem.code < 500 or not left:
                raise RefusedError(problem.code, f"HTTP {problem.code} {told}") from None
        except (OSError, ValueError) as problem:
            if not left:
                raise RefusedError(0, f"{api} is out of reach: {problem}") from None
        time.sleep(float(os.environ.get("SALESFLOW_PATIENCE", "2")))
    raise AssertionError


def say(level: str, message: str) -> None:
    """An annotation without a line."""
    text = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    sys.stdout.write(f"::{level} title=salesflow::{text}\n")


if __name__ == "__main__":
    sys.exit(main())
