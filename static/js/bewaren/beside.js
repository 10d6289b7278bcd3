/* Beside a field: words of a closed tab that are not in the field, because others are.

   Guarantees: they stand there until somebody puts them in the field or throws them away, and in the
   field they are saved as if they had been typed there. The browser forgets them only once it holds
   the words of the field, so a tab that stops in between loses neither. */

import { inputsOf, setValue, valueOf } from "./fields.js";

const DAY = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
export const whenTyped = ({ op }) => new Date(op).toLocaleString("nl-BE", DAY);

export const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

export const button = (text, onClick) => {
  const made = element("button", { type: "button", className: "btn btn-sm btn-outline-primary" }, text);
  made.addEventListener("click", onClick);
  return made;
};

const isText = (field) => inputsOf(field)[0]?.tagName === "TEXTAREA";

// What somebody sees of a value: the words beside the choice.
const inWords = (field, value) =>
  isText(field)
    ? value
    : (inputsOf(field)
        .find((input) => input.value === value)
        ?.labels?.[0]?.textContent.trim() ?? value);

const takeOver = (field, value) => {
  setValue(field, isText(field) && valueOf(field) ? `${valueOf(field)}\n\n${value}` : value);
  inputsOf(field)[0].dispatchEvent(new Event("input", { bubbles: true }));
  inputsOf(field)[0].focus();
};

// forget: drops the draft. keep: keeps what stands in the field; answers whether that succeeded.
export const showBeside = (field, draft, { forget, keep }) => {
  const box = element(
    "div",
    { className: "niet-verstuurd" },
    element("p", {}, `Dit typte je op ${whenTyped(draft)} in een ander tabblad. Het werd niet verstuurd:`),
    element("blockquote", {}, inWords(field, draft.waarde) || "(leeggemaakt)"),
    button(isText(field) ? "Zet het onder mijn tekst" : "Kies dit", async () => {
      takeOver(field, draft.waarde);
      box.remove();
      if (await keep()) forget();
    }),
    " ",
    button("Gooi het weg", () => {
      forget();
      box.remove();
    }),
  );
  field.append(box);
};
