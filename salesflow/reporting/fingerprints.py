"""What makes a finding the same finding tomorrow, when lines have moved."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from salesflow.findings import Finding

_NAMES = re.compile(r"`([^`]+)`")


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with 32 hexadecimal digits that no two of them share.

    They depend on rule, file, element path and the names in the first sentence of the message,
    never on lines: so they survive moved lines and a longer way to the same place.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        sentence = finding.message.split(". ", 1)[0]
        key = (finding.rule, finding.file, finding.path, *_NAMES.findall(sentence))
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
        yield finding, digest.hexdigest()[:32]
