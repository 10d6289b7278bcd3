/* Status: the line below a field says what is true of the text above it.

   Guarantees: a field is `bezig` from the first keystroke until the server answered about that text,
   and never `bewaard` before; what the server says goes into the line by itself (htmx swaps it), what
   only the browser knows is said here. A screen reader hears the help and the error of a field with
   the field, as long as they stand there. */

import { askerOf, byId, inputsOf, nameOf, nowInPage, statusLineOf } from "./fields.js";

// state: bezig, bewaard, conflict, fout or wacht.
export const setState = (field, state) => {
  field.dataset.staat = state;
};

const put = (field, properties, ...words) => {
  const line = Object.assign(document.createElement("p"), properties);
  line.append(...words);
  statusLineOf(field)?.replaceChildren(line);
};

const say = (field, ...words) => put(field, { className: "veld-wacht" }, ...words);

// An input points to what is wrong with it or recognised in it as long as that stands there.
const describe = (field) => {
  const name = nameOf(field);
  const about = ["error", "conflict"].map((what) => `${name}_${what}`).filter(byId);
  const recognised = nowInPage(field).querySelector(".veld-herkenning:not([hidden], :empty)");
  if (recognised) {
    recognised.id = `k_${name}`;
    about.push(recognised.id);
  }
  for (const input of inputsOf(field)) {
    if (about.length) input.setAttribute("aria-describedby", about.join(" "));
    else input.removeAttribute("aria-describedby");
    if (byId(`${name}_error`)) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
};

export const sayHalf = (field) => {
  setState(field, "fout");
  put(
    field,
    { className: "veld-fout", id: `${nameOf(field)}_error` },
    "Maak de datum af, of maak hem helemaal leeg.",
  );
  describe(field);
};

// code: the HTTP status, 0 without an answer. kept: whether this browser holds a draft.
export const sayNotSaved = (field, code, kept) => {
  const stays = kept ? "Je tekst blijft in deze browser staan" : "Laat deze pagina openstaan";
  if (code === 404) {
    const rescue = kept ? stays : "Kopieer je tekst voor je weggaat";
    say(field, `Niet bewaard: je hebt geen toegang meer tot deze pagina. ${rescue}.`);
  } else if (code >= 400) {
    say(field, `Nog niet bewaard: er liep iets mis bij ons. ${stays}; we proberen het opnieuw.`);
  } else if (kept) {
    say(field, `Nog niet bewaard: geen verbinding. ${stays} en wordt verstuurd zodra het kan.`);
  } else {
    say(field, `Nog niet bewaard: geen verbinding. ${stays}, dan proberen we het opnieuw.`);
  }
};

const BUSY_ELSEWHERE = "Nog niet bewaard: op deze computer is nu iemand anders ingelogd. Log zelf weer in, dan wordt je tekst verstuurd.";
const NO_ANSWER = "Nog niet bewaard: geen verbinding. Laat deze pagina openstaan, dan proberen we het opnieuw.";

const logIn = () =>
  Object.assign(document.createElement("a"), {
    href: document.body.dataset.inloggen,
    target: "_blank",
    textContent: "Log opnieuw in (opent een nieuw tabblad)",
  });

// who: who is logged in now. kept: as above.
export const sayLoggedOut = (field, who, kept) => {
  if (who === "ander") say(field, BUSY_ELSEWHERE);
  else if (who === "onbereikbaar") say(field, NO_ANSWER);
  else {
    const stays = kept ? "Hij blijft ook in deze browser staan." : "Laat deze pagina openstaan: hij staat alleen hier.";
    say(field, "Nog niet bewaard: je bent uitgelogd. ", logIn(), `, dan wordt je tekst vanzelf verstuurd. ${stays}`);
  }
};

export const describeFields = () => {
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const asker = askerOf(event);
    if (asker) describe(asker);
  });
};
