import type { Playbook } from "@guanxi/contract/guanxi/marketing/v1/playbook";
import type { GetPlaybookRequest } from "@guanxi/contract/guanxi/marketing/v1/playbook_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentPlaybook } from "../present.ts";
import { playbooks } from "../playbooks.ts";

export const getPlaybook = query<GetPlaybookRequest, Playbook>(async ({ playbookId }, at) =>
  presentPlaybook(await get(at, playbooks, playbookId)),
);
