// Words that could not be saved, kept on this computer and offered again, to whoever typed them,
// when the page is opened. Where the browser forbids keeping, nothing is kept and nothing fails.
const template = document.querySelector("template[data-kept-words]");
const WEEK_MS = 7 * 24 * 3600 * 1000;
const key = (assessment, standard) => `unsaved:${template.dataset.who}:${assessment}:${standard}`;

function stored(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // full, forbidden or not ours
  }
}

// Whether they are kept.
export function keep(assessment, standard, body) {
  const words = JSON.stringify({ at: Date.now(), body: [...body] });
  return stored((kept) => kept.setItem(key(assessment, standard), words)) !== null;
}

export function forget(assessment, standard) {
  stored((kept) => kept.removeItem(key(assessment, standard)));
}

const read = (name) => stored((kept) => JSON.parse(kept.getItem(name)));
for (const name of stored(Object.keys) ?? [])
  if (name.startsWith("unsaved:") && !(read(name)?.at > Date.now() - WEEK_MS)) stored((kept) => kept.removeItem(name));

function when(at) {
  const day = new Date(at);
  const time = day.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const isToday = day.toDateString() === new Date().toDateString();
  return isToday ? time : `${time} on ${day.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
}

// Offers them above the answer's fields; `putBack` gets the body as pairs.
export function offer(assessment, standard, article, isShown, putBack) {
  const kept = read(key(assessment, standard));
  if (!kept) return;
  if (isShown(kept.body)) return forget(assessment, standard);
  const box = template.content.cloneNode(true).firstElementChild;
  box.querySelector("[data-time]").textContent = when(kept.at);
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
