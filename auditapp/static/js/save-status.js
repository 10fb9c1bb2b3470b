// The one line that says what is safe. Its words are in the page's templates, drawn by the server.
const BAD = ["late", "offline", "unconfirmed", "signed-out", "barred", "conflict", "refused"];
const box = document.querySelector("[data-save-status]");
const problems = new Map(); // standard -> [state, details]: a problem stays until it is dealt with

// To the line, or the link in it.
export const point = () => (box.querySelector("a") ?? box).focus();

export function say(standard, state, details = {}) {
  if (BAD.includes(state)) problems.set(standard, [state, details]);
  else if (state === "saved") problems.delete(standard);
  const standing = [...problems.values()].pop();
  draw(...(standing ?? [state, details]));
}

function draw(state, { time = "", who = "", why = "", link = "", kept = true }) {
  const line = document.querySelector(`template[data-save-line="${state}"]`).content.cloneNode(true);
  const fill = (name, text) => {
    const slot = line.querySelector(`[data-${name}]`);
    if (slot && text) slot.textContent = text;
  };
  fill("time", time);
  fill("who", who);
  fill("why", why);
  if (!kept) line.querySelector("[data-kept]")?.remove();
  if (link) line.querySelector("[data-link]").href = link;
  const key = state + time + who + why + kept;
  if (state !== "saved" && box.dataset.shown === key) return; // a failure is said once, not per try
  box.dataset.shown = key;
  // A failure is heard at once, a success at the next pause.
  box.setAttribute("aria-live", BAD.includes(state) ? "assertive" : "polite");
  box.replaceChildren(line);
}
