// Typing in the third box chooses it.
for (const box of document.querySelectorAll("textarea[data-chooses]")) {
  box.addEventListener("input", () => {
    document.getElementById(box.dataset.chooses).checked = true;
  });
}
