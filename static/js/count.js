// Counts a home's items on a phone: what was counted is kept in the browser and sent when there is a network.
// Without it the form still saves by its buttons.
(() => {
  const SOON = 800;
  const AGAIN = [2000, 5000, 15000, 30000];

  document.querySelectorAll("form[data-count]").forEach((form) => {
    const key = `count:${form.dataset.countKey}`;
    const state = form.querySelector(".equipment-state");
    const scan = form.querySelector(".equipment-scan");
    const box = scan.querySelector("input");
    let timer = 0;
    let turn = 0;
    let sending = false;

    const kept = () => {
      try {
        return JSON.parse(localStorage.getItem(key)) || {};
      } catch {
        return {};
      }
    };

    const keep = (waiting) => {
      try {
        if (Object.keys(waiting).length) localStorage.setItem(key, JSON.stringify(waiting));
        else localStorage.removeItem(key);
      } catch {
        // A browser that keeps nothing: the form's own buttons are still there.
      }
    };

    const say = (words, wrong = false) => {
      state.textContent = words;
      state.classList.toggle("is-wrong", wrong);
    };

    const later = (pause) => {
      clearTimeout(timer);
      timer = setTimeout(send, pause);
    };

    const line = (called) =>
      [...form.querySelectorAll("[data-number]")].find(
        (one) => one.dataset.number === called.toUpperCase() || one.dataset.token === called,
      );

    const note = (called, pieces) => {
      const waiting = kept();
      waiting[called] = { number: called, pieces, at: new Date().toISOString() };
      keep(waiting);
      later(SOON);
    };

    const offline = () => say(form.dataset.offline.replace("%s", Object.keys(kept()).length), true);

    const send = async () => {
      const waiting = kept();
      if (sending || !Object.keys(waiting).length) return;
      sending = true;
      say(form.dataset.sending);
      try {
        const answer = await fetch(form.dataset.countUrl, {
          method: "POST",
          body: JSON.stringify({ seen: Object.values(waiting) }),
          headers: {
            "Content-Type": "application/json",
            "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
          },
          credentials: "same-origin",
          redirect: "error",
        });
        if (answer.status >= 500) throw new Error();
        const json = (answer.headers.get("Content-Type") || "").includes("json");
        const told = json ? await answer.json() : {};
        if (!answer.ok) return say(told.error || form.dataset.refused, true);
        turn = 0;
        // What was counted again while it was being sent waits for its own turn.
        const now = kept();
        for (const [called, one] of Object.entries(waiting)) {
          if (now[called] && now[called].at === one.at) delete now[called];
        }
        keep(now);
        const unknown = told.unknown.length ? ` ${form.dataset.unknown.replace("%s", told.unknown.join(", "))}` : "";
        say(told.saved + unknown, told.unknown.length > 0);
        if (Object.keys(now).length) later(SOON);
      } catch {
        offline();
        later(AGAIN[Math.min(turn, AGAIN.length - 1)]);
        turn += 1;
      } finally {
        sending = false;
      }
    };

    const show = (fieldset, pieces) => {
      fieldset.querySelector("input[type=number]").value = pieces;
      fieldset.classList.add("is-counted");
    };

    // A label's code is an address that ends in its token; a number may be typed as well.
    const called = (text) => {
      const found = text.trim().match(/\/a\/([\w-]{22})\/?$/);
      return found ? found[1] : text.trim();
    };

    const scanned = (text) => {
      const name = called(text);
      if (!name || name.length > 40) return;
      const fieldset = line(name);
      const field = fieldset && fieldset.querySelector("input[type=number]");
      const pieces = fieldset ? Number(fieldset.dataset.book) || 1 : 1;
      if (fieldset) show(fieldset, field.value === "" ? pieces : field.value);
      note(fieldset ? fieldset.dataset.number : name, field ? Number(field.value) : 1);
      say(form.dataset.seen.replace("%s", fieldset ? fieldset.querySelector("legend").textContent.trim() : name));
    };

    form.addEventListener("input", (event) => {
      const fieldset = event.target.closest("[data-number]");
      if (!fieldset || event.target.type !== "number" || !/^\d+$/.test(event.target.value)) return;
      fieldset.classList.add("is-counted");
      note(fieldset.dataset.number, Number(event.target.value));
    });

    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      scanned(box.value);
      box.value = "";
    });

    const camera = scan.querySelector("[data-count-camera]");
    const video = scan.querySelector("video");
    let watching = null;

    const stop = () => {
      watching?.getTracks().forEach((track) => track.stop());
      watching = null;
      video.hidden = true;
    };

    camera.addEventListener("click", async () => {
      if (watching) return stop();
      try {
        watching = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        camera.hidden = true;
        return;
      }
      video.srcObject = watching;
      video.hidden = false;
      await video.play();
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      let last = "";
      while (watching) {
        const [found] = await detector.detect(video).catch(() => []);
        if (found && found.rawValue !== last) {
          last = found.rawValue;
          scanned(last);
        }
        await new Promise((done) => setTimeout(done, 250));
      }
    });

    // Without a network the page would be gone, and with it what was typed.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (navigator.onLine) return;
      event.preventDefault();
      offline();
    });
    window.addEventListener("online", () => later(0));

    scan.hidden = false;
    camera.hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
    for (const one of Object.values(kept())) {
      const fieldset = line(one.number);
      if (fieldset) show(fieldset, one.pieces);
    }
    if (Object.keys(kept()).length) {
      offline();
      later(SOON);
    }
  });
})();
