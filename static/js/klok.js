// A quiet clock for who wants one: one button, behind the minutes that the talk may take. A question
// that was given minutes counts along while it is open.
// It makes no sound, keeps nothing, and a screen reader reads it only when one goes there.

const TICK = 1000; // ms
const MINUTE = 60_000;

function left(ms) {
  const minutes = ms / MINUTE;
  if (minutes < 0) return `${Math.ceil(-minutes)} min over tijd`;
  return minutes <= 1 ? "nog geen minuut meer" : `nog ${Math.ceil(minutes)} min`;
}

const clocks = [...document.querySelectorAll("[data-klok]")].map((place) => {
  const shown = document.createElement("span");
  shown.className = "klok-nu";
  shown.setAttribute("role", "timer");
  shown.setAttribute("aria-live", "off");
  place.append(" ", shown);
  return { place, shown, left: 0 };
});
const button = document.createElement("button");
button.type = "button";
button.className = "btn btn-sm btn-link";
button.textContent = "Start de klok";
// That of the talk stands first, above all questions.
clocks[0].shown.before(button, " ");

let timer = null;
let last;

function tick() {
  const now = Date.now();
  for (const clock of clocks) {
    if (!clock.place.checkVisibility()) continue;
    clock.left -= now - last;
    const text = left(clock.left);
    if (clock.shown.textContent !== text) clock.shown.textContent = text;
  }
  last = now;
}

function start() {
  last = Date.now();
  for (const clock of clocks) clock.left = Number(clock.place.dataset.klok) * MINUTE;
  timer = setInterval(tick, TICK);
  tick();
}

function stop() {
  clearInterval(timer);
  timer = null;
  for (const clock of clocks) clock.shown.textContent = "";
}

button.addEventListener("click", () => {
  if (timer) stop();
  else start();
  button.textContent = timer ? "Stop de klok" : "Start de klok";
});
