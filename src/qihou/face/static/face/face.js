// What every page needs: navigation on a phone, the why drawer, forms that keep what was typed, copying, confirming.
// Charts and maps are loaded only where a page has one.

const drawer = () => document.getElementById("why");

function openDrawer(url, remember = true) {
  const box = drawer();
  if (!box) { location.href = url; return; }
  window.htmx.ajax("GET", url, { target: "#why-body", swap: "innerHTML" }).then(() => {
    box.inert = false;
    box.classList.add("open");
    box.focus({ preventScroll: true });
  });
  if (remember) {
    const here = new URL(location.href);
    here.searchParams.set("why", new URL(url, location.href).pathname.split("/why/")[1] ?? "");
    history.replaceState(history.state, "", here);
  }
}

function closeDrawer() {
  const box = drawer();
  if (!box || !box.classList.contains("open")) return false;
  box.classList.remove("open");
  box.inert = true;
  const here = new URL(location.href);
  here.searchParams.delete("why");
  history.replaceState(history.state, "", here);
  return true;
}

// A question that names the consequence, instead of the browser's own box.
function confirmThen(form, submitter) {
  const box = document.createElement("dialog");
  box.className = "confirm";
  const text = document.createElement("p");
  text.textContent = (submitter?.dataset.confirm) ?? form.dataset.confirm;
  const row = document.createElement("div");
  row.className = "actions";
  const yes = document.createElement("button");
  yes.className = "primary";
  yes.textContent = submitter?.textContent.trim() || "OK";
  const no = document.createElement("button");
  no.textContent = document.documentElement.lang === "en" ? "Cancel" : "取消";
  row.append(yes, no);
  box.append(text, row);
  document.body.append(box);
  no.addEventListener("click", () => box.close());
  yes.addEventListener("click", () => { form.dataset.confirmed = "1"; box.close(); form.requestSubmit(submitter); });
  box.addEventListener("close", () => box.remove());
  box.showModal();
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;

  const why = target.closest("a[data-why]");
  if (why && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    openDrawer(why.href);
    return;
  }
  if (target.closest('[data-close="why"]')) { closeDrawer(); return; }

  const toggle = target.closest("[data-toggle]");
  if (toggle) {
    const open = document.getElementById(toggle.dataset.toggle)?.classList.toggle("open") ?? false;
    toggle.setAttribute("aria-expanded", String(open));
    return;
  }
  const copy = target.closest("[data-copy]");
  if (copy) {
    const source = document.querySelector(copy.dataset.copy);
    navigator.clipboard?.writeText(source?.textContent ?? "").then(() => copy.classList.add("copied"));
    return;
  }
  if (target.closest("[data-print]")) { window.print(); return; }
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (!open.contains(target)) open.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Escape") {
    if (closeDrawer()) return;
    for (const open of document.querySelectorAll("details.menu[open]")) open.open = false;
    document.querySelector(".nav.open")?.classList.remove("open");
  } else if (!typing && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (wanted) { event.preventDefault(); wanted.focus(); wanted.select?.(); }
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && form.dataset.confirmed !== "1") {
    event.preventDefault();
    event.stopImmediatePropagation();
    confirmThen(form, event.submitter);
    return;
  }
  delete form.dataset.confirmed;
  if (form.dataset.keep) sessionStorage.setItem(`sent:${form.dataset.keep}`, "1");
}, true);

// Filters act as they are changed; typing waits for a pause.
let pause;
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-autosubmit]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
});
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-autosubmit]");
  if (form && event.target.matches("input[type=search], input[type=text]")) {
    clearTimeout(pause);
    pause = setTimeout(() => form.requestSubmit(), 450);
  }
  const kept = event.target.closest?.("form[data-keep]");
  if (kept) keep(kept);
});

// A form keeps what was typed on this device until it was sent and accepted.
const keepable = (form) => [...form.elements].filter((e) => e.name && !["hidden", "file", "password", "submit"].includes(e.type));
function keep(form) {
  const values = Object.fromEntries(keepable(form).map((e) => [e.name, e.type === "checkbox" ? e.checked : e.value]));
  localStorage.setItem(`keep:${form.dataset.keep}`, JSON.stringify(values));
}
function restore(form) {
  const key = form.dataset.keep;
  const refused = form.querySelector(".error");
  if (sessionStorage.getItem(`sent:${key}`)) {
    sessionStorage.removeItem(`sent:${key}`);
    if (!refused) { localStorage.removeItem(`keep:${key}`); return; }
  }
  const stored = localStorage.getItem(`keep:${key}`);
  if (!stored || refused) return;
  let used = false;
  for (const [name, value] of Object.entries(JSON.parse(stored))) {
    const element = form.elements.namedItem(name);
    if (!element || element instanceof RadioNodeList) continue;
    if (element.type === "checkbox") { used ||= element.checked !== value; element.checked = value; }
    else if (element.value !== value) { element.value = value; used = true; }
  }
  const note = form.querySelector("[data-kept-note]");
  if (used && note) note.hidden = false;
}

// Files too large are refused before they travel; the server checks again.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.dataset.maxBytes) return;
  const tooLarge = [...input.files].some((f) => f.size > Number(input.dataset.maxBytes));
  input.setCustomValidity(tooLarge ? input.dataset.tooLarge ?? "" : "");
  input.reportValidity();
});

async function wake(root) {
  for (const form of root.querySelectorAll("form[data-keep]")) restore(form);
  for (const element of root.querySelectorAll("[data-reload-seconds]")) {
    setTimeout(() => location.reload(), 1000 * Number(element.dataset.reloadSeconds));
  }
  if (root.querySelector("[data-chart]")) (await import("./chart.js")).drawAll(root);
  if (root.querySelector("[data-figure-png]")) await import("./picture.js");
  if (root.querySelector("[data-map]")) (await import("./map.js")).drawAll(root);
}

document.addEventListener("htmx:afterSettle", (event) => wake(event.target));
wake(document);

const asked = new URL(location.href).searchParams.get("why");
const code = location.pathname.match(/^\/d\/[^/]+\//);
if (asked && code && /^[\w.-]+\/[\w.:-]+$/.test(asked)) {
  window.addEventListener("load", () => openDrawer(`${code[0]}why/${asked}`, false));
}
