// Elements are made by hand: no text of a process is ever read as markup.

const SVG_SPACE = "http://www.w3.org/2000/svg";

// make("button", {class: "tool", text: "Fit", title: "…", on: {click: fn}}, ...children)
function make(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

// The same for a picture's elements.
function shape(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG_SPACE, tag), attributes, children);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (name === "on") {
      for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function count(number, one, several = `${one}s`) {
  return `${number} ${number === 1 ? one : several}`;
}

// As shares are written everywhere: 60%, 2.5%, never 0% of what happens.
function percent(share) {
  const value = share * 100;
  if (value > 0 && value < 0.1) return "<0.1%";
  return `${Number(value.toFixed(value < 10 ? 1 : 0))}%`;
}
