// The records beside the text: the table of numbers, filtered and sorted, and the lists of everything else.
const COLUMNS = [
  ["text", (row) => row.o.low], ["subject", (row) => indicatorOf(row.o)], ["place", (row) => row.o.place || ""],
  ["period", (row) => row.o.period || ""], ["status", (row) => t(`status.${row.o.status}`)], ["confidence", (row) => row.o.confidence],
];
let tableRows = [];
let tabling = null;

const rowsOf = () => (state.scope === "one" ? [state.article].filter((i) => ARTICLES[i]) : ARTICLES.map((_, i) => i))
  .flatMap((i) => ARTICLES[i].observations.map((o) => ({ i, o })));

function rowText({ i, o }) {
  const article = ARTICLES[i];
  return o[`folded_${state.language}`] ??= fold([o.text, sentenceOf(o), indicatorOf(o), o.subject, o.period, article.title, article.id,
    t(`kind.${o.kind}`), t(`role.${o.role}`), ...o.groups].filter(Boolean).join(" "));
}

function filteredRows() {
  const { text, kind, status, indicator } = state.filters;
  const words = wordsOf(text);
  const rows = rowsOf().filter((row) => (!kind || row.o.kind === kind) && (!status || row.o.status === status)
    && (!indicator || row.o.indicator === indicator) && words.every((word) => rowText(row).includes(word)));
  const column = COLUMNS.find(([name]) => name === state.sort.column);
  if (!column) return rows;
  const order = new Intl.Collator("vi", { numeric: true }).compare;
  const sign = state.sort.down ? -1 : 1;
  const keyed = rows.map((row, n) => [column[1](row), n, row]);
  keyed.sort((a, b) => (a[0] === "" ? (b[0] === "" ? 0 : 1) : b[0] === "" ? -1
    : sign * (typeof a[0] === "number" ? a[0] - b[0] : order(a[0], b[0]))) || a[1] - b[1]);
  return keyed.map((entry) => entry[2]);
}

function tableRow({ i, o }) {
  const bad = isBad(ARTICLES[i], o);
  return el("tr", { tabindex: "0", "data-article": String(i), "data-number": o.id },
    el("td", {}, el("span", { class: "figure" }, o.text), bad ? el("span", { title: t("ui.failed") }, " ⚠") : null,
      el("small", {}, inLanguage(o.value_words))),
    el("td", {}, indicatorOf(o), el("small", {}, state.scope === "all" ? titleOf(ARTICLES[i]) : o.subject || "")),
    el("td", {}, o.place || "–"), el("td", {}, inLanguage(o.period_words) || "–"),
    el("td", { class: "nowrap" }, el("span", { class: `pill ${o.status}` }, t(`status.${o.status}`)), el("small", {}, t(`role.${o.role}`))),
    el("td", { class: "nowrap" }, el("span", { class: "sure" }, `${confidenceOf(o)}%`, barOf(o))));
}

function renderTable() {
  tableRows = filteredRows();
  $("#table-count").textContent = ofTotal(tableRows.length, rowsOf().length);
  const head = el("tr", {}, COLUMNS.map(([name]) => {
    const sorted = state.sort.column === name;
    return el("th", { scope: "col", "aria-sort": sorted ? (state.sort.down ? "descending" : "ascending") : null },
      el("button", { type: "button", "data-sort": name, title: `${t("ui.sort_by")} ${t(`field.${name}`)}` }, t(name === "confidence" ? "ui.sure" : `field.${name}`)));
  }));
  const body = el("tbody");
  tabling?.stop();
  $("#panel").replaceChildren(el("table", {}, el("thead", {}, head), body));
  tabling = fillLazily(body, tableRows, tableRow);
  if (!tableRows.length) $("#panel").append(el("p", { class: "empty" }, t("ui.nothing")));
}

function option(value, words, current) {
  return el("option", { value, selected: value === current }, words);
}

function renderFilters() {
  const { kind, status, indicator } = state.filters;
  const used = [...new Set(ARTICLES.flatMap((article) => article.observations.map((o) => o.indicator)))];
  const names = used.map((id) => [id, indicatorOf({ indicator: id })]).sort((a, b) => a[1].localeCompare(b[1], "vi"));
  $("#by-kind").replaceChildren(option("", t("ui.all_kinds"), kind), ...Object.keys(DATA.labels.kind).map((id) => option(id, t(`kind.${id}`), kind)));
  $("#by-status").replaceChildren(option("", t("ui.all_statuses"), status), ...Object.keys(DATA.labels.status).map((id) => option(id, t(`status.${id}`), status)));
  $("#by-indicator").replaceChildren(option("", t("ui.all_indicators"), indicator), ...names.map(([id, name]) => option(id, name, indicator)));
}

const TABS = {
  numbers: (a) => a.observations.length, targets: (a) => a.targets.length, people: (a) => a.officials.length,
  places: (a) => a.places.length, checks: (a) => a.checks.length,
};

function renderTabs() {
  const article = ARTICLES[state.article];
  $("#tabs").replaceChildren(...Object.entries(TABS).map(([name, count]) => {
    const failed = name === "checks" && article ? failedOf(article).length : 0;
    return el("button", { type: "button", role: "tab", "data-tab": name, "aria-selected": String(state.tab === name), tabindex: state.tab === name ? "0" : "-1", "aria-controls": "panel" },
      t(`ui.${name}`), el("span", { class: failed ? "count bad" : "count" }, String(article ? count(article) : 0)));
  }));
}

function rowButton(record, ...children) {
  return el("button", { type: "button", class: "row", "data-offset": String(record.start) }, children);
}

const LISTS = {
  targets: (article) => article.targets.map((target) => {
    const o = bySpan(article).get(target.observation);
    return el("button", { type: "button", class: "row", "data-number": target.observation }, el("b", {}, o ? sentenceOf(o) : target.text),
      el("small", {}, target.text));
  }),
  people: (article) => article.officials.map((person) => rowButton(person.mentions[0] || { start: 0 },
    el("b", {}, [person.honorific, person.name].filter(Boolean).join(" ")), el("small", {}, [person.title, person.organization].filter(Boolean).join(", ")))),
  places: (article) => article.places.map((place) => rowButton(place.mentions[0] || { start: 0 }, el("b", {}, place.name), " ",
    el("span", { class: "pill" }, t(`level.${place.level}`)),
    el("small", {}, [place.district, place.province, place.code, `×${place.mentions.length}`].filter(Boolean).join(" · ")))),
  checks: (article) => [...article.checks].sort((a, b) => a.ok - b.ok).map((check) => el("div", { class: "row" },
    el("span", { class: `pill ${check.ok ? "good" : "bad"}` }, t(check.ok ? "ui.ok" : "ui.not_ok")), " ", el("b", {}, t(`check.${check.kind}`)),
    el("small", {}, check.detail),
    check.observations.map((id) => bySpan(article).get(id)).filter(Boolean).map((o) =>
      el("small", {}, el("button", { type: "button", class: "go", "data-number": o.id }, o.text), ` ${sentenceOf(o)}`))))
    .concat(article.warnings.map((warning) => el("div", { class: "row" }, el("b", {}, t("ui.warnings")), el("small", {}, warning)))),
};

function renderPanel() {
  const numbers = state.tab === "numbers";
  $("#filters").hidden = !numbers;
  if (numbers) { renderTable(); return; }
  const article = ARTICLES[state.article];
  const rows = article ? LISTS[state.tab](article) : [];
  $("#panel").replaceChildren(rows.length ? el("div", { class: "rows" }, rows) : el("p", { class: "empty" }, t("ui.none")));
}
