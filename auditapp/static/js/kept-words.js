// Words that could not be saved, kept on this computer and offered again when the page is opened.
const key = (assessment, standard) => `unsaved:${assessment}:${standard}`;

export function keep(assessment, standard, body, time) {
  try {
    localStorage.setItem(key(assessment, standard), JSON.stringify({ time, body: [...body] }));
  } catch {
    // Full or forbidden: the words are still in the page.
  }
}

export function forget(assessment, standard) {
  localStorage.removeItem(key(assessment, standard));
}

// Offers `{time, body}` above the answer's fields; `putBack` gets the body as pairs.
export function offer(assessment, standard, article, isShown, putBack) {
  const kept = JSON.parse(localStorage.getItem(key(assessment, standard)) ?? "null");
  if (!kept) return;
  if (isShown(kept.body)) return forget(assessment, standard);
  const box = document.querySelector("template[data-kept-words]").content.cloneNode(true).firstElementChild;
  box.querySelector("[data-time]").textContent = kept.time;
  box.querySelector("[data-put-back]").addEventListener("click", () => {
    box.remove();
    putBack(kept.body);
  });
  box.querySelector("[data-discard]").addEventListener("click", () => {
    box.remove();
    forget(assessment, standard);
  });
  article.prepend(box);
}
