/* Remarks open beside the page that they are about, and close without leaving it.

   Guarantees: without this file the same links are pages. What was typed and not sent is asked about
   before another place, or none, takes its turn. The focus goes to the panel, and back to its link. */

const ASK = "Wat je typte, is nog niet geplaatst. Toch weg?";

let panel;
let opener;

const typed = () => [...panel.querySelectorAll("textarea")].some((box) => box.value.trim());
const mayGo = () => panel.hidden || !typed() || window.confirm(ASK);

const close = () => {
  if (!mayGo()) return;
  panel.hidden = true;
  panel.lastElementChild.replaceChildren();
  opener.focus();
};

const words = (count) => (count ? `${count} opmerking${count === 1 ? "" : "en"}` : "Opmerking");

const show = () => {
  const part = panel.querySelector("#opmerkingen");
  if (!part) return;
  panel.hidden = false;
  opener.firstChild.data = words(Number(part.dataset.aantal));
  (part.querySelector("[aria-invalid]") ?? part.querySelector("h2")).focus({ preventScroll: true });
};

// Not before it stands beside the page: how it looks comes along with the first part.
const showInPlace = () => {
  const sheet = panel.querySelector("link");
  if (!sheet || sheet.sheet) show();
  else sheet.addEventListener("load", show, { once: true });
};

const build = () => {
  panel = document.createElement("aside");
  panel.className = "naast";
  panel.hidden = true;
  panel.setAttribute("aria-label", "Opmerkingen");
  const button = document.createElement("button");
  button.className = "btn btn-link";
  button.type = "button";
  button.textContent = "Sluit";
  button.addEventListener("click", close);
  panel.append(button, document.createElement("div"));
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  panel.addEventListener("htmx:afterSettle", showInPlace);
  for (const leaving of ["beforeunload", "sessie-einde"]) {
    window.addEventListener(leaving, (event) => !panel.hidden && typed() && event.preventDefault());
  }
  document.getElementById("inhoud").append(panel);
};

export const openBeside = (link) => {
  if (!panel) build();
  if (!mayGo()) return;
  opener = link;
  window.htmx.ajax("GET", link.href, { target: panel.lastElementChild });
};
