/* A page that waits for what others do: it asks how far the round is, and loads again when that changed. */

const FAST = 1500; // ms: the screen that all look at
const SLOWEST = 30000; // ms: a phone that lies on the table
const place = document.querySelector("[data-wacht]");
const isPhone = "rustig" in place.dataset;
let pause = FAST;
let timer = 0;
let leaves = false;

const ask = async () => {
  clearTimeout(timer);
  try {
    // Without cookies, so that nothing of this keeps a session alive.
    const answer = await fetch(place.dataset.wacht, {
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(8000),
    });
    if (answer.ok && (await answer.text()) !== place.dataset.stand) {
      // Once: an answer to an earlier question may come after it.
      if (!leaves) location.reload();
      leaves = true;
      return;
    }
  } catch {
    // The wifi is gone for a while.
  }
  if (isPhone) pause = Math.min(pause * 1.5, SLOWEST);
  if (!document.hidden) timer = setTimeout(ask, pause);
};

// A phone that slept comes back where it was, and asks at once.
document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  pause = FAST;
  if (!document.hidden) ask();
});
timer = setTimeout(ask, pause);
