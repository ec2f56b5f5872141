// Deals as dots: each takes ways as often as the figures say, and stays as long as they say.

const MOST_DOTS = 700; // beyond that a dot stands for several deals
const MOST_MOVING = 300; // the same for those on their way
const HOURS_A_WEEK = 168;
const PACE = 190; // pixels a second on a way
const SPEEDS = [6, 24, 72, 168, 672]; // hours a second
const ALIVE = 14; // so many dots should move at least, where a speed allows it

// The ways of a picture that deals take, by the node they leave; null where none has a rate.
function trafficOf(picture, rates) {
  const places = new Map(picture.nodes.map((node) => [node, {
    node, into: 0, out: [], fork: node.kind === "fork", waiting: 0, hours: 0, standing: [],
  }]));
  const ways = new Map();
  for (const edge of picture.edges) {
    const rate = rates.get(edge.path);
    if (!rate || edge.marks.some((mark) => mark.kind === "removed")) continue;
    ways.set(edge, { edge, rate: rate.week, length: 0, steps: [], seconds: 1 });
    const start = places.get(edge.start);
    start.hours = Math.max(start.hours, rate.hours);
    start.waiting = Math.max(start.waiting, rate.waiting);
    const same = start.out.find((way) => way.path === edge.path);
    if (same) same.edges.push(edge);
    else start.out.push({ path: edge.path, rate: rate.week, edges: [edge] });
    places.get(edge.end).into += rate.week;
  }
  if (!ways.size) return null;
  const sources = [...places.values()].filter(({ node, out }) => node.kind === "source" && out.length);
  const traffic = { picture, places, ways, sources, moving: [], sent: [], clock: 0, each: 1, ended: new Map() };
  measureWays(traffic);
  return traffic;
}

function measureWays(traffic) {
  for (const way of traffic.ways.values()) {
    const { points } = way.edge;
    way.steps = [0];
    for (let n = 1; n < points.length; n += 1) {
      way.steps.push(way.steps[n - 1] + distance(points[n - 1], points[n]));
    }
    way.length = way.steps[way.steps.length - 1];
    way.seconds = Math.min(Math.max(way.length / PACE, 0.5), 4);
  }
}

// How many deals move at a speed, and how many stand, when all goes as the figures say.
function usualDeals(traffic, speed) {
  let [moving, standing] = [0, 0];
  for (const way of traffic.ways.values()) moving += onTheWay(way, speed);
  for (const place of traffic.places.values()) standing += atWork(place);
  return { moving, standing };
}

function onTheWay(way, speed) {
  return (way.rate / HOURS_A_WEEK) * speed * way.seconds;
}

function atWork(place) {
  return (place.into / HOURS_A_WEEK) * place.hours;
}

function livelySpeed(traffic) {
  return SPEEDS.find((speed) => usualDeals(traffic, speed).moving >= ALIVE) ?? SPEEDS[SPEEDS.length - 1];
}

// Begin in the middle of things: with as many deals under way as there usually are.
function crowdTraffic(traffic, speed) {
  const { moving, standing } = usualDeals(traffic, speed);
  traffic.each = Math.max(1, Math.ceil((moving + standing) / MOST_DOTS), Math.ceil(moving / MOST_MOVING));
  Object.assign(traffic, { moving: [], sent: [], clock: 0, ended: new Map() });
  for (const way of traffic.ways.values()) {
    const dots = wholeOf(onTheWay(way, speed) / traffic.each);
    for (let n = 0; n < dots; n += 1) traffic.moving.push({ way, done: Math.random() });
  }
  for (const place of traffic.places.values()) {
    const dots = wholeOf(atWork(place) / traffic.each);
    place.standing = Array.from({ length: dots }, () => standAt(place, 0));
  }
}

// A whole number that is on average the one given.
function wholeOf(number) {
  return Math.floor(number) + (Math.random() < number % 1 ? 1 : 0);
}

function someHours(mean) {
  return mean > 0 ? -mean * Math.log(1 - Math.random()) : 0;
}

function standAt(place, now) {
  const begun = now + someHours(place.waiting);
  return { begun, until: begun + someHours(Math.max(place.hours - place.waiting, 0)) };
}

function advanceTraffic(traffic, seconds, speed) {
  const hours = seconds * speed;
  traffic.clock += hours;
  for (const { out } of traffic.sources) {
    for (const way of out) {
      for (let n = wholeOf((way.rate / HOURS_A_WEEK) * (hours / traffic.each)); n > 0; n -= 1) {
        sendOn(traffic, way);
      }
    }
  }
  const still = [];
  for (const dot of traffic.moving) {
    dot.done += seconds / dot.way.seconds;
    if (dot.done < 1) still.push(dot);
    else arriveAt(traffic, traffic.places.get(dot.way.edge.end));
  }
  for (const place of traffic.places.values()) {
    if (!place.standing.length) continue;
    const left = place.standing.filter((dot) => dot.until > traffic.clock);
    for (let n = place.standing.length - left.length; n > 0; n -= 1) goOn(traffic, place);
    place.standing = left;
  }
  traffic.moving = still.concat(traffic.sent);
  traffic.sent = [];
}

function sendOn(traffic, way) {
  for (const edge of way.edges) traffic.sent.push({ way: traffic.ways.get(edge), done: 0 });
}

function arriveAt(traffic, place) {
  const { node } = place;
  if (node.kind === "outcome") {
    traffic.ended.set(node.label, (traffic.ended.get(node.label) ?? 0) + traffic.each);
  } else if (place.hours > 0) place.standing.push(standAt(place, traffic.clock));
  else goOn(traffic, place);
}

// On by one way, from a fork by each; where several meet again, only some of them go on.
function goOn(traffic, place) {
  if (place.fork) {
    for (const way of place.out) if (Math.random() * place.into < way.rate) sendOn(traffic, way);
    return;
  }
  let at = Math.random() * place.into;
  for (const way of place.out) {
    at -= way.rate;
    if (at < 0) {
      sendOn(traffic, way);
      return;
    }
  }
}
