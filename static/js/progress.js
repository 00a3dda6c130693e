// Fetches the progress of a running job until it rests, then loads the page anew.
(() => {
  const bar = document.getElementById("progress");
  if (!bar) return;
  let last = "";
  const look = async () => {
    try {
      const answer = await fetch(bar.dataset.progressUrl, { headers: { "X-Requested-With": "fetch" } });
      if (answer.redirected || answer.status === 204 || (answer.status >= 400 && answer.status < 500)) {
        window.location.reload();
        return;
      }
      const shown = await answer.text();
      // Written only when it changed, so that a screen reader isn't told the same again and again.
      if (answer.ok && shown !== last) bar.innerHTML = last = shown;
    } catch {
      // The line was down for a moment: try again.
    }
    window.setTimeout(look, 2000);
  };
  window.setTimeout(look, 1000);
})();
