"""What the page of a change looks like, beside what every report looks like; filters by link."""

from collections.abc import Iterable

CSS = """
.sf-diff { --cosmetic: #5f6f7e; }
.sf-diff .verdict { font-size: 1.15rem; font-weight: 600; margin: .4rem 0 1rem; }
.sf-diff h2.name { font-size: 1.35rem; border-top: 2px solid var(--line); padding-top: 1.2rem; }
.sf-diff .level { font-size: .8rem; font-weight: 600; border: 1px solid currentColor;
  border-radius: .7rem; padding: 0 .5rem; white-space: nowrap; align-self: flex-start;
  color: var(--cosmetic); }
.sf-diff .level.breaking { color: var(--bad); }
.sf-diff .level.check { color: var(--doubt); }
.sf-diff .level.safe { color: var(--good); }
.sf-diff .cards { display: grid; gap: .7rem; padding: 0; margin: 1rem 0; list-style: none;
  align-items: start; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); }
.sf-diff .card { border: 1px solid var(--line); border-left: 4px solid var(--line);
  border-radius: .3rem; padding: .6rem .8rem; overflow-wrap: anywhere; }
.sf-diff .card.breaking { border-left-color: var(--bad); }
.sf-diff .card.check { border-left-color: var(--doubt); }
.sf-diff .card.safe { border-left-color: var(--good); }
.sf-diff .card h2 { display: flex; gap: .5rem; justify-content: space-between; margin: 0 0 .3rem;
  font-size: 1rem; }
.sf-diff .card p { margin: .2rem 0; }
.sf-diff .card .more { display: none; padding-left: 1.1rem; margin: .3rem 0; }
.sf-diff.alone .card .more { display: block; } .sf-diff.alone .card .count { display: none; }
.sf-diff a { color: var(--main); }
.sf-diff .filter { position: absolute; }
.sf-diff .filtering { display: none; background: var(--soft); padding: .5rem .8rem; margin: .8rem 0;
  border-left: 4px solid var(--main); }
.sf-diff .element { border-top: 1px solid var(--line); padding: .5rem 0; }
.sf-diff .element h3 { margin: 0; font-size: .95rem; overflow-wrap: anywhere; }
.sf-diff .element .place { color: var(--faint); font-size: .85rem; font-weight: 400; }
.sf-diff .element p { margin: .25rem 0; overflow-wrap: anywhere; }
.sf-diff .rule { color: var(--faint); font-size: .85rem; }
.sf-diff .way { overflow-wrap: anywhere; margin: .3rem 0; }
.sf-diff td { vertical-align: top; }
.sf-diff td.wide { white-space: normal; min-width: 16rem; text-align: left;
  overflow-wrap: anywhere; }
.sf-diff .flow { list-style: none; padding: 0; font-size: .92rem; }
.sf-diff .flow ul { list-style: none; padding-left: 1.4rem; margin: 0; }
.sf-diff .flow li { padding: .1rem .5rem; border-left: 4px solid transparent; }
.sf-diff .flow .pale { color: var(--faint); }
.sf-diff .flow .added { color: var(--good); border-left-color: var(--good); }
.sf-diff .flow .removed { color: var(--bad); border-left: 4px dashed var(--bad); }
.sf-diff .flow .changed { color: var(--doubt); border-left-color: var(--doubt); }
@media print { .sf-diff .card .more { display: block; } .sf-diff .card, .sf-diff .element
  { break-inside: avoid; } }
"""
BODY = "body { margin: 0; background: Canvas; }\n"


def filters(classes: Iterable[str]) -> str:
    """A link to ``#for-legal`` shows only what has that class: no script is needed."""
    return "".join(_filter(name) for name in classes)


def _filter(name: str) -> str:
    here = f".sf-diff .filter.{name}:target ~"
    return (
        f"{here} .filtering.{name} {{ display: block; }}\n"
        f"{here} .cards .card:not(.{name}) {{ opacity: .6; }}\n"
        f"{here} .cards .card:not(.{name}) p {{ display: none; }}\n"
        f"{here} .cards .{name} {{ grid-column: 1 / -1; order: -1; }}\n"
        f"{here} .cards .{name} .more {{ display: block; }}\n"
        f"{here} .cards .{name} .count {{ display: none; }}\n"
        f"{here} .process .edit:not(.{name}), {here} .process .element:not(.{name}), "
        f"{here} .process .changes:not(.{name}) {{ display: none; }}\n"
        f"{here} .process .rest {{ display: none; }}\n"
    )
