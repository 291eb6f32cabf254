// The pages work without this. It adds a print button where printing makes sense, and warns of nothing, keeps nothing, sends nothing.
for (const place of document.querySelectorAll("[data-print]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = "Print or save as PDF";
  button.addEventListener("click", () => {
    for (const folded of document.querySelectorAll("main details")) folded.open = true;
    window.print();
  });
  place.append(button);
}
