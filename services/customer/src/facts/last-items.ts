// Which of several things of a customer counts, as SQL behind "where" over portrait rows `p`: said once for facts and portrait.

const NEWEST = "p.item_time desc, p.item_id desc limit 1";

/** Its own; until it has one, that of a customer which it has absorbed. */
export const lastValue = (
  customer: string,
  ids: string,
) => `p.kind = 'customer_value' and p.customer_id = any(${ids})
      order by p.customer_id = ${customer} desc, ${NEWEST}`;

export const lastDrop = (ids: string) =>
  `p.kind = 'value_drop' and p.customer_id = any(${ids}) order by ${NEWEST}`;

export const lastScore = (customer: string, field: "nps" | "csatMicros") =>
  `p.customer_id = ${customer} and p.kind = 'survey_invitation' and p.status = 'ANSWERED'
      and p.body ->> '${field}' is not null order by ${NEWEST}`;
