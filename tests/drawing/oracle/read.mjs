// Reads a JSON list of Mermaid texts on standard input; writes, for each, the graph that Mermaid
// itself understood, or the error it gave.
import { JSDOM } from "jsdom";

const page = new JSDOM("<!DOCTYPE html><body></body>");
globalThis.window = page.window;
globalThis.document = page.window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });

const decode = (text) =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

let input = "";
for await (const chunk of process.stdin) input += chunk;
const answers = [];
for (const text of JSON.parse(input)) {
  try {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    answers.push({
      nodes: [...db.getVertices().values()].map((node) => ({
        id: node.id,
        text: decode(node.text),
        classes: node.classes,
      })),
      edges: db.getEdges().map((edge) => ({
        start: edge.start,
        end: edge.end,
        text: decode(edge.text ?? ""),
        stroke: edge.stroke,
      })),
      lanes: db.getSubGraphs().map((lane) => ({ title: decode(lane.title), nodes: lane.nodes })),
    });
  } catch (problem) {
    answers.push({ error: String(problem) });
  }
}
console.log(JSON.stringify(answers));
