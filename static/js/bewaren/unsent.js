/* Unsent: on every page, what this account typed on this computer and the server does not have.

   Guarantees: words that wait for their page are never silent. Each has a way to its page, says what
   has to be done there, shows what it holds, and goes only when somebody throws it away. */

import { button, element, whenTyped } from "./beside.js";
import { drop } from "./vault.js";

const wordsOf = (draft) => (draft.delen ? Object.values(draft.delen).filter(Boolean).join("\n") : draft.waarde);

const hrefOf = (draft) => (draft.veld ? `${draft.pad}#${draft.veld}` : draft.pad);

const whatToDo = ({ delen, knop, staat, reden }) => {
  if (delen) return `De actie staat op haar pagina klaar: kies daar ‘${knop || "Zet bij de acties"}’.`;
  if (staat === "conflict") return "Open de pagina en kies wat je houdt: hier werd intussen iets anders bewaard.";
  return reden || "Open de pagina, dan gaat het vanzelf mee.";
};

const itemOf = ([name, draft], onEmpty) => {
  const item = element(
    "li",
    {},
    element("a", { href: hrefOf(draft) }, draft.label),
    ` (${draft.titel.replace(/\.$/, "")}, ${whenTyped(draft)}). ${whatToDo(draft)} `,
    element(
      "details",
      {},
      element("summary", {}, "Wat staat er?"),
      element("blockquote", {}, wordsOf(draft) || "(leeggemaakt)"),
      button("Gooi het weg", () => {
        drop(name);
        item.remove();
        onEmpty();
      }),
    ),
  );
  return item;
};

// drafts: [name, draft], of closed pages and without a place in this page.
export const showUnsent = (drafts) => {
  if (!drafts.length) return;
  const list = element("ul", {});
  const box = element(
    "section",
    { className: "melding melding-warning nog-te-versturen", ariaLabel: "Nog niet verstuurd" },
    element(
      "p",
      {},
      element("strong", {}, "Nog niet verstuurd. "),
      "Dit typte je op deze computer en de anderen zien het nog niet.",
    ),
    list,
  );
  for (const draft of drafts) list.append(itemOf(draft, () => list.children.length || box.remove()));
  document.getElementById("inhoud").prepend(box);
};
