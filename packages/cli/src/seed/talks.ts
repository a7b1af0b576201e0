import type { Chance } from "./chance.ts";
import type { Customer } from "./people.ts";
import { inWords, learnt, nothingNew, talks } from "./sentences.ts";
import { owners } from "./words.ts";

const TWO_YEARS_MINUTES = 729 * 1440;
const channels = ["PHONE", "PHONE", "WECHAT", "WECHAT", "EMAIL", "VISIT"] as const;
const outcomes = ["REACHED", "REACHED", "REACHED", "NOT_REACHED", "FOLLOW_UP", "DONE"];

/** A contact with a customer, more of them lately than long ago. */
export function talkOf(number: number, customer: Customer, draw: Chance) {
  const channel = draw.one(channels);
  const direction = channel === "VISIT" || draw.happens(0.6) ? "OUTBOUND" : "INBOUND";
  const about = draw.one(talks);
  const news = draw.happens(0.3) ? draw.one(learnt) : nothingNew;
  const blank = customer.chinese ? "" : " ";
  return {
    id: `T${String(number).padStart(6, "0")}`,
    channel,
    direction,
    customer: customer.id,
    user: customer.owner || draw.one(owners),
    subject: channel === "EMAIL" || channel === "VISIT" ? inWords(about, customer.chinese) : "",
    body: `${inWords(about, customer.chinese)}${blank}${inWords(news, customer.chinese)}`,
    minutesAgo: 30 + Math.floor(draw.beta(1, 2) * (TWO_YEARS_MINUTES - 30)),
    seconds: secondsOf(channel, draw),
    outcome: direction === "OUTBOUND" && channel === "PHONE" ? draw.one(outcomes) : "",
  };
}

function secondsOf(channel: (typeof channels)[number], draw: Chance): number {
  if (channel === "PHONE") return draw.between(40, 900);
  return channel === "VISIT" ? 60 * draw.between(20, 90) : 0;
}
