// The data of the page with names instead of places (data.py writes them).

function readData(text) {
  const raw = JSON.parse(text);
  const word = (place) => raw.words[place];
  const all = (places) => places.map(word);
  const line = ([text, value, to, tone]) => ({
    text: word(text),
    value: word(value),
    to: word(to),
    tone: word(tone),
  });
  const section = ([title, lines]) => ({ title: word(title), lines: lines.map(line) });
  return {
    title: word(raw.title),
    views: raw.views.map((view) => readView(view, word, all)),
    about: raw.about.map(section),
    cards: new Map(
      raw.cards.map(([path, lead, sections]) => [
        word(path),
        { lead: word(lead), sections: sections.map(section) },
      ]),
    ),
    stages: raw.stages.map(([id, label]) => ({ id: word(id), label: word(label) })),
    heats: raw.heats.map(([id, label, figures]) => ({
      id: word(id),
      label: word(label),
      figures: new Map(figures.map(([path, text, level]) => [word(path), { text: word(text), level }])),
    })),
    remarks: raw.remarks.map(([path, severity, rule, text, help, related, way, place]) => ({
      path: word(path),
      severity: word(severity),
      rule: word(rule),
      text: word(text),
      help: word(help),
      related: related.map(line),
      way: all(way),
      place: word(place),
    })),
    rates: new Map(raw.rates.map(([path, week, hours, waiting]) => [word(path), { week, hours, waiting }])),
    rated: word(raw.rated),
    versions: raw.versions && readVersions(raw.versions, word, all),
  };
}

function readVersions([old, young, verdict, edits], word, all) {
  return {
    old: word(old),
    new: word(young),
    verdict: word(verdict),
    edits: edits.map(([path, kind, text, level, audience]) => ({
      path: word(path),
      kind: word(kind),
      text: word(text),
      level: word(level),
      audience: all(audience),
    })),
  };
}

function readView(view, word, all) {
  const box = ([x, y, w, h]) => ({ x, y, w, h });
  const marks = (several) => several.map(([kind, text]) => ({ kind: word(kind), text: word(text) }));
  const lanes = view.lanes.map(([id, label, external], index) => ({
    index,
    id: word(id),
    label: word(label),
    external: external === 1,
  }));
  return {
    id: word(view.id),
    label: word(view.label),
    width: view.size[0],
    height: view.size[1],
    closed: all(view.closed),
    notes: all(view.notes),
    lanes,
    nodes: view.nodes.map(
      ([id, kind, label, detail, tone, lane, frame, stage, copy, x, y, w, h, facts, marked], index) => ({
        type: "nodes",
        index,
        id: word(id),
        kind: word(kind),
        label: word(label),
        detail: word(detail),
        tone: word(tone),
        lane: lanes[lane] ?? null,
        frame: word(frame),
        stage: word(stage),
        copy,
        home: box([x, y, w, h]),
        facts: all(facts),
        marks: marks(marked),
      }),
    ),
    edges: view.edges.map(([kind, label, share, start, end, flags, place, marked], index) => ({
      type: "edges",
      index,
      kind: word(kind),
      label: word(label),
      share,
      start,
      end,
      main: (flags & 1) === 1,
      back: (flags & 2) === 2,
      place: place.length ? box(place) : null,
      marks: marks(marked),
    })),
    frames: view.frames.map(([id, kind, label, frame, x, y, w, h], index) => ({
      type: "frames",
      index,
      id: word(id),
      kind: word(kind),
      label: word(label),
      frame: word(frame),
      home: box([x, y, w, h]),
    })),
    bands: view.bands.map(([lane, row, x, y, w, h], index) => ({
      type: "bands",
      index,
      lane: lanes[lane] ?? null,
      row,
      home: box([x, y, w, h]),
    })),
  };
}
