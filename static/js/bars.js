// Draws bars from the rows of a table, in the table's order, so that both always show the same figures.
//   [data-bars="#table"] with data-label, data-figure, data-target, data-unit (behind a value), data-standing (bars stand
//   where there is room, and rows without a figure keep their place); its rows: tr[data-place][data-figure][data-shown]
//   [data-target], and the first link of a row is where its bar leads.
(function () {
  "use strict";
  const MOST = 20;
  const ROW = 30;
  const STANDING = 320;
  const NARROW = 820;
  const root = document.documentElement;
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const told = new Intl.NumberFormat(root.lang || "th");

  function rowsOf(table, standing) {
    return [...table.querySelectorAll("tr[data-figure]")]
      .filter((row) => standing || row.dataset.figure !== "")
      .slice(0, MOST)
      .map((row) => ({
        place: row.dataset.place,
        figure: row.dataset.figure === "" ? null : Number(row.dataset.figure),
        shown: row.dataset.shown,
        target: row.dataset.target ? Number(row.dataset.target) : null,
        url: row.querySelector("a[href]")?.getAttribute("href"),
      }));
  }

  const hasTargets = (rows) => rows.some((row) => row.target !== null);
  const hasFigures = (rows) => rows.some((row) => row.figure !== null);
  const stands = (drawing, width) => "standing" in drawing.dataset && width >= NARROW;
  const heightOf = (rows, standing) => (standing ? STANDING : rows.length * ROW * (hasTargets(rows) ? 1.6 : 1) + 40);

  const pen = document.createElement("canvas").getContext("2d");
  const segmenter = new Intl.Segmenter(root.lang || "th", { granularity: "word" });

  // The end of a name that is too long: those of schools begin alike.
  function fitted(name, width, font) {
    pen.font = font;
    const words = [...segmenter.segment(name)].map(({ segment }) => segment);
    if (pen.measureText(name).width <= width) return name;
    while (words.length > 1 && pen.measureText(`…${words.join("")}`).width > width) words.shift();
    return `…${words.join("").replace(/^[.\s]+/, "")}`;
  }

  // `words` are the names of the two kinds of bars and what is said of the whole: label, figure, target, unit.
  function options(rows, words, { width, standing, font }) {
    const text = { color: colour("--ink"), fontFamily: font, fontSize: 14 };
    const says = (key, { dataIndex, value }) => (key === "figure" ? rows[dataIndex].shown : `${told.format(value)}${words.unit}`);
    const bar = (name, key, fill) => ({
      name,
      type: "bar",
      data: rows.map((row) => row[key]),
      itemStyle: { color: fill, borderRadius: standing ? [3, 3, 0, 0] : [0, 3, 3, 0] },
      label: { ...text, show: key === "figure" || !standing, position: standing ? "top" : "right", formatter: (bar) => says(key, bar) },
      barMaxWidth: standing ? 44 : 18,
      cursor: rows.some((row) => row.url) ? "pointer" : "default",
    });
    const series = [bar(words.figure, "figure", colour("--brand"))];
    if (hasTargets(rows)) series.push(bar(words.target, "target", colour("--accent")));
    const values = { type: "value", show: false };
    const names = {
      type: "category",
      inverse: !standing,
      data: rows.map((row) => row.place),
      axisLabel: standing
        ? { ...text, interval: 0, lineHeight: 22, formatter: (name) => name.replace(" ", "\n") }
        : {
            ...text,
            width: width * 0.42,
            overflow: "truncate",
            formatter: (name) => fitted(name, width * 0.42, `14px ${font}`),
          },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("--line") } },
    };
    return {
      animation: false,
      aria: { enabled: true, label: { description: words.label } },
      textStyle: text,
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        axisPointer: { type: "shadow" },
        valueFormatter: (value) => (value === null || value === undefined ? "–" : `${told.format(value)}${words.unit}`),
      },
      legend: { show: series.length > 1, top: 0, left: 0, textStyle: text },
      grid: {
        left: 0,
        right: standing ? 0 : 56,
        top: (series.length > 1 ? 32 : 4) + (standing ? 24 : 0),
        bottom: 4,
        containLabel: true,
      },
      xAxis: standing ? names : values,
      yAxis: standing ? values : names,
      series,
    };
  }

  function draw(drawing) {
    const table = document.querySelector(drawing.dataset.bars);
    const rows = table ? rowsOf(table, "standing" in drawing.dataset) : [];
    if (!hasFigures(rows)) return;
    const font = getComputedStyle(drawing).fontFamily;
    const fit = () => {
      const width = drawing.clientWidth;
      const standing = stands(drawing, width);
      const height = `${heightOf(rows, standing)}px`;
      if (drawing.style.height !== height) drawing.style.height = height;
      return { width, standing, font };
    };
    fit();
    const chart = window.echarts.init(drawing, null, { renderer: "svg" });
    const show = () => chart.setOption(options(rows, drawing.dataset, fit()), true);
    show();
    chart.on("click", ({ dataIndex }) => rows[dataIndex]?.url && window.location.assign(rows[dataIndex].url));
    new MutationObserver(show).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
    new ResizeObserver(() => {
      fit();
      chart.resize();
      show();
    }).observe(drawing);
  }

  window.bars = { rowsOf, hasFigures, heightOf, options };
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-bars]").forEach(draw));
})();
