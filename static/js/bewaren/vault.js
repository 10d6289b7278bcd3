/* The vault: what waits in this browser, readable for the account that typed it and for no other.

   Guarantees: everything is kept under a key that the server writes in the pages of that one account,
   and nowhere else; who logs in after somebody on a shared computer finds nothing to read. Of two
   writes under one name the last one stays, also when the first was ready later. What is in the vault
   goes only when it is dropped by name: nothing expires.

   localStorage can be full or forbidden, and only a page on a safe connection can encrypt: `put` then
   answers false, and the words are in the page alone. */

const PREFIX = "concept:";
const { gebruiker, kladsleutel } = document.body.dataset;
const mine = `${PREFIX}${gebruiker}:`;

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const base64Of = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

// A mask, and the key under that mask: no two pages show the same letters.
const unmasked = () => {
  const [mask, masked] = kladsleutel.split(".").map(bytesOf);
  return masked.map((byte, place) => byte ^ mask[place]);
};

let imported = null;
const key = () => {
  imported ??= crypto.subtle.importKey("raw", unmasked(), "AES-GCM", false, ["encrypt", "decrypt"]);
  return imported;
};

const seal = async (draft) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(draft));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), text);
  return `${base64Of(iv)}.${base64Of(new Uint8Array(sealed))}`;
};

const open = async (kept) => {
  const [iv, sealed] = kept.split(".").map(bytesOf);
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), sealed);
  return JSON.parse(new TextDecoder().decode(text));
};

const turns = new Map();
const takeTurn = (name) => {
  const turn = Symbol(name);
  turns.set(name, turn);
  return () => turns.get(name) === turn;
};

// Whether the draft, or a later one under that name, is kept now.
export const put = async (name, draft) => {
  const isLast = takeTurn(name);
  try {
    const sealed = await seal(draft);
    if (isLast()) localStorage.setItem(mine + name, sealed);
    return true;
  } catch {
    return false;
  }
};

export const drop = (name) => {
  takeTurn(name);
  try {
    localStorage.removeItem(mine + name);
  } catch {
    /* nothing was kept */
  }
};

const namesOfMine = () => {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(mine));
  } catch {
    return [];
  }
};

export const isEmpty = () => namesOfMine().length === 0;

// All that this account has waiting here: [name, draft], the oldest first.
export const all = async () => {
  const found = [];
  for (const name of namesOfMine()) {
    try {
      found.push([name.slice(mine.length), await open(localStorage.getItem(name))]);
    } catch {
      /* sealed with a key of before; it stays where it is */
    }
  }
  return found.sort(([, one], [, other]) => one.op - other.op);
};
