/* The menu under one's name closes as menus do: with Escape, a click elsewhere, or tabbing out. */
(() => {
  "use strict";

  const menu = document.querySelector("details.ik");
  if (!menu) return;

  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  // Focus that goes nowhere (a click on the menu's own edge) is not leaving.
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
})();
