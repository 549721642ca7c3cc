// Make the quizzes answerable: each answer a button, its explanation shown when it is chosen.
// Without a script the page keeps its questions, with the answers folded below them.

for (const details of document.querySelectorAll(".quiz details")) {
  const offered = details.previousElementSibling;
  const explained = [...details.querySelectorAll("li")];
  const reason = document.createElement("p");
  reason.className = "quiz-reason";
  reason.setAttribute("role", "status");
  for (const [place, item] of [...offered.children].entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...item.childNodes);
    button.addEventListener("click", () => {
      const [verdict] = explained[place].querySelectorAll("b");
      const right = verdict.textContent.startsWith("Right");
      button.className = right ? "quiz-right" : "quiz-wrong";
      const parts = [...explained[place].childNodes];
      reason.replaceChildren(...parts.slice(parts.indexOf(verdict)).map((node) => node.cloneNode(true)));
    });
    item.replaceChildren(button);
  }
  offered.className = "quiz-answers";
  details.replaceWith(reason);
}
