import { isDeepStrictEqual } from "node:util";
import { Playbook } from "@guanxi/contract/guanxi/marketing/v1/playbook";
import { PlaybookChanged } from "@guanxi/contract/guanxi/marketing/v1/playbook_events";
import type { UpdatePlaybookRequest } from "@guanxi/contract/guanxi/marketing/v1/playbook_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../playbook.ts";
import { presentPlaybook } from "../present.ts";
import { requirePlaybookParts } from "../require-playbook-parts.ts";
import { playbooks } from "../playbooks.ts";

export const updatePlaybook = command<UpdatePlaybookRequest, Playbook>(async (request, at) => {
  const { playbook: sent, etag, updateMask } = request;
  const before = await lock(at, playbooks, sent?.playbookId ?? "");
  requireEtag(before, etag);
  const kept = at.check(Playbook, merge(Playbook, presentPlaybook(before), sent, updateMask), "playbook");
  await requirePlaybookParts(at, kept);
  const after = change(before, kept, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return presentPlaybook(before);
  return presentPlaybook(record(at, playbooks, after, PlaybookChanged));
});
