// Whom a campaign is for, as the customer service says it.
import { Client, credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import { serviceToken } from "@guanxi/bus/service-token";
import {
  type AudienceMember,
  AudienceServiceService,
  CheckAudienceRequest,
  CountAudienceRequest,
  type CountAudienceResponse,
  StreamAudienceRequest,
} from "@guanxi/contract/guanxi/customer/v1/audience_service";
import { variableOf } from "@guanxi/kit/env";
import { keepalive } from "@guanxi/kit/keepalive";
import { refuse } from "@guanxi/kit/refuse";
import type { StoredAudience } from "./campaign-state.ts";

interface Asked {
  readonly tenantId: string;
  readonly audience: StoredAudience;
  /** What the person may do for whom it is asked, as order:read: customers are not found out by what one may not read of them. */
  readonly granted: readonly string[];
  /** Those behind this customer, in the order of their ids. */
  readonly afterCustomerId?: string | undefined;
}

/** For a launch: whoever wrote the condition was asked for these rights then. */
export const EVERYTHING: readonly string[] = ["*:*"];

interface Waiting {
  readonly signal?: AbortSignal;
  readonly longestMs?: number;
}

/** The customer service, asked in this service's own name. */
export interface Audiences {
  /** Fails where the others would. */
  check(asked: Asked, waiting: Waiting): Promise<void>;
  count(asked: Asked, waiting: Waiting): Promise<CountAudienceResponse>;
  /** All as they were at one moment, in the order of their ids. */
  stream(asked: Asked, waiting: Waiting): AsyncIterable<AudienceMember>;
}

const SHORT_MS = 3_000;
const COUNT_MS = 10_000;
const LONGEST_MS = 3_600_000;

const request = ({ tenantId, audience, granted, afterCustomerId = "" }: Asked) => ({
  audience: {
    tenantId,
    segmentIds: [...audience.segmentIds],
    excludedSegmentIds: [...audience.excludedSegmentIds],
    excludedCustomerIds: [...audience.excludedCustomerIds],
    condition: audience.condition,
    granted: [...granted],
    afterCustomerId,
  },
});

/** Of the settings of a service, whose shape neither the bus nor a job knows. */
export function audiencesOf(settings: object): Audiences {
  const { customerGrpcUrl, identityGrpcUrl, identityTokenFile } = settings as Readonly<
    Record<string, string>
  >;
  const token = identityTokenFile ? serviceToken(identityGrpcUrl!, identityTokenFile) : undefined;
  const metadata = (): Promise<Metadata> => {
    if (token) return token();
    const why = `This service cannot ask the customer service: set ${variableOf("identityTokenFile")}.`;
    throw refuse("unavailable", "NO_SERVICE_TOKEN", why);
  };
  const at = customerGrpcUrl!;
  const { checkAudience, countAudience } = AudienceServiceService;
  return {
    async check(asked, waiting) {
      const message = CheckAudienceRequest.fromPartial(request(asked));
      await one(at, checkAudience, message, await metadata(), { longestMs: SHORT_MS, ...waiting });
    },
    async count(asked, waiting) {
      const message = CountAudienceRequest.fromPartial(request(asked));
      return one(at, countAudience, message, await metadata(), { longestMs: COUNT_MS, ...waiting });
    },
    async *stream(asked, waiting) {
      yield* stream(at, await metadata(), asked, waiting);
    },
  };
}

interface Method<Req, Res> {
  readonly path: string;
  readonly requestSerialize: (message: Req) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => Res;
}

function one<Req, Res>(
  url: string,
  { path, requestSerialize, responseDeserialize }: Method<Req, Res>,
  message: Req,
  metadata: Metadata,
  { signal, longestMs = LONGEST_MS }: Waiting,
): Promise<Res> {
  const client = new Client(url, credentials.createInsecure(), keepalive);
  const { promise, resolve, reject } = Promise.withResolvers<Res>();
  const options = { deadline: Date.now() + longestMs };
  const call = client.makeUnaryRequest(
    path,
    requestSerialize,
    responseDeserialize,
    message,
    metadata,
    options,
    answered,
  );
  const cancel = () => call.cancel();
  signal?.addEventListener("abort", cancel);
  function answered(error: ServiceError | null, answer?: Res): void {
    signal?.removeEventListener("abort", cancel);
    client.close();
    if (error) reject(error);
    else resolve(answer!);
  }
  return promise;
}

async function* stream(
  url: string,
  metadata: Metadata,
  asked: Asked,
  { signal, longestMs = LONGEST_MS }: Waiting,
): AsyncIterable<AudienceMember> {
  const client = new Client(url, credentials.createInsecure(), keepalive);
  const { path, requestSerialize, responseDeserialize } = AudienceServiceService.streamAudience;
  const call = client.makeServerStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    StreamAudienceRequest.fromPartial(request(asked)),
    metadata,
    { deadline: Date.now() + longestMs },
  );
  const cancel = () => call.cancel();
  signal?.addEventListener("abort", cancel);
  try {
    yield* call as AsyncIterable<AudienceMember>;
  } finally {
    signal?.removeEventListener("abort", cancel);
    call.cancel();
    client.close();
  }
}

// INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION: asked again it would say the same.
const LASTING: readonly number[] = [3, 5, 9];

/** What the customer service has against the question itself; undefined where it may answer later. */
export function objectionOf(error: unknown): string | undefined {
  const { code, details } = error as Partial<ServiceError>;
  return code !== undefined && LASTING.includes(code) ? details || "The audience cannot be read." : undefined;
}

/** What a person hears who has asked: what the customer service has against the question is the person's affair. */
export function refused(error: unknown): unknown {
  const objection = objectionOf(error);
  if (objection !== undefined) return refuse("invalid", "INVALID_AUDIENCE", objection);
  const { code, details } = error as Partial<ServiceError>;
  if (typeof details !== "string") return error;
  if (code === FORBIDDEN) return refuse("forbidden", "FORBIDDEN", details);
  const advice = "The customer service does not answer: try again in a minute.";
  return refuse("unavailable", "CUSTOMER_UNAVAILABLE", advice);
}

const FORBIDDEN = 7; // PERMISSION_DENIED
