import { lookup, type Nameable } from "@guanxi/import/service/references";
import type { At } from "@guanxi/kit/at";

const PRODUCT: Nameable = {
  thing: "product",
  table: "products",
  id: "product_id",
  surer: ["select p.product_id from products p where p.product_code = i.cell"],
  advises: () => false, // products are copied without a key of their names
};

/** Which products the cells of a file mean. */
export const productsNamed = (at: At, system: string, cells: Iterable<string>) =>
  lookup(at, PRODUCT, system, cells);
