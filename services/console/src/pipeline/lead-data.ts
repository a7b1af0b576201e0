import { getLead, type Lead } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../api/api.ts";

const AGAIN_MS = 800;

/** While it is being converted, the customer service answers by an event: asked again until it has. */
export function useLead(leadId: string) {
  return useQuery({
    queryKey: ["lead", leadId],
    enabled: leadId !== "",
    queryFn: async ({ signal }) => {
      const lead = await getLead(leadId, undefined, { signal });
      if (wasPending(leadId) && !isPending(lead)) await everythingAbout(lead);
      return lead;
    },
    refetchInterval: ({ state }) => (isPending(state.data) ? AGAIN_MS : false),
  });
}

const isPending = (lead: Lead | undefined): boolean => lead?.conversion?.state === "STATE_PENDING";

const wasPending = (leadId: string) => isPending(queries.getQueryData<Lead>(["lead", leadId]));

export async function leadChanged(lead: Lead): Promise<void> {
  queries.setQueryData(["lead", lead.leadId], lead);
  await queries.invalidateQueries({ queryKey: ["leads"] });
}

/** As somebody else has made it meanwhile. */
export async function leadAgain(leadId: string): Promise<Lead> {
  const theirs = await getLead(leadId);
  await leadChanged(theirs);
  return theirs;
}

/** A lead that was converted has made a customer and an opportunity. */
async function everythingAbout(lead: Lead): Promise<void> {
  const touched = [["leads"], ["opportunities"], ["customers"], ["customer", lead.conversion?.customerId]];
  await Promise.all(touched.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
