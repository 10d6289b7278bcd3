/* Sending: each field saves itself a moment after the last keystroke. The request is htmx's; this
   file decides when it goes.

   Guarantees: what was typed before this script was there goes out too; leaving a field saves at once
   what still waited; a draft is dropped only when what was sent is what stands there now; without a
   connection, or after a mistake of ours, every field is tried again until the server took it or said
   why not. Sending the whole form (a button) cancels what waited: the server gets every field. */

import { askerOf, fieldAround, fields, form, isAsDrawn, nameOf, nowInPage, valueOf } from "./fields.js";
import { dropDraft, hasDraft, keepDraft, page, pageOf, typedHere } from "./drafts.js";
import { sayNotSaved, setState } from "./status.js";

const WAIT_TYPING = 900; // ms after the last keystroke
const WAIT_CHOICE = 350; // ms after a choice: arrow keys pass over several
const WAIT_SCORE = 900; // ms after a score: longer than score.js waits for the 0 of ten
const RETRY = 8000; // ms between tries while there is no connection
const ANSWERED = [403, 409, 422]; // the server said what is wrong; trying again would not help

const timers = new WeakMap();
const sent = new WeakMap();
const waiting = new Set();

const isUnderWay = (field) => timers.has(field);
// Whether nothing was typed since the last request went out.
export const isAsSent = (field) => valueOf(field) === sent.get(field);

const cancel = (field) => {
  clearTimeout(timers.get(field));
  timers.delete(field);
};

export const save = (field) => {
  cancel(field);
  window.htmx.trigger(field, "bewaar");
};

const saveLater = (field, wait) => {
  cancel(field);
  timers.set(field, setTimeout(() => save(field), wait));
};

const waitAfter = (input) => {
  if (input.type !== "radio") return WAIT_TYPING;
  return input.closest(".score") ? WAIT_SCORE : WAIT_CHOICE;
};

const onTyped = (field, wait) => {
  keepDraft(field);
  setState(field, "bezig");
  saveLater(field, wait);
};

const onInput = (event) => {
  const field = fieldAround(event.target);
  if (field) onTyped(field, waitAfter(event.target));
};

const onLeave = (event) => {
  // From one choice to the next is not leaving.
  if (event.relatedTarget?.name && event.relatedTarget.name === event.target.name) return;
  const field = fieldAround(event.target);
  if (field && isUnderWay(field)) save(field);
};

const onConfigure = (event) => {
  const field = fieldAround(event.detail.elt);
  if (field) event.detail.parameters.pagina = pageOf(field);
};

const onRequest = (event) => {
  const field = fieldAround(event.detail.elt);
  if (!field) return;
  sent.set(field, valueOf(field));
  setState(field, "bezig");
};

const onAnswer = (event) => {
  const asker = askerOf(event);
  if (!asker) return;
  const field = nowInPage(asker);
  const code = event.detail.xhr?.status ?? 0;
  waiting.delete(field);
  if (code >= 200 && code < 300) {
    if (field !== asker || isAsSent(field)) dropDraft(field);
    typedHere(field);
    setState(field, isUnderWay(field) ? "bezig" : "bewaard");
    if (nameOf(field).endsWith("-score")) window.htmx.trigger(document.body, "score-bewaard");
    return;
  }
  setState(field, code === 409 ? "conflict" : "fout");
  if (ANSWERED.includes(code)) return;
  sayNotSaved(field, code, keepDraft(field));
  if (code !== 404) waiting.add(field);
};

const tryAgain = () => {
  const again = [...waiting];
  waiting.clear();
  for (const field of again) if (field.isConnected) save(field);
};

// Tells the server in which page a whole form was typed, and stops what still waited.
const onWholeForm = () => {
  const ours = document.createElement("input");
  Object.assign(ours, { type: "hidden", name: "pagina", value: page });
  form.append(ours);
  form.addEventListener("submit", () => {
    for (const field of fields()) clearTimeout(timers.get(field));
  });
};

// On a slow line somebody can be quicker than this script. After a reload or "back" a difference says
// nothing: there the browser itself puts older words in the fields.
export const sendWhatWasTypedBefore = () => {
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
  for (const field of fields()) if (!isAsDrawn(field) && !hasDraft(field)) onTyped(field, WAIT_TYPING);
};

export const sendByThemselves = () => {
  form.addEventListener("input", onInput);
  form.addEventListener("focusout", onLeave);
  document.body.addEventListener("htmx:configRequest", onConfigure);
  document.body.addEventListener("htmx:beforeRequest", onRequest);
  document.body.addEventListener("htmx:afterRequest", onAnswer);
  window.addEventListener("online", tryAgain);
  setInterval(tryAgain, RETRY);
  onWholeForm();
};
