// Light or dark before the first paint: the person's choice, else the device's.
(function () {
  "use strict";
  const root = document.documentElement;
  const device = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage may be closed; the device decides then
    }
  };

  function apply() {
    const theme = chosen() || (device.matches ? "dark" : "light");
    root.dataset.bsTheme = theme;
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.setAttribute("aria-pressed", String(theme === "dark"));
    }
  }

  root.classList.add("js");
  apply();
  device.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    try {
      localStorage.setItem("theme", root.dataset.bsTheme === "dark" ? "light" : "dark");
    } catch {
      return;
    }
    apply();
  });
})();
