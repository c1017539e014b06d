"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  // Names of languages, where the browser knows them.
  try {
    const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
    for (const item of all("[data-language]")) {
      const code = item.dataset.language;
      const name = code === "und" ? "unknown" : names.of(code);
      if (name && (item.tagName === "OPTION" || item.tagName === "TH")) item.textContent = `${name} (${code})`;
    }
  } catch { /* the codes stay */ }

  // Search and choice within a list.
  const words = new Map();
  const update = (id) => {
    const list = document.getElementById(id);
    const wanted = fold(document.querySelector(`[data-filter="${id}"]`).value).split(/\s+/).filter(Boolean);
    const choices = all(`[data-select="${id}"]`).filter((s) => s.value).map((s) => [s.dataset.key, s.value]);
    let shown = 0;
    for (const item of list.children) {
      if (!words.has(item)) words.set(item, fold(item.textContent));
      const text = words.get(item);
      const fits = wanted.every((w) => text.includes(w)) && choices.every(([k, v]) => item.dataset[k] === v);
      item.hidden = !fits;
      shown += fits;
    }
    document.querySelector(`[data-count="${id}"]`).textContent = wanted.length || choices.length ? `${shown} of ${list.children.length}` : "";
  };
  for (const input of all("[data-filter]")) input.addEventListener("input", () => update(input.dataset.filter));
  for (const select of all("[data-select]")) select.addEventListener("change", () => update(select.dataset.select));

  // Order of a list.
  for (const select of all("[data-sort]")) {
    const list = document.getElementById(select.dataset.sort);
    const first = Array.from(list.children);
    select.addEventListener("change", () => {
      const key = select.value;
      const items = first.slice();
      if (key === "title") items.sort((a, b) => a.dataset.title.localeCompare(b.dataset.title));
      else if (key === "published") items.sort((a, b) => (b.dataset.published > a.dataset.published) - (b.dataset.published < a.dataset.published));
      else if (key) items.sort((a, b) => b.dataset[key] - a.dataset[key]);
      list.append(...items);
    });
  }

  // Tables that sort by a column.
  for (const table of all("table.sortable")) {
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === "descending" || !head.classList.contains("num") && !head.hasAttribute("aria-sort");
        heads.forEach((h) => h.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const value = (row) => row.children[column].textContent.trim();
        const rows = Array.from(table.tBodies[0].rows);
        rows.sort((a, b) => (head.classList.contains("num") ? value(a) - value(b) : value(a).localeCompare(value(b))) * (up ? 1 : -1));
        table.tBodies[0].append(...rows);
      });
    });
  }

  // A link to an entry opens it.
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    target.hidden = false;
    const details = target.querySelector(":scope > details");
    if (details) details.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();

  // Print what is on the page, closed or not.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
})();
