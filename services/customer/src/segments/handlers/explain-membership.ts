import type { Trait } from "@guanxi/contract/guanxi/customer/v1/customer";
import type {
  ExplainMembershipRequest,
  ExplainMembershipResponse,
  ExplainMembershipResponse_Part,
} from "@guanxi/contract/guanxi/customer/v1/segment_service";
import type { At } from "@guanxi/kit/at";
import { compileFilter } from "@guanxi/kit/filter/compile";
import { type Leaf, leavesOf } from "@guanxi/kit/filter/predicate";
import { toProgram } from "@guanxi/kit/filter/program";
import { query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { find, get } from "@guanxi/kit/store";
import { getLiving } from "../../customers/living.ts";
import { present } from "../../customers/present.ts";
import { customerFacts } from "../../facts/facts.ts";
import { testOf, textOf } from "../condition.ts";
import { membershipIdOf, memberships } from "../memberships.ts";
import { segments } from "../segments.ts";
import { neededFor, noFacts, type Subject, subjectFields } from "../subject.ts";

export const explainMembership = query<ExplainMembershipRequest, ExplainMembershipResponse>(
  async (request, at) => {
    const { segmentId } = request;
    const customer = await getLiving(at, request.customerId);
    const { customerId } = customer;
    const [segment, [facts], [membership]] = await Promise.all([
      get(at, segments, segmentId),
      find(at, customerFacts, [customerId]),
      find(at, memberships, [membershipIdOf(segmentId, customerId)]),
    ]);
    if (!at.may("segment", "read"))
      throw refuse("forbidden", "PERMISSION_DENIED", "This needs the right segment:read.");
    const subject = { customer, facts: facts ?? noFacts(customerId, at.now), today: at.today };
    const condition = compileFilter(segment.condition, await subjectFields(at, segment.condition));
    return {
      member: membership?.member ?? false,
      sinceTime: membership?.sinceTime,
      fulfilled: customer.state === "ACTIVE" && condition.matches(subject, at),
      parts: leavesOf(condition.predicate).map((leaf) => part(at, leaf, subject)),
    };
  },
);

function part(at: At, leaf: Leaf, subject: Subject): ExplainMembershipResponse_Part {
  const { field } = leaf;
  const right = neededFor(field);
  if (right && !at.may(right.resource, right.action)) {
    const neededRight = `${right.resource}:${right.action}`;
    return { test: `${field.name} …`, fulfilled: false, value: "", traits: [], neededRight };
  }
  return {
    test: testOf(leaf),
    fulfilled: toProgram<Subject>(leaf)(subject, at),
    value: textOf(field, subject),
    traits: field.name === "traits" && leaf.is === "tagged" ? traitsOf(leaf.tag, subject) : [],
    neededRight: "",
  };
}

/** Those of the key that the test names, so that one sees what was said instead. */
function traitsOf(word: string, { customer }: Subject): Trait[] {
  const [key] = word.split(":");
  return present(customer).traits.filter((trait) => trait.key === key);
}
