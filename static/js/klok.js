// A quiet clock for who wants one: a button after each number of minutes that was chosen beforehand.
// It makes no sound, keeps nothing, and a screen reader reads it only when one goes there.

const TICK = 1000; // ms
const MINUTE = 60_000;

let running = null;

function left(ends) {
  const minutes = (ends - Date.now()) / MINUTE;
  if (minutes < 0) return `${Math.ceil(-minutes)} min over tijd`;
  return minutes <= 1 ? "nog geen minuut meer" : `nog ${Math.ceil(minutes)} min`;
}

function stop() {
  if (!running) return;
  clearInterval(running.timer);
  running.button.textContent = running.button.dataset.start;
  running.shown.textContent = "";
  running = null;
}

function start(button, shown, minutes) {
  const ends = Date.now() + minutes * MINUTE;
  const show = () => {
    const text = left(ends);
    if (shown.textContent !== text) shown.textContent = text;
  };
  button.textContent = "Stop de klok";
  running = { button, shown, timer: setInterval(show, TICK) };
  show();
}

for (const place of document.querySelectorAll("[data-klok]")) {
  const button = document.createElement("button");
  const shown = document.createElement("span");
  button.type = "button";
  button.className = "btn btn-sm btn-link";
  button.dataset.start = "Start de klok";
  button.textContent = button.dataset.start;
  shown.className = "klok-nu";
  shown.setAttribute("role", "timer");
  shown.setAttribute("aria-live", "off");
  button.addEventListener("click", () => {
    const was = running;
    stop();
    if (was?.button !== button) start(button, shown, Number(place.dataset.klok));
  });
  place.append(" ", button, " ", shown);
}
