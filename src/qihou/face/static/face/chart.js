// Draws the charts of a page with ECharts. The option is JSON in an attribute of the figure; colours are names of our tokens.
// Tooltips are drawn on the canvas (rich text): as HTML they would need inline styles, which the page forbids.

let library;
function echarts() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.echarts;
    script.onload = () => resolve(window.echarts);
    script.onerror = () => reject(new Error("echarts did not load"));
    document.head.append(script);
  });
  return library;
}

function resolved(value, style) {
  if (typeof value === "string") {
    const token = value.match(/^var\((--[\w-]+)\)$/);
    return token ? style.getPropertyValue(token[1]).trim() : value;
  }
  if (Array.isArray(value)) return value.map((v) => resolved(v, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolved(v, style)]));
  }
  return value;
}

function themed(option, style) {
  const ink = style.getPropertyValue("--ink").trim();
  const big = style.getPropertyValue("--chart-text").trim();
  const size = big ? Number.parseFloat(big) : 12;
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    backgroundColor: "transparent",
    ...option,
    textStyle: { fontFamily: style.getPropertyValue("--font"), fontSize: size, color: ink, ...option.textStyle },
    legend: option.legend && { ...option.legend, textStyle: { color: ink, fontSize: size } },
    tooltip: {
      ...option.tooltip,
      renderMode: "richText",
      backgroundColor: style.getPropertyValue("--paper").trim(),
      borderColor: style.getPropertyValue("--line-strong").trim(),
      textStyle: { color: ink, fontSize: size },
      valueFormatter: (v) => (v === null || v === undefined || v === "-" ? "—" : Number(v).toLocaleString("en-US", { maximumFractionDigits: 2 })),
    },
  };
}

async function draw(figure) {
  if (figure.dataset.drawn) return;
  figure.dataset.drawn = "1";
  const plot = figure.querySelector(".plot");
  const option = JSON.parse(figure.dataset.chart);
  const library = await echarts();
  const style = getComputedStyle(plot);
  if (!style.getPropertyValue("--ink")) return; // the page is being left
  const chart = library.init(plot, null, { renderer: "canvas" });
  chart.setOption(themed(resolved(option, style), style));
  new ResizeObserver(() => chart.resize()).observe(plot);
  figure.querySelector("[data-chart-png]")?.addEventListener("click", async () => {
    const url = chart.getDataURL({ pixelRatio: 2, backgroundColor: style.getPropertyValue("--paper").trim() });
    const link = document.createElement("a");
    link.href = url;
    link.download = `${figure.dataset.name}.png`;
    link.click();
  });
}

export function drawAll(root) {
  for (const figure of root.querySelectorAll("[data-chart]")) draw(figure);
}
