import type { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { NameOf } from "@guanxi/kit/enum-names";

/** What the value model last found, for customers whose grade a person hands back to it. */
interface ModelGradeState {
  readonly customerId: string;
  readonly grade: NameOf<typeof Grade>;
  readonly version: number;
}

const modelGradeTable = new EntitySchema<ModelGradeState>({
  name: "model_grade",
  tableName: "model_grades",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    customerId: { name: "customer_id", type: "uuid", primary: true },
    grade: { type: "text" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const modelGrades = table({ entity: modelGradeTable });
