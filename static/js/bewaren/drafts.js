/* Drafts: what was typed stays in this browser until the server has it.

   Guarantees: a draft is kept at every keystroke and dropped only when the server has that very text,
   or the person threw it away; it never expires. Each open page has drafts of its own, so two tabs do
   not overwrite each other's. A draft holds the revision that it started from: one that comes back
   later meets a newer text as a conflict, it never goes over it. It also holds the page that it was
   typed in and the how many-th change it was: when an answer got lost on its way, the server sees by
   those that the newer text is our own. And it holds why it was not saved, as far as that is known. Of two drafts for one field the last comes back into the field
   and the other stands below it.

   The fields of a talk with parents (data-zonder-kladje) have none: nothing of those may stay in a
   browser. */

import { fields, form, isHalf, labelOf, nameOf, revisionOf, setValue, statusLineOf, valueOf } from "./fields.js";
import { showBeside } from "./beside.js";
import { all, drop, isEmpty, put } from "./vault.js";
import { otherOpenPages, page } from "./tabs.js";

const withoutDrafts = form?.hasAttribute("data-zonder-kladje");

const numbers = new WeakMap(); // how many times a field was changed in the page it was typed in
const typedIn = new WeakMap(); // for a draft that came back: the page in which it was typed
const kept = new WeakMap(); // the words of a field that this browser holds

export const pageOf = (field) => typedIn.get(field) ?? page;
export const numberOf = (field) => numbers.get(field) ?? 0;
export const count = (field) => numbers.set(field, numberOf(field) + 1);
export const typedHere = (field) => typedIn.delete(field);
// Whether this browser holds what stands in a field now.
export const isKept = (field) => kept.get(field) === valueOf(field) && !isHalf(field);

// By number: the names of what a draft is kept under can be read by anybody.
const places = new Map();
const draftName = (name) => {
  if (!places.has(name)) places.set(name, places.size);
  return `${page}:${places.get(name)}`;
};
const ownerOf = (draft) => draft.split(":")[0];

// Where a draft can be found again, for who is on another page.
export const place = () => ({
  dossier: form.dataset.dossier,
  pad: location.pathname,
  titel: document.querySelector("h1")?.textContent.trim() ?? "",
  op: Date.now(),
});

const saidOf = (field) => statusLineOf(field)?.querySelector(".veld-fout")?.textContent.trim();

// reden: what its person has to know, besides that it was not saved. Answers whether that succeeded.
export const keepDraft = async (field, reden = saidOf(field)) => {
  if (withoutDrafts || isHalf(field)) return false;
  const waarde = valueOf(field);
  const done = await put(draftName(nameOf(field)), {
    ...place(),
    veld: nameOf(field),
    label: labelOf(field),
    waarde,
    basis: revisionOf(field)?.value ?? "0",
    pagina: pageOf(field),
    nummer: numberOf(field),
    staat: field.dataset.staat,
    reden,
  });
  if (done) kept.set(field, waarde);
  return done;
};

export const dropDraft = (field) => {
  kept.delete(field);
  drop(draftName(nameOf(field)));
};

export const putDraft = (name, draft) => put(draftName(name), { ...place(), ...draft });
export const dropDraftOf = (name) => drop(draftName(name));

// On a server its name begins with __Host-, which a browser only takes with "secure".
const SAVED_COOKIE = /(?:^|; )((?:__Host-)?bewaard)=([0-9a-f-]+)/;

// The drafts of a page that was sent whole, and of which the server says that it has everything.
export const dropSaved = async () => {
  const [, cookie, saved] = SAVED_COOKIE.exec(document.cookie) ?? [];
  if (!saved) return;
  for (const [name] of await all()) if (ownerOf(name) === saved) drop(name);
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${cookie}=; path=/; max-age=0${secure}`;
};

// What waits here of pages that are closed: [name, draft], the oldest first.
export const leftBehind = async () => {
  if (isEmpty()) return [];
  const open = await otherOpenPages();
  return (await all()).filter(([name]) => ownerOf(name) !== page && !open.has(ownerOf(name)));
};

const isInPage = (field, draft) =>
  // A page that came back with an error or a conflict shows the text, but nobody has it yet.
  draft.waarde === valueOf(field) && !statusLineOf(field)?.querySelector(".veld-fout, .conflict");

const bringBack = async (field, [name, draft], save) => {
  setValue(field, draft.waarde);
  if (revisionOf(field)) revisionOf(field).value = draft.basis;
  typedIn.set(field, draft.pagina);
  numbers.set(field, draft.nummer);
  if (await keepDraft(field)) drop(name);
  save(field);
};

const bringBackAll = async (field, waiting, touched, save) => {
  const open = waiting.filter(([name, draft]) => {
    const done = isInPage(field, draft);
    if (done) drop(name);
    return !done;
  });
  const last = touched(field) ? undefined : open.pop();
  if (last) await bringBack(field, last, save);
  for (const [name, draft] of open) {
    showBeside(field, draft, { forget: () => drop(name), keep: () => keepDraft(field) });
  }
};

// What a page does first, to have a place for drafts: a row of text that opens.
let prepare = null;
export const beforeBringBack = (prepared) => {
  prepare = prepared;
};

/* Puts drafts back into the page and hands each field to `save`; answers with those that have no place
   in this page. touched(field): whether somebody typed in it meanwhile. */
export const bringBackDrafts = async (drafts, touched, save) => {
  await prepare?.(drafts);
  const here = new Map([...fields()].map((field) => [nameOf(field), { field, waiting: [] }]));
  const elsewhere = drafts.filter(([name, draft]) => {
    const spot = draft.dossier === form.dataset.dossier ? here.get(draft.veld) : undefined;
    spot?.waiting.push([name, draft]);
    return !spot;
  });
  for (const { field, waiting } of here.values()) {
    if (waiting.length) await bringBackAll(field, waiting, touched, save);
  }
  return elsewhere;
};
