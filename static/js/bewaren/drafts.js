/* Drafts: what was typed stays in this browser until the server has it.

   Guarantees: a draft is kept at every keystroke and dropped only when the server has that very text,
   or the person chose another. It lives in localStorage under person, dossier and field, at most 14 days,
   and holds the revision that it started from: a draft that comes back later meets a newer text as a
   conflict, it never goes over it. It also holds the page that it was typed in: when an answer got
   lost on its way, the server sees by that name that the newer text is our own.

   localStorage can be full or forbidden; a field then still saves itself, only without a draft. So do
   the fields of a talk with parents (data-zonder-kladje): nothing of those may stay in a browser. */

import { fields, form, nameOf, revisionOf, setValue, statusLineOf, valueOf } from "./fields.js";

const KEEP = 14 * 24 * 3600 * 1000; // ms that a draft may wait
const PREFIX = "concept:";

const withoutDrafts = form?.hasAttribute("data-zonder-kladje");

// This open page. Only browsers that do not trust the connection have no randomUUID.
export const page = window.crypto?.randomUUID?.() ?? "";
const typedIn = new WeakMap(); // for a draft that came back: the page in which it was typed

export const pageOf = (field) => typedIn.get(field) ?? page;
export const typedHere = (field) => typedIn.delete(field);

export const keyFor = (name) => `${PREFIX}${document.body.dataset.gebruiker}:${form.dataset.dossier}:${name}`;
const keyOf = (field) => keyFor(nameOf(field));

export const store = {
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
      localStorage.setItem(key, JSON.stringify({ ...draft, op: Date.now() }));
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

export const keepDraft = (field) => {
  const draft = { waarde: valueOf(field), basis: revisionOf(field)?.value ?? "0", pagina: pageOf(field) };
  const kept = store.write(keyOf(field), draft);
  // What the server says about drafts depends on it, see templates/delen/niet_bewaard.html.
  document.documentElement.classList.toggle("geen-concept", !kept);
  return kept;
};

export const hasDraft = (field) => store.read(keyOf(field)) !== null;

export const dropDraft = (field) => store.drop(keyOf(field));

export const dropOldDrafts = () => {
  let keys = [];
  try {
    keys = Object.keys(localStorage);
  } catch {
    /* no localStorage here */
  }
  for (const key of keys) {
    if (!key.startsWith(PREFIX)) continue;
    const draft = store.read(key);
    if (!draft || Date.now() - draft.op > KEEP) store.drop(key);
  }
};

// Puts the drafts back into the page and hands each field to `save`.
export const bringBackDrafts = (save) => {
  for (const field of fields()) {
    const draft = store.read(keyOf(field));
    if (!draft) continue;
    if (draft.waarde === valueOf(field)) {
      // A page that came back with an error or a conflict shows the text, but nobody has it yet.
      if (!statusLineOf(field)?.querySelector(".veld-fout, .conflict")) dropDraft(field);
      continue;
    }
    setValue(field, draft.waarde);
    if (revisionOf(field)) revisionOf(field).value = draft.basis;
    typedIn.set(field, draft.pagina);
    save(field);
  }
};
