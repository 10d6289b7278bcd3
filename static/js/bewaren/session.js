/* Session: an open page goes on by itself once its account is logged in again.

   Guarantees: the page sends for nobody but the account that it was drawn for, and it gets a fresh
   token without being loaded anew, so that no word in it is lost. */

const { gebruiker, sessie } = document.body.dataset;

const setTokens = (token) => {
  for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = token;
};

const ask = async () => {
  try {
    const response = await fetch(sessie, { cache: "no-store" });
    if (!response.ok) return "onbereikbaar";
    const now = await response.json();
    if (now.gebruiker !== gebruiker) return now.gebruiker ? "ander" : "niemand";
    setTokens(now.token);
    return "wij";
  } catch {
    return "onbereikbaar";
  }
};

let asking = null;

// Who is logged in now: "wij" (and the page has a fresh token), "ander", "niemand" or "onbereikbaar".
export const renew = () => {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
};
