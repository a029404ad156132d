// Makes the drawn maps of a page live with MapLibre: no tiles, no glyphs, no sprite, nothing from outside.
// Where WebGL is not to be had the drawn map stays, and the list beside it still points at it.

let library;
function maplibre() {
  library ??= new Promise((resolve, reject) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = document.body.dataset.maplibreCss;
    document.head.append(sheet);
    const script = document.createElement("script");
    script.src = document.body.dataset.maplibre;
    script.onload = () => {
      window.maplibregl.setWorkerUrl(document.body.dataset.maplibreWorker);
      resolve(window.maplibregl);
    };
    script.onerror = () => reject(new Error("maplibre did not load"));
    document.head.append(script);
  });
  return library;
}

function hasWebgl() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function bounds(boundary, places) {
  const box = [180, 90, -180, -90];
  const add = ([x, y]) => {
    box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
  };
  const walk = (c) => (typeof c[0] === "number" ? add(c) : c.forEach(walk));
  const geometry = (g) => {
    if (!g) return;
    if (g.type === "FeatureCollection") g.features.forEach(geometry);
    else if (g.type === "Feature") geometry(g.geometry);
    else walk(g.coordinates);
  };
  geometry(boundary);
  for (const p of places) add([p.lon, p.lat]);
  return [[box[0], box[1]], [box[2], box[3]]];
}

function point(figure, key, on) {
  for (const element of figure.querySelectorAll(`[data-place="${CSS.escape(key)}"]`)) element.classList.toggle("on", on);
}

// Each name takes the first side of its point that is free; where none is, the point stays and shows it when pointed at.
const SIDES = ["right", "left", "below", "above"];
function seat(elements) {
  const kept = elements.map((e) => e.querySelector("i").getBoundingClientRect());
  for (const element of elements) {
    const own = element.querySelector("i").getBoundingClientRect();
    const name = element.querySelector("span");
    element.classList.remove("covered", ...SIDES);
    const free = SIDES.find((side) => {
      element.classList.remove(...SIDES);
      element.classList.add(side);
      const box = name.getBoundingClientRect();
      const hit = kept.some((k) => !(k.left === own.left && k.top === own.top) && box.left < k.right && k.left < box.right && box.top + 3 < k.bottom && k.top < box.bottom - 3);
      if (!hit) kept.push(box);
      return !hit;
    });
    if (!free) element.classList.add("covered");
  }
}

async function draw(figure) {
  if (figure.dataset.drawn) return;
  figure.dataset.drawn = "1";
  const { boundary, places } = JSON.parse(figure.dataset.map);
  for (const button of figure.querySelectorAll("button[data-place]")) {
    button.addEventListener("mouseenter", () => point(figure, button.dataset.place, true));
    button.addEventListener("mouseleave", () => point(figure, button.dataset.place, false));
  }
  if (!hasWebgl()) return;

  const gl = await maplibre();
  const canvas = figure.querySelector(".canvas");
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  // A page that is being left has no styles any more; nobody will see its map, and the drawn one is there.
  if (!colour("--ground")) return;
  const live = document.createElement("div");
  live.className = "live-map";
  canvas.append(live);
  const map = new gl.Map({
    container: live,
    style: {
      version: 8,
      sources: { boundary: { type: "geojson", data: boundary ?? { type: "FeatureCollection", features: [] } } },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": colour("--ground") } },
        { id: "land", type: "fill", source: "boundary", paint: { "fill-color": colour("--paper") } },
        { id: "edge", type: "line", source: "boundary", paint: { "line-color": colour("--pine"), "line-width": 1.5 } },
      ],
    },
    bounds: bounds(boundary, places),
    fitBoundsOptions: { padding: 36 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: false,
    maxZoom: 14,
  });
  map.scrollZoom.disable();
  map.touchZoomRotate.disableRotation();
  map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new gl.ScaleControl({ unit: "metric" }), "bottom-left");
  const north = document.createElement("div");
  north.className = "north";
  north.textContent = document.documentElement.lang === "en" ? "N ↑" : "北 ↑";
  live.append(north);

  for (const place of places) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "place";
    element.dataset.place = place.key;
    const dot = document.createElement("i");
    const name = document.createElement("span");
    name.textContent = place.name;
    element.append(dot, name);
    new gl.Marker({ element, anchor: "center" }).setLngLat([place.lon, place.lat]).addTo(map);
    element.addEventListener("click", () => { if (place.url) location.href = place.url; });
  }
  for (const button of figure.querySelectorAll(".list button[data-place]")) {
    const place = places.find((p) => p.key === button.dataset.place);
    button.addEventListener("click", () => {
      for (const other of figure.querySelectorAll(".on")) other.classList.remove("on");
      point(figure, place.key, true);
      map.easeTo({ center: [place.lon, place.lat], zoom: Math.max(map.getZoom(), 10.5), duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400 });
    });
  }
  const settle = () => seat([...live.querySelectorAll(".place")]);
  map.on("moveend", settle);
  map.once("load", () => { canvas.classList.add("live"); settle(); });
}

export function drawAll(root) {
  for (const figure of root.querySelectorAll("[data-map]")) draw(figure);
}
