// What 赵敏 does, who markets: finds who would buy again, writes to them, and sees what it brings.
import { expect } from "vitest";
import { choose, goTo, type Page, type Place, press, shows } from "./hands.ts";
import { ailments } from "../../../services/console/test/rig.ts";
import { CUSTOMER } from "./selling.ts";

const SEGMENT = "Loyal labels";
const CAMPAIGN = "Labels again";
const CONDITION = 'grade == "A" && orders_90d >= 3 && source_channel == "WEB_FORM"';
export const OFFER = "5 % for you";
const TEXT = `${OFFER}: https://shop.example/labels\n{{ unsubscribe_url }}`;

/** A segment is tried, then kept, and computed over the whole book. */
export async function findsSegment(zhao: Page): Promise<void> {
  await goTo(zhao, "Campaigns");
  await zhao.getByRole("tab", { name: "Segments" }).click();
  await press(zhao.getByRole("tabpanel", { name: "Segments" }), "New segment");
  const drawer = zhao.getByRole("dialog", { name: "New segment" });
  await drawer.getByLabel("Name").fill(SEGMENT);
  await drawer.getByLabel("Condition").fill(CONDITION);
  await press(drawer, "Preview the audience");
  await shows(drawer, "1 customer");
  await shows(drawer, `Some of them: ${CUSTOMER}`);
  await press(drawer, "Save");
  await drawer.waitFor({ state: "hidden" });
  const row = zhao.getByRole("row").filter({ hasText: SEGMENT });
  await shows(row, "Active");
  await press(row, "See the members");
  await zhao.getByRole("dialog").getByRole("link", { name: CUSTOMER }).waitFor();
  await zhao.keyboard.press("Escape");
}

/** A draft, with its plan and its template made on the way; nobody would hear of it yet, and why is said. */
export async function drafts(zhao: Page): Promise<void> {
  await zhao.getByRole("tab", { name: "Campaigns" }).click();
  await press(zhao.getByRole("tabpanel", { name: "Campaigns" }), "New campaign");
  const form = zhao.getByRole("dialog", { name: "New campaign" });
  await form.getByLabel("Name", { exact: true }).fill(CAMPAIGN);
  await aims(zhao, form);
  await choose(zhao, form, "Segments", SEGMENT);
  await form.getByLabel(/^Budget/).fill("1000");
  await press(form, "Preview the audience");
  await shows(form, "Will hear: 0");
  await shows(form, "Has not agreed");
  await writes(zhao, form);
  expect(await ailments(zhao)).toEqual([]);
  await press(form, "Save");
  await zhao.getByRole("heading", { level: 1, name: CAMPAIGN }).waitFor();
  await shows(zhao, "Planned");
}

async function aims(zhao: Page, form: Place): Promise<void> {
  await press(form, "New target");
  const plan = zhao.getByRole("dialog", { name: /^Marketing plan/ });
  await plan.getByLabel("Name of the plan").fill("Buy again");
  await choose(zhao, plan, "Segment", SEGMENT);
  await plan.getByLabel("Positioning").fill("The labels that stay");
  await plan.getByLabel("Reason").fill("They buy");
  await press(plan, "Save");
  await shows(form, `Buy again · ${SEGMENT}`);
}

async function writes(zhao: Page, form: Place): Promise<void> {
  await press(form, "New template");
  const template = zhao.getByRole("dialog", { name: "New template" });
  await template.getByLabel("Name").fill("Labels that stay");
  await template.getByLabel("Subject").fill("{{ customer.display_name }}, labels that stay");
  await template.getByLabel("Text").fill(TEXT);
  await press(template, "Save");
  await template.waitFor({ state: "hidden" });
  await choose(zhao, form, "Step 1 · Template", "Labels that stay");
}

/** Once the customer has agreed: it would hear of it, and does. */
export async function launches(zhao: Page): Promise<void> {
  const hears = async () => {
    await press(zhao, "Preview the audience");
    await zhao.getByText(/^Will hear: \d+$/).waitFor();
    return zhao.getByText("Will hear: 1", { exact: true }).isVisible();
  };
  await expect.poll(hears, { timeout: 45_000 }).toBe(true);
  await press(zhao, "Launch");
  await press(zhao.getByRole("dialog", { name: `Launch “${CAMPAIGN}” now?` }), "Launch");
  await shows(zhao, "Active");
  await shows(zhao, "Sent 1");
  await press(zhao, "Record a cost");
  const spending = zhao.getByRole("dialog", { name: "Record a cost" });
  await spending.getByLabel(/^Amount/).fill("500");
  await press(spending, "Save");
  await shows(zhao, "¥500.00");
}

/** Live: the page follows by itself. */
export async function seesClick(zhao: Page): Promise<void> {
  await shows(zhao, "Clicked 1");
  await shows(zhao.getByRole("row").filter({ hasText: CUSTOMER }), "Clicked");
}

export async function seesResult(zhao: Page): Promise<void> {
  await shows(zhao, "¥80,000.00");
  await shows(zhao, "7,900%");
  await shows(zhao, "1 · 1 of them credited");
  await shows(zhao, "Converted 1");
  expect(await ailments(zhao)).toEqual([]);
}
