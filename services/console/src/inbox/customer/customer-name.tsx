// What a customer is called whom a record knows by its id only; the rows of a page ask together.
import { useCustomerNames } from "../../api/customers.ts";

export const useCustomerName = (customerId: string): string =>
  useCustomerNames([customerId]).get(customerId) ?? "";
