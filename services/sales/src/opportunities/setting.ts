import type { At } from "@guanxi/kit/at";
import { actingUser } from "@guanxi/kit/users";
import type { PipelineState } from "../pipelines/pipeline.ts";
import { pipelineFor } from "../pipelines/pipelines.ts";
import type { Setting } from "./opportunity-state.ts";

const settingIn = (at: At, pipeline: PipelineState): Setting => ({
  now: at.now,
  today: at.today,
  userId: actingUser(at),
  pipeline,
});

/** For commands: what the rules need to know, with the pipeline held as it is. */
export const settingFor = async (at: At, pipelineId: string): Promise<Setting> =>
  settingIn(at, await pipelineFor(at, pipelineId));
