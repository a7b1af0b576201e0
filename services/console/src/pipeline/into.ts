import type { CustomerInput, DuplicateCandidate, Lead } from "@guanxi/client/gen/guanxi";

/** Of the choice into which customer a lead goes; else it is a customer's id. */
export const NEW = "new";
export const OTHER = "other";

/** From here on two names are more likely one customer than two: an equal name with an equal address or number. */
const LIKELY = 80;

type Candidate = Pick<DuplicateCandidate, "customerId" | "displayName" | "score" | "matchedFields">;

export const startOf = (candidates: readonly Candidate[]): string => {
  const [best] = candidates;
  return best && best.score >= LIKELY ? best.customerId : NEW;
};

/** The customer that it would become: the organisation, or the person where there is none. */
export function candidateOf({ organisationName, personName, email, phone }: Lead): CustomerInput {
  const points = [
    { kind: "KIND_EMAIL" as const, value: email },
    { kind: "KIND_PHONE" as const, value: phone },
  ];
  return {
    kind: organisationName ? "KIND_ORGANISATION" : "KIND_PERSON",
    displayName: organisationName || personName,
    contactPoints: points.filter(({ value }) => value !== "" && value !== MASKED),
  };
}

/** What stands where somebody may not read personal fields. */
const MASKED = "***";
