/* “/” leads to the search and “?” to the list of keys, unless somebody types, or has turned
   them off: who speaks to a browser may say such a sign by accident. */
(() => {
  const OFF = "keys-off";
  const isOff = () => localStorage.getItem(OFF) !== null;
  const choice = document.getElementById("keys-on");
  if (choice) {
    choice.closest("[hidden]").hidden = false;
    choice.checked = !isOff();
    choice.addEventListener("change", () => {
      if (choice.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "");
    });
  }
  const TYPED = "input:not([type=radio], [type=checkbox]), select, textarea";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
    if (event.target.closest(TYPED) || !["/", "?"].includes(event.key)) return;
    const box = document.querySelector("[role=search] [type=search]");
    const link = document.getElementById(event.key === "?" ? "keys-link" : "search-link");
    const isSearch = event.key === "/" && box;
    if (!isSearch && !link) return;
    event.preventDefault();
    if (isSearch) box.select();
    else link.click();
  });
})();
