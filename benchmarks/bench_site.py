"""How long a site takes and how large it is: ``python benchmarks/bench_site.py [STEPS]``.

The large one has eight departments that hand over to each other by turns, a touchpoint for each
pair, so that no page of it is small.
"""

import sys
import time
from pathlib import Path
from typing import Any

from bench_page import told

import salesflow as sf

EXAMPLE = Path(__file__).parents[1] / "examples" / "enterprise"
NAMES = ("marketing", "sales", "presales", "finance", "legal", "security", "delivery", "success")


def large(steps: int) -> sf.Process:
    """So many steps in a row; every fifth goes to the next department."""
    data: dict[str, Any] = {
        "salesflow": 1,
        "process": "large",
        "departments": {name: {"people": 5} for name in NAMES},
        "data": {f"field_{n}": {"type": "text"} for n in range(40)},
        "sources": {"web": {"start": "s0", "department": NAMES[0], "arrivals": "5 per week"}},
        "steps": {f"s{n}": _step(n, steps) for n in range(steps)},
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
        "touchpoints": {
            f"{giver}_to_{taker}": {"from": giver, "to": taker, "accept_within": "8h"}
            for giver, taker in zip(NAMES, (*NAMES[1:], NAMES[0]), strict=True)
        },
    }
    return sf.load(data)


def _step(n: int, steps: int) -> dict[str, Any]:
    onward = f"s{n + 1}" if n + 1 < steps else "won"
    return {
        "name": f"Step number {n}",
        "by": NAMES[n // 5 % len(NAMES)],
        "effort": "1h",
        "captures": [f"field_{n % 40}"],
        "next": {"good": {"to": onward, "share": "99%"}, "bad": {"to": "lost", "share": "1%"}},
    }


def measure(name: str, processes: list[sf.Process]) -> None:
    findings = [finding for process in processes for finding in sf.check(process)]
    before = time.perf_counter()
    site = sf.site(processes, findings=findings)
    seconds = time.perf_counter() - before
    sizes = {page: len(text.encode()) for page, text in site.items()}
    largest = max((p for p in sizes if not p.startswith("explore/")), key=lambda p: sizes[p])
    told(name, f"{seconds:.1f} s, {len(site)} files, {sum(sizes.values()) / 1e6:.1f} MB")
    told(
        "", f"largest page but for the picture to explore: {largest} {sizes[largest] / 1e3:.0f} kB"
    )


def main(steps: int) -> None:
    """Measure both."""
    files = ("enterprise", "enterprise_dach")
    example = [sf.load(EXAMPLE / f"{name}.salesflow.yaml") for name in files]
    sf.site(example)  # what is imported is imported
    measure("enterprise with a variant", example)
    measure(f"{steps:,} steps", [large(steps)])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
