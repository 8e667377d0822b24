/* Everything works without this file. It adds keys, real dialogs, drafts on the device, selection counts,
   links between words and values, and progress without reloading. Words come from data-word-* on <body>. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), document.body.dataset[`word${name}`] || "");
  const clock = (moment) => new Date(moment).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const typing = (target) => target.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");

  /* --- dialogs: a link to #id opens <dialog id> as a modal; without script :target shows it in place --- */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const closer = event.target.closest("[data-close]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog) { event.preventDefault(); dialog.showModal(); }
    }
    if (closer && closer.closest("dialog[open]")) { event.preventDefault(); closer.closest("dialog").close(); }
    const menu = $("details[data-menu][open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
    if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
  });

  /* --- rows: selection and the bar that counts it --- */
  const boxesOf = (table) => all("tbody input[type=checkbox]", table);
  function countSelected() {
    all("[data-rows]").forEach((table) => {
      const boxes = boxesOf(table), chosen = boxes.filter((box) => box.checked);
      boxes.forEach((box) => box.closest("tr").classList.toggle("sel", box.checked));
      const head = $("[data-select-all]", table);
      if (head) { head.checked = boxes.length > 0 && chosen.length === boxes.length; head.indeterminate = chosen.length > 0 && !head.checked; }
      const form = table.closest("form") || document;
      all("[data-count]", form).forEach((place) => { place.textContent = say("Selected", { n: chosen.length }); });
      all("[data-bulk]", form).forEach((bar) => { bar.hidden = chosen.length === 0; });
    });
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]")) boxesOf(event.target.closest("table")).forEach((box) => { box.checked = event.target.checked; });
    countSelected();
  });

  /* --- what a list would be with the boxes ticked now: asked after each change, nothing is written --- */
  const asking = new WeakMap();
  async function preview(form) {
    const into = document.getElementById(form.dataset.liveInto), asked = new AbortController();
    asking.get(form)?.abort();
    asking.set(form, asked);
    try {
      const answer = await fetch(form.dataset.live, { method: "POST", body: new FormData(form), credentials: "same-origin", signal: asked.signal });
      if (answer.ok && !answer.redirected) into.innerHTML = await answer.text();
    } catch { /* the next change asks again; sending is checked anyway */ }
  }
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-live]");
    if (form) preview(form);
  });

  /* --- keys --- */
  const here = () => document.activeElement.closest("[data-rows] tbody tr");
  function move(step) {
    const rows = all("[data-rows] tbody tr");
    if (!rows.length) return;
    const at = rows.indexOf(here());
    const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step))];
    next.tabIndex = -1;
    next.focus();
  }
  const keys = {
    "/": () => { const box = $("#tim"); if (box) { box.focus(); box.select(); } },
    "?": () => $("#phim") && $("#phim").showModal(),
    j: () => move(1),
    k: () => move(-1),
    x: () => { const box = here() && $("input[type=checkbox]", here()); if (box) box.click(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const menu = $("details[data-menu][open]");
      if (menu) { menu.open = false; $("summary", menu).focus(); }
      if (location.hash === "#muc") location.hash = "noi-dung";
      return;
    }
    if (typing(event.target) || $("dialog:modal")) return;
    if (event.key === "Enter" && here() === document.activeElement) { const link = $("a", here()); if (link) link.click(); return; }
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });

  /* --- source marks: a value and the words it was read from light each other, by mouse and by keyboard --- */
  function light(event, on) {
    const value = event.target.closest("[data-src]"), words = event.target.closest("mark[id]");
    const id = value ? value.dataset.src : words && words.id;
    if (!id) return;
    const mark = document.getElementById(id);
    if (mark) mark.classList.toggle("lit", on);
    all("[data-src]").filter((found) => found.dataset.src === id).forEach((found) => found.classList.toggle("lit", on));
    if (on && value && mark && mark.closest(".docpane")) mark.scrollIntoView({ block: "nearest" });
  }
  ["mouseover", "focusin"].forEach((name) => document.addEventListener(name, (event) => light(event, true)));
  ["mouseout", "focusout"].forEach((name) => document.addEventListener(name, (event) => light(event, false)));
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[id]");
    const value = mark && all("[data-src]").find((found) => found.dataset.src === mark.id);
    if (value) (value.matches("a, button, input, textarea, select") ? value : $("a, button, input, textarea, select", value) || value).focus();
  });

  /* --- tables by year show the newest when they are wider than the screen --- */
  all("[data-newest]").forEach((box) => { box.scrollLeft = box.scrollWidth; });

  /* --- drafts: what is typed stays on this device until it was sent --- */
  const kept = (field) => field.name && !["hidden", "file", "password", "submit"].includes(field.type);
  const values = (form) => [...form.elements].filter(kept).map((field) => [field.name, field.value, field.type, field.checked]);
  const changed = new WeakMap();
  const store = (key, text) => { try { text === null ? localStorage.removeItem(key) : localStorage.setItem(key, text); return true; } catch { return false; } };

  function restore(form, draft) {
    const fields = [...form.elements].filter(kept);
    draft.values.forEach(([name, value, type, checked], place) => {
      const field = fields[place];
      if (!field || field.name !== name || field.type !== type) return;
      if (type === "checkbox" || type === "radio") field.checked = checked; else field.value = value;
    });
  }
  function tell(form, text, act) {
    let line = $("[data-draft-line]", form);
    if (!line) {
      line = document.createElement("p");
      line.className = "why draft"; line.dataset.draftLine = ""; line.setAttribute("role", "status");
      form.append(line);
    }
    line.replaceChildren(text, ...(act ? [" ", act] : []));
  }
  function offer(form, key, draft) {
    restore(form, draft);
    const drop = document.createElement("button");
    drop.type = "button"; drop.className = "btn btn-2 btn-s"; drop.textContent = say("Drop");
    drop.addEventListener("click", () => { store(key, null); form.reset(); changed.delete(form); tell(form, ""); });
    tell(form, say("Restored", { time: clock(draft.at) }), drop);
  }
  function watch(form) {
    const key = `guong:${document.body.dataset.user || ""}:${form.dataset.draft}`, first = JSON.stringify(values(form));
    let timer = 0, draft = null;
    try { draft = JSON.parse(localStorage.getItem(key)); } catch { draft = null; }
    if (draft && JSON.stringify(draft.values) !== first) offer(form, key, draft);
    const save = () => {
      const at = Date.now();
      if (store(key, JSON.stringify({ at, values: values(form) }))) { changed.delete(form); tell(form, say("Saved", { time: clock(at) })); }
    };
    form.addEventListener("input", () => { changed.set(form, true); clearTimeout(timer); timer = setTimeout(save, 800); });
    form.addEventListener("submit", () => { clearTimeout(timer); changed.delete(form); sessionStorage.setItem("guong:sent", key); });
  }
  /* A sent draft is dropped only when the next page shows no errors: a refused form keeps its draft. */
  function dropSent() {
    const key = sessionStorage.getItem("guong:sent");
    sessionStorage.removeItem("guong:sent");
    if (key && !$("[data-errors]")) store(key, null);
  }
  window.addEventListener("beforeunload", (event) => {
    if (all("form[data-draft]").some((form) => changed.get(form))) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-logout]")) Object.keys(localStorage).filter((key) => key.startsWith("guong:")).forEach((key) => localStorage.removeItem(key));
  });

  /* --- long work --- */
  function show(box, job) {
    const bar = $("progress", box), words = $("[data-poll-words]", box), acts = $("[data-poll-acts]", box);
    if (job.total) { bar.max = job.total; bar.value = job.done; }
    const progress = job.total ? say("Progress", { done: job.done.toLocaleString("vi-VN"), total: job.total.toLocaleString("vi-VN") }) : "";
    const state = { waiting: say("Waiting"), running: progress, done: say("Done"), failed: say("Failed") }[job.state];
    words.textContent = [state, job.message].filter(Boolean).join(" · ");
    box.dataset.state = job.state;
    acts.replaceChildren();
    if (job.link) {
      const link = document.createElement("a");
      link.className = "btn btn-2 btn-s"; link.href = job.link; link.textContent = say("Open");
      acts.append(link);
    }
  }
  async function poll(box, wait = 1000) {
    let pause = wait;
    try {
      const answer = await fetch(box.dataset.poll, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const job = await answer.json();
      show(box, job);
      if (job.state === "done" || job.state === "failed") return;
    } catch {
      $("[data-poll-words]", box).textContent = say("Lost");
      pause = Math.min(wait * 2, 15000);
    }
    setTimeout(() => poll(box, pause), pause);
  }

  document.documentElement.classList.add("js");
  countSelected();
  dropSent();
  all("form[data-draft]").forEach(watch);
  all("[data-poll]").forEach((box) => poll(box));
  const errors = $("[data-errors]");
  if (errors) errors.focus();
})();
