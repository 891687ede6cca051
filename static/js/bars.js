// Draws bars from the rows of a table, in the table's order, so that both always show the same figures.
//   [data-bars="#table"] with data-label, data-figure, data-target; its rows: tr[data-place][data-figure][data-target]
(function () {
  "use strict";
  const MOST = 20;
  const ROW = 30;
  const root = document.documentElement;
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  function rowsOf(table) {
    return [...table.querySelectorAll("tr[data-figure]")]
      .filter((row) => row.dataset.figure !== "")
      .slice(0, MOST)
      .map(({ dataset }) => ({
        place: dataset.place,
        figure: Number(dataset.figure),
        shown: dataset.shown,
        target: dataset.target === "" ? null : Number(dataset.target),
      }));
  }

  function options(drawing, rows) {
    const { label, figure, target } = drawing.dataset;
    const words = { color: colour("--ink"), fontFamily: getComputedStyle(drawing).fontFamily, fontSize: 14 };
    const told = new Intl.NumberFormat(root.lang || "th");
    const says = (key, { dataIndex, value }) => (key === "figure" ? rows[dataIndex].shown : told.format(value));
    const bar = (name, key, fill) => ({
      name,
      type: "bar",
      data: rows.map((row) => row[key]),
      itemStyle: { color: fill, borderRadius: [0, 3, 3, 0] },
      label: { ...words, show: true, position: "right", formatter: (bar) => says(key, bar) },
      barMaxWidth: 18,
    });
    const series = [bar(figure, "figure", colour("--brand"))];
    if (rows.some((row) => row.target !== null)) series.push(bar(target, "target", colour("--accent")));
    return {
      animation: false,
      aria: { enabled: true, label: { description: label } },
      textStyle: words,
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        axisPointer: { type: "shadow" },
        valueFormatter: (value) => (value === null ? "–" : told.format(value)),
      },
      legend: { show: series.length > 1, textStyle: words },
      grid: { left: 0, right: 56, top: series.length > 1 ? 32 : 4, bottom: 4, containLabel: true },
      xAxis: { type: "value", show: false },
      yAxis: {
        type: "category",
        inverse: true,
        data: rows.map((row) => row.place),
        axisLabel: { ...words, width: drawing.clientWidth * 0.42, overflow: "truncate" },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("--line") } },
      },
      series,
    };
  }

  function draw(drawing) {
    const table = document.querySelector(drawing.dataset.bars);
    const rows = table ? rowsOf(table) : [];
    if (!rows.length) return;
    const height = rows.length * ROW * (rows.some((row) => row.target !== null) ? 1.6 : 1) + 40;
    drawing.style.height = `${height}px`;
    const chart = window.echarts.init(drawing, null, { renderer: "svg" });
    const show = () => chart.setOption(options(drawing, rows), true);
    show();
    new MutationObserver(show).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
    new ResizeObserver(() => {
      chart.resize();
      show();
    }).observe(drawing);
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-bars]").forEach(draw));
})();
