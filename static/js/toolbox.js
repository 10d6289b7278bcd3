// After a filter changed the shelf, the address says so too: back, reload and a link find it again.
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.elt.matches("[data-filter]")) {
    history.replaceState(null, "", event.detail.pathInfo.finalRequestPath);
  }
});
