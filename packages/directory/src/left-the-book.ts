import { Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";

/** The states of customers who are in the active book no more; one that comes later is as good as active. */
export const LEFT_THE_BOOK: readonly number[] = [Customer_State.ARCHIVED, Customer_State.MERGED];
