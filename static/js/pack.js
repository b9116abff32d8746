/* Packs a large file in the browser before it is sent, and says how far it is. Without
   this script a file is sent as it is. */
(() => {
  const form = document.querySelector("form[data-packs]");
  if (!form || !window.CompressionStream) return;
  const input = form.querySelector("input[type=file]");
  const packing = form.querySelector("[data-packing]");
  const bar = packing.querySelector("progress"), line = packing.querySelector("[role=status]");
  const LARGE = 4_000_000, MEGABYTE = 1_000_000;
  let stop;

  const tell = (read, size) => {
    bar.value = read / size;
    const [now, all] = [read, size].map((bytes) => Math.ceil(bytes / MEGABYTE));
    line.textContent = `Packing: ${now} of ${all} MB`;
  };
  const show = (isPacking) => {
    packing.hidden = !isPacking;
    for (const each of form.querySelectorAll("[data-sends]")) each.disabled = isPacking;
  };
  const packed = async (file, signal) => {
    let read = 0, told = 0;
    const counted = new TransformStream({
      transform(part, next) {
        read += part.length;
        if (read - told > MEGABYTE || read === file.size) tell(told = read, file.size);
        next.enqueue(part);
      },
    });
    const small = file.stream().pipeThrough(counted, { signal })
      .pipeThrough(new CompressionStream("gzip"), { signal });
    return new File([await new Response(small).blob()], `${file.name}.gz`);
  };
  const send = async (file) => {
    stop = new AbortController();
    tell(0, file.size);
    show(true);
    packing.querySelector("button").focus();
    try {
      const held = new DataTransfer();
      const cancelled = new Promise((_, no) => stop.signal.addEventListener("abort", no));
      held.items.add(await Promise.race([packed(file, stop.signal), cancelled]));
      input.files = held.files;
      line.textContent = "Sending the file, then reading it";
      form.submit();
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      input.value = "";
      show(false);
      input.focus();
    }
  };
  packing.querySelector("button").addEventListener("click", () => stop.abort());
  form.addEventListener("submit", (event) => {
    const [file] = input.files;
    if (!file || file.size < LARGE || file.name.endsWith(".gz")) return;
    event.preventDefault();
    send(file);
  });
  /* A page that is shown again by “Back” is as it was before. */
  addEventListener("pageshow", () => show(false));
})();
