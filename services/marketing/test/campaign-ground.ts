// Marketing with customers that are told to it, and what the tests ask of campaigns in a few words each.
import { randomUUID } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { Segment } from "@guanxi/contract/guanxi/customer/v1/segment";
import { SegmentCreated } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import { CampaignServiceService as rpc } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import {
  AddCampaignMembersRequest,
  CreateCampaignRequest,
  LaunchCampaignRequest,
  ListCampaignMembersRequest,
  ListCampaignMessagesRequest,
  UpdateSendingPolicyRequest,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { marketing } from "../src/app.ts";
import { startCustomerStand } from "./customer-stand.ts";

export async function startCampaignGround() {
  const segments = new Map<string, string[]>();
  const counting = { wait: async (): Promise<void> => undefined };
  const stand = await startCustomerStand(segments, counting);
  const folder = await mkdtemp(path.join(tmpdir(), "guanxi-marketing-"));
  const tokenFile = path.join(folder, "service.jwt");
  await writeFile(tokenFile, "a token of the platform");
  const env = {
    CUSTOMER_GRPC_URL: stand.address,
    IDENTITY_GRPC_URL: stand.address,
    IDENTITY_TOKEN_FILE: tokenFile,
    PUBLIC_URL: "https://crm.example.com",
    TRACKING_KEYS: "0123456789abcdef0123456789abcdef",
  };
  const service = await startService(marketing, env);
  const customer = await startTeller(service, "customer");
  return {
    env,
    service,
    customer,
    segments,
    counting,
    /** A segment with these members, which marketing has heard of. */
    async segment(tenantId: string, customerIds: readonly string[], policy?: object): Promise<string> {
      const segmentId = randomUUID();
      segments.set(segmentId, customerIds.toSorted());
      const state = { segmentId, name: segmentId, condition: "true", state: 2, policy };
      await customer.tell(tenantId, Segment, SegmentCreated, { id: segmentId, state });
      return segmentId;
    },
    /** Somebody who has agreed to mails, unless it is said otherwise. */
    async reader(tenantId: string, more: object = {}): Promise<string> {
      const customerId = randomUUID();
      const email = `${customerId.slice(0, 8)}@example.org`;
      const state = {
        ...{ customerId, kind: 1, displayName: `Reader ${customerId.slice(0, 4)}`, state: 1 },
        contactPoints: [{ kind: 1, value: email, normalised: email, primary: true }],
        consents: [{ channel: 1, purpose: "marketing", state: 1 }],
        ...more,
      };
      await customer.tell(tenantId, Customer, CustomerRegistered, { id: customerId, customerId, state });
      return customerId;
    },
    async stop(): Promise<void> {
      await customer.stop();
      await service.stop();
      stand.stop();
    },
  };
}

export type CampaignGround = Awaited<ReturnType<typeof startCampaignGround>>;

/** A plan with one target, and a template. */
export async function preparePlan({ service }: Pick<CampaignGround, "service">, { tenantId }: TestUser) {
  const [planId, targetId, templateId] = [randomUUID(), randomUUID(), randomUUID()];
  const targets = [{ targetId, segmentId: randomUUID(), size: 1, score: 1, reason: "" }];
  await service.admin.query(
    `insert into marketing_plans (tenant_id, plan_id, name, segment_ids, targets, positioning, state, create_time, update_time, version)
     values ($1, $2, 'Plan', '[]', $3, 'First', 'ACTIVE', now(), now(), 1)`,
    [tenantId, planId, JSON.stringify(targets)],
  );
  const text = "Dear {{ customer.display_name }}, {{ segment_offer }}\n{{ unsubscribe_url }}";
  const html = '<p>Dear {{ customer.display_name }}</p><a href="{{ unsubscribe_url }}">Unsubscribe</a>';
  const variants = [
    { channel: "EMAIL", language: "", subject: "For {{ customer.display_name }}", text, html },
  ];
  await service.admin.query(
    `insert into message_templates (tenant_id, template_id, name, variants, state, create_time, update_time, version)
     values ($1, $2, 'Letter', $3, 'ACTIVE', now(), now(), 1)`,
    [tenantId, templateId, JSON.stringify(variants)],
  );
  return { planId, targetId, templateId };
}

export type Plan = Awaited<ReturnType<typeof preparePlan>>;

export const createCampaign = (
  user: TestUser,
  { planId, targetId, templateId }: Plan,
  campaign: object = {},
) =>
  user.call(
    rpc.createCampaign,
    CreateCampaignRequest.fromPartial({
      campaign: {
        ...{ name: "Spring", kind: "mail", planId, targetId },
        steps: [{ step: 1, templateId, waitDays: 0 }],
        ...campaign,
      },
    }),
  );

export const launch = (user: TestUser, campaignId: string) =>
  user.call(rpc.launchCampaign, LaunchCampaignRequest.fromPartial({ campaignId }));

export const progress = (user: TestUser, campaignId: string) =>
  user.call(rpc.getCampaignProgress, { campaignId });

export const messagesOf = async (user: TestUser, campaignId: string) =>
  (
    await user.call(
      rpc.listCampaignMessages,
      ListCampaignMessagesRequest.fromPartial({ campaignId, pageSize: 200 }),
    )
  ).messages;

export const membersOf = async (user: TestUser, campaignId: string) =>
  (
    await user.call(
      rpc.listCampaignMembers,
      ListCampaignMembersRequest.fromPartial({ campaignId, pageSize: 200 }),
    )
  ).members;

export const addMembers = (user: TestUser, campaignId: string, customerIds: string[]) =>
  user.call(rpc.addCampaignMembers, AddCampaignMembersRequest.fromPartial({ campaignId, customerIds }));

export async function setPolicy(user: TestUser, sendingPolicy: object): Promise<void> {
  const { etag } = await user.call(rpc.getSendingPolicy, {});
  const paths = Object.keys(sendingPolicy).map((key) =>
    key.replaceAll(/[A-Z]/g, (it) => `_${it.toLowerCase()}`),
  );
  await user.call(
    rpc.updateSendingPolicy,
    UpdateSendingPolicyRequest.fromPartial({ sendingPolicy, etag, updateMask: paths }),
  );
}
