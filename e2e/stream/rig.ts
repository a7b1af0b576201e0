// The real gateway before the real identity, on one bus with what other services tell.
import { randomUUID } from "node:crypto";
import { fork } from "node:child_process";
import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import path from "node:path";
import { Customer, Customer_Kind, Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered, CustomerChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import {
  CreateUserRequest,
  GetMeRequest,
  GetUserRequest,
  UpdateUserRequest,
  UserServiceService,
} from "@guanxi/contract/guanxi/identity/v1/user_service";
import type { Codec } from "@guanxi/kit/codec";
import { loadContract } from "@guanxi/kit/contract";
import { createLog } from "@guanxi/kit/log";
import { startTeller } from "@guanxi/testkit/teller";
import { areaOf, routesOf } from "../../services/gateway/src/routes.ts";
import { createGateway } from "../../services/gateway/src/gateway.ts";
import { listen as listenHttp } from "@guanxi/kit/listen";
import { aCompany, ISSUER, startIdentity } from "../../services/identity/test/rig.ts";
import { listen, type Listening } from "./listen.ts";

const NOBODY = "127.0.0.1:1";
type Grants = readonly { resource: string; action: string }[];
export type Rig = Awaited<ReturnType<typeof startRig>>;

export async function startRig() {
  const identity = await startIdentity();
  const teller = await startTeller(identity, "customer");
  const areas = [...new Set(routesOf(loadContract()).map(areaOf))];
  const addresses = {
    ...Object.fromEntries(areas.map((area) => [area, NOBODY])),
    identity: identity.grpcAddress(),
  };
  const bus = { natsUrl: identity.nats.url, natsStream: "GUANXI" };
  const gateway = createGateway({
    contract: loadContract(),
    addresses,
    bus,
    log: createLog("gateway", "silent"),
  });
  let answering: ServerResponse[] = [];
  const app: RequestListener = (req, res) => {
    answering.push(res);
    res.once("close", () => (answering = answering.filter((each) => each !== res)));
    gateway.app(req as never, res as never);
  };
  const http = await listenHttp(app, "127.0.0.1", 0);
  const url = `http://127.0.0.1:${http.port}`;
  const opened: Listening[] = [];

  type Person = Awaited<ReturnType<typeof signedIn>>;

  /** A company of its own, with somebody who may do everything. */
  async function company() {
    const wanted = aCompany();
    const { tenantId } = await identity.provision(wanted);
    await identity.settled();
    const lin = await signedIn(wanted.subject, tenantId);
    return {
      tenantId,
      lin,
      join: (grants: Grants) => join(lin, tenantId, grants),
    };
  }

  async function join(boss: Person, tenantId: string, grants: Grants) {
    const subject = `wang-${randomUUID()}`;
    const user = { displayName: "王磊", issuer: ISSUER, subject, grants: [...grants] };
    await boss.ask(UserServiceService.createUser, CreateUserRequest.fromPartial({ user }));
    await identity.settled(); // rights are read from what identity says, also by itself
    return signedIn(subject, tenantId);
  }

  async function signedIn(subject: string, tenantId: string) {
    const fresh = async () => {
      const idToken = await identity.idToken({ claims: { sub: subject } });
      return (await identity.exchange(idToken, tenantId)).accessToken;
    };
    const accessToken = await fresh();
    const ask = await identity.signIn(subject, tenantId);
    const { user } = await ask(UserServiceService.getMe, GetMeRequest.fromPartial({}));
    return {
      token: accessToken,
      fresh,
      userId: user!.userId,
      ask,
      async listen(query = "", headers: Record<string, string> = {}, at = url): Promise<Listening> {
        const stream = await listen(`${at}/v1/stream${query}`, {
          authorization: `Bearer ${accessToken}`,
          ...headers,
        });
        opened.push(stream);
        return stream;
      },
    };
  }

  return {
    url,
    identity,
    gateway,
    company,
    /** What the gateway holds for those who have not taken it yet. */
    bytesWaiting: () => answering.reduce((sum, { writableLength }) => sum + writableLength, 0),
    published: () => teller.published(),
    /** In whose name a customer of a tenant begins, or changes. */
    tell(
      tenantId: string,
      customerId: string,
      changes: Partial<Customer> = {},
      event: Codec<unknown> = CustomerRegistered,
    ) {
      const state = {
        customerId,
        kind: Customer_Kind.ORGANISATION,
        state: Customer_State.ACTIVE,
        displayName: "晨光贸易",
        ...changes,
      };
      return teller.tell(tenantId, Customer, event, { id: customerId, customerId, state });
    },
    updated: CustomerChanged,
    /** A gateway in a process of its own, to be killed. */
    async startProcess(port: number) {
      const urls = areas.map((area) => [`${area.toUpperCase()}_GRPC_URL`, NOBODY]);
      const child = fork(path.join(import.meta.dirname, "../../services/gateway/src/main.ts"), {
        execArgv: ["--conditions=source"],
        stdio: ["ignore", "pipe", "inherit", "ipc"],
        env: {
          PATH: process.env.PATH,
          ...Object.fromEntries(urls),
          IDENTITY_GRPC_URL: identity.grpcAddress(),
          HTTP_PORT: String(port),
          MANAGEMENT_PORT: "0",
          NATS_URL: identity.nats.url,
        },
      });
      await once(child.stdout!, "data");
      return {
        async kill() {
          child.kill("SIGKILL");
          await once(child, "exit");
        },
      };
    },
    closeAll: () => opened.splice(0).forEach((stream) => stream.close()),
    async stop() {
      opened.forEach((stream) => stream.close());
      gateway.close();
      await http.stop(0);
      await teller.stop();
      await identity.stop();
    },
  };
}

/** Lets somebody do something else from now on. */
export async function grant(
  boss: Awaited<ReturnType<Rig["company"]>>["lin"],
  userId: string,
  grants: Grants,
) {
  const user = await boss.ask(UserServiceService.getUser, GetUserRequest.fromPartial({ userId }));
  const change = UpdateUserRequest.fromPartial({
    user: { userId, grants: [...grants] },
    updateMask: ["grants"],
    etag: user.etag,
  });
  await boss.ask(UserServiceService.updateUser, change);
}
