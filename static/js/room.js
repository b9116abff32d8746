/* Counts how much room is left on the page while one writes. */
(() => {
  for (const field of document.querySelectorAll("[data-room]")) {
    const line = field.parentElement.querySelector(".room");
    const room = Number(field.dataset.room);
    const tell = () => {
      const left = room - field.value.length;
      line.textContent = left < 0
        ? `${-left} characters too many; the limit is ${room}`
        : `${left} of ${room} characters left`;
      line.classList.toggle("invalid-feedback", left < 0);
    };
    field.addEventListener("input", tell);
    tell();
  }
})();
