// Takes the made-up company away: what only the API makes is closed, what files brought is taken back.
import {
  abortCampaign,
  archiveMessageTemplate,
  archiveSegment,
  archiveSlaPolicy,
  cancelTask,
  closeMarketingPlan,
  createValueRun,
  type Import,
  listCampaigns,
  listCarePlans,
  listMarketingPlans,
  listMessageTemplates,
  listSegments,
  listSlaPolicies,
  listSurveys,
  listTasks,
  pauseSurvey,
  type Task,
  updateCarePlan,
} from "@guanxi/client/gen/guanxi";
import { areas } from "../areas.ts";
import { undoImport } from "../importing.ts";
import { surveys } from "./answers.ts";
import { forAll, MADE_UP, SYSTEM } from "./made-up.ts";
import { CAMPAIGN, PLAN, TEMPLATE } from "./marketing.ts";
import { archiveOurs } from "./our-customers.ts";
import { CARE_PLAN, SLA_POLICY } from "./service-setting.ts";

const ALL = { pageSize: 200 };

export async function removeCompany(told: (state: Import) => string): Promise<void> {
  const ours = await ourImports();
  if (ours.length === 0) return console.log("There is no demo company here.");
  await closeMarketing();
  await closeService();
  await cancelTasks();
  let after = "0";
  for (const { area, each } of ours) {
    const undone = await undoImport(area, each.importId, after);
    console.log(told(undone));
    if (BigInt(undone.lastSequence) > BigInt(after)) after = undone.lastSequence;
  }
  const kept = await archiveOurs();
  await createValueRun({}); // so that nobody is worth anything any more
  if (kept > 0) console.log(`Archived: ${kept} customers, since somebody has changed them meanwhile.`);
  console.log("Archived: segments, template and SLA policy.");
  console.log(
    "Ended, and kept on record: campaign, marketing plan and tasks. Off: surveys and care plan. Teams, queues and calendar stay, since nothing removes them.",
  );
}

/** The newest first, since the later ones refer to the earlier ones. */
async function ourImports() {
  const lists = await Promise.all(areas.map(async (area) => ({ area, ...(await area.list(ALL)) })));
  return lists
    .flatMap(({ area, imports }) => imports.map((each) => ({ area, each })))
    .filter(({ each }) => each.sourceSystem === SYSTEM && each.state !== "STATE_UNDONE")
    .sort((a, b) => b.each.createTime!.localeCompare(a.each.createTime!));
}

async function closeMarketing(): Promise<void> {
  await abortCampaigns();
  for (const { name, planId } of (await listMarketingPlans(ALL)).marketingPlans)
    if (name === PLAN) await closeMarketingPlan(planId, {});
  for (const { name, templateId } of (await listMessageTemplates(ALL)).messageTemplates)
    if (name === TEMPLATE) await archiveMessageTemplate(templateId, {});
  for (const { description, segmentId } of (await listSegments(ALL)).segments)
    if (description === MADE_UP) await archiveSegment(segmentId, {});
}

async function abortCampaigns(): Promise<void> {
  for (const { name, description, endTime, campaignId } of (await listCampaigns(ALL)).campaigns)
    if (name === CAMPAIGN && description === MADE_UP && !endTime)
      await abortCampaign(campaignId, { reason: MADE_UP });
}

async function closeService(): Promise<void> {
  const names: readonly string[] = Object.values(surveys);
  for (const { displayName, state, surveyId } of (await listSurveys(ALL)).surveys)
    if (state === "STATE_ACTIVE" && names.some((name) => displayName.startsWith(name)))
      await pauseSurvey(surveyId, {});
  for (const { displayName, active, slaPolicyId } of (await listSlaPolicies(ALL)).slaPolicies)
    if (displayName === SLA_POLICY && active) await archiveSlaPolicy(slaPolicyId, {});
  for (const { displayName, enabled, carePlanId, etag } of (await listCarePlans(ALL)).carePlans)
    if (displayName === CARE_PLAN && enabled)
      await updateCarePlan(carePlanId, { enabled: false }, { "If-Match": `"${etag}"` });
}

async function cancelTasks(): Promise<void> {
  const ours: Task[] = [];
  const filter = 'state in ["OPEN", "IN_PROGRESS", "DEFERRED"]';
  for (let pageToken = ""; ; ) {
    const page = await listTasks({ ...ALL, filter, pageToken });
    ours.push(...page.tasks.filter(({ note }) => note === MADE_UP));
    pageToken = page.nextPageToken;
    if (!pageToken) break;
  }
  await forAll(ours, ({ taskId }) => cancelTask(taskId, { reason: MADE_UP }));
}
