// On a narrow screen a list of the desk stands row under row: each cell tells the heading of its column.
(() => {
  const label = () => {
    for (const table of document.querySelectorAll("main table.listing:not(.desk-stack)")) {
      const headings = [...table.querySelectorAll("thead th, thead td")].map((cell) => cell.textContent.trim());
      const sums = table.tFoot || table.querySelector("[rowspan]") || table.closest(".figures-report, .screening-narrow");
      const fits = headings.length < 4 || table.querySelector(".desk-wide"); // hides what needn't be seen on a phone
      if (fits || sums) continue;
      for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
        [...row.cells].forEach((cell, place) => {
          if (cell.colSpan === 1) cell.dataset.label = headings[place] ?? "";
          cell.toggleAttribute("data-empty", !cell.textContent.trim() && !cell.children.length);
        });
      }
      table.classList.add("desk-stack");
    }
  };
  document.addEventListener("DOMContentLoaded", label);
  // Wagtail draws a list anew when it is filtered, ordered or searched.
  document.addEventListener("w-swap:success", label);
  if (document.readyState !== "loading") label();
})();
