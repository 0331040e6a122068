// The quiz: one touch on an answer says whether it is right, and why.

import { t } from "../../board/core/translate.js";
import { make } from "../../board/ui/dom.js";

/** @param {HTMLElement} place @param {readonly import("./quiz.js").Question[]} questions */
export function showQuiz(place, questions) {
  const score = make("p", { class: "score", role: "status" });
  /** Whether the first answer was right. @type {Map<string, boolean>} */
  const first = new Map();
  const tell = () => {
    const right = [...first.values()].filter(Boolean).length;
    if (first.size === questions.length)
      score.textContent = t("{right} of {all} right at the first try.", {
        right,
        all: questions.length,
      });
  };
  const fields = questions.map((question) =>
    asked(question, (right) => {
      if (!first.has(question.id)) first.set(question.id, right);
      tell();
    }),
  );
  place.replaceChildren(...fields, score);
}

/** @param {import("./quiz.js").Question} question @param {(right: boolean) => void} answered */
function asked({ id, asked, answers, right, because }, answered) {
  const said = make("p", { class: "because", role: "status" });
  const field = make(
    "fieldset",
    { class: "question", "data-question": id },
    make("legend", {}, asked),
  );
  for (const [i, answer] of answers.entries()) {
    const input = make("input", { type: "radio", name: `quiz-${id}`, value: String(i) });
    input.addEventListener("change", () => {
      const isRight = i === right;
      field.dataset.state = isRight ? "good" : "bad";
      said.textContent = isRight ? `${t("Right.")} ${because}` : t("Not quite. Try another one.");
      answered(isRight);
    });
    field.append(make("label", { class: "answer" }, input, make("span", {}, answer)));
  }
  field.append(said);
  return field;
}
