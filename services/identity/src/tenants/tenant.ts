import { refuse } from "@guanxi/kit/refuse";

export interface TenantState {
  readonly tenantId: string;
  readonly displayName: string;
  readonly timeZone: string;
  readonly currencyCode: string;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export type TenantSettings = Pick<TenantState, "displayName" | "timeZone" | "currencyCode">;

export function foundTenant(tenantId: string, settings: TenantSettings, now: Date): TenantState {
  return { tenantId, ...checked(settings), createTime: now, updateTime: now, version: 0 };
}

export function changeTenant(tenant: TenantState, settings: TenantSettings, now: Date): TenantState {
  return { ...tenant, ...checked(settings), updateTime: now };
}

function checked({ displayName, timeZone, currencyCode }: TenantSettings): TenantSettings {
  if (!isTimeZone(timeZone)) {
    throw invalid("TIME_ZONE_UNKNOWN", "time_zone", "Write an IANA time zone, as in Asia/Shanghai.");
  }
  if (!CURRENCIES.has(currencyCode)) {
    throw invalid("CURRENCY_UNKNOWN", "currency_code", "Write an ISO 4217 currency, as in CNY.");
  }
  return { displayName, timeZone, currencyCode };
}

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

/** Intl takes offsets as well, which know no summer time; its list of names leaves out UTC and the older names. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const invalid = (reason: string, field: string, description: string) =>
  refuse("invalid", reason, description, [{ field: `tenant.${field}`, description, reason }]);
