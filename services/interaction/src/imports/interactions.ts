// Files of contacts that there were: calls, mails, mentions, questions.
import {
  InteractionChanged,
  InteractionRecorded,
  InteractionRemoved,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { customersNamed, usersNamed } from "@guanxi/directory/references";
import { type ImportRun, importKind, type Planned, type Unit } from "@guanxi/import/service/kind";
import { planned } from "@guanxi/import/service/planned";
import { textIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { interactions, interactionsByExternalId } from "../interactions/interactions.ts";
import { INTERACTION_FIELDS } from "./interaction-fields.ts";
import { contactOf, threadKeyOf } from "./interaction-row.ts";
import { seatsFor } from "./seats.ts";
import { followContacts } from "./threaded.ts";

export const interactionKind = importKind<InteractionState>({
  name: "interaction",
  resource: "interaction",
  fields: async () => INTERACTION_FIELDS,
  key: ["external_id"],
  table: interactions,
  events: { created: InteractionRecorded, changed: InteractionChanged, removed: InteractionRemoved },
  known: interactionsByExternalId,
  plan: planContacts,
  follow: followContacts,
});

type ContactUnit = Unit<InteractionState>;

async function planContacts(
  at: At,
  units: readonly ContactUnit[],
  run: ImportRun,
): Promise<Planned<InteractionState>[]> {
  const cells = (field: string) => units.map(({ rows: [row] }) => textIn(row!, field)).filter(Boolean);
  const [customers, users] = await Promise.all([
    customersNamed(at, run.sourceSystem, cells("customer")),
    usersNamed(at, run.sourceSystem, cells("user")),
  ]);
  const plans = units.map((unit) => planned(() => contactOf(at, unit, run, { customers, users }), fieldOf));
  const seats = await seatsFor(at, plans.flatMap(newIn));
  return plans.map((plan) => ("state" in plan ? { state: seats(plan.state) } : plan));
}

const newIn = (plan: Planned<InteractionState>) =>
  "state" in plan && plan.state.version === 0 && threadKeyOf(plan.state) ? [plan.state] : [];

/** interaction.external_ids[0].id is filled by external_id. */
const fieldOf = (path: string) => {
  const name = path.split(".").at(-1)?.split("[")[0] ?? "";
  return { id: "external_id", thread_id: "thread" }[name] ?? name;
};
