// What the reader does: mouse, keyboard, language, theme, print.
function applyTheme() {
  const dark = state.theme === "dark" || (state.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.toggleAttribute("data-dark", dark);
}

function setView(view) {
  document.body.dataset.view = view;
  for (const button of $$(".views button")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
}

function setLanguage(language) {
  state.language = language;
  document.documentElement.lang = language;
  for (const node of $$("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of $$("[data-t-label]")) { node.setAttribute("aria-label", t(node.dataset.tLabel)); if (node.classList.contains("icon")) node.title = t(node.dataset.tLabel); }
  for (const node of $$("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
  for (const button of $$("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === language));
  $("#title").textContent = DATA.title || t("ui.title");
  const numbers = ARTICLES.reduce((sum, article) => sum + article.observations.length, 0);
  const written = new Intl.NumberFormat(language);
  $("#summary").textContent = t(ARTICLES.length === 1 ? "ui.summary_one" : "ui.summary", { articles: written.format(ARTICLES.length), numbers: written.format(numbers) });
  hideCard(true);
  renderFilters();
  setScope(state.scope);
  renderList();
  renderArticle();
  renderLegend();
  renderTabs();
  renderPanel();
}

function setScope(scope) {
  state.scope = scope;
  for (const button of $$("[data-scope]")) button.setAttribute("aria-pressed", String(button.dataset.scope === scope));
}

function goTo(offset) {
  const leaf = leaves.find(([from, to]) => from <= offset && offset < to);
  if (!leaf) return;
  setView("text");
  bring(leaf[2]);
  if (state.number && state.pinned) requestAnimationFrame(() => placeCard(anchorOf(state.number)));
}

function choose(target) {
  const number = target.closest("[data-number]");
  if (!number) return false;
  const article = target.closest("tr[data-article]");
  const i = article ? Number(article.dataset.article) : state.article;
  const inText = Boolean(number.closest("#article"));
  if (!inText) setView("text");
  if (i !== state.article) openArticle(i, number.dataset.number);
  else if (inText && state.pinned && state.number === number.dataset.number) hideCard(true);
  else { showCard(number.dataset.number, { pin: true, scroll: !inText }); history.replaceState(null, "", `#${i + 1}/${number.dataset.number}`); }
  return true;
}

document.addEventListener("click", (event) => {
  const target = event.target;
  const data = (name) => target.closest(`[data-${name}]`)?.getAttribute(`data-${name}`);
  if (target.closest("[data-close]")) return hideCard(true);
  if (data("offset") !== undefined) return goTo(Number(data("offset")));
  if (choose(target)) return undefined;
  if (target.closest("#list [data-article]")) { openArticle(Number(data("article"))); setView("text"); return undefined; }
  if (data("language")) { remember("language", data("language")); return setLanguage(data("language")); }
  if (target.closest(".views")) { hideCard(true); return data("view") ? setView(data("view")) : undefined; }
  if (data("scope")) { setScope(data("scope")); return renderPanel(); }
  if (data("tab")) { state.tab = data("tab"); renderTabs(); renderPanel(); return $(`[data-tab="${state.tab}"]`).focus(); }
  if (data("sort")) {
    const column = data("sort");
    state.sort = state.sort.column !== column ? { column, down: false } : state.sort.down ? { column: null, down: false } : { column, down: true };
    renderTable();
    return $(`[data-sort="${column}"]`).focus();
  }
  if (data("mark")) {
    const kind = data("mark");
    if (!state.hidden.delete(kind)) state.hidden.add(kind);
    renderLegend();
    return $(`[data-mark="${kind}"]`).focus();
  }
  if (target.closest("#theme")) {
    state.theme = document.documentElement.hasAttribute("data-dark") ? "light" : "dark";
    remember("theme", state.theme);
    return applyTheme();
  }
  if (target.closest("#print")) return window.print();
  if (target.closest("#help")) return $("#keys").showModal();
  if (state.pinned && !target.closest("#card")) hideCard(true);
  return undefined;
});

/** What the mouse is over; while the reader uses the keyboard, text that scrolls under a resting mouse is not meant. */
function hover(target) {
  const number = target.closest("#article .num, tbody tr");
  if (!number || state.pinned) return;
  if (number.tagName === "TR") {
    const o = Number(number.dataset.article) === state.article && bySpan(ARTICLES[state.article]).get(number.dataset.number);
    if (o) light(o);
  } else showCard(number.dataset.number);
}

let typing = false;
document.addEventListener("mousemove", (event) => {
  if (!typing || !(event.movementX || event.movementY)) return;
  typing = false;
  hover(event.target);
});
document.addEventListener("mouseover", (event) => { if (!typing) hover(event.target); });
document.addEventListener("mouseout", (event) => {
  const number = event.target.closest("#article .num, tbody tr");
  if (!typing && number && !number.contains(event.relatedTarget)) hideCard();
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches("#article .num") && !(state.pinned && state.number === event.target.dataset.number)) showCard(event.target.dataset.number);
});
document.addEventListener("focusout", (event) => { if (event.target.matches("#article .num")) hideCard(); });
$("#reader").addEventListener("scroll", () => {
  if ($("#card").hidden || !state.number) return;
  const anchor = anchorOf(state.number);
  if (anchor) placeCard(anchor);
}, { passive: true });

/** The next or previous number of the text in view. */
function stepNumber(by) {
  const all = $$("#article [data-number]");
  if (!all.length) return;
  const at = all.findIndex((node) => node.dataset.number === state.number);
  const node = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  state.pinned = false;
  node.focus({ preventScroll: true });
  showCard(node.dataset.number, { scroll: true });
}

const KEYS = {
  "/": () => { setView("list"); $("#search").focus(); $("#search").select(); },
  f: () => { state.tab = "numbers"; renderTabs(); renderPanel(); $("#filter").focus(); $("#filter").select(); },
  j: () => step(1), k: () => step(-1), n: () => stepNumber(1), p: () => stepNumber(-1), "?": () => $("#keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  typing = true;
  const field = event.target.matches("input, select, textarea");
  if (event.key === "Escape") {
    if (!$("#card").hidden) hideCard(true);
    else if (field) event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || $("#keys").open) return;
  if ((event.key === "Enter" || event.key === " ") && event.target.matches(".num, tbody tr")) {
    event.preventDefault();
    choose(event.target);
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && event.target.closest("#list button, tbody tr")) {
    event.preventDefault();
    const here = event.target.closest("li, tr");
    const next = event.key === "ArrowDown" ? here.nextElementSibling : here.previousElementSibling;
    (next?.querySelector("button") || next)?.focus();
  } else if (["ArrowLeft", "ArrowRight"].includes(event.key) && event.target.matches("[role=tab]")) {
    const next = event.key === "ArrowRight" ? event.target.nextElementSibling : event.target.previousElementSibling;
    next?.click();
  } else if (!field && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

$("#search").addEventListener("input", debounce(renderList));
$("#search").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && shown.length) { openArticle(shown[0]); setView("text"); } else if (event.key === "ArrowDown") { event.preventDefault(); $("#list button")?.focus(); }
});
$("#filter").addEventListener("input", debounce(() => { state.filters.text = $("#filter").value; renderTable(); }));
for (const name of ["kind", "status", "indicator"]) {
  $(`#by-${name}`).addEventListener("change", (event) => { state.filters[name] = event.target.value; renderTable(); });
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
addEventListener("resize", () => { if (!$("#card").hidden && state.number) { const anchor = anchorOf(state.number); if (anchor) placeCard(anchor); } });
addEventListener("beforeprint", () => { hideCard(true); if (state.tab === "numbers" && state.scope === "one") tabling?.more(Infinity); });

function openFromAddress() {
  const [article, number] = location.hash.slice(1).split("/");
  const i = Number(article) - 1;
  if (ARTICLES[i]) openArticle(i, number || null);
}
addEventListener("hashchange", openFromAddress);

state.theme = recall("theme") || "auto";
applyTheme();
setView("text");
setLanguage(DATA.labels.status.actual[recall("language")] ? recall("language") : state.language);
openFromAddress();
