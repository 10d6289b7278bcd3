/* Rows: a row of text opens for editing in its place, and becomes text again; a new one is put under the others.

   Guarantees: a row closes only when the server has all that was typed in it; until then it stays
   open. Words that wait in this browser for a field of a closed row open it, and so does a link to
   that field. Without a connection a row stays as it is, and says so. Without this file the address
   of the row opens it. */

import { beforeBringBack } from "./drafts.js";
import { byId, form } from "./fields.js";
import { isAsSent, save } from "./send.js";

const FIELD = /^#?(actie-[0-9a-f-]{36})-/;
const NO_WAY = "Dat lukt nu niet: er is geen verbinding. Probeer het straks opnieuw.";
const STAYS = "Nog niet alles is bewaard: kijk hierboven.";

// So that its fields can save as soon as they are there.
const AT_ONCE = { swapStyle: "beforebegin", swapDelay: 0, settleDelay: 0, ignoreTitle: true };

const opener = (row) => row?.querySelector("a.rij-open");
const closed = (row) => row?.querySelector("[data-rij-dicht]")?.dataset.rijDicht;
const isMoved = (row) => [...row.querySelectorAll(".veld-hoort_bij option")].some((one) => one.selected !== one.defaultSelected);
const fieldsIn = (row) => [...row.querySelectorAll("[data-veld]")];
const isSettled = (field) => !field.dataset.staat || (field.dataset.staat === "bewaard" && isAsSent(field));
const isBusy = (field) => field.dataset.staat === "bezig" || (field.dataset.staat === "bewaard" && !isAsSent(field));

const say = (row, words) => {
  const known = row.querySelector(".rij-stand");
  const line = known ?? Object.assign(document.createElement("p"), { className: "rij-stand", role: "status" });
  if (!known) row.cells[0].append(line);
  line.textContent = words;
};

// The row as the server draws it now; nothing when it has none for us (struck, logged out).
const fetchRow = async (row, address) => {
  const response = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store" });
  const part = response.ok && !response.redirected ? await response.text() : "";
  return part.includes(`id="${row.id}"`) ? part : null;
};

// Answers with the row that took its place, if one did.
const draw = async (row, address, mayStill = () => true) => {
  try {
    const fresh = await fetchRow(row, address);
    if (!row.isConnected || !mayStill()) return null;
    if (fresh) {
      window.htmx.swap(row, fresh, AT_ONCE);
      row.remove();
    } else if (opener(row)) location.assign(opener(row).href);
    return fresh ? byId(row.id) : null;
  } catch {
    say(row, NO_WAY);
    return null;
  }
};

// `rij` asks for the row alone; the link itself is the address of the whole page.
const open = (row) => {
  const address = new URL(opener(row).href);
  address.searchParams.set("rij", row.id.replace("actie-", ""));
  address.hash = "";
  return draw(row, address);
};

const focusIn = (row, name) => {
  const input = row.querySelector(`[name="${row.id}-${name}"]`) ?? row.querySelector("textarea");
  input?.focus();
  input?.setSelectionRange?.(input.value.length, input.value.length);
};

const openAndFocus = async (row, name) => {
  const fresh = await open(row);
  if (fresh) focusIn(fresh, name);
};

// One look after each answer: htmx sends what still waited for it only then.
const nextAnswer = () =>
  new Promise((resolve) => {
    document.body.addEventListener("htmx:afterRequest", () => setTimeout(resolve), { once: true });
  });

const close = async (row) => {
  for (const field of fieldsIn(row)) if (field.dataset.staat === "bezig" && !isAsSent(field)) save(field);
  while (fieldsIn(row).some(isBusy)) await nextAnswer();
  const settled = () => fieldsIn(row).every(isSettled);
  if (settled()) opener(await draw(row, closed(row), settled))?.focus();
  else say(row, STAYS);
};

const onClick = (event) => {
  const row = event.target.closest(".actie-rij");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (closed(row)) {
    // An action that was put elsewhere in the plan stands elsewhere on the page: that is drawn whole.
    if (event.target.closest("[name=klaar]") && !isMoved(row)) {
      event.preventDefault();
      close(row);
    }
    return;
  }
  if (!opener(row) || String(getSelection())) return;
  event.preventDefault();
  openAndFocus(row, event.target.closest("[data-veld-naam]")?.dataset.veldNaam);
};

const onKey = (event) => {
  const row = event.target.closest?.(".actie-rij");
  if (event.key === "Escape" && row && closed(row)) row.querySelector("[name=klaar]").click();
};

const openForHash = async () => {
  const row = byId(FIELD.exec(location.hash)?.[1]);
  if (!opener(row) || byId(location.hash.slice(1))) return;
  const name = location.hash.split("-").pop();
  const fresh = await open(row);
  if (fresh) focusIn(fresh, name);
};

const openForDrafts = async (drafts) => {
  const waiting = drafts.filter(([, draft]) => draft.dossier === form.dataset.dossier);
  const rows = new Set(waiting.map(([, draft]) => FIELD.exec(draft.veld)?.[1]));
  for (const id of rows) {
    const row = byId(id);
    if (opener(row)) await open(row);
  }
};

// The score of a goal stands beside a row that was just made, too.
const stretchScores = () => {
  for (const score of form.querySelectorAll("th[rowspan]")) score.rowSpan = score.closest("tbody").rows.length;
};

if (form && window.fetch) {
  form.addEventListener("click", onClick);
  form.addEventListener("keydown", onKey);
  beforeBringBack(openForDrafts);
  document.body.addEventListener("htmx:oobAfterSwap", stretchScores);
  window.addEventListener("hashchange", openForHash);
  document.addEventListener("DOMContentLoaded", openForHash);
}
