// The pages work without this. With it, going back is instant: what was seen stays in this window's memory, and nowhere else.
const seen = new Map();
let here = 0;

function ready() {
  for (const place of document.querySelectorAll("[data-print]:empty")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = "Print or save as PDF";
    button.addEventListener("click", () => {
      for (const folded of document.querySelectorAll("main details:not(.on-screen)")) folded.open = true;
      window.print();
    });
    place.append(button);
  }
}

function show(page) {
  document.body.replaceWith(page.body);
  document.title = page.title;
  ready();
}

const target = (form, button) => (button?.hasAttribute("formaction") ? button.formAction : form.action);

async function send(form, button) {
  const filled = new FormData(form, button);
  const fields = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(filled); // a file travels in the first kind only
  const answer = await fetch(target(form, button), { method: "POST", body: fields });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  seen.set(here, { body: document.body, title: document.title });
  here = history.length + Date.now();
  history.pushState({ here }, "", answer.url);
  show(page);
  window.scrollTo(0, 0);
  document.getElementById("main")?.focus({ preventScroll: true });
}

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || target(event.target, event.submitter).endsWith(".json")) return;
  event.preventDefault();
  send(event.target, event.submitter).catch(() => {
    HTMLFormElement.prototype.submit.call(event.target); // no connection, perhaps: let the browser say so
  });
});

window.addEventListener("popstate", (event) => {
  if (!event.state) return history.replaceState({ here }, ""); // a link within the page was followed: it is the same page
  const wanted = event.state.here;
  if (wanted === here) return;
  seen.set(here, { body: document.body, title: document.title });
  if (!seen.has(wanted)) return location.reload();
  here = wanted;
  show(seen.get(wanted));
});

history.replaceState({ here }, "");
ready();
