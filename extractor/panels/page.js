"use strict";
// The table stands in the page as it is; this sorts and filters it, and opens the sources of a row.
const table = document.getElementById("panel");
const bodies = [...table.tBodies];
const form = document.getElementById("filters");
const $ = (id) => document.getElementById(id);
const fold = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
const order = new Intl.Collator(table.dataset.language, { numeric: true }).compare;
const texts = new Map();
const textOf = (body) => {
  if (!texts.has(body)) texts.set(body, fold(body.textContent));
  return texts.get(body);
};

function filter() {
  const words = fold($("search").value).split(/\s+/).filter(Boolean);
  const least = Number($("confidence").value) / 100;
  const wanted = [...form.querySelectorAll("select")].filter((s) => s.value).map((s) => [s.dataset.by, s.value]);
  $("percent").textContent = `${$("confidence").value}%`;
  let shown = 0;
  for (const body of bodies) {
    const fits = (!$("comparable").checked || body.dataset.comparable === "yes")
      && Number(body.dataset.confidence) >= least
      && wanted.every(([by, value]) => ` ${body.dataset[by]} `.includes(` ${value} `))
      && words.every((word) => textOf(body).includes(word));
    body.hidden = !fits;
    shown += fits;
  }
  $("nothing").hidden = shown > 0;
  $("count").textContent = table.dataset.of.replace("{shown}", shown).replace("{total}", bodies.length);
}

function sort(button) {
  const head = button.closest("th");
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const keyed = bodies.map((body, n) => [body.rows[0].cells[head.cellIndex].dataset.sort ?? "", n, body]);
  const numeric = head.dataset.numeric !== undefined;
  const sign = down ? -1 : 1;
  keyed.sort((a, b) => (a[0] === "") - (b[0] === "")  // what is not known stays at the end
    || sign * (numeric ? a[0] - b[0] : order(a[0], b[0])) || a[1] - b[1]);
  table.append(...keyed.map((entry) => entry[2]));
}

function toggle(body) {
  const open = body.classList.toggle("open");
  body.rows[1].hidden = !open;
  body.querySelector(".toggle").setAttribute("aria-expanded", String(open));
}

table.tHead.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) sort(button);
});
table.addEventListener("click", (event) => {
  const row = event.target.closest("tbody > tr:first-child");
  if (row && !event.target.closest("a") && !String(getSelection())) toggle(row.parentElement);
});
for (const name of ["input", "change"]) form.addEventListener(name, filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
filter();
