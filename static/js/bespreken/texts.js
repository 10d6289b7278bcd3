/* Texts: what stands in a field, where the page shows it as text. Such a text carries the last word of the
   name of its field (data-tekst), and stands in the same question, row or action.

   Guarantees: such a text is what stands in its field now, saved or not, whoever put it there: a person,
   a draft that came back, or an answer of the server. */

import { fields, form, nameOf, valueOf } from "../bewaren/fields.js";
import { shorten } from "./shorten.js";

const textOf = (field) =>
  field.closest(".vraag, .open-rij, .actielijn")?.querySelector(`[data-tekst="${nameOf(field).split("-").pop()}"]`);

const asText = (field) => {
  const value = valueOf(field);
  const chosen = field.querySelector("select")?.selectedOptions[0];
  if (chosen) return chosen.value ? chosen.text : "";
  return value && field.querySelector("input[type=date]") ? value.split("-").reverse().join("/") : value;
};

const showChoice = (field) => {
  const mark = field.closest("details.open-vraag")?.querySelector("summary > .stand");
  const chosen = mark && field.querySelector("input:checked");
  if (!chosen) return;
  mark.dataset.waarde = chosen.value;
  mark.textContent = chosen.value ? chosen.nextElementSibling.textContent : "kies";
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

const showAll = (within) => {
  for (const field of within) showText(field);
};

export const showTexts = () => {
  showAll(fields());
  form.addEventListener("input", (event) => {
    const field = event.target.closest("[data-veld]");
    if (field) showText(field);
  });
  document.body.addEventListener("htmx:afterSettle", () => showAll(fields()));
  // What a draft put back is there before anything else tells of it.
  form.addEventListener("toggle", (event) => showAll(event.target.querySelectorAll("[data-veld]")), true);
};
