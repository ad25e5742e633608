// Draws charts from the tables that stand in the page: <figure class="chart" data-chart="bar"> with
// a table whose first column has the names and whose others have the numbers, a series each. The
// table stays, for those who read numbers or hear them.
"use strict";

// A token may be light-dark(…), which a canvas does not know: let an element work it out.
const palette = () => {
  const probe = document.body.appendChild(document.createElement("span"));
  const colour = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    series: [colour("--accent"), colour("--cloudberry"), colour("--ink-soft")],
    ink: colour("--ink"),
    line: colour("--line"),
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return colours;
};

const textOf = (cell) => cell.textContent.trim();

/** The numbers of a table: names of the rows, and a series for each further column. */
const read = (table) => {
  const heads = [...table.tHead.rows[0].cells].slice(1).map(textOf);
  const rows = [...table.tBodies[0].rows];
  return {
    labels: rows.map((row) => textOf(row.cells[0])),
    series: heads.map((name, i) => ({
      name,
      values: rows.map((row) => Number(row.cells[i + 1].dataset.value)),
    })),
  };
};

// One series stands out by colour alone; several also by their dashes or the shape of their points.
const dashes = [[], [6, 4], [2, 3]];
const points = ["circle", "rectRot", "triangle"];

const draw = (figure) => {
  const table = figure.querySelector("table");
  const kind = figure.dataset.chart;
  const { labels, series } = read(table);
  const colours = palette();
  const isAcross = kind === "bar-across";
  const box = document.createElement("div");
  box.className = isAcross && labels.length > 10 ? "chart__picture chart__picture--tall" : "chart__picture";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", textOf(table.caption));
  box.append(canvas);
  figure.prepend(box);

  const counts = { beginAtZero: true, ticks: { precision: 0, color: colours.ink }, grid: { color: colours.line } };
  const names = { ticks: { color: colours.ink, autoSkip: !isAcross }, grid: { display: false } };
  return new Chart(canvas, {
    type: kind === "line" ? "line" : "bar",
    data: {
      labels,
      datasets: series.map(({ name, values }, i) => ({
        label: name,
        data: values,
        backgroundColor: colours.series[i % colours.series.length],
        borderColor: colours.series[i % colours.series.length],
        borderDash: kind === "line" ? dashes[i % dashes.length] : undefined,
        pointStyle: points[i % points.length],
        pointRadius: 4,
        // A single number is not as wide as the page.
        maxBarThickness: 64,
      })),
    },
    options: {
      indexAxis: isAcross ? "y" : "x",
      maintainAspectRatio: false,
      animation: false,
      color: colours.ink,
      font: { family: colours.font },
      plugins: { legend: { display: series.length > 1, labels: { usePointStyle: kind === "line" } } },
      scales: isAcross ? { x: counts, y: names } : { x: names, y: counts },
    },
  });
};

const figures = [...document.querySelectorAll("figure[data-chart]")];
if (figures.length > 0 && "Chart" in window) {
  let drawn = figures.map(draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    drawn.forEach((chart) => {
      const box = chart.canvas.parentElement;
      chart.destroy();
      box.remove();
    });
    drawn = figures.map(draw);
  });
}
