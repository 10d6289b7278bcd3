/* Session: an open page goes on by itself once its account is logged in again.

   Guarantees: the page sends for nobody but the account that it was drawn for, and it gets a fresh
   token without being loaded anew, so that no word in it is lost. Asking is no sign of life: only
   `stay` keeps the session going, and that is for a click or a key. */

const { gebruiker, sessie, blijf } = document.body.dataset;

const setTokens = (token) => {
  for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = token;
};

const LOST = { who: "onbereikbaar", seconds: 0 };

// Who is logged in now, and how long the session lasts without a sign of life.
const ask = async (address, options) => {
  try {
    const response = await fetch(address, options);
    if (!response.ok) return LOST;
    const now = await response.json();
    if (now.gebruiker !== gebruiker) return { who: now.gebruiker ? "ander" : "niemand", seconds: 0 };
    setTokens(now.token);
    return { who: "wij", seconds: now.seconden };
  } catch {
    return LOST;
  }
};

let asking = null;

// who: "wij" (and the page has a fresh token), "ander", "niemand" or "onbereikbaar".
export const look = () => {
  asking ??= ask(sessie, { cache: "no-store" }).finally(() => {
    asking = null;
  });
  return asking;
};

export const renew = async () => (await look()).who;

const tell = (values) => {
  const token = document.getElementsByName("csrfmiddlewaretoken")[0]?.value ?? "";
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, getypt_door: gebruiker, ...values });
  return ask(blijf, { method: "POST", body });
};

// Somebody is there. inTalk: whether a room looks at this page.
export const stay = async (inTalk) => {
  const values = inTalk ? { gesprek: "1" } : {};
  const told = await tell(values);
  if (told.who !== "onbereikbaar") return told;
  // A token of before, it may be: to look gives a fresh one.
  const seen = await look();
  return seen.who === "wij" ? tell(values) : seen;
};
