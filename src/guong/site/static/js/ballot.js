/* Seals a ballot on this device and sends the envelope until the server has it. Without this file the server
   seals, and the page says so. Choices never leave the page; the envelope waits in this tab and is sent again. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-seal]");
  const able = window.crypto && window.crypto.subtle && window.hpke;
  if (!form || !able) return;
  const $ = (selector) => document.querySelector(selector);
  const said = form.dataset, kept = `guong:envelope:${said.setup}:${said.member}`;
  const button = $("[data-seal-button]"), status = $("[data-seal-status]");
  const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let choosing = true;

  document.querySelectorAll("[data-server-seals]").forEach((note) => { note.hidden = true; });
  document.querySelectorAll("[data-device-seals]").forEach((note) => { note.hidden = false; });

  const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const base64 = (data) => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
  const memory = {
    get: () => { try { return sessionStorage.getItem(kept); } catch { return null; } },
    set: (value) => { try { if (value === null) sessionStorage.removeItem(kept); else sessionStorage.setItem(kept, value); } catch { /* the page itself still holds it */ } },
  };
  let envelope = memory.get();

  function choices() {
    return said.items.split(" ").map((item) => {
      const chosen = form.querySelector(`input[name="item-${item}"]:checked`);
      return chosen ? { yes: "Y", no: "N" }[chosen.value] : "-";
    }).join("");
  }
  async function tracker(data) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    const bits = Array.from(hash, (byte) => byte.toString(2).padStart(8, "0")).join("").slice(0, 100);
    return bits.match(/.{5}/g).map((five) => LETTERS[parseInt(five, 2)]).join("").match(/.{4}/g).join("-");
  }
  async function seal(letters) {
    const suite = new hpke.CipherSuite({ kem: new hpke.DhkemX25519HkdfSha256(), kdf: new hpke.HkdfSha256(), aead: new hpke.Aes256Gcm() });
    const text = new TextEncoder();
    const recipientPublicKey = await suite.kem.deserializePublicKey(bytes(said.key).buffer);
    const info = text.encode(`guong ballot 1|${said.setup}|${said.member}`);
    const sender = await suite.createSenderContext({ recipientPublicKey, info });
    const inside = new Uint8Array(await sender.seal(text.encode(`guong ballot 1\n${letters}`)));
    const head = new Uint8Array(sender.enc), sealed = new Uint8Array(head.length + inside.length);
    sealed.set(head);
    sealed.set(inside, head.length);
    return sealed;
  }
  const show = (name) => ["form", "sending", "waiting", "sealed"].forEach((one) => { $(`[data-seal-${one}]`).hidden = one !== name; });
  function tell(words, kind) {
    status.textContent = words;
    status.closest(".note").hidden = !words;
    status.closest(".note").className = `note ${kind || "warn"}`;
  }
  async function send() {
    show("sending");
    tell("");
    const data = new URLSearchParams({ envelope, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual", signal: AbortSignal.timeout(15000) });
    } catch { return later(said.wordLost); }
    if (answer.type === "opaqueredirect" || answer.status === 403) return later(said.wordLogin);
    const found = await answer.json().catch(() => null);
    if (!found || (answer.status !== 200 && answer.status !== 409)) return later(said.wordLost);
    if (answer.status === 409) { keep(null); show("form"); choosing = true; return tell(found.error, "stop"); }
    if (found.tracker !== await tracker(bytes(envelope))) { show("form"); choosing = true; return tell(said.wordOther, "stop"); }
    keep(null);
    done(found);
  }
  function keep(value) { envelope = value; memory.set(value); }
  function later(words) { show("waiting"); $("[data-seal-why]").textContent = words; $("[data-seal-retry]").focus(); }
  function done(found) {
    $("[data-seal-tracker]").textContent = found.tracker;
    $("[data-seal-count]").textContent = found.count;
    $("[data-seal-at]").textContent = said.wordReceived.replace("{time}", found.at);
    show("sealed");
    choosing = false;
    window.scrollTo(0, 0);
    const head = $("[data-seal-head]");
    head.tabIndex = -1;
    head.focus();
  }
  function count() {
    const left = (choices().match(/-/g) || []).length - Number(said.apart);
    $("[data-seal-left]").textContent = left ? said.wordLeft.replace("{n}", left) : said.wordAll;
  }
  form.addEventListener("change", count);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!choosing || button.getAttribute("aria-disabled") === "true") return;
    const letters = choices();
    if (!/[YN]/.test(letters)) return tell(said.wordNone, "stop");
    button.setAttribute("aria-disabled", "true");
    try { keep(base64(await seal(letters))); await send(); } finally { button.removeAttribute("aria-disabled"); }
  });
  $("[data-seal-retry]").addEventListener("click", send);
  window.addEventListener("online", () => { if (envelope && !$("[data-seal-waiting]").hidden) send(); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-copy-tracker]")) navigator.clipboard.writeText($("[data-seal-tracker]").textContent).then(() => tell(said.wordCopied, "ok"), () => {});
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-seal-again]")) { event.preventDefault(); choosing = true; form.reset(); count(); show("form"); }
  });
  count();
  if (envelope) later(said.wordKept);
})();
