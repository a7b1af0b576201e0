// Copies of the products, to know that they are there and what they are called.
import { mirror } from "@guanxi/bus/reaction";
import { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface ProductCopy extends State {
  readonly productId: string;
  readonly productCode: string;
  readonly displayName: string;
}

export const products = table({
  entity: new EntitySchema<ProductCopy>({
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

export const mirrorProducts = mirror(
  Product,
  products,
  ({ productCode, displayName }, { aggregateId, version }) => ({
    productId: aggregateId,
    productCode,
    displayName,
    version,
  }),
);
