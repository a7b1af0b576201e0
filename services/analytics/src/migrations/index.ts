import { CustomerCounts1700000000001 } from "./1700000000001-customer-counts.ts";

export const migrations = [CustomerCounts1700000000001];
