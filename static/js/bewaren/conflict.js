/* Conflict: a choice between two texts never costs a third one.

   Guarantees: the server draws a field anew after a choice between two texts, but not over words that
   were typed meanwhile: those stay, and the next save shows both, as a conflict. The focus of the
   button that was pressed goes to the new field. */

import { askerOf, currentInput, inputsOf, nameOf, nowInPage } from "./fields.js";
import { isAsSent } from "./send.js";

const keepWhatWasTyped = (event) => {
  const field = askerOf(event);
  if (!field || event.detail.target.id !== `v_${nameOf(field)}`) return;
  if (!isAsSent(field)) event.detail.shouldSwap = false;
};

const moveFocus = (event) => {
  const asker = askerOf(event);
  if (!asker) return;
  const field = nowInPage(asker);
  if (field !== asker && document.activeElement === document.body) {
    (currentInput(field) ?? inputsOf(field)[0])?.focus();
  }
};

export const guardConflicts = () => {
  document.body.addEventListener("htmx:beforeSwap", keepWhatWasTyped);
  document.body.addEventListener("htmx:afterRequest", moveFocus);
};
