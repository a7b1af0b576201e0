// What customers say of a day: cases of all kinds, some of them resolved, answers to a survey, and feedback. The demo company
// has none of it.
import {
  acknowledgeCase,
  activateSurvey,
  assignCase,
  type CaseInput,
  type CaseRootCause,
  completeCaseStep,
  createCase,
  createFeedback,
  createSurvey,
  getCase,
  listCustomers,
  listUsers,
  recordReply,
  resolveCase,
  takeSurveyAnswer,
  takeUpCase,
} from "@guanxi/client/gen/guanxi";

interface Told {
  kind: CaseInput["kind"];
  subject: string;
  topic: string;
  cause?: CaseRootCause;
  resolved?: boolean;
}

const TOLD: Told[] = [
  { kind: "KIND_COMPLAINT", subject: "平板屏幕有亮点", topic: "质量", cause: "ROOT_CAUSE_PRODUCT_QUALITY" },
  { kind: "KIND_COMPLAINT", subject: "扫码枪无法充电", topic: "质量", cause: "ROOT_CAUSE_PRODUCT_QUALITY" },
  { kind: "KIND_COMPLAINT", subject: "标签纸易脱胶", topic: "质量", cause: "ROOT_CAUSE_PRODUCT_QUALITY" },
  { kind: "KIND_COMPLAINT", subject: "发货晚了一周", topic: "物流", cause: "ROOT_CAUSE_DELIVERY" },
  { kind: "KIND_COMPLAINT", subject: "货送到了旧地址", topic: "物流", cause: "ROOT_CAUSE_DELIVERY" },
  { kind: "KIND_COMPLAINT", subject: "电话一直没人接", topic: "服务", cause: "ROOT_CAUSE_RESPONSE_TIME" },
  { kind: "KIND_COMPLAINT", subject: "发票抬头开错", topic: "开票" },
  { kind: "KIND_INCIDENT", subject: "报表导出失败", topic: "系统", resolved: true },
  { kind: "KIND_QUESTION", subject: "如何开通子账号", topic: "系统", resolved: true },
  { kind: "KIND_REQUEST", subject: "申请延长试用", topic: "合同" },
];

/** From 1 to 5, 0 to 10 and 1 to 7. */
const SCORES = [
  [5, 10, 7],
  [5, 9, 6],
  [4, 9, 6],
  [4, 8, 5],
  [3, 7, 5],
  [2, 5, 3],
  [5, 10, 7],
] as const;

export async function customersSpeak(): Promise<void> {
  const [{ customers }, { users }] = await Promise.all([
    listCustomers({ pageSize: 20, orderBy: "display_name" }),
    listUsers({ pageSize: 50 }),
  ]);
  const ids = customers.map(({ customerId }) => customerId);
  const agentId = users.find(({ subject }) => subject === "wang")!.userId;
  for (const [place, told] of TOLD.entries()) await tell(told, ids[place]!, agentId);
  await answer(ids, agentId);
  for (const [place, text] of ["希望支持微信通知", "安装师傅很专业", "操作手册太旧"].entries())
    await createFeedback({ source: "SOURCE_WECHAT", topic: "建议", text, customerId: ids[place] });
}

async function tell({ cause, resolved, ...said }: Told, customerId: string, agentId: string): Promise<void> {
  const { caseId } = await createCase({
    ...said,
    customerId,
    origin: "ORIGIN_PHONE",
    phase: "PHASE_AFTER_SALE",
  });
  await assignCase(caseId, { assigneeId: agentId });
  await takeUpCase(caseId, {});
  if (!cause && !resolved) return;
  if (said.kind === "KIND_COMPLAINT") await acknowledgeCase(caseId, {});
  await recordReply(caseId, {});
  for (const { code, doneTime } of (await getCase(caseId)).steps)
    if (!doneTime) await completeCaseStep(caseId, { code });
  await resolveCase(caseId, { resolution: "RESOLUTION_SOLVED", rootCause: cause, note: "已处理并回访客户" });
}

async function answer(ids: readonly string[], agentId: string): Promise<void> {
  const { surveyId } = await createSurvey({
    // A system that is looked at twice has one of that name.
    displayName: `售后回访 ${crypto.randomUUID().slice(0, 4)}`,
    languageCode: "zh-CN",
    trigger: "TRIGGER_MANUAL",
    questions: [
      { code: "satisfied", kind: "KIND_CSAT", text: "您对本次服务满意吗？", scaleMin: 1, scaleMax: 5 },
      { code: "recommend", kind: "KIND_NPS", text: "您愿意推荐我们吗？", scaleMin: 0, scaleMax: 10 },
      { code: "easy", kind: "KIND_CES", text: "问题解决起来轻松吗？", scaleMin: 1, scaleMax: 7 },
    ],
  });
  await activateSurvey(surveyId, {});
  for (const [place, [satisfied, recommend, easy]] of SCORES.entries())
    await takeSurveyAnswer(surveyId, {
      customerId: ids[place],
      agentId,
      answers: [
        { questionCode: "satisfied", score: satisfied },
        { questionCode: "recommend", score: recommend },
        { questionCode: "easy", score: easy },
      ],
    });
}
