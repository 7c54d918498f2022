// Opens the evidence of a value beside it. Without this script the link opens the same in the page.
"use strict";
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.v");
  const close = event.target.closest("#evidence .close");
  const open = document.getElementById("evidence");
  if (close && open && open.dataset.inline) { event.preventDefault(); open.remove(); document.querySelector("a.v[data-open]")?.focus(); return; }
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("evidence");
    if (!found) throw new Error("no evidence");
    document.getElementById("evidence")?.remove();
    document.querySelectorAll("a.v[data-open]").forEach((one) => one.removeAttribute("data-open"));
    link.setAttribute("data-open", "");
    found.dataset.inline = "1";
    found.tabIndex = -1;
    const place = link.closest("dl > div, li, tr, .status");
    if (place.tagName === "TR") place.closest(".scroll").after(found);
    else if (place.tagName === "LI") place.append(found);
    else place.after(found);
    found.focus();
  } catch { window.location.assign(link.href); }
});
