// @ts-check
"use strict";

// The page without this script can be read, and its links lead from values to lines. The script shows what belongs
// together on both sides, walks, searches and filters. It holds no data: a value carries the number of its mark
// (data-mark) and how many places it has (data-places), and a passage of the text the marks and places that it is part
// of (data-m: "17.0 3.1", the closest first).

(() => {
  /** @param {string} id @returns {HTMLElement} */
  const byId = (id) => {
    const element = document.getElementById(id);
    if (!element) throw new Error(`the page has no #${id}`);
    return element;
  };
  /** @param {ParentNode} root @param {string} selector @returns {HTMLElement[]} */
  const all = (root, selector) => [...root.querySelectorAll(selector)].filter((it) => it instanceof HTMLElement);
  /** @param {EventTarget | null} target @param {string} selector @returns {HTMLElement | null} */
  const around = (target, selector) => {
    const found = target instanceof Element ? target.closest(selector) : null;
    return found instanceof HTMLElement ? found : null;
  };

  const text = byId("text");
  const side = byId("document");
  const status = byId("status");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  /** @typedef {{ holder: HTMLElement, segments: HTMLElement[] }} Place */

  /** @type {HTMLElement | null} what is shown: a value, an entity, a finding, a line */
  let shown = null;
  /** @type {Place[]} */
  let places = [];
  let at = 0;

  // --- what belongs together

  /** Passages of the text by mark and place. @type {Map<string, HTMLElement[]>} */
  const passages = new Map();
  for (const segment of all(text, ".s")) {
    for (const key of (segment.dataset.m ?? "").split(" ")) {
      const known = passages.get(key);
      if (known) known.push(segment);
      else passages.set(key, [segment]);
    }
  }
  /** Values and labels of findings by mark. @type {Map<string, HTMLElement>} */
  const holders = new Map(all(side, "[data-mark]").map((holder) => [holder.dataset.mark ?? "", holder]));

  /** The line that a value's link leads to. @param {HTMLElement} holder */
  const lineOf = (holder) => {
    const href = holder.querySelector("a.at")?.getAttribute("href");
    return href ? document.getElementById(href.slice(1)) : null;
  };

  /** @param {HTMLElement} element @returns {Place[]} */
  const placesOf = (element) => {
    const own = element.matches("[data-mark]") ? [element] : all(element, "[data-mark]");
    return own.flatMap((holder) => {
      const count = Number(holder.dataset.places);
      return Array.from({ length: count }, (_, nth) => {
        const segments = passages.get(`${holder.dataset.mark}.${nth}`) ?? [];
        const line = segments.length === 0 ? lineOf(holder) : null;
        return { holder, segments: line ? [line] : segments };
      });
    });
  };

  const clear = () => {
    for (const element of all(document, ".on, .here, .current")) element.classList.remove("on", "here", "current");
    shown = null;
    places = [];
    at = 0;
  };

  /** What is said of an element. @param {HTMLElement} element */
  const title = (element) => {
    if (element.matches(".line")) return `line ${element.dataset.n}: ${(element.dataset.label || "blank").replaceAll("_", " ")}`;
    const entity = around(element, ".finding, .entity");
    const headed = entity?.querySelector("h3, .says") ?? entity?.querySelector("b") ?? entity;
    const heading = (headed?.querySelector(".w") ?? headed)?.textContent?.trim() ?? "";
    const short = heading.length > 70 ? `${heading.slice(0, 69)}…` : heading;
    const kind = entity?.dataset.kind ?? "";
    if (entity === element) return `${kind}: ${short}`;
    const name = (element.dataset.field ?? "place").replace(/\/\d+$/, "").replaceAll("_", " ");
    return `${name} of ${kind} ${short}`;
  };

  /** @param {string} message */
  const tell = (message) => (status.textContent = message);

  /** The last scroll of each side. @type {Map<Element, symbol>} */
  const scrolls = new Map();

  /**
   * Scrolls, and again in the next frames: what comes into view gets its real height then, and may push its like away.
   * @param {Element} pane @param {() => boolean} isThere @param {() => void} scroll
   */
  const settle = (pane, isThere, scroll) => {
    const mine = Symbol();
    scrolls.set(pane, mine);
    let frames = 10;
    const step = () => {
      if (scrolls.get(pane) !== mine) return;
      if (!isThere()) scroll();
      if (--frames > 0) requestAnimationFrame(step);
    };
    scroll();
    requestAnimationFrame(step);
  };

  /** @param {Element} element */
  const reveal = (element) => {
    const pane = around(element, ".pane");
    if (!pane) return;
    const view = pane.getBoundingClientRect();
    const isSeen = () => {
      const { top, height } = element.getBoundingClientRect();
      return height > 0 && top >= view.top + 60 && top + Math.min(height, view.height / 2) <= view.bottom - 20;
    };
    const { top, height } = element.getBoundingClientRect();
    if (isSeen() && top + height <= view.bottom - 20) return;
    const block = height > view.height * 0.7 ? "start" : "center";
    const near = Math.abs(top - view.top) < 1.5 * view.height;
    if (near && !calm.matches) {
      scrolls.delete(pane);
      element.scrollIntoView({ block, behavior: "smooth" });
    } else settle(pane, isSeen, () => element.scrollIntoView({ block, behavior: "instant" }));
  };

  /** Shows the beginning of a part. @param {Element} element */
  const toStart = (element) => {
    const pane = around(element, ".pane");
    if (!pane) return;
    const isThere = () => {
      const away = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      const isAtEnd = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 2;
      return (away > -2 && away < 80) || (away > 0 && isAtEnd);
    };
    settle(pane, isThere, () => element.scrollIntoView({ block: "start", behavior: "instant" }));
  };

  /** What a filter hides is shown again when something leads to it. @param {HTMLElement} element */
  const unhide = (element) => {
    if (!element.closest("[hidden]")) return;
    for (const filter of filters) filter.value = "";
    filter();
  };

  /** @param {"text" | "document"} pane */
  const showPane = (pane) => {
    document.body.dataset.pane = pane;
    for (const button of all(document, "[data-to-pane]")) {
      button.setAttribute("aria-pressed", String(button.dataset.toPane === pane));
    }
  };

  /** Marks the present one of the places and brings it into view. */
  const place = () => {
    for (const element of all(text, ".here")) element.classList.remove("here");
    const present = places[at];
    if (!present || !present.segments[0]) return;
    for (const segment of present.segments) segment.classList.add("here");
    reveal(present.segments[0]);
  };

  /**
   * Shows an element and what belongs to it on the other side.
   * @param {HTMLElement} element
   * @param {{ remember?: boolean, focus?: boolean, pane?: "text" | "document", said?: string }} [how]
   */
  const show = (element, { remember = true, focus = false, pane, said = "" } = {}) => {
    clear();
    unhide(element);
    shown = element;
    const isLine = element.matches(".line");
    if (pane) showPane(pane);
    places = isLine ? [] : placesOf(element);
    for (const { segments } of places) {
      for (const segment of segments) {
        segment.classList.add("on");
        around(segment, ".line")?.classList.add("on");
      }
    }
    if (isLine || element.matches(".v, .label")) element.classList.add("on");
    around(element, ".finding, .part > .entity")?.classList.add("current");
    reveal(element);
    place();
    if (isLine) stop(element);
    if (focus) (element.tabIndex < 0 && !element.hasAttribute("tabindex") ? around(element, "[tabindex]") : element)?.focus({ preventScroll: true });
    const line = around(places[0]?.segments[0] ?? null, ".line");
    const where = isLine || !line ? "" : places.length > 1 ? `; place 1 of ${places.length}, line ${line.dataset.n}` : `; line ${line.dataset.n}`;
    tell(`${said}${title(element)}${where}`);
    const id = element.id || around(element, ".finding, .entity")?.id;
    if (remember && id && location.hash !== `#${id}`) history.pushState(null, "", `#${id}`);
  };

  /** To the next or the previous place of what is shown. @param {number} step */
  const toPlace = (step) => {
    if (places.length === 0) return tell("nothing is marked");
    at = (at + step + places.length) % places.length;
    place();
    const line = around(places[at]?.segments[0] ?? null, ".line");
    tell(`place ${at + 1} of ${places.length}${line ? `, line ${line.dataset.n}` : ""}`);
  };

  /** What was read from these marks, one thing after the other. @param {string} marks */
  const showRead = (marks) => {
    const numbers = [...new Set(marks.split(" ").map((key) => key.split(".")[0] ?? ""))];
    const read = numbers.map((number) => holders.get(number)).filter((it) => it !== undefined);
    const next = read[(read.findIndex((it) => it === shown) + 1) % read.length];
    if (!next) return;
    const said = read.length > 1 ? `${read.indexOf(next) + 1} of ${read.length} read here: ` : "";
    show(next, { pane: "document", said });
  };

  /** Shows what an address names. @param {string} hash @param {boolean} focus */
  const go = (hash, focus) => {
    const element = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!element) return false;
    if (element.matches(".line")) show(element, { remember: false, pane: "text", focus });
    else if (element.matches(".v, .finding, .entity")) show(element, { remember: false, pane: "document", focus });
    else {
      unhide(element);
      if (element.closest("#document")) showPane("document");
      toStart(element);
      element.focus({ preventScroll: true });
    }
    return true;
  };

  // --- lines with the keyboard: one of them is a stop of the Tab key

  const stop = (/** @type {HTMLElement} */ line) => {
    for (const old of all(text, '.line[tabindex="0"]')) old.tabIndex = -1;
    line.tabIndex = 0;
  };
  const firstLine = all(text, ".line:not(.blank)")[0];
  if (firstLine) stop(firstLine);

  text.addEventListener("keydown", (event) => {
    const line = around(event.target, ".line");
    if (!line || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") {
      const marks = all(line, ".s").map((segment) => segment.dataset.m ?? "").join(" ");
      if (marks) showRead(marks);
      else show(line);
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const lines = all(text, ".line:not(.blank):not([hidden])");
      const next = lines[lines.indexOf(line) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) {
        stop(next);
        next.focus({ preventScroll: true });
        next.scrollIntoView({ block: "nearest" });
      }
      event.preventDefault();
    }
  });

  // --- the mouse

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = around(event.target, 'a[href^="#"]');
    const href = link?.getAttribute("href");
    if (link && href) {
      event.preventDefault();
      const holder = link.matches(".at") ? around(link, "[data-mark]") : null;
      if (holder) show(holder, { pane: "text" });
      else if (go(href, true) && location.hash !== href) history.pushState(null, "", href);
      return;
    }
    if (!getSelection()?.isCollapsed) return;
    const segment = around(event.target, "#text .s");
    if (segment) return showRead(segment.dataset.m ?? "");
    const element = around(event.target, "#text .line:not(.blank), #document .v, .label[data-mark], .finding, .entity");
    if (element && !around(event.target, "button, select, input, textarea, summary, form")) {
      show(element, { pane: element.matches("[data-mark]") ? "text" : undefined });
    }
  });

  addEventListener("popstate", () => (location.hash ? go(location.hash, false) : clear()));

  // --- walking

  /** @type {Record<string, { root: HTMLElement, selector: string, none: string }>} */
  const walks = {
    findings: { root: side, selector: ".finding", none: "there are no findings" },
    inferred: { root: side, selector: ".v.inferred", none: "nothing is inferred" },
    corrected: { root: side, selector: ".v.corrected", none: "nothing is corrected" },
    unread: { root: text, selector: '.line[data-label*="unread"]:has(.region)', none: "all of the text was read" },
  };

  /** @param {string} name @param {number} step */
  const walk = (name, step) => {
    const { root, selector, none } = walks[name] ?? { root: side, selector: ":not(*)", none: "" };
    const stops = all(root, selector).filter((element) => !element.closest("[hidden]"));
    if (stops.length === 0) return tell(all(root, selector).length > 0 ? "the filters hide all of them" : none);
    const from = shown && root.contains(shown) ? shown : null;
    const present = from ? stops.indexOf(from) : -1;
    // what stands after the element that is shown, where that is no stop itself
    const isAfter = (/** @type {HTMLElement} */ stop) =>
      from !== null && (from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const after = from && present < 0 ? stops.findIndex(isAfter) : 0;
    const next = present >= 0 ? present + step : step > 0 ? Math.max(after, 0) : (after < 0 ? stops.length : after) - 1;
    const index = (next + stops.length) % stops.length;
    const element = stops[index];
    if (!element) return;
    show(element, { focus: true, pane: root === text ? "text" : "document", said: `${index + 1} of ${stops.length}, ` });
  };
  for (const group of all(document, "[data-walk]")) {
    for (const button of all(group, "button")) {
      button.addEventListener("click", () => walk(group.dataset.walk ?? "", Number(button.dataset.step)));
    }
  }

  // --- filters

  const filters = ["filter-label", "filter-kind", "filter-severity"]
    .map((id) => document.getElementById(id))
    .filter((it) => it instanceof HTMLSelectElement);
  /** @param {string} id */
  const chosen = (id) => filters.find((filter) => filter.id === id)?.value ?? "";
  const filter = () => {
    const [label, kind, severity] = [chosen("filter-label"), chosen("filter-kind"), chosen("filter-severity")];
    text.classList.toggle("filtered", label !== "");
    for (const line of all(text, ".line")) line.hidden = label !== "" && line.dataset.label !== label;
    for (const block of all(text, ".block")) block.hidden = !block.querySelector(".line:not([hidden])");
    for (const part of all(side, ".part")) part.hidden = kind !== "" && part.dataset.kind !== kind;
    for (const it of all(side, ".finding")) it.hidden = severity !== "" && it.dataset.severity !== severity;
    seek();
  };
  for (const select of filters) {
    select.addEventListener("change", () => {
      filter();
      if (select.id === "filter-severity" && select.value) toStart(byId("findings"));
      const lines = all(text, ".line:not(.blank):not([hidden])").length;
      const parts = all(side, ".part:not([hidden]) > :is(.entity, .finding):not([hidden])").length;
      tell(`${lines} lines of the text, ${parts} entries of the document`);
    });
  }

  // --- search

  const query = /** @type {HTMLInputElement} */ (byId("query"));
  const found = byId("found");
  const buttons = [byId("found-previous"), byId("found-next")];
  /** @type {Range[]} */
  let matches = [];
  let match = -1;

  /** What can be searched: the letters of some nodes in a row, and where each node begins. */
  const index = (/** @type {HTMLElement[]} */ elements, /** @type {string} */ between) => {
    /** @type {Text[]} */
    const nodes = [];
    /** @type {number[]} */
    const starts = [];
    let letters = "";
    for (const element of elements) {
      if (element.closest("[hidden]")) continue;
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
        nodes.push(node);
        starts.push(letters.length);
        letters += node.data;
      }
      letters += between;
    }
    return { nodes, starts, letters };
  };

  /** @param {RegExp} pattern @param {ReturnType<typeof index>} where @returns {Range[]} */
  const ranges = (pattern, { nodes, starts, letters }) => {
    /** @param {number} offset @param {boolean} isEnd @returns {[Text, number] | null} */
    const locate = (offset, isEnd) => {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        const start = starts[middle] ?? 0;
        if (isEnd ? start < offset : start <= offset) low = middle;
        else high = middle - 1;
      }
      const node = nodes[low];
      return node ? [node, Math.min(offset - (starts[low] ?? 0), node.length)] : null;
    };
    /** @type {Range[]} */
    const out = [];
    for (const { index: start, 0: letters_ } of letters.matchAll(pattern)) {
      const [from, to] = [locate(start, false), locate(start + letters_.length, true)];
      if (!from || !to) continue;
      const range = document.createRange();
      range.setStart(...from);
      range.setEnd(...to);
      out.push(range);
      if (out.length === 5000) break;
    }
    return out;
  };

  /** @param {string} name @param {Range[]} marked */
  const highlight = (name, marked) => {
    if ("highlights" in CSS) CSS.highlights.set(name, new Highlight(...marked));
  };

  const seek = () => {
    const words = query.value.trim().split(/\s+/).filter(Boolean);
    for (const element of all(document, ".found")) element.classList.remove("found");
    highlight("sought-here", []);
    match = -1;
    matches = [];
    if (words.length > 0) {
      const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
      const pattern = new RegExp(escaped.join("\\s+"), "gi");
      matches = [
        ...ranges(pattern, index(all(text, ".t"), " ")),
        ...ranges(pattern, index(all(side, ":not(.absent) > .w, .note, .finding h3, .help, code"), "\u0000")),
      ];
    }
    highlight("sought", matches);
    const inText = matches.filter((range) => text.contains(range.startContainer)).length;
    found.textContent = words.length === 0 ? "" : matches.length === 0 ? "none" : String(matches.length);
    for (const button of buttons) button.toggleAttribute("disabled", matches.length === 0);
    if (words.length > 0) tell(`${inText} in the text, ${matches.length - inText} in the document`);
  };

  /** @param {number} step */
  const toMatch = (step) => {
    if (matches.length === 0) return tell("nothing is found");
    match = match < 0 && step < 0 ? matches.length - 1 : (match + step + matches.length) % matches.length;
    const range = matches[match];
    const element = range?.startContainer.parentElement;
    if (!range || !element) return;
    for (const old of all(document, ".found")) old.classList.remove("found");
    highlight("sought-here", [range]);
    const isInText = text.contains(element);
    showPane(isInText ? "text" : "document");
    const holder = element.closest(".line, .v, .finding") ?? element;
    holder.classList.add("found");
    reveal(isInText ? element : holder);
    found.textContent = `${match + 1}/${matches.length}`;
    tell(`${match + 1} of ${matches.length}, ${holder instanceof HTMLElement ? title(holder) : ""}`);
  };

  let typing = 0;
  query.addEventListener("input", () => {
    window.clearTimeout(typing);
    typing = window.setTimeout(seek, 120);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      window.clearTimeout(typing);
      if (match < 0) seek();
      toMatch(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      query.value = "";
      seek();
      query.blur();
    } else return;
    event.preventDefault();
  });
  buttons.forEach((button, index_) => button.addEventListener("click", () => toMatch(index_ === 0 ? -1 : 1)));

  // --- light and dark, sides, keys

  const root = document.documentElement;
  const themes = ["", "light", "dark"];
  const names = ["System", "Light", "Dark"];
  /** @param {string} theme */
  const dress = (theme) => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    const name = names[themes.indexOf(theme)] ?? "System";
    byId("theme").textContent = name;
    byId("theme").setAttribute("aria-label", `Colours: ${name.toLowerCase()}`);
  };
  /** What is kept from visit to visit, where the browser allows it. @param {string} key @param {string} [value] */
  const kept = (key, value) => {
    try {
      if (value !== undefined) localStorage.setItem(`rapporteur-${key}`, value);
      return localStorage.getItem(`rapporteur-${key}`);
    } catch {
      return null;
    }
  };
  dress(themes.find((theme) => theme === kept("theme")) ?? "");
  byId("theme").addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme ?? "") + 1) % themes.length] ?? "";
    dress(next);
    kept("theme", next);
  });
  for (const button of all(document, "[data-to-pane]")) {
    button.addEventListener("click", () => {
      showPane(button.dataset.toPane === "text" ? "text" : "document");
      if (shown) reveal(shown);
      place();
    });
  }

  const keys = /** @type {HTMLDialogElement} */ (byId("keys"));
  const singleKeys = /** @type {HTMLInputElement} */ (byId("single-keys"));
  singleKeys.checked = kept("single-keys") !== "off";
  singleKeys.addEventListener("change", () => kept("single-keys", singleKeys.checked ? "on" : "off"));
  byId("help").addEventListener("click", () => keys.showModal());
  byId("keys-close").addEventListener("click", () => keys.close());

  const otherSide = () => {
    const toText = !text.contains(document.activeElement);
    showPane(toText ? "text" : "document");
    const inText = around(places[at]?.segments[0] ?? null, ".line") ?? text.querySelector('.line[tabindex="0"]');
    const inDocument = shown && side.contains(shown) ? around(shown, "[tabindex]") : side;
    const target = toText ? inText : inDocument;
    if (!(target instanceof HTMLElement)) return;
    if (toText) stop(target);
    target.focus({ preventScroll: true });
    reveal(target);
  };

  /** @type {Record<string, () => void>} */
  const bound = {
    n: () => walk("findings", 1), p: () => walk("findings", -1),
    i: () => walk("inferred", 1), I: () => walk("inferred", -1),
    c: () => walk("corrected", 1), C: () => walk("corrected", -1),
    u: () => walk("unread", 1), U: () => walk("unread", -1),
    ".": () => toPlace(1), ",": () => toPlace(-1),
    s: otherSide, "/": () => query.select(), "?": () => keys.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (around(event.target, "input, select, textarea")) return;
    if (event.key === "Escape") return clear();
    const action = singleKeys.checked ? bound[event.key] : undefined;
    if (!action) return;
    event.preventDefault();
    if (event.key === "/") query.focus();
    action();
  });

  if (location.hash) go(location.hash, false);
  root.dataset.ready = "";
})();
