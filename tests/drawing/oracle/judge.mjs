// Reads a JSON list of BPMN documents on standard input; writes, for each, what the schema of the
// standard says against it, what bpmn-moddle warns of, and what bpmnlint finds.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BpmnModdle } from "bpmn-moddle";
import { Linter } from "bpmnlint";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";
import { validateXML } from "xmllint-wasm";

const require = createRequire(import.meta.url);
const folder = new URL("node_modules/bpmn-moddle/resources/bpmn/xsd/", import.meta.url);
const schema = (name) => ({ fileName: name, contents: readFileSync(new URL(name, folder), "utf8") });
const others = ["BPMNDI.xsd", "DC.xsd", "DI.xsd", "Semantic.xsd"].map(schema);

let input = "";
for await (const chunk of process.stdin) input += chunk;
const { rules, texts } = JSON.parse(input);
const { errors } = await validateXML({
  xml: texts.map((contents, place) => ({ fileName: `${place}.bpmn`, contents })),
  schema: schema("BPMN20.xsd"),
  preload: others,
});
const answers = [];
for (const [place, text] of texts.entries()) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(text);
  const linter = new Linter({ config: { rules }, resolver: new NodeResolver({ require }) });
  const found = await linter.lint(rootElement);
  answers.push({
    schema: errors
      .filter((error) => !error.loc || error.loc.fileName === `${place}.bpmn`)
      .map((error) => error.message),
    warnings: warnings.map((warning) => warning.message),
    lint: Object.entries(found).flatMap(([rule, reports]) =>
      reports.map((report) => `${rule}: ${report.id}: ${report.message}`),
    ),
  });
}
console.log(JSON.stringify(answers));
