// Whom the cells of a file mean.
import { lookup, type Nameable } from "@guanxi/import/service/references";
import type { At } from "@guanxi/kit/at";

const CUSTOMER: Nameable = {
  thing: "customer",
  table: "customers",
  id: "customer_id",
  surer: ["select e.customer_id from customer_external_ids e where e.system = $2 and e.external_id = i.cell"],
  // A customer may be a person, whose name not everybody may read.
  advises: (at) => at.may("customer", "read_personal"),
};
const USER: Nameable = {
  thing: "user",
  table: "users",
  id: "user_id",
  surer: [
    "select u.user_id from users u where u.email = lower(i.cell) and u.email <> ''",
    "select u.user_id from users u where u.display_name = i.cell and u.active",
  ],
  advises: () => true,
};

export const customersNamed = (at: At, system: string, cells: Iterable<string>) =>
  lookup(at, CUSTOMER, system, cells);
export const usersNamed = (at: At, system: string, cells: Iterable<string>) =>
  lookup(at, USER, system, cells);
