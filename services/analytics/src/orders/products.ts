import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface ProductState extends State {
  readonly productId: string;
  readonly productCode: string;
  readonly displayName: string;
}

export const products = table({
  entity: new EntitySchema<ProductState>({
    name: "product",
    tableName: "products",
    columns: {
      productId: { name: "product_id", type: "uuid", primary: true },
      productCode: { name: "product_code", type: "text" },
      displayName: { name: "display_name", type: "text" },
      version: { type: "int" },
    },
  }),
});
