// The list of articles and its search over titles, ids, places and texts.
let shown = [];
let listing = null;

function haystack(article) {
  article.folded ??= fold([article.title, article.id, article.path, article.publisher, ...article.authors, ...article.provinces, article.text].filter(Boolean).join("\n"));
  return article.folded;
}

function renderList() {
  const words = wordsOf($("#search").value);
  shown = ARTICLES.map((_, i) => i).filter((i) => words.every((word) => haystack(ARTICLES[i]).includes(word)));
  $("#list-count").textContent = ofTotal(shown.length, ARTICLES.length);
  listing?.stop();
  const list = $("#list");
  listing = fillLazily(list, shown, listItem);
  if (!shown.length) list.replaceChildren(el("li", { class: "empty" }, t("ui.nothing")));
}

function listItem(i) {
  const article = ARTICLES[i];
  const failed = failedOf(article).length;
  return el("li", {}, el("button", { type: "button", "data-article": String(i), "aria-current": i === state.article ? "true" : null },
    el("span", { class: "name" }, titleOf(article)),
    el("span", { class: "meta" }, article.published ? el("span", {}, article.published) : null,
      article.provinces.length ? el("span", {}, article.provinces.join(", ")) : null,
      el("span", {}, `${article.observations.length} ${t("ui.numbers").toLowerCase()}`),
      failed ? el("span", { class: "pill bad", title: t("ui.failed") }, `⚠ ${failed}`) : null)));
}

/** Go to article number `i` and, with `number`, to one of its numbers. */
function openArticle(i, number = null, { focus = false } = {}) {
  hideCard(true);
  state.article = i;
  state.number = null;
  const at = shown.indexOf(i);
  if (at >= 0) listing.more(at + 1);
  for (const button of $$("#list [aria-current]")) button.removeAttribute("aria-current");
  const button = $(`#list [data-article="${i}"]`);
  button?.setAttribute("aria-current", "true");
  button?.scrollIntoView({ block: "nearest" });
  renderArticle();
  renderTabs();
  if (state.scope === "one" || state.tab !== "numbers") renderPanel();
  if (number) showCard(number, { pin: true, scroll: true });
  if (focus) $("#reader").focus({ preventScroll: true });
  history.replaceState(null, "", `#${i + 1}${number ? `/${number}` : ""}`);
}

function step(by) {
  const at = shown.indexOf(state.article);
  const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
  if (next !== undefined && next !== state.article) openArticle(next);
}
