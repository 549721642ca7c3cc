"""Quizzes: questions with an explanation for every answer, shown with jupyterquiz."""

from IPython.display import display


def ask(question, right, wrong):
    """Return one multiple-choice question in jupyterquiz's format.

    question: text. right: {answer: explanation} with one entry. wrong: {answer: explanation}, one entry or more.
    Raises ValueError where there is not one right answer, no wrong one, an answer stands on both sides, or an
    explanation is empty.
    """
    if len(right) != 1 or not wrong:
        raise ValueError(f"{question!r} needs one right answer and at least one wrong one")
    both = sorted(right.keys() & wrong.keys())
    if both:
        raise ValueError(f"{question!r}: {both[0]!r} is both right and wrong")
    answers = [
        {"answer": answer, "correct": correct, "feedback": explanation}
        for choices, correct in ((right, True), (wrong, False))
        for answer, explanation in choices.items()
    ]
    silent = [answer["answer"] for answer in answers if not answer["feedback"].strip()]
    if silent:
        raise ValueError(f"{question!r}: no explanation for {silent[0]!r}")
    return {"question": question, "type": "multiple_choice", "answers": answers}


def show(questions):
    """Show the quiz; answers come in random order. On a page without a kernel only the first line stays."""
    from jupyterquiz import display_quiz

    display({"text/plain": f"Quiz: {len(questions)} questions. Run this cell to answer them."}, raw=True)
    display_quiz(questions, shuffle_answers=True, max_width=900)
