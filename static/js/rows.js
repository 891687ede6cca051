// Rows of a form that can be added, taken out and put in another order, over a page that works without:
// there, blank rows wait at the end, rows are taken out by a tick and ordered by their numbers.
//   [data-rows=prefix]          the rows of one formset, with [data-row-list], [data-row-template],
//                               [data-row-add], [data-row-says] (what a screen reader is told), [data-row-sum=field]
//   [data-row]                  one row, with [data-row-number], [data-row-up], [data-row-down],
//                               [data-row-remove], [data-row-restore], [data-row-body], [data-row-tick]
(function () {
  "use strict";

  const THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙";
  const number = (text) => {
    const plain = text.replace(/[๐-๙]/g, (digit) => THAI_DIGITS.indexOf(digit)).replace(/[,\s]/g, "");
    return Number(plain) || 0;
  };

  function start(place) {
    const prefix = place.dataset.rows;
    const list = place.querySelector("[data-row-list]");
    const total = place.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const add = place.querySelector("[data-row-add]");
    const field = (row, name) => row.querySelector(`[name^="${prefix}-"][name$="-${name}"]`);
    const rows = () => [...list.querySelectorAll("[data-row]")];
    const isOut = (row) => field(row, "DELETE").checked;
    const standing = () => rows().filter((row) => !isOut(row));
    const say = (text, at) => {
      place.querySelector("[data-row-says]").textContent = text.replace("#", at);
    };

    function show(row) {
      const out = isOut(row);
      row.classList.toggle("topic--out", out);
      row.querySelector("[data-row-body]").hidden = out;
      row.querySelector("[data-row-restore]").hidden = !out;
      for (const part of row.querySelectorAll("[data-needs-script]")) part.hidden = out;
      row.querySelector("[data-row-tick]").hidden = true;
    }

    function refresh() {
      standing().forEach((row, index) => {
        row.querySelector("[data-row-number]").textContent = index + 1;
      });
      add.disabled = standing().length >= Number(place.dataset.most);
      for (const sum of place.querySelectorAll("[data-row-sum]")) {
        const amounts = standing().map((row) => number(field(row, sum.dataset.rowSum).value));
        sum.textContent = (Math.round(amounts.reduce((all, one) => all + one, 0) * 100) / 100).toLocaleString("en");
      }
    }

    // Blank rows keep no number, so that they stay behind those that have one.
    function renumber() {
      let next = 1;
      for (const row of standing()) field(row, "position").value = next++;
    }

    function append() {
      const copy = place.querySelector("[data-row-template]").innerHTML.replaceAll("__prefix__", total.value);
      list.insertAdjacentHTML("beforeend", copy);
      total.value = Number(total.value) + 1;
      const row = list.lastElementChild;
      show(row);
      refresh();
      return row;
    }

    const changed = () => place.dispatchEvent(new Event("input", { bubbles: true }));

    function move(row, step) {
      const all = standing();
      const other = all[all.indexOf(row) + step];
      if (!other) return;
      if (step < 0) other.before(row);
      else other.after(row);
      renumber();
      refresh();
      changed();
      say(place.dataset.saysMoved, standing().indexOf(row) + 1);
      row.querySelector(step < 0 ? "[data-row-up]" : "[data-row-down]").focus();
    }

    function take(row, out) {
      const at = row.querySelector("[data-row-number]").textContent;
      field(row, "DELETE").checked = out;
      show(row);
      refresh();
      changed();
      say(out ? place.dataset.saysOut : place.dataset.saysBack, at);
      row.querySelector(out ? "[data-row-restore]" : "[data-row-remove]").focus();
    }

    place.addEventListener("click", (event) => {
      const row = event.target.closest("[data-row]");
      if (event.target.closest("[data-row-add]")) {
        const added = append();
        say(place.dataset.saysAdded, standing().length);
        (field(added, "title") || added.querySelector("input:not([type=hidden]), textarea")).focus();
      } else if (event.target.closest("[data-row-up]")) move(row, -1);
      else if (event.target.closest("[data-row-down]")) move(row, 1);
      else if (event.target.closest("[data-row-remove]")) take(row, true);
      else if (event.target.closest("[data-row-restore]")) take(row, false);
    });

    // A number typed moves the row at once, as it would when saved.
    place.addEventListener("change", (event) => {
      if (!event.target.name?.endsWith("-position")) return;
      const row = event.target.closest("[data-row]");
      const others = standing().filter((one) => one !== row);
      const wanted = number(event.target.value);
      if (!wanted) return;
      if (wanted <= others.length) others[Math.floor(wanted) - 1].before(row);
      else if (others.length) others.at(-1).after(row);
      renumber();
      refresh();
      say(place.dataset.saysMoved, standing().indexOf(row) + 1);
      field(row, "position").focus();
    });
    place.addEventListener("input", refresh);

    // What is put back after an expired sign-in may have had more rows than the page begins with.
    place.closest("form").addEventListener("keep:back", (event) => {
      const names = event.detail.map(([name]) => name).filter((name) => name.startsWith(`${prefix}-`));
      const most = Math.max(-1, ...names.map((name) => Number(name.split("-")[1]) || 0));
      while (Number(total.value) <= most && Number(total.value) < 2 * Number(place.dataset.most)) append();
      setTimeout(() => {
        rows().forEach(show);
        refresh();
      });
    });

    for (const part of place.querySelectorAll("[data-needs-script]")) part.hidden = false;
    rows().forEach(show);
    refresh();
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-rows]").forEach(start));
})();
