// Keeps what is typed on a page of her application before it is saved. Without it the page still saves by its button.
(() => {
  const SOON = 1200;
  const AGAIN = [2000, 5000, 10000, 30000];

  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const state = form.querySelector(".keep-state");
    let timer = 0;
    let turn = 0;
    let sending = false;
    let ended = false;
    const stop = new AbortController();

    const say = (words, wrong = false) => {
      state.textContent = words;
      state.classList.toggle("is-wrong", wrong);
    };

    const later = (pause) => {
      clearTimeout(timer);
      if (!ended) timer = setTimeout(keep, pause);
    };

    const request = (options = {}) =>
      fetch(form.action || window.location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Keep": "1", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        credentials: "same-origin",
        redirect: "error",
        signal: stop.signal,
        ...options,
      });

    const keep = async () => {
      if (sending) return later(SOON);
      sending = true;
      try {
        const answer = await request();
        const told = await answer.json();
        if (answer.status >= 500) throw new Error();
        turn = 0;
        ended = answer.status === 401 || answer.status === 409;
        say(told.kept || told.error, !answer.ok);
      } catch {
        if (stop.signal.aborted) return;
        say(form.dataset.failed, true);
        later(AGAIN[Math.min(turn, AGAIN.length - 1)]);
        turn += 1;
      } finally {
        sending = false;
      }
    };

    form.addEventListener("input", () => {
      say(form.dataset.waiting);
      later(SOON);
    });
    form.addEventListener("submit", () => {
      ended = true;
      clearTimeout(timer);
      stop.abort();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden" || ended || state.textContent !== form.dataset.waiting) return;
      clearTimeout(timer);
      request({ keepalive: true }).catch(() => later(SOON));
    });
  });
})();
