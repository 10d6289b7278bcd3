// Plain forms that were changed: whoever leaves without saving is asked first.

const changed = new Set();
for (const form of document.querySelectorAll("form[data-onbewaard]")) {
  // It came back: with something wrong in it, or because somebody else saved meanwhile.
  if (form.dataset.onbewaard || form.querySelector("[aria-invalid]")) changed.add(form);
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", () => changed.delete(form));
}
// The second is asked before the session ends (sessie.js).
for (const leaving of ["beforeunload", "sessie-einde"]) {
  window.addEventListener(leaving, (event) => {
    if (changed.size) event.preventDefault();
  });
}
