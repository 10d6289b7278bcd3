/* On pages without fields: what waits in this browser is told there too. */

import { dropSaved, leftBehind } from "./drafts.js";
import { form } from "./fields.js";
import { showUnsent } from "./unsent.js";

if (!form) {
  await dropSaved();
  showUnsent(await leftBehind());
}
