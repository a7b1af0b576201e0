// The name of a customer in a row that comes and goes.
import { useCustomerNames } from "../api/customers.ts";

export function CustomerName({ customerId }: { customerId: string }) {
  return useCustomerNames([customerId]).get(customerId);
}
