/* The list: what was typed reads as text, and opens on a click or Enter.

   Guarantees: the text of a closed question is what stands in its fields, saved or not; a question of
   which something was not saved, or whose draft came back, is open and stays so until that is settled.
   Who selects text does not open it. An address inside a closed question (#...) opens it. Of a long
   text the first lines stand there, with a button for the rest; on paper stands all of it, and a
   screen reader reads all of it. */

import { fields, form, nameOf, valueOf } from "../bewaren/fields.js";

const folds = () => [...form.querySelectorAll("details.open-vraag, details.actielijn")];
const foldAround = (element) => element.closest?.("details.open-vraag, details.actielijn") ?? null;
// A text carries the last word of the name of its field, and stands in the same place.
const textOf = (field) =>
  field.closest(".vraag, .open-rij, .actielijn")?.querySelector(`[data-tekst="${nameOf(field).split("-").pop()}"]`);

const asText = (field) => {
  const value = valueOf(field);
  const isDay = value && field.querySelector("input[type=date]");
  return isDay ? value.split("-").reverse().join("/") : value;
};

const showChoice = (field) => {
  const mark = field.closest("details.open-vraag")?.querySelector("summary > .stand");
  const chosen = mark && field.querySelector("input:checked");
  if (!chosen) return;
  mark.dataset.waarde = chosen.value;
  mark.textContent = chosen.value ? chosen.nextElementSibling.textContent : "kies";
};

const LONG = 600; // letters
const LINES = 8;
const isLong = (text) => text.length > LONG || text.split("\n").length > LINES;

const moreButton = () =>
  Object.assign(document.createElement("button"), { type: "button", className: "btn btn-link lees-verder" });

const showLines = (part, button, all) => {
  part.classList.toggle("lees-kort", !all);
  button.setAttribute("aria-expanded", all);
  button.textContent = all ? "Toon minder" : "Lees verder";
};

const shorten = (part) => {
  const next = part.nextElementSibling;
  const button = next?.matches(".lees-verder") ? next : null;
  if (!isLong(part.textContent)) {
    part.classList.remove("lees-kort");
    button?.remove();
  } else if (!button) {
    part.after(moreButton());
    showLines(part, part.nextElementSibling, false);
  }
};

const onMore = (event) => {
  const button = event.target.closest(".lees-verder");
  if (button) showLines(button.previousElementSibling, button, button.getAttribute("aria-expanded") === "false");
};

const showText = (field) => {
  const text = textOf(field);
  if (text) {
    text.textContent = asText(field);
    const part = text.closest(".lees > p");
    if (part) shorten(part);
  }
  showChoice(field);
};

const isUnsettled = (field) =>
  !["bewaard", undefined].includes(field.dataset.staat) ||
  Boolean(field.querySelector(".niet-verstuurd, .conflict, .veld-fout"));

const openWhatIsUnsettled = (changes) => {
  for (const { target } of changes) {
    const field = target.closest?.("[data-veld]");
    const fold = field && foldAround(field);
    if (fold && !fold.open && isUnsettled(field)) fold.open = true;
  }
};

const openTarget = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !form.contains(target)) return;
  const fold = foldAround(target) ?? target.querySelector("details.open-vraag, details.actielijn");
  if (fold) fold.open = true;
  target.scrollIntoView();
};

// A click on the text of a question opens it, in the box that was clicked.
const onRead = (event) => {
  const text = event.target.closest("[data-tekst]");
  const fold = text?.closest(".vraag, .open-rij")?.querySelector("details.open-vraag");
  if (!fold || fold.contains(text) || String(window.getSelection())) return;
  fold.open = true;
  fold.querySelector(`.veld-${text.dataset.tekst} textarea`)?.focus();
};

if (form) {
  for (const field of fields()) showText(field);
  // Who may only read has text without fields.
  for (const part of form.querySelectorAll(".lees > p")) shorten(part);
  form.addEventListener("input", (event) => {
    const field = event.target.closest("[data-veld]");
    if (field) showText(field);
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    for (const field of fields()) showText(field);
  });
  // What a draft put back is there before anything else tells of it.
  form.addEventListener("toggle", (event) => {
    for (const field of event.target.querySelectorAll("[data-veld]")) showText(field);
  }, true);
  form.addEventListener("click", onRead);
  form.addEventListener("click", onMore);
  new MutationObserver(openWhatIsUnsettled).observe(form, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-staat"],
  });
  window.addEventListener("hashchange", openTarget);
  openTarget();
  for (const fold of folds()) {
    if ([...fold.querySelectorAll("[data-veld]")].some(isUnsettled)) fold.open = true;
  }
}
