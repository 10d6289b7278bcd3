/* The button of a passkey, on pages that have one; allauth's own script asks the browser for it. */
(() => {
  "use strict";

  const form = document.getElementById("passkey");
  if (!form || !window.PublicKeyCredential) return;

  const button = "passkey-knop";
  window.allauth.webauthn.forms[form.dataset.soort]({
    ids: { authenticate: button, add: button, credential: "id_credential", data: "passkey-data" },
  });
  form.hidden = false;

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.getElementById("passkey-fout").hidden = false;
  });
})();
