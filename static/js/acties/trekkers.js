/* Who of the team does an action: htmx sends each tick.

   Guarantees: a tick that was not saved goes back to how it was, and the line below says so. */

const NOT_SAVED = "Niet bewaard. Kijk of je verbinding hebt en nog ingelogd bent, en probeer het opnieuw.";

const teamOf = (event) => event.detail.requestConfig?.elt?.closest?.("[data-trekkers]");
const isRefused = (event) => event.detail.xhr?.status !== 200;

const putBack = (team) => {
  const stood = new Set(Array.from(team.querySelectorAll("input[type=hidden]"), (one) => one.value));
  for (const box of team.querySelectorAll("input[type=checkbox]")) box.checked = stood.has(box.value);
};

const say = (team) => {
  const stand = team.querySelector(".trekkers-stand");
  const words = Object.assign(document.createElement("span"), { className: "veld-fout", textContent: NOT_SAVED });
  stand.querySelector("span")?.remove();
  stand.append(words);
};

document.addEventListener("htmx:beforeSwap", (event) => {
  if (teamOf(event) && isRefused(event)) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterRequest", (event) => {
  const team = teamOf(event);
  if (!team || !isRefused(event)) return;
  putBack(team);
  say(team);
});
