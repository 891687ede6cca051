// A grid whose cells are saved one by one, over a plain form that works without this.
//   form[data-grid="address"]   cells are sent there as {"cells": [{cell, value, seen}]}
//   form[data-longest]          how many characters a cell takes
//   input[data-seen]            the value that was stored when it was last looked at
// What is not saved yet waits in this tab's storage: a lost line, a reload or an expired sign-in loses nothing.
(function () {
  "use strict";

  const PREFIX = "c-";
  const AT_ONCE = 40;
  const PAUSES = [2000, 5000, 10000, 20000];
  const SHOWN_SAVED = 4000;
  const MARKS = { saved: "check-lg", waiting: "clock", problem: "x-circle", conflict: "exclamation-triangle" };
  const SVG = "http://www.w3.org/2000/svg";

  const form = document.querySelector("form[data-grid]");
  const status = form?.querySelector("[data-grid-status]");
  if (!form || !status) return;

  const says = status.dataset;
  const line = status.querySelector("[data-grid-line]");
  const note = status.querySelector("[data-grid-note]");
  const list = status.querySelector("[data-grid-problems]");
  const undo = status.querySelector("[data-grid-undo]");
  const body = document.body.dataset;
  const STORE = `grid:${location.pathname}`;
  const sprite = [...document.querySelectorAll("svg.icon use")][0]?.getAttribute("href").split("#")[0];

  const waiting = new Map(); // cell → {value, seen}
  const problems = new Map(); // cell → {state, message, who, value, theirs}
  let sending = false;
  let stopped = false; // signed out, or the page must be loaded again
  let tries = 0;
  let timer = 0;
  let saved = 0;
  let outside = 0; // values of the last pasted block that found no cell

  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.querySelector("input")));
  const places = new Map();
  rows.forEach((row, y) => row.forEach((input, x) => input && places.set(input, { x, y })));
  const keyOf = (input) => input.id.slice(PREFIX.length);
  const inputOf = (key) => document.getElementById(PREFIX + key);
  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const nameOf = (input) =>
    input.getAttribute("aria-labelledby").split(" ").slice(0, 2).map((id) => document.getElementById(id)?.textContent.trim()).join(" – ");

  function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `${sprite}#${name}`);
    svg.append(use);
    return svg;
  }

  function say(input, state) {
    const cell = input.closest("td");
    let said = cell.querySelector(".grid__said");
    if (!said) {
      said = document.createElement("span");
      said.className = "grid__said";
      said.id = `m-${keyOf(input)}`;
      cell.append(said);
    }
    cell.dataset.state = state;
    if (!state) {
      delete cell.dataset.state;
      said.replaceChildren();
    } else {
      const message = problems.get(keyOf(input))?.message;
      said.replaceChildren(icon(MARKS[state]), state === "problem" && message ? message : says[`says${state[0].toUpperCase()}${state.slice(1)}`]);
    }
    const wrong = state === "problem" || state === "conflict";
    input.toggleAttribute("aria-invalid", wrong);
    if (wrong) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", said.id);
    } else input.removeAttribute("aria-describedby");
    press(input);
    if (state === "saved") setTimeout(() => cell.dataset.state === "saved" && say(input, ""), SHOWN_SAVED);
  }

  function tell() {
    const parts = [];
    if (waiting.size) parts.push(fill(says.saysSomeWaiting, { n: waiting.size }));
    if (problems.size) parts.push(fill(says.saysSomeProblems, { n: problems.size }));
    if (saved) parts.unshift(fill(says.saysSomeSaved, { n: saved }));
    if (!waiting.size && !problems.size && saved) parts.push(says.saysAllSaved);
    line.textContent = parts.join(" · ");
    list.replaceChildren(...[...problems].map(([key, problem]) => lineOf(key, problem)));
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm btn-outline-primary";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function lineOf(key, problem) {
    const input = inputOf(key);
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${PREFIX}${key}`;
    link.textContent = nameOf(input);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
    });
    const text = document.createElement("span");
    text.textContent = problem.message + (problem.who ? ` ${fill(says.saysWho, { who: problem.who })}` : "");
    item.append(link, text);
    if (problem.state === "conflict") {
      const shown = (value) => value || says.saysBlank;
      item.append(
        button(fill(says.saysMine, { value: shown(problem.value) }), () => choose(key, problem.value, problem.theirs)),
        button(fill(says.saysTheirs, { value: shown(problem.theirs) }), () => choose(key, problem.theirs, problem.theirs)),
      );
    }
    return item;
  }

  function choose(key, value, theirs) {
    const input = inputOf(key);
    problems.delete(key);
    input.dataset.seen = theirs;
    input.value = value;
    if (value === theirs) {
      say(input, "saved");
      tell();
      remember();
    } else enter(input);
    input.focus();
  }

  // What waits is kept for this person at this tab, with the value it was typed over.
  function remember() {
    try {
      const kept = [...waiting].map(([cell, { value, seen }]) => ({ cell, value, seen }));
      for (const [cell, problem] of problems) kept.push({ cell, value: problem.value, seen: problem.seen });
      if (kept.length) sessionStorage.setItem(STORE, JSON.stringify({ user: body.user, kept }));
      else sessionStorage.removeItem(STORE);
    } catch {
      // storage full or closed: the page still warns before it is left
    }
  }

  function recall() {
    try {
      const { user, kept } = JSON.parse(sessionStorage.getItem(STORE)) || {};
      sessionStorage.removeItem(STORE);
      if (user !== body.user) return;
      for (const { cell, value, seen } of kept) {
        const input = inputOf(cell);
        if (!input || tidy(value) === input.dataset.seen) continue;
        input.value = value;
        waiting.set(cell, { value, seen });
        say(input, "waiting");
      }
      remember();
    } catch {
      // nothing was kept
    }
  }

  function enter(input) {
    const key = keyOf(input);
    const value = tidy(input.value);
    const before = waiting.get(key)?.value ?? problems.get(key)?.value ?? input.dataset.seen;
    if (value === before) return;
    const was = problems.get(key);
    problems.delete(key);
    if (value === input.dataset.seen && !waiting.has(key)) {
      if (was?.state === "conflict") input.value = input.dataset.seen = was.theirs; // what was seen is no longer there
      if (was) say(input, "");
      remember();
      tell();
      return;
    }
    waiting.set(key, { value, seen: input.dataset.seen });
    say(input, "waiting");
    remember();
    tell();
    soon(0);
  }

  function soon(pause) {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  }

  function later() {
    soon(PAUSES[Math.min(tries, PAUSES.length - 1)]);
    tries += 1;
  }

  function token() {
    return form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  async function send(most = AT_ONCE) {
    if (sending || stopped || !waiting.size) return;
    sending = true;
    const batch = [...waiting].slice(0, most).map(([cell, { value, seen }]) => ({ cell, value, seen }));
    let response;
    let answer;
    const alarm = new AbortController();
    const patience = setTimeout(() => alarm.abort(), 30000);
    try {
      response = await fetch(form.dataset.grid, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token(), Accept: "application/json" },
        body: JSON.stringify({ cells: batch }),
        redirect: "manual",
        credentials: "same-origin",
        signal: alarm.signal,
      });
      if (response.ok) answer = await response.json();
    } catch {
      response = null;
    }
    clearTimeout(patience);
    sending = false;
    if (!response || response.status >= 500) {
      note.textContent = says.saysOffline;
      later();
    } else if (response.type === "opaqueredirect") signedOut();
    else if (answer) {
      tries = 0;
      note.textContent = outside ? fill(says.saysOutside, { n: outside }) : "";
      take(batch, answer);
      if (waiting.size) soon(0);
    } else if (response.status === 404 && batch.length > 1) send(1);
    else if (response.status === 404) {
      waiting.delete(batch[0].cell);
      refuse(batch[0], { state: "problem", message: says.saysGone, who: "", value: inputOf(batch[0].cell).dataset.seen });
      remember();
      tell();
      if (waiting.size) soon(0);
    } else {
      stopped = true;
      note.textContent = says.saysReload;
    }
  }

  function refuse(sent, told) {
    problems.set(sent.cell, { state: told.state, message: told.message, who: told.who, value: sent.value, seen: sent.seen, theirs: told.value });
    say(inputOf(sent.cell), told.state);
  }

  function take(batch, answer) {
    const sent = new Map(batch.map((entry) => [entry.cell, entry]));
    for (const told of answer.cells) {
      const entry = sent.get(told.cell);
      const input = inputOf(told.cell);
      const now = waiting.get(told.cell);
      const moved = now && now.value !== entry.value; // typed again while it was on its way
      if (!moved) waiting.delete(told.cell);
      if (told.state === "saved") {
        saved += 1;
        input.dataset.seen = told.value;
        if (moved) waiting.set(told.cell, { value: now.value, seen: told.value });
        else {
          if (document.activeElement !== input || tidy(input.value) === entry.value) input.value = told.value;
          say(input, "saved");
        }
      } else if (!moved) refuse(entry, told);
    }
    for (const [id, html] of Object.entries(answer.fragments)) {
      const place = document.getElementById(id);
      if (place) place.innerHTML = html; // drawn and escaped by our own server
    }
    remember();
    tell();
  }

  function signedOut() {
    stopped = true;
    note.textContent = says.saysSignedOut;
    const dialog = document.getElementById("signed-out");
    const link = dialog?.querySelector("a");
    if (!link) return;
    link.href = `${body.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
    leaving = true; // what waits is kept, so the way to the sign-in page needs no warning
    dialog.showModal();
  }

  let leaving = false;
  window.addEventListener("beforeunload", (event) => {
    if (document.activeElement?.matches("[data-seen]")) enter(document.activeElement);
    if (!leaving && (waiting.size || problems.size)) event.preventDefault();
  });
  window.addEventListener("online", () => {
    tries = 0;
    soon(0);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-forget]")) {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith("grid:")) sessionStorage.removeItem(key);
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => (outside = 0));
  form.addEventListener("focusout", (event) => event.target.matches("[data-seen]") && enter(event.target));
  form.addEventListener("focusin", (event) => event.target.matches("[data-seen]") && event.target.select());

  // Keys.
  function go(from, dx, dy) {
    let { x, y } = places.get(from);
    for (;;) {
      x += dx;
      y += dy;
      if (!rows[y] || x < 0 || x >= rows[y].length) return;
      if (rows[y][x]) {
        rows[y][x].focus();
        return;
      }
    }
  }

  function end(from, last) {
    const row = rows[places.get(from).y].filter(Boolean);
    row[last ? row.length - 1 : 0].focus();
  }

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!places.has(input) || event.altKey || event.metaKey || event.isComposing) return;
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const atStart = input.selectionEnd === 0 || whole;
    const atEnd = input.selectionStart === input.value.length || whole;
    const acts = {
      ArrowUp: () => go(input, 0, -1),
      ArrowDown: () => go(input, 0, 1),
      Enter: () => go(input, 0, event.shiftKey ? -1 : 1),
      ArrowLeft: atStart && !event.shiftKey && (() => go(input, -1, 0)),
      ArrowRight: atEnd && !event.shiftKey && (() => go(input, 1, 0)),
      Home: !event.shiftKey && (() => end(input, false)),
      End: !event.shiftKey && (() => end(input, true)),
      Escape: () => {
        input.value = waiting.get(keyOf(input))?.value ?? input.dataset.seen;
        if (problems.has(keyOf(input))) enter(input);
        input.select();
      },
    };
    if (event.ctrlKey || !acts[event.key]) return;
    event.preventDefault();
    const before = document.activeElement;
    acts[event.key]();
    if (document.activeElement === before && event.key === "Enter") enter(input);
  });

  // A block from a spreadsheet, from the focused cell on. Its empty cells change nothing.
  form.addEventListener("paste", (event) => {
    const input = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!places.has(input) || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const { x, y } = places.get(input);
    outside = 0;
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((row, dy) =>
      row.split("\t").forEach((value, dx) => {
        if (!tidy(value)) return;
        const target = rows[y + dy]?.[x + dx];
        if (!target) {
          outside += 1;
          return;
        }
        target.value = tidy(value);
        enter(target);
      }),
    );
    note.textContent = outside ? fill(says.saysOutside, { n: outside }) : "";
  });

  // Ticks: the whole session by one press, and by a second one blank again.
  const most = (input) => String(Number(input.dataset.most));
  function press(input) {
    const tick = input.parentElement.querySelector(".grid__tick");
    if (tick) tick.setAttribute("aria-pressed", String(tidy(input.value) === most(input)));
  }

  if (form.matches("[data-grid-ticks]")) {
    for (const input of places.keys()) {
      const box = document.createElement("span");
      box.className = "grid__box";
      const tick = document.createElement("button");
      tick.type = "button";
      tick.className = "grid__tick";
      tick.tabIndex = -1; // by keyboard: a slash in the cell
      tick.append(icon("check-lg"));
      tick.setAttribute("aria-label", `${nameOf(input)} – ${says.saysTick}`);
      input.before(box);
      box.append(input, tick);
      press(input);
      tick.addEventListener("click", () => {
        input.value = tidy(input.value) === most(input) ? "" : most(input);
        enter(input);
        press(input);
      });
    }
  }

  let lastAll = [];
  for (const all of form.querySelectorAll("[data-grid-all]")) {
    all.addEventListener("click", () => {
      const column = Number(all.dataset.gridAll) + 1; // the names come first
      lastAll = rows.map((row) => row[column]).filter((input) => input && !tidy(input.value));
      for (const input of lastAll) {
        input.value = most(input);
        enter(input);
      }
      undo.hidden = !lastAll.length;
    });
  }
  undo.addEventListener("click", () => {
    for (const input of lastAll) {
      if (tidy(input.value) !== most(input)) continue; // changed since
      input.value = "";
      enter(input);
    }
    lastAll = [];
    undo.hidden = true;
  });

  for (const input of places.keys()) {
    input.inputMode = "decimal";
    input.maxLength = Number(form.dataset.longest) || 12;
    input.autocomplete = "off";
    if (!input.closest("td").dataset.state) input.value = input.dataset.seen;
  }
  recall();
  tell();
  soon(0);
})();
