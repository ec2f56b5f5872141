"""The processes that pictures are judged on: four written for it, and the examples."""

from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
EXAMPLES = Path(__file__).parents[3] / "examples"

# Thirty steps in six departments each: one as dense as most are, and three with half as many
# arrows again.
USUAL = {"usual_sale": HERE / "usual_sale.salesflow.yaml"}
DENSE = {
    name: HERE / f"{name}.salesflow.yaml" for name in ("enterprise_sale", "partner_sale", "renewal")
}
GATE = {**USUAL, **DENSE}


def _examples() -> Iterator[Path]:
    for file in sorted(EXAMPLES.rglob("*.salesflow.yaml")):
        process = "\nprocess:" in file.read_text("utf-8")
        if process and "broken" not in file.parent.name and "draft" not in file.parent.name:
            yield file


SHIPPED = {f"{file.parent.name}/{file.name.split('.')[0]}": file for file in _examples()}
