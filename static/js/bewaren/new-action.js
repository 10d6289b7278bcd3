/* The draft of a new action: it is not in the dossier yet, and does not save itself.

   Guarantees: its words stay in this browser until the page shows an action with those words, also
   when the answer to the button got lost. The server knows by the key of the form which words reached
   it before, so a draft that is sent twice becomes one action. */

import { openPlace } from "../acties/place.js";
import { form } from "./fields.js";
import { dropDraftOf, putDraft } from "./drafts.js";
import { drop } from "./vault.js";

const newActions = () => [...form.querySelectorAll(".nieuwe-actie")];
const partsOf = (action) => [...action.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox])")];
const partName = (input) => input.name.split("-").pop(); // wat, wie or wanneer
const nameOf = (action) => partsOf(action)[0].name;
const formKey = (action) => action.querySelector("[name$='-sleutel']");
const buttonOf = (action) => action.querySelector("[name='nieuwe_actie']");
const isEmpty = (action) => partsOf(action).every((input) => !input.value);
// One can begin with words of an action before it.
const isAsDrawn = (action) => partsOf(action).every((input) => input.value === input.defaultValue);

const keep = (action) => {
  if (isEmpty(action)) {
    dropDraftOf(nameOf(action));
    return Promise.resolve(true);
  }
  const delen = Object.fromEntries(partsOf(action).map((input) => [partName(input), input.value]));
  return putDraft(nameOf(action), {
    formulier: nameOf(action),
    label: "Een nieuwe actie",
    knop: buttonOf(action)?.textContent.trim(),
    delen,
    sleutel: formKey(action).value,
  });
};

const isIn = (partOf, delen) => Object.entries(delen).every(([part, text]) => partOf(part) === text);

// Also in a row of text, where a part that is empty is not there.
const isInPage = ({ delen }) =>
  [...form.querySelectorAll("[name^='actie-'][name$='-wat']")].some((wat) =>
    isIn((part) => form.elements[wat.name.replace(/wat$/, part)]?.value, delen),
  ) ||
  [...form.querySelectorAll(".actie-rij")].some((row) =>
    isIn((part) => row.querySelector(`[data-tekst='${part}']`)?.textContent ?? "", delen),
  );

const bringBack = async (action, name, draft) => {
  for (const input of partsOf(action)) input.value = draft.delen[partName(input)] ?? "";
  formKey(action).value = draft.sleutel ?? formKey(action).value;
  // In a list its question may be closed.
  for (let fold = action; fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  if (await keep(action)) drop(name);
};

// Of a sign that can't be shown the server makes another one.
const asShown = (text = "") => text.replace(/[\0\uFFFD]/g, "").replace(/\r\n?/g, "\n");
const holds = (action, { delen }) =>
  partsOf(action).every((input) => asShown(input.value) === asShown(delen[partName(input)]));

const isFor = (draft) => (action) => nameOf(action) === draft.formulier;

// The form that a draft can go back into: what somebody typed there since is newer. One that came back
// with an error holds its words already; one that was opened in its place (../acties/place.js) is
// opened there again.
const formFor = (draft) => {
  if (draft.dossier !== form.dataset.dossier) return undefined;
  if (!newActions().some(isFor(draft))) openPlace(draft.formulier.replace(/^nieuw-|-wat$/g, ""));
  return newActions().find((action) => isFor(draft)(action) && (isEmpty(action) || isAsDrawn(action) || holds(action, draft)));
};

// Puts drafts back into the page; answers with those that have no place in it. Two for one form wait
// their turn.
export const bringBackNewActions = async (drafts) => {
  const elsewhere = [];
  for (const [name, draft] of drafts) {
    const action = draft.delen && !isInPage(draft) ? formFor(draft) : undefined;
    if (draft.delen && isInPage(draft)) drop(name);
    else if (action) await bringBack(action, name, draft);
    else elsewhere.push([name, draft]);
  }
  return elsewhere;
};

export const keepNewActions = () => {
  form.addEventListener("input", (event) => {
    const action = event.target.closest(".nieuwe-actie");
    if (action) keep(action);
  });
};
