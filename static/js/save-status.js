/* Says so when an answer could not be saved; what was chosen stays on the page. */
(() => {
  const tell = () => {
    const status = document.getElementById("save-status");
    if (!status) return;
    const line = document.createElement("span");
    line.className = "save-status save-error";
    line.textContent = "Not saved. Use “Save and continue” to try again.";
    status.replaceChildren(line);
  };
  document.addEventListener("htmx:responseError", tell);
  document.addEventListener("htmx:sendError", tell);
  document.addEventListener("htmx:timeout", tell);
})();
