import { rowsIn } from "@guanxi/bus/held";
import { onState } from "@guanxi/bus/reaction";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { copy, remove } from "@guanxi/kit/store";
import { newestOf } from "../newest.ts";
import { type OpportunityFact, opportunityFactOf, stageEntriesOf } from "./opportunity-fact.ts";
import {
  BESIDE,
  forgetBeside,
  heldEntries,
  heldProducts,
  opportunityFacts,
  putEntries,
  putProducts,
} from "./opportunity-facts.ts";

const rows = rowsIn<Opportunity, OpportunityFact>(opportunityFacts, (state, { version }) => [
  opportunityFactOf(state, version),
]);

export const followOpportunities = onState(
  Opportunity,
  [opportunityFacts.name, ...BESIDE],
  (changes, at) => {
    const { ids, there, gone } = newestOf(changes);
    const facts = there.map(({ state, version }) => opportunityFactOf(state, version));
    copy(at, opportunityFacts, facts);
    remove(at, opportunityFacts, gone);
    forgetBeside(at, ids);
    putProducts(at, facts);
    putEntries(
      at,
      there.flatMap(({ state }) => stageEntriesOf(state)),
    );
  },
  { rows: [rows, heldProducts, heldEntries] },
);
