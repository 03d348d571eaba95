// What pages can do beyond reading: keys, the reader's time zone, copying links, telling that something went wrong.
"use strict";
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Times are written by the server in this zone.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = document.cookie.split("; ").find((cookie) => cookie.startsWith("zone="));
  if (zone && known !== "zone=" + zone) {
    document.cookie = "zone=" + zone + "; path=/; max-age=31536000; samesite=lax";
    const drawnInAnother = find("time[datetime]") && new Date().getTimezoneOffset() !== 0;
    if (!known && drawnInAnother && document.cookie.includes("zone=")) {
      location.reload();
    }
  }

  // Trouble: what was typed stays where it is.
  const trouble = find("#trouble");
  const tell = (text) => {
    if (!trouble) return;
    trouble.textContent = text;
    trouble.hidden = false;
    setTimeout(() => { trouble.hidden = true; }, 10000);
  };
  const said = find("#said");
  const say = (text) => { if (said) said.textContent = text; };
  document.addEventListener("htmx:sendError", () => tell("The server cannot be reached. What you typed is still here; try again in a moment."));
  document.addEventListener("htmx:responseError", (event) => {
    const said = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").body.textContent.trim();
    tell(said || "That did not work; try again.");
  });
  addEventListener("offline", () => tell("You are offline. What is on this page stays; the rest has to wait."));

  // A part of a page that was exchanged keeps the focus where it was asked from.
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.elt.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.elt.removeAttribute("aria-busy"));

  // Copying a link to here.
  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    if (!copy || !navigator.clipboard) return;
    if (!copy.hash) event.preventDefault();
    navigator.clipboard.writeText(new URL(copy.getAttribute("href"), location.href).href).then(() => {
      copy.classList.add("copied");
      setTimeout(() => copy.classList.remove("copied"), 1500);
      say("Link copied");
    });
  });

  // From one found place to the next.
  const steps = find("[data-steps]");
  if (steps) {
    const marks = all("mark[id^=m]");
    let here = 0;
    const go = (by) => {
      marks[here].classList.remove("here");
      here = (here + by + marks.length) % marks.length;
      marks[here].classList.add("here");
      marks[here].scrollIntoView({ block: "center" });
      where.textContent = (here + 1) + " of " + marks.length;
    };
    const button = (text, by) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "small";
      made.textContent = text;
      made.addEventListener("click", () => go(by));
      return made;
    };
    const where = document.createElement("span");
    where.textContent = "1 of " + marks.length;
    if (marks.length > 0) steps.append(button("Previous", -1), " ", button("Next", 1), " ", where);
  }

  // Keys.
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
  const step = (by) => {
    const rows = all("[data-row]");
    if (rows.length === 0) return;
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.min(rows.length - 1, Math.max(0, here + by))] || rows[0];
    (find("a, button", next) || next).focus();
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    const search = find("#find");
    if ((event.ctrlKey || event.metaKey) && event.key === "k" && search) {
      event.preventDefault();
      search.focus();
      search.select();
      return;
    }
    if (event.key === "Escape" && panel && panel.contains(event.target)) {
      closePanel();
      return;
    }
    if (event.key === "Escape" && typing(event.target)) {
      event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const row = document.activeElement.closest ? document.activeElement.closest("[data-row]") : null;
    switch (event.key) {
      case "/": if (search) { event.preventDefault(); search.focus(); search.select(); } break;
      case "j": step(1); break;
      case "k": step(-1); break;
      case "c": { const chat = find("[data-panel]") || find(".rail a[href='/chat']"); if (chat) { event.preventDefault(); chat.click(); } break; }
      case "?": { const keys = find("#keys"); if (keys) keys.togglePopover(); break; }
      case "ArrowRight": case "ArrowLeft": {
        const more = row && find("details", row);
        if (more) { event.preventDefault(); more.open = event.key === "ArrowRight"; }
        break;
      }
    }
  });

  // Chat: answers are added where the question was asked; the panel keeps its place from page to page.
  const panelKept = {
    get: () => { try { return JSON.parse(sessionStorage.getItem("panel")) || {}; } catch { return {}; } },
    set: (change) => sessionStorage.setItem("panel", JSON.stringify({ ...panelKept.get(), ...change })),
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-talk]");
    if (!form) return;
    event.preventDefault();
    const talk = form.closest(".talk");
    const turns = find(".turns", talk);
    const field = find("textarea", talk);
    const thinking = find(".thinking", talk);
    const data = new URLSearchParams(new FormData(form, event.submitter));
    const onPage = talk.parentElement.dataset.in === "page";
    const buttons = all("button", talk);
    thinking.hidden = false;
    buttons.forEach((button) => { button.disabled = true; });
    try {
      const answer = await fetch("/chat", { method: "POST", body: data, headers: { "HX-Request": "true" } });
      const text = await answer.text();
      if (!answer.ok) {
        if (answer.headers.get("HX-Redirect")) { location.assign(answer.headers.get("HX-Redirect")); return; }
        tell(new DOMParser().parseFromString(text, "text/html").body.textContent.trim() || "That did not work; try again.");
        return;
      }
      all(".begin, .tries, .confirm form", talk).forEach((old) => old.remove());
      turns.insertAdjacentHTML("beforeend", text);
      const turn = turns.lastElementChild;
      const conversation = turn.dataset.conversation;
      all("input[name=conversation]", talk).forEach((input) => { input.value = conversation; });
      field.value = "";
      turn.scrollIntoView({ block: "start" });
      if (onPage) history.replaceState(null, "", "/chat/" + conversation);
      else panelKept.set({ conversation });
    } catch {
      tell("The server cannot be reached. What you typed is still here; try again in a moment.");
    } finally {
      thinking.hidden = true;
      all("button", talk).forEach((button) => { button.disabled = false; });
      field.focus();
    }
  });

  const panel = find("#panel");
  const wide = matchMedia("(min-width: 761px)");
  const openPanel = async (focus) => {
    panel.hidden = false;
    panelKept.set({ open: true });
    const body = find(".talk-box", panel);
    if (!find(".talk", body)) {
      const { conversation } = panelKept.get();
      const answer = await fetch("/chat/panel" + (conversation ? "?conversation=" + encodeURIComponent(conversation) : ""), { headers: { "HX-Request": "true" } });
      if (!answer.ok) { closePanel(); return; }
      body.innerHTML = await answer.text();
      const turns = find(".turns", body);
      turns.scrollTop = turns.scrollHeight;
    }
    if (focus) find("textarea", body).focus();
  };
  const closePanel = () => { panel.hidden = true; panelKept.set({ open: false }); };
  if (panel) {
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-panel]") && wide.matches && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        if (panel.hidden) openPanel(true); else closePanel();
      }
      if (event.target.closest("[data-panel-close]")) closePanel();
      if (event.target.closest("[data-panel-new]")) {
        panelKept.set({ conversation: null });
        find(".talk-box", panel).replaceChildren();
        openPanel(true);
      }
    });
    if (panelKept.get().open && wide.matches) openPanel(false);
  }

  // In a text field of a chat, Enter sends and Shift-Enter begins a line.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("textarea[data-enter-sends]")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
})();
