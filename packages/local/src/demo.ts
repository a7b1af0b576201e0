/** Whom a first start makes, so that there is somebody to sign in as. */
export const people = [
  { subject: "lin", displayName: "林晓", job: "representative" },
  { subject: "chen", displayName: "陈静", job: "manager" },
  { subject: "wang", displayName: "王磊", job: "agent" },
  { subject: "zhao", displayName: "赵敏", job: "marketer" },
];

/** What identity's `provision` reads. */
export function demoTenant(issuer: string): string {
  return JSON.stringify({
    tenant: { displayName: "晨光贸易 Morning Light", timeZone: "Asia/Shanghai", currencyCode: "CNY" },
    users: people.map((person) => ({
      ...person,
      email: "",
      issuer,
      language: "zh-CN",
      grants: [{ resource: "*", action: "*" }],
    })),
  });
}
