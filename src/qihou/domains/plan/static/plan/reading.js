// The document beside its register: what belongs together lights up together, in both directions.

const cited = (uid) => document.querySelectorAll(`.line[data-rows~="${CSS.escape(uid)}"]`);

function light(uids, on) {
  for (const uid of uids) {
    for (const line of cited(uid)) line.classList.toggle("lit", on);
    document.getElementById(`R${uid}`)?.classList.toggle("lit", on);
  }
}

const uidsOf = (element) => (element.dataset.row ? [element.dataset.row] : element.dataset.rows.trim().split(/\s+/));

for (const element of document.querySelectorAll("[data-row], .line[data-rows]")) {
  const uids = uidsOf(element);
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    element.addEventListener(event, () => light(uids, on));
  }
}

// The rows on the right follow the line being read.
const rows = document.querySelector(".rows-beside");
if (rows) {
  let waiting = false;
  const follow = () => {
    waiting = false;
    if (rows.matches(":hover") || getComputedStyle(rows).position !== "sticky") return;
    const first = [...document.querySelectorAll(".line[data-rows]")].find((l) => l.getBoundingClientRect().top > 70);
    const row = first && document.getElementById(`R${uidsOf(first)[0]}`);
    if (row) rows.scrollTo({ top: row.offsetTop - 44 });
  };
  document.addEventListener("scroll", () => {
    if (!waiting) { waiting = true; requestAnimationFrame(follow); }
  }, { passive: true });
}
