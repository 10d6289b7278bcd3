/* A new action, in the place where one thought of it.

   Guarantees: the page does not move, unless the form would open where nobody sees it; a form that is closed keeps its words, and opens with them; each
   place has a form and a key of its own, so two half actions never end up in one; without a connection
   the words stay where they are and the line below says so, and while an action is on its way nothing
   can be typed in it that would be lost with the form. To go to another stop makes it too. The focus goes into "Wat" when a form
   opens, back to where it was opened when it closes, and to the new action when it was made. */

import { dropDraftOf } from "../bewaren/drafts.js";
import { form } from "../bewaren/fields.js";
import { renew } from "../bewaren/session.js";

const NO_CONNECTION = "Nog niet gemaakt: geen verbinding. Je woorden blijven hier staan; probeer het straks opnieuw.";
const OUR_MISTAKE = "Nog niet gemaakt: er liep iets mis bij ons. Je woorden blijven hier staan; probeer het opnieuw.";
const LOGGED_OUT = "Nog niet gemaakt: je bent uitgelogd. Log in een ander tabblad opnieuw in en probeer het dan nog eens.";

// The form that other places copy: one that the page has for that (acties/delen/vorm.html), or else that of
// the place that comes from no words.
const example = () => document.querySelector("template.actie-vorm")?.content ?? form?.querySelector(".actie-los");
const openerOf = (place) => form.querySelector(`[data-actie-bij][value="${CSS.escape(place)}"]`);
const boxIn = (action) => action.querySelector("textarea");
const buttonIn = (action) => action.querySelector("button[name=nieuwe_actie]");

// Sixteen bytes of chance: the key by which the server sees that a form came twice.
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const renamed = (fields, from, to) => {
  for (const element of [fields, ...fields.querySelectorAll("*")]) {
    for (const attribute of [...element.attributes]) {
      attribute.value = attribute.value
        .split(",")
        .map((part) => part.replace(`nieuw-${from}-`, `nieuw-${to}-`).replace(`z-${from}`, `z-${to}`))
        .join(",");
    }
  }
};

// What a field says of itself stays beside it in a copy; what was wrong with it does not.
const clear = (input, fields) => {
  if (input.type === "checkbox") input.checked = false;
  else input.value = "";
  input.removeAttribute("aria-invalid");
  const help = fields.querySelector(`#${CSS.escape(input.id)}_helptext`);
  if (help) input.setAttribute("aria-describedby", help.id);
  else input.removeAttribute("aria-describedby");
};

// A copy of that form, under the name of this place.
const formAt = (opener) => {
  const place = opener.value;
  const from = buttonIn(example()).value;
  const fields = example().querySelector(".actie-velden").cloneNode(true);
  renamed(fields, from, place);
  for (const error of fields.querySelectorAll(".veld-fout")) error.remove();
  for (const input of fields.querySelectorAll("textarea, input")) clear(input, fields);
  fields.querySelector("[name$='-sleutel']").value = newKey();
  buttonIn(fields).value = place;
  fields.querySelector(".actie-stand").replaceChildren();
  const quote = Object.assign(document.createElement("p"), { className: "actie-citaat" });
  const action = Object.assign(document.createElement("div"), { className: "nieuwe-actie" });
  action.setAttribute("role", "group");
  action.setAttribute("aria-label", `Nieuwe actie${opener.querySelector(".visually-hidden").textContent.replace(" Bij", " bij")}`);
  action.append(quote, fields);
  opener.after(action);
  window.htmx?.process(action);
  return action;
};

// Those of a field as they stand there now, or of a text that nobody changes.
const wordsAt = (place) =>
  form.elements[place]?.value ?? document.getElementById(`woorden-${place}`)?.innerText.trim() ?? "";

// Opens the form of a place that has words to quote; answers with it.
export const openPlace = (place) => {
  const opener = openerOf(place);
  if (!opener || !example()) return null;
  const action = opener.parentElement.querySelector(".nieuwe-actie") ?? formAt(opener);
  action.querySelector(".actie-citaat").textContent = wordsAt(place);
  action.hidden = false;
  opener.hidden = true;
  return action;
};

const close = (action) => {
  if (action.tagName === "DETAILS") {
    action.open = false;
    action.querySelector("summary").focus();
    return;
  }
  const opener = action.parentElement.querySelector("[data-actie-bij]");
  if (!opener) return; // drawn open by the server: without a way to close there is no way back in
  action.hidden = true;
  opener.hidden = false;
  opener.focus();
};

let asked = null; // the form that somebody opened just now
const onClick = (event) => {
  asked = event.target.closest?.(".actie-los > summary")?.parentElement ?? asked;
  const opener = event.target.closest?.("[data-actie-bij]");
  if (!opener) return;
  const action = openPlace(opener.value);
  if (!action) return;
  event.preventDefault();
  boxIn(action).focus({ preventScroll: true });
  action.scrollIntoView({ block: "nearest" });
};

// Only into one that somebody opened: one that was drawn open says "toggle" too.
const onToggle = (event) => {
  if (event.target === asked && asked.open) boxIn(asked).focus({ preventScroll: true });
  asked = null;
};

// Who leaves a stop with words in an open form, made that action.
const onLeave = (event) => {
  for (const action of event.target.querySelectorAll(".nieuwe-actie:not([hidden], details:not([open]))")) {
    const box = boxIn(action);
    if (box?.value.trim() && !box.readOnly) buttonIn(action).click();
  }
};

const onKey = (event) => {
  const action = event.target.closest?.(".nieuwe-actie");
  if (!action || event.isComposing) return;
  if (event.key === "Escape") {
    event.preventDefault();
    close(action);
  }
  // In a line of one field Enter would send the whole page.
  if (event.key === "Enter" && event.target.matches("input")) {
    const button = buttonIn(action);
    if (!button) return; // it is made with the rest of the page
    event.preventDefault();
    button.click();
  }
};

// The names of the team, the first time that somebody comes to Wie.
const askNames = (event) => {
  const names = event.target.list;
  if (names && !names.options.length) window.htmx?.trigger(names, "vraag");
};

const say = (action, words) => action.querySelector(".actie-stand")?.replaceChildren(words);

const triedAgain = new WeakSet();
const explain = async (button, xhr) => {
  const action = button.closest(".nieuwe-actie");
  if (!xhr?.status) say(action, NO_CONNECTION);
  else if (xhr.status >= 500) say(action, OUR_MISTAKE);
  else if (xhr.getResponseHeader("Sessie") !== null) {
    say(action, LOGGED_OUT);
    if ((await renew()) !== "wij" || triedAgain.has(button)) return;
    triedAgain.add(button);
    button.click();
  }
};

// While it is sent nobody types in it.
const hold = (button, held) => {
  const action = button.closest(".nieuwe-actie");
  for (const input of action?.querySelectorAll("textarea, input") ?? []) input.readOnly = held;
};

let made = "";
let refused = "";
let listed = "";
const isAboutAction = (event) => event.detail.requestConfig?.elt?.matches?.("button[name=nieuwe_actie]");

export const makeInPlace = () => {
  if (!form) return;
  form.addEventListener("click", onClick);
  form.addEventListener("toggle", onToggle, true);
  form.addEventListener("keydown", onKey);
  form.addEventListener("verlaten", onLeave);
  form.addEventListener("focusin", askNames);
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (isAboutAction(event)) hold(event.detail.requestConfig.elt, true);
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (!isAboutAction(event)) return;
    const { xhr } = event.detail;
    if (xhr.status === 403 && xhr.getResponseHeader("Sessie") !== null) event.detail.shouldSwap = false;
    const place = event.detail.requestConfig.elt.value;
    made = xhr.status === 200 ? place : "";
    refused = xhr.status === 422 ? place : "";
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (!isAboutAction(event)) return;
    const button = event.detail.requestConfig.elt;
    if (event.detail.xhr?.status === 200) dropDraftOf(`nieuw-${button.value}-wat`);
    else {
      hold(button, false);
      explain(button, event.detail.xhr);
    }
  });
  // One that stands in the list by now (an answer got lost, the page was loaded anew) stays as it is.
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const id = event.detail.fragment.querySelector?.(".actielijn, .actie-rij")?.id;
    if (!id) return;
    listed = id;
    if (document.getElementById(id)) event.detail.shouldSwap = false;
  });
  // To the line of what was made: in its place, or else in the list.
  document.body.addEventListener("htmx:afterSettle", () => {
    // What is wrong is said beside the box: that is where one goes on.
    if (refused) document.querySelector(`#plaats-${CSS.escape(refused)} textarea`)?.focus({ preventScroll: true });
    refused = "";
    if (!made) return;
    const place = document.getElementById(`plaats-${made}`);
    made = "";
    const line = place?.querySelector(".actie-stil a") ?? document.getElementById(listed)?.querySelector("summary, .rij-open");
    line?.focus({ preventScroll: true });
  });
};

// Runs as soon as it is there; the page works without it.
makeInPlace();
