// @ts-check
"use strict";

// The forms of a page that is served: what they are filled with, and what becomes of it. All is asked for at the page's own
// address; the server says what a phrase is, what a value is, and what a correction would change.

(() => {
  /** @param {string} id @returns {HTMLElement} */
  const byId = (id) => {
    const element = document.getElementById(id);
    if (!element) throw new Error(`the page has no #${id}`);
    return element;
  };
  const dialog = /** @type {HTMLDialogElement} */ (byId("correct"));
  const form = /** @type {HTMLFormElement} */ (byId("correct-form"));
  const effect = byId("effect");
  const undo = /** @type {HTMLButtonElement} */ (byId("undo"));
  const text = byId("text");
  const version = dialog.dataset.version ?? "";

  /** @param {string} name */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

  /** @param {string} message */
  const tell = (message) => (byId("status").textContent = message);

  /** What is to be told when the page has been read again, and what is to be taken back by Undo. */
  const kept = {
    /** @param {string} key */
    get: (key) => sessionStorage.getItem(`rapporteur-${key}`),
    /** @param {string} key @param {string} value */
    set: (key, value) => sessionStorage.setItem(`rapporteur-${key}`, value),
    /** @param {string} key */
    drop: (key) => sessionStorage.removeItem(`rapporteur-${key}`),
  };

  /** @typedef {{ id: string, reason: string, by: string | null, date: string | null }} Standing */
  /** @typedef {{ message?: string, details?: string, changes?: string[], id?: string, replaced?: string | null, fields?: string[], standing?: Standing | null, [name: string]: unknown }} Answer */

  /** @param {string} path @param {object} body @returns {Promise<{ status: number, answer: Answer }>} */
  const ask = async (path, body) => {
    try {
      const response = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      const isJson = response.headers.get("Content-Type") === "application/json";
      return { status: response.status, answer: isJson ? await response.json() : { message: await response.text() } };
    } catch {
      return { status: 0, answer: { message: "the server does not answer: has it been ended?" } };
    }
  };

  /** The page is read again, at the same place. @param {string} message */
  const again = (message) => {
    kept.set("told", message);
    location.reload();
  };

  // --- what is meant

  /** Characters before a place of a line. @param {Element} line @param {Node} node @param {number} offset */
  const column = (line, node, offset) => {
    const range = document.createRange();
    const letters = line.querySelector(".t") ?? line;
    range.setStart(letters, 0);
    if (letters.contains(node)) range.setEnd(node, offset);
    else if (range.comparePoint(node, offset) > 0) range.setEnd(letters, letters.childNodes.length);
    return [...range.toString()].length;
  };

  /** The passage that is selected in the text, or the line that is marked or in focus. */
  const passage = () => {
    /** @param {Node | null} node */
    const lineOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest("#text .line") ?? null;
    /** @param {Element} from @param {number} start @param {Element} to @param {number} end */
    const told = (from, start, to, end) => ({
      source: from.closest(".source")?.id.replace(/^text-/, "") ?? "",
      line: Number(from instanceof HTMLElement ? from.dataset.n : 0),
      column: start,
      end_line: Number(to instanceof HTMLElement ? to.dataset.n : 0),
      end_column: end,
    });
    const selection = getSelection();
    if (selection && !selection.isCollapsed) {
      const range = selection.getRangeAt(0);
      const [from, to] = [lineOf(range.startContainer), lineOf(range.endContainer)];
      if (from && to) {
        return told(from, column(from, range.startContainer, range.startOffset), to, column(to, range.endContainer, range.endOffset));
      }
    }
    const line = lineOf(document.activeElement) ?? text.querySelector(".line.on");
    return line ? told(line, 0, line, [...(line.querySelector(".t")?.textContent ?? "")].length) : null;
  };

  /** @param {string[]} lines */
  const list = (lines) => {
    effect.replaceChildren(
      ...lines.map((line) => {
        const row = document.createElement("div");
        row.textContent = line;
        return row;
      }),
    );
  };

  /** @param {string} kind */
  const open = (kind) => {
    for (const part of form.querySelectorAll("fieldset")) part.hidden = part.dataset.form !== kind;
    form.dataset.kind = kind;
    byId("correct-heading").textContent = { text: "Correct the text", value: "Correct a value", region: "Say what a passage is" }[kind] ?? "";
    effect.textContent = "";
    field("reason").value = "";
    field("by").value = localStorage.getItem("rapporteur-by") ?? "";
    dialog.showModal();
    field({ text: "replace", value: "value", region: "label" }[kind] ?? "reason").focus();
  };

  /** Fills the form with a value as it is. @param {string} path @param {string} name @returns {Promise<boolean>} */
  const fill = async (path, name) => {
    const { status, answer } = await ask("value", { entity: path, field: name });
    if (status !== 200) {
      if (dialog.open) list([answer.message ?? ""]);
      else tell(answer.message ?? "");
      return false;
    }
    const names = [...(answer.fields ?? [])];
    // one entry of a list
    if (!names.includes(name)) names.splice(names.indexOf(name.split("/")[0] ?? "") + 1, 0, name);
    const options = names.map((it) => new Option(it.replaceAll("_", " "), it, it === name, it === name));
    byId("correct-form").querySelector("[name=field]")?.replaceChildren(...options);
    field("entity").value = path;
    field("value").value = answer.value === null ? "" : typeof answer.value === "string" ? answer.value : JSON.stringify(answer.value);
    field("absent").checked = false;
    const known = answer.standing;
    const who = known ? [known.by, known.date].filter(Boolean).join(", ") : "";
    byId("standing").textContent = known ? `Corrected already, ${known.id}: ${known.reason}${who ? ` (${who})` : ""}. What is written takes its place.` : "";
    return true;
  };
  for (const name of ["entity", "field"]) field(name).addEventListener("change", () => fill(field("entity").value, field("field").value));

  /** @param {string} kind @param {Element | null} [target] */
  const correct = async (kind, target) => {
    if (kind === "value") {
      const value = target ?? document.querySelector("#document .v.on") ?? document.querySelector("#document .current .v");
      const entity = value?.closest("[data-entity]");
      const [path, name] = [entity instanceof HTMLElement ? entity.dataset.entity : "", value instanceof HTMLElement ? value.dataset.field : ""];
      if (!path || !name) return tell("mark a value of the document first");
      if (await fill(path, name)) open(kind);
      return;
    }
    const where = passage();
    if (!where) return tell("select a phrase of the text first, or go to a line");
    const { status, answer } = await ask("phrase", where);
    if (status !== 200) return tell(answer.message ?? "");
    for (const name of ["find", "before", "after", "at", "until"]) field(name).value = String(answer[name] ?? "");
    field("replace").value = field("find").value;
    form.dataset.source = where.source;
    open(kind);
  };

  // --- what becomes of it

  const asked = () => {
    const of = (/** @type {string} */ name) => field(name).value;
    const source = form.dataset.source ?? "";
    const today = new Date();
    const pad = (/** @type {number} */ number) => String(number).padStart(2, "0");
    const corrections = {
      text: { form: "text", source, before: of("before"), find: of("find"), after: of("after"), replace: of("replace") },
      value: { form: "value", entity: of("entity"), field: of("field"), value: field("absent").checked ? null : of("value") },
      region: { form: "region", source, at: of("at"), until: of("until"), label: of("label") },
    };
    return {
      version,
      reason: of("reason"),
      by: of("by"),
      date: `${today.getFullYear()}-${pad(today.getMonth() + 1)}-${pad(today.getDate())}`,
      correction: corrections[/** @type {"text" | "value" | "region"} */ (form.dataset.kind)],
    };
  };

  /** @param {number} status @param {Answer} answer */
  const no = (status, answer) => {
    if (status === 409) {
      // what was written into the form stands there again when the page has been read
      const { kind, source } = form.dataset;
      kept.set("draft", JSON.stringify({ kind, source, fields: [...new FormData(form)] }));
      return again(answer.message ?? "");
    }
    list([`${answer.message ?? ""}; nothing was written`, ...(answer.details ?? "").split("\n").filter(Boolean)]);
  };

  byId("preview").addEventListener("click", async () => {
    const { status, answer } = await ask("preview", asked());
    if (status !== 200) return no(status, answer);
    const changes = answer.changes ?? [];
    list(changes.length > 0 ? ["In the document:", ...changes] : ["Nothing in the document would be other than it is."]);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field("reason").value.trim()) {
      list(["Say why it is corrected."]);
      return field("reason").focus();
    }
    const { status, answer } = await ask("add", asked());
    if (status !== 200) return no(status, answer);
    localStorage.setItem("rapporteur-by", field("by").value);
    kept.set("undo", answer.id ?? "");
    const instead = answer.replaced ? ` in the place of ${answer.replaced}` : "";
    const count = (answer.changes ?? []).length;
    again(`written: ${answer.id}${instead}; ${count === 1 ? "1 value is other than it was" : `${count} values are other than they were`}`);
  });

  byId("cancel").addEventListener("click", () => dialog.close());

  /** @param {string} id */
  const remove = async (id, path = "remove") => {
    const { status, answer } = await ask(path, { version, id });
    if (status === 200) {
      if (kept.get("undo") === id) kept.drop("undo");
      again(`taken back: ${id}`);
    } else if (status === 409) again(answer.message ?? "");
    else tell(answer.message ?? "");
  };
  undo.disabled = !kept.get("undo");
  undo.addEventListener("click", () => remove(kept.get("undo") ?? "", "undo"));

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-correct], [data-remove]") : null;
    if (!(button instanceof HTMLElement)) return;
    if (button.dataset.remove) remove(button.dataset.remove);
    else correct(button.dataset.correct ?? "", button.closest(".v"));
  });
  // the selection would be lost with the press of a button
  for (const button of document.querySelectorAll("[data-correct]")) button.addEventListener("mousedown", (event) => event.preventDefault());

  const keys = new Map([["e", "text"], ["v", "value"], ["r", "region"]]);
  document.addEventListener("keydown", (event) => {
    const kind = keys.get(event.key);
    const isTyping = event.target instanceof Element && event.target.closest("input, select, textarea, dialog");
    const isOn = /** @type {HTMLInputElement} */ (byId("single-keys")).checked;
    if (!kind || isTyping || !isOn || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    event.preventDefault();
    correct(kind);
  });

  /** The form as it was left. @param {string} draft @param {string} why */
  const resume = async (draft, why) => {
    /** @type {{ kind: string, source?: string, fields: [string, string][] }} */
    const { kind, source, fields } = JSON.parse(draft);
    const values = new Map(fields);
    form.dataset.source = source ?? "";
    if (kind === "value" && !(await fill(values.get("entity") ?? "", values.get("field") ?? ""))) return;
    open(kind);
    for (const [name, value] of fields) {
      if (name === "absent") field(name).checked = true;
      else field(name).value = value;
    }
    list([why]);
  };

  const [told, draft] = [kept.get("told"), kept.get("draft")];
  kept.drop("told");
  kept.drop("draft");
  if (told) tell(told);
  if (draft) resume(draft, told ?? "");
})();
