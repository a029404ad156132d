// The year's work: an upload that says how far it is, and a column pasted from a spreadsheet into the grid.

const words = (form, name) => form.dataset[name] ?? "";

// The file travels with a bar and numbers; without scripts the form is sent the ordinary way.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const bar = form.querySelector("[data-upload-progress]");
  const said = form.querySelector("[data-upload-said]");
  form.addEventListener("submit", (event) => {
    const input = form.querySelector("input[type=file]");
    if (!input?.files?.length || !bar) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const buttons = [...form.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    bar.hidden = false;
    request.upload.addEventListener("progress", (e) => {
      if (!e.lengthComputable) return;
      const percent = Math.round((100 * e.loaded) / e.total);
      bar.value = percent;
      if (said) said.textContent = `${words(form, "sending")} ${percent}%`;
    });
    const failed = () => {
      for (const button of buttons) button.disabled = false;
      bar.hidden = true;
      if (said) said.textContent = words(form, "failed");
    };
    request.addEventListener("error", failed);
    request.addEventListener("timeout", failed);
    request.addEventListener("load", () => {
      const landed = new URL(request.responseURL || location.href);
      if (request.status >= 200 && request.status < 300 && landed.pathname !== location.pathname) {
        location.assign(landed);
        return;
      }
      // Refused: show the page that came back, with its sentences, as if the browser had sent the form itself.
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = answer.querySelector("main");
      if (!main) { failed(); return; }
      document.querySelector("main").replaceWith(main);
      document.querySelector("#trouble")?.focus();
    });
    request.open("POST", form.action || location.href);
    request.send(new FormData(form));
  });
}

// Several cells pasted into the grid go through the same preview as a pasted block: named by their rows, from the focused one down.
const grid = document.querySelector("form[data-grid]");
const box = document.querySelector("#f-text");
grid?.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "") ?? "";
  const row = event.target.closest("tr[data-code]");
  if (!row || !box || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  const codes = [...grid.querySelectorAll("tr[data-code]")].map((r) => r.dataset.code);
  const first = codes.indexOf(row.dataset.code);
  const lines = text.split("\n").slice(0, codes.length - first);
  box.value = lines.map((line, at) => `${codes[first + at]}\t${line}`).join("\n");
  box.form.requestSubmit(box.form.querySelector("button[value=paste]"));
});

// On a phone the years scroll: the one looked at is in sight.
const years = document.querySelector(".tabs.years");
const current = years?.querySelector("[aria-current]");
if (current) years.scrollLeft = current.offsetLeft - years.clientWidth / 2;
