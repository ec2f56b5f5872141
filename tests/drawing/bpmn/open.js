// What bpmn-js understood of a document: every element that it drew, with what it hangs on.
async (text) => {
  const box = document.querySelector("#picture");
  box.replaceChildren();
  const viewer = new BpmnJS({ container: box });
  let warnings;
  try {
    ({ warnings } = await viewer.importXML(text));
  } catch (problem) {
    viewer.destroy();
    return { error: String(problem) };
  }
  const told = (of) =>
    of.extensionElements?.values?.find((value) => value.$type === "salesflow:data")?.id ?? null;
  const bounds = ({ x, y, width, height }) => ({ x, y, width, height });
  const all = viewer.get("elementRegistry").getAll();
  const plain = all.filter((element) => !element.labelTarget && element.parent);
  const elements = plain.map((element) => {
    const of = element.businessObject;
    const event = of.eventDefinitions?.[0];
    return {
      id: element.id,
      type: element.type.replace("bpmn:", ""),
      name: of.name ?? "",
      data: told(of),
      parent: element.parent.id,
      host: element.host?.id ?? null,
      start: element.source?.id ?? null,
      end: element.target?.id ?? null,
      event: event?.$type.replace("bpmn:", "") ?? null,
      after: event?.timeDuration?.body ?? null,
      error: event?.errorRef?.errorCode ?? null,
      when: of.conditionExpression?.body ?? null,
      default: of.default?.id ?? null,
      calls: of.calledElement ?? null,
      held: of.flowNodeRef?.map((each) => each.id) ?? null,
      box: element.waypoints ? null : bounds(element),
      points: element.waypoints?.map(({ x, y }) => [x, y]) ?? null,
      words: element.label ? bounds(element.label) : null,
    };
  });
  viewer.destroy();
  return { warnings: warnings.map((warning) => warning.message), elements };
};
