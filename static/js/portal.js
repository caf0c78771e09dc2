// Everything works without this file. It adds: a quick exit that leaves no step back, drafts that
// survive in this tab, counts of characters, and menus that close.
(() => {
  "use strict";
  const DRAFT = "draft:";
  let leaving = false;

  // The way out. Without a script it is a plain link; with one, this page is not in the history.
  document.addEventListener("click", (event) => {
    const exit = event.target.closest("[data-quick-exit]");
    if (!exit) return;
    event.preventDefault();
    leaving = true;
    forgetDrafts();
    document.title = "";
    document.body.hidden = true;
    window.location.replace(exit.href);
  });

  // Drafts live in this tab only, and end with it, with the quick exit, and with signing out.
  const store = (() => {
    try { return window.sessionStorage; } catch { return null; }
  })();
  const draftKeys = () => (store ? Object.keys(store).filter((key) => key.startsWith(DRAFT)) : []);
  function forgetDrafts() { draftKeys().forEach((key) => store.removeItem(key)); }

  const written = (form) => [...form.elements].filter(
    (field) => field.name && (field.tagName === "TEXTAREA" || field.type === "text" || field.type === "search")
      && field.autocomplete !== "one-time-code",
  );

  // A form without a name of its own is known by the address of its page.
  const keyOf = (form) => DRAFT + (form.dataset.draft || window.location.pathname);

  function keepDraft(form) {
    const key = keyOf(form);
    const firstValues = new Map(written(form).map((field) => [field, field.value]));
    const kept = store && store.getItem(key);
    if (kept) {
      const values = JSON.parse(kept);
      let restored = false;
      for (const field of written(form)) {
        if (field.value === "" && values[field.name]) {
          field.value = values[field.name];
          restored = true;
        }
      }
      const note = form.querySelector("[data-draft-note]");
      if (restored && note) note.hidden = false;
    }
    const dirty = () => [...firstValues].some(([field, value]) => field.value !== value);
    form.addEventListener("input", () => {
      const values = Object.fromEntries(written(form).map((field) => [field.name, field.value]));
      if (store) store.setItem(key, JSON.stringify(values));
    });
    form.addEventListener("submit", () => {
      leaving = true;
      // Cleared on the next page, not now: when the connection fails, the draft is still there.
      if (store) store.setItem("sent", key);
    });
    window.addEventListener("beforeunload", (event) => {
      if (!leaving && dirty()) event.preventDefault();
    });
  }

  function clearSent() {
    const sent = store && store.getItem("sent");
    if (!sent) return;
    store.removeItem("sent");
    const stillHere = [...document.querySelectorAll("form[data-draft]")].some((form) => keyOf(form) === sent);
    if (!stillHere) store.removeItem(sent);
  }

  // "120 characters left", said politely.
  function countCharacters(note) {
    const field = document.getElementById(note.dataset.countFor);
    if (!field || field.maxLength < 0) return;
    const show = () => {
      const left = field.maxLength - [...field.value].length;
      note.hidden = left > field.maxLength / 2;
      note.textContent = note.dataset.countText.replace("%s", left.toLocaleString(document.documentElement.lang));
    };
    field.addEventListener("input", show);
    show();
  }

  // Only the sentence that fits the choice is shown: <p data-show-when="level=10">. Without a script
  // all are shown, so each must name its choice.
  function showWhen(root) {
    const parts = [...root.querySelectorAll("[data-show-when]")];
    const show = () => parts.forEach((part) => {
      const [name, value] = part.dataset.showWhen.split("=");
      const field = root.querySelector(`[name="${CSS.escape(name)}"]:checked`);
      part.hidden = !field || field.value !== value;
    });
    if (parts.length) { root.addEventListener("change", show); show(); }
  }

  // A menu closes with Escape and with a press beside it.
  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  }
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest("details.menu[open]");
    closeMenus(null);
    if (open) open.querySelector("summary").focus();
  });

  // One tick for all rows of a desk.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-check-all]")) return;
    const rows = event.target.closest("table").querySelectorAll('tbody input[type="checkbox"]');
    rows.forEach((row) => { row.checked = event.target.checked; });
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]")) forgetDrafts();
  });

  function begin(root) {
    root.querySelectorAll("form[data-draft]").forEach(keepDraft);
    root.querySelectorAll("[data-count-for]").forEach(countCharacters);
    root.querySelectorAll("form").forEach(showWhen);
    root.querySelectorAll("[data-needs-script]").forEach((part) => { part.hidden = false; });
  }
  clearSent();
  begin(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) begin(event.target); });

  // After an error the summary is read first.
  const summary = document.querySelector(".error-summary:not(.gallery *)");
  if (summary) summary.focus();
})();
