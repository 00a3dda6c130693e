// Shows the buttons that print the page they stand on. Without it they stay hidden, and the browser's menu prints.
(() => {
  document.querySelectorAll("[data-print-page]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
