import type { Customer, DuplicatePair } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Card, Flex } from "antd";
import { useMemo, useState } from "react";
import { useMay } from "../../api/session.ts";
import { Nothing } from "../../ui/empty.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { MergeDialog } from "../merge.tsx";
import { DismissDialog } from "./dismiss.tsx";
import { groupsOf } from "./groups.ts";
import { PairCard } from "./pair-card.tsx";
import { pairsQuery } from "./scan.ts";
import { useDuplicateWords } from "./words.ts";

interface Props {
  isDismissed: boolean;
  wasScanned: boolean;
}

export function Pairs({ isDismissed, wasScanned }: Props) {
  const say = useDuplicateWords();
  const listed = useInfiniteQuery(pairsQuery(isDismissed));
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = listed;
  const pairs = useMemo(() => data?.pages.flatMap((page) => page.pairs) ?? [], [data]);
  const customers = useMemo(() => customersOf(data?.pages.flatMap((page) => page.customers) ?? []), [data]);
  if (isPending) return <Loading />;
  if (error && pairs.length === 0) return <Problem error={error} again={() => void refetch()} />;
  if (pairs.length === 0) return <NoPairs isDismissed={isDismissed} wasScanned={wasScanned} />;
  return (
    <Flex vertical gap={12}>
      <Cards pairs={pairs} customers={customers} isDismissed={isDismissed} />
      {error && <Problem error={error} again={() => void fetchNextPage()} />}
      {hasNextPage && (
        <Flex justify="center">
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {say("more")}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}

type Customers = ReadonlyMap<string, Customer>;

const customersOf = (customers: readonly Customer[]): Customers =>
  new Map(customers.map((each) => [each.customerId, each]));

function NoPairs({ isDismissed, wasScanned }: Props) {
  const say = useDuplicateWords();
  return (
    <Card>
      <Nothing
        title={say(isDismissed ? "noneDismissed" : "none")}
        hint={isDismissed ? undefined : say(wasScanned ? "noneHint" : "noneYetHint")}
      />
    </Card>
  );
}

interface CardsProps {
  pairs: readonly DuplicatePair[];
  customers: Customers;
  isDismissed: boolean;
}

function Cards({ pairs, customers, isDismissed }: CardsProps) {
  const may = useMay();
  const mayMerge = may("customer", "merge");
  const [merging, setMerging] = useState<readonly string[]>();
  const [dismissing, setDismissing] = useState<DuplicatePair>();
  const groups = useMemo(() => groupsOf(pairs), [pairs]);
  return (
    <>
      {pairs.map((pair) => (
        <PairCard
          key={pair.duplicatePairId}
          pair={pair}
          customers={customers}
          group={groups.get(pair.clusterCustomerId) ?? []}
          {...(mayMerge && { onMerge: setMerging })}
          {...(mayMerge && !isDismissed && { onDismiss: () => setDismissing(pair) })}
        />
      ))}
      {merging && <MergeDialog customerIds={merging} onClose={() => setMerging(undefined)} />}
      {dismissing && <DismissDialog pair={dismissing} onClose={() => setDismissing(undefined)} />}
    </>
  );
}
