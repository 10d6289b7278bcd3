/* Leaving: what the server does not have yet goes out while the page closes.

   Guarantees: whatever makes the page go (a closed tab, another address, Back), each field that still
   waited is sent in a request that the browser finishes by itself. Such requests hold 60 kB in all.
   What they can't hold, and what is in no draft either, holds the page: the browser asks first, as it
   does for a date of which a part is missing. A page
   that comes back as it was, out of the history of its tab, saves again what it sent. */

import { fields, form, isHalf, nameOf, revisionOf, valueOf } from "./fields.js";
import { isKept, numberOf, pageOf } from "./drafts.js";
import { cancel, save } from "./send.js";
import { renew } from "./session.js";

const HOLDS = 60_000; // bytes of all requests together; browsers refuse more than 64 kB
const NOT_THERE_YET = ["bezig", "wacht"];
const NOT_SAVED = [...NOT_THERE_YET, "fout", "conflict"];

const inState = (states) => [...fields()].filter((field) => states.includes(field.dataset.staat));

const bodyOf = (field) =>
  new URLSearchParams({
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    veld: nameOf(field),
    pagina: pageOf(field),
    [nameOf(field)]: valueOf(field),
    [`${nameOf(field)}_basis`]: revisionOf(field)?.value ?? "0",
    [`${nameOf(field)}_nummer`]: numberOf(field),
  }).toString();

const sendWhileLeaving = () => {
  let room = HOLDS;
  for (const field of inState(NOT_THERE_YET)) {
    if (isHalf(field)) continue;
    const body = bodyOf(field);
    room -= body.length;
    if (room < 0) return;
    cancel(field);
    fetch(field.getAttribute("hx-post"), {
      method: "POST",
      keepalive: true,
      headers: { "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded" },
      body,
    }).catch(() => {
      /* the draft has it */
    });
  }
};

const isTooMuch = () =>
  inState(NOT_THERE_YET).reduce((total, field) => total + bodyOf(field).length, 0) > HOLDS;

const holdThePage = (event) => {
  if (inState(NOT_SAVED).every(isKept) && ![...fields()].some(isHalf) && !isTooMuch()) return;
  event.preventDefault();
  for (const field of inState(["bezig"])) save(field);
};

const comeBack = async (event) => {
  if (!event.persisted) return;
  await renew();
  for (const field of inState(NOT_THERE_YET)) save(field);
};

export const loseNothingOnLeaving = () => {
  let sending = false;
  form.addEventListener("submit", (event) => {
    sending = !event.defaultPrevented; // the whole form goes, so nothing has to be asked
  });
  // Unless somebody stopped that, and typed on.
  form.addEventListener("input", () => {
    sending = false;
  });
  window.addEventListener("beforeunload", (event) => sending || holdThePage(event));
  // The same is asked before the session ends (sessie.js).
  window.addEventListener("sessie-einde", holdThePage);
  window.addEventListener("pagehide", () => sending || sendWhileLeaving());
  window.addEventListener("pageshow", (event) => {
    sending = false;
    comeBack(event);
  });
};
