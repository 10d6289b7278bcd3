/* Words from elsewhere in the dossier: one button puts them in the field that asks the same.

   Guarantees: they are saved as if somebody had typed them, so with the same history, the same draft
   and the same answer to a conflict; a field with words in it is never touched. Without this file the
   button sends the page, and the server does the same. */

import { byId, form, inputsOf, valueOf } from "./fields.js";

const onClick = (event) => {
  const button = event.target.closest("[name=neem_over]");
  const field = button && byId(`v_${button.value}`)?.querySelector("[data-veld]");
  if (!field) return;
  event.preventDefault();
  const [box] = inputsOf(field);
  if (valueOf(field).trim()) return;
  box.value = button.closest(".aanbod").querySelector(".aanbod-tekst").textContent;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  // The button goes away with the offer.
  box.focus();
};

export const takeOver = () => form.addEventListener("click", onClick);
