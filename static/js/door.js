// The door of a site: without a network scans are kept in the browser and sent when there is one again.
// Without this script the form sends as ever.
(() => {
  const AGAIN = [2000, 5000, 15000, 30000];
  const PATIENCE = 4000;

  document.querySelectorAll("form[data-door]").forEach((form) => {
    const said = form.dataset;
    const key = `door:${said.door}`;
    const box = form.elements.code;
    const state = form.querySelector(".door-state");
    const compared = form.querySelector(".door-compared");
    const tick = compared.querySelector("input");
    const camera = form.querySelector("[data-door-camera]");
    const video = form.querySelector("video");
    let timer = 0;
    let turn = 0;
    let sending = false;
    let look = [];

    const kept = () => {
      try {
        return JSON.parse(localStorage.getItem(key)) || [];
      } catch {
        return [];
      }
    };

    // False where the browser keeps nothing: the scan stays in the field.
    const keep = (waiting) => {
      try {
        if (waiting.length) localStorage.setItem(key, JSON.stringify(waiting));
        else localStorage.removeItem(key);
        return true;
      } catch {
        return false;
      }
    };

    const say = (words, wrong) => {
      state.hidden = false;
      state.className = `door-state notice ${wrong ? "is-needs" : "is-good"}`;
      state.replaceChildren(
        ...[words, look.length ? said.look.replace("%s", look.join(" · ")) : ""].filter(Boolean).map((one) => {
          const line = document.createElement("p");
          line.textContent = one;
          return line;
        }),
      );
    };

    const offline = () => say(said.offline.replace("%s", kept().length), true);

    const later = (pause) => {
      clearTimeout(timer);
      timer = setTimeout(send, pause);
    };

    const send = async () => {
      const waiting = kept();
      if (sending || !waiting.length) return;
      sending = true;
      say(said.sending, false);
      try {
        const scans = waiting.map(({ at, ...scan }) => ({ ...scan, ago: Math.max(Date.now() - at, 0) / 1000 }));
        const answer = await fetch(said.keptUrl, {
          method: "POST",
          body: JSON.stringify({ scans }),
          headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
          credentials: "same-origin",
          redirect: "manual",
        });
        if (answer.status >= 500) throw new Error();
        // Signed out, or no longer of this site: nothing is lost, a person has to see to it.
        if (!answer.ok) return say(said.refused, true);
        const told = await answer.json();
        turn = 0;
        keep(kept().filter((scan) => !told.taken.includes(scan.key)));
        look = look.concat(told.look);
        say(told.saved, look.length > 0);
        if (kept().length) later(AGAIN[0]);
      } catch {
        offline();
        later(AGAIN[Math.min(turn, AGAIN.length - 1)]);
        turn += 1;
      } finally {
        sending = false;
      }
    };

    // A network that leads nowhere counts as none.
    const connected = async () => {
      if (!navigator.onLine) return false;
      const patience = new AbortController();
      const stop = setTimeout(() => patience.abort(), PATIENCE);
      try {
        await fetch(said.askUrl, { method: "HEAD", cache: "no-store", redirect: "manual", signal: patience.signal });
        return true;
      } catch {
        return false;
      } finally {
        clearTimeout(stop);
      }
    };

    const code = () => box.value.trim().replace(/\/+$/, "").split("/").pop();
    const typed = () => /^[a-z]{2}-\d+-\d+-\d$/i.test(code());

    const note = () => {
      if (!code()) return;
      compared.hidden = !typed();
      if (typed() && !tick.checked) return tick.focus();
      const scan = { key: `${Date.now()}-${Math.random()}`, code: code(), at: Date.now(), compared: tick.checked };
      const others = kept().filter((one) => one.code !== scan.code);
      if (!keep([...others, scan])) return;
      box.value = "";
      tick.checked = false;
      compared.hidden = true;
      offline();
      later(AGAIN[0]);
    };

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await connected()) form.submit();
      else note();
    });
    window.addEventListener("online", () => later(0));

    let watching = null;
    camera.addEventListener("click", async () => {
      if (watching) {
        watching.getTracks().forEach((track) => track.stop());
        watching = null;
        video.hidden = true;
        return;
      }
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
          box.value = last;
          form.requestSubmit();
        }
        await new Promise((done) => setTimeout(done, 250));
      }
    });

    form.querySelector(".door-hint").hidden = false;
    camera.hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
    if (kept().length) later(0);
  });
})();
