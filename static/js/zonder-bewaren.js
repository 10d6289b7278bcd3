/* A form of which nothing may stay behind, neither with us nor in this browser. A browser writes what
   is sent with a page to its own file of open tabs, so here nothing goes along with a page: it is
   fetched, and only what the server draws (data-antwoord) is put in this page. The fields never are. */
(() => {
  "use strict";

  const PATIENCE = 60000; // ms; a long document on paper takes a while
  const PDF = "application/pdf";

  const forms = document.querySelectorAll("form[data-zonder-bewaren]");
  if (!forms.length) return;
  document.documentElement.classList.add("blijft-nergens");

  const post = (form, button) => {
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    return fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
  };

  const parsed = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");

  // Who logged in again, in another tab, has a new token; this form still has the old one. Who can't
  // have a new one gets the page that came instead.
  const send = async (form, button) => {
    const response = await post(form, button);
    if (response.status !== 403) return response;
    const page = await fetch(location.pathname);
    const token = "form[data-zonder-bewaren] [name=csrfmiddlewaretoken]";
    const fresh = (await parsed(page.clone())).querySelector(token);
    if (!fresh) return page;
    form.elements.csrfmiddlewaretoken.value = fresh.value;
    return post(form, button);
  };

  // An input says that it is wrong, and points to the line that says why.
  const markInputs = (form, page) => {
    for (const input of form.elements) {
      const theirs = input.id && page.getElementById(input.id);
      for (const name of theirs ? ["aria-invalid", "aria-describedby"] : []) {
        if (theirs.hasAttribute(name)) input.setAttribute(name, theirs.getAttribute(name));
        else input.removeAttribute(name);
      }
    }
  };

  const putAnswer = (form, page) => {
    for (const part of page.querySelectorAll("[data-antwoord]")) {
      const old = document.getElementById(part.id);
      if (!old) continue;
      const unfolded = old.querySelector("details[open]");
      old.replaceWith(part);
      if (unfolded) part.querySelector("details")?.setAttribute("open", "");
    }
    markInputs(form, page);
    form.querySelector("[aria-invalid=true]")?.focus();
  };

  const link = (href, text) =>
    Object.assign(document.createElement("a"), { href, target: "_blank", textContent: text });

  const why = (form, response) => {
    if (!response) return ["Geen verbinding. Probeer het nog eens."];
    if (response.redirected) {
      return [link(form.dataset.inloggen, "Log in een ander tabblad opnieuw in"), " en probeer het dan nog eens."];
    }
    if (response.status === 503) return ["Misschien is het erg druk. Probeer het over een minuut opnieuw."];
    if (response.status < 500) return ["Je kan hier niet meer verder. Kopieer wat je wil houden."];
    return ["Er liep iets mis bij ons. Probeer het nog eens."];
  };

  const showPdf = async (response, tab, line) => {
    const url = URL.createObjectURL(await response.blob());
    if (tab) tab.location.replace(url);
    line.replaceChildren(
      link(url, "Open het document (nieuw tabblad)"),
      ". Druk het af of bewaar het zelf voor je deze pagina sluit: daarna is het weg.",
    );
  };

  const answer = async (form, button, line, tab) => {
    const response = await send(form, button);
    if (response.ok && response.headers.get("Content-Type") === PDF) {
      await showPdf(response, tab, line);
      return;
    }
    tab?.close();
    if (!response.redirected && (response.ok || response.status === 422)) {
      putAnswer(form, await parsed(response));
      line.textContent = response.ok ? "" : "Kijk bij het veld dat gemarkeerd is; je tekst staat er nog.";
      return;
    }
    line.replaceChildren("Niet gelukt; je tekst staat er nog. ", ...why(form, response));
  };

  // While it is being made the tab already stands there: a browser opens none later than at the click.
  const openTab = () => {
    const tab = window.open("", "_blank");
    if (tab) tab.document.body.textContent = "Het document wordt gemaakt …";
    return tab;
  };

  // What was typed is nowhere else.
  const ask = (event) => event.preventDefault();

  for (const form of forms) {
    let busy = false;

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = event.submitter;
      const line = form.querySelector(`[data-stand="${button.name}"]`);
      if (busy) return;
      busy = true;
      const tab = button.formTarget === "_blank" ? openTab() : null;
      line.textContent = "Even geduld …";
      try {
        await answer(form, button, line, tab);
      } catch {
        tab?.close();
        line.replaceChildren("Niet gelukt; je tekst staat er nog. ", ...why(form));
      }
      busy = false;
    });

    if (form.hasAttribute("data-waarschuw")) {
      // To add the same listener again does nothing.
      form.addEventListener("input", () => {
        window.addEventListener("beforeunload", ask);
        window.addEventListener("sessie-einde", ask);
      });
    }
  }
})();
