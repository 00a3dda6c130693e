// The score sheet in a village: what is typed is kept on the phone at once and sent when there is a network; photos
// wait in a queue. Without it the sheet is a plain form.
(() => {
  document.querySelectorAll("form[data-device-time]").forEach((form) => {
    form.addEventListener("submit", () => {
      form.elements.device_at.value = new Date().toISOString();
    });
  });

  const page = document.querySelector("[data-inspect]");
  if (!page) return;
  const words = page.dataset;
  const known = JSON.parse(document.getElementById("inspection-data").textContent);
  const form = document.getElementById("sheet");
  const state = page.querySelector(".inspection-state");
  const csrf = () => form.elements.csrfmiddlewaretoken.value;
  const PARTS = ["points", "na", "reason", "counted", "note"];
  const SOON = 800;
  const AGAIN = [3000, 6000, 15000, 30000];
  const STORE = `inspection:${known.token}`;

  // Answers that aren't on the server yet, by criterion: {said, base, seen, key, at}.
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(STORE) || "{}");
  } catch {
    kept = {};
  }
  const store = () => {
    try {
      if (Object.keys(kept).length) localStorage.setItem(STORE, JSON.stringify(kept));
      else localStorage.removeItem(STORE);
    } catch {
      say(words.full, true);
    }
  };

  const box = (code) => page.querySelector(`[data-code="${CSS.escape(code)}"]`);
  const field = (part, code) => form.elements[`${part}-${code}`];
  const key = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;
  const say = (text, wrong = false) => {
    state.textContent = text;
    state.classList.toggle("is-wrong", wrong);
  };

  const typed = (code) => ({
    points: field("points", code).value.trim() === "" ? null : field("points", code).value.trim(),
    not_applicable: Boolean(field("na", code) && field("na", code).checked),
    reason: field("reason", code) ? field("reason", code).value : "",
    counted: field("counted", code) && field("counted", code).value.trim() !== "" ? Number(field("counted", code).value) : null,
    note: field("note", code).value,
  });

  const show = (code, said) => {
    field("points", code).value = said.points === null ? "" : said.points;
    if (field("na", code)) field("na", code).checked = said.not_applicable;
    if (field("reason", code)) field("reason", code).value = said.reason;
    if (field("counted", code)) field("counted", code).value = said.counted === null ? "" : said.counted;
    field("note", code).value = said.note;
  };

  const seen = (code, version, stored) => {
    known.versions[code] = version;
    known.answers[code] = stored;
    field("version", code).value = version;
    field("base", code).value = JSON.stringify(stored);
  };

  const same = (one, other) => {
    const number = (text) => (text === null ? null : Number(text));
    return number(one.points) === number(other.points) && ["not_applicable", "reason", "counted", "note"].every(
      (part) => one[part] === other[part],
    );
  };

  // What is wrong stands beside the field before anything is sent.
  const fault = (code, text) => {
    const place = box(code).querySelector(".inspection-wrong");
    place.textContent = text || "";
    field("points", code).setAttribute("aria-invalid", text ? "true" : "false");
  };
  const fits = (code) => {
    const input = field("points", code);
    if (input.validity.badInput) return false;
    if (input.value === "") return true;
    const number = Number(input.value);
    return number >= 0 && number <= Number(box(code).dataset.most) && Number.isInteger(number * 2);
  };

  let timer = 0;
  let turn = 0;
  let sending = false;
  let ended = false;
  const later = (pause) => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(send, pause);
  };

  const change = (code) => {
    const before = kept[code];
    const begun = before || { base: known.answers[code], seen: known.versions[code] };
    kept[code] = { said: typed(code), base: begun.base, seen: begun.seen, key: key(), at: new Date().toISOString() };
    store();
    fault(code, fits(code) ? "" : box(code).dataset.beyond);
    if (!box(code).querySelector(".inspection-clash")) tell();
    later(SOON);
  };

  const tell = () => {
    const waiting = Object.keys(kept).length;
    if (ended) return;
    if (!navigator.onLine) say(words.offline, true);
    else if (waiting || queue.length) say(queue.length ? `${words.photosWaiting} ${queue.length}` : words.waiting);
    else say(words.sent);
  };

  const clash = (code, result) => {
    const place = box(code);
    place.querySelectorAll(".inspection-clash").forEach((one) => one.remove());
    const said = (one) => `${one.not_applicable ? words.na : one.points ?? "—"} ${one.counted ?? ""} ${one.note}`;
    const shown = document.createElement("div");
    shown.className = "inspection-clash help-block help-warning";
    shown.setAttribute("role", "alert");
    const line = (label, one) => {
      const p = document.createElement("p");
      const strong = document.createElement("strong");
      strong.textContent = said(one);
      p.append(`${label} `, strong);
      return p;
    };
    const button = (label, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button button-small button-secondary";
      made.textContent = label;
      made.addEventListener("click", () => {
        shown.remove();
        act();
      });
      return made;
    };
    const mine = kept[code].said;
    shown.append(
      document.createTextNode(result.words),
      line(words.you, mine),
      line(`${words.other} ${result.by || ""} ${result.at || ""}`, result.stored),
      button(words.mine, () => {
        kept[code] = { ...kept[code], base: result.stored, seen: result.version, key: key() };
        seen(code, result.version, result.stored);
        store();
        later(0);
      }),
      button(words.theirs, () => {
        delete kept[code];
        store();
        seen(code, result.version, result.stored);
        show(code, result.stored);
        tell();
      }),
    );
    kept[code].clash = true;
    store();
    place.querySelector("legend").after(shown);
  };

  const settle = (result, sent) => {
    const { code } = result;
    if (!box(code) || !kept[code]) return;
    if (result.outcome === "conflict") return clash(code, result);
    if (result.outcome === "refused") return fault(code, result.words);
    fault(code, "");
    const again = kept[code].key !== sent[code];
    seen(code, result.version, result.stored);
    if (again) {
      kept[code] = { ...kept[code], base: result.stored, seen: result.version };
    } else {
      delete kept[code];
      show(code, result.stored);
    }
    store();
  };

  const send = async () => {
    if (sending || ended) return;
    if (!navigator.onLine) return tell();
    const codes = Object.keys(kept).filter((code) => box(code) && fits(code) && !kept[code].clash);
    sending = true;
    try {
      if (codes.length) await sendAnswers(codes);
      await sendPhotos();
      turn = 0;
      tell();
    } catch (error) {
      if (error.name === "SignedOut") say(words.signedOut, true);
      else tell();
      later(AGAIN[Math.min(turn, AGAIN.length - 1)]);
      turn += 1;
    } finally {
      sending = false;
    }
    if (!ended && Object.keys(kept).some((code) => fits(code) && !kept[code].clash && !codes.includes(code))) later(SOON);
  };

  const post = async (url, options) => {
    const answer = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      ...options,
      headers: { "X-CSRFToken": csrf(), "X-Keep": "1", ...options.headers },
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      throw Object.assign(new Error(), { name: "SignedOut" });
    }
    return answer;
  };

  const sendAnswers = async (codes) => {
    say(words.sending);
    const sent = Object.fromEntries(codes.map((code) => [code, kept[code].key]));
    const answers = codes.map((code) => ({
      code, ...kept[code].said, base: kept[code].base, seen: kept[code].seen, key: kept[code].key, device_at: kept[code].at,
    }));
    const answer = await post(words.sync, {
      body: JSON.stringify({ answers }),
      headers: { "Content-Type": "application/json" },
    });
    const told = await answer.json();
    if (answer.status === 409) {
      ended = true;
      say(`${told.error} ${words.closed}`, true);
      return;
    }
    if (!answer.ok) throw new Error();
    told.results.forEach((result) => settle(result, sent));
  };

  // Photos wait in IndexedDB: they are too big for anything else, and survive a killed page.
  let queue = [];
  const database = () =>
    new Promise((done, failed) => {
      const opening = indexedDB.open("inspection-photos", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("photos", { keyPath: "key" });
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => failed(opening.error);
    });
  const photos = async (mode, act) => {
    const base = await database();
    return new Promise((done, failed) => {
      const transaction = base.transaction("photos", mode);
      const asked = act(transaction.objectStore("photos"));
      transaction.oncomplete = () => done(asked && asked.result);
      transaction.onerror = () => failed(transaction.error);
    }).finally(() => base.close());
  };
  const digestOf = async (buffer) => {
    if (!window.crypto || !crypto.subtle) return "";
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
    return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const line = (code, name, note) => {
    const item = document.createElement("li");
    item.textContent = `${name} · ${note}`;
    box(code).querySelector(".inspection-photos").append(item);
    return item;
  };

  // Where the photo was taken: only while the inspector has ticked it and the device agrees, to about a hundred metres.
  const wanted = document.querySelector("[data-place]");
  const whereNow = () =>
    new Promise((done) => {
      if (!wanted || !wanted.checked || !navigator.geolocation) return done(null);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => done([coords.latitude.toFixed(3), coords.longitude.toFixed(3)]),
        () => {
          wanted.checked = false;
          wanted.dispatchEvent(new Event("change"));
          done(null);
        },
        { timeout: 8000, maximumAge: 60000 },
      );
    });
  if (wanted && navigator.geolocation) {
    wanted.closest("[hidden]").hidden = false;
    wanted.checked = localStorage.getItem("inspection-place") === "1";
    wanted.addEventListener("change", () => localStorage.setItem("inspection-place", wanted.checked ? "1" : "0"));
  }

  const keepPhoto = async (code, file) => {
    const bytes = await file.arrayBuffer();
    const where = await whereNow();
    const one = {
      key: key(), token: known.token, code, name: file.name, type: file.type, bytes,
      where, sha256: await digestOf(bytes), at: new Date(file.lastModified || Date.now()).toISOString(),
    };
    try {
      await photos("readwrite", (all) => all.put(one));
    } catch {
      return say(words.full, true);
    }
    queue.push(one);
    one.shown = line(code, one.name, words.photoKept);
    tell();
    later(0);
  };

  const sendPhotos = async () => {
    for (const one of [...queue]) {
      if (!box(one.code)) continue;
      const body = new FormData();
      body.append("photo", new Blob([one.bytes], { type: one.type }), one.name);
      body.append("criterion", one.code);
      body.append("sha256", one.sha256);
      body.append("device_at", one.at);
      if (one.where) {
        body.append("latitude", one.where[0]);
        body.append("longitude", one.where[1]);
      }
      const answer = await post(words.photos, { body });
      if (answer.status >= 500 || answer.status === 429) throw new Error();
      const told = await answer.json();
      await photos("readwrite", (all) => all.delete(one.key));
      queue = queue.filter((other) => other !== one);
      if (one.shown) one.shown.textContent = `${one.name} · ${answer.ok ? told.twice || words.photoSent : told.error}`;
      if (!answer.ok || told.twice) fault(one.code, told.error || told.twice);
    }
  };

  Object.keys(known.answers).forEach((code) => {
    const place = box(code);
    if (!place) return;
    PARTS.map((part) => field(part, code)).filter(Boolean).forEach((input) => {
      input.addEventListener("input", () => change(code));
      input.addEventListener("change", () => change(code));
    });
    // Full points and nothing, for a thumb.
    const quick = place.querySelector(".inspection-quick");
    quick.hidden = false;
    [place.dataset.most, "0"].forEach((points) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = points;
      button.addEventListener("click", () => {
        field("points", code).value = points;
        change(code);
      });
      quick.append(button);
    });
    const chooser = place.querySelector("input[type=file]");
    chooser.multiple = true;
    chooser.addEventListener("change", async () => {
      const files = [...chooser.files];
      chooser.value = "";
      for (const file of files) await keepPhoto(code, file);
    });
    // What an earlier visit of this page couldn't send stands in the fields again; what arrived is forgotten here.
    if (kept[code] && same(kept[code].said, known.answers[code])) {
      delete kept[code];
      store();
    } else if (kept[code]) {
      delete kept[code].clash;
      show(code, kept[code].said);
      fault(code, fits(code) ? "" : place.dataset.beyond);
    }
  });
  page.classList.add("is-alive");

  window.addEventListener("online", () => {
    turn = 0;
    later(0);
  });
  window.addEventListener("offline", tell);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && later(0));
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      tell();
      state.scrollIntoView({ block: "center" });
      return;
    }
    // What is kept stays until the next page shows that it arrived: the network may go at this very moment.
    ended = true;
    clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => {
    if (ended || (!Object.keys(kept).length && !queue.length && navigator.onLine)) return;
    event.preventDefault();
    event.returnValue = "";
  });

  photos("readonly", (all) => all.getAll())
    .then((found) => {
      queue = (found || []).filter((one) => one.token === known.token);
      queue.forEach((one) => {
        if (box(one.code)) one.shown = line(one.code, one.name, words.photoKept);
      });
    })
    .catch(() => {})
    .finally(() => {
      tell();
      later(0);
    });
})();
