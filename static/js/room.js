/* Counts how much room a text has left, near its limit or beyond it. Nothing is cut: what is
   too long stays until its author shortens it, and the server says the same. */
(() => {
  /* Characters as the server counts them: a sign outside of the first plane is one. */
  const lengthOf = (field) => [...field.value.trim().normalize("NFC")].length;
  const lineOf = (field) => {
    const own = field.parentElement.querySelector(":scope > .room");
    if (own) return own;
    const line = document.createElement("p");
    line.className = "form-text room";
    line.dataset.near = "";
    line.id = `${field.id}_room`;
    line.setAttribute("aria-live", "polite");
    field.after(line);
    const beside = field.getAttribute("aria-describedby");
    field.setAttribute("aria-describedby", beside ? `${beside} ${line.id}` : line.id);
    return line;
  };
  const numbered = (number) => number.toLocaleString("en");
  const tell = (field) => {
    const room = Number(field.dataset.room), left = room - lengthOf(field);
    const near = left <= Math.max(10, Math.min(room / 5, 200));
    if (!near && !field.parentElement.querySelector(":scope > .room")) return;
    const line = lineOf(field);
    line.textContent = left < 0
      ? `${numbered(-left)} character${left === -1 ? "" : "s"} too many; the limit is ${numbered(room)}`
      : near || !("near" in line.dataset) ? `${numbered(left)} of ${numbered(room)} characters left` : "";
    line.classList.toggle("invalid-feedback", left < 0);
  };
  document.addEventListener("input", ({ target }) => {
    if (target.dataset?.room) tell(target);
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-room]").forEach(tell);
  });
})();
