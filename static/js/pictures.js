// Saves a chart as a picture: drawn anew at one size, under its title, in the colours of the page.
//   button[data-picture="#table"] the bars of a table's rows; button[data-picture="map"] the map of the page;
//   with data-title, data-about, data-name (of the file), data-figure, data-target, data-unit, data-standing (bars may stand),
//   data-nothing (said where there is nothing to draw)
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 1000;
  const EDGE = 32;
  const LINE = 30;
  const TIMES = 2; // as sharp as a telephone's screen
  const BASELINES = { central: "middle", middle: "middle", hanging: "top", "text-before-edge": "top", "text-after-edge": "bottom" };
  const root = document.documentElement;
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  // Words are written by the page, whose fonts no picture of shapes could use: text, font, fill, x, y.
  const word = (text, size, name, x, y, weight = 400) => ({
    text,
    font: `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`,
    fill: colour(name),
    x,
    y,
  });

  // Thai has no spaces between words; the browser knows where they end.
  function lines(text, size, weight) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = word("", size, "--ink", 0, 0, weight).font;
    const words = [...new Intl.Segmenter(root.lang || "th", { granularity: "word" }).segment(text)];
    return words.reduce((found, { segment }) => {
      const longer = `${found.at(-1) ?? ""}${segment}`;
      if (!found.length || pen.measureText(longer).width > WIDTH - 2 * EDGE) found.push(segment.trimStart());
      else found[found.length - 1] = longer;
      return found;
    }, []);
  }

  // Where each text of a chart begins; the shapes go on without them.
  function takeWords(drawn) {
    const texts = [...drawn.querySelectorAll("text")].filter((text) => text.textContent);
    const words = texts.map((text) => {
      const at = text.getStartPositionOfChar(0).matrixTransform(text.getCTM());
      const style = getComputedStyle(text);
      const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const baseline = BASELINES[style.dominantBaseline] ?? "alphabetic";
      return { text: text.textContent, font, fill: style.fill, x: at.x, y: at.y, baseline };
    });
    texts.forEach((text) => text.remove());
    return words;
  }

  function barsOf(button) {
    const standing = "standing" in button.dataset;
    const rows = window.bars.rowsOf(document.querySelector(button.dataset.picture), standing);
    if (!window.bars.hasFigures(rows)) return null;
    const width = WIDTH - 2 * EDGE;
    const height = window.bars.heightOf(rows, standing);
    const sheet = document.createElement("div");
    sheet.className = "picture-sheet";
    sheet.style.width = `${width}px`;
    sheet.style.height = `${height}px`;
    document.body.append(sheet);
    const chart = window.echarts.init(sheet, null, { renderer: "svg" });
    const font = getComputedStyle(document.body).fontFamily;
    chart.setOption(window.bars.options(rows, button.dataset, { width, standing, font }));
    const words = takeWords(sheet.querySelector("svg"));
    const drawn = sheet.querySelector("svg").cloneNode(true);
    chart.dispose();
    sheet.remove();
    return { drawn, words, patches: [], width, height };
  }

  // The shapes lie in a file of their own, which a picture cannot reach; the colours in a style sheet.
  async function mapOf() {
    const country = document.getElementById("country");
    const [, , width, height] = country.getAttribute("viewBox").split(" ").map(Number);
    const uses = [...country.querySelectorAll("use")];
    const file = await (await fetch(uses[0].getAttribute("href").split("#")[0])).text();
    const shapes = new DOMParser().parseFromString(file, "image/svg+xml");
    const drawn = document.createElementNS(SVG, "svg");
    for (const use of uses) {
      const { fill, stroke } = getComputedStyle(use.closest("a"));
      const known = shapes.getElementById(use.getAttribute("href").split("#")[1]);
      if (!known) continue;
      const shape = document.createElementNS(SVG, "path");
      shape.setAttribute("d", known.getAttribute("d"));
      shape.setAttribute("fill", fill);
      shape.setAttribute("stroke", stroke);
      drawn.append(shape);
    }
    return { drawn, ...scale(width + 2 * EDGE), width, height };
  }

  function scale(x) {
    const classes = [...document.querySelectorAll(".scale li")];
    const fillOf = (each) => getComputedStyle(each.querySelector(".scale__patch")).backgroundColor;
    return {
      patches: classes.map((each, number) => ({ fill: fillOf(each), x, y: number * LINE })),
      words: classes.map((each, number) => word(each.textContent.trim(), 16, "--ink", x + 38, number * LINE + 15)),
    };
  }

  function heading(button, isMap) {
    const rows = [
      ...lines(button.dataset.title, 22, 600).map((line) => [line, 22, "--ink", 600]),
      ...lines(button.dataset.about, 16, 400).map((line) => [line, 16, "--ink-soft", 400]),
    ];
    if (isMap) rows.push([document.querySelector(".country__credit").textContent, 14, "--ink-soft", 400]);
    return rows.map(([text, size, name, weight], n) => word(text, size, name, EDGE, EDGE + 16 + n * LINE, weight));
  }

  async function imageOf({ drawn, width, height }) {
    drawn.setAttribute("xmlns", SVG);
    drawn.setAttribute("width", width);
    drawn.setAttribute("height", height);
    const image = new Image(width, height);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
    await image.decode();
    return image;
  }

  async function paint(button) {
    const isMap = button.dataset.picture === "map";
    const found = isMap ? await mapOf() : barsOf(button);
    if (!found) return null;
    const head = heading(button, isMap);
    const top = EDGE + head.length * LINE + 12;
    const body = found.words.map((each) => ({ ...each, x: each.x + EDGE, y: each.y + top }));
    const image = await imageOf(found);
    await Promise.all([...head, ...body].map(({ font, text }) => document.fonts.load(font, text)));
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH * TIMES;
    canvas.height = (top + found.height + EDGE) * TIMES;
    const pen = canvas.getContext("2d");
    pen.scale(TIMES, TIMES);
    pen.fillStyle = colour("--surface");
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, EDGE, top, found.width, found.height);
    for (const { fill, x, y } of found.patches) {
      pen.fillStyle = fill;
      pen.strokeStyle = colour("--ink-soft");
      pen.fillRect(x + EDGE, y + top, 26, 18);
      pen.strokeRect(x + EDGE, y + top, 26, 18);
    }
    for (const { text, font, fill, x, y, baseline = "alphabetic" } of [...head, ...body]) {
      pen.font = font;
      pen.textBaseline = baseline;
      pen.fillStyle = fill;
      pen.fillText(text, x, y);
    }
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  function hand(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  async function save(button) {
    button.disabled = true;
    try {
      const picture = await paint(button);
      if (picture) hand(picture, `${button.dataset.name}.png`);
      else window.alert(button.dataset.nothing);
    } finally {
      button.disabled = false;
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-picture]");
    if (button) save(button);
  });
})();
