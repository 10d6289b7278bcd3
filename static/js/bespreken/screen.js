/* The whole screen: a button beside the browser's own F11. What goes away then is in the style sheet
   (display-mode: fullscreen), so that both do the same. A browser that can't shows no button. */

export const fillTheScreen = () => {
  const button = document.querySelector("[data-beeldvullend]");
  if (!button || !document.fullscreenEnabled) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen();
    } catch {
      // Refused: the page stays as it is.
    }
    // The button goes away with the rest: keys go on from the stop.
    document.querySelector("[data-stop]:not([hidden]) .stop-vraag")?.focus({ preventScroll: true });
  });
};
