import { Playbook } from "@guanxi/contract/guanxi/marketing/v1/playbook";
import { PlaybookCreated } from "@guanxi/contract/guanxi/marketing/v1/playbook_events";
import type { CreatePlaybookRequest } from "@guanxi/contract/guanxi/marketing/v1/playbook_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create } from "../playbook.ts";
import { presentPlaybook } from "../present.ts";
import { requirePlaybookParts } from "../require-playbook-parts.ts";
import { playbooks } from "../playbooks.ts";

export const createPlaybook = command<CreatePlaybookRequest, Playbook>(async (request, at) => {
  const sent = Playbook.fromPartial(request.playbook ?? {});
  await requirePlaybookParts(at, sent);
  return presentPlaybook(record(at, playbooks, create(sent, at.newId(), at.now), PlaybookCreated));
});
