// The one script of the pages: they work without it. No library, nothing from elsewhere.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (name, text, attributes = {}) => {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };

  // -- copying: a button beside what can be copied -----------------------------------------
  const select = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  for (const node of all(".copyable")) {
    const button = make("button", node.dataset.copy, { type: "button", class: "copy" });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(node.textContent);
      } catch {
        select(node);
        document.execCommand("copy");
      }
      button.textContent = `${node.dataset.copy} ✓`;
    });
    node.after(button);
  }

  // -- reading view: passage and statement light up together --------------------------------
  const marks = new Map();
  for (const mark of all("mark[data-s]")) {
    for (const number of mark.dataset.s.split(" ")) {
      if (!marks.has(number)) marks.set(number, []);
      marks.get(number).push(mark);
    }
  }
  if (marks.size) {
    const rows = new Map(all(".row[data-n]").map((row) => [row.dataset.n, row]));
    const links = new Map(all(".to[data-n]").map((link) => [link.dataset.n, link]));
    const list = document.querySelector(".read .beside");
    let lit = null, asked = null, waiting = false;
    const light = (number, scroll) => {
      for (const [name, on] of [[lit, false], [number, true]]) {
        if (name === null) continue;
        for (const mark of marks.get(name) ?? []) mark.classList.toggle("on", on);
        rows.get(name)?.classList.toggle("on", on);
        links.get(name)?.classList.toggle("on", on);
      }
      lit = number;
      const row = number === null ? null : rows.get(number);
      if (scroll && row && list && list.scrollHeight > list.clientHeight) {
        const gap = row.getBoundingClientRect().top - list.getBoundingClientRect().top;
        if (gap < 0 || gap + row.offsetHeight > list.clientHeight) {
          list.scrollTop += gap - list.clientHeight / 3;
        }
      }
    };
    const ask = (number, scroll) => {
      asked = [number, scroll];
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        if (asked[0] !== lit) light(...asked);
      });
    };
    const numberOf = (target) => {
      const node = target.closest?.("mark[data-s], .row[data-n], .to[data-n]");
      return node ? [node.dataset.n ?? node.dataset.s.split(" ")[0], !node.matches(".row")] : [null, false];
    };
    const view = document.querySelector("main");
    view.addEventListener("pointerover", (event) => ask(...numberOf(event.target)));
    view.addEventListener("focusin", (event) => ask(...numberOf(event.target)));
    view.addEventListener("click", (event) => {
      const mark = event.target.closest("mark[data-s]");
      if (mark && !String(getSelection())) ask(mark.dataset.s.split(" ")[0], true);
    });
  }

  // -- searching: an index of scripts that lie beside the pages ------------------------------
  const form = document.getElementById("search");
  if (!form) return;
  const FACETS = ["actor", "speaker", "area", "only", "type", "direction", "modality", "measure", "event", "year"];
  const STEP = 30, THINGS = 9;
  const status = document.getElementById("status");
  const results = document.getElementById("results");
  const things = document.getElementById("things");
  const more = document.getElementById("more");
  const chosen = document.getElementById("chosen");
  const says = results.dataset;
  const root = form.getAttribute("action").replace(/search\.html$/, "");
  const arrived = new Map();
  const loads = new Map();
  let index = null;
  window.comity = (name, value) => arrived.set(name, value);

  const load = (name) => {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        const script = make("script", undefined, { src: `${root}static/search/${name}.js` });
        script.onload = () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error(name)));
        script.onerror = () => reject(new Error(name));
        document.head.append(script);
      }));
    }
    return loads.get(name);
  };
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
  const HAN = /[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]/;
  const wordsOf = (text) => {
    const found = [];
    for (const run of fold(text).match(/[\p{L}\p{N}]+/gu) ?? []) {
      for (const piece of run.match(/[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+|[^\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+/gu)) {
        if (!HAN.test(piece) || piece.length < 3) found.push(piece.slice(0, 40));
        else for (let at = 0; at + 1 < piece.length; at++) found.push(piece.slice(at, at + 2));
      }
    }
    return [...new Set(found)].slice(0, 20);
  };
  // Where the first element that is not smaller stands.
  const place = (list, key, at = (each) => each) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(list[middle]) < key) low = middle + 1; else high = middle;
    }
    return low;
  };
  const numbers = (coded) => {
    let sum = -1;
    return coded.split(" ").map((each) => (sum += parseInt(each, 36)));
  };
  const having = async (from, upTo) => {
    const first = Math.max(0, place(index.tokens, from + "\0") - 1);
    const found = new Set();
    for (let shard = first; shard < index.tokens.length && index.tokens[shard] < upTo; shard++) {
      const pairs = await load(`t${shard}`);
      for (let at = place(pairs, from, (pair) => pair[0]); at < pairs.length && pairs[at][0] < upTo; at++) {
        for (const number of numbers(pairs[at][1])) found.add(number);
      }
    }
    return found;
  };
  const exactly = (token) => having(token, token + "\0");
  const beginning = async (word) => {
    const found = await having(word, word + "\uffff");
    const single = /^[a-z]{3,}ies$/.test(word) ? word.slice(0, -3) + "y" : /^[a-z]{3,}[^s]s$/.test(word) ? word.slice(0, -1) : null;
    if (single) for (const number of await having(single, single + "\0")) found.add(number);
    return found;
  };
  const entry = async (number) => (await load(`e${Math.floor(number / index.per)}`))[number % index.per];

  const showThings = async (found, most, turn) => {
    const next = [];
    for (const number of found.slice(0, most)) next.push(await entry(number));
    if (turn !== asked) return;
    things.replaceChildren();
    for (const [kind, path, text, note, language] of next) {
      const item = make("li");
      const link = make("a", text, { href: root + path, dir: "auto" });
      if (language) link.lang = language;
      item.append(link, make("span", note || index.kinds[kind], { class: "note", dir: "auto" }));
      things.append(item);
    }
    if (found.length > most) {
      const item = make("li");
      const button = make("button", `${says.more} (${found.length - most})`, { type: "button", class: "copy" });
      button.addEventListener("click", () => showThings(found, found.length, turn).then(() => all("a", things)[most]?.focus()));
      item.append(button);
      things.append(item);
    }
  };
  const show = async (found, from, turn) => {
    const next = [];
    for (const number of found.slice(from, from + STEP)) next.push(await entry(number));
    if (turn !== asked) return;
    for (const [, path, text, note, language] of next) {
      const item = make("li");
      const link = make("a", text, { href: root + path, dir: "auto" });
      if (language) link.lang = language;
      item.append(link, make("span", note, { class: "note", dir: "auto" }));
      results.append(item);
    }
    more.hidden = from + STEP >= found.length;
    more.onclick = () => {
      const last = results.children.length;
      show(found, from + STEP, turn).then(() => results.children[last]?.querySelector("a").focus());
    };
  };
  let asked = 0;
  const run = async () => {
    const turn = ++asked;
    const query = new URLSearchParams(new FormData(form));
    const words = wordsOf(query.get("q") ?? "");
    const facets = FACETS.flatMap((name) => query.getAll(name).filter(Boolean).map((code) => `${name}:${code}`));
    if (!facets.length && !words.some((word) => word.length > 1 || HAN.test(word))) {
      results.replaceChildren();
      things.replaceChildren();
      more.hidden = true;
      status.textContent = words.length ? says.short : "";
      return;
    }
    try {
      const sets = [];
      for (const token of facets) sets.push(await exactly(token));
      for (const word of words) sets.push(await beginning(word));
      if (turn !== asked) return;
      sets.sort((one, other) => one.size - other.size);
      const found = [...sets[0]].filter((number) => sets.every((set) => set.has(number))).sort((a, b) => a - b);
      const pages = found.filter((number) => number < index.first);
      const statements = found.slice(pages.length);
      const counted = statements.length === 1 ? says.one : says.some.replace("{n}", statements.length.toLocaleString("en"));
      status.textContent = found.length === 0 ? says.none : pages.length ? `${says.also.replace("{n}", pages.length)}, ${counted}` : counted;
      results.replaceChildren();
      await showThings(pages, THINGS, turn);
      await show(statements, 0, turn);
    } catch (error) {
      status.textContent = says.failed;
    }
  };
  const remember = () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    try {
      history.replaceState(null, "", `?${query}`);
    } catch {
      // Opened from disk: some browsers keep the address as it is.
    }
  };
  // Facets that have no field of the form, such as a measure: named, and kept in a hidden field.
  const keep = async (name, code) => {
    const field = make("input", undefined, { type: "hidden", name, value: code });
    const label = form.querySelector(`[name="${name === "only" ? "area" : name}"] option[value="${CSS.escape(code)}"]`)?.textContent.replace(/ \([\d,]+\)$/, "").trim();
    const known = label ? null : [...(await exactly(`is:${name}:${code}`))][0];
    const text = label ?? (known === undefined || known === null ? code : (await entry(known))[2]);
    const chip = make("span", `${index.facets[name]}: ${text} `, { dir: "auto" });
    const remove = make("button", says.remove, { type: "button", class: "copy", "aria-label": `${says.remove}: ${text}` });
    remove.addEventListener("click", () => {
      field.remove();
      chip.remove();
      chosen.hidden = !chosen.children.length;
      remember();
      run();
      document.getElementById("words").focus();
    });
    chip.append(remove);
    form.append(field);
    chosen.append(chip);
    chosen.hidden = false;
  };
  const start = async () => {
    index = arrived.get("index");
    form.hidden = false;
    if (!index) {
      status.textContent = says.failed;
      return;
    }
    const given = new URLSearchParams(location.search);
    form.elements.q.value = given.get("q") ?? "";
    for (const name of FACETS) {
      for (const code of given.getAll(name).filter(Boolean)) {
        const field = form.querySelector(`select[name="${name}"]`);
        const option = field && [...field.options].find((each) => each.value === code);
        if (option) field.value = code;
        else await keep(name, code).catch(() => {});
      }
    }
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => { remember(); run(); }, 150);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      remember();
      run();
    });
    document.addEventListener("keydown", (event) => {
      const links = all("#things a, #results a");
      const at = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === form.elements.q)) links[at + 1]?.focus();
      else if (event.key === "ArrowUp" && at >= 0) (at ? links[at - 1] : form.elements.q).focus();
      else return;
      event.preventDefault();
    });
    await run();
  };
  addEventListener("DOMContentLoaded", start);
})();
