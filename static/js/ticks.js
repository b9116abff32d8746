/* Ticks all rows that are shown, and counts the ticked ones. Without this script a button changes all of a page. */
(() => {
  const boxes = () => [...document.querySelectorAll('input[name="case"][form="bulk"]')];
  const shown = () => boxes().filter((box) => box.checkVisibility()); // a phone shows the first few rows
  const show = () => {
    const all = document.getElementById("tick-all");
    if (!all) return;
    all.closest("label").hidden = false;
    const ticked = boxes().filter((box) => box.checked).length;
    all.checked = ticked > 0 && shown().every((box) => box.checked);
    all.indeterminate = ticked > 0 && !all.checked;
    for (const each of document.querySelectorAll(".ticked")) each.textContent = ticked ? ` (${ticked})` : "";
    if (ticked) all.closest("details").open = true;
  };
  document.addEventListener("change", ({ target }) => {
    if (target.id === "tick-all") for (const box of shown()) box.checked = target.checked;
    if (target.id === "tick-all" || target.name === "case") show();
  });
  document.addEventListener("htmx:afterSettle", show);
  addEventListener("pageshow", show);
  show();
})();
