// A page that comes back with errors starts at its summary.
document.querySelector("[data-error-summary]")?.focus();
