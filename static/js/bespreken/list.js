/* The list: what was typed reads as text, and opens on a click or Enter.

   Guarantees: the text of a closed question is what stands in its fields (texts.js); a question of
   which something was not saved, or whose draft came back, is open and stays so until that is settled,
   with all that it is folded in. Who selects text does not open it. An address inside a closed question
   (#...) opens it, and the focus goes there. */

import { fields, form } from "../bewaren/fields.js";
import { shortenIn } from "./shorten.js";
import { showTexts } from "./texts.js";

const FOLD = "details.open-vraag, details.actielijn";

const unfold = (element) => {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
};

const isUnsettled = (field) =>
  !["bewaard", undefined].includes(field.dataset.staat) ||
  Boolean(field.querySelector(".niet-verstuurd, .conflict, .veld-fout"));

const openWhatIsUnsettled = (changes) => {
  for (const { target } of changes) {
    const field = target.closest?.("[data-veld]");
    if (field?.closest("details:not([open])") && isUnsettled(field)) unfold(field);
  }
};

const openTarget = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !form.contains(target)) return;
  const fold = target.closest(FOLD) ?? target.querySelector(FOLD);
  unfold(fold ?? target);
  target.scrollIntoView();
  // A link into the page leaves the focus nowhere; what it opened is where one goes on.
  if (fold && !target.matches("section")) fold.querySelector("summary").focus({ preventScroll: true });
};

// A click on the text of a question opens it, in the box that was clicked.
const onRead = (event) => {
  const text = event.target.closest("[data-tekst]");
  const fold = text?.closest(".vraag, .open-rij")?.querySelector("details.open-vraag");
  if (!fold || fold.contains(text) || String(window.getSelection())) return;
  fold.open = true;
  fold.querySelector(`.veld-${text.dataset.tekst} textarea`)?.focus();
};

// A way to remarks in each question that is open; those that have some come with theirs from the server.
const offerRemarks = () => {
  const all = document.getElementById("opmerkingen-van");
  for (const question of all ? form.querySelectorAll(".vraag[id]:has(> .open-vraag)") : []) {
    if (question.querySelector(".naar-opmerkingen")) continue;
    const way = document.createElement("p");
    way.className = "naar-opmerkingen";
    const link = way.appendChild(document.createElement("a"));
    link.href = `../../opmerkingen/${question.id.slice("vraag-".length)}/`;
    link.append("Opmerking");
    link.setAttribute("aria-label", `Opmerking bij: ${question.querySelector("h3").textContent}`);
    question.querySelector(".open-vraag").append(way);
  }
};

if (form) {
  offerRemarks();
  showTexts();
  shortenIn(form);
  form.addEventListener("click", onRead);
  new MutationObserver(openWhatIsUnsettled).observe(form, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-staat"],
  });
  window.addEventListener("hashchange", openTarget);
  openTarget();
  for (const field of fields()) if (isUnsettled(field)) unfold(field);
}
