/* Keys, for who leads a talk from a laptop beside the beamer.

   Guarantees: a key does something only outside text boxes, and never where the control that has the
   focus uses it itself (arrows in a row of choices, Enter on a button); to choose never moves on. All
   of them but Ctrl+Enter can be switched off, and stay so on this device (WCAG 2.1.4). */

import { current, goBy } from "./road.js";

const KEPT = "toetsen"; // localStorage: "uit" when somebody switched them off

const dialog = document.getElementById("toetsen");
const root = document.documentElement;

const areOff = () => {
  try {
    return localStorage.getItem(KEPT) === "uit";
  } catch {
    return false;
  }
};

const keepSwitch = (on) => {
  try {
    if (on) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "uit");
  } catch {
    // A browser that keeps nothing: then it holds for this page.
  }
  root.classList.toggle("toetsen-aan", on);
};

const isBox = (element) =>
  element.matches?.("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])") ?? false;
const usesArrows = (element) => element.matches?.("input, select, textarea") ?? false;
const usesEnter = (element) => element.matches?.("a, button, summary, input, select, textarea") ?? false;

// By its place in the row, without "nog open"; a row of figures knows its own keys.
const choose = (digit, event) => {
  const row = current()?.querySelector("fieldset.score, fieldset.keuzes");
  if (!row) return false;
  if (row.matches(".score")) {
    if (row.contains(event.target)) return false; // it hears the key itself
    row.dispatchEvent(new KeyboardEvent("keydown", { key: digit, bubbles: true, cancelable: true }));
    return true;
  }
  const input = [...row.querySelectorAll("input:not([value=''])")][Number(digit) - 1];
  if (!input) return false;
  // Who is in the row already goes along: the arrows go on from there.
  if (row.contains(document.activeElement)) input.focus();
  if (!input.checked) {
    input.checked = true;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
};

// The first box of a stop, or the way to make something there; one that is open already has its box.
const enter = () => {
  const stop = current();
  const ways =
    stop?.querySelectorAll(
      "[data-verder], [data-veld] > textarea, .actie-los:not([open]) > summary, .actie-los[open] textarea",
    ) ?? [];
  const first = [...ways].find((way) => way.checkVisibility());
  if (!first) return false;
  if (first.matches("summary, a")) first.click();
  else {
    first.focus();
    first.setSelectionRange?.(first.value.length, first.value.length);
  }
  return true;
};

export const showKeys = () => dialog.showModal();

const leaveBox = (event) => {
  const button = event.target.closest(".nieuwe-actie")?.querySelector("button[name=nieuwe_actie]");
  if (button) button.click();
  else (current()?.querySelector(".stop-vraag") ?? document.body).focus({ preventScroll: true });
};

const act = (event) => {
  const { key, target } = event;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    if (usesArrows(target)) return false;
    goBy(key === "ArrowLeft" ? -1 : 1);
    return true;
  }
  if (/^[0-9]$/.test(key)) return choose(key, event);
  if (key === "Enter") return !usesEnter(target) && enter();
  if (key === "?") {
    showKeys();
    return true;
  }
  return false;
};

const onKey = (event) => {
  // Keys that we send on to a row of figures come by here again.
  if (!event.isTrusted || event.defaultPrevented || event.isComposing || dialog.open) return;
  if (event.key === "Enter" && event.ctrlKey && isBox(event.target)) {
    event.preventDefault();
    leaveBox(event);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isBox(event.target) || !root.classList.contains("toetsen-aan")) return;
  if (act(event)) event.preventDefault();
};

export const listenToKeys = () => {
  const box = dialog.querySelector("[data-toetsen]");
  box.checked = !areOff();
  root.classList.toggle("toetsen-aan", box.checked);
  box.addEventListener("change", () => keepSwitch(box.checked));
  dialog.querySelector("[data-toetsen-sluit]").addEventListener("click", () => dialog.close());
  for (const button of document.querySelectorAll("[data-toon-toetsen]")) {
    button.hidden = false;
    button.addEventListener("click", showKeys);
  }
  document.addEventListener("keydown", onKey);
};
