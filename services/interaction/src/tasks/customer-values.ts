// What customers are worth, as analytics has said it: the more, the sooner their tasks are done.
import { mirror } from "@guanxi/bus/reaction";
import { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface ValueCopy extends State {
  readonly customerId: string;
  /** 0 for the least valuable to 100 for the most. */
  readonly importance: number;
}

export const customerValues = table({
  entity: new EntitySchema<ValueCopy>({
    name: "customer_value",
    tableName: "customer_values",
    columns: {
      customerId: { name: "customer_id", type: "uuid", primary: true },
      importance: { type: "int" },
      version: { type: "int" },
    },
  }),
});

export const mirrorValues = mirror(
  CustomerValue,
  customerValues,
  ({ rankShare }, { aggregateId, version }) => ({
    customerId: aggregateId,
    importance: Math.round(100 * (1 - rankShare)),
    version,
  }),
);
