// Names of customers for the rows of a surface.
import { useNames } from "./customer-names.ts";

export const useCustomerNames = (ids: readonly (string | undefined)[]): ReadonlyMap<string, string> =>
  useNames(ids).names;
