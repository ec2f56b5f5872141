"""The style sheet of the page: light and dark, on paper too."""

CSS = """
.sf-report { --ink: #1c2733; --faint: #5f6f7e; --line: #dde3e9; --ground: #ffffff; --soft: #f5f7f9;
  --good: #2c7a3f; --doubt: #8a5a00; --bad: #b3261e; --main: #2f6fa8;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink);
  background: var(--ground); max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
@media (prefers-color-scheme: dark) { .sf-report { --ink: #dfe6ec; --faint: #97a6b3;
  --line: #2f3943; --ground: #14191e; --soft: #1b2228; --good: #6cc283; --doubt: #e3b04b;
  --bad: #f0857d; --main: #62a3dd; } }
.sf-report h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
.sf-report h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
.sf-report .about { color: var(--faint); margin: .2rem 0 1rem; }
.sf-report .warning { border-left: 4px solid var(--doubt); background: var(--soft);
  padding: .5rem .8rem; margin: .5rem 0; }
.sf-report .answer { font-size: 1.08rem; list-style: none; padding: 0; margin: 1rem 0; }
.sf-report .answer li { margin: .35rem 0; }
.sf-report .lines { list-style: none; padding: 0; margin: 0; }
.sf-report .lines li { padding: .3rem 0 .3rem .8rem; border-left: 4px solid var(--line);
  margin: .3rem 0; }
.sf-report .lines .good { border-color: var(--good); }
.sf-report .lines .doubt { border-color: var(--doubt); }
.sf-report .lines .bad { border-color: var(--bad); }
.sf-report .scroll { overflow-x: auto; }
.sf-report table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums;
  width: 100%; }
.sf-report th { color: var(--faint); font-weight: 500; border-bottom: 1px solid var(--line); }
.sf-report th, .sf-report td { padding: .28rem .6rem; text-align: right; white-space: nowrap; }
.sf-report th { white-space: normal; vertical-align: bottom; }
.sf-report th.left, .sf-report td.left { text-align: left; }
.sf-report td.left:last-child { white-space: normal; min-width: 11rem; }
.sf-report tbody tr:nth-child(even) { background: var(--soft); }
.sf-report td.good { color: var(--good); font-weight: 600; }
.sf-report td.doubt { color: var(--doubt); }
.sf-report td.bad { color: var(--bad); font-weight: 600; }
.sf-report .spread { color: var(--faint); font-weight: 400; }
.sf-report .bar { display: inline-block; height: .7rem; background: var(--main); min-width: 1px; }
.sf-report .bars { width: 5rem; min-width: 5rem; }
.sf-report code { background: var(--soft); padding: 0 .2em; font-size: .95em; }
.sf-report .note { color: var(--faint); font-size: .85rem; margin: .4rem 0 0; }
.sf-report figure { margin: .8rem 0; overflow-x: auto; }
@media print { .sf-report { max-width: none; padding: 0; font-size: 11px; --ground: #fff;
  --ink: #000; --soft: #fff; --faint: #444; } .sf-report figure, .sf-report tr
  { break-inside: avoid; } .sf-report h2 { break-after: avoid; } }
"""
