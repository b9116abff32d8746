/* Marks a date of a scenario as changed while it holds one: no style can tell a date that is
   empty. Without this script it is marked once the page is loaded again. */
document.addEventListener("input", ({ target }) => {
  if (target.matches(".what-if-form [type=date]")) {
    target.toggleAttribute("value", Boolean(target.value));
  }
});
