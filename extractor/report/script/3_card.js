// The card of one number: what it says in words, field by field, with the words and the rule behind each.
function evidenceOf(article, o, field) {
  const span = o.evidence[field];
  if (!span) return null;
  const words = article.text === null ? null : sliceOf(article)(...span).replace(/\s+/g, " ");
  return words === null ? null : el("button", { type: "button", "data-offset": String(span[0]) }, el("q", {}, words));
}

function speakerOf(article, o) {
  const person = article.officials.find((official) => official.id === o.speaker);
  return person ? [person.name, person.title].filter(Boolean).join(", ") : o.speaker;
}

function fieldWords(article, o, field) {
  if (field === "indicator") return indicatorOf(o);
  if (field === "groups") return o.groups.map((group) => inLanguage(DATA.names.group[group]) || group).join(", ");
  if (field === "period") return inLanguage(o.period_words);
  if (field === "speaker") return o.speaker ? speakerOf(article, o) : null;
  if (field === "comparator") return o.comparator === "eq" ? null : t(`comparator.${o.comparator}`, { "": "…" });
  if (field === "unit") return o.kind === "percent" ? null : o.unit || null;
  if (field === "per") return inLanguage(o.per_words);
  if (field === "of") return o.of === undefined ? null : String(o.of);
  if (field === "status" || field === "role" || field === "direction") return o[field] ? t(`${field}.${o[field]}`) : null;
  return o[field] || null;
}

function fillCard(article, o) {
  const rows = [];
  for (const field of FIELDS) {
    const words = fieldWords(article, o, field);
    const optional = !["indicator", "place", "period", "status"].includes(field);
    if (!words && optional) continue;
    const rule = o.rules[field];
    const evidence = evidenceOf(article, o, field);
    rows.push(el("dt", {}, t(`field.${field}`)), el("dd", {}, rule ? el("code", { title: t("field.rule") }, rule) : null,
      words ? el("b", {}, words) : el("i", {}, t("ui.not_given")), " ", field === "subject" ? null : evidence));
  }
  const checks = article.checks.filter((check) => check.observations.includes(o.id));
  const card = $("#card");
  card.className = `card${o.status === "target" ? " is-target" : ""}${state.pinned ? " is-pinned" : ""}`;
  card.setAttribute("role", state.pinned ? "dialog" : "tooltip");
  card.setAttribute("aria-label", sentenceOf(o));
  card.replaceChildren(
    el("header", {}, el("p", {}, `${t(`kind.${o.kind}`)} · ${o.text}`), el("h3", {}, sentenceOf(o)),
      state.pinned ? el("button", { type: "button", class: "icon", "data-close": true, "aria-label": t("ui.close") }, "✕") : null),
    el("dl", {}, rows),
    el("footer", {}, el("span", { class: "sure" }, `${t("field.confidence")} ${confidenceOf(o)}%`, barOf(o)),
      checks.map((check) => el("span", { class: `pill ${check.ok ? "good" : "bad"}` }, `${t(`check.${check.kind}`)}: ${check.detail}`))));
}

function barOf(o) {
  const bar = el("i", { "aria-hidden": "true" });
  bar.style.setProperty("--part", `${confidenceOf(o)}%`);
  return bar;
}

/** Below the number's sentence, so that the words in light stay in view; above it where there is no room below. */
function placeCard(anchor) {
  const card = $("#card");
  const o = bySpan(ARTICLES[state.article]).get(state.number);
  const box = anchor.getClientRects()[0] || anchor.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const sentence = leaves.filter(([from, to]) => from >= o.sentence[0] && to <= o.sentence[1]).map((leaf) => leaf[2]);
  const inText = sentence.length > 0;
  const first = inText ? sentence[0].getClientRects()[0].top : box.top;
  const last = inText ? [...sentence.at(-1).getClientRects()].at(-1).bottom : box.bottom;
  const roomBelow = (bottom) => bottom + 10 + height <= innerHeight - 8;
  const roomAbove = (top) => top - height - 28 >= 8;
  const top = roomBelow(last) ? last + 10 : roomAbove(first) ? first - height - 28
    : roomBelow(box.bottom) ? box.bottom + 10 : roomAbove(box.top) ? box.top - height - 28 : innerHeight - height - 8;
  card.style.top = `${Math.max(8, top)}px`;
  const pane = $("#reader").getBoundingClientRect();
  card.style.left = `${Math.max(8, Math.min(Math.max(pane.left + 12, box.left - 24), Math.max(pane.right, pane.left + width + 20) - width - 12))}px`;
}

/** Scroll to the upper third of the pane, where the card has room below. */
function bring(node) {
  const pane = $("#reader");
  const offset = node.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTo({ top: pane.scrollTop + offset - pane.clientHeight * 0.28, behavior: "instant" });
}

const anchorOf = (id) => $(`#article [data-number="${CSS.escape(id)}"]`);

/** Show the card of number `id` of the article in view; `pin` keeps it open until it is closed. */
function showCard(id, { pin = false, scroll = false } = {}) {
  const article = ARTICLES[state.article];
  const o = bySpan(article).get(id);
  if (!o) return;
  state.number = id;
  state.pinned = pin;
  fillCard(article, o);
  light(o);
  const anchor = anchorOf(id);
  const card = $("#card");
  card.hidden = false;
  if (!anchor) return;
  if (scroll) bring(anchor);
  else if (pin) $("#panel tr.active")?.scrollIntoView({ block: "nearest" });
  placeCard(anchor);
}

function hideCard(force = false) {
  if (state.pinned && !force) return;
  state.pinned = false;
  $("#card").hidden = true;
  unlight();
}
