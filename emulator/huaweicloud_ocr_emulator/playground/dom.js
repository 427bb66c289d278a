/** Elements. What comes from the service or a file name goes in as text, never as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: attributes (`true` for bare ones, `on…` for listeners), then children or texts. */
export function element(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/** Make an element of SVG. */
export function drawn(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

/** Return the element with an identifier. */
export function byId(id) {
  return document.getElementById(id);
}

/** Let one of many be in the tab order, and arrows go from one to the next. */
export function rove(container, selector, chosen = () => {}) {
  const all = () => [...container.querySelectorAll(selector)];
  const enter = (target) => {
    for (const each of all()) each.setAttribute("tabindex", each === target ? "0" : "-1");
  };
  container.addEventListener("focusin", (event) => {
    const target = event.target.closest(selector);
    if (target) enter(target);
  });
  container.addEventListener("keydown", (event) => {
    const list = all();
    const at = list.indexOf(event.target.closest(selector));
    const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = list.at(steps[event.key] % list.length);
    next.focus();
    chosen(next);
  });
}

function furnish(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}
