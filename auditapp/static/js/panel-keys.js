// Keys of the panel's reading page. Every key presses a button or follows a link that is on the page.
// Off with one button, remembered on this computer; never while typing, never with Ctrl, Alt or Meta
// held (WCAG 2.1.4), but for Ctrl+Enter, which saves from a field too.

const STORED = "panel-keys";
const help = document.querySelector("[data-keys-help]");
const form = document.getElementById("mark");
const radios = [...form.querySelectorAll('input[type="radio"]')];

const isOn = () => localStorage.getItem(STORED) !== "off";

const isTyping = (target) =>
  target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName) ||
  (target.tagName === "INPUT" && !["radio", "checkbox", "button", "submit"].includes(target.type));

const press = (key) => document.querySelector(`[data-key="${key}"]`)?.click();

const focusOn = (id) => document.getElementById(id)?.focus();

const chooseGrade = (place) => {
  const radio = radios[place - 1];
  if (!radio) return;
  radio.checked = true;
  focusOn("rationale");
};

const showKeys = () => {
  help.open = true;
  help.querySelector("summary").focus();
};

const ACTS = {
  a: () => press("A"),
  j: () => press("J"),
  k: () => press("K"),
  r: () => focusOn("rationale"),
  n: () => focusOn("note"),
  "?": showKeys,
};

const act = (key) => {
  if (/^[1-9]$/.test(key)) {
    chooseGrade(Number(key));
    return Number(key) <= radios.length;
  }
  const known = Object.hasOwn(ACTS, key);
  if (known) ACTS[key]();
  return known;
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || !isOn()) return;
  if (event.key === "Enter" && event.ctrlKey && form.contains(event.target)) {
    event.preventDefault();
    press("Ctrl Enter");
    return;
  }
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (act(event.key.toLowerCase())) event.preventDefault();
});

const showState = () => {
  help.querySelector("[data-keys-state]").textContent = isOn() ? "on" : "off";
  help.querySelector("[data-keys-switch]").textContent = isOn() ? "Turn keys off" : "Turn keys on";
};

help.querySelector("[data-keys-switch]").addEventListener("click", () => {
  localStorage.setItem(STORED, isOn() ? "off" : "on");
  showState();
});

showState();
// Drawn hidden: without this script no key does anything.
for (const hint of [help, ...document.querySelectorAll("[data-key] kbd")]) hint.hidden = false;
// After a save the next standard is open: reading begins at its heading.
if (location.hash === "#reading") focusOn("reading");
