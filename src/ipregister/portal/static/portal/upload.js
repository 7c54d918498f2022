// Sends a delivery piece by piece, resumable; and follows a load. Without this script the plain form does the same.
"use strict";
const form = document.getElementById("upload");
if (form) form.addEventListener("submit", (event) => { event.preventDefault(); send().catch(() => say(form.dataset.failed)); });
const say = (text) => { document.getElementById("progress").textContent = text; };

async function send() {
  const file = form.elements.file.files[0];
  const token = form.elements.csrfmiddlewaretoken.value;
  const begun = new FormData();
  begun.set("office", form.elements.office.value);
  begun.set("filename", file.name);
  begun.set("size", file.size);
  begun.set("day", form.elements.day.value);
  let state = await ask(form.dataset.begin, begun, { "X-CSRFToken": token });
  if (state.error) return say(state.error);
  const address = state.address;
  while (state.received < file.size) {
    const piece = file.slice(state.received, state.received + Number(form.dataset.piece));
    const headers = { "X-CSRFToken": token, "Upload-Offset": state.received, "Content-Type": "application/octet-stream" };
    state = await ask(address + "/part", piece, headers);
    if (state.error && state.error !== "misplaced") return say(state.error);
    say(form.dataset.going + ": " + Math.floor(100 * state.received / file.size) + " %");
  }
  window.location.assign(address);
}

async function ask(address, body, headers) {
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json", ...headers }, credentials: "same-origin" });
  return answer.json();
}

const state = document.getElementById("state");
if (state && state.dataset.follow) setInterval(async () => {
  const answer = await fetch(state.dataset.follow, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("state");
  if (now && now.innerHTML !== state.innerHTML) state.innerHTML = now.innerHTML;
  if (now && !now.dataset.follow) window.location.reload();
}, 3000);
