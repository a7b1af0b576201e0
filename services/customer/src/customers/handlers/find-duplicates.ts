import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import type {
  FindDuplicatesRequest,
  FindDuplicatesResponse,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { query } from "@guanxi/kit/handler";
import { countryOf } from "../../contact-points/country.ts";
import { findAlike, findable } from "../alike.ts";

const MOST_CANDIDATES = 50;

export const findDuplicates = query<FindDuplicatesRequest, FindDuplicatesResponse>(
  async ({ customer }, at) => {
    const sent = findable(Customer.fromPartial(customer ?? {}), countryOf(at.timeZone));
    return { candidates: await findAlike(at, sent, MOST_CANDIDATES) };
  },
);
