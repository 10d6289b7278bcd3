/* Of a long text the first lines, with a button for the rest.

   Guarantees: on paper stands all of it, and a screen reader reads all of it. */

const LONG = 600; // letters
const LINES = 8;
const isLong = (text) => text.length > LONG || text.split("\n").length > LINES;

const moreButton = () =>
  Object.assign(document.createElement("button"), { type: "button", className: "btn btn-link lees-verder" });

const showLines = (part, button, all) => {
  part.classList.toggle("lees-kort", !all);
  button.setAttribute("aria-expanded", all);
  button.textContent = all ? "Toon minder" : "Lees verder";
};

export const shorten = (part) => {
  const next = part.nextElementSibling;
  const button = next?.matches(".lees-verder") ? next : null;
  if (!isLong(part.textContent)) {
    part.classList.remove("lees-kort");
    button?.remove();
  } else if (!button) {
    part.after(moreButton());
    showLines(part, part.nextElementSibling, false);
  }
};

// Also where there are texts without fields, for who may only read.
export const shortenIn = (place) => {
  for (const part of place.querySelectorAll(".lees > p")) shorten(part);
  place.addEventListener("click", (event) => {
    const button = event.target.closest(".lees-verder");
    if (button) showLines(button.previousElementSibling, button, button.getAttribute("aria-expanded") === "false");
  });
};
