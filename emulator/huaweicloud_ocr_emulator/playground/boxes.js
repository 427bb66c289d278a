/** Boxes over the picture, numbered in reading order. */

import { drawn, element, rove } from "./dom.js";

const BADGE = 11; // pixels of the screen
const GAP = 3;

/** Lay the boxes over the picture on a sheet; `active` is told which one is looked at, or -1. */
export function layBoxes(sheet, { width, height, blocks, active }) {
  const groups = blocks.map(({ corners, text }, index) => {
    const badge = drawn(
      "g",
      { class: "badge" },
      drawn("circle", { r: BADGE }),
      drawn("text", { "text-anchor": "middle", dy: "0.35em" }, String(index + 1)),
    );
    return drawn(
      "g",
      {
        class: "box",
        tabindex: index === 0 ? "0" : "-1",
        role: "button",
        "aria-label": `Box ${index + 1}: ${text}`,
        "data-index": index,
        onpointerenter: () => active(index),
        onpointerleave: () => active(-1),
        onfocus: () => active(index),
        onblur: () => active(-1),
        onclick: () => active(index, true),
        onkeydown: (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          active(index, true);
        },
      },
      drawn("polygon", { class: "halo", points: points(corners) }),
      drawn("polygon", { class: "edge", points: points(corners) }),
      badge,
    );
  });
  const layer = drawn(
    "svg",
    {
      class: "boxes",
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: "none",
      role: "group",
      "aria-label": "Boxes around the text, in reading order; the arrow keys go from one to the next",
    },
    ...groups,
  );
  rove(layer, ".box");
  sheet.append(layer);
  const watch = new ResizeObserver(() => {
    if (!layer.isConnected) watch.disconnect();
    else place(groups, blocks, { width, height, shown: layer.getBoundingClientRect().width });
  });
  watch.observe(layer);
}

/** Put a sheet of paper where there is no picture to show. */
export function blankSheet(width, height) {
  const sheet = element("canvas", { class: "blank" });
  const scale = Math.min(1, 1200 / Math.max(width, height));
  sheet.width = Math.max(1, Math.round(width * scale));
  sheet.height = Math.max(1, Math.round(height * scale));
  return sheet;
}

/** Return width and height of a sheet on which all boxes have room. */
export function extent(blocks) {
  const all = blocks.flatMap(({ corners }) => corners);
  const most = (axis) => Math.max(0, ...all.map((point) => point[axis]));
  const margin = 0.05 * Math.max(most(0), most(1), 200);
  return { width: Math.ceil(most(0) + margin), height: Math.ceil(most(1) + margin) };
}

function points(corners) {
  return corners.map((corner) => corner.join(",")).join(" ");
}

/** Badges keep their size on the screen, whatever that of the picture, stay within it, and off the text if they can. */
function place(groups, blocks, { width, height, shown }) {
  const scale = width / Math.max(shown, 1);
  const reach = (BADGE + 1) * scale;
  const within = (value, most) => Math.min(Math.max(value, reach), Math.max(most - reach, reach));
  groups.forEach((group, index) => {
    const [topLeft, , , bottomLeft] = blocks[index].corners;
    const x = within((topLeft[0] + bottomLeft[0]) / 2 - (BADGE + GAP) * scale, width);
    const y = within((topLeft[1] + bottomLeft[1]) / 2, height);
    group.querySelector(".badge").setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
  });
}
