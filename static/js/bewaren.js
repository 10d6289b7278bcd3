/* Each field saves itself a moment after the last keystroke, and keeps a draft in this browser until
   the server has it. The saving itself is htmx's; this file decides when, and guards the draft.

   A draft lives in localStorage under person, dossier and field. It holds the text and the revision
   it started from, so a draft that comes back later meets newer texts as a conflict, never over them. */
(() => {
  "use strict";

  const WAIT_TYPING = 900; // ms after the last keystroke
  const WAIT_CHOICE = 350; // ms after a choice: arrow keys pass over several
  const RETRY = 8000; // ms between tries while there is no connection
  const KEEP = 14 * 24 * 3600 * 1000; // ms that a draft may wait

  const form = document.querySelector("form[data-dossier]");
  if (!form || !window.htmx) return;
  document.documentElement.classList.add("bewaart-zelf");

  const prefix = `concept:${document.body.dataset.gebruiker}:`;
  const timers = new WeakMap();
  const sent = new WeakMap();

  const wrappers = () => form.querySelectorAll("[data-veld]");
  const nameOf = (wrapper) => wrapper.dataset.veld;
  const keyOf = (wrapper) => `${prefix}${form.dataset.dossier}:${nameOf(wrapper)}`;
  const byId = (id) => document.getElementById(id);
  const status = (wrapper) => byId(`s_${nameOf(wrapper)}`);
  const basis = (wrapper) => byId(`b_${nameOf(wrapper)}`);
  const inputs = (wrapper) => [...form.elements].filter((input) => input.name === nameOf(wrapper));

  const valueOf = (wrapper) => {
    const all = inputs(wrapper);
    const chosen = all[0]?.type === "radio" ? all.find((input) => input.checked) : all[0];
    return chosen ? chosen.value : "";
  };

  // After a choice between two texts the server draws the whole field anew.
  const nowInPage = (wrapper) =>
    wrapper.isConnected ? wrapper : (form.querySelector(`[data-veld="${nameOf(wrapper)}"]`) ?? wrapper);

  const setValue = (wrapper, value) => {
    for (const input of inputs(wrapper)) {
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
  };

  const setState = (wrapper, state) => {
    wrapper.dataset.staat = state;
  };

  const say = (wrapper, text) => {
    const line = document.createElement("p");
    line.className = "veld-wacht";
    line.textContent = text;
    status(wrapper)?.replaceChildren(line);
  };

  // --- drafts -----------------------------------------------------------------------------------
  // localStorage can be full or forbidden; a field then still saves itself, only without a draft.
  const store = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, draft) {
      try {
        localStorage.setItem(key, JSON.stringify(draft));
        return true;
      } catch {
        return false;
      }
    },
    drop(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        /* nothing was kept */
      }
    },
  };

  const keepDraft = (wrapper) =>
    store.write(keyOf(wrapper), { waarde: valueOf(wrapper), basis: basis(wrapper)?.value ?? "0", op: Date.now() });

  const dropOldDrafts = () => {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith("concept:")) continue;
      const draft = store.read(key);
      if (!draft || Date.now() - draft.op > KEEP) store.drop(key);
    }
  };

  const bringBackDrafts = () => {
    for (const wrapper of wrappers()) {
      const draft = store.read(keyOf(wrapper));
      if (!draft) continue;
      if (draft.waarde === valueOf(wrapper)) {
        store.drop(keyOf(wrapper));
        continue;
      }
      setValue(wrapper, draft.waarde);
      if (basis(wrapper)) basis(wrapper).value = draft.basis;
      save(wrapper);
    }
  };

  // --- saving -----------------------------------------------------------------------------------
  const save = (wrapper) => {
    clearTimeout(timers.get(wrapper));
    timers.delete(wrapper);
    window.htmx.trigger(wrapper, "bewaar");
  };

  const saveLater = (wrapper, wait) => {
    clearTimeout(timers.get(wrapper));
    timers.set(wrapper, setTimeout(() => save(wrapper), wait));
  };

  form.addEventListener("input", (event) => {
    const wrapper = event.target.closest("[data-veld]");
    if (!wrapper) return;
    keepDraft(wrapper);
    setState(wrapper, "bezig");
    saveLater(wrapper, event.target.type === "radio" ? WAIT_CHOICE : WAIT_TYPING);
  });

  // Leaving a field saves at once what still waited.
  form.addEventListener("focusout", (event) => {
    const wrapper = event.target.closest("[data-veld]");
    if (wrapper && timers.has(wrapper)) save(wrapper);
  });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const wrapper = event.detail.elt.closest?.("[data-veld]");
    if (!wrapper) return;
    sent.set(wrapper, valueOf(wrapper));
    setState(wrapper, "bezig");
  });

  // htmx swaps an answer 200, 403, 409 or 422 into the status line; this is what it means for us.
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const asker = event.detail.requestConfig?.elt.closest?.("[data-veld]");
    if (!asker) return;
    const wrapper = nowInPage(asker);
    const code = event.detail.xhr?.status ?? 0;
    if (code >= 200 && code < 300) {
      if (wrapper !== asker || valueOf(wrapper) === sent.get(wrapper)) store.drop(keyOf(wrapper));
      setState(wrapper, timers.has(wrapper) ? "bezig" : "bewaard");
      if (nameOf(wrapper).endsWith("-score")) window.htmx.trigger(document.body, "score-bewaard");
      return;
    }
    setState(wrapper, code === 409 ? "conflict" : "fout");
    if ([403, 409, 422].includes(code)) return;
    waitForConnection(wrapper, code);
  });

  document.body.addEventListener("htmx:afterSettle", () => {
    for (const wrapper of wrappers()) {
      const wrong = status(wrapper)?.querySelector(".veld-fout[id]");
      for (const input of inputs(wrapper)) {
        input.toggleAttribute("aria-invalid", Boolean(wrong));
        if (wrong) {
          input.setAttribute("aria-invalid", "true");
          input.setAttribute("aria-describedby", wrong.id);
        }
      }
    }
  });

  // --- no connection ----------------------------------------------------------------------------
  const waiting = new Set();

  const waitForConnection = (wrapper, code) => {
    setState(wrapper, "wacht");
    waiting.add(wrapper);
    const kept = keepDraft(wrapper);
    if (code === 404) {
      say(wrapper, "Niet bewaard: je hebt geen toegang meer tot dit dossier. Je tekst blijft in deze browser staan.");
      waiting.delete(wrapper);
    } else if (kept) {
      say(wrapper, "Nog niet bewaard: geen verbinding. Je tekst blijft in deze browser staan en wordt verstuurd zodra het kan.");
    } else {
      say(wrapper, "Nog niet bewaard: geen verbinding. Laat deze pagina openstaan, dan proberen we het opnieuw.");
    }
  };

  const tryAgain = () => {
    const again = [...waiting];
    waiting.clear();
    for (const wrapper of again) if (wrapper.isConnected) save(wrapper);
  };

  window.addEventListener("online", tryAgain);
  setInterval(tryAgain, RETRY);

  // The whole form goes out through a button: the server gets every field, so no draft is needed,
  // unless the answer never comes; then the drafts are still there.
  form.addEventListener("submit", () => {
    for (const wrapper of wrappers()) clearTimeout(timers.get(wrapper));
  });

  try {
    dropOldDrafts();
  } catch {
    /* no localStorage here */
  }
  // htmx takes hold of the page at this same event, and asked first.
  document.addEventListener("DOMContentLoaded", bringBackDrafts);
})();
