/* Sending: each field saves itself a moment after the last keystroke. The request is htmx's; this
   file decides when it goes.

   Guarantees: what was typed before this script was there goes out too; leaving a field, or the tab,
   saves at once what still waited; a draft is dropped only when what was sent is what stands there
   now; without a connection, after a mistake of ours, or once this account is logged in again, every
   field is tried again until the server took it or said why not. Each request carries the how
   many-th change of its field it holds, so the server never puts an older one on top. Sending the
   whole form (a button) cancels what waited: the server gets every field. A date of which a part is
   missing never goes out: it would be an empty one. */

import {
  askerOf,
  fieldAround,
  fields,
  form,
  isAsDrawn,
  isHalf,
  nameOf,
  nowInPage,
  valueOf,
} from "./fields.js";
import { count, dropDraft, isKept, keepDraft, numberOf, pageOf, typedHere } from "./drafts.js";
import { page } from "./tabs.js";
import { renew } from "./session.js";
import { sayHalf, sayLoggedOut, sayNotSaved, setState } from "./status.js";

const WAIT_TYPING = 900; // ms after the last keystroke
const WAIT_CHOICE = 350; // ms after a choice: arrow keys pass over several
const WAIT_SCORE = 900; // ms after a score: longer than score.js waits for the 0 of ten
const RETRY = 8000; // ms between tries while there is no connection
const ANSWERED = [403, 409, 422]; // the server said what is wrong; trying again would not help

const timers = new WeakMap();
const sent = new WeakMap();
const waiting = new Set();
const renewedFor = new WeakSet(); // fields that got a fresh token since their last save
const halves = new WeakSet(); // dates that were found half typed
let isLoggedOut = false;
let told = ""; // who is logged in now, as the page says

const isUnderWay = (field) => timers.has(field);
// Whether nothing was typed since the last request went out.
export const isAsSent = (field) => valueOf(field) === sent.get(field);

export const cancel = (field) => {
  clearTimeout(timers.get(field));
  timers.delete(field);
};

export const save = (field) => {
  cancel(field);
  if (isHalf(field)) {
    halves.add(field);
    sayHalf(field);
    return;
  }
  halves.delete(field);
  window.htmx.trigger(field, "bewaar");
};

// What an element still had waiting goes out at once.
export const saveUnderWay = (element) => {
  for (const field of fields()) if (element.contains(field) && isUnderWay(field)) save(field);
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
  count(field);
  setState(field, "bezig");
  keepDraft(field, "");
  saveLater(field, wait);
};

const onInput = (event) => {
  const field = fieldAround(event.target);
  if (field && event.target.name === nameOf(field)) onTyped(field, waitAfter(event.target));
};

const onLeave = (event) => {
  // From one choice to the next is not leaving.
  if (event.relatedTarget?.name && event.relatedTarget.name === event.target.name) return;
  const field = fieldAround(event.target);
  if (field && (isUnderWay(field) || isHalf(field) || halves.has(field))) save(field);
};

const onConfigure = (event) => {
  const field = fieldAround(event.detail.elt);
  if (!field) return;
  if (isHalf(field) && event.detail.parameters[`${nameOf(field)}_keuze`] !== "andere") {
    event.preventDefault();
    save(field);
    return;
  }
  const { parameters } = event.detail;
  const name = nameOf(field);
  // htmx takes the whole form along.
  const own = ["csrfmiddlewaretoken", name, ...["basis", "keuze", "andere"].map((what) => `${name}_${what}`)];
  for (const other of Object.keys(parameters)) if (!own.includes(other)) delete parameters[other];
  Object.assign(parameters, { veld: name, pagina: pageOf(field), [`${name}_nummer`]: numberOf(field) });
};

const onRequest = (event) => {
  const field = fieldAround(event.detail.elt);
  if (!field) return;
  sent.set(field, valueOf(field));
  setState(field, "bezig");
};

const isAboutSession = (xhr) => xhr?.status === 403 && xhr.getResponseHeader("Sessie") !== null;

// What is true of a refused token, the page finds out by itself.
const onSwap = (event) => {
  if (isAboutSession(event.detail.xhr) && askerOf(event)) event.detail.shouldSwap = false;
};

const NO_WAY_BACK = "Je hebt geen toegang meer tot deze pagina. Kopieer wat je wil houden.";

const sayWhyNot = async (field, code) => {
  setState(field, "wacht");
  waiting.add(field);
  const kept = await keepDraft(field, code === 404 ? NO_WAY_BACK : "");
  if (field.dataset.staat === "wacht") sayNotSaved(field, code, kept);
};

const waitForSession = async (field) => {
  setState(field, "wacht");
  waiting.add(field);
  const kept = await keepDraft(field, "");
  const who = await renew();
  if (who === "wij" && !renewedFor.has(field)) {
    renewedFor.add(field);
    save(field);
    return;
  }
  isLoggedOut = true;
  told = who;
  sayLoggedOut(field, who, kept);
};

const onRefused = (field, code) => {
  setState(field, code === 409 ? "conflict" : "fout");
  keepDraft(field);
};

const onSaved = (field, asker) => {
  renewedFor.delete(field);
  if (field !== asker || isAsSent(field)) dropDraft(field);
  typedHere(field);
  setState(field, isUnderWay(field) ? "bezig" : "bewaard");
  if (nameOf(field).endsWith("-score")) window.htmx.trigger(document.body, "score-bewaard");
};

const onAnswer = (event) => {
  const asker = askerOf(event);
  if (!asker) return;
  const field = nowInPage(asker);
  const { xhr } = event.detail;
  const code = xhr?.status ?? 0;
  waiting.delete(field);
  if (code >= 200 && code < 300) onSaved(field, asker);
  else if (isAboutSession(xhr)) waitForSession(field);
  else if (ANSWERED.includes(code)) onRefused(field, code);
  else sayWhyNot(field, code);
  // Meanwhile somebody began to change the date that was sent.
  if (halves.has(field)) sayHalf(field);
};

// Whether this account is logged in again; if not, what the page says stays true.
const isBack = async () => {
  const who = await renew();
  if (who !== "wij" && who !== told) for (const field of waiting) sayLoggedOut(field, who, isKept(field));
  told = who;
  return who === "wij";
};

const tryAgain = async () => {
  if (!waiting.size || (isLoggedOut && document.hidden)) return;
  if (isLoggedOut && !(await isBack())) return;
  isLoggedOut = false;
  const again = [...waiting];
  waiting.clear();
  for (const field of again) if (field.isConnected) save(field);
};

// A tab that is put aside may be stopped there.
const onHidden = () => {
  if (document.hidden) saveUnderWay(form);
  else tryAgain();
};

const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });

// A date in a new action is in no field; there the browser tells of it.
const holdForHalf = (event) => {
  const half = [...form.querySelectorAll("input[type=date]")].filter((input) => input.validity.badInput);
  if (!half.length) return false;
  event.preventDefault();
  for (const field of half.map(fieldAround)) if (field) save(field);
  half[0].closest("details")?.setAttribute("open", "");
  half[0].focus();
  if (!fieldAround(half[0])) half[0].reportValidity();
  return true;
};

// Tells the server in which page a whole form was typed and in which order, and stops what waited.
const onWholeForm = () => {
  form.noValidate = true; // a half date is told of here, in our own words
  form.addEventListener("submit", (event) => {
    if (holdForHalf(event)) return;
    form.append(hidden("pagina", page));
    for (const field of fields()) {
      clearTimeout(timers.get(field));
      if (numberOf(field)) form.append(hidden(`${nameOf(field)}_nummer`, numberOf(field)));
    }
  });
};

// On a slow line somebody can be quicker than this script. After a reload or "back" a difference says
// nothing: there the browser itself puts older words in the fields.
export const sendWhatWasTypedBefore = () => {
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
  for (const field of fields()) if (!isAsDrawn(field)) onTyped(field, WAIT_TYPING);
};

export const sendByThemselves = () => {
  form.addEventListener("input", onInput);
  form.addEventListener("focusout", onLeave);
  document.body.addEventListener("htmx:configRequest", onConfigure);
  document.body.addEventListener("htmx:beforeRequest", onRequest);
  document.body.addEventListener("htmx:beforeSwap", onSwap);
  document.body.addEventListener("htmx:afterRequest", onAnswer);
  document.addEventListener("visibilitychange", onHidden);
  window.addEventListener("online", tryAgain);
  setInterval(tryAgain, RETRY);
  onWholeForm();
};
