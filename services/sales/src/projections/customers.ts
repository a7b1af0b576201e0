import { mirrorCustomersWith } from "@guanxi/directory/customers";

export const mirrorCustomers = mirrorCustomersWith({
  columns: { regionCode: { name: "region_code", type: "text" } },
  pick: ({ regionCode }) => ({ regionCode }),
});
