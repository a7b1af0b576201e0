// Before a tenant is known. The functions in the database answer for one key only, so nobody can list the others.
import type { SessionTimes, UseSessionRequest } from "@guanxi/contract/guanxi/identity/v1/session_service";
import type { Db } from "@guanxi/kit/db";
import type { SignIn } from "../tokens/sign-in.ts";
import { hashOfKey, IDLE_MINUTES, idleExpireTime, invalidSession, LIFE_HOURS } from "./session.ts";

interface Times {
  readonly useTime: Date;
  readonly expireTime: Date;
}

export type Session = Pick<SignIn, "tenantId" | "userId" | "displayName"> & Times;
type Pool = Pick<Db, "pool">;

const IDLE = `${IDLE_MINUTES} minutes`;
const TIMES = `use_time as "useTime", expire_time as "expireTime"`;
const BEGIN = `select ${TIMES} from begin_session($1, $2, $3, '${LIFE_HOURS} hours', '${IDLE}')`;
const USE = `select tenant_id as "tenantId", user_id as "userId", display_name as "displayName", ${TIMES}
from use_session($1, '${IDLE}', $2)`;

export async function beginSession(
  { pool }: Pool,
  key: string,
  { tenantId, userId }: SignIn,
): Promise<Times> {
  const { rows } = await pool.query<Times>(BEGIN, [hashOfKey(key), tenantId, userId]);
  return rows[0]!;
}

/** Whose it is. Notes that it is in use, unless nobody attends. */
export async function useSession(
  { pool }: Pool,
  { sessionKey, unattended }: UseSessionRequest,
): Promise<Session> {
  const { rows } = await pool.query<Session>(USE, [hashOfKey(sessionKey), unattended]);
  if (!rows[0]) throw invalidSession();
  return rows[0];
}

export async function endSession({ pool }: Pool, key: string): Promise<void> {
  await pool.query("select end_session($1)", [hashOfKey(key)]);
}

/** All of a user who was shut out, in the transaction that does so. */
export const endSessionsOf = (userId: string) => ({
  name: "end sessions",
  text: "delete from sessions where user_id = $1",
  values: [userId],
});

export const presentTimes = (times: Times): SessionTimes => ({
  idleExpireTime: idleExpireTime(times),
  expireTime: times.expireTime,
});
