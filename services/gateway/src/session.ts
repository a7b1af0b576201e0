// Sessions of browsers: /session begins, tells and ends one; on any other path its cookie stands for the token.
import { status } from "@grpc/grpc-js";
import type { Request, Response } from "express";
import { z } from "zod";
import { readJson } from "./body.ts";
import { type DemoSignIn, demoSignIn } from "./demo-sign-in.ts";
import type { IdentitySessions } from "./identity-sessions.ts";
import { badRequest, Refused } from "./refused.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { sessionCookie, type SessionCookie } from "./session-cookie.ts";
import { sessionTokens, type SessionTokens } from "./session-tokens.ts";

export const SESSION_PATH = "/session";
export const SESSION_VERBS = ["GET", "POST", "DELETE"];

/** By which a page says of what it asks by itself that nobody may be looking: that keeps no session alive. */
const UNATTENDED_HEADER = "x-guanxi-unattended";

export interface SessionOptions {
  /** The address under which people come in; https makes the cookie one for HTTPS only. */
  publicUrl?: string | undefined;
  /** Whom one may sign in as without an issuer of one's own. */
  demoSignIn?: string | undefined;
}

/** Of a request: by default it may take ten seconds, and says itself whether anybody attends. */
interface Asking {
  readonly deadline?: number;
  readonly unattended?: boolean;
}

export interface Sessions {
  /** The header that a service takes: the caller's own, else by the session. Undefined where there is neither. */
  authorizationOf(req: Request, asking?: Asking): Promise<string | undefined>;
  /** Answers SESSION_PATH. */
  serve(req: Request, res: Response): Promise<void>;
}

interface Serving {
  readonly identity: IdentitySessions;
  readonly tokens: SessionTokens;
  readonly cookie: SessionCookie;
  readonly demo: DemoSignIn | undefined;
  readonly publicUrl: string | undefined;
}

/** For a sign-in, a sign-out, and what names no deadline of its own. */
const DEADLINE_MS = 10_000;
const KEY = /^[\w-]{43}$/;

const wanted = z.union([
  z.strictObject({ person: z.string().max(255) }),
  z.strictObject({ idToken: z.string().max(16_384), tenantId: z.string().max(36).default("") }),
]);

export function createSessions(identity: IdentitySessions, options: SessionOptions): Sessions {
  const { publicUrl } = options;
  const serving: Serving = {
    identity,
    tokens: sessionTokens(identity),
    cookie: sessionCookie(publicUrl?.startsWith("https:") === true),
    demo: demoSignIn(options.demoSignIn, publicUrl),
    publicUrl,
  };
  return {
    async authorizationOf(req, asking) {
      const { authorization } = req.headers;
      const sessionKey = authorization === undefined ? keyIn(serving, req) : undefined;
      if (sessionKey === undefined) return authorization;
      return `Bearer ${await tokenOf(serving, req, sessionKey, asking)}`;
    },
    serve: (req, res) => verbs[req.method]!(serving, req, res),
  };
}

const keyIn = ({ cookie }: Serving, req: Request) => cookie.read(req.headers.cookie);

/**
 * The cookie of a session that is over stays: an answer that comes late would take away the one of a session that somebody
 * has begun meanwhile.
 */
async function tokenOf(
  { tokens, publicUrl }: Serving,
  req: Request,
  sessionKey: string,
  { deadline = Date.now() + DEADLINE_MS, unattended = isUnattended(req) }: Asking = {},
): Promise<string> {
  requireSameOrigin(req, publicUrl);
  if (!KEY.test(sessionKey)) throw noSession();
  return tokens.tokenOf({ sessionKey, unattended, deadline });
}

const isUnattended = ({ headers }: Request) => headers[UNATTENDED_HEADER] === "1";

/** As identity says it. */
const noSession = () =>
  new Refused({
    code: status.UNAUTHENTICATED,
    reason: "INVALID_SESSION",
    message: "You are not signed in any more: sign in again.",
    violations: [],
  });

type Verb = (serving: Serving, req: Request, res: Response) => Promise<void>;

const verbs: Record<string, Verb> = { GET: tell, HEAD: tell, POST: begin, DELETE: end };

async function tell(serving: Serving, req: Request, res: Response): Promise<void> {
  const people = serving.demo?.people ?? [];
  const signedIn = await isSignedIn(serving, req);
  answer(res, 200, signedIn ? { signedIn } : { signedIn, people });
}

async function isSignedIn(serving: Serving, req: Request): Promise<boolean> {
  const sessionKey = keyIn(serving, req);
  if (sessionKey === undefined) return false;
  try {
    await tokenOf(serving, req, sessionKey);
    return true;
  } catch (error) {
    const { code } = error instanceof Refused ? error.failure : (error as { code?: number });
    if (code === status.UNAUTHENTICATED) return false;
    throw error;
  }
}

async function begin(serving: Serving, req: Request, res: Response): Promise<void> {
  const { identity, cookie, publicUrl } = serving;
  requireSameOrigin(req, publicUrl);
  const { idToken, tenantId } = await proofIn(serving, req);
  const deadline = Date.now() + DEADLINE_MS;
  const key = await identity.create(idToken, tenantId, deadline);
  await endOld(serving, req, deadline);
  res.setHeader("set-cookie", cookie.set(key));
  answer(res, 201, { signedIn: true });
}

async function proofIn({ demo }: Serving, req: Request): Promise<{ idToken: string; tenantId: string }> {
  const { success, data } = wanted.safeParse(await readJson(req));
  if (!success) throw badRequest([{ field: "", description: 'must be {"person": …} or {"idToken": …}' }]);
  if ("idToken" in data) return data;
  if (!demo) throw badRequest([{ field: "person", description: "is nobody here: there are no demo people" }]);
  return { idToken: await demo.idToken(req, data.person), tenantId: "" };
}

async function end(serving: Serving, req: Request, res: Response): Promise<void> {
  requireSameOrigin(req, serving.publicUrl);
  await endOld(serving, req, Date.now() + DEADLINE_MS);
  res.setHeader("set-cookie", serving.cookie.cleared);
  res.status(204).set("cache-control", "no-store").end();
}

async function endOld(serving: Serving, req: Request, deadline: number): Promise<void> {
  const key = keyIn(serving, req);
  if (key === undefined || !KEY.test(key)) return;
  await serving.identity.end(key, deadline);
  serving.tokens.forget(key);
}

function answer(res: Response, code: number, body: object): void {
  res.status(code).set("cache-control", "no-store").json(body);
}
