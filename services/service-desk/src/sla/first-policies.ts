// What holds until somebody says otherwise, in minutes of business time; a day of the first calendar has 540.
import type { GradeName, PriorityName, SlaPolicyState, StoredPromise, StoredStep } from "./policy.ts";

const promise = (
  priority: PriorityName,
  grade: GradeName | null,
  responseMinutes: number,
  resolutionMinutes: number,
): StoredPromise => ({
  priority,
  grade,
  firstResponseMinutes: responseMinutes,
  nextResponseMinutes: responseMinutes,
  resolutionMinutes,
});

/** Whoever leads the queue hears of each promise that is broken; of a broken solution, the case becomes urgent. */
const step = (targetKind: StoredStep["targetKind"], raisePriorityTo: PriorityName | null): StoredStep => ({
  targetKind,
  percent: 100,
  offsetMinutes: 0,
  tell: "QUEUE_LEAD",
  userId: "",
  raisePriorityTo,
});

const always = (slaPolicyId: string, now: Date) => ({
  slaPolicyId,
  caseKinds: [],
  serviceCalendarId: null,
  active: true,
  createTime: now,
  updateTime: now,
  version: 0,
});

export const firstFloor = (id: string, now: Date): SlaPolicyState => ({
  ...always(id, now),
  displayName: "Floor",
  floor: true,
  rank: 10_000,
  targets: [
    promise("URGENT", null, 120, 1_080),
    promise("HIGH", null, 270, 2_160),
    promise("NORMAL", null, 540, 5_400),
    promise("LOW", null, 1_080, 10_800),
  ],
  entitlements: [{ grade: null, text: "An answer and a solution in time, whoever asks." }],
  escalation: [step("FIRST_RESPONSE", null), step("RESOLUTION", "URGENT")],
});

export const firstPolicy = (id: string, now: Date): SlaPolicyState => ({
  ...always(id, now),
  displayName: "Standard",
  floor: false,
  rank: 100,
  targets: [
    promise("URGENT", "A", 30, 270),
    promise("HIGH", "A", 60, 540),
    promise("NORMAL", "A", 120, 1_620),
    promise("LOW", "A", 270, 2_700),
    promise("URGENT", null, 60, 540),
    promise("HIGH", null, 120, 1_080),
    promise("NORMAL", null, 270, 2_700),
    promise("LOW", null, 540, 5_400),
  ],
  entitlements: [
    { grade: "A", text: "A named contact, and answers in half the time or less." },
    { grade: null, text: "An answer and a solution in time, whoever asks." },
  ],
  escalation: [],
});
