// Moving an opportunity: at once on the page, then at the service; back where it was if the service refuses.
import { moveOpportunity, type Opportunity, type Pipeline, type Stage } from "@guanxi/client/gen/guanxi";
import { App, Button } from "antd";
import { useCallback, useState } from "react";
import { ifMatch, once, problemOf } from "../api/api.ts";
import { useFormat } from "../text/format.ts";
import { useComplain } from "../ui/problem.tsx";
import { changed, readAgain } from "./heard.ts";
import { gateOf } from "./moves.ts";
import { useStageName } from "./stage-name.ts";
import { useWords } from "./words.ts";

/** What is asked before the service is: the particulars that winning or losing needs. */
export interface Ending {
  deal: Opportunity;
  stage: Stage;
}

export interface Moving {
  /** By id, those on their way, as they will be. */
  moving: ReadonlyMap<string, Opportunity>;
  ending: Ending | undefined;
  endNothing(): void;
  move(deal: Opportunity, stage: Stage): void;
}

const NONE: ReadonlyMap<string, Opportunity> = new Map();

export function useMoving(pipeline: Pipeline | undefined): Moving {
  const [moving, setMoving] = useState(NONE);
  const [ending, setEnding] = useState<Ending>();
  const complain = useComplain();
  const told = useTold();
  const ask = useAsk(pipeline);
  const put = (deal: Opportunity) => setMoving((before) => new Map(before).set(deal.opportunityId, deal));
  const take = ({ opportunityId }: Opportunity) =>
    setMoving((before) => new Map([...before].filter(([id]) => id !== opportunityId)));

  const go = async (deal: Opportunity, stage: Stage, undoable = true): Promise<void> => {
    put({ ...deal, stageId: stage.stageId });
    try {
      const headers = { ...ifMatch(deal.etag), ...once() };
      const moved = await moveOpportunity(deal.opportunityId, { stageId: stage.stageId }, headers);
      put(moved);
      const from = pipeline?.stages.find(({ stageId }) => stageId === deal.stageId);
      told(deal, moved, stage, undoable && from ? () => void go(moved, from, false) : undefined);
      await changed(moved);
    } catch (error) {
      if (problemOf(error).status !== 412) complain(error);
      else await compare(deal, stage).catch(complain);
    } finally {
      take(deal);
    }
  };
  const compare = async ({ opportunityId }: Opportunity, stage: Stage) => {
    const theirs = await readAgain(opportunityId);
    if (theirs.stageId === stage.stageId) return; // they have moved it there themselves
    ask(theirs, stage, () => void go(theirs, stage, false));
  };

  const move = (deal: Opportunity, stage: Stage) => {
    if (stage.stageId === deal.stageId) return;
    if (gateOf(stage) === "none") void go(deal, stage);
    else setEnding({ deal, stage });
  };
  return { moving, ending, endNothing: useCallback(() => setEnding(undefined), []), move };
}

function useTold() {
  const { message } = App.useApp();
  const say = useWords();
  const nameOf = useStageName();
  return (
    before: Opportunity,
    { probability, opportunityId }: Opportunity,
    stage: Stage,
    undo?: () => void,
  ) => {
    const values = { stage: nameOf(stage), probability, before: before.probability };
    message.open({
      key: opportunityId,
      type: "success",
      duration: 6,
      content: (
        <>
          {say(before.probabilityManual ? "movedManual" : "moved", values)}
          {undo && (
            <Button
              type="link"
              size="small"
              onClick={() => {
                message.destroy(opportunityId);
                undo();
              }}
            >
              {say("undo")}
            </Button>
          )}
        </>
      ),
    });
  };
}

/** Somebody else was quicker: what they made of it, before it is overruled. */
function useAsk(pipeline: Pipeline | undefined) {
  const { modal } = App.useApp();
  const say = useWords();
  const format = useFormat();
  const nameOf = useStageName();
  return (theirs: Opportunity, wanted: Stage, go: () => void) => {
    const now = pipeline?.stages.find(({ stageId }) => stageId === theirs.stageId);
    modal.confirm({
      title: say("changedMeanwhile"),
      content: say("nowIn", {
        stage: now ? nameOf(now) : theirs.stageId,
        amount: format.money(theirs.amount) || say("noAmount"),
        wanted: nameOf(wanted),
      }),
      okText: say("moveAnyway"),
      cancelText: say("keepTheirs"),
      onOk: go,
    });
  };
}
