import { usePipelines } from "../pipeline/data.ts";
import { useStageName } from "../pipeline/stage-name.ts";

/** Facts name a stage by its id alone. */
export function useStageNames(): (stageId: string) => string {
  const nameOf = useStageName();
  const { data = [] } = usePipelines();
  const stages = data.flatMap((pipeline) => pipeline.stages);
  return (stageId) => {
    const stage = stages.find((each) => each.stageId === stageId);
    return stage ? nameOf(stage) : stageId;
  };
}
