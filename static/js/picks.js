/* Says at a question at once when too much is ticked, in the words of the server, which
   decides. Nothing is unticked: what counts is for the person to choose. */
(() => {
  const nameOf = (box) => box.labels[0].querySelector(".option-name").textContent.trim();
  const problemIn = (ticked, most) => {
    const alone = ticked.find((box) => "alone" in box.dataset);
    if (alone && ticked.length > 1) return `Choose “${nameOf(alone)}” alone, or leave it out`;
    return ticked.length > most ? `Pick up to ${most}; you picked ${ticked.length}` : "";
  };
  document.addEventListener("change", ({ target }) => {
    const question = target.closest("fieldset[data-most]");
    if (!question) return;
    const name = target.name, place = document.getElementById(`problem-${name}`);
    const text = problemIn([...question.querySelectorAll("input:checked")], Number(question.dataset.most));
    if (place.textContent.trim() === text) return;
    const line = document.createElement("p");
    line.className = "invalid-feedback";
    line.id = `id_${name}_error`;
    line.textContent = text;
    place.replaceChildren(...(text ? [line] : []));
  });
})();
