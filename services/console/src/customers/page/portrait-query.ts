import { getPortrait } from "@guanxi/client/gen/guanxi";
import { queryOptions } from "@tanstack/react-query";

export const portraitQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["portrait", customerId],
    queryFn: ({ signal }) => getPortrait(customerId, { signal }),
  });
