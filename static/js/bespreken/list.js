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

const linkTo = (question, words, href) => {
  const link = document.createElement("a");
  link.href = href;
  link.append(words);
  link.setAttribute("aria-label", `${words} bij: ${question.querySelector("h3").textContent}`);
  return link;
};

// In each question that is open a way to its remarks, and one to say that it works or not; what has
// remarks comes with the way to those from the server.
const offerWays = () => {
  const all = document.getElementById("opmerkingen-van");
  for (const question of all ? form.querySelectorAll(".vraag[id]:has(> .open-vraag)") : []) {
    const code = question.id.slice("vraag-".length);
    const fold = question.querySelector(".open-vraag");
    if (!question.querySelector(".naar-opmerkingen")) {
      const way = document.createElement("p");
      way.className = "naar-opmerkingen";
      way.append(linkTo(question, "Opmerking", `../../opmerkingen/${code}/`));
      fold.append(way);
    }
    const way = document.createElement("p");
    way.className = "naar-werkt";
    const back = encodeURIComponent(`${location.pathname}?weergave=lijst#${question.id}`);
    way.append(linkTo(question, "Werkt dit?", `../../werkt/preventieplan/${code}/?terug=${back}`));
    fold.append(way);
  }
};

if (form) {
  offerWays();
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
