// Saves each standard by itself: after a pause, on leaving a field, and before the form is sent.
// One save of a standard is on its way at a time; the latest waits. A save that could not be
// confirmed is sent again unchanged, with the same save id, so that it is kept once.
import { forget, keep, offer } from "./kept-words.js";
import { point, say } from "./save-status.js";

const PAUSE_MS = 1500;
const RETRY_MS = [2000, 4000, 8000, 16000, 30000];
const HIDDEN = ["based_on", "save_id"];
// A redirect, a token of an earlier session, a plain no; a right or a role that is gone.
const BARRED = { 0: "signed-out", 400: "signed-out", 401: "signed-out", 403: "barred", 404: "barred" };
// A version 4 UUID; crypto.randomUUID is missing where the page is not served over https.
const newSaveId = () =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

// What the answers ask now besides, and no longer: `asked` are keys, or null where nothing changed.
const showAsked = (asked) => {
  for (const article of asked ? document.querySelectorAll("article[data-standard]") : [])
    article.hidden = !asked.includes(article.dataset.standard);
};

class Standard {
  constructor(form, article) {
    Object.assign(this, { form, article, name: article.dataset.standard, url: article.dataset.saveUrl });
    this.dirty = false; // typed since the last save was sent
    this.stopped = false; // a conflict or a refusal: only a person can go on from here
    this.unconfirmed = null; // the body of a save that may or may not have arrived
    this.sending = null; // the promise of the save on its way
    this.tries = 0;
    article.addEventListener("input", () => this.touch());
    article.addEventListener("focusout", () => this.dirty && this.save());
    // A conflict was just settled on its own page: what was typed is in the history.
    if ("settled" in article.dataset) forget(form.dataset.autosave, this.name);
    offer(form.dataset.autosave, this.name, article, (body) => this.shows(body), (body) => this.putBack(body));
  }

  hidden(field) {
    return this.form.elements[`${this.name}-${field}`];
  }

  fields() {
    return [...this.article.querySelectorAll("input, textarea, select")].filter(
      (field) => field.name.startsWith(`${this.name}-`) && field.type !== "file",
    );
  }

  body() {
    const own = new Set(this.fields().map((field) => field.name));
    return new URLSearchParams([...new FormData(this.form)].filter(([name]) => own.has(name)));
  }

  touch() {
    this.dirty = true;
    if (this.unconfirmed || this.stopped) this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  get settled() {
    return !this.dirty && !this.unconfirmed && !this.sending;
  }

  // Sends what is not saved; resolves when nothing is on its way.
  async save() {
    clearTimeout(this.timer);
    if (this.sending) return this.sending.then(() => this.dirty && this.save());
    if (this.stopped || this.settled) return;
    if (!this.unconfirmed) this.dirty = false;
    const body = this.unconfirmed ?? this.body();
    this.sending = this.send(body).finally(() => (this.sending = null));
    await this.sending;
    if (this.dirty && !this.unconfirmed && !this.stopped) await this.save();
  }

  async send(body) {
    say(this.name, "saving");
    let response;
    try {
      response = await fetch(this.url, {
        method: "POST",
        body,
        keepalive: body.toString().length < 60_000,
        redirect: "manual", // to the sign-in page: not to be taken for an answer
        headers: { Accept: "application/json", "X-CSRFToken": this.form.elements.csrf_token.value },
      });
      if (response.status >= 500 || response.status === 429) throw new Error(response.statusText);
    } catch {
      return this.tryAgain(body);
    }
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    const answer = isJson ? await response.json().catch(() => null) : null;
    this.unconfirmed = null;
    this.tries = 0;
    if (response.ok && answer) this.saved(answer);
    else this.notSaved(response, answer ?? {});
  }

  saved(answer) {
    this.hidden("based_on").value = answer.revision;
    this.hidden("save_id").value = newSaveId();
    forget(this.form.dataset.autosave, this.name);
    this.showErrors({});
    this.showState(answer);
    showAsked(answer.asked);
    say(this.name, answer.late ? "late" : "saved", { time: answer.saved_at });
  }

  tryAgain(body) {
    this.unconfirmed = body;
    this.keep();
    say(this.name, navigator.onLine ? "unconfirmed" : "offline", { kept: this.kept });
    const wait = RETRY_MS[Math.min(this.tries++, RETRY_MS.length - 1)];
    this.timer = setTimeout(() => this.save(), wait);
  }

  notSaved(response, answer) {
    this.keep();
    if (response.status === 422) {
      this.showErrors(answer.errors ?? {});
      return say(this.name, "refused");
    }
    this.stopped = true;
    this.conflict = answer.conflict_url;
    this.barred = BARRED[response.status];
    if (this.conflict) say(this.name, "conflict", { who: answer.who, link: this.conflict });
    else if (this.barred) say(this.name, this.barred, { kept: this.kept });
    else say(this.name, "refused", { why: answer.error ?? "Open this page again to see why" });
  }

  keep() {
    this.kept = keep(this.form.dataset.autosave, this.name, this.body());
  }

  showState({ state, needs }) {
    for (const choice of this.article.querySelectorAll("[data-answer-state] > [data-is]")) {
      choice.hidden = choice.dataset.is !== state;
      if (state === "half" && choice.dataset.is === "half" && needs) choice.lastElementChild.textContent = needs;
    }
  }

  showErrors(errors) {
    this.clearErrors(errors);
    for (const field of this.fields()) {
      const message = errors[field.name];
      if (message) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      if (!message || field.type === "hidden") continue;
      delete errors[field.name]; // once per group of radios
      const line = document.createElement("p");
      line.className = "govuk-error-message";
      line.textContent = message;
      (field.closest(".picker, .seg, .govuk-radios") ?? field).before(line);
    }
  }

  // The server's own too; in its summary, those of fields that are mended.
  clearErrors(errors) {
    for (const old of this.article.querySelectorAll(".govuk-error-message")) old.remove();
    for (const part of this.article.querySelectorAll('[class*="--error"]'))
      part.classList.remove(...[...part.classList].filter((name) => name.endsWith("--error")));
    for (const link of document.querySelectorAll(`[data-error-summary] a[href^="#${this.name}-"]`))
      if (!errors[link.hash.slice(1)]) link.closest("li").remove();
    const summary = document.querySelector("[data-error-summary]");
    if (!summary || summary.querySelector("li")) return;
    summary.remove();
    document.title = document.title.replace("Error: ", "");
  }

  shows(body) {
    const visible = (pairs) => [...pairs].filter(([name]) => !HIDDEN.some((field) => name === `${this.name}-${field}`));
    return JSON.stringify(visible(body)) === JSON.stringify(visible(this.body()));
  }

  // The kept words come back with the revision they were written over: if someone has saved
  // since, the server finds the conflict and nothing is overwritten.
  putBack(body) {
    const words = new Map(body);
    for (const field of this.fields()) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = body.some(([n, v]) => n === field.name && v === field.value);
      else if (words.has(field.name)) field.value = words.get(field.name);
    }
    this.hidden("save_id").value = newSaveId(); // they may have grown since they were sent
    this.touch();
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const standards = [...form.querySelectorAll("article[data-standard]")].map((article) => new Standard(form, article));
  const saveAll = () => Promise.all(standards.map((standard) => standard.save()));
  const safe = (standard) => standard.settled || standard.stopped;
  const lost = (standard) => !(standard.settled || (standard.stopped && standard.kept)); // on leaving
  let leaving = false;
  addEventListener("online", saveAll);
  // Both versions are shown by sending the page: the server sees what was typed and what is saved.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-save-status] [data-link]");
    if (!link || !standards.some((standard) => standard.conflict && link.href.endsWith(standard.conflict))) return;
    event.preventDefault();
    form.requestSubmit();
  });
  document.addEventListener("visibilitychange", () => document.hidden && saveAll());
  addEventListener("beforeunload", (event) => {
    if (!leaving && standards.some(lost)) event.preventDefault();
  });
  // What is on its way is waited for: sent beside the form, it would make the form out of date.
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    const isBarred = () => standards.some((standard) => standard.barred);
    if (standards.every(safe) && !isBarred()) return void (leaving = true);
    event.preventDefault();
    await saveAll();
    if (isBarred()) point(); // the page it would lead to could keep nothing either
    else if (standards.every(safe)) form.requestSubmit(submitter);
  });
}
