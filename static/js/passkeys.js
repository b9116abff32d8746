/* Lets the browser make or use a passkey, and sends what it signed with the form around the button.
   Without this script, or where the browser knows no passkeys, the button stays hidden: a password,
   a code of an app and a recovery code need none. */
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const signed = async (options) => {
    const asked = { ...options, challenge: bytes(options.challenge) };
    if (options.user) {
      asked.user = { ...options.user, id: bytes(options.user.id) };
      asked.excludeCredentials = known(options.excludeCredentials);
      return navigator.credentials.create({ publicKey: asked });
    }
    asked.allowCredentials = known(options.allowCredentials);
    return navigator.credentials.get({ publicKey: asked });
  };
  const sent = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };
  const asked = async (button) => {
    if (button.dataset.asked) return JSON.parse(button.dataset.asked);
    const answer = await fetch(button.dataset.askAt, { headers: { Accept: "application/json" } });
    const { options, state } = await answer.json();
    button.form.elements.state.value = state;
    return options;
  };
  const use = async (button) => {
    const told = document.getElementById(button.dataset.told);
    told.textContent = "";
    button.disabled = true;
    try {
      const credential = await signed((await asked(button)).publicKey);
      button.form.elements.credential.value = sent(credential);
      button.form.requestSubmit();
    } catch {
      told.textContent = "Your browser gave no passkey. Try again, or take another way.";
      button.disabled = false;
    }
  };
  const show = () => {
    if (!window.PublicKeyCredential) return;
    for (const each of document.querySelectorAll("[data-passkeys]")) each.hidden = false;
  };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-told]");
    if (button) use(button);
  });
  show();
})();
