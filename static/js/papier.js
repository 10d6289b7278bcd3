/* Paper: words in a box print as text. A browser never spreads a box over two sheets, so a long one
   would leave half a sheet empty, or lose what does not fit on one.

   Guarantees: on the screen nothing changes, and after printing the page is as it was. A field without
   words is marked (is-leeg), so that a sheet can leave it out. Without this file the boxes print. */
(() => {
  "use strict";

  const asText = (box) => {
    const text = document.createElement("div");
    text.className = "op-papier tekst-op-papier";
    text.textContent = box.value;
    box.after(text);
  };

  const takeAway = () => {
    for (const text of document.querySelectorAll(".tekst-op-papier")) text.remove();
    for (const empty of document.querySelectorAll(".is-leeg[data-leeg]")) {
      empty.classList.remove("is-leeg");
      delete empty.dataset.leeg;
    }
  };

  window.addEventListener("beforeprint", () => {
    takeAway();
    for (const box of document.querySelectorAll("main :is(textarea, [type=date], [type=time])")) {
      if (box.value.trim()) {
        if (box.matches("textarea")) asText(box);
        continue;
      }
      const field = box.closest(".veld") ?? box;
      field.classList.add("is-leeg");
      field.dataset.leeg = "";
    }
  });
  window.addEventListener("afterprint", takeAway);
})();
