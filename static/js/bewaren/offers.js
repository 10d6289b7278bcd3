/* What is offered at a field: words from elsewhere in the dossier, at a field that asks the same; a
   day that was understood from the words in another field. One button puts it in.

   Guarantees: it is saved as if somebody had typed it, so with the same history, the same draft
   and the same answer to a conflict; a field with words in it is never touched. Without this file the
   button sends the page, and the server does the same. */

import { byId, form, inputsOf, valueOf } from "./fields.js";

const onClick = (event) => {
  const button = event.target.closest("[name=neem_over]");
  const field = button && byId(button.value)?.closest("[data-veld]");
  if (!field) return;
  event.preventDefault();
  const [box] = inputsOf(field);
  if (valueOf(field).trim()) return;
  box.value = button.dataset.tekst ?? button.closest(".aanbod").querySelector(".aanbod-tekst").textContent;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  // The button goes away with the offer.
  box.focus();
  button.closest(".begrepen")?.remove();
};

export const takeOver = () => form.addEventListener("click", onClick);
