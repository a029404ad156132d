// The working pages: an upload that says how far it is, and keys for a reviewer with two hundred rows before them.

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

// c confirms, j and k go on and back; never while somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select, dialog")) return;
  const wanted = document.querySelector(`[data-press="${CSS.escape(event.key)}"]:not(:disabled)`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});

// On a phone the queue is folded away; on a desk the row looked at is in sight.
const queue = document.querySelector("[data-queue]");
if (queue) {
  if (matchMedia("(max-width: 860px)").matches) queue.open = false;
  const current = queue.querySelector("[aria-current]");
  if (current && queue.open) queue.scrollTop = current.offsetTop - queue.clientHeight / 3;
}
const beside = document.querySelector(".beside");
const cited = beside?.querySelector(".own") ?? beside?.querySelector(".cited");
if (cited) beside.scrollTop = cited.offsetTop - 60;
