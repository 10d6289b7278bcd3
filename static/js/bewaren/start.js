/* Fields that save themselves. The rest of the files of this folder each guard one thing: what was
   typed (drafts.js, new-action.js), when it goes out (send.js), what a newer text may do to it
   (conflict.js), and what the page says of it (status.js).

   Without this file the page is one form with buttons, and nothing is lost either. */

import { form } from "./fields.js";
import { bringBackDrafts, dropOldDrafts } from "./drafts.js";
import { bringBackNewActions, keepNewActions } from "./new-action.js";
import { save, sendByThemselves, sendWhatWasTypedBefore } from "./send.js";
import { guardConflicts } from "./conflict.js";
import { describeFields } from "./status.js";

if (form && window.htmx) {
  document.documentElement.classList.add("bewaart-zelf");
  keepNewActions();
  guardConflicts();
  sendByThemselves();
  describeFields();
  dropOldDrafts();
  // htmx initialises the page on this same event, and registered for it first.
  document.addEventListener("DOMContentLoaded", () => {
    bringBackNewActions();
    bringBackDrafts(save);
    sendWhatWasTypedBefore();
  });
}
