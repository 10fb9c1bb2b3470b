// "29 words. 60 to 150 is usual." under a field. Not announced: it is a help, not a limit.
for (const line of document.querySelectorAll("[data-count-of]")) {
  const field = document.getElementById(line.dataset.countOf);
  const show = () => {
    const words = field.value.split(/\s+/).filter(Boolean).length;
    line.textContent = `${words} ${words === 1 ? "word" : "words"}. ${line.dataset.usual} is usual.`;
  };
  field.addEventListener("input", show);
  show();
}
