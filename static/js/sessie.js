/* The end of a session: who presses nothing for long is warned two minutes before, and then logged out.

   Guarantees: the server says when that is, and what moves it is a click or a key here, never what a
   page does by itself. So a page tells of those, at most once in two minutes and always of the last
   one. Before the end what waited to be saved goes out; a page that still holds something which is
   saved nowhere stays, and says so. Any other goes to the login page, which leads back here, so a
   screen that was left shows nothing. A tab that goes on keeps the others too.

   Without this file nobody is warned; what is sent too late comes back on a page (stsdialoog/errors.py). */

import { look, stay } from "./bewaren/session.js";

const WARN = 120; // seconds before the end
const FIRST = 26 * 60; // seconds after which a page looks: a session that it began is not near its end
const TELL = 120_000; // ms between signs of life
const AGAIN = 10; // seconds between looks near the end, after it, and while there is no connection
const TICK = 1000; // ms; a timer of long would stand still in a computer that sleeps

const { inloggen, nog } = document.body.dataset;

const make = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

// Made here: as a part of every page it would be 2% of one.
const title = make("h2", { id: "sessie-kop" });
const text = make("p");
const holdsText = make("p", {}, "Op deze pagina staat iets wat nog niet bewaard is.");
const again = make(
  "p",
  {},
  "Laat ze openstaan, ",
  make("a", { href: inloggen, target: "_blank" }, "log opnieuw in (opent een nieuw tabblad)"),
  " en kom terug: dan kan je hier verder.",
);
const button = make("button", { className: "btn btn-outline-primary", type: "button" });
const dialog = make(
  "dialog",
  { className: "sessie-einde" },
  title,
  make("div", { id: "sessie-uitleg" }, text, holdsText, again),
  button,
);
dialog.setAttribute("aria-labelledby", "sessie-kop");
dialog.setAttribute("aria-describedby", "sessie-uitleg");
document.body.append(dialog);
const isForARoom = document.querySelector("form[data-weg]") !== null;

let lookAt = 0;
let toldAt = Date.now(); // asking for this page was a sign too
let hasSign = false; // one that was not told yet
let isAsking = false;
let hasEnded = false;

// Asks the guards of the page what a browser would ask them; those of fields also save what waited.
const holdsSomething = () => !window.dispatchEvent(new Event("sessie-einde", { cancelable: true }));

const lookIn = (seconds) => {
  lookAt = Date.now() + seconds * 1000;
};

const say = ({ heading, words, holds, answer }) => {
  title.textContent = heading;
  text.textContent = words;
  holdsText.hidden = !holds;
  again.hidden = !hasEnded;
  button.textContent = answer;
  if (!dialog.open) dialog.showModal();
};

const warn = (seconds) => {
  const at = new Date(Date.now() + seconds * 1000);
  const hour = at.toLocaleTimeString("nl-BE", { hour: "2-digit", minute: "2-digit" });
  say({
    heading: "Ben je er nog?",
    words: `Je klikte of typte hier een tijd niet. Om ${hour} word je uitgelogd.`,
    holds: holdsSomething(),
    answer: "Ik ben er nog",
  });
};

const toLogin = () => {
  const here = location.pathname + location.search + location.hash;
  location.assign(`${inloggen}?${new URLSearchParams({ next: here })}`);
};

const end = () => {
  lookIn(AGAIN);
  if (hasEnded) return;
  if (!holdsSomething()) {
    toLogin();
    return;
  }
  hasEnded = true;
  say({ heading: "Je bent uitgelogd", words: "", holds: true, answer: "Sluit" });
};

const follow = ({ who, seconds }) => {
  if (who === "onbereikbaar") lookIn(AGAIN);
  else if (who !== "wij") end();
  else if (seconds > WARN) {
    hasEnded = false;
    if (dialog.open) dialog.close();
    lookIn(seconds - WARN);
  } else {
    warn(seconds);
    lookIn(Math.min(AGAIN, seconds + 1));
  }
};

const ask = async () => {
  if (isAsking) return;
  isAsking = true;
  const tells = hasSign && !hasEnded;
  if (tells) toldAt = Date.now();
  hasSign = false;
  follow(await (tells ? stay(isForARoom) : look()));
  isAsking = false;
};

const onSign = (event) => {
  if (!event.isTrusted) return;
  hasSign = true;
  if (!dialog.open) return;
  // In a talk a digit would answer the question behind it.
  if (event.type === "keydown") event.stopPropagation();
  if (!hasEnded) ask();
};

for (const sign of ["keydown", "pointerdown", "input", "click"]) window.addEventListener(sign, onSign, true);
button.addEventListener("click", () => dialog.close());
// Who comes back to this tab is there too; a room may look at it, after a page of another kind.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  hasSign = true;
  if (hasEnded) ask();
});
setInterval(() => {
  if (Date.now() >= (hasSign ? Math.min(lookAt, toldAt + TELL) : lookAt)) ask();
}, TICK);
lookIn(Math.min(FIRST, Number(nog) - WARN));
