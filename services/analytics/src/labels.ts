// What ids are called, as an expression of SQL over a row of figures `g`.
import type { At } from "@guanxi/kit/at";
import { MASK } from "@guanxi/kit/personal";

const name = (table: string, id: string, column: string) =>
  `(select n.display_name from ${table} n where n.${id} = g.${column}::uuid)`;

export const userName = (column: string) => name("users", "user_id", column);
export const teamName = (column: string) => name("teams", "team_id", column);
export const productName = (column: string) => name("products", "product_id", column);
export const queueName = (column: string) => name("queues", "queue_id", column);
export const pipelineName = (column: string) => name("pipelines", "pipeline_id", column);
export const customerName = (column: string) => name("customer_facts", "customer_id", column);

/** Stages of several pipelines may have one id: that of the default one gives the name. */
export const stageName = (column: string) => `(
  select s.value ->> 'name' from pipelines n, jsonb_array_elements(n.stages) s
  where s.value ->> 'id' = g.${column} order by n.is_default desc, n.pipeline_id limit 1)`;

/** A customer may be a person, whose name not everybody may read. `customer` is the place of that label, or -1. */
export const readable = (customer: number, at: At) => {
  const open = customer === -1 || at.may("customer", "read_personal");
  return (labels: readonly (string | null)[]): string[] =>
    labels.map((label, place) => (label && place === customer && !open ? MASK : (label ?? "")));
};

/** Many people answer one survey: the name of the last one that was told. */
export const surveyName = (column: string) => `(
  select n.survey_name from invitation_facts n where n.survey_id = g.${column}::uuid order by n.survey_invitation_id desc limit 1)`;
