// The order and the product that a case is about, by what people call them.
import { getOrder, getProduct } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";

export function OrderNumber({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ["order-number", id],
    queryFn: async ({ signal }) => (await getOrder(id, undefined, { signal })).orderNumber,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? "";
}

export function ProductName({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ["product-name", id],
    queryFn: async ({ signal }) => (await getProduct(id, undefined, { signal })).displayName,
    staleTime: 10 * 60_000,
  });
  return data ?? "";
}
