// What the customer does, who has no page of ours: reads mails, and follows what is in them.
import { expect, vi } from "vitest";

export interface Letter {
  readonly text?: string | undefined;
}

/** The mail whose text says this. */
const saying = (letters: readonly Letter[], text: string): Promise<Letter> =>
  vi.waitUntil(() => letters.find((letter) => letter.text?.includes(text)), { timeout: 45_000 });

export async function isTold(letters: readonly Letter[], text: string): Promise<void> {
  await saying(letters, text);
}

/** By the link in the invitation. */
export async function answers(letters: readonly Letter[], gateway: string, score: number): Promise<void> {
  const { text = "" } = await saying(letters, "/v1/surveyAnswers/");
  const [link] = /\/v1\/surveyAnswers\/[\w.~-]+/.exec(text)!;
  const answer = await fetch(`${gateway}${link}:answer`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
    body: JSON.stringify({ answers: [{ questionCode: "recommend", score }] }),
  });
  expect(answer.status).toBe(200);
}

export async function clicks(letters: readonly Letter[], offer: string): Promise<void> {
  const { text = "" } = await saying(letters, offer);
  const [tracked] = /https?:\/\/\S*trackedLinks\/[\w.~-]+/.exec(text)!;
  const answer = await fetch(tracked, { redirect: "manual" });
  expect(answer.headers.get("location")).toBe("https://shop.example/labels");
}
