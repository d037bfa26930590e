// The `data_visualization` block, drawn as SVG.
// https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block

import { el, svg } from "../dom.js";

const WIDTH = 560;
const HEIGHT = 280;
const MARGIN = { top: 12, right: 14, bottom: 46, left: 58 };
const INNER = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };

const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const full = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** Round marks that span the values, zero among them. */
export function ticks(values, wanted = 4) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values) || (low < 0 ? 0 : 1);
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough);
  const marks = [];
  for (let i = Math.floor(low / step); i <= Math.ceil(high / step); i += 1) marks.push(i * step);
  return marks;
}

function scale(marks) {
  const [low, high] = [marks[0], marks.at(-1)];
  return (value) => MARGIN.top + INNER.height * (1 - (value - low) / (high - low));
}

function colour(index) {
  return `var(--chart-${(index % 6) + 1})`;
}

function valuesOf(series, categories) {
  const found = new Map(series.data.map((point) => [point.label, point.value]));
  return categories.map((label) => found.get(label) ?? 0);
}

function grid(marks, y) {
  return marks.map((mark) => [
    svg("line", { class: "chart-grid", x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: y(mark), y2: y(mark) }),
    svg("text", { class: "chart-tick", x: MARGIN.left - 8, y: y(mark) + 4, "text-anchor": "end" }, short.format(mark)),
  ]);
}

function labels(categories, config) {
  const step = INNER.width / categories.length;
  const every = Math.ceil((categories.length * 62) / INNER.width);
  const shown = categories.map((label, i) =>
    i % every ? null : svg("text", { class: "chart-tick", x: MARGIN.left + step * (i + 0.5), y: HEIGHT - 26, "text-anchor": "middle" }, label),
  );
  const middle = MARGIN.top + INNER.height / 2;
  return [
    shown,
    config.x_label && svg("text", { class: "chart-label", x: MARGIN.left + INNER.width / 2, y: HEIGHT - 6, "text-anchor": "middle" }, config.x_label),
    config.y_label && svg("text", { class: "chart-label", x: 12, y: middle, "text-anchor": "middle", transform: `rotate(-90 12 ${middle})` }, config.y_label),
  ];
}

function tip(series, label, value) {
  return svg("title", {}, `${series.name}, ${label}: ${full.format(value)}`);
}

function bars(all, categories, y) {
  const step = INNER.width / categories.length;
  const width = Math.min(44, (step * 0.72) / all.length);
  return all.flatMap((series, s) =>
    valuesOf(series, categories).map((value, i) => {
      const x = MARGIN.left + step * (i + 0.5) + width * (s - all.length / 2);
      const props = { x: x + 1, width: width - 2, y: Math.min(y(value), y(0)), height: Math.max(1, Math.abs(y(value) - y(0))), rx: 2 };
      return svg("rect", { ...props, fill: colour(s) }, tip(series, categories[i], value));
    }),
  );
}

function lines(all, categories, y, filled) {
  const step = INNER.width / categories.length;
  return all.flatMap((series, s) => {
    const points = valuesOf(series, categories).map((value, i) => [MARGIN.left + step * (i + 0.5), y(value), value]);
    const path = points.map(([x, top], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${top.toFixed(1)}`).join("");
    const under = `${path}L${points.at(-1)[0]} ${y(0)}L${points[0][0]} ${y(0)}Z`;
    return [
      filled && svg("path", { d: under, fill: colour(s), "fill-opacity": 0.22 }),
      svg("path", { class: "chart-line", d: path, stroke: colour(s) }),
      points.map(([x, top, value], i) => svg("circle", { cx: x, cy: top, r: 3.5, fill: colour(s) }, tip(series, categories[i], value))),
    ];
  });
}

function plot(data) {
  const config = data.axis_config ?? {};
  const categories = config.categories ?? data.series[0].data.map((point) => point.label);
  const marks = ticks(data.series.flatMap((series) => valuesOf(series, categories)));
  const y = scale(marks);
  const marksOf = data.type === "bar" ? bars(data.series, categories, y) : lines(data.series, categories, y, data.type === "area");
  return [grid(marks, y), marksOf, labels(categories, config)];
}

function slice(from, to, index, title) {
  const point = (turn) => {
    const angle = (turn - 0.25) * 2 * Math.PI;
    return `${(140 + 110 * Math.cos(angle)).toFixed(2)} ${(125 + 110 * Math.sin(angle)).toFixed(2)}`;
  };
  if (to - from > 0.9999) return svg("circle", { cx: 140, cy: 125, r: 110, fill: colour(index) }, title);
  const d = `M140 125L${point(from)}A110 110 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)}Z`;
  return svg("path", { class: "chart-slice", d, fill: colour(index) }, title);
}

function pie(segments) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  let turn = 0;
  return segments.map((segment, i) => {
    const from = turn;
    turn += segment.value / total;
    return slice(from, turn, i, svg("title", {}, `${segment.label}: ${full.format(segment.value)}`));
  });
}

function legend(names) {
  return el(
    "div",
    { class: "chart-legend" },
    names.map((name, i) => el("span", {}, el("i", { class: "chart-key", style: { background: colour(i) } }), name)),
  );
}

function pieNames(segments) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  return segments.map((segment) => `${segment.label} ${((100 * segment.value) / total).toFixed(0)} %`);
}

/** A `data_visualization` block as a figure. */
export function chart(block) {
  const data = block.chart;
  const round = data.type === "pie";
  const names = round ? pieNames(data.segments) : data.series.map((series) => series.name);
  const drawing = svg(
    "svg",
    { viewBox: round ? "0 0 280 250" : `0 0 ${WIDTH} ${HEIGHT}`, class: `chart-svg chart-kind-${data.type}`, role: "img", "aria-label": `${data.type} chart: ${block.title}` },
    round ? pie(data.segments) : plot(data),
  );
  return el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, block.title),
    drawing,
    round || names.length > 1 ? legend(names) : null,
  );
}
