// Saves a figure the page drew itself (SVG, with its title, legend and table) as a PNG. The figure is laid out once more
// inside an SVG image that carries the page's own style sheets, so that colours and fonts are those on the screen.

const SVG = "http://www.w3.org/2000/svg";
const SCALE = 2; // sharp on paper and on dense screens
const MARGIN = 16; // of paper around the figure

// The files as they are: what the browser tells of its rules (cssText) lacks shorthands that hold a variable.
async function styleSheets() {
  const links = [...document.querySelectorAll("link[rel=stylesheet]")];
  const wanted = links.filter((link) => matchMedia(link.media || "all").matches);
  const texts = await Promise.all(wanted.map(async (link) => (await fetch(link.href)).text()));
  return texts.join("\n");
}

// The copy inside empty copies of what is around the figure, for rules that ask where it stands.
function within(figure, copy) {
  let inner = copy;
  for (let outer = figure.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
    const shell = outer.cloneNode(false);
    shell.setAttribute("data-around", "");
    shell.append(inner);
    inner = shell;
  }
  return inner;
}

// The image is as large as the window at least, for rules that ask how wide that is.
function imageOf(figure, css, width, height) {
  const root = document.createElementNS(SVG, "svg");
  for (const { name, value } of document.documentElement.attributes) root.setAttribute(name, value);
  root.setAttribute("width", Math.max(width, innerWidth));
  root.setAttribute("height", Math.max(height, innerHeight));
  const style = document.createElementNS(SVG, "style");
  // An image has no scrolling: a head that sticks below the page's bar would slide over the first rows.
  style.textContent = `${css}
    body { min-height: 0; margin: 0; background: var(--paper); } th { position: static !important; }
    [data-around] { display: contents !important; }`;
  const shared = document.createElementNS(SVG, "defs");
  shared.append(...[...document.querySelectorAll("symbol[id], pattern[id]")].map((e) => e.cloneNode(true)));
  const frame = document.createElementNS(SVG, "foreignObject");
  frame.setAttribute("width", width);
  frame.setAttribute("height", height);
  const body = document.createElement("body");
  body.className = document.body.className;
  const copy = figure.cloneNode(true);
  for (const control of copy.querySelectorAll(".no-print")) control.remove();
  body.append(within(figure, copy));
  frame.append(body);
  root.append(style, shared, frame);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(root))}`;
  return image;
}

async function save(figure) {
  const box = figure.getBoundingClientRect();
  const beyond = [...figure.querySelectorAll(".table-scroll")].map((e) => e.scrollWidth - e.clientWidth);
  const width = Math.ceil(box.width + Math.max(0, ...beyond));
  const height = Math.ceil(box.height);
  const image = imageOf(figure, await styleSheets(), width, height);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = (height + 2 * MARGIN) * SCALE;
  const pen = canvas.getContext("2d");
  pen.fillStyle = getComputedStyle(figure).getPropertyValue("--paper").trim();
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const edge = MARGIN * SCALE;
  pen.drawImage(image, 0, 0, width, height, edge, edge, width * SCALE, height * SCALE);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = `${figure.dataset.name}.png`;
  link.click();
}

document.addEventListener("click", (event) => {
  const figure = event.target.closest?.("[data-figure-png]")?.closest("figure[data-name]");
  if (figure) save(figure);
});
