/* Each field saves itself a moment after the last keystroke, and keeps a draft in this browser until
   the server has it. The saving itself is htmx's; this file decides when, and guards the draft.

   A draft lives in localStorage under person, dossier and field. It holds the text and the revision
   it started from, so a draft that comes back later meets newer texts as a conflict, never over them.
   It also holds the name of the page it was typed in: when an answer got lost on the way, the server
   sees by that name that the newer text is our own. */
(() => {
  "use strict";

  const WAIT_TYPING = 900; // ms after the last keystroke
  const WAIT_CHOICE = 350; // ms after a choice: arrow keys pass over several
  const WAIT_SCORE = 900; // ms after a score: longer than score.js waits for the 0 of ten
  const RETRY = 8000; // ms between tries while there is no connection
  const KEEP = 14 * 24 * 3600 * 1000; // ms that a draft may wait

  const form = document.querySelector("form[data-dossier]");
  if (!form || !window.htmx) return;
  document.documentElement.classList.add("bewaart-zelf");

  const prefix = `concept:${document.body.dataset.gebruiker}:`;
  // This open page. Only browsers that do not trust the connection have no randomUUID.
  const page = window.crypto?.randomUUID?.() ?? "";
  const typedIn = new WeakMap(); // for a draft: the page in which it was typed
  const timers = new WeakMap();
  const sent = new WeakMap();

  const wrappers = () => form.querySelectorAll("[data-veld]");
  const nameOf = (wrapper) => wrapper.dataset.veld;
  const keyFor = (name) => `${prefix}${form.dataset.dossier}:${name}`;
  const keyOf = (wrapper) => keyFor(nameOf(wrapper));
  const byId = (id) => document.getElementById(id);
  const status = (wrapper) => byId(`s_${nameOf(wrapper)}`);
  const basis = (wrapper) => byId(`b_${nameOf(wrapper)}`);
  const inputs = (wrapper) => [...form.elements].filter((input) => input.name === nameOf(wrapper));

  const current = (wrapper) => {
    const all = inputs(wrapper);
    return all[0]?.type === "radio" ? all.find((input) => input.checked) : all[0];
  };
  const valueOf = (wrapper) => current(wrapper)?.value ?? "";

  // After a choice between two texts the server draws the whole field anew.
  const nowInPage = (wrapper) =>
    wrapper.isConnected ? wrapper : (form.querySelector(`[data-veld="${nameOf(wrapper)}"]`) ?? wrapper);

  const setValue = (wrapper, value) => {
    for (const input of inputs(wrapper)) {
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
  };

  // The field that a request of htmx was about, if it was about one.
  const askerOf = (event) => event.detail.requestConfig?.elt.closest?.("[data-veld]");

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
  // localStorage can be full or forbidden; a field then still saves itself, only without a draft. So
  // do the fields of a talk with parents: nothing of it may stay behind in a browser.
  const withoutDrafts = form.hasAttribute("data-zonder-kladje");
  const store = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, draft) {
      if (withoutDrafts) return false;
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

  const keepDraft = (wrapper) => {
    const pagina = typedIn.get(wrapper) ?? page;
    const draft = { waarde: valueOf(wrapper), basis: basis(wrapper)?.value ?? "0", pagina, op: Date.now() };
    const kept = store.write(keyOf(wrapper), draft);
    // What the server says about drafts depends on it, see templates/delen/niet_bewaard.html.
    document.documentElement.classList.toggle("geen-concept", !kept);
    return kept;
  };

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
        // A page that came back with an error or a conflict shows the text, but nobody has it yet.
        if (!status(wrapper)?.querySelector(".veld-fout, .conflict")) store.drop(keyOf(wrapper));
        continue;
      }
      setValue(wrapper, draft.waarde);
      if (basis(wrapper)) basis(wrapper).value = draft.basis;
      typedIn.set(wrapper, draft.pagina);
      save(wrapper);
    }
  };

  // --- a new action -----------------------------------------------------------------------------
  // It is not in the dossier yet and does not save itself, so its draft stays until the plan has it.
  const newActions = () => form.querySelectorAll(".nieuwe-actie");
  const partsOf = (action) => [...action.querySelectorAll("textarea")];
  const partName = (input) => input.name.split("-").pop(); // wat, wie or wanneer
  const newKey = (action) => keyFor(partsOf(action)[0].name);
  // By this the server knows words that reached it before, though the answer got lost.
  const formKey = (action) => action.querySelector("[name$='-sleutel']");

  const keepNew = (action, sent) => {
    const parts = partsOf(action);
    if (parts.every((input) => !input.value)) {
      // Emptied here; only sending an empty one leaves the draft of another tab alone.
      if (!sent) store.drop(newKey(action));
      return;
    }
    const typed = Object.fromEntries(parts.map((input) => [partName(input), input.value]));
    const sleutel = formKey(action).value;
    store.write(newKey(action), { delen: typed, sleutel, verstuurd: sent, op: Date.now() });
  };

  const inPlan = (typed) =>
    [...form.querySelectorAll("[name^='actie-'][name$='-wat']")].some((wat) =>
      Object.entries(typed).every(([part, text]) => form.elements[wat.name.replace(/wat$/, part)]?.value === text),
    );

  const bringBackNew = () => {
    for (const action of newActions()) {
      const draft = store.read(newKey(action));
      if (!draft) continue;
      if (draft.verstuurd && inPlan(draft.delen)) {
        store.drop(newKey(action));
        continue;
      }
      // What the server gave back after a mistake is newer than the draft.
      if (partsOf(action).every((input) => !input.value)) {
        for (const input of partsOf(action)) input.value = draft.delen[partName(input)] ?? "";
        formKey(action).value = draft.sleutel ?? formKey(action).value;
      }
      keepNew(action, false);
      action.open = true;
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
    const action = event.target.closest(".nieuwe-actie");
    if (action) keepNew(action, false);
    const wrapper = event.target.closest("[data-veld]");
    if (!wrapper) return;
    keepDraft(wrapper);
    setState(wrapper, "bezig");
    const choice = event.target.closest(".score") ? WAIT_SCORE : WAIT_CHOICE;
    saveLater(wrapper, event.target.type === "radio" ? choice : WAIT_TYPING);
  });

  // Leaving a field saves at once what still waited. From one choice to the next is not leaving.
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget?.name && event.relatedTarget.name === event.target.name) return;
    const wrapper = event.target.closest("[data-veld]");
    if (wrapper && timers.has(wrapper)) save(wrapper);
  });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const wrapper = event.detail.elt.closest?.("[data-veld]");
    if (!wrapper) return;
    sent.set(wrapper, valueOf(wrapper));
    setState(wrapper, "bezig");
  });

  document.body.addEventListener("htmx:configRequest", (event) => {
    const wrapper = event.detail.elt.closest?.("[data-veld]");
    if (wrapper) event.detail.parameters.pagina = typedIn.get(wrapper) ?? page;
  });

  // Words typed while a newer field was under way stay: the next save shows both, as a conflict.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const wrapper = askerOf(event);
    if (!wrapper || event.detail.target.id !== `v_${nameOf(wrapper)}`) return;
    if (valueOf(wrapper) !== sent.get(wrapper)) event.detail.shouldSwap = false;
  });

  // htmx swaps an answer 200, 403, 409 or 422 into the status line; this is what it means for us.
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const asker = askerOf(event);
    if (!asker) return;
    const wrapper = nowInPage(asker);
    // The button that was pressed is gone with the old field; its focus goes to the new one.
    if (wrapper !== asker && document.activeElement === document.body) {
      (current(wrapper) ?? inputs(wrapper)[0])?.focus();
    }
    const code = event.detail.xhr?.status ?? 0;
    if (code >= 200 && code < 300) {
      if (wrapper !== asker || valueOf(wrapper) === sent.get(wrapper)) store.drop(keyOf(wrapper));
      typedIn.delete(wrapper);
      setState(wrapper, timers.has(wrapper) ? "bezig" : "bewaard");
      if (nameOf(wrapper).endsWith("-score")) window.htmx.trigger(document.body, "score-bewaard");
      return;
    }
    setState(wrapper, code === 409 ? "conflict" : "fout");
    if ([403, 409, 422].includes(code)) return;
    waitForConnection(wrapper, code);
  });

  // An input points to its help, and to what is wrong with it as long as that stands there.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const asker = askerOf(event);
    if (!asker) return;
    const name = nameOf(asker);
    const about = ["helptext", "error", "conflict"].map((what) => `${name}_${what}`).filter(byId);
    for (const input of inputs(asker)) {
      if (about.length) input.setAttribute("aria-describedby", about.join(" "));
      else input.removeAttribute("aria-describedby");
      if (byId(`${name}_error`)) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  });

  // The course of the score is fetched anew after a save; who had it unfolded keeps it so.
  let unfolded = false;
  document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id === "score-verloop") unfolded = Boolean(detail.target.querySelector("details[open]"));
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    if (unfolded) byId("score-verloop")?.querySelector("details")?.setAttribute("open", "");
    unfolded = false;
  });

  // --- no connection, or a mistake of ours --------------------------------------------------------
  const waiting = new Set();

  const waitForConnection = (wrapper, code) => {
    setState(wrapper, "wacht");
    waiting.add(wrapper);
    const kept = keepDraft(wrapper);
    const stays = kept ? "Je tekst blijft in deze browser staan" : "Laat deze pagina openstaan";
    if (code === 404) {
      const rescue = kept ? stays : "Kopieer je tekst voor je weggaat";
      say(wrapper, `Niet bewaard: je hebt geen toegang meer tot deze pagina. ${rescue}.`);
      waiting.delete(wrapper);
    } else if (code >= 400) {
      say(wrapper, `Nog niet bewaard: er liep iets mis bij ons. ${stays}; we proberen het opnieuw.`);
    } else if (kept) {
      say(wrapper, `Nog niet bewaard: geen verbinding. ${stays} en wordt verstuurd zodra het kan.`);
    } else {
      say(wrapper, `Nog niet bewaard: geen verbinding. ${stays}, dan proberen we het opnieuw.`);
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
  const ours = document.createElement("input");
  Object.assign(ours, { type: "hidden", name: "pagina", value: page });
  form.append(ours);

  form.addEventListener("submit", () => {
    for (const wrapper of wrappers()) clearTimeout(timers.get(wrapper));
    for (const action of newActions()) keepNew(action, true);
  });

  try {
    dropOldDrafts();
  } catch {
    /* no localStorage here */
  }
  // htmx takes hold of the page at this same event, and asked first.
  document.addEventListener("DOMContentLoaded", () => {
    bringBackNew();
    bringBackDrafts();
  });
})();
