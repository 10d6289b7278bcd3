/* Tabs: which pages of this browser are open now.

   Guarantees: a page that is open and can answer is never taken for a closed one; one that sleeps (in
   the history of its tab, or put aside by the browser) counts as closed, and when it wakes its words
   meet those of the page that took over as any others would. */

const PATIENCE = 250; // ms that an open page has to answer

// This open page. Only browsers that do not trust the connection have no randomUUID.
export const page = window.crypto?.randomUUID?.() ?? "";

let channel = null;
const heard = new Set();

const listen = () => {
  if (!window.BroadcastChannel || channel) return;
  channel = new BroadcastChannel("bewaren");
  channel.addEventListener("message", ({ data }) => {
    if (data.wie) channel.postMessage({ hier: page });
    if (data.hier) heard.add(data.hier);
  });
};

// An open channel keeps a page out of the browser's quick way back.
const hangUp = () => {
  channel?.close();
  channel = null;
};

listen();
window.addEventListener("pageshow", listen);
window.addEventListener("pagehide", hangUp);

export const otherOpenPages = async () => {
  heard.clear();
  channel?.postMessage({ wie: true });
  await new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return new Set(heard);
};
