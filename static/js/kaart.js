/* The tips that are ticked for a card stay ticked while this tab is open: also when the page is loaded
   again. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-kaart]");
  if (!form) return;
  const key = `kaart:${form.dataset.kaart}`;
  const tips = () => [...form.elements].filter((input) => input.name === "tip");

  try {
    const kept = JSON.parse(window.sessionStorage.getItem(key) ?? "[]");
    for (const tip of tips()) tip.checked ||= kept.includes(tip.value);
    document.addEventListener("change", () => {
      const chosen = tips().filter((tip) => tip.checked).map((tip) => tip.value);
      window.sessionStorage.setItem(key, JSON.stringify(chosen));
    });
  } catch {
    // A browser that keeps nothing: then one ticks again.
  }
})();
