/* The draft of a new action: it is not in the dossier yet, and does not save itself.

   Guarantees: its words stay in this browser until the page shows an action with those words, also
   when the answer to the button got lost. The server knows by the key of the form which words reached
   it before, so a draft that is sent twice becomes one action. */

import { form } from "./fields.js";
import { keyFor, store } from "./drafts.js";

const newActions = () => form.querySelectorAll(".nieuwe-actie");
const partsOf = (action) => [...action.querySelectorAll("textarea")];
const partName = (input) => input.name.split("-").pop(); // wat, wie or wanneer
const draftKey = (action) => keyFor(partsOf(action)[0].name);
const formKey = (action) => action.querySelector("[name$='-sleutel']");
const isEmpty = (action) => partsOf(action).every((input) => !input.value);

const keep = (action, sent) => {
  if (isEmpty(action)) {
    // Emptied here. Sending an empty one does not touch the draft of another tab.
    if (!sent) store.drop(draftKey(action));
    return;
  }
  const typed = Object.fromEntries(partsOf(action).map((input) => [partName(input), input.value]));
  store.write(draftKey(action), { delen: typed, sleutel: formKey(action).value, verstuurd: sent });
};

const isInPage = (typed) =>
  [...form.querySelectorAll("[name^='actie-'][name$='-wat']")].some((wat) =>
    Object.entries(typed).every(([part, text]) => form.elements[wat.name.replace(/wat$/, part)]?.value === text),
  );

export const bringBackNewActions = () => {
  for (const action of newActions()) {
    const draft = store.read(draftKey(action));
    if (!draft) continue;
    if (draft.verstuurd && isInPage(draft.delen)) {
      store.drop(draftKey(action));
      continue;
    }
    // What the server gave back after a mistake is newer than the draft.
    if (isEmpty(action)) {
      for (const input of partsOf(action)) input.value = draft.delen[partName(input)] ?? "";
      formKey(action).value = draft.sleutel ?? formKey(action).value;
    }
    keep(action, false);
    action.open = true;
  }
};

export const keepNewActions = () => {
  form.addEventListener("input", (event) => {
    const action = event.target.closest(".nieuwe-actie");
    if (action) keep(action, false);
  });
  form.addEventListener("submit", () => {
    for (const action of newActions()) keep(action, true);
  });
};
