/* Keeps the options of a question apart that go only by themselves, and says at once when too
   much is ticked, in the words of the server, which decides. Of too many that fit each other,
   none is unticked: what counts is for the person to choose. */
(() => {
  const problemIn = (ticked, most) =>
    ticked.length > most ? `Pick up to ${most}; you picked ${ticked.length}` : "";
  const isAlone = (box) => "alone" in box.dataset;
  document.addEventListener("change", ({ target }) => {
    const question = target.closest("fieldset[data-most]");
    if (!question) return;
    const ticked = () => [...question.querySelectorAll("input:checked")];
    for (const box of target.checked ? ticked() : []) {
      if (box !== target && (isAlone(target) || isAlone(box))) box.checked = false;
    }
    const name = target.name, place = document.getElementById(`problem-${name}`);
    if (!place) return; // a scenario says it where it compares
    const text = problemIn(ticked(), Number(question.dataset.most));
    if (place.textContent.trim() === text) return;
    const line = document.createElement("p");
    line.className = "invalid-feedback";
    line.id = `id_${name}_error`;
    line.textContent = text;
    place.replaceChildren(...(text ? [line] : []));
  }, true); // before the form is sent with what is ticked
})();
