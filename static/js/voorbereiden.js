// Counts the chosen questions and their minutes while one chooses, in the words of the template.

const form = document.querySelector("form.voorbereiden");
const sum = form.querySelector("[data-som]");

form.addEventListener("input", () => {
  const chosen = [...form.querySelectorAll("input[name=vragen]:checked")];
  const minutes = chosen
    .map((box) => Number(form.elements[`minuten-${box.value}`].value) || 0)
    .reduce((total, one) => total + one, 0);
  const questions = `${chosen.length} ${chosen.length === 1 ? "vraag" : "vragen"} gekozen`;
  sum.textContent = minutes ? `${questions}, samen ${minutes} minuten` : questions;
});
