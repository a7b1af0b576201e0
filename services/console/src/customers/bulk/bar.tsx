// The line above the list: how many there are, and, once some are chosen, what can be done to them.
import { Button, Flex, Typography } from "antd";
import type { User } from "@guanxi/client/gen/guanxi";
import { type ReactNode, useRef, useState } from "react";
import { useMay } from "../../api/session.ts";
import { useComplain } from "../../ui/problem.tsx";
import type { Choice } from "../list/choice.ts";
import type { CustomersSearch } from "../search.ts";
import { BulkDrawer } from "./drawer.tsx";
import { gather } from "./gather.ts";
import type { Kind } from "./plans.ts";
import { useBulkWords } from "./words.ts";

interface Props {
  choice: Choice;
  search: CustomersSearch;
  users: readonly User[];
  tags: readonly string[];
  /** What stands here while nobody is chosen. */
  loaded: ReactNode;
}

export function BulkBar({ choice, search, users, tags, loaded }: Props) {
  const say = useBulkWords();
  const may = useMay();
  const complain = useComplain();
  const [kind, setKind] = useState<Kind>();
  const [gathered, setGathered] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  const count = choice.rows.size;
  const all = async () => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    let found = 0;
    setGathered(0);
    try {
      await gather(search, signal, (rows) => {
        choice.add(rows);
        setGathered((found += rows.length));
      });
    } catch (error) {
      if (!signal.aborted) complain(error);
    }
    setGathered(undefined);
  };
  const kinds = ([] as Kind[]).concat(
    may("customer", "update") ? ["addTags", "removeTags"] : [],
    may("customer", "change_owner") ? ["changeOwner"] : [],
  );
  return (
    <Flex align="center" gap={8} wrap style={{ minHeight: 32 }} role="status">
      {count === 0 ? (
        loaded
      ) : (
        <>
          <Typography.Text strong>{say("chosen", { count })}</Typography.Text>
          {gathered === undefined ? (
            <>
              <Button size="small" type="link" onClick={() => void all()}>
                {say("chooseAll")}
              </Button>
              {kinds.map((each) => (
                <Button key={each} size="small" onClick={() => setKind(each)}>
                  {say(each)}
                </Button>
              ))}
              <Button size="small" type="text" onClick={choice.clear}>
                {say("clear")}
              </Button>
            </>
          ) : (
            <>
              <Typography.Text type="secondary">{say("gathering", { count: gathered })}</Typography.Text>
              <Button size="small" onClick={() => stop.current?.abort()}>
                {say("stop")}
              </Button>
            </>
          )}
        </>
      )}
      {kind && (
        <BulkDrawer
          kind={kind}
          rows={[...choice.rows.values()]}
          users={users}
          tags={tags}
          onChanged={choice.add}
          onClose={() => setKind(undefined)}
        />
      )}
    </Flex>
  );
}
