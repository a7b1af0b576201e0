// The start page as somebody opens it in the morning.
import {
  activateSurvey,
  changeOwner,
  createCustomer,
  createSurvey,
  listUsers,
  takeSurveyAnswer,
} from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import { atTheConsole, open, seen } from "./rig.ts";

atTheConsole();

const once = () => ({ "Idempotency-Key": crypto.randomUUID() });

test.skipIf(!seen)(
  "whoever opens the made-up company is told that it is one, and how to be rid of it",
  async () => {
    const page = await open("/", { language: "en" });
    await page.getByText("These are the data of a made-up company").waitFor();
    await page.getByText("npx guanxi seed --remove").waitFor();
    await page.getByRole("link", { name: "Import your own files" }).click();
    await page.getByRole("heading", { level: 1, name: "Import" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/imports");
  },
);

/** Whoever owns the customer is to make up for it (R051). */
async function aDetractor(displayName: string): Promise<void> {
  const { users } = await listUsers();
  const ownerId = users.find(({ subject }) => subject === "lin")!.userId;
  const { customerId } = await createCustomer({ kind: "KIND_ORGANISATION", displayName }, once());
  await changeOwner(customerId, { ownerId }, once());
  const { surveyId } = await createSurvey({
    displayName: `Afterwards ${displayName}`,
    languageCode: "zh-CN",
    trigger: "TRIGGER_MANUAL",
    questions: [
      { code: "recommend", kind: "KIND_NPS", text: "您愿意推荐我们吗？", scaleMin: 0, scaleMax: 10 },
    ],
  });
  await activateSurvey(surveyId, {});
  await takeSurveyAnswer(surveyId, { customerId, answers: [{ questionCode: "recommend", score: 0 }] });
}

test.skipIf(!seen)(
  "R051 what a rule asks for is told in the reader's language, and done from here",
  async () => {
    const name = `嘉善纸品 ${crypto.randomUUID().slice(0, 8)}`;
    await aDetractor(name);
    const page = await open("/");
    const line = page.getByRole("listitem").filter({ hasText: name });
    // It is due last of all: the list is read on to its end.
    const more = page.getByRole("button", { name: "加载更多" });
    await expect
      .poll(
        async () => {
          if ((await line.count()) > 0) return "there";
          if (await more.isVisible()) await more.click();
          else await page.reload();
          await page.waitForLoadState("networkidle");
          return "not yet";
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe("there");
    await line.getByText("答卷评分低，请补救").waitFor();
    await line.getByRole("button", { name: "完成" }).click();
    const dialog = page.getByRole("dialog", { name: "答卷评分低，请补救" });
    await dialog.getByLabel("结果").fill("已致歉并换货");
    await dialog.getByRole("button", { name: "完成" }).click();
    await line.waitFor({ state: "hidden" });
    await page.getByText("已完成：答卷评分低，请补救").waitFor();
  },
);
