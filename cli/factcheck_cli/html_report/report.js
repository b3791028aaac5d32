// What the report does beyond being read: sentences are chosen and explained, filtered, and listed in another order.
// Everything from articles and rules is set as text; no string is ever made into markup.
"use strict";

const LEVELS = ["unverified", "possible", "probable", "attributed", "asserted", "established", "no-claim", "note"];
const WEAK = 2; // up to this level wording is weak
const BANDS = [0, 0.3, 0.55, 0.7, 0.85, 0.95, 1];

document.documentElement.classList.add("js");

const all = (query, within = document) => [...within.querySelectorAll(query)];
const one = (query, within = document) => within.querySelector(query);

// Elements: make("p", "name", "words", another element, …); nothing is made of null.
function make(tag, kind, ...inside) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...inside.filter((part) => part !== null && part !== ""));
  return made;
}

function draw(tag, attributes, ...inside) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

const ball = (level) => {
  const made = make("i", `ball l${level}`);
  made.setAttribute("aria-hidden", "true");
  return made;
};

const isolated = (tag, words) => {
  const made = make(tag, "", words);
  made.dir = "auto";
  return made;
};

const counted = (number) => number.toLocaleString("en");

const listed = (items) => items.flatMap((item, at) => (at ? [" and ", item] : [item]));

// An article ---------------------------------------------------------------------------------------------------------

class Article {
  constructor(element) {
    this.element = element;
    this.sentences = all(".s", element);
    this.notes = all(".notes li", element);
    this.blocks = all(".strip rect", element);
    this.firsts = this.blocks.map((block) => Number(block.dataset.s)); // of each the sentence that it leads to
    this.data = JSON.parse(one(".data", element).textContent);
    this.chosen = -1;
    this.matches = null; // the numbers of the sentences that the filters leave, null for all
    const [first] = this.sentences;
    if (first) first.tabIndex = 0;
    for (const mark of all(".text .n", element)) mark.tabIndex = -1; // the text is one stop of the Tab key
    this.number = new Map(this.sentences.map((sentence, at) => [sentence, at]));
    this.noted = this.notes.map((note) => Number(note.dataset.s));
    this.window = one(".along", element).appendChild(make("span", "window"));
    this.listen();
  }

  listen() {
    this.element.addEventListener("click", (event) => {
      const sentence = event.target.closest(".s");
      if (sentence && !String(getSelection())) {
        event.preventDefault();
        this.choose(this.number.get(sentence));
      }
      const note = event.target.closest(".notes a");
      if (note) {
        event.preventDefault();
        this.choose(Number(note.closest("li").dataset.s));
      }
      const level = event.target.closest(".level");
      if (level) {
        level.setAttribute("aria-pressed", String(level.getAttribute("aria-pressed") !== "true"));
        this.filter();
      }
      const who = event.target.closest(".who");
      if (who) {
        one("select.source", this.element).value = who.dataset.source;
        this.filter();
        this.element.scrollIntoView();
      }
      if (event.target.closest(".clear")) this.clear();
    });
    this.element.addEventListener("change", (event) => {
      if (event.target.matches(".more select")) this.filter();
    });
    one(".strip", this.element).addEventListener("click", (event) => this.at(event));
  }

  // The sentence at a place of the strip.
  at(event) {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 1000;
    const under = this.blocks.findLastIndex((block, n) => this.firsts[n] >= 0 && Number(block.getAttribute("x")) <= x);
    this.choose(this.firsts[Math.max(under, 0)]);
  }

  // Chooses a sentence, which shows what explains it.
  choose(at) {
    const sentence = this.sentences[at];
    if (!sentence) return;
    this.leave();
    this.chosen = at;
    sentence.setAttribute("aria-current", "true");
    if (this.sentences[0] !== sentence) this.sentences[0].removeAttribute("tabindex");
    sentence.tabIndex = 0;
    sentence.focus({ preventScroll: true });
    this.show(sentence);
    panel.tell(this, at);
    sentence.scrollIntoView({ block: "nearest" });
    this.here?.classList.remove("here");
    this.here = this.block(at);
    this.here?.classList.add("here");
    remember(sentence.id);
  }

  // Brings a sentence into view where it is not; far away it comes to stand in the upper part of the window.
  show(sentence) {
    const { top, bottom } = sentence.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) sentence.scrollIntoView({ block: "center" });
  }

  block(at) {
    return this.blocks[this.firsts.findLastIndex((first) => first >= 0 && first <= at)];
  }

  leave() {
    const before = this.sentences[this.chosen];
    if (!before) return;
    before.removeAttribute("aria-current");
    before.removeAttribute("tabindex");
    this.sentences[0].tabIndex = 0;
    this.here?.classList.remove("here");
    this.chosen = -1;
  }

  // The next sentence in a direction among those that the filters leave, or of these among the noted.
  step(direction, noted = false) {
    let from = this.chosen;
    if (from < 0) from = this.seen() - (direction > 0 ? 1 : 0);
    const wanted = (at) => (!this.matches || this.matches.has(at)) && (!noted || this.isNoted(at));
    for (let at = from + direction; at >= 0 && at < this.sentences.length; at += direction) {
      if (wanted(at)) return this.choose(at);
    }
    return say(direction > 0 ? "There is no further one." : "There is none before.");
  }

  isNoted(at) {
    this.notedSet ??= new Set(this.noted);
    return this.notedSet.has(at);
  }

  // The first sentence in the window, or the last that begins above it.
  seen() {
    let [low, high] = [0, this.sentences.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sentences[middle].getBoundingClientRect().bottom < 80) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  filter() {
    const levels = new Set(all(".level[aria-pressed=true]", this.element).map((each) => Number(each.dataset.level)));
    const pack = one("select.pack", this.element).value;
    const source = one("select.source", this.element).value;
    const inPack = this.data.rules.map((rule) => !pack || rule[0].startsWith(`${pack}/`));
    const isOn = levels.size > 0 || pack !== "" || source !== "";
    const found = new Set();
    this.data.sentences.forEach((told, at) => {
      const fits =
        (!levels.size || levels.has(told[0])) &&
        (!pack || told[7].some((finding) => inPack[finding[0]])) &&
        (!source || told[4] === Number(source));
      if (fits) found.add(at);
      this.sentences[at].classList.toggle("off", !fits);
    });
    this.matches = isOn ? found : null;
    this.element.classList.toggle("filtered", isOn);
    this.notes.forEach((note, at) => note.classList.toggle("off", !found.has(this.noted[at])));
    this.blocks.forEach((block, n) => block.classList.toggle("off", !found.has(this.firsts[n])));
    one(".clear", this.element).hidden = !isOn;
    one(".count", this.element).textContent = isOn
      ? `${counted(found.size)} of ${counted(this.sentences.length)}`
      : "";
  }

  clear() {
    for (const each of all(".level", this.element)) each.setAttribute("aria-pressed", "false");
    for (const each of all(".more select", this.element)) each.value = "";
    this.filter();
  }

  // Where the window is in the text, on the strip.
  scrolled() {
    const box = one(".text", this.element).getBoundingClientRect();
    const within = (y) => Math.min(1, Math.max(0, (y - box.top) / box.height));
    const [a, b] = [within(70), within(innerHeight)];
    this.window.style.left = `${100 * a}%`;
    this.window.style.width = `${100 * Math.max(0, b - a)}%`;
  }
}

// The panel ----------------------------------------------------------------------------------------------------------

const panel = {
  // Stands beside the text of the article.
  stand(article) {
    one(".side", article.element).append(this.element);
    this.close();
  },

  close() {
    this.told.hidden = true;
    this.guide.hidden = false;
    document.body.classList.remove("telling");
  },

  tell(article, at) {
    const told = article.data.sentences[at];
    const [level, confidence, isNegative, line, , , , , without, signals, silenced] = told;
    const close = make("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => leave());
    const parts = [
      close,
      make("p", "name", ball(level), LEVELS[level]),
      make("p", "mean", this.meanings[level] || ""),
      ...(confidence === null ? [] : [scale(level, confidence), make("p", "mean", `Confidence ${confidence.toFixed(3)}`)]),
      ...(isNegative ? [make("p", "", "A firm no: what is stood behind is that something is not so.")] : []),
      make("h3", "", "Why"),
      this.why(article, told),
      ...this.hushed(article, silenced),
      ...this.source(article, told),
      ...this.change(without, level),
      ...this.signals(article.data.signals[signals]),
      make("p", "where", make("small", "", `${article.data.unit} ${counted(line)}, sentence ${counted(at + 1)} of ${counted(article.sentences.length)}`)),
      this.steps(article),
    ];
    this.told.replaceChildren(...parts);
    this.told.hidden = false;
    this.guide.hidden = true;
    document.body.classList.add("telling");
    this.element.parentElement.scrollTop = 0;
    say(this.short(article, told));
  },

  // The rules that counted, those of the level first, then those without effect.
  why(article, told) {
    const [level, , , , , , [isQuoted, base], findings] = told;
    const counting = findings.filter((finding) => !finding[3]);
    const list = make("ul", "why");
    const before = (finding) => 2 * Number(finding[2] !== level) + Number(article.data.rules[finding[0]][1] !== level);
    for (const finding of [...counting].sort((a, b) => before(a) - before(b))) list.append(reason(article, finding));
    if (isQuoted || !counting.length) {
      const own = isQuoted
        ? base === 0
          ? "A quotation whose speaker was not found."
          : "A quotation of somebody who is named."
        : level === 6
          ? "There is nothing to check."
          : "No cue counts: it is the writer’s own statement.";
      list.append(make("li", `l${base}`, make("p", "", own)));
    }
    for (const finding of findings.filter((each) => each[3])) list.append(reason(article, finding));
    return list;
  },

  // What rules would have found here, and what silenced them; folded away, as the reader left it.
  hushed(article, silenced) {
    if (!silenced.length) return [];
    const rows = silenced.map(([number, words, by]) => {
      const [id, own, , , message] = article.data.rules[number];
      return make(
        "li",
        `no l${own}`,
        make("p", "", isolated("q", words), " ", isolated("span", message)),
        make("small", "", isolated("span", id), ", silenced by ", isolated("span", article.data.silencers[by])),
      );
    });
    const made = folded("hushed", make("span", "", `Silenced (${counted(silenced.length)})`), make("ul", "why", ...rows));
    made.open = this.isUnfolded;
    made.addEventListener("toggle", () => (this.isUnfolded = made.open));
    return [made];
  },

  source(article, told) {
    const voice = article.data.voices[told[5]];
    if (!voice) return [];
    const [words, kind, beside, refers] = voice;
    const name = make("p", "", isolated("b", refers || words), ` (${kind}${kind === "anonymous" ? ": nobody can ask them" : ""})`);
    return [
      make("h3", "", "Who vouches"),
      name,
      ...(refers ? [make("p", "", "Here: ", isolated("q", words))] : []),
      ...(beside ? [make("p", "", isolated("span", beside))] : []),
    ];
  },

  change(without, level) {
    if (!without.length) return [];
    const rows = without.map(([words, then]) =>
      make("p", "", "Without ", ...listed(words.map((word) => isolated("q", word))), ": ", ball(then), make("b", "", LEVELS[then])),
    );
    return [make("h3", "", "What would change it"), ...rows];
  },

  signals(found) {
    const names = Object.keys(found);
    if (!names.length) return [];
    const rows = names.flatMap((name) => {
      const bar = chart("bar", { "aria-hidden": "true" });
      bar.append(draw("rect", { class: "plain", width: 1000 * found[name], height: 100 }));
      return [make("dt", "", name), make("dd", "", bar), make("dd", "", found[name].toFixed(2))];
    });
    return [make("h3", "", "Signals"), make("dl", "sig", ...rows)];
  },

  steps(article) {
    const button = (words, direction) => {
      const made = make("button", "", words);
      made.type = "button";
      made.addEventListener("click", () => article.step(direction, true));
      return made;
    };
    return make("div", "steps", button("← Note before", -1), button("Next note →", 1));
  },

  // What a screen reader says of a chosen sentence after its words.
  short(article, told) {
    const [level, , , , , , , findings] = told;
    const deciding = findings.filter((finding) => !finding[3] && finding[2] === level);
    const found = deciding.find((finding) => article.data.rules[finding[0]][1] === level) || deciding[0];
    return `${LEVELS[level]}${found ? `: ${found[1]}: ${article.data.rules[found[0]][4]}` : ""}`;
  },
};

function folded(kind, title, ...inside) {
  return make("details", kind, make("summary", "", title), ...inside);
}

function reason(article, [number, cue, level, fate]) {
  const [id, own, weight, , message, because, suggest, measured, place, flagged, passed] = article.data.rules[number];
  const instead = own !== level && own < 7 && !fate ? `, written ${LEVELS[own]}, but its source has no name` : "";
  const examples = (title, sentences) =>
    sentences.length ? make("div", "", make("p", "", title), make("ul", "", ...sentences.map((each) => make("li", "", isolated("q", each))))) : null;
  const about = make("span", "", isolated("span", id), `: ${LEVELS[own]}, weight ${weight}${instead}`);
  const more = [
    measured.length ? make("p", "", `Measured: ${measured.join("; ")}`) : null,
    examples("It finds something in", flagged),
    examples("and nothing in", passed),
    place ? make("p", "", "Written in ", isolated("span", place)) : null,
  ].filter((part) => part !== null);
  return make(
    "li",
    `l${level}${fate ? " no" : ""}`,
    make("p", "", cue ? isolated("q", cue) : "", cue ? " " : "", isolated("span", message)),
    because ? make("p", "", isolated("span", because)) : null,
    suggest ? make("p", "", isolated("b", suggest)) : null,
    fate ? make("p", "", `No effect on the level: ${fate}.`) : null,
    more.length ? folded("rule", about, ...more) : make("small", "", about),
  );
}

// The confidence among the bands of the levels.
function scale(level, confidence) {
  const made = draw("svg", { class: "scale", viewBox: "0 0 1000 60", preserveAspectRatio: "none", "aria-hidden": "true" });
  for (let band = 0; band < 6; band++) {
    const [from, to] = [1000 * BANDS[band], 1000 * BANDS[band + 1]];
    const high = band === level ? 26 : 12;
    made.append(draw("rect", { class: `l${band}`, x: from, width: to - from - 5, y: 40 - high, height: high }));
  }
  made.append(draw("rect", { class: "needle", x: 1000 * confidence - 4, width: 8, y: 4, height: 48 }));
  return made;
}

function say(words) {
  one(".said").textContent = words;
}

// The list of all articles -------------------------------------------------------------------------------------------

const HEIGHTS = [100, 78, 56, 32, 14, 14, 5]; // of levels in the strip along a text
const MOST_TURNED = 3; // what a row is sorted by: title, sentences, unverified, weak

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

class List {
  constructor(table) {
    this.body = one("tbody", table);
    this.size = Number(table.dataset.shown);
    this.section = table.closest(".all");
    this.rows = JSON.parse(one(".rows", this.section).textContent).map((row, number) => new Row(number, row));
    this.found = this.rows;
    this.find = one(".find input", this.section);
    this.having = one(".having", this.section);
    this.heads = all("thead th", table);
    this.now = { find: "", having: "", by: -1, isUp: true, page: 0 };
    one(".rest", this.section)?.remove();
    this.pager();
    this.listen();
    const before = history.state?.list;
    if (before) {
      Object.assign(this.now, before);
      this.find.value = this.now.find;
      this.having.value = this.now.having;
      this.sort();
    } else this.turns();
  }

  listen() {
    this.heads.slice(0, MOST_TURNED + 1).forEach((head, by) => {
      const button = make("button", "", head.textContent);
      button.type = "button";
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        this.now.isUp = this.now.by === by ? !this.now.isUp : by === 0;
        this.now.by = by;
        this.now.page = 0;
        this.sort();
      });
    });
    const narrow = () => {
      Object.assign(this.now, { find: this.find.value, having: this.having.value, page: 0 });
      this.filter();
    };
    this.find.addEventListener("input", narrow);
    this.having.addEventListener("change", narrow);
    // On paper there are no buttons to turn pages with.
    addEventListener("beforeprint", () => this.body.replaceChildren(...this.found.map((row) => row.element())));
    addEventListener("afterprint", () => this.draw());
  }

  // The buttons to the other pages of the list.
  pager() {
    const button = (words, label, page) => {
      const made = make("button", "", words);
      made.type = "button";
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => {
        this.now.page = page();
        this.draw();
        this.section.scrollIntoView();
      });
      return made;
    };
    this.buttons = [
      button("«", "First page", () => 0),
      button("‹", "Previous page", () => this.now.page - 1),
      button("›", "Next page", () => this.now.page + 1),
      button("»", "Last page", () => this.last),
    ];
    this.where = make("span", "where");
    this.turner = make("nav", "pager", ...this.buttons.slice(0, 2), this.where, ...this.buttons.slice(2));
    this.turner.setAttribute("aria-label", "Pages of the list");
    this.section.append(this.turner);
  }

  get last() {
    return Math.max(0, Math.ceil(this.found.length / this.size) - 1);
  }

  sort() {
    const { by, isUp } = this.now;
    this.heads.forEach((head) => head.removeAttribute("aria-sort"));
    if (by >= 0) {
      this.heads[by].setAttribute("aria-sort", isUp ? "ascending" : "descending");
      const { compare } = new Intl.Collator("en", { numeric: true });
      const order = by ? (a, b) => a.key(by) - b.key(by) : (a, b) => compare(a.title, b.title);
      this.rows.sort((a, b) => (isUp ? order(a, b) : order(b, a)) || a.number - b.number);
    }
    this.filter();
  }

  filter() {
    const wanted = this.now.find.toLowerCase();
    const level = this.now.having === "" ? -1 : Number(this.now.having);
    this.found = this.rows.filter((row) => row.words.includes(wanted) && (level < 0 || row.counts[level] > 0));
    const isAll = this.found.length === this.rows.length;
    one(".count", this.section).textContent = isAll ? "" : `${counted(this.found.length)} of ${counted(this.rows.length)}`;
    this.draw();
  }

  draw() {
    this.now.page = Math.min(this.now.page, this.last);
    const first = this.now.page * this.size;
    this.body.replaceChildren(...this.found.slice(first, first + this.size).map((row) => row.element()));
    this.turns();
    try {
      history.replaceState({ list: this.now }, "");
    } catch {
      // some viewers have no address to change
    }
  }

  turns() {
    const { page } = this.now;
    this.turner.hidden = this.found.length <= this.size;
    this.where.textContent = `${counted(page * this.size + 1)} to ${counted(Math.min((page + 1) * this.size, this.found.length))} of ${counted(this.found.length)}`;
    this.buttons.forEach((button, at) => (button.disabled = at < 2 ? page === 0 : page === this.last));
  }
}

class Row {
  constructor(number, [title, link, about, counts, track]) {
    Object.assign(this, { number, title, link, about, counts, track });
    this.total = sum(counts);
    this.weak = this.total ? sum(counts.slice(0, WEAK + 1)) / this.total : 0;
    this.words = `${title} ${about}`.toLowerCase();
  }

  key(by) {
    return [0, this.total, this.counts[0], this.weak][by];
  }

  element() {
    if (this.made) return this.made;
    const link = make("a", "", this.title);
    link.href = this.link;
    const head = make("th", "", link, this.about ? make("small", "", this.about) : "");
    head.scope = "row";
    const told = this.counts.map((count, level) => (count ? `${counted(count)} ${LEVELS[level]}` : "")).filter(Boolean).join(", ");
    const share = make("td", "share", this.shares(told));
    share.setAttribute("aria-label", told || "no sentence");
    const numbers = [counted(this.total), counted(this.counts[0]), `${Math.round(100 * this.weak)}%`];
    this.made = make("tr", "", head, ...numbers.map((words) => make("td", "num", words)), share, make("td", "", this.spark()));
    return this.made;
  }

  shares(told) {
    const made = chart("bar", { role: "img", "aria-label": told });
    let at = 0;
    this.counts.forEach((count, level) => {
      const wide = (count * 1000) / (this.total || 1);
      if (wide) made.append(draw("rect", { class: `l${level}`, x: Math.round(at), width: Math.max(Math.round(wide - 3), 2), height: 100 }));
      at += wide;
    });
    return made;
  }

  spark() {
    const paths = new Map();
    let start = 0;
    for (let at = 0; at < this.track.length; at += 2) {
      const [level, end] = [this.track[at], this.track[at + 1]];
      const path = `M${start} 100v-${HEIGHTS[level]}h${Math.max(end - start - 3, 1)}v${HEIGHTS[level]}z`;
      paths.set(level, (paths.get(level) || "") + path);
      start = end;
    }
    const made = chart("spark", { "aria-hidden": "true" });
    for (const [level, path] of [...paths].sort(([a], [b]) => a - b)) made.append(draw("path", { class: `l${level}`, d: path }));
    return made;
  }
}

function chart(kind, attributes) {
  return draw("svg", { class: kind, viewBox: "0 0 1000 100", preserveAspectRatio: "none", ...attributes });
}

// The page -----------------------------------------------------------------------------------------------------------

const articles = new Map();
let current = null;
let titles = null; // of all articles in this page

function open(element) {
  document.body.classList.toggle("listing", element === null);
  if (current) current.leave();
  for (const each of all(".doc.on, .index")) {
    each.classList.remove("on");
    each.hidden = each.classList.contains("index") && element !== null;
  }
  if (element === null) {
    one(".brand").after(panel.element);
    panel.element.hidden = true;
    current = null;
    return;
  }
  panel.element.hidden = false;
  element.classList.add("on");
  turn(element);
  if (!articles.has(element)) articles.set(element, new Article(element));
  current = articles.get(element);
  panel.stand(current);
  current.scrolled();
}

// Leads to the articles before and behind the one that is open, where all are in this page.
function turn(element) {
  const docs = all(".doc");
  if (docs.length < 2) return;
  titles ??= JSON.parse(one(".rows").textContent).map(([title]) => title);
  for (const [way, step] of [["prev", -1], ["next", 1]]) {
    const at = docs.indexOf(element) + step;
    const to = docs[at];
    for (const link of all(`a[rel=${way}]`)) {
      link.hidden = !to;
      if (!to) continue;
      link.href = `#${to.id}`;
      link.title = titles[at];
      const title = one("b", link);
      if (title) title.textContent = link.title;
    }
  }
}

// Opens what the address names: an article, a sentence or a note of one, else the list, or the only article.
function route() {
  const [name, part] = location.hash.slice(1).split("-");
  const element = name && document.getElementById(name);
  const docs = all(".doc");
  const wanted = element && element.matches(".doc") ? element : one(".index") ? null : docs[0] || null;
  if (wanted !== (current && current.element) || wanted === null) {
    open(wanted);
    scrollTo(0, 0);
  }
  if (current && part && /^\d+$/.test(part)) current.choose(Number(part));
  else if (current && part) document.getElementById(`${name}-${part}`)?.scrollIntoView();
}

function remember(id) {
  try {
    history.replaceState(history.state, "", `#${id}`);
  } catch {
    // some viewers have no address to change
  }
}

function leave() {
  if (!current) return;
  const sentence = current.sentences[current.chosen];
  current.leave();
  panel.close();
  if (sentence) {
    remember(current.element.id);
    say("");
    sentence.tabIndex = -1;
    sentence.focus({ preventScroll: true });
  }
}

const LETTERS = {
  j: () => current.step(1),
  k: () => current.step(-1),
  n: () => current.step(1, true),
  p: () => current.step(-1, true),
  "/": () => one(".level, .more select", current.element).focus(),
  J: () => follow("a[rel=next]"),
  K: () => follow("a[rel=prev]"),
  u: () => follow(".brand .up"),
};
const ARROWS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function follow(query) {
  const link = one(query);
  if (link && !link.hidden) link.click();
  else say(query.includes("next") ? "There is no further article." : "There is none before.");
}

function pressed(event) {
  if (!current || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const isText = target.matches("input:not([type=checkbox]), select, textarea");
  if (event.key === "Escape") leave();
  else if (isText) return;
  else if (event.key in ARROWS && target.closest(".s")) current.step(ARROWS[event.key]);
  else if (event.key === "Enter" && target.matches(".s")) current.choose(current.number.get(target));
  else if (event.key in LETTERS && one(".letters").checked) LETTERS[event.key]();
  else return;
  event.preventDefault();
}

document.addEventListener("DOMContentLoaded", () => {
  panel.element = one(".panel");
  panel.guide = one(".guide", panel.element);
  panel.told = one(".told", panel.element);
  panel.meanings = all(".meanings dd", panel.element).map((each) => each.textContent);
  for (const table of all("table.articles")) new List(table);
  addEventListener("hashchange", route);
  addEventListener("keydown", pressed);
  let isWaiting = false;
  addEventListener(
    "scroll",
    () => {
      if (!isWaiting && current) requestAnimationFrame(() => ((isWaiting = false), current && current.scrolled()));
      isWaiting = true;
    },
    { passive: true },
  );
  addEventListener("resize", () => current && current.scrolled());
  route();
});
