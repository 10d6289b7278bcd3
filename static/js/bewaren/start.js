/* Fields that save themselves. The rest of the files of this folder each guard one thing: what was
   typed (vault.js, drafts.js, new-action.js), when it goes out (send.js, leave.js), for whom
   (session.js), what a newer text may do to it (conflict.js), what
   was said elsewhere (offers.js), and what the page says of it (status.js,
   beside.js, unsent.js).

   Without this file the page is one form with buttons, and nothing is lost either. */

import "../acties/trekkers.js";
import { form } from "./fields.js";
import { bringBackDrafts, dropSaved, leftBehind, numberOf } from "./drafts.js";
import { bringBackNewActions, keepNewActions } from "./new-action.js";
import { save, sendByThemselves, sendWhatWasTypedBefore } from "./send.js";
import { loseNothingOnLeaving } from "./leave.js";
import { guardConflicts } from "./conflict.js";
import { takeOver } from "./offers.js";
import { describeFields } from "./status.js";
import { showUnsent } from "./unsent.js";

// Remarks open beside the page; what that takes comes with the first of them.
const openRemarks = async (event) => {
  const link = event.target.closest?.(".naar-opmerkingen a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { openBeside } = await import("../naast.js").catch(() => ({ openBeside: () => location.assign(link) }));
  openBeside(link);
};

const isTouched = (field) => numberOf(field) > 0;

const bringBack = async () => {
  await dropSaved();
  const drafts = await bringBackDrafts(await leftBehind(), isTouched, save);
  showUnsent(await bringBackNewActions(drafts));
};

if (form && window.htmx) {
  document.documentElement.classList.add("bewaart-zelf");
  document.addEventListener("click", openRemarks);
  keepNewActions();
  guardConflicts();
  sendByThemselves();
  loseNothingOnLeaving();
  describeFields();
  takeOver();
  // htmx initialises the page on this same event, and registered for it first.
  document.addEventListener("DOMContentLoaded", () => {
    sendWhatWasTypedBefore();
    bringBack();
  });
}
