// Does something with a case as it was read. Where somebody else was faster, both are shown, and whoever acts decides.
import { type Case, getCase } from "@guanxi/client/gen/guanxi";
import { App, Flex, Typography } from "antd";
import { useState } from "react";
import { ifMatch, once, problemOf, queries } from "../../api/api.ts";
import { useMe } from "../../api/session.ts";
import { useComplain } from "../../ui/problem.tsx";
import { changesQuery, keep } from "../data.ts";
import { useWords } from "../words.ts";
import { changedFields, Differences } from "./differences.tsx";

type Headers = { "Idempotency-Key": string; "If-Match": string };
export type Act = (headers: Headers) => Promise<Case>;

export interface Command {
  busy: boolean;
  /** Whether it is done; what was written stays where it is otherwise. */
  run(act: Act, mine?: Partial<Case>): Promise<boolean>;
}

/** For a form: it changes what it began with, and is done once however often it is sent. */
export function useFormCommand(it: Case): Command {
  const [read] = useState(it);
  const [key] = useState(once);
  return useCommand(read, key);
}

export function useCommand(it: Case, key?: ReturnType<typeof once>): Command {
  const complain = useComplain();
  const decide = useDecision(it);
  const [busy, setBusy] = useState(false);
  const attempt = async (act: Act, etag: string, mine: Partial<Case>): Promise<boolean> => {
    try {
      keep(await act({ ...(key ?? once()), ...ifMatch(etag) }));
      return true;
    } catch (error) {
      if (problemOf(error).status !== 412) throw error;
      const newest = await decide(mine);
      return newest ? attempt(act, newest.etag, mine) : false;
    }
  };
  const run = async (act: Act, mine: Partial<Case> = {}) => {
    if (busy) return false;
    setBusy(true);
    try {
      return await attempt(act, it.etag, mine);
    } catch (error) {
      complain(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}

/** The newest state, if whoever acts wants to go on with it. */
function useDecision(before: Case): (mine: Partial<Case>) => Promise<Case | undefined> {
  const { modal } = App.useApp();
  const say = useWords();
  const { user } = useMe();
  return async (mine) => {
    const now = await getCase(before.caseId);
    const changes = await queries.fetchQuery(changesQuery(now));
    const since = changes.filter(({ version }) => version > Number(before.etag));
    const others = since.findLast(({ actor }) => actor?.id !== user.userId);
    keep(now);
    // One's own quick second step, or nothing that anybody sees here, is nothing to decide about.
    if (changedFields(before, now).length === 0 || (since.length > 0 && !others)) return now;
    const goOn = await modal.confirm({
      title: say("conflictTitle", { name: others?.actor?.name || say("somebody") }),
      content: (
        <Flex vertical gap={8}>
          <Typography.Text>{say("conflictHint")}</Typography.Text>
          <Differences before={before} now={now} mine={mine} />
        </Flex>
      ),
      okText: say("goOnAnyway"),
      cancelText: say("lookFirst"),
      width: 520,
    });
    return goOn ? now : undefined;
  };
}
