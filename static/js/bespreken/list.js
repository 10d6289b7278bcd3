/* The list: what was typed reads as text, and opens on a click or Enter.

   Guarantees: the text of a closed question is what stands in its fields, saved or not; a question of
   which something was not saved, or whose draft came back, is open and stays so until that is settled.
   Who selects text does not open it. An address inside a closed question (#...) opens it, and the focus
   goes there. */

import { fields, form, nameOf, valueOf } from "../bewaren/fields.js";

const folds = () => [...form.querySelectorAll("details.open-vraag, details.actielijn")];
const foldAround = (element) => element.closest?.("details.open-vraag, details.actielijn") ?? null;
const textsOf = (name) => form.querySelectorAll(`[data-tekst-van="${name}"]`);

const asText = (field) => {
  const value = valueOf(field);
  const isDay = value && field.querySelector("input[type=date]");
  return isDay ? value.split("-").reverse().join("/") : value;
};

const showChoice = (field) => {
  const mark = form.querySelector(`[data-stand-van="${nameOf(field)}"]`);
  const chosen = mark && field.querySelector("input:checked");
  if (!chosen) return;
  mark.dataset.waarde = chosen.value;
  mark.textContent = chosen.value ? chosen.nextElementSibling.textContent : "kies";
};

const showText = (field) => {
  for (const text of textsOf(nameOf(field))) text.textContent = asText(field);
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
  // A link into the page leaves the focus nowhere; what it opened is where one goes on.
  if (fold && !target.matches("section")) fold.querySelector("summary").focus({ preventScroll: true });
};

// A click on the text of a question opens it, in the box that was clicked.
const onRead = (event) => {
  const text = event.target.closest("[data-tekst-van]");
  const fold = text?.closest(".vraag, .open-rij")?.querySelector("details.open-vraag");
  if (!fold || fold.contains(text) || String(window.getSelection())) return;
  fold.open = true;
  form.elements[text.dataset.tekstVan]?.focus?.();
};

if (form) {
  for (const field of fields()) showText(field);
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
