/* The road: one stop of the page at a time.

   Guarantees: all stops are in the page, so going from one to another needs no server and nothing that
   was typed goes away with it; what the stop that is left had not sent yet, goes out at once. Each stop
   has its own address, and Back goes to the stop before. A dot says what its stop came to as soon as
   that is chosen, and a stop in which something was not saved is never silent: its dot says so, and a
   line with a way to it. What has an address inside a stop (#...) is shown with its stop. */

import { fields } from "../bewaren/fields.js";
import { saveUnderWay } from "../bewaren/send.js";

const form = document.querySelector("form[data-weg]");
const NOT_SAVED = ["wacht", "fout", "conflict"];

export const stops = () => [...form.querySelectorAll("[data-stop]")];
export const current = () => stops().find((stop) => !stop.hidden);
const stopNamed = (code) => stops().find((stop) => stop.dataset.stop === code);
const stopAround = (element) => element?.closest?.("[data-stop]") ?? null;
const dotOf = (stop) => form.querySelector(`[data-stip="${stop.dataset.stop}"]`);

// --- what each stop came to ------------------------------------------------------------------------

const resultOf = (stop) => {
  const chosen = stop.querySelector("fieldset input:checked");
  if (chosen) return [chosen.value, chosen.value ? chosen.nextElementSibling.firstChild.textContent : ""];
  const isFilled = [...stop.querySelectorAll("[data-veld] textarea")].some((box) => box.value.trim());
  return isFilled ? ["vol", "ingevuld"] : ["", ""];
};

// A stop whose dot was drawn with nothing to come to, like the end, keeps it so.
const showResult = (stop) => {
  if (!stop.querySelector("[data-veld] textarea, fieldset") || stop.querySelector("details [data-veld]")) return;
  const [value, words] = resultOf(stop);
  const dot = dotOf(stop);
  dot.dataset.waarde = value;
  dot.querySelector("[data-woorden]").textContent = words;
};

const isWrong = (stop) =>
  [...fields()].some((field) => stop.contains(field) && NOT_SAVED.includes(field.dataset.staat)) ||
  Boolean(stop.querySelector(".niet-verstuurd, .conflict, .veld-fout, .actie-stand:not(:empty)"));

const linkTo = (stop) => {
  const dot = dotOf(stop);
  const link = document.createElement("a");
  link.href = dot.href;
  link.dataset.naarStop = stop.dataset.stop;
  link.textContent = dot.textContent.split(":")[0].trim();
  return link;
};

let told = "";
const tellWhatIsWrong = () => {
  const wrong = stops().filter((stop) => {
    const is = isWrong(stop);
    dotOf(stop).classList.toggle("let-op", is);
    return is && stop !== current();
  });
  const now = wrong.map((stop) => stop.dataset.stop).join();
  if (now === told) return;
  told = now;
  const line = form.querySelector("[data-let-op]");
  line.replaceChildren();
  if (wrong.length) line.append("Nog niet bewaard: ");
  wrong.forEach((stop, place) => line.append(...(place ? [", "] : []), linkTo(stop)));
};

// --- going from one to another ---------------------------------------------------------------------

const turnButton = (button) => {
  const there = stops()[stops().indexOf(current()) + Number(button.dataset.naar)];
  button.hidden = !there;
  if (!there) return;
  if (button.href === undefined) button.value = there.dataset.stop;
  else button.href = dotOf(there).href;
};

const show = (stop) => {
  const from = current();
  if (from && from !== stop) {
    saveUnderWay(from);
    from.dispatchEvent(new CustomEvent("verlaten", { bubbles: true }));
  }
  for (const one of stops()) one.hidden = one !== stop;
  for (const dot of form.querySelectorAll("[data-stip]")) {
    if (dot === dotOf(stop)) dot.setAttribute("aria-current", "step");
    else dot.removeAttribute("aria-current");
  }
  form.querySelector("[data-stop-nu]").value = stop.dataset.stop;
  for (const button of form.querySelectorAll("[data-naar]")) turnButton(button);
  tellWhatIsWrong();
  stop.dispatchEvent(new CustomEvent("getoond", { bubbles: true }));
};

const arriveAt = (stop) => {
  stop.querySelector(".stop-vraag")?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
};

export const goTo = (stop) => {
  if (!stop || stop === current()) return;
  show(stop);
  history.pushState({ stop: stop.dataset.stop }, "", dotOf(stop).href);
  arriveAt(stop);
};

export const goBy = (step) => goTo(stops()[stops().indexOf(current()) + step]);

const showTarget = (hash) => {
  const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  const stop = stopAround(target);
  if (!stop) return false;
  if (stop !== current()) goTo(stop);
  for (let around = target; around && around !== stop; around = around.parentElement) {
    if (around.tagName === "DETAILS") around.open = true;
  }
  if (target !== stop) {
    target.scrollIntoView({ block: "nearest" });
    (target.querySelector("textarea, input:not([type=hidden]), summary") ?? target).focus();
  }
  return true;
};

const stopOfAddress = () => stopNamed(new URLSearchParams(location.search).get("stop")) ?? stops()[0];

const onClick = (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest?.("[data-naar], [data-stip], [data-naar-stop], a[href^='#']");
  if (!link || !form.contains(link)) return;
  const { naar, stip, naarStop } = link.dataset;
  // Who double-clicks everything comes one stop further, not two.
  if (naar) goBy(event.detail === 2 ? 0 : Number(naar));
  else if (stip || naarStop) goTo(stopNamed(stip ?? naarStop));
  else if (!showTarget(link.hash)) return;
  event.preventDefault();
};

// A part that sums up the others is asked for when it is shown, and again when a save lands meanwhile:
// also one that lands while the part is on its way, or is there and does not listen yet.
let saves = 0;
let asked = 0; // how many saves there were when it was asked for
const isSum = (event) => event.target.matches?.("[data-vers]");
const freshen = () => {
  const part = current()?.querySelector("[data-vers]");
  if (part) window.htmx?.trigger(part, "vernieuw");
};

const watch = () => {
  const onChange = (event) => {
    const stop = stopAround(event.target);
    if (stop) showResult(stop);
  };
  form.addEventListener("input", onChange);
  form.addEventListener("change", onChange);
  form.addEventListener("getoond", freshen);
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig?.verb !== "post") return;
    for (const stop of stops()) showResult(stop);
    saves += 1;
    freshen();
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (isSum(event)) asked = saves;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (isSum(event) && asked !== saves) freshen();
  });
  // Drafts that come back, and answers of the server.
  new MutationObserver(tellWhatIsWrong).observe(form, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-staat"],
  });
};

export const walkTheRoad = () => {
  for (const stop of stops()) showResult(stop);
  show(current() ?? stopOfAddress());
  form.addEventListener("click", onClick);
  window.addEventListener("popstate", () => {
    const stop = stopOfAddress();
    if (stop !== current()) {
      show(stop);
      arriveAt(stop);
    }
  });
  window.addEventListener("hashchange", () => showTarget(location.hash));
  watch();
  showTarget(location.hash);
};

