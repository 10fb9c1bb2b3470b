// Uploads: a file that is too large is refused before it is sent; a slow one says that it is going.
// The form stays a plain POST.
const megabytes = (bytes) => Math.ceil(bytes / 1_000_000);

function refusal(file, limit) {
  if (!file || !limit || megabytes(file.size) <= limit) return "";
  return `This file is ${megabytes(file.size)} MB. The limit is ${limit} MB. Link to it, or upload a smaller copy.`;
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const status = form.appendChild(document.createElement("p"));
  status.setAttribute("role", "status");

  form.addEventListener("submit", (event) => {
    const [file] = input.files;
    const why = refusal(file, Number(input.dataset.maxMb));
    status.className = why ? "govuk-error-message" : "small";
    status.textContent = why || (file ? `Sending ${file.name}, ${megabytes(file.size)} MB. Stay on this page.` : "");
    if (why) event.preventDefault();
  });
}
