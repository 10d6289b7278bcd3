/* Most of the time nothing waits in this browser; only when something does, the rest is fetched. */
(() => {
  "use strict";

  const { module } = document.currentScript.dataset;
  try {
    if (Object.keys(localStorage).some((name) => name.startsWith("concept:"))) import(module);
  } catch {
    /* no localStorage here */
  }
})();
