import { lookup, type Nameable } from "@guanxi/import/service/references";
import type { At } from "@guanxi/kit/at";

const PRODUCT: Nameable = {
  thing: "product",
  table: "products",
  id: "product_id",
  surer: [
    "select k.product_id from product_keys k where k.kind = 'external_ids.' || $2 and k.key = i.cell",
    "select k.product_id from product_keys k where k.kind = 'product_code' and k.key = i.cell",
  ],
  advises: () => true,
};

/** Which products the cells of a file mean. */
export const productsNamed = (at: At, system: string, cells: Iterable<string>) =>
  lookup(at, PRODUCT, system, cells);
