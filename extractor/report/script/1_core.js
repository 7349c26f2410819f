// Data, labels, state and the one way of making elements: text only ever becomes text nodes.
const DATA = JSON.parse(document.getElementById("data").textContent);
const ARTICLES = DATA.articles;
const FIELDS = ["indicator", "groups", "subject", "place", "period", "status", "role", "direction", "comparator", "unit", "per", "of", "speaker"];

const state = {
  language: DATA.language, theme: "auto", article: 0, number: null, pinned: false, tab: "numbers", scope: "one",
  sort: { column: null, down: false }, hidden: new Set(), filters: { text: "", kind: "", status: "", indicator: "" },
};

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** A new element; `attributes` may hold `on…` listeners; strings among `children` become text. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** The label of "table.key" in the language chosen; the key where there is none. */
function t(path, slots) {
  const dot = path.indexOf(".");
  const key = path.slice(dot + 1);
  const entry = (DATA.labels[path.slice(0, dot)] || {})[key];
  let words = entry ? entry[state.language] : key;
  for (const [slot, value] of Object.entries(slots || {})) words = words.replace(`{${slot}}`, () => value);
  return words;
}

const inLanguage = (pair) => (pair ? pair[state.language] : null);

/** "34 of 1,651" */
function ofTotal(shown, total) {
  const written = new Intl.NumberFormat(state.language);
  return t("ui.of_total", { shown: written.format(shown), total: written.format(total) });
}

/** Lower case without accents, so that "cao bang" finds "Cao Bằng". */
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
const wordsOf = (query) => fold(query).split(/\s+/).filter(Boolean);

function remember(key, value) {
  try { localStorage.setItem(`extractor.${key}`, value); } catch { /* a browser that keeps nothing */ }
}
function recall(key) {
  try { return localStorage.getItem(`extractor.${key}`); } catch { return null; }
}

function debounce(run, wait = 120) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(run, wait); };
}

/** Offsets count code points; JavaScript's strings don't. */
function sliceOf(article) {
  if (!article.slice) {
    const points = /[\ud800-\udfff]/.test(article.text) ? Array.from(article.text) : null;
    article.slice = points ? (a, b) => points.slice(a, b).join("") : (a, b) => article.text.slice(a, b);
  }
  return article.slice;
}

/** Fill `parent` with `make(item)` for all items, a part at a time as the reader scrolls; returns how to force more. */
function fillLazily(parent, items, make, size = 80) {
  let done = 0;
  const sentinel = el(parent.tagName === "TBODY" ? "tr" : "li", { "aria-hidden": "true", class: "sentinel" });
  const more = (upTo = done + size) => {
    const part = document.createDocumentFragment();
    for (; done < items.length && done < upTo; done += 1) part.append(make(items[done], done));
    sentinel.remove();
    parent.append(part);
    if (done < items.length) parent.append(sentinel);
  };
  const watcher = new IntersectionObserver((seen) => { if (seen.some((entry) => entry.isIntersecting)) { more(); } },
    { root: parent.closest(".scroll"), rootMargin: "600px" });
  watcher.observe(sentinel);
  parent.replaceChildren();
  more(size);
  return { more, stop: () => watcher.disconnect() };
}

const titleOf = (article) => article.title || article.id || article.path || t("ui.untitled");
const bySpan = (article) => { article.byId ||= new Map(article.observations.map((o) => [o.id, o])); return article.byId; };
const confidenceOf = (o) => Math.round(o.confidence * 100);
const failedOf = (article) => article.checks.filter((check) => !check.ok);
const isBad = (article, o) => failedOf(article).some((check) => check.observations.includes(o.id));
const indicatorOf = (o) => inLanguage(DATA.names.indicator[o.indicator]) || o.indicator;
