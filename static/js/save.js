/* Saves answers as they are given. "Saved" is said only by the server; what could not be
   saved stays on the page and is tried again. Without this script the button saves. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = document.getElementById("save-status");
  const signIn = document.getElementById("sign-in-again");
  /* A page that is opened again from a cache, duplicated or restored has the fields of the
     one before it. It is another writer, and counts its messages from the start. */
  const token = crypto.getRandomValues(new Uint8Array(12));
  form.elements.tab.value = Array.from(token, (byte) => byte.toString(16).padStart(2, "0")).join("");
  form.elements.seq.value = 0;
  const TYPING = 800, SLOW = 400, GIVE_UP = 60_000, LONGEST = 30_000;
  const SIGNED_OUT = 401, OF_ANOTHER = 409, TOO_MUCH = 413;
  let failures = 0, failedSince = 0, edits = 0, savedEdits = 0, leaving = false, refused = 0;
  let typing, saving, retry;

  const say = (text, failed) => {
    const line = document.createElement("span");
    line.className = failed ? "save-status save-error" : "save-status";
    line.textContent = text;
    status.replaceChildren(line);
  };
  const count = () => (form.elements.seq.value = Number(form.elements.seq.value) + 1);
  const save = () => htmx.trigger(form, "save");
  /* The server may say when: in so many seconds, and a little more, so that not all come at once. */
  const pause = (xhr) => {
    const asked = Number(xhr.getResponseHeader("Retry-After")) * 1000;
    return asked > 0 ? asked + 2000 * Math.random() : 1000 * 2 ** (failures - 1);
  };
  const tryAgain = (xhr) => {
    clearTimeout(retry);
    failures += 1;
    form.elements.missed.value = "1";
    failedSince ||= Date.now();
    const lost = Date.now() - failedSince > GIVE_UP;
    say(lost ? "Not saved. Copy your text, or try “Save and continue”."
             : "Not saved yet: trying again. Stay on this page.", true);
    retry = setTimeout(save, Math.min(LONGEST, pause(xhr)));
  };

  form.addEventListener("input", (event) => {
    edits += 1;
    clearTimeout(typing);
    if (event.target.matches("textarea, input[type=text]")) typing = setTimeout(save, TYPING);
  });
  form.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    event.detail.parameters.seq = count();
    form.sentEdits = edits;
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === form) saving = setTimeout(() => say("Saving…"), SLOW);
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    clearTimeout(saving);
    const { status: answer, responseText } = event.detail.xhr;
    refused = [SIGNED_OUT, OF_ANOTHER, TOO_MUCH].includes(answer) ? answer : 0;
    if (refused) clearTimeout(retry);
    if (refused === SIGNED_OUT) say("You were signed out. Sign in to save.", true);
    /* Somebody else is signed in now, or a text is too long; what was entered stays. */
    else if (refused) say(responseText, true);
    else if (event.detail.successful) {
      signIn.close();
      failures = failedSince = 0;
      form.elements.missed.value = "";
      savedEdits = form.sentEdits;
    } else tryAgain(event.detail.xhr);
  });
  form.addEventListener("submit", () => { count(); leaving = true; });
  /* What could not be saved is said at the edge of the window: never over the field that
     somebody is in. */
  const uncover = () => {
    const bar = status.querySelector(".save-error")?.getBoundingClientRect();
    const field = document.activeElement.getBoundingClientRect();
    if (!bar || !form.contains(document.activeElement)) return;
    /* Its error, which appears above it, may also have moved it just below the window. */
    const covered = field.bottom > bar.top && field.top < bar.bottom + 100 && field.right > bar.left;
    if (covered) window.scrollBy(0, Math.min(field.bottom - bar.top + 16, field.top - 16));
  };
  new MutationObserver(uncover).observe(status, { childList: true, subtree: true });
  form.addEventListener("focusin", uncover);
  document.addEventListener("htmx:afterSettle", uncover);
  /* A field is marked as wrong for as long as its error is on the page. */
  document.addEventListener("htmx:afterSettle", () => {
    for (const field of form.querySelectorAll("input, select, textarea")) {
      if (document.getElementById(`${field.id}_error`)) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  });

  /* Signed out: the answer to a save is a form to sign in with, shown in its place. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 401) return;
    event.detail.shouldSwap = !signIn.open; // what is typed into it stays
    event.detail.isError = false;
    event.detail.target = signIn;
    event.detail.swapOverride = "innerHTML";
  });
  signIn.addEventListener("htmx:afterSettle", () => {
    if (refused === SIGNED_OUT && !signIn.open) signIn.showModal();
  });
  document.addEventListener("signed-in", () => { signIn.close(); save(); });
  window.addEventListener("focus", () => { if (refused) save(); });
  /* Whoever signs in gets a new token, which every form of this page then needs. */
  document.addEventListener("token-renewed", (event) => {
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) {
      field.value = event.detail.value;
    }
  });

  window.addEventListener("online", save);
  window.addEventListener("beforeunload", (event) => {
    const comment = form.elements["comment-text"]?.value.trim();
    if (!leaving && (edits > savedEdits || comment)) event.preventDefault();
  });
})();
