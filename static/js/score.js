/* A score is set by a click, an arrow key or a digit: 7 is seven, 1 and then quickly 0 is ten. */
(() => {
  "use strict";

  const SECOND_DIGIT = 700; // ms in which a 0 after a 1 makes ten
  let one = 0;

  const choose = (group, value) => {
    const input = group.querySelector(`input[value="${value}"]`);
    if (!input) return;
    // Who chooses from elsewhere on the page (bespreken/keys.js) stays there.
    if (group.contains(document.activeElement)) input.focus();
    input.checked = true;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("keydown", (event) => {
    const group = event.target.closest?.("fieldset.score");
    if (!group || !/^[0-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const ten = event.key === "0" && event.timeStamp - one < SECOND_DIGIT;
    choose(group, ten ? "10" : event.key);
    one = event.key === "1" ? event.timeStamp : -SECOND_DIGIT;
  });

  // What is asked about a score follows it: "We geven een 5, want ...".
  const follow = (event) => {
    const group = event.target.closest?.("fieldset.score");
    const words = group?.closest("section, form").querySelector(".score-woorden");
    if (!words) return;
    const score = group.querySelector("input:checked")?.value ?? "";
    for (const naam of ["want", "hoger"]) {
      const label = words.querySelector(`.veld-${naam} .veld-label`);
      if (!label) continue;
      label.textContent = words.dataset[naam].split("|")[score === "" ? 0 : Number(score) + 1];
      const same = document.querySelector(`:has(+ [data-tekst=${naam}])`);
      if (same) same.textContent = label.textContent;
    }
  };
  document.addEventListener("input", follow);
  document.addEventListener("change", follow);

  // The course of the score is fetched anew after a save; who had it unfolded keeps it so. Unfolding it sooner would
  // ask for no drawing: htmx does not listen to it yet.
  let unfolded = false;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id !== "score-verloop") return;
    unfolded = Boolean(detail.target.querySelector("details[open]"));
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (unfolded) document.getElementById("score-verloop")?.querySelector("details")?.setAttribute("open", "");
    unfolded = false;
  });
})();
