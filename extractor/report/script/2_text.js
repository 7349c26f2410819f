// The article: paragraphs of leaves, cut wherever a mark or a piece of evidence begins or ends.
let leaves = [];

/** All marks of an article as [start, end, kind, record]. Numbers never overlap each other. */
function marksOf(article) {
  const marks = [];
  for (const o of article.observations) marks.push([o.start, o.end, "number", o]);
  for (const target of article.targets) marks.push([target.start, target.end, "target", target]);
  for (const period of article.periods) marks.push([period.start, period.end, "period", period]);
  for (const person of article.officials) for (const m of person.mentions) marks.push([m.start, m.end, "official", person]);
  for (const place of article.places) for (const m of place.mentions) marks.push([m.start, m.end, "place", place]);
  return marks.filter(([start, end]) => start < end);
}

function paragraphsOf(article) {
  const whole = sliceOf(article)(0, article.characters);
  const out = [];
  let at = 0;
  for (const line of whole.split("\n")) {
    const length = /[\ud800-\udfff]/.test(line) ? Array.from(line).length : line.length;
    if (line.trim()) out.push([at, at + length]);
    at += length + 1;
  }
  return out;
}

function describe(kind, record) {
  if (kind === "official") return [record.name, record.title, record.organization].filter(Boolean).join(", ");
  if (kind === "place") return [t(`level.${record.level}`), record.name, record.province !== record.name && record.province].filter(Boolean).join(", ");
  return kind === "period" ? inLanguage(record.words) : null;
}

function numberNode(article, o) {
  const target = o.status === "target";
  return el("span", {
    class: `num${target ? " is-target" : ""}${isBad(article, o) ? " is-bad" : ""}`, role: "button", tabindex: "0", "data-number": o.id,
    "aria-describedby": "card", "aria-label": `${o.text}: ${sentenceOf(o)}`,
  });
}

/** "target, −4 points or more, 2024, Cao Bằng" */
const sentenceOf = (o) => [t(`status.${o.status}`), inLanguage(o.value_words), inLanguage(o.period_words), o.place].filter(Boolean).join(", ");

function proseOf(article) {
  const slice = sliceOf(article);
  const marks = marksOf(article);
  const cuts = new Set();
  for (const [start, end] of marks) cuts.add(start).add(end);
  for (const o of article.observations) {
    cuts.add(o.sentence[0]).add(o.sentence[1]);
    for (const [start, end] of Object.values(o.evidence)) cuts.add(start).add(end);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const prose = el("div", { class: "prose", lang: "vi" });
  leaves = [];
  const byStart = marks.sort((a, b) => a[0] - b[0]);
  let open = [];
  let next = 0;
  let cut = 0;
  const printed = article.sections.some((section) => section.kind === "title");
  if (!printed && article.title) prose.append(el("h2", { class: "title" }, article.title));
  let titled = false;
  for (const [from, to] of paragraphsOf(article)) {
    const section = article.sections.find((s) => s.start <= from && from < s.end);
    const kind = section ? section.kind : "body";
    const paragraph = el(kind === "title" && !titled ? "h2" : "p", { class: kind });
    if (kind === "title") titled = true;
    let holder = null;
    let at = from;
    while (at < to) {
      while (cut < sorted.length && sorted[cut] <= at) cut += 1;
      const end = Math.min(to, cut < sorted.length ? sorted[cut] : to);
      while (next < byStart.length && byStart[next][0] <= at) open.push(byStart[next++]);
      open = open.filter((mark) => mark[1] > at);
      const number = open.find((mark) => mark[2] === "number");
      const others = open.filter((mark) => mark[2] !== "number");
      const classes = [...new Set(others.map((mark) => `m-${mark[2]}`))];
      const about = others.map((mark) => describe(mark[2], mark[3])).filter(Boolean).join(" · ");
      const leaf = el("span", { class: classes.length ? `mark ${classes.join(" ")}` : null, title: about || null }, slice(at, end));
      leaves.push([at, end, leaf]);
      if (number) {
        if (!holder || holder.dataset.number !== number[3].id) paragraph.append(holder = numberNode(article, number[3]));
        holder.append(leaf);
      } else {
        holder = null;
        paragraph.append(leaf);
      }
      at = end;
    }
    prose.append(paragraph);
  }
  return prose;
}

/** The records in place of a text that is not there. */
function recordsOf(article) {
  return el("div", { class: "rows" },
    el("p", { class: "notice" }, el("b", {}, t(`missing.${article.missing}`)), t("missing.shown")),
    article.observations.map((o) => el("button", { type: "button", class: "row", "data-number": o.id },
      el("b", {}, o.text), " ", el("span", {}, sentenceOf(o)), el("small", {}, [indicatorOf(o), o.subject].filter(Boolean).join(" · ")))));
}

function renderArticle() {
  const article = ARTICLES[state.article];
  const node = $("#article");
  if (!article) { node.replaceChildren(el("p", { class: "empty" }, t("ui.none"))); return; }
  leaves = [];
  const heads = [article.published_words ? inLanguage(article.published_words) : t("ui.no_date"), article.publisher,
    article.authors.length ? `${t("ui.by")} ${article.authors.join(", ")}` : null, article.provinces.join(", "), article.id];
  node.replaceChildren(
    el("div", { class: "kicker" }, heads.filter(Boolean).map((part, i) => el(i === 0 ? "b" : "span", {}, part))),
    article.text === null ? el("div", {}, el("h2", { class: "prose" }, el("span", { class: "title" }, titleOf(article))), recordsOf(article)) : proseOf(article));
  $("#reader").scrollTop = 0;
}

function renderLegend() {
  const legend = $("#legend");
  legend.replaceChildren(...["number", "target_number", "target", "place", "official", "period"].map((kind) =>
    el("button", { type: "button", class: kind, "data-mark": kind, "aria-pressed": String(!state.hidden.has(kind)) }, t(`ui.${kind}`))));
  for (const kind of ["number", "target_number", "target", "place", "official", "period"]) {
    $("#article").classList.toggle(`hide-${kind}`, state.hidden.has(kind));
  }
}

/** Put the words that the fields of `o` come from in light, each with the names of its fields. */
function light(o) {
  unlight();
  const spans = new Map();
  for (const [field, [start, end]] of Object.entries(o.evidence)) {
    const key = `${start}-${end}`;
    if (!spans.has(key)) spans.set(key, [start, end, []]);
    spans.get(key)[2].push(t(`field.${field}`));
  }
  for (const [from, to, leaf] of leaves) {
    if (from >= o.sentence[0] && to <= o.sentence[1]) leaf.classList.add("in-sentence");
    for (const [start, end, names] of spans.values()) {
      if (from < start || to > end) continue;
      leaf.classList.add("lit");
      if (from === start) {
        const label = leaf.dataset.label ? `${leaf.dataset.label} · ${names.join(" · ")}` : names.join(" · ");
        leaf.dataset.label = label;
      }
    }
  }
  for (const node of $$(`[data-number="${CSS.escape(o.id)}"]`)) {
    if ((node.dataset.article ?? String(state.article)) === String(state.article)) node.classList.add("active");
  }
  keepLabelsInside();
}

const LABEL_CHARACTER = 5.8; // pixels, about

/** Move labels that would stand out of the pane to the left. */
function keepLabelsInside() {
  const edge = $("#reader").getBoundingClientRect().right - 12;
  for (const node of $$("#article [data-label]")) {
    const box = node.getClientRects()[0];
    if (!box) return; // the pane is not shown
    const over = box.left + node.dataset.label.length * LABEL_CHARACTER + 10 - edge;
    node.style.setProperty("--shift", `${Math.min(0, -over)}px`);
  }
}

function unlight() {
  for (const [, , leaf] of leaves) { leaf.classList.remove("lit", "in-sentence"); delete leaf.dataset.label; }
  for (const node of $$(".active")) node.classList.remove("active");
}
