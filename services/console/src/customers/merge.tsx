// Makes one customer of several: which of them stays, and whose word holds where they differ. The service says beforehand what
// would become of it, and afterwards it can be undone.
import {
  type Merge,
  type MergePreview,
  mergeCustomers,
  previewMerge,
  unmergeCustomers,
} from "@guanxi/client/gen/guanxi";
import { keepPreviousData, queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Flex, Modal, Typography } from "antd";
import { useState } from "react";
import { once, problemOf, queries } from "../api/api.ts";
import { useCustomerNames } from "../api/customers.ts";
import { Loading } from "../ui/loading.tsx";
import { Problem, useComplain } from "../ui/problem.tsx";
import { rememberMerge } from "./duplicates/recent.ts";
import { renewPairs } from "./duplicates/scan.ts";
import { LIST } from "./list/rows.ts";
import { type Doubt, Doubts, mayMerge } from "./merge/doubts.tsx";
import { OtherCustomer } from "./merge/other-customer.tsx";
import { Picker } from "./merge/picker.tsx";
import { useMergeWords } from "./merge-words.ts";

interface Props {
  /** One, and others are asked for; or all that are to become one. */
  customerIds: readonly string[];
  onClose: () => void;
  onMerged?: (merge: Merge) => void;
}

export function MergeDialog({ customerIds, onClose, onMerged }: Props) {
  const say = useMergeWords();
  const wish = useWish(customerIds);
  const { ids } = wish;
  const { data: preview, error, refetch, isFetching } = useQuery(previewQuery(wish));
  const names = useCustomerNames(ids);
  const merging = useMerging({ names, onClose, ...(onMerged && { onMerged }) });
  const [doubt, setDoubt] = useState<Doubt>({ isSure: false, reason: "" });
  const merge = () => preview && merging.mutate(orderOf(preview, wish, doubt));
  const isReady = ids.length > 1 && !isFetching && preview !== undefined && mayMerge(preview, doubt);
  return (
    <Modal
      open
      width={Math.min(1080, 560 + ids.length * 140)}
      title={say("title")}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Flex justify="flex-end" gap={8}>
          <Button onClick={onClose}>{say("cancel")}</Button>
          <Button type="primary" disabled={!isReady} loading={merging.isPending} onClick={merge}>
            {say("merge")}
          </Button>
        </Flex>
      }
    >
      <Flex vertical gap={16}>
        <Typography.Text type="secondary">{say("intro")}</Typography.Text>
        {error && <Problem error={error} again={() => void refetch()} />}
        {preview ? (
          <Choices preview={preview} wish={wish} names={names} />
        ) : (
          <Waiting wish={wish} error={error} />
        )}
        <OtherCustomer ids={ids} onAdd={wish.add} isFirst={ids.length < 2} />
        {preview && <Doubts preview={preview} names={names} doubt={doubt} onDoubt={setDoubt} />}
      </Flex>
    </Modal>
  );
}

interface ChoicesProps {
  preview: MergePreview;
  wish: Wish;
  names: ReadonlyMap<string, string>;
}

function Choices({ preview, wish, names }: ChoicesProps) {
  const { ids, picks, setSurvivorId, pick, leave } = wish;
  return (
    <Picker
      preview={preview}
      names={names}
      picks={picks}
      onSurvivor={setSurvivorId}
      onPick={pick}
      {...(ids.length > 2 && { onLeave: leave })}
    />
  );
}

const Waiting = ({ wish, error }: { wish: Wish; error: unknown }) =>
  !error && wish.ids.length > 1 && <Loading rows={4} />;

type Wish = ReturnType<typeof useWish>;

/** Who is to become one, which of them stays, and whose word holds. */
function useWish(customerIds: readonly string[]) {
  const [ids, setIds] = useState<readonly string[]>(customerIds);
  const [survivorId, setSurvivorId] = useState<string>();
  const [picks, setPicks] = useState<Record<string, string>>({});
  return {
    ids,
    survivorId,
    picks,
    setSurvivorId,
    add: (id: string) => setIds([...ids, id]),
    pick: (field: string, id: string) => setPicks({ ...picks, [field]: id }),
    leave: (id: string) => {
      setIds(ids.filter((each) => each !== id));
      if (survivorId === id) setSurvivorId(undefined);
      setPicks(Object.fromEntries(Object.entries(picks).filter(([, picked]) => picked !== id)));
    },
  };
}

const PREVIEW = ["customers", "merge-preview"];

const previewQuery = ({ ids, survivorId, picks }: Wish) => {
  const asked = { customerIds: [...ids], ...(survivorId && { survivorId }), picks };
  return queryOptions({
    queryKey: [...PREVIEW, asked],
    enabled: ids.length > 1,
    staleTime: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => previewMerge(asked, { signal }),
  });
};

const orderOf = (
  { survivorId, etags }: MergePreview,
  { ids, picks }: Wish,
  { isSure, reason }: Doubt,
): Asked => ({
  survivorId,
  absorbedIds: ids.filter((id) => id !== survivorId),
  picks,
  etags,
  reason: reason.trim(),
  despiteDifferentIds: isSure,
});

type Asked = Parameters<typeof mergeCustomers>[0];

interface Ended extends Pick<Props, "onClose" | "onMerged"> {
  names: ReadonlyMap<string, string>;
}

function useMerging({ names, onClose, onMerged }: Ended) {
  const say = useMergeWords();
  const complain = useComplain();
  const { message } = App.useApp();
  const undo = useUnmerge();
  return useMutation({
    mutationFn: (asked: Asked) => mergeCustomers(asked, once()),
    onError: (error) => {
      complain(error);
      // One of them was changed since: the preview shows it, and the next try goes by that.
      if (problemOf(error).status === 412) void queries.invalidateQueries({ queryKey: PREVIEW });
    },
    onSuccess: (merge) => {
      rememberMerge({
        mergeId: merge.mergeId,
        absorbed: merge.absorbedCustomerIds.map((id) => names.get(id) ?? ""),
      });
      forgetMerged();
      const shown = message.success({
        duration: 8,
        content: (
          <span>
            {say("done", { name: merge.survivor?.displayName ?? "" })}{" "}
            <Button
              type="link"
              size="small"
              onClick={() => {
                shown();
                undo.mutate(merge.mergeId);
              }}
            >
              {say("undo")}
            </Button>
          </span>
        ),
      });
      onMerged?.(merge);
      onClose();
    },
  });
}

export function useUnmerge() {
  const say = useMergeWords();
  const complain = useComplain();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (mergeId: string) => unmergeCustomers(mergeId, {}, once()),
    onError: complain,
    onSuccess: () => {
      message.success(say("undoDone"));
      forgetMerged();
    },
  });
}

/** Lists, pages and names know these customers as they were. */
function forgetMerged(): void {
  void renewPairs();
  void queries.resetQueries({ queryKey: LIST });
  for (const key of ["portrait", "aside", "customer-names", "merges"])
    void queries.invalidateQueries({ queryKey: [key] });
}
