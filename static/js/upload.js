// Sends files in parts that survive a broken line, a killed page and a new sign-in. Without it the form still works.
(() => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const GOES_ON = [1000, 2000, 4000, 8000, 15000];

  class Refused extends Error {}

  const ask = async (form, url, options = {}) => {
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, ...options.headers };
    for (let turn = 0; ; turn += 1) {
      try {
        const answer = await fetch(url, { ...options, headers, credentials: "same-origin" });
        const json = (answer.headers.get("Content-Type") || "").includes("json");
        if (answer.redirected || answer.status === 403) throw new Refused(form.dataset.signedOut);
        if (json && (answer.ok || answer.status === 409)) return await answer.json();
        if (json) throw new Refused((await answer.json()).error || form.dataset.failed);
        if (answer.status < 500) throw new Refused(form.dataset.failed);
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      if (turn >= 40) throw new Refused(form.dataset.failed);
      say(form, form.dataset.waiting);
      await pause(GOES_ON[Math.min(turn, GOES_ON.length - 1)]);
    }
  };

  const say = (form, words, { wrong = false, share = null } = {}) => {
    const state = form.querySelector(".upload-state");
    state.classList.toggle("is-wrong", wrong);
    let bar = state.querySelector("progress");
    if (share === null || !bar) state.textContent = words;
    if (share === null) return;
    if (!bar) {
      bar = document.createElement("progress");
      bar.max = 1;
      bar.setAttribute("aria-label", words);
      state.append(bar);
    }
    bar.value = share;
  };

  const digestOf = async (file) => {
    if (!window.crypto || !crypto.subtle) return "";
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const announced = (form, file, digest) => {
    const body = new FormData();
    const line = form.elements.line;
    Object.entries({ kind: form.elements.kind.value, request: line ? line.value : "", name: file.name, size: file.size, digest })
      .forEach(([name, value]) => body.append(name, value));
    return body;
  };

  const send = async (form, file) => {
    const label = `${form.dataset.sending}: ${file.name}`;
    say(form, label);
    const digest = await digestOf(file).catch(() => "");
    let state = await ask(form, form.dataset.upload, { method: "POST", body: announced(form, file, digest) });
    while (state.received < state.size) {
      say(form, label, { share: state.received / state.size });
      const body = file.slice(state.received, state.received + state.part);
      const headers = { "Upload-Offset": String(state.received), "Content-Type": "application/octet-stream" };
      const next = await ask(form, state.url, { method: "POST", body, headers });
      state = { ...state, received: next.received };
    }
    say(form, label, { share: 1 });
    return ask(form, state.finish, { method: "POST" });
  };

  // The same measures as on the server, in small: what nobody could read is noticed before it is sent.
  const faultOf = async (file) => {
    if (!file.type.startsWith("image/") || !window.createImageBitmap) return "";
    const photo = await createImageBitmap(file).catch(() => null);
    if (!photo) return "";
    const scale = Math.min(1, 1000 / Math.max(photo.width, photo.height));
    const [width, height] = [Math.round(photo.width * scale), Math.round(photo.height * scale)];
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(photo, 0, 0, width, height);
    photo.close();
    const { data } = context.getImageData(0, 0, width, height);
    const grey = new Float32Array(width * height);
    let light = 0;
    for (let at = 0; at < grey.length; at += 1) {
      grey[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
      light += grey[at];
    }
    if (light / grey.length < 50) return "dark";
    let [sum, squares, count] = [0, 0, 0];
    for (let y = 1; y < height - 1; y += 1) {
      for (let x = 1; x < width - 1; x += 1) {
        const at = y * width + x;
        const edge = Math.max(-128, Math.min(127, grey[at - 1] + grey[at + 1] + grey[at - width] + grey[at + width] - 4 * grey[at]));
        sum += edge;
        squares += edge * edge;
        count += 1;
      }
    }
    return count && squares / count - (sum / count) ** 2 < 25 ? "blurred" : "";
  };

  document.querySelectorAll("form[data-upload]").forEach((form) => {
    const chosen = form.querySelector("input[type=file]");
    const button = form.querySelector("button");
    let warned = "";
    chosen.addEventListener("change", () => say(form, ""));
    form.addEventListener("submit", async (event) => {
      const files = [...chosen.files];
      if (!files.length || !window.fetch) return;
      event.preventDefault();
      button.disabled = true;
      try {
        const names = files.map((file) => `${file.name} ${file.size}`).join("\n");
        const faults = warned === names ? [] : await Promise.all(files.map((file) => faultOf(file).catch(() => "")));
        const fault = faults.find(Boolean);
        if (fault) {
          warned = names;
          say(form, form.dataset[fault], { wrong: true });
          return;
        }
        for (const file of files) await send(form, file);
        window.location.reload();
      } catch (error) {
        say(form, error instanceof Refused ? error.message : form.dataset.failed, { wrong: true });
      } finally {
        button.disabled = false;
      }
    });
  });
})();
