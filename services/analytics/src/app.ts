import { app } from "@guanxi/bus/app";
import { projection } from "@guanxi/bus/reaction";
import { CustomerCountServiceService } from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import { implement } from "@guanxi/kit/edge";
import { countCustomers } from "./customers/count-customers.ts";
import { migrations } from "./migrations/index.ts";
import { customerCountService } from "./service.ts";

export const analytics = app({
  name: "analytics",
  settings: {},
  migrations,
  readers: [projection("customers", "customer", [countCustomers])],
  open: () => ({ services: [implement(CustomerCountServiceService, customerCountService)] }),
});
