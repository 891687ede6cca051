// Nothing typed is lost when a sign-in expires. A form[data-keep] leaves its fields in this tab's
// storage when it is sent; meeting the sign-in page turns them into a draft, and the form's own page
// puts the draft back for the same person. Files, passwords and [data-secret] fields are never kept.
(function () {
  "use strict";

  const KEY = "kept-forms";
  const body = () => document.body.dataset;
  const here = () => location.pathname + location.search;

  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  };
  const write = (kept) => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // storage full or closed: the form still works, it is only not kept
    }
  };

  const forms = () => [...document.querySelectorAll("form[data-keep]")];
  const nameOf = (form) => `${here()}#${form.id || form.dataset.keep || "form"}`;
  const mayKeep = (field) =>
    field.name &&
    field.name !== "csrfmiddlewaretoken" &&
    !["password", "file", "submit", "button", "hidden"].includes(field.type) &&
    !field.closest("[data-secret]");

  function fieldsOf(form) {
    return [...form.elements].filter(mayKeep).flatMap((field) => {
      if (["checkbox", "radio"].includes(field.type)) return [[field.name, field.value, field.checked]];
      if (field.type === "select-multiple") {
        return [[field.name, [...field.selectedOptions].map((option) => option.value)]];
      }
      return [[field.name, field.value]];
    });
  }

  function keep(form, interrupted) {
    if (!body().user) return;
    const kept = read();
    kept[nameOf(form)] = { user: body().user, interrupted, fields: fieldsOf(form) };
    write(kept);
  }

  function putBack(form, fields) {
    // A form that grows by its own script makes room for what is coming.
    form.dispatchEvent(new CustomEvent("keep:back", { detail: fields }));
    const seen = {};
    for (const [name, value, checked] of fields) {
      const same = [...form.elements].filter((field) => field.name === name && mayKeep(field));
      if (checked !== undefined) {
        for (const field of same) if (field.value === value) field.checked = checked;
      } else if (Array.isArray(value)) {
        for (const option of same[0]?.options ?? []) option.selected = value.includes(option.value);
      } else {
        const at = seen[name] ?? 0;
        seen[name] = at + 1;
        if (same[at]) same[at].value = value;
      }
    }
    const note = document.getElementById("kept-note");
    if (note) form.prepend(note.content.cloneNode(true));
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function settle() {
    const kept = read();
    if (!body().user) {
      for (const draft of Object.values(kept)) draft.interrupted = true;
      write(kept);
      return;
    }
    for (const [name, draft] of Object.entries(kept)) {
      // Another person at this tab, or a form that arrived: neither needs the draft.
      if (draft.user !== body().user || !draft.interrupted) delete kept[name];
    }
    for (const form of forms()) {
      const draft = kept[nameOf(form)];
      if (!draft) continue;
      putBack(form, draft.fields);
      delete kept[nameOf(form)];
    }
    write(kept);
  }

  const leadsToSignIn = (address) => {
    const signIn = body().signIn;
    return Boolean(signIn && address && new URL(address, location.href).pathname === signIn);
  };

  function sessionEnded(event) {
    const xhr = event.detail.xhr;
    const to = xhr.getResponseHeader("HX-Redirect") || xhr.getResponseHeader("HX-Location");
    if (!leadsToSignIn(xhr.responseURL) && !leadsToSignIn(to)) return;
    event.preventDefault();
    for (const form of forms()) keep(form, true);
    const dialog = document.getElementById("signed-out");
    const link = dialog?.querySelector("a");
    if (!link) {
      location.assign(`${body().signIn}?next=${encodeURIComponent(here())}`);
      return;
    }
    link.href = `${body().signIn}?next=${encodeURIComponent(here())}`;
    dialog.showModal();
  }

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:beforeOnLoad", sessionEnded);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-forget]")) sessionStorage.removeItem(KEY);
    else if (!event.defaultPrevented && event.target.matches("form[data-keep]")) keep(event.target, false);
  });
})();
