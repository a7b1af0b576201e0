import type {
  ListStudyTargetsRequest,
  ListStudyTargetsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { segmentsDrawn, studies } from "../studies.ts";

export const listStudyTargets = query<ListStudyTargetsRequest, ListStudyTargetsResponse>(
  async ({ studyId }, at) => {
    const [targets] = await Promise.all([segmentsDrawn(at, studyId), get(at, studies, studyId)]);
    return { targets };
  },
);
