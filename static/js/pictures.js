// Saves a chart as a picture: drawn anew at one size, under its title, in the colours of the page.
//   button[data-picture="#table"] the bars of a table's rows; button[data-picture="map"] the map of the page;
//   with data-title, data-about, data-name (of the file), data-figure, data-target, data-nothing (said if none is drawn)
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 1000;
  const EDGE = 32;
  const LINE = 30;
  const TIMES = 2; // as sharp as a telephone's screen
  const root = document.documentElement;
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  function element(name, attributes, content = "") {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = content;
    return made;
  }

  const address = (blob) =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => resolve(reader.result));
      reader.addEventListener("error", () => reject(reader.error));
      reader.readAsDataURL(blob);
    });

  // A picture has no access to the page's fonts, so they go into it.
  async function fonts() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => [sheet, rule]));
    const faces = rules.filter(([, rule]) => rule instanceof CSSFontFaceRule);
    const written = await Promise.all(
      faces.map(async ([sheet, { style }]) => {
        const [, path] = /url\("?([^")]+)/.exec(style.getPropertyValue("src"));
        const file = await (await fetch(new URL(path, sheet.href))).blob();
        const facts = ["font-family", "font-weight", "unicode-range"].map((name) => `${name}:${style.getPropertyValue(name)}`);
        return `@font-face{${facts.join(";")};src:url(${await address(file)})}`;
      }),
    );
    return written.join("");
  }

  // Thai has no spaces between words; the browser knows where they end.
  function lines(text, font, width) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const words = [...new Intl.Segmenter(root.lang || "th", { granularity: "word" }).segment(text)];
    return words.reduce((found, { segment }) => {
      const longer = `${found.at(-1) ?? ""}${segment}`;
      if (!found.length || pen.measureText(longer).width > width) found.push(segment.trimStart());
      else found[found.length - 1] = longer;
      return found;
    }, []);
  }

  function barsOf(button, family) {
    const rows = window.bars.rowsOf(document.querySelector(button.dataset.picture), false);
    if (!window.bars.hasFigures(rows)) return null;
    const width = WIDTH - 2 * EDGE;
    const height = window.bars.heightOf(rows, false);
    const sheet = document.createElement("div");
    sheet.className = "picture-sheet";
    sheet.style.width = `${width}px`;
    sheet.style.height = `${height}px`;
    document.body.append(sheet);
    const chart = window.echarts.init(sheet, null, { renderer: "svg" });
    chart.setOption(window.bars.options(rows, button.dataset, { width, standing: false, font: family }));
    const drawn = sheet.querySelector("svg").cloneNode(true);
    chart.dispose();
    sheet.remove();
    return { drawn, width, height };
  }

  // The shapes lie in a file of their own, which a picture cannot reach; the colours in a style sheet.
  async function mapOf() {
    const country = document.getElementById("country");
    const [, , width, height] = country.getAttribute("viewBox").split(" ").map(Number);
    const uses = [...country.querySelectorAll("use")];
    const file = await (await fetch(uses[0].getAttribute("href").split("#")[0])).text();
    const shapes = new DOMParser().parseFromString(file, "image/svg+xml");
    const drawn = element("svg", { viewBox: country.getAttribute("viewBox") });
    for (const use of uses) {
      const style = getComputedStyle(use.closest("a"));
      const shape = shapes.getElementById(use.getAttribute("href").split("#")[1]);
      drawn.append(element("path", { d: shape.getAttribute("d"), fill: style.fill, stroke: style.stroke }));
    }
    return { drawn, width, height };
  }

  function scaleOf(family, top) {
    return [...document.querySelectorAll(".scale li")].flatMap((line, number) => {
      const patch = getComputedStyle(line.querySelector(".scale__patch"));
      const y = top + number * LINE;
      const box = { x: WIDTH - 260, y, width: 26, height: 18, fill: patch.backgroundColor, stroke: colour("--ink-soft") };
      const words = { x: WIDTH - 222, y: y + 15, fill: colour("--ink"), "font-size": 16, "font-family": family };
      return [element("rect", box), element("text", words, line.textContent.trim())];
    });
  }

  async function compose(button) {
    const family = getComputedStyle(document.body).fontFamily;
    const isMap = button.dataset.picture === "map";
    const found = isMap ? await mapOf() : barsOf(button, family);
    if (!found) return null;
    const texts = [
      ...lines(button.dataset.title, `600 22px ${family}`, WIDTH - 2 * EDGE).map((line) => [line, 22, 600, "--ink"]),
      ...lines(button.dataset.about, `16px ${family}`, WIDTH - 2 * EDGE).map((line) => [line, 16, 400, "--ink-soft"]),
    ];
    if (isMap) texts.push([document.querySelector(".country__credit").textContent, 14, 400, "--ink-soft"]);
    const top = EDGE + texts.length * LINE + 12;
    const height = top + found.height + EDGE;
    const picture = element("svg", { xmlns: SVG, width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` });
    picture.append(element("style", {}, await fonts()));
    picture.append(element("rect", { width: WIDTH, height, fill: colour("--surface") }));
    texts.forEach(([line, size, weight, name], number) => {
      const place = { x: EDGE, y: EDGE + 16 + number * LINE, fill: colour(name) };
      picture.append(element("text", { ...place, "font-size": size, "font-weight": weight, "font-family": family }, line));
    });
    for (const [key, value] of Object.entries({ x: EDGE, y: top, width: found.width, height: found.height })) {
      found.drawn.setAttribute(key, value);
    }
    picture.append(found.drawn, ...(isMap ? scaleOf(family, top) : []));
    return { text: new XMLSerializer().serializeToString(picture), height };
  }

  async function painted({ text, height }) {
    const image = new Image(WIDTH, height);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH * TIMES;
    canvas.height = height * TIMES;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
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
      const composed = await compose(button);
      if (composed) hand(await painted(composed), `${button.dataset.name}.png`);
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
