// Works a published draw of homes out again, in the reader's own browser. Without it the page still says how.
(() => {
  const hex = async (text) => {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // By code point, as Python sorts; the codes of homes are plain ASCII.
  const ascending = (one, other) => (one < other ? -1 : Number(one > other));
  const lines = (codes) => codes.map((code) => `${code}\n`).join("");

  const share = (number, ratio) => {
    const [whole, part = ""] = ratio.split(".");
    const scale = 10n ** BigInt(part.length);
    const times = BigInt(number) * BigInt(whole + part);
    return Math.min(number, Number((times + scale - 1n) / scale));
  };

  const strataOf = (csv) => {
    const strata = new Map();
    csv.trim().split("\n").slice(1).forEach((line) => {
      const [stratum, code] = line.split(",");
      strata.set(stratum, [...(strata.get(stratum) || []), code]);
    });
    return strata;
  };

  const drawn = async (strata, { seed, ratio, takeAll }) => {
    const selected = [];
    let result = "";
    let reserve = "";
    for (const stratum of [...strata.keys()].sort(ascending)) {
      const tickets = await Promise.all(strata.get(stratum).map(async (code) => [await hex(`${seed},${code}`), code]));
      const codes = tickets.sort(([a, x], [b, y]) => ascending(a, b) || ascending(x, y)).map(([, code]) => code);
      const count = takeAll.includes(stratum) ? codes.length : share(codes.length, ratio);
      selected.push(...codes.slice(0, count));
      result += codes.slice(0, count).map((code) => `selected ${code}\n`).join("");
      reserve += codes.slice(count).map((code) => `reserve ${stratum} ${code}\n`).join("");
    }
    return { selected, digest: await hex(result + reserve) };
  };

  const check = async (data) => {
    const strata = strataOf(data.frame);
    const frame = await hex(lines([...strata.values()].flat().sort(ascending)));
    const found = await drawn(strata, data);
    const wrong = [];
    if (frame !== data.frameSha256 || (await hex(data.frame)) !== data.csvSha256) wrong.push("frame");
    const same = JSON.stringify([...found.selected].sort(ascending)) === JSON.stringify([...data.selected].sort(ascending));
    if (!same || found.digest !== data.resultSha256) wrong.push("result");
    return wrong;
  };

  document.querySelectorAll("[data-verify-draw]").forEach((box) => {
    const button = box.querySelector("button");
    const said = box.querySelector("[role=status]");
    const words = box.dataset;
    if (!window.crypto || !crypto.subtle) {
      said.textContent = words.cannot;
      return;
    }
    button.hidden = false;
    button.addEventListener("click", async () => {
      const wrong = await check(JSON.parse(document.getElementById("draw-data").textContent));
      said.textContent = wrong.length ? `${words.other} ${wrong.map((one) => words[one]).join(", ")}` : words.same;
      said.dataset.verified = wrong.length ? "no" : "yes";
    });
  });
})();
