// Two people change one campaign, or one segment: both see what the other has made of it, and nothing is lost.
import {
  type Campaign,
  createCampaign,
  createSegment,
  getCampaign,
  getSegment,
  listMarketingPlans,
  listMessageTemplates,
  updateCampaign,
  updateSegment,
} from "@guanxi/client/gen/guanxi";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ailments, atTheConsole, open, seen } from "./rig.ts";

atTheConsole();

const once = () => ({ "Idempotency-Key": crypto.randomUUID() });
const mark = () => crypto.randomUUID().slice(0, 8);
const ifMatch = ({ etag }: { etag: string }) => ({ "If-Match": `"${etag}"` });

async function aCampaign(name: string, excludedCustomerIds: string[] = []): Promise<Campaign> {
  const { marketingPlans } = await listMarketingPlans({ filter: 'state == "ACTIVE"' });
  const { messageTemplates } = await listMessageTemplates({ filter: 'state == "ACTIVE"' });
  const { planId, targets } = marketingPlans[0]!;
  const { targetId, segmentId } = targets[0]!;
  return createCampaign(
    {
      name,
      description: "First",
      planId,
      targetId,
      audience: { segmentIds: [segmentId], excludedCustomerIds },
      steps: [{ step: 1, templateId: messageTemplates[0]!.templateId, waitDays: 3 }],
      budget: { currencyCode: "CNY", units: "1000" },
    },
    once(),
  );
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test.skipIf(!seen)(
  "R124 a campaign that somebody else changed meanwhile keeps what they changed, and what this person did",
  async () => {
    const it = mark();
    const nobody = crypto.randomUUID();
    const first = await aCampaign(`Autumn ${it}`, [nobody]);
    const { campaignId } = first;
    const page = await open(`/campaigns/${campaignId}`, { language: "en", expects: /^412 \/v1\/campaigns/ });
    await press(page, "Edit");
    const form = page.getByRole("dialog", { name: `Autumn ${it}` });
    await form.getByLabel("Name").fill(`Mine ${it}`);
    await form.getByLabel(/^Budget/).fill("2000.05");
    const theirs = { name: `Theirs ${it}`, description: "Second", kind: "Mail" };
    const after = await updateCampaign(campaignId, theirs, ifMatch(first));
    await form.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(`Name: it is “Theirs ${it}” now, you entered “Mine ${it}”`).waitFor();
    await page.getByText("Description: it is “Second” now", { exact: true }).waitFor();
    await page.getByText("Kind: it is “Mail” now", { exact: true }).waitFor();
    expect(await page.getByText(/^(Budget|Target|Steps|Segments): /).count()).toBe(0);
    expect(await ailments(page)).toEqual([]);
    expect(await getCampaign(campaignId)).toEqual(after);

    await press(page, "Save my changes");
    await page.getByRole("heading", { level: 1, name: `Mine ${it}` }).waitFor();
    const both = await getCampaign(campaignId);
    expect(both).toMatchObject({
      ...{ name: `Mine ${it}`, description: "Second", kind: "Mail" },
      ...{ budget: { units: "2000", nanos: 50_000_000 }, steps: first.steps },
      audience: { excludedCustomerIds: [nobody] },
    });

    await press(page, "Edit");
    const again = page.getByRole("dialog", { name: `Mine ${it}` });
    await again.getByLabel("Description").fill("Third");
    await updateCampaign(campaignId, { description: "Fourth" }, ifMatch(both));
    await again.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Description: it is “Fourth” now, you entered “Third”").waitFor();
    await press(page, "Leave it");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await getCampaign(campaignId)).toMatchObject({ name: `Mine ${it}`, description: "Fourth" });
  },
);

test.skipIf(!seen)("so it is with a segment", async () => {
  const it = mark();
  const first = await createSegment({ name: `Segment ${it}`, condition: `"${it}" in tags` }, once());
  const { segmentId } = first;
  const state = async () => (await getSegment(segmentId)).state;
  await expect.poll(state, { timeout: 20_000 }).toBe("STATE_ACTIVE"); // which is a version of its own
  const page = await open("/campaigns?tab=segments", { language: "en", expects: /^412 \/v1\/segments/ });
  await press(page, `Segment ${it}`);
  const form = page.getByRole("dialog", { name: `Segment ${it}` });
  await form.getByLabel("Description").fill("Mine");
  await form.getByLabel("Condition").fill(`"mine" in tags`);
  const now = await getSegment(segmentId);
  await updateSegment(segmentId, { name: `Theirs ${it}`, condition: `"theirs" in tags` }, ifMatch(now));
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await form.getByText(`Condition: it is “"theirs" in tags” now, you entered “"mine" in tags”`).waitFor();
  await form.getByText(`Name: it is “Theirs ${it}” now`, { exact: true }).waitFor();
  await press(page, "Save my changes");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  expect(await getSegment(segmentId)).toMatchObject({
    name: `Theirs ${it}`,
    description: "Mine",
    condition: `"mine" in tags`,
  });
});
