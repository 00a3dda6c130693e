// Keeps what is typed on a page of her application before it is saved. Without it the page still saves by its button.
(() => {
  const SOON = 1200;
  const AGAIN = [2000, 5000, 10000, 30000];

  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const state = form.querySelector(".keep-state");
    let timer = 0;
    let turn = 0;
    let sending = null;
    let ended = false;
    // Where the page tells which edition it was filled with, each answer brings the one that it has made.
    const seen = form.elements.seen;
    const stop = new AbortController();

    const say = (words, wrong = false) => {
      state.textContent = words;
      state.classList.toggle("is-wrong", wrong);
    };

    const later = (pause) => {
      clearTimeout(timer);
      if (!ended) timer = setTimeout(keep, pause);
    };

    // Words alone: a file is sent once, by the button.
    const typed = () => {
      const data = new FormData(form);
      new Set([...data].filter(([, value]) => value instanceof File).map(([name]) => name)).forEach((name) => data.delete(name));
      return data;
    };

    const request = (options = {}) =>
      fetch(form.getAttribute("action") || window.location.href, {
        method: "POST",
        body: typed(),
        headers: { "X-Keep": "1", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        credentials: "same-origin",
        redirect: "error",
        signal: stop.signal,
        ...options,
      });

    const read = async (answer) => {
      const told = await answer.json();
      if (answer.status >= 500) throw new Error();
      if (seen && told.seen !== undefined) seen.value = told.seen;
      return told;
    };

    const keep = () => {
      if (sending) return later(SOON);
      sending = send().finally(() => {
        sending = null;
      });
    };

    const send = async () => {
      try {
        const answer = await request();
        const told = await read(answer);
        turn = 0;
        ended = answer.status === 401 || answer.status === 409;
        say(told.kept || told.error, !answer.ok);
      } catch {
        if (stop.signal.aborted) return;
        say(form.dataset.failed, true);
        later(AGAIN[Math.min(turn, AGAIN.length - 1)]);
        turn += 1;
      }
    };

    form.addEventListener("input", () => {
      say(form.dataset.waiting);
      later(SOON);
    });
    form.addEventListener("submit", (event) => {
      ended = true;
      clearTimeout(timer);
      if (!seen || !sending) return stop.abort();
      // What is under way may be stored already: sent upon the older edition the page would contradict itself.
      event.preventDefault();
      sending.then(() => form.requestSubmit(event.submitter));
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden" || ended || state.textContent !== form.dataset.waiting) return;
      clearTimeout(timer);
      request({ keepalive: true })
        .then(read)
        .catch(() => later(SOON));
    });
  });
})();
