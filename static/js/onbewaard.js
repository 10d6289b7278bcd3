// A plain form that was changed: whoever leaves without saving is asked first.

const form = document.querySelector("form[data-onbewaard]");
let changed = Boolean(form.querySelector("[aria-invalid]"));

form.addEventListener("input", () => {
  changed = true;
});
form.addEventListener("submit", () => {
  changed = false;
});
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
