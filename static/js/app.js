// Small courtesies over pages that work without them. Each is asked for by a data attribute:
//   form[data-confirm="text"]  asks before it is sent (also on a submit button)
//   form[data-guard]           warns before leaving with changes that were not sent
//   [data-autosubmit]          sends its form when changed
//   [data-focus]               takes the focus when it appears
(function () {
  "use strict";

  const confirmed = new WeakSet();

  function ask(question, then) {
    const dialog = document.getElementById("ask");
    if (!dialog) {
      if (window.confirm(question)) then();
      return;
    }
    dialog.querySelector("[data-ask-question]").textContent = question;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => dialog.returnValue === "yes" && then(), { once: true });
    dialog.showModal();
  }

  // In the capture phase, so that htmx does not send what has not been agreed to.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const question = event.submitter?.dataset.confirm || form.dataset.confirm;
      if (!question || confirmed.delete(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(question, () => {
        confirmed.add(form);
        form.requestSubmit(event.submitter);
      });
    },
    true,
  );

  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form");
    if (form?.matches("[data-guard]")) changed.add(form);
  });
  document.addEventListener("reset", (event) => changed.delete(event.target));
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) changed.delete(event.target);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) changed.delete(event.target.closest("form"));
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) if (!form.isConnected) changed.delete(form);
    if (changed.size) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (event.target.closest("[data-autosubmit]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-dismiss]")) event.target.closest(".message")?.remove();
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.openDialog)?.showModal();
    }
  });

  const focus = (within) => within.querySelector?.("[data-focus]")?.focus();
  document.addEventListener("DOMContentLoaded", () => focus(document));
  document.addEventListener("htmx:afterSwap", (event) => focus(event.detail.target));

  // What runs over its frame fades at the right, as long as more of it lies there.
  const FRAMES = ".table-frame, .grid-frame, .table-responsive, .nav-tabs";
  const fade = (frame) => frame.classList.toggle("has-more", frame.scrollWidth - frame.clientWidth - frame.scrollLeft > 2);
  const fadeAll = () => document.querySelectorAll(FRAMES).forEach(fade);
  // Of tabs that run over, the present one is in sight; the page itself stays where it is.
  const toMiddle = (tab) => {
    const strip = tab.closest(".nav-tabs");
    const [its, whole] = [tab, strip].map((each) => each.getBoundingClientRect());
    strip.scrollLeft += its.left - whole.left - (whole.width - its.width) / 2;
  };
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".nav-tabs [aria-current]").forEach(toMiddle);
    fadeAll();
  });
  document.addEventListener("htmx:afterSettle", fadeAll);
  document.addEventListener("scroll", (event) => event.target.matches?.(FRAMES) && fade(event.target), true);
  document.addEventListener("toggle", fadeAll, true); // what was folded has a width now
  document.fonts?.ready.then(fadeAll);
  window.addEventListener("resize", fadeAll);

  // A cookie may have been renewed by another tab since this page was drawn.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });

  // A refusal (403, 404, 500) or a lost line must not pass in silence.
  const tell = (name) => {
    const text = document.body.dataset[name];
    const place = document.getElementById("messages");
    if (!text || !place) return;
    const message = document.createElement("div");
    message.className = "message message--error";
    message.setAttribute("role", "alert");
    message.textContent = text;
    place.replaceChildren(message);
    place.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:responseError", () => tell("saysRefused"));
  document.addEventListener("htmx:sendError", () => tell("saysOffline"));
  document.addEventListener("htmx:timeout", () => tell("saysOffline"));
})();
