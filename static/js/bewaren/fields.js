/* The fields that save themselves, as they are in the page now.

   Guarantees: a field is known by its name alone, so whatever the server drew anew in the meantime is
   found again; a group of radio buttons is one field with one value. A name is written once: the input has it,
   and the element that a link leads to (its input or its fieldset) has it as its id. Nothing here changes by itself. */

export const form = document.querySelector("form[data-dossier]");

export const byId = (id) => document.getElementById(id);

export const fields = () => form.querySelectorAll("[data-veld]");
export const fieldAround = (element) => element.closest?.("[data-veld]") ?? null;
export const nameOf = (field) => field.querySelector("[name]").name;
export const inputsOf = (field) => [...form.elements].filter((input) => input.name === nameOf(field));

export const labelOf = (field) => field.querySelector(".veld-label")?.textContent.trim() ?? "";

// Where the server writes how a save went, and the revision that the text in the page started from.
export const statusLineOf = (field) => nowInPage(field).querySelector(".veld-status");
export const revisionOf = (field) => form.elements.namedItem(`${nameOf(field)}_basis`);

export const currentInput = (field) => {
  const inputs = inputsOf(field);
  return inputs[0]?.type === "radio" ? inputs.find((input) => input.checked) : inputs[0];
};

export const valueOf = (field) => currentInput(field)?.value ?? "";

// A date of which a part is missing: its value is empty, but nobody emptied it.
export const isHalf = (field) => Boolean(field.querySelector("input[type=date]")?.validity.badInput);

const drawnValue = (input) =>
  input.options
    ? ([...input.options].find((option) => option.defaultSelected) ?? input.options[0])?.value
    : input.defaultValue;

// Whether a field still has what the server drew in it.
export const isAsDrawn = (field) =>
  inputsOf(field).every((input) =>
    input.type === "radio" ? input.checked === input.defaultChecked : input.value === drawnValue(input),
  );

export const setValue = (field, value) => {
  for (const input of inputsOf(field)) {
    if (input.type === "radio") input.checked = input.value === value;
    else input.value = value;
  }
};

// After a choice between two texts the server draws the whole field anew.
export const nowInPage = (field) =>
  field.isConnected ? field : (byId(nameOf(field))?.closest("[data-veld]") ?? field);

// The field that a request of htmx was about, if it was about one.
export const askerOf = (event) => fieldAround(event.detail.requestConfig?.elt ?? document.body);
