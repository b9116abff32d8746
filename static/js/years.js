/* Moves the day of the time machine: by a slider, by quarter, or one quarter after the other.
   The slider writes the day into the form's date, so that both always ask for the same. */
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const inWords = (day) => new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  const start = (slider) => {
    const days = slider.dataset.days.split(" ");
    const date = slider.form.elements.on, said = document.getElementById("slider-day");
    const button = slider.form.querySelector("[data-play]"), play = button.textContent;
    let playing = false, next;
    const tell = () => {
      const day = days[slider.value];
      date.value = day;
      said.textContent = inWords(day);
      slider.setAttribute("aria-valuetext", inWords(day));
    };
    const move = (place) => {
      slider.value = place;
      tell();
      slider.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const set = (on) => {
      clearTimeout(next);
      playing = on;
      button.textContent = on ? button.dataset.stop : play;
    };
    const further = () => {
      if (!playing || still.matches || slider.value === slider.max) return set(false);
      move(Number(slider.value) + 1);
    };
    slider.addEventListener("input", () => { set(false); tell(); });
    slider.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (!detail.successful) set(false);
      if (playing) next = setTimeout(further, 1200);
    });
    still.addEventListener("change", () => { if (still.matches) set(false); });
    slider.form.addEventListener("click", ({ target }) => {
      if (target === button) {
        set(!playing);
        if (playing && slider.value === slider.max) move(0);
        else further();
      } else if (target.dataset.step) {
        set(false);
        move(Number(slider.value) + Number(target.dataset.step));
      }
    });
  };
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-days]").forEach(start);
  });
})();
