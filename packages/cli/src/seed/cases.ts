import type { Chance } from "./chance.ts";
import type { Customer } from "./people.ts";
import { type Grief, griefs, inWords, type Trouble, troubles } from "./sentences.ts";
import { products } from "./words.ts";

const HOUR = 60;
const DAY = 24 * HOUR;
const TWO_YEARS = 729 * DAY;

/** What is promised of a case, in minutes around the clock. */
export const promises = {
  URGENT: { response: 15, solution: 8 * HOUR },
  HIGH: { response: 30, solution: DAY },
  NORMAL: { response: 2 * HOUR, solution: 2 * DAY },
  LOW: { response: 4 * HOUR, solution: 4 * DAY },
} as const;

export const queues = ["技术支持 Support", "客户关怀 Customer care"] as const;

const origins = ["phone", "phone", "wechat", "email", "web"];
const agents = ["王磊", "王磊", "林晓", "陈静"];

/** All times are minutes ago. */
export interface Case {
  readonly id: string;
  readonly kind: string;
  readonly topic: string;
  readonly subject: string;
  readonly customer: string;
  readonly product: string;
  readonly origin: string;
  readonly priority: keyof typeof promises;
  readonly team: string;
  readonly assignee: string;
  readonly status: string;
  readonly opened: number;
  readonly answered?: number;
  readonly resolved?: number;
  readonly closed?: number;
  readonly timely?: boolean;
  readonly kept?: boolean;
  readonly resolution?: string;
  readonly cause?: string;
}

/** One in ten is a complaint; one in eighteen is open, and of complaints one in seven. */
export function caseOf(number: number, customer: Customer, draw: Chance): Case {
  const about: Trouble | Grief = number % 10 === 0 ? draw.one(griefs) : draw.one(troubles);
  const isGrief = "cause" in about;
  const priority = draw.one(["LOW", "NORMAL", "NORMAL", "NORMAL", "HIGH", "URGENT"] as const);
  const isOpen = number % 18 === 5 || number % 70 === 0;
  const course = isOpen ? openCourse(Math.floor(number / 18), priority, draw) : courseOf(priority, draw);
  return {
    id: `S${String(number).padStart(5, "0")}`,
    kind: isGrief ? "COMPLAINT" : about.kind,
    topic: about.topic,
    subject: inWords(about, customer.chinese),
    customer: customer.id,
    product: draw.one(products)[0],
    origin: draw.one(origins),
    priority,
    team: isGrief ? queues[1] : queues[0],
    assignee: course.status === "NEW" ? "" : draw.one(agents),
    ...course,
    ...(isGrief && course.status === "CLOSED" && { cause: about.cause }),
  };
}

/** Over for more than a day. */
function courseOf(priority: keyof typeof promises, draw: Chance) {
  const { response, solution } = promises[priority];
  const opened = draw.between(14 * DAY, TWO_YEARS);
  const [timely, kept] = [draw.happens(0.93), draw.happens(0.88)];
  const answered = opened - (timely ? draw.between(2, response) : draw.between(response + 1, 2 * response));
  const resolved =
    opened - (kept ? draw.between(response, solution) : draw.between(solution + 1, 2 * solution));
  const closed = Math.min(answered, resolved) - draw.between(HOUR, 2 * DAY);
  return {
    status: "CLOSED",
    opened,
    answered,
    resolved: Math.min(answered, resolved),
    closed,
    timely,
    kept,
    resolution: draw.one(["SOLVED", "SOLVED", "SOLVED", "WORKAROUND", "BY_DESIGN"]),
  };
}

const standing = ["NEW", "ASSIGNED", "IN_PROGRESS", "IN_PROGRESS"];

/** By turns just come in, due within hours, and late. */
function openCourse(turn: number, priority: keyof typeof promises, draw: Chance) {
  const { response, solution } = promises[priority];
  const opened = [
    draw.between(5, response),
    solution - draw.between(30, Math.min(240, solution / 2)),
    solution + draw.between(60, 3 * DAY),
  ][turn % 3]!;
  const status = turn % 3 === 0 ? draw.one(standing) : "IN_PROGRESS";
  const isAnswered = status === "IN_PROGRESS";
  return {
    status,
    opened,
    ...(isAnswered && { answered: opened - Math.floor(Math.min(response, opened) / 2) }),
  };
}
